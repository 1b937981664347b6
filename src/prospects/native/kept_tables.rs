//! Which tables are kept as they were, where, and what of them.

use crate::pg::table::Table;
use crate::prospects::tables::*;
use dynasty_prospects::features::advanced::ADV_COLUMNS;
use dynasty_prospects::features::game::LOG_COLUMNS;
use dynasty_prospects::features::scouting::GRADE_COLUMNS;

/// A table, and the one that its rows are kept in.
pub struct Kept {
    /// The table whose rows change.
    pub of: Table,
    /// Where they are kept.
    pub into: Table,
    /// Columns of the one and their names in the other. The id is the first, in whatever is keyed by it.
    pub columns: Vec<(&'static str, &'static str)>,
    /// What tells two tables apart that are kept in one.
    pub mark: Option<(&'static str, bool)>,
    /// What lets a correction through when they cannot be kept.
    pub way_out: &'static str,
}

/// The place of the id among the columns.
pub const ID: usize = 0;
/// Of an edition, the places of its key and its date.
pub const LIST_KEY: std::ops::Range<usize> = 1..4;
pub const LIST_DATE: usize = 4;

const SWITCH_OFF: &str = "SET dynasty.game_log_history = off";

fn same(names: impl IntoIterator<Item = &'static str>) -> Vec<(&'static str, &'static str)> {
    names.into_iter().map(|name| (name, name)).collect()
}

impl Kept {
    /// What the features read of game logs, and when they came.
    pub fn games() -> Kept {
        let head = [
            "id",
            "prospect_id",
            "game_date",
            "season",
            "game_number",
            "game_type",
            "level",
            "is_home",
        ];
        Kept {
            of: GAME_LOGS,
            into: GAME_LOGS_HISTORY,
            columns: same(head.into_iter().chain(LOG_COLUMNS).chain(["created_at"])),
            mark: None,
            way_out: SWITCH_OFF,
        }
    }

    /// Of grades.
    pub fn grades() -> Kept {
        Kept {
            of: SCOUTING,
            into: GRADES_HISTORY,
            columns: Kept::read_of_grades("created_at"),
            mark: Some(("of_edition", false)),
            way_out: SWITCH_OFF,
        }
    }

    /// Of editions: there since they were kept.
    pub fn editions() -> Kept {
        Kept {
            of: EDITIONS,
            into: GRADES_HISTORY,
            columns: Kept::read_of_grades("kept_at"),
            mark: Some(("of_edition", true)),
            way_out: SWITCH_OFF,
        }
    }

    fn read_of_grades(since: &'static str) -> Vec<(&'static str, &'static str)> {
        let head = ["id", "prospect_id", "source", "ranking_year", "date_recorded"];
        let mut columns = same(head.into_iter().chain(GRADE_COLUMNS));
        columns.push((since, "created_at"));
        columns
    }

    /// Of advanced lines.
    pub fn advanced() -> Kept {
        let head = ["id", "prospect_id", "season", "level"];
        Kept {
            of: ADVANCED,
            into: ADVANCED_HISTORY,
            columns: same(head.into_iter().chain(ADV_COLUMNS).chain(["created_at"])),
            mark: None,
            way_out: SWITCH_OFF,
        }
    }

    /// An edition of a list, whole: what `scouting_editions` has of `scouting_grades`.
    pub fn displaced() -> Kept {
        let mut columns = vec![("id", "grade_id")];
        columns.extend(same(["prospect_id", "source", "ranking_year", "date_recorded"]));
        columns.extend(same(GRADE_COLUMNS));
        columns.extend(same([
            "eta_season",
            "redraft_rank",
            "scouting_report",
            "created_at",
            "updated_at",
        ]));
        Kept {
            of: SCOUTING,
            into: EDITIONS,
            columns,
            mark: None,
            way_out: "ALTER TABLE dynasty.scouting_grades DISABLE TRIGGER history_update",
        }
    }
}
