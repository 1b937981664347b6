//! Which rows of a load can meet a stored game at all: nearly none of a new season, and those that are stored as they come are no
//! news either. One look at each player's stored games spares the rest the searches of `games.rs`.

use super::ready::Ready;
use crate::pg::query::{Argument, read_as_of_now};
use dynasty_numbers::days::day_of_text;
use dynasty_prospects::api::game_log::{GameKey, GameLogRow};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A row of a load as the searches read it.
#[derive(Serialize)]
pub struct Described {
    pub n: usize,
    pub prospect_id: Option<i32>,
    pub season: Option<i32>,
    pub game_type: Option<String>,
    pub game_pk: Option<i64>,
    pub game_date: Option<String>,
    pub game_number: i32,
    pub level: Option<String>,
    pub team: Option<String>,
    pub is_home: Option<bool>,
    pub batted: bool,
    pub pitched: bool,
}

impl Described {
    /// The row with the number `n`.
    pub fn of(n: usize, ready: &Ready<GameLogRow>) -> Described {
        let row = ready.row.row();
        Described {
            n,
            prospect_id: ready.prospect_id,
            season: row.season,
            game_pk: row.game_pk,
            game_number: row.game_number.unwrap_or(1),
            is_home: row.is_home,
            batted: row.batted(),
            pitched: row.pitched(),
            game_type: row.game_type,
            game_date: row.game_date,
            level: row.level,
            team: row.team,
        }
    }
}

/// What is known of a row without unpacking it: its key, by which rows are ordered, and its club.
pub struct Known {
    prospect_id: Option<i32>,
    pub key: GameKey,
    team: Option<String>,
}

impl Known {
    /// What is to be known of a row.
    pub fn of(prospect_id: Option<i32>, row: &GameLogRow) -> Known {
        Known {
            prospect_id,
            key: row.key(),
            team: row.team.clone(),
        }
    }
}

impl Ord for Known {
    fn cmp(&self, other: &Known) -> Ordering {
        (self.prospect_id, &self.key).cmp(&(other.prospect_id, &other.key))
    }
}

impl PartialOrd for Known {
    fn partial_cmp(&self, other: &Known) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Known) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Known {}

/// A row of the load with what is known of it.
pub type KnownRow = (Known, Ready<GameLogRow>);

/// By the index on player and gamePk, and by the one on the games without gamePk, which are few.
const WITH_PK: &str = "
    SELECT t.prospect_id, t.game_pk, NULL::pg_catalog.date, t.team::pg_catalog.text
    FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3)) AS i(prospect_id, first, last)
    JOIN dynasty.milb_game_logs t ON t.prospect_id OPERATOR(pg_catalog.=) i.prospect_id
     AND t.game_pk OPERATOR(pg_catalog.>=) i.first AND t.game_pk OPERATOR(pg_catalog.<=) i.last
    UNION ALL
    SELECT t.prospect_id, NULL, t.game_date, NULL FROM pg_catalog.unnest($1) AS i(prospect_id)
    JOIN dynasty.milb_game_logs t ON t.prospect_id OPERATOR(pg_catalog.=) i.prospect_id AND t.game_pk IS NULL";

/// By the index on player and day.
const WITHOUT_PK: &str = "
    SELECT t.prospect_id, t.game_date
    FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3)) AS i(prospect_id, first, last)
    JOIN dynasty.milb_game_logs t ON t.prospect_id OPERATOR(pg_catalog.=) i.prospect_id
     AND t.game_date OPERATOR(pg_catalog.>=) (pg_catalog.date '2000-01-01' OPERATOR(pg_catalog.+) i.first)
     AND t.game_date OPERATOR(pg_catalog.<=) (pg_catalog.date '2000-01-01' OPERATOR(pg_catalog.+) i.last) AND t.game_pk IS NOT NULL";

/// From the first to the last of each player.
type Ranges<T> = BTreeMap<i32, (T, T)>;

fn widen<T: Ord + Copy>(ranges: &mut Ranges<T>, id: i32, by: T) {
    let range = ranges.entry(id).or_insert((by, by));
    *range = (range.0.min(by), range.1.max(by));
}

