//! Where the rows of a league go.

use super::advanced::AdvancedRow;
use super::majors::MajorsRow;
use super::rows::GameRow;
use super::scouting::ScoutingRow;

/// Who takes the rows, in load order: by day, and what is said of a season at its beginning or end.
pub trait Sink {
    /// A day begins.
    fn day(&mut self) {}
    /// A prospect played.
    fn game(&mut self, _row: &GameRow<'_>) {}
    /// A list named a prospect.
    fn scouting(&mut self, _row: &ScoutingRow) {}
    /// A season at a level is over.
    fn advanced(&mut self, _row: &AdvancedRow) {}
    /// A season in the major leagues is over.
    fn majors(&mut self, _row: &MajorsRow) {}
}
