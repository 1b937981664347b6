//! Season statistics of one prospect, season and level.