/// The stored games that rows of a load may meet.
#[derive(Default)]
struct Stored {
    /// The club of each game that has its gamePk.
    clubs: FxHashMap<(i32, i64), Option<String>>,
    /// Who has games without gamePk, and on which days.
    without_pk: FxHashMap<i32, FxHashSet<i32>>,
    /// Days with a game that has one.
    days_with_pk: FxHashSet<(i32, i32)>,
}

impl Stored {
    /// Looks at the stored games of the players of some rows.
    fn beside(rows: &[KnownRow]) -> Stored {
        let (mut pks, mut days) = (Ranges::new(), Ranges::new());
        for (known, _) in rows {
            match (known.prospect_id, &known.key) {
                (Some(id), GameKey::GamePk(pk)) => widen(&mut pks, id, *pk),
                (Some(id), GameKey::Date(Some(day), ..)) => widen(&mut days, id, day_of_text(day)),
                _ => (),
            }
        }
        let mut stored = Stored::default();
        if !pks.is_empty() {
            let (ids, first, last) = columns(&pks);
            let arguments = [
                Argument::int4_array(&ids),
                Argument::int8_array(&first),
                Argument::int8_array(&last),
            ];
            read_as_of_now(
                WITH_PK,
                &arguments,
                &mut |row| match (row.int4(0), row.int8(1), row.date(2)) {
                    (Some(id), Some(pk), _) => {
                        stored.clubs.insert((id, pk), row.text(3).map(|club| club.into_owned()));
                    }
                    (Some(id), None, Some(day)) => {
                        stored.without_pk.entry(id).or_default().insert(day);
                    }
                    _ => (),
                },
            );
        }
        if !days.is_empty() {
            let (ids, first, last) = columns(&days);
            let arguments = [
                Argument::int4_array(&ids),
                Argument::int4_array(&first),
                Argument::int4_array(&last),
            ];
            read_as_of_now(WITHOUT_PK, &arguments, &mut |row| {
                stored.days_with_pk.extend(row.int4(0).zip(row.date(1)));
            });
        }
        stored
    }

    /// Whether a row may be a game that is stored under the other key.
    fn may_have_the_other_key(&self, known: &Known, row: impl FnOnce() -> GameLogRow) -> bool {
        let Some(id) = known.prospect_id else { return false };
        match &known.key {
            GameKey::GamePk(pk) => {
                !self.clubs.contains_key(&(id, *pk))
                    && self.without_pk.get(&id).is_some_and(|days| {
                        let day = row().game_date;
                        day.is_some_and(|day| days.contains(&day_of_text(&day)))
                    })
            }
            GameKey::Date(Some(day), ..) => self.days_with_pk.contains(&(id, day_of_text(day))),
            GameKey::Date(None, ..) => false,
        }
    }

    /// Whether the stored line of a row's game may be with another club.
    fn may_be_for_the_other_club(&self, known: &Known) -> bool {
        let (Some(id), GameKey::GamePk(pk)) = (known.prospect_id, &known.key) else {
            return false;
        };
        let stored = self.clubs.get(&(id, *pk)).and_then(Option::as_ref);
        stored
            .zip(known.team.as_ref())
            .is_some_and(|(stored, team)| stored != team)
    }
}

fn columns<T: Copy>(ranges: &Ranges<T>) -> (Vec<i32>, Vec<T>, Vec<T>) {
    let of = |of: fn(&(T, T)) -> T| ranges.values().map(of).collect();
    (
        ranges.keys().copied().collect(),
        of(|range| range.0),
        of(|range| range.1),
    )
}

/// Rows that are to be searched for.
pub struct Suspects {
    /// They may be stored under the other key.
    pub with_the_other_key: Vec<Described>,
    /// Their stored line may be with another club.
    pub for_the_other_club: Vec<Described>,
}

impl Suspects {
    /// Those among some rows.
    pub fn among(rows: &[KnownRow]) -> Suspects {
        let stored = Stored::beside(rows);
        let those = |may: &dyn Fn(&KnownRow) -> bool| {
            let numbered = rows.iter().enumerate().filter(|(_, row)| may(row));
            numbered.map(|(n, (_, ready))| Described::of(n, ready)).collect()
        };
        Suspects {
            with_the_other_key: those(&|(known, ready)| stored.may_have_the_other_key(known, || ready.row.row())),
            for_the_other_club: those(&|(known, _)| stored.may_be_for_the_other_club(known)),
        }
    }
}
