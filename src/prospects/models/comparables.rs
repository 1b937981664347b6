//! Whom a prospect resembles among those whose outcome is known.

use super::people::People;
use super::vectors::of_everybody;
use crate::pg::query::{Argument, read_rows};
use crate::pg::sql_text::Text;
use crate::prospects::arguments::year_of;
use crate::shared::arguments::Of;
use dynasty_prospects::levels::Level;
use dynasty_prospects::report::comparables::{Entry, Near, Pool, PoolBuilder};
use dynasty_prospects::report::matrix::place;
use dynasty_prospects::report::phrases::Show;
use pgrx::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Without years: so many, the latest whose four seasons were over.
const YEARS: i32 = 3;
/// The seasons of a label's window.
const WINDOW: i32 = 4;

const TIERS: &str = "SELECT d.prospect_id, d.success_tier::pg_catalog.text
     FROM dynasty.derive_labels($1, NULL, NULL, '{}', NULL) d";

/// The last line of a season of everybody, as of a year. Of several levels of a season the highest: he came to it last.
const LINES: &str = "SELECT DISTINCT ON (a.prospect_id) a.prospect_id, a.level::pg_catalog.text, $1 OPERATOR(pg_catalog.-) a.season
     FROM dynasty.milb_advanced_stats a WHERE a.season OPERATOR(pg_catalog.<=) $1 AND a.level IS NOT NULL
     ORDER BY a.prospect_id, a.season DESC, pg_catalog.array_position('{Complex,Rookie,A,A+,AA,AAA}'::pg_catalog.text[], a.level::pg_catalog.text) DESC NULLS LAST";

/// From the end of a season to the end of its year.
const AUTUMN: f64 = 92.0;

/// What is told of an earlier prospect.
#[derive(Clone)]
struct Outcome {
    tier: Option<String>,
    level: f64,
    age: f64,
}

/// Prospects of earlier years with what became of them.
pub struct Earlier {
    pool: Pool,
    outcomes: FxHashMap<(i32, i32), Outcome>,
    /// Lines as of the year that is asked about.
    lines: Lines,
}

/// Where everybody was last, by the lines of seasons, and how long ago, in days: for those of whom there are no games.
struct Lines(FxHashMap<i32, (f64, f64)>);

impl Lines {
    fn read(year: i32) -> Lines {
        let mut lines = FxHashMap::default();
        read_rows(LINES, &[Argument::int4(year)], &mut |row| {
            let level = row.text(1).and_then(|name| Level::from_name(&name));
            if let (Some(id), Some(level), Some(ago)) = (row.int4(0), level, row.int4(2)) {
                lines.insert(id, (f64::from(level.ordinal()), AUTUMN + 365.0 * f64::from(ago)));
            }
        });
        Lines(lines)
    }

    /// His vector, with where he was last if no game says it.
    fn complete<'a>(&self, id: i32, row: &'a [f64]) -> Cow<'a, [f64]> {
        let (level, days) = (place("last_level"), place("days_since_last_game"));
        match self.0.get(&id) {
            Some(&(at, ago)) if row.get(level).is_some_and(|v| v.is_nan()) => {
                let mut row = row.to_vec();
                (row[level], row[days]) = (at, ago);
                Cow::Owned(row)
            }
            _ => Cow::Borrowed(row),
        }
    }
}

