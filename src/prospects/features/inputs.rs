//! What the features of a year are computed from, read with the caller's rights.

pub mod games;
pub mod lists;
pub mod queries;

use crate::pg::query::QueryRow;
use dynasty_prospects::features::advanced::AdvancedLine;
use dynasty_prospects::features::packed::PackedLogs;
use dynasty_prospects::features::person::Person;
use dynasty_prospects::features::scouting::Report;
use dynasty_prospects::features::subject::MajorsToDate;
use queries::{Queries, Whose, by_id};
use rustc_hash::{FxHashMap, FxHashSet};

/// Prospects and what is known of them as of a year. The vectors go in step.
#[derive(Default)]
pub struct Inputs {
    /// Whose, by id.
    pub people: Vec<Person>,
    index: FxHashMap<i32, u32>,
    /// Their game logs.
    pub logs: Vec<PackedLogs>,
    /// What scouts wrote.
    pub reports: Vec<Vec<Report>>,
    /// Advanced season lines.
    pub advanced: Vec<Vec<AdvancedLine>>,
    /// Seasons in the majors.
    majors: Vec<Vec<(i32, MajorsToDate)>>,
    /// Those who are deleted by now, when it is the past that is read: they count in the norms only.
    pub(super) gone: FxHashSet<i32>,
}

fn people() -> Queries {
    macro_rules! people {
        ($condition:literal) => {
            concat!(
                "SELECT p.id, p.position::pg_catalog.text, p.bats::pg_catalog.text, p.throws::pg_catalog.text, p.height_inches, p.weight_lbs,
                        p.birth_date, p.birth_country::pg_catalog.text, p.draft_year, p.draft_round, p.draft_pick, p.signing_bonus_usd
                 FROM dynasty.prospects p ",
                $condition,
                " ORDER BY p.id"
            )
        };
    }
    Queries {
        all: people!(""),
        // Not asked: see known_at.rs.
        known: people!(""),
        one: people!("WHERE p.id OPERATOR(pg_catalog.=) $1"),
        some: people!("WHERE p.id OPERATOR(pg_catalog.=) ANY ($1)"),
    }
}

impl Inputs {
    /// Reads everything of all prospects, or of some.
    pub fn read(whose: Whose<'_>, year: i32) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.read_people(whose);
        if inputs.people.is_empty() {
            return inputs;
        }
        inputs.read_logs(whose, year);
        inputs.read_reports(whose, year);
        inputs.read_advanced(whose, year);
        inputs.read_majors(whose, year);
        inputs
    }

    /// Reads everything but the games.
    pub fn read_without_games(whose: Whose<'_>, year: i32) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.read_people(whose);
        inputs.read_reports(whose, year);
        inputs.read_advanced(whose, year);
        inputs.read_majors(whose, year);
        inputs
    }

    /// Calls `each` with prospect, season, level and stamp of every season line up to a year.
    pub fn each_season_line(whose: Whose<'_>, year: i32, each: &mut dyn FnMut(i32, i32, &str, i64)) {
        by_id!(
            "SELECT s.prospect_id, s.season, s.level::pg_catalog.text, s.stamp FROM dynasty.milb_season_stats s",
            "s.prospect_id",
            "s.season OPERATOR(pg_catalog.<=) $1"
        )
        .read(whose, Some(year), &mut |row| {
            if let (Some(id), Some(season), Some(level)) = (row.int4(0), row.int4(1), row.text(2)) {
                each(id, season, &level, row.int8(3).unwrap_or(0));
            }
        });
    }

    /// Reads what the norms up to a year are made of.
    pub fn read_for_norms(year: i32) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.read_people(Whose::Everybody);
        inputs.read_logs(Whose::Everybody, year);
        inputs
    }

    /// Reads who some prospects are, and nothing else.
    pub fn read_only_people(ids: &[i32]) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.read_people(Whose::Some(ids));
        inputs
    }

    /// Whether there is anybody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// What a prospect had done in the majors as of a year.
    pub fn majors_as_of(&self, at: usize, year: i32) -> MajorsToDate {
        let seasons = self.majors[at].iter().filter(|(season, _)| *season <= year);
        seasons.fold(MajorsToDate::default(), |sum, (_, season)| MajorsToDate {
            reached: sum.reached || season.reached,
            games: sum.games + season.games,
        })
    }

    fn place(&self, id: Option<i32>) -> Option<usize> {
        self.index.get(&id?).map(|at| *at as usize)
    }

    fn read_people(&mut self, whose: Whose<'_>) {
        match whose {
            Whose::KnownAt(moment) => self.read_people_known_at(moment),
            _ => people().read(whose, None, &mut |row| self.take_person(row)),
        }
        let n = self.people.len();
        self.logs.resize_with(n, PackedLogs::default);
        self.reports.resize_with(n, Vec::new);
        self.advanced.resize_with(n, Vec::new);
        self.majors.resize_with(n, Vec::new);
    }

    /// Takes a row of the query above.
    pub(super) fn take_person(&mut self, row: &QueryRow<'_>) {
        let Some(id) = row.int4(0) else { return };
        let letter = |column| row.text(column).and_then(|t| t.chars().next());
        self.index.insert(id, self.people.len() as u32);
        self.people.push(Person {
            id,
            position: row.text(1).unwrap_or_default().into_owned(),
            bats: letter(2),
            throws: letter(3),
            height_inches: row.int4(4),
            weight_lbs: row.int4(5),
            birth_date: row.date(6),
            birth_country: row.text(7).map(|t| t.into_owned()),
            draft_year: row.int4(8),
            draft_round: row.int4(9),
            draft_pick: row.int4(10),
            signing_bonus_usd: row.int4(11),
        });
    }

    fn read_majors(&mut self, whose: Whose<'_>, year: i32) {
        by_id!(
            "SELECT m.prospect_id, m.games_played, m.plate_appearances, m.games_pitched, m.outs_pitched, m.batters_faced, m.season
              FROM dynasty.mlb_stats m", "m.prospect_id", "m.season OPERATOR(pg_catalog.<=) $1"
        )
        .read(whose, Some(year), &mut |row| {
            if let (Some(at), Some(season)) = (self.place(row.int4(0)), row.int4(6)) {
                let reached = (1..=5).any(|column| row.int4(column).is_some_and(|n| n > 0));
                let games = i64::from(row.int4(1).unwrap_or(0));
                self.majors[at].push((season, MajorsToDate { reached, games }));
            }
        });
    }
}
