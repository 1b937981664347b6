//! The catalogue: every feature of set `v1.0` once, with what it is and how it is computed.
//!
//! The SQL functions, the keys of the JSON documents, `docs/prospects/features.md` and the check against the contract's
//! `features.csv` all read this table. Ordinals are places in it, from 1.

/// Writes a feature down.
macro_rules! entry {
    ($name:ident: $category:expr, $applies_to:expr, $window:expr, $unit:literal, reads $sources:literal;
     is $formula:literal; null $null_rule:literal; about $description:literal; |$s:ident| $value:expr) => {
        Feature {
            name: stringify!($name),
            category: $category,
            applies_to: $applies_to,
            window: $window,
            unit: $unit,
            sources: $sources,
            formula: $formula,
            null_rule: $null_rule,
            description: $description,
            function: |$s| $value,
        }
    };
}

mod bio;
mod consistency;
mod derived;
mod performance;
mod pitching;
mod progression;
mod scouting;

use super::subject::Subject;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The version of this catalogue.
pub const VERSION: &str = "v1.0";

/// How many features it has.
pub const FEATURES: usize = 290;

/// The document a feature belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // named as in the catalogue
pub enum Category {
    Bio,
    Scouting,
    MilbPerformance,
    MilbProgression,
    MilbConsistency,
    Derived,
}

impl Category {
    /// All of them, in the order of the ordinals.
    pub const ALL: [Category; 6] = [
        Category::Bio,
        Category::Scouting,
        Category::MilbPerformance,
        Category::MilbProgression,
        Category::MilbConsistency,
        Category::Derived,
    ];

    /// As the catalogue writes it.
    pub fn name(self) -> &'static str {
        match self {
            Category::Bio => "bio",
            Category::Scouting => "scouting",
            Category::MilbPerformance => "milb_performance",
            Category::MilbProgression => "milb_progression",
            Category::MilbConsistency => "milb_consistency",
            Category::Derived => "derived",
        }
    }
}

/// Whose features: those of the other role are NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // named as in the catalogue
pub enum AppliesTo {
    All,
    Hitter,
    Pitcher,
}

impl AppliesTo {
    /// As the catalogue writes it.
    pub fn name(self) -> &'static str {
        match self {
            AppliesTo::All => "all",
            AppliesTo::Hitter => "hitter",
            AppliesTo::Pitcher => "pitcher",
        }
    }
}

/// Which part of a career a feature looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // named as in the catalogue
pub enum Window {
    AsOf,
    LatestRankingYear,
    Career,
    LastSeason,
    BestSeason,
    Last30Games,
    Last10Appearances,
}

impl Window {
    /// As the catalogue writes it.
    pub fn name(self) -> &'static str {
        match self {
            Window::AsOf => "as_of",
            Window::LatestRankingYear => "latest ranking year",
            Window::Career => "career",
            Window::LastSeason => "last_season",
            Window::BestSeason => "best_season",
            Window::Last30Games => "last_30_games",
            Window::Last10Appearances => "last_10_appearances",
        }
    }
}

/// A feature.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Its name, the key in JSON.
    pub name: &'static str,
    /// Its document.
    pub category: Category,
    /// Whose it is.
    pub applies_to: AppliesTo,
    /// What part of a career it looks at.
    pub window: Window,
    /// Its unit.
    pub unit: &'static str,
    /// The columns it reads.
    pub sources: &'static str,
    /// Its formula, in the symbols of flagship contract 5.
    pub formula: &'static str,
    /// When it is NULL.
    pub null_rule: &'static str,
    /// What it is, in a scout's words.
    pub description: &'static str,
    function: fn(&Subject<'_>) -> Option<f64>,
}

/// All features, in the order of their ordinals.
static CATALOGUE: LazyLock<Vec<Feature>> = LazyLock::new(|| {
    [
        bio::FEATURES,
        scouting::FEATURES,
        performance::FEATURES,
        pitching::FEATURES,
        progression::FEATURES,
        consistency::FEATURES,
        derived::FEATURES,
    ]
    .concat()
});

/// All features, in the order of their ordinals.
pub fn catalogue() -> &'static [Feature] {
    &CATALOGUE
}

/// The ordinal of a feature, from 1.
pub fn ordinal_of(name: &str) -> Option<usize> {
    CATALOGUE.iter().position(|f| f.name == name).map(|i| i + 1)
}

/// Columns of `prospects` that say what holds today and not since when: whether they are filled in is later knowledge (flagship
/// contract 1.7, 10.3).
const UNDATED: [&str; 8] = [
    "position",
    "bats",
    "throws",
    "height_inches",
    "weight_lbs",
    "birth_date",
    "birth_country",
    // Dated by the draft only where there was one.
    "signing_bonus_usd",
];

/// What a feature is computed from, by whether it is known since when it was there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Columns of which nobody knows when they were filled in.
    pub undated: BTreeSet<&'static str>,
    /// Whether there are others: games, advanced lines, grades, the draft.
    pub dated: bool,
}

impl Inputs {
    /// Adds those of another feature.
    pub fn merge(&mut self, other: Inputs) {
        self.undated.extend(other.undated);
        self.dated |= other.dated;
    }
}

impl Feature {
    /// What it is computed from, through other features too.
    pub fn inputs(&self) -> Inputs {
        let mut inputs = Inputs::default();
        match self.sources.strip_prefix("features: ") {
            Some(names) => {
                let of = names.split(", ").filter_map(ordinal_of);
                of.for_each(|ordinal| inputs.merge(CATALOGUE[ordinal - 1].inputs()));
            }
            None => {
                for source in self.sources.split("; ") {
                    let column = source.strip_prefix("prospects.").unwrap_or("");
                    match UNDATED.iter().find(|undated| **undated == column) {
                        Some(undated) => {
                            inputs.undated.insert(undated);
                        }
                        None => inputs.dated = true,
                    }
                }
            }
        }
        inputs
    }

    /// Its value: NULL for the other role, and when it is not finite; never a negative zero.
    pub fn value(&self, subject: &Subject<'_>) -> Option<f64> {
        let applies = match self.applies_to {
            AppliesTo::All => true,
            AppliesTo::Hitter => subject.hitter,
            AppliesTo::Pitcher => subject.pitcher,
        };
        if !applies {
            return None;
        }
        // Adding zero turns -0 into 0 and changes nothing else.
        (self.function)(subject).filter(|x| x.is_finite()).map(|x| x + 0.0)
    }
}

/// 1 or 0.
fn flag(is: bool) -> Option<f64> {
    Some(f64::from(u8::from(is)))
}

/// A count as a float.
fn count(n: impl TryInto<i64>) -> Option<f64> {
    n.try_into().ok().map(|n: i64| n as f64)
}

/// The mean of the values there are.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0);
    for x in values {
        sum += x;
        n += 1;
    }
    (n > 0).then(|| sum / f64::from(n))
}
