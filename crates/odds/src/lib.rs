//! The mathematics of bookmakers' prices, without a server. The authority is section 3 of the odds contract.
//!
//! Prices are decimal odds: what one unit staked brings back, so above 1. What is stored or shown to people (conversions, lines,
//! scores) is decimal arithmetic; probabilities and money are doubles. No function panics, whatever it is given: what cannot be
//! answered is an [`OddsError`], which knows its SQLSTATE, the argument and the value.

pub mod convert;
pub mod devig;
pub mod error;
pub mod exchange;
pub mod feed;
pub mod margin;
pub mod offer;
pub mod settle;
pub mod simulate;
pub mod value;

mod check;
mod reciprocals;

pub use check::without_nulls;
pub use convert::{american_to_decimal, decimal_to_american, fractional_to_decimal, implied_probability};
pub use devig::{Method, devig, fair_odds, shin_z};
pub use error::OddsError;
pub use exchange::{Side, effective_odds, lay_stake};
pub use margin::{Arbitrage, arbitrage, hold, overround};
pub use offer::content_hash;
pub use settle::{payout, settle};
pub use value::{clv, clv_fair, expected_value, kelly_fraction};
