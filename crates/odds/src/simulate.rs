//! A board of odds that could be, deterministic by seed: games whose chances drift and jump, bookmakers who follow them each in his way,
//! suspensions, lines that go and come, games postponed and moved, prices in play.
//!
//! `games` knows what is true of a game (`results`: how likely which is), `quotes` what a bookmaker makes of it, `board` plays the time. Dice are thrown per game and per
//! bookmaker of a game; of floats only what IEEE 754 fixes to the bit, so a board is the same on every machine.

mod board;
mod games;
mod names;
mod quotes;
mod results;
#[cfg(test)]
mod tests;

pub use board::{Board, Sink, Snapshot};
pub use games::{Game, KINDS, OUTCOMES, Status};
pub use names::{BOOKMAKERS, SPORTS};
pub use quotes::{Bookmaker, Price};

/// Microseconds.
pub const MINUTE: i64 = 60_000_000;

/// Between two looks at the board.
pub const STEP: i64 = 5 * MINUTE;

/// Which board.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Games.
    pub events: u32,
    /// Bookmakers, at most as many as there are [`BOOKMAKERS`].
    pub books: u32,
    /// How long it is looked at.
    pub hours: u32,
    /// Other seeds, other boards.
    pub seed: u64,
    /// Its end, in microseconds since 2000-01-01 UTC.
    pub until: i64,
    /// Whether what did not change is a pointer to the last full snapshot.
    pub dedupe: bool,
}

impl Config {
    /// How many times the board is looked at.
    pub fn steps(&self) -> i64 {
        i64::from(self.hours) * 12
    }

    /// When for the n-th time, from 1; the last one is the end, on a multiple of [`STEP`].
    fn time(&self, step: i64) -> i64 {
        (self.until.div_euclid(STEP) - (self.steps() - step)) * STEP
    }
}
