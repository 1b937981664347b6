//! A believable league, deterministic by seed.
//!
//! Prospects are drawn with talents, bodies and birth places (`person`), sign and are drafted by promise (`signing`), climb
//! the circuits (`career`) and play every game plate appearance by plate appearance (`game`) among players who are
//! nobody's prospects. What the tables hold follows from the play: nothing is drawn that could be counted.
//!
//! A league is played twice: once to know how it ends (a prospect's row says where he is now, and comes first), once
//! to write it down. The second time is the same as the first, to the bit.

mod advanced;
mod bases;
mod booking;
mod calendar;
mod career;
mod circuit;
mod clubs;
mod decisions;
mod fate;
mod game;
mod inning;
mod league;
mod lines;
mod lineup;
mod majors;
mod matchup;
mod names;
mod person;
mod rows;
mod scouting;
mod side;
mod signing;
mod sink;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod winter;

pub use advanced::AdvancedRow;
pub use league::{Config, League};
pub use majors::MajorsRow;
pub use names::{ACCENTED, without_accents};
pub use rows::{
    ADVANCED_COLUMNS, DATA_SOURCE, GAME_COLUMNS, GameRow, MAJORS_COLUMNS, PROSPECT_COLUMNS, SCOUTING_COLUMNS,
};
pub use scouting::ScoutingRow;
pub use sink::Sink;

impl League {
    /// Appends the row of a prospect, as he stands now, in the order of [`PROSPECT_COLUMNS`].
    pub fn prospect_text(&self, seed: u64, player: usize, mlb_id: i32, data_sources: &str, out: &mut String) {
        rows::prospect_text(seed, &self.careers[player], &self.clubs, mlb_id, data_sources, out);
    }
}
