//! The tables of this system, by name.

use crate::pg::table::Table;

const fn table(name: &'static str) -> Table {
    Table {
        schema: "dynasty",
        name,
    }
}

pub const PROSPECTS: Table = table("prospects");
pub const PROSPECTS_HISTORY: Table = table("prospects_history");
pub const IDENTIFIERS: Table = table("prospect_identifiers");
pub const GAME_LOGS: Table = table("milb_game_logs");
pub const GAME_LOGS_HISTORY: Table = table("milb_game_logs_history");
pub const HISTORY_TRANSACTIONS: Table = table("history_transactions");
pub const SEASON_STATS: Table = table("milb_season_stats");
pub const NORM_STAMPS: Table = table("norm_stamps");
pub const MAJORS: Table = table("mlb_stats");
pub const SCOUTING: Table = table("scouting_grades");
pub const ADVANCED: Table = table("milb_advanced_stats");
pub const EDITIONS: Table = table("scouting_editions");
pub const GRADES_HISTORY: Table = table("scouting_grades_history");
pub const ADVANCED_HISTORY: Table = table("milb_advanced_stats_history");
pub const FEATURES: Table = table("ml_features");
pub const FEATURE_SETS: Table = table("feature_sets");
pub const FEATURE_SET_MEMBERS: Table = table("feature_set_members");
pub const LABELS: Table = table("ml_labels");
pub const MODELS: Table = table("ml_models");
pub const PREDICTIONS: Table = table("ml_predictions");
