//! What the features of a year are computed from, read with the caller's rights.

use crate::pg::query::{Argument, QueryRow, read_few_rows, read_rows};
use crate::pg::relation::{OpenRelation, dynasty_relation, may_read_directly, row_holders};
use crate::prospects::native::feature_row::FeatureRows;
use crate::prospects::native::log_reader::LogReader;
use dynasty_numbers::days::day;
use dynasty_prospects::features::advanced::{ADVS, AdvancedLine};
use dynasty_prospects::features::game::{ARMS, BATS, GameLog};
use dynasty_prospects::features::packed::PackedLogs;
use dynasty_prospects::features::person::Person;
use dynasty_prospects::features::scouting::{GRADES, Report, risk_ordinal};
use dynasty_prospects::features::subject::MajorsToDate;
use dynasty_prospects::levels::Level;
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

/// A query for everybody, and the same for some prospects: an index is used only where the condition is plain. Where there
/// is a year it is the first argument; the id or the ids are the last.
struct Source {
    all: &'static str,
    one: &'static str,
    some: &'static str,
    /// For everybody, without rows that were recorded after a moment (the last argument).
    known: &'static str,
}

/// Everything after FROM of a query by year.
macro_rules! by_id {
    ($select:expr, $id:literal, $condition:expr) => {
        Source {
            all: concat!($select, " WHERE ", $condition),
            known: concat!(
                $select,
                " WHERE ",
                $condition,
                " AND (created_at IS NULL OR created_at OPERATOR(pg_catalog.<=) $2)"
            ),
            one: concat!($select, " WHERE ", $id, " OPERATOR(pg_catalog.=) $2 AND ", $condition),
            some: concat!(
                $select,
                " WHERE ",
                $id,
                " OPERATOR(pg_catalog.=) ANY ($2) AND ",
                $condition
            ),
        }
    };
}

fn people() -> Source {
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
    Source {
        all: people!(""),
        // Not asked: see known_at.rs.
        known: people!(""),
        one: people!("WHERE p.id OPERATOR(pg_catalog.=) $1"),
        some: people!("WHERE p.id OPERATOR(pg_catalog.=) ANY ($1)"),
    }
}

/// The columns of game logs (or of their history), in the order in which `log_of` takes them.
macro_rules! log_columns {
    ($from:literal) => {
        concat!(
            "SELECT l.prospect_id, l.id, l.game_date, l.season, l.game_number, l.level::pg_catalog.text, l.is_home, l.plate_appearances, l.at_bats,
                    l.runs, l.hits, l.doubles, l.triples, l.home_runs, l.walks, l.intentional_walks, l.strikeouts, l.stolen_bases,
                    l.caught_stealing, l.hit_by_pitch, l.sacrifice_flies, l.sacrifice_hits, l.ground_outs, l.air_outs, l.pitches_seen,
                    l.games_started, l.outs_pitched, l.batters_faced, l.hits_allowed, l.runs_allowed, l.earned_runs, l.home_runs_allowed,
                    l.walks_allowed, l.strikeouts_pitched, l.hit_batsmen, l.pitches_thrown, l.strikes_thrown, l.ground_outs_pitched,
                    l.air_outs_pitched",
            $from
        )
    };
}
pub(super) use log_columns;

/// Flagship contract 1.7 and 1.8; the year is the first argument.
macro_rules! counted_rows {
    () => {
        "(l.game_type IS NULL OR l.game_type OPERATOR(pg_catalog.=) 'Regular'::pg_catalog.varchar) AND l.season OPERATOR(pg_catalog.<=) $1"
    };
}
pub(super) use counted_rows;

/// Whose rows are read.
#[derive(Clone, Copy)]
pub enum Whose<'a> {
    Everybody,
    Some(&'a [i32]),
    /// Everybody's, as they were known at a moment (a timestamptz).
    KnownAt(i64),
}

/// Up to so many prospects are asked for one after the other.
const ONE_BY_ONE: usize = 8;

