//! The arguments that the training functions share, checked.

use crate::pg::call::Call;
use crate::pg::jsonb::JsonbText;
use crate::prospects::arguments::{ids_of, thresholds, window, years_of};
use crate::prospects::features::sets::FeatureSet;
use crate::shared::arguments::Of;
use dynasty_prospects::labels::{Thresholds, Window};
use dynasty_prospects::training::{Plan, Population, Split};
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

/// Where a function has the arguments that all have, of which some stand in other places.
pub struct Places {
    /// Windows that are still open, too; a function without this argument has no use for them.
    include_open: Option<usize>,
    split: usize,
    test_share: usize,
    prospect_ids: usize,
    population: usize,
    seed: usize,
}

/// `training_set(as_of_years, years_to_evaluate, version, config, data_through_year, include_open, split, test_share, prospect_ids,
/// population, seed)`, and all that begin like it.
pub const LIKE_TRAINING_SET: Places = Places {
    include_open: Some(5),
    split: 6,
    test_share: 7,
    prospect_ids: 8,
    population: 9,
    seed: 10,
};

/// The same without `include_open`: for who has use for closed windows only.
pub const CLOSED_ONLY: Places = Places {
    include_open: None,
    split: 5,
    test_share: 6,
    prospect_ids: 7,
    population: 8,
    seed: 9,
};

impl Arguments {
    /// Those of a call; `None` when the years, their number or the version are NULL.
    fn of(of: Of, call: &Call, at: &Places) -> Option<Arguments> {
        let include_open = at.include_open.map_or(Some(false), |place| call.bool(place));
        Some(Arguments {
            years: call.int4_array(0)?,
            years_to_evaluate: call.int4(1)?,
            version: call.text(2)?,
            config: call.jsonb(3),
            data_through_year: call.int4(4),
            include_open: of.required("include_open", include_open),
            split: call.text(at.split),
            test_share: call.float8(at.test_share),
            prospect_ids: call.int4_array(at.prospect_ids),
            population: call.text(at.population),
            seed: call.int8(at.seed),
        })
    }
}

impl Request {
    /// Of the first arguments of a function; `None` when the years, their number or the version are NULL.
    pub fn of(of: Of, call: &Call, at: &Places) -> Option<Request> {
        Some(Request::new(of, Arguments::of(of, call, at)?))
    }

    /// Checks what was said.
    pub fn new(of: Of, said: Arguments) -> Request {
        let years = years_of(of, said.years);
        let ahead = of.within("years_to_evaluate", said.years_to_evaluate, 1..=MOST_YEARS);
        let mut data_through_year = said.data_through_year;
        let mut windows = BTreeMap::new();
        for year in years {
            let of_year = window(of, year, Some(year + ahead), data_through_year);
            // Asked for once: the years of one set are judged alike.
            data_through_year = of_year.data_through_year;
            windows.insert(year, of_year);
        }
        let closed = windows.values().filter(|w| w.is_complete()).map(|w| w.prospect_year);
        let split: Split = of.parsed(&of.required("split", said.split));
        let plan = Plan::new(split, of.required("test_share", said.test_share), &closed.collect());
        Request {
            set: FeatureSet::load(of, &said.version),
            thresholds: thresholds(of, said.config.as_ref()),
            data_through_year,
            include_open: said.include_open,
            plan: of.taken(plan),
            ids: ids_of(said.prospect_ids),
            population: of.parsed(&of.required("population", said.population)),
            seed: of.required("seed", said.seed),
            windows,
        }
    }
}
