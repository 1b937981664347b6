//! The arguments that several functions of this system share.

use super::features::sets::FeatureSet;
use crate::pg::jsonb::JsonbText;
use crate::pg::query::read_few_rows;
use crate::shared::arguments::Of;
use dynasty_prospects::labels::window::data_through_year;
use dynasty_prospects::labels::{Thresholds, Window};
use std::collections::BTreeSet;

/// `as_of_year`; `None` for NULL.
pub fn year_of(of: Of, year: Option<i32>) -> Option<i32> {
    year.map(|year| of.within("as_of_year", year, 1900..=2100))
}

/// The years of `as_of_years`, ascending.
pub fn years_of(of: Of, years: Vec<Option<i32>>) -> BTreeSet<i32> {
    let year = |year| of.required("a year of as_of_years", year_of(of, year));
    years.into_iter().map(year).collect()
}

/// `prospect_ids`: `None` for all.
pub fn ids_of(ids: Option<Vec<Option<i32>>>) -> Option<BTreeSet<i32>> {
    ids.map(|ids| ids.into_iter().flatten().collect())
}

/// The feature set of a version; `None` for NULL.
pub fn set_of(of: Of, version: Option<String>) -> Option<FeatureSet> {
    version.map(|version| FeatureSet::load(of, &version))
}

/// The window; where `data_through_year` is not given, as far as `mlb_stats` goes today.
pub fn window(of: Of, prospect_year: i32, evaluation_year: Option<i32>, through: Option<i32>) -> Window {
    let mut window = of.taken(Window::new(prospect_year, evaluation_year, through));
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
pub fn thresholds(of: Of, config: Option<&JsonbText>) -> Thresholds {
    config.map_or_else(Thresholds::default, |JsonbText(json)| of.taken(Thresholds::parse(json)))
}
