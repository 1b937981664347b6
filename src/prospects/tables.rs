//! The tables of this system, by name.

use crate::pg::table::Table;

const fn table(name: &'static str) -> Table {
    Table {
        schema: "dynasty",
        name,
    }
}

pub const PROSPECTS: Table = table("prospects");
pub const GAME_LOGS: Table = table("milb_game_logs");
pub const MAJORS: Table = table("mlb_stats");
pub const SCOUTING: Table = table("scouting_grades");
pub const ADVANCED: Table = table("milb_advanced_stats");
pub const LABELS: Table = table("ml_labels");
pub const MODELS: Table = table("ml_models");
pub const PREDICTIONS: Table = table("ml_predictions");
