//! How far long work is.

use crate::pg::errors::notice;
use std::time::{Duration, Instant};

/// Says how far the work of a function is, at most once a second.
pub struct Progress {
    function: &'static str,
    begun: Instant,
    reported: Instant,
}

impl Progress {
    /// Of work that begins now.
    pub fn of(function: &'static str) -> Progress {
        let now = Instant::now();
        Progress {
            function,
            begun: now,
            reported: now,
        }
    }

    /// Reports what `words` makes of the seconds since the beginning, if the last report is a second old.
    pub fn report(&mut self, words: impl FnOnce(f64) -> String) {
        if self.reported.elapsed() >= Duration::from_secs(1) {
            self.reported = Instant::now();
            let words = words(self.begun.elapsed().as_secs_f64());
            notice(format!("{}: {words}", self.function));
        }
    }
}
