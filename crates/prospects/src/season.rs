//! Season statistics: the totals of a (prospect, season, level), and the line of columns that follows from them.

pub mod line;
pub mod totals;

pub use totals::{COUNT_COLUMNS, COUNTS, Count, Game, Totals};
