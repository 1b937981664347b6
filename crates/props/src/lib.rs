//! The mathematics of prop slips, without a server. The authority is the props contract, sections 2 to 5 and 8.
//!
//! Probabilities and money are doubles. No function panics, whatever it is given: what cannot be answered is a [`PropsError`], which
//! knows its SQLSTATE, the argument and the value. What is not exact says how far it may be off ([`copula::Joint`]), and is the same on
//! every machine: roots are IEEE 754's, everything else is `libm`'s.

pub mod backtest;
pub mod best;
pub mod copula;
pub mod correlation;
pub mod digest;
pub mod error;
pub mod kelly;
pub mod latent;
pub mod legs;
pub mod lines;
pub mod payouts;
pub mod portfolio;
pub mod risk;
pub mod settle;
pub mod slip;

mod bivariate;
mod check;
mod factor;
mod lattice;
mod tree;
mod trivariate;

pub use backtest::{Settled, backtest};
pub use best::{Best, Candidate, Limits, best_slips};
pub use check::without_nulls;
pub use copula::{Effort, Joint, Method, joint_probability, joint_probability_info};
pub use correlation::{Matrix, is_correlation_matrix, nearest_correlation};
pub use digest::SnapshotDigest;
pub use dynasty_intake::names::name_key;
pub use error::PropsError;
pub use kelly::{kelly_multi, kelly_simultaneous};
pub use latent::{LatentState, latent_correlation, observed_correlation};
pub use legs::{BoardProp, Leg, Problem, parse_correlations, parse_legs, validate_legs};
pub use lines::{LineProbs, line_probs};
pub use payouts::{EntryEv, Payouts, Schedule, boosted_payouts, entry_ev, payout_matrix};
pub use portfolio::{PortfolioRisk, PortfolioSlip, allocate_stakes, slip_portfolio_risk};
pub use risk::{Risk, expected_shortfall, risk_of, value_at_risk};
pub use settle::{Outcome, Settlement, SlipResult, SlipTerms, outcome_of, parse_outcomes, settle_slip};
pub use slip::{
    FlexEv, Outcomes, Parlay, SlipMetrics, Terms, break_even_of, break_even_prob, correlation_lift, flex_ev,
    hits_distribution, outcome_distribution, parlay, slip_metrics,
};