impl Source {
    fn read(&self, whose: Whose<'_>, year: Option<i32>, each: &mut dyn FnMut(&QueryRow<'_>)) {
        let mut arguments: Vec<Argument> = year.map(Argument::int4).into_iter().collect();
        match whose {
            Whose::Everybody => read_rows(self.all, &arguments, each),
            // One plan for whoever it is; planning for each array would take longer than reading.
            Whose::Some(ids) if ids.len() <= ONE_BY_ONE => {
                for id in ids {
                    arguments.push(Argument::int4(*id));
                    read_few_rows(self.one, &arguments, each);
                    arguments.pop();
                }
            }
            Whose::Some(ids) => {
                arguments.push(Argument::int4_array(ids));
                read_rows(self.some, &arguments, each);
            }
            Whose::KnownAt(moment) => {
                arguments.push(Argument::timestamptz(moment));
                read_rows(self.known, &arguments, each);
            }
        }
    }
}

/// Rows of game logs that may count as of a year (flagship contract 1.7 and 1.8).
#[derive(Clone, Copy)]
pub struct InTime {
    year: i32,
    season: i32,
    last_day: i32,
}

impl InTime {
    /// Rows as of a year.
    pub fn new(year: i32) -> InTime {
        InTime {
            year,
            season: i32::MIN,
            last_day: i32::MIN,
        }
    }

    /// The year.
    pub(super) fn year(&self) -> i32 {
        self.year
    }

