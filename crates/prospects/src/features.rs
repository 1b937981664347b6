//! The features of a prospect as of a year (flagship contract 5): rows in, 290 values out.
//!
//! `played` walks over a prospect's games once and keeps exact sums and sequences; `norms` pools the levels; `subject`
//! puts the row sets together; `catalogue` says what each feature is and computes it.

pub mod advanced;
pub mod catalogue;
pub mod explain;
pub mod expression;
pub mod game;
pub mod norms;
pub mod packed;
pub mod person;
pub mod played;
pub mod rates;
pub mod scouting;
pub mod scratch;
pub mod sequences;
pub mod subject;
pub mod sums;
pub mod trace;
pub mod vector;
