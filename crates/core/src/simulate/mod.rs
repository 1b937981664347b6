//! A believable league, deterministic by seed.
