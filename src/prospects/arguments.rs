//! The arguments that all label functions share.

use crate::pg::errors::error;
use crate::pg::jsonb::JsonbText;
use crate::pg::query::read_few_rows;
use dynasty_prospects::labels::window::data_through_year;
use dynasty_prospects::labels::{Thresholds, Window};
use pgrx::PgSqlErrorCode::*;

/// Raises 22023.
fn refuse(why: impl std::fmt::Display) -> ! {
    error(ERRCODE_INVALID_PARAMETER_VALUE, why.to_string()).raise()
}

/// The window; where `data_through_year` is not given, as far as `mlb_stats` goes today.
pub fn window(prospect_year: i32, evaluation_year: Option<i32>, through: Option<i32>) -> Window {
    let mut window = Window::new(prospect_year, evaluation_year, through).unwrap_or_else(|e| refuse(e));
    if through.is_none() {
        window.data_through_year = data_through_today();
    }
    window
}

fn data_through_today() -> Option<i32> {
    let mut through = None;
    read_few_rows(
        "SELECT pg_catalog.max(s.season),
                 (EXTRACT(year FROM CURRENT_DATE))::pg_catalog.int4, (EXTRACT(month FROM CURRENT_DATE))::pg_catalog.int4
          FROM dynasty.mlb_stats s",
        &[],
        &mut |row| {
            if let (Some(year), Some(month)) = (row.int4(1), row.int4(2)) {
                through = data_through_year(row.int4(0), (year, month as u8));
            }
        },
    );
    through
}

/// The thresholds: those of the contract where the config says nothing, and without a config.
pub fn thresholds(config: Option<JsonbText>) -> Thresholds {
    config.map_or_else(Thresholds::default, |JsonbText(json)| {
        Thresholds::parse(&json).unwrap_or_else(|e| refuse(e))
    })
}