impl Earlier {
    /// Those of `years`; without years those of the latest whose outcome was known at the end of `as_of_year`, and is.
    pub fn read(as_of_year: i32, years: Option<Vec<i32>>) -> Earlier {
        let only_known = years.is_none();
        let years = years.unwrap_or_else(|| {
            let last = as_of_year - WINDOW;
            (last - YEARS + 1..=last).filter(|y| *y >= 1900).collect()
        });
        let mut builder = PoolBuilder::default();
        let mut outcomes = FxHashMap::default();
        let (level, age) = (place("last_level"), place("age"));
        for year in years {
            let tiers = tiers(year);
            if only_known && tiers.values().all(Option::is_none) {
                continue;
            }
            let matrix = of_everybody(year);
            let lines = Lines::read(year);
            for (at, &id) in matrix.ids().iter().enumerate() {
                let tier = tiers.get(&id).cloned().flatten();
                if only_known && tier.is_none() {
                    continue;
                }
                let row = &*lines.complete(id, matrix.row(at));
                builder.add(Entry { id, year }, row);
                let (level, age) = (row[level], row[age]);
                outcomes.insert((id, year), Outcome { tier, level, age });
            }
        }
        Earlier {
            pool: builder.build(),
            outcomes,
            lines: Lines::read(as_of_year),
        }
    }

    /// At most `n` like him.
    pub fn nearest(&self, id: i32, year: i32, row: &[f64], n: usize) -> Vec<Near> {
        self.pool.nearest(Entry { id, year }, &self.lines.complete(id, row), n)
    }

    /// `Mike Smith (2016, AA, Solid)`.
    pub fn text(&self, near: &Near, people: &People) -> String {
        let (id, year) = (near.entry.id, near.entry.year);
        let mut parts = vec![year.to_string()];
        if let Some(outcome) = self.outcomes.get(&(id, year)) {
            parts.push(Show::Level.text(outcome.level));
            parts.extend(outcome.tier.clone());
        }
        format!("{} ({})", people.name(id), parts.join(", "))
    }
}

/// What became of everybody of a year. `None`: not known.
fn tiers(year: i32) -> FxHashMap<i32, Option<String>> {
    let mut tiers = FxHashMap::default();
    read_rows(TIERS, &[Argument::int4(year)], &mut |row| {
        if let Some(id) = row.int4(0) {
            tiers.insert(id, row.text(1).map(|tier| tier.into_owned()));
        }
    });
    tiers
}

/// The nearest earlier prospects and what became of them.
#[pg_extern(sql = false)]
#[allow(clippy::type_complexity)]
fn comparable_players(
    prospect_id: Option<i32>,
    as_of_year: Option<i32>,
    n: Option<i32>,
    years: Option<Vec<Option<i32>>>,
) -> TableIterator<
    'static,
    (
        name!(rank, i32),
        name!(prospect_id, i32),
        name!(name, Text),
        name!(as_of_year, i32),
        name!(level, Option<Text>),
        name!(age, f64),
        name!(distance, f64),
        name!(success_tier, Option<Text>),
    ),
> {
    let of = Of("comparable_players");
    let (Some(id), Some(year), Some(n)) = (prospect_id, year_of(of, as_of_year), n) else {
        return TableIterator::empty();
    };
    let n = of.within("n", n, 0..=1000);
    let years = years.map(|years| {
        let within = |y| of.within("years", y, 1900..=year);
        let mut years: Vec<i32> = years.into_iter().flatten().map(within).collect();
        years.sort_unstable();
        years.dedup();
        years
    });
    let own = super::vectors::vectors(year, Some(&[id].into()), None);
    let Some(at) = own.place_of(id) else {
        return TableIterator::empty();
    };
    let earlier = Earlier::read(year, years);
    let near = earlier.nearest(id, year, own.row(at), n as usize);
    let people = People::some(&near.iter().map(|n| n.entry.id).collect::<Vec<_>>());
    let rows: Vec<_> = near
        .iter()
        .enumerate()
        .map(|(i, near)| {
            let (id, year) = (near.entry.id, near.entry.year);
            let outcome = earlier.outcomes.get(&(id, year));
            let level = outcome.map(|o| o.level).filter(|l| l.is_finite());
            (
                i as i32 + 1,
                id,
                people.name(id).into(),
                year,
                level.map(|l| Show::Level.text(l).into()),
                outcome.map_or(f64::NAN, |o| o.age),
                near.distance,
                outcome.and_then(|o| o.tier.clone()).map(Text::from),
            )
        })
        .collect();
    TableIterator::new(rows)
}
