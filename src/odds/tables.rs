//! The tables of this system, by name.

use crate::pg::table::Table;

const fn table(name: &'static str) -> Table {
    Table {
        schema: "dynasty_odds",
        name,
    }
}

pub const EVENTS: Table = table("events");
pub const EVENT_BOOKMAKERS: Table = table("event_bookmakers");
pub const SNAPSHOTS: Table = table("odds_snapshots");
pub const PRICES: Table = table("market_odds");
pub const RUNS: Table = table("scrape_runs");
