//! Prospects, without a server: innings and season statistics, features, labels, the loaders of outside APIs, training sets, reports and
//! the simulated league.
//!
//! Rows come in as plain values, results go out as plain values, so everything can be tested and fuzzed without Postgres. The
//! pgrx shell in `src/prospects` binds it to SQL.

pub mod api;
pub mod features;
pub mod identity;
pub mod innings;
pub mod labels;
pub mod levels;
pub mod predictions;
pub mod report;
pub mod season;
pub mod simulate;
pub mod training;
