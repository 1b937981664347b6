//! The mathematics of paper trading, without a server. The authority is sections 2 to 4 of the trading contract.
//!
//! Money is decimal arithmetic: each fill is rounded once from its true value, to cents, halves away from zero, and all else is a sum of
//! fills. Performance figures are doubles. No function panics, whatever it is given: what cannot be answered is a [`TradingError`], which
//! knows its SQLSTATE, the argument and the value.

pub mod admission;
pub mod backtest;
pub mod book;
pub mod daily;
pub mod days;
pub mod document;
pub mod error;
pub mod fee;
pub mod fill;
pub mod history;
pub mod outcome;
pub mod performance;
pub mod position;
pub mod scenario;
pub mod state;

mod check;
mod money;

pub use backtest::backtest;
pub use check::without_nulls;
pub use daily::{Curve, Tally, daily_pnl, trade_correlation};
pub use days::days_until_end;
pub use error::TradingError;
pub use fee::{FeeSchedule, trade_fee};
pub use fill::{Fill, Holding, Terms};
pub use outcome::{Outcome, Prices, Resolution, market_conviction, parse_outcome_prices, resolution_of};
pub use performance::{Drawdown, max_drawdown, sharpe, simple_returns, sortino};
pub use position::{Action, Mode, position_pnl};
pub use scenario::event_scenarios;
pub use state::State;