    /// Whether the row counts. Rows of one season mostly follow each other.
    #[inline(always)]
    pub fn includes(&mut self, season: i32, date: i32) -> bool {
        if season != self.season {
            self.season = season;
            self.last_day = if season <= self.year {
                day(season, 12, 31)
            } else {
                i32::MIN
            };
        }
        season <= self.year && date <= self.last_day
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

    fn read_logs(&mut self, whose: Whose<'_>, year: i32) {
        let mut in_time = InTime::new(year);
        if let Whose::KnownAt(moment) = whose {
            return self.read_logs_known_at(moment, &mut in_time);
        }
        let logs = dynasty_relation("milb_game_logs");
        let tables = if may_read_directly(logs) {
            row_holders(logs)
        } else {
            vec![]
        };
        if tables.is_empty() || !tables.iter().all(OpenRelation::is_heap) {
            return self.read_logs_through_planner(whose, &mut in_time);
        }
        for table in tables {
            let mut reader = LogReader::<FeatureRows>::new(table);
            match whose {
                Whose::Some(ids) if reader.is_indexed() => {
                    for id in ids {
                        reader.rows_of(*id, None, &mut |row| {
                            self.take(row.prospect_id, row.counted(), &mut in_time)
                        });
                    }
                }
                _ => reader.all_rows(&mut |rows| {
                    for row in rows {
                        self.take(row.prospect_id, row.counted(), &mut in_time);
                    }
                }),
            }
        }
    }

    #[inline(always)]
    pub(super) fn take(&mut self, prospect_id: i32, game: Option<GameLog>, in_time: &mut InTime) {
        if let Some(game) = game.filter(|game| in_time.includes(game.season, game.date))
            && let Some(at) = self.index.get(&prospect_id)
        {
            self.logs[*at as usize].push(&game);
        }
    }

    /// For whom row security or column privileges apply, and for parts that are not stored in heap pages.
    fn read_logs_through_planner(&mut self, whose: Whose<'_>, in_time: &mut InTime) {
        by_id!(
            log_columns!(" FROM dynasty.milb_game_logs l"),
            "l.prospect_id",
            counted_rows!()
        )
        .read(whose, Some(in_time.year), &mut |row| {
            if let Some(id) = row.int4(0) {
                self.take(id, log_of(row), in_time);
            }
        });
    }

    fn read_reports(&mut self, whose: Whose<'_>, year: i32) {
        by_id!(
            "SELECT g.prospect_id, g.id, pg_catalog.lower(g.source::pg_catalog.text), g.ranking_year, g.date_recorded, g.risk_level::pg_catalog.text,
                     g.future_value, g.rank_overall, NULL::pg_catalog.int4, g.eta_year, g.dynasty_rank, g.hit_present, g.hit_future,
                     g.power_present, g.power_future, g.raw_power_present, g.raw_power_future, g.speed_present, g.speed_future,
                     g.field_present, g.field_future, g.arm_present, g.arm_future, g.fastball_grade, g.slider_grade, g.curveball_grade,
                     g.changeup_grade, g.control_grade, g.command_grade
              FROM dynasty.scouting_grades g", "g.prospect_id", "g.ranking_year OPERATOR(pg_catalog.<=) $1"
        )
        .read(
            whose,
            Some(year),
            &mut |row| {
                let (Some(at), Some(ranking_year), Some(recorded)) = (self.place(row.int4(0)), row.int4(3), row.date(4)) else {
                    return;
                };
                let mut grades: [Option<i32>; GRADES] = std::array::from_fn(|i| row.int4(6 + i));
                grades[2] = row.text(5).and_then(|risk| risk_ordinal(&risk));
                self.reports[at].push(Report {
                    id: row.int4(1).unwrap_or_default(),
                    source: row.text(2).unwrap_or_default().into_owned(),
                    ranking_year,
                    recorded,
                    grades,
                });
            },
        );
    }

    fn read_advanced(&mut self, whose: Whose<'_>, year: i32) {
        by_id!(
            "SELECT a.prospect_id, a.season, a.level::pg_catalog.text, a.wrc_plus::pg_catalog.float8, a.woba::pg_catalog.float8,
                     a.wraa::pg_catalog.float8, a.gb_percent::pg_catalog.float8, a.fb_percent::pg_catalog.float8, a.ld_percent::pg_catalog.float8,
                     a.iffb_percent::pg_catalog.float8, a.hr_per_fb::pg_catalog.float8, a.pull_percent::pg_catalog.float8,
                     a.oppo_percent::pg_catalog.float8, a.swing_strike_percent::pg_catalog.float8, a.contact_percent::pg_catalog.float8,
                     a.zone_percent::pg_catalog.float8, a.o_swing_percent::pg_catalog.float8, a.z_swing_percent::pg_catalog.float8,
                     a.speed_score::pg_catalog.float8, a.wbsr::pg_catalog.float8, a.hard_contact_percent::pg_catalog.float8,
                     a.soft_contact_percent::pg_catalog.float8
              FROM dynasty.milb_advanced_stats a", "a.prospect_id", "a.season OPERATOR(pg_catalog.<=) $1"
        )
        .read(
            whose,
            Some(year),
            &mut |row| {
                if let (Some(at), Some(season)) = (self.place(row.int4(0)), row.int4(1)) {
                    let level = row.text(2).and_then(|name| Level::from_name(&name));
                    self.advanced[at].push(AdvancedLine {
                        season,
                        level: level.map_or(0, |l| l.ordinal() as u8),
                        values: std::array::from_fn::<_, ADVS, _>(|i| row.float8(3 + i)),
                    });
                }
            },
        );
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

/// A row of the query above, if its level is one of the six.
pub(super) fn log_of(row: &QueryRow<'_>) -> Option<GameLog> {
    let mut game = GameLog {
        id: row.int8(1)?,
        date: row.date(2)?,
        season: row.int4(3)?,
        game_number: row.int2(4).unwrap_or(1),
        level: row.text(5).and_then(|name| Level::from_name(&name))?.ordinal() as u8,
        home: row.bool(6),
        ..GameLog::EMPTY
    };
    for i in 0..BATS + ARMS {
        if let Some(count) = row.int4(7 + i) {
            game.counts[i] = count;
            game.known |= 1 << i;
        }
    }
    Some(game)
}

/// Whether a game is not dated after its own season (flagship contract 1.7).
pub fn is_in_its_season(game: &GameLog) -> bool {
    game.date <= day(game.season, 12, 31)
}
