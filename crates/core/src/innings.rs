//! Innings in thirds.
