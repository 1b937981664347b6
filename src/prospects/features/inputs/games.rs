//! The games among the inputs.

use super::Inputs;
use super::queries::{Whose, by_id};
use crate::pg::query::QueryRow;
use crate::pg::relation::{HeapTable, may_read_directly, row_holders};
use crate::prospects::native::feature_row::FeatureRows;
use crate::prospects::native::log_reader::LogReader;
use crate::prospects::tables::GAME_LOGS;
use dynasty_numbers::days::day;
use dynasty_prospects::features::game::{ARMS, BATS, GameLog};
use dynasty_prospects::levels::Level;

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
pub(in crate::prospects::features) use log_columns;

/// Flagship contract 1.7 and 1.8; the year is the first argument.
macro_rules! counted_rows {
    () => {
        "(l.game_type IS NULL OR l.game_type OPERATOR(pg_catalog.=) 'Regular'::pg_catalog.varchar) AND l.season OPERATOR(pg_catalog.<=) $1"
    };
}
pub(in crate::prospects::features) use counted_rows;

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
    pub fn year(&self) -> i32 {
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
    pub(super) fn read_logs(&mut self, whose: Whose<'_>, year: i32) {
        let mut in_time = InTime::new(year);
        if let Whose::KnownAt(moment) = whose {
            return self.read_logs_known_at(moment, &mut in_time);
        }
        let logs = GAME_LOGS.oid();
        let tables = may_read_directly(logs).then(|| HeapTable::all(row_holders(logs)));
        let Some(tables) = tables.flatten().filter(|tables| !tables.is_empty()) else {
            return self.read_logs_through_planner(whose, &mut in_time);
        };
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
    pub fn take(&mut self, prospect_id: i32, game: Option<GameLog>, in_time: &mut InTime) {
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
}

/// A row of the query above, if its level is one of the six.
pub fn log_of(row: &QueryRow<'_>) -> Option<GameLog> {
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
