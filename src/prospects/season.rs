//! Season statistics: computed from scratch, kept current by triggers, and compared; and the aggregates behind them.

mod aggregate;
mod consistency;
mod differences;
mod functions;
mod groups;
mod read_anew;
mod triggers;

/// Makes every season line equal to the game logs; see [`differences::rebuild`].
pub fn rebuild() -> i64 {
    differences::rebuild()
}
