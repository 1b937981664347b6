//! Numbers, for every system of `dynasty`: exact sums and spreads, decimals, days, random draws, how good predictions were.
//!
//! Nothing here knows a server, a sport or a table.

pub mod cv;
pub mod days;
pub mod decimal;
pub mod dice;
pub mod drift;
pub mod exact;
pub mod fingerprint;
pub mod scoring;
pub mod series;
pub mod sums;
