//! The arguments that the training functions share, checked.

use crate::pg::call::Call;
use crate::pg::errors::error;
use crate::pg::jsonb::JsonbText;
use crate::prospects::features::functions::{ids_of, year_of};
use crate::prospects::features::sets::FeatureSet;
use crate::prospects::labels::arguments::{thresholds, window};
use dynasty_prospects::labels::{Thresholds, Window};
use dynasty_prospects::training::{Plan, Population, Split};
use pgrx::PgSqlErrorCode::*;
use std::collections::{BTreeMap, BTreeSet};

/// What was said.
#[derive(Clone)]
pub struct Arguments {
    pub years: Vec<Option<i32>>,
    pub years_to_evaluate: i32,
    pub version: String,
    pub config: Option<JsonbText>,
    pub data_through_year: Option<i32>,
    pub include_open: bool,
    pub split: Option<String>,
    pub test_share: Option<f64>,
    pub prospect_ids: Option<Vec<Option<i32>>>,
    pub population: Option<String>,
    pub seed: Option<i64>,
}

/// What is asked for.
pub struct Request {
    /// The window of each year.
    pub windows: BTreeMap<i32, Window>,
    pub set: FeatureSet,
    pub thresholds: Thresholds,
    /// The last season whose results are known.
    pub data_through_year: Option<i32>,
    pub include_open: bool,
    pub plan: Plan,
    pub ids: Option<BTreeSet<i32>>,
    pub population: Population,
    pub seed: i64,
}

/// The longest window.
const MOST_YEARS: i32 = 100;

/// Raises 22023.
pub fn refuse(why: impl std::fmt::Display) -> ! {
    error(ERRCODE_INVALID_PARAMETER_VALUE, why.to_string()).raise()
}

/// Raises 22004 for NULL.
pub fn given<T>(name: &str, value: Option<T>) -> T {
    value.unwrap_or_else(|| error(ERRCODE_NULL_VALUE_NOT_ALLOWED, format!("{name} must not be null")).raise())
}

impl Request {
    /// Of the first eleven arguments of a function; `None` when the years, their number or the version are NULL.
    pub fn of(call: &Call) -> Option<Request> {
        Request::read(call, call.bool(5), 6)
    }

    /// Of the first ten arguments of a function that has use for closed windows only.
    pub fn of_closed(call: &Call) -> Option<Request> {
        Request::read(call, Some(false), 5)
    }

    /// `at`: the place of the argument `split`.
    fn read(call: &Call, include_open: Option<bool>, at: usize) -> Option<Request> {
        Some(Request::new(Arguments {
            years: call.int4_array(0)?,
            years_to_evaluate: call.int4(1)?,
            version: call.text(2)?,
            config: call.jsonb(3),
            data_through_year: call.int4(4),
            include_open: given("include_open", include_open),
            split: call.text(at),
            test_share: call.float8(at + 1),
            prospect_ids: call.int4_array(at + 2),
            population: call.text(at + 3),
            seed: call.int8(at + 4),
        }))
    }

    /// Checks what was said.
    pub fn new(said: Arguments) -> Request {
        let years = said
            .years
            .into_iter()
            .map(|y| given("a year of as_of_years", year_of(y)));
        let years: BTreeSet<i32> = years.collect();
        let ahead = said.years_to_evaluate;
        if !(1..=MOST_YEARS).contains(&ahead) {
            refuse(format!(
                "years_to_evaluate must be between 1 and {MOST_YEARS}, not {ahead}"
            ));
        }
        let mut data_through_year = said.data_through_year;
        let mut windows = BTreeMap::new();
        for year in years {
            let of_year = window(year, Some(year + ahead), data_through_year);
            // Asked for once: the years of one set are judged alike.
            data_through_year = of_year.data_through_year;
            windows.insert(year, of_year);
        }
        let closed = windows.values().filter(|w| w.is_complete()).map(|w| w.prospect_year);
        let split: Split = given("split", said.split).parse().unwrap_or_else(|e| refuse(e));
        let plan = Plan::new(split, given("test_share", said.test_share), &closed.collect());
        Request {
            set: FeatureSet::load(&said.version),
            thresholds: thresholds(said.config),
            data_through_year,
            include_open: said.include_open,
            plan: plan.unwrap_or_else(|e| refuse(e)),
            ids: ids_of(said.prospect_ids),
            population: given("population", said.population)
                .parse()
                .unwrap_or_else(|e| refuse(e)),
            seed: given("seed", said.seed),
            windows,
        }
    }
}
