//! `simulate_league` and `remove_simulated`: the core's simulator, written into the base tables.

use super::tables::{ADVANCED, GAME_LOGS, MAJORS, PROSPECTS, SCOUTING};
use crate::pg::border::crossing;
use crate::pg::copy::copy_in;
use crate::pg::locks::one_at_a_time;
use crate::pg::memory::checkpoint;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::Text;
use crate::pg::table::Table;
use crate::pg::text::holds;
use crate::shared::arguments::Of;
use crate::shared::ids::keep_ids_ahead;
use crate::shared::progress::Progress;
use dynasty_prospects::simulate::*;
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;
use std::cell::Cell;
use std::fmt::Write;

const OF: Of = Of("simulate_league");

/// Simulated prospects have an `mlb_id` above this; the real ones stay far below.
const MLB_ID_BASE: i32 = 900_000_000;

/// Room for the games of one league in `game_pk`.
const GAMES_PER_LEAGUE: i64 = 10_000_000;

/// The largest league: what fits in the memory of a backend with ease.
const MOST_PROSPECTS: i32 = 200_000;

/// How many rows came into which table.
type Counts = [(&'static str, u64); 5];

/// Fills the base tables with a believable league, the same for the same arguments.
///
/// Seasons come by COPY in the order of the days, so triggers, constraints and indexes do what they do for a
/// user's COPY. Returns a row per table with the number of rows that came in.
#[pg_extern(sql = false)]
fn simulate_league(
    prospects: Option<i32>,
    first_season: Option<i32>,
    last_season: Option<i32>,
    seed: Option<i64>,
) -> TableIterator<'static, (name!(table_name, Text), name!(rows, i64))> {
    refuse_when_read_only(c"dynasty.simulate_league()");
    let config = checked(prospects, first_season, last_season, seed);
    let _alone = Alone::or_refuse();
    let counts = OF.done(crossing(|| write_league(&config)));
    TableIterator::new(counts.map(|(table, rows)| (table.into(), rows as i64)))
}

/// While this lives, a league is being written. A trigger of the user's on one of the tables may ask for another, which would
/// ask for another: the first one's rows are half there, and its numbers not yet taken.
struct Alone;

thread_local! {
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

impl Alone {
    fn or_refuse() -> Alone {
        if BUSY.replace(true) {
            OF.error(
                ERRCODE_FEATURE_NOT_SUPPORTED,
                "a league is being written in this session already",
            )
            .hint("A trigger or default of the tables it writes must not simulate another one.")
            .raise();
        }
        Alone
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        BUSY.set(false);
    }
}

fn checked(prospects: Option<i32>, first: Option<i32>, last: Option<i32>, seed: Option<i64>) -> Config {
    let within = |name, value, range| OF.within(name, OF.required(name, value), range);
    let prospects = within("prospects", prospects, 1..=MOST_PROSPECTS);
    let first_season = within("first_season", first, 1901..=2100);
    let last_season = within("last_season", last, 1901..=2100);
    if last_season < first_season {
        OF.refuse(format!(
            "last_season {last_season} is before first_season {first_season}"
        ));
    }
    Config {
        prospects: prospects as u32,
        first_season,
        last_season,
        // The bits matter, not the sign.
        seed: OF.required("seed", seed) as u64,
    }
}

fn write_league(config: &Config) -> Result<Counts, spi::Error> {
    let [games, majors, scouting, advanced] = TABLES;
    let tables = [PROSPECTS, games, majors, scouting, advanced];
    // Two at a time would draw the same numbers, and the slower one would fail at its end.
    one_at_a_time(PROSPECTS.oid());
    for table in tables {
        keep_ids_ahead(table)?;
    }
    let first_mlb_id = 1 + Spi::get_one_with_args::<i32>(
        "SELECT COALESCE(pg_catalog.max(mlb_id), $1) FROM dynasty.prospects WHERE mlb_id OPERATOR(pg_catalog.>) $1",
        &[MLB_ID_BASE.into()],
    )?
    .unwrap_or(MLB_ID_BASE);
    if first_mlb_id > i32::MAX - MOST_PROSPECTS {
        OF.error(
            ERRCODE_PROGRAM_LIMIT_EXCEEDED,
            "no mlb_id is left for simulated prospects",
        )
        .hint("SELECT * FROM dynasty.remove_simulated() takes earlier leagues away.")
        .raise();
    }

    // Played once to know how it ends: a prospect's row says where he stands today, and must come before his games.
    let mut end = League::new(config);
    let mut outlook = Outlook::default();
    for year in config.first_season..=config.last_season {
        checkpoint();
        end.season(year, &mut outlook);
    }
    let scouting_ids = draw_ids(SCOUTING, outlook.scouting)?;
    let ids = write_prospects(config, &end, first_mlb_id, &scouting_ids)?;
    drop(end);

    let scouting_columns = format!("id,{SCOUTING_COLUMNS}");
    let mut writer = Writer {
        ids: &ids,
        first_game_pk: i64::from(first_mlb_id) * GAMES_PER_LEAGUE,
        scouting_ids: scouting_ids.into_iter(),
        text: Default::default(),
        columns: [GAME_COLUMNS, MAJORS_COLUMNS, &scouting_columns, ADVANCED_COLUMNS],
        loaded: [0; 4],
    };
    let mut counts = tables.map(|table| (table.name, 0));
    counts[0].1 = ids.len() as u64;
    let mut league = League::new(config);
    let mut progress = Progress::of(OF.0);
    for year in config.first_season..=config.last_season {
        checkpoint();
        league.season(year, &mut writer);
        (0..TABLES.len()).for_each(|i| writer.load(i));
        let games = writer.loaded[0];
        progress.report(|seconds| format!("season {year} played, {games} game logs so far, {seconds:.0} s"));
    }
    for (count, loaded) in counts[1..].iter_mut().zip(writer.loaded) {
        count.1 = loaded;
    }
    Ok(counts)
}

/// New ids of a table, ascending.
fn draw_ids(table: Table, count: u64) -> Result<Vec<i32>, spi::Error> {
    Spi::connect(|client| {
        client
            .select(
                "SELECT pg_catalog.nextval(s.oid)::pg_catalog.int4
                 FROM (SELECT pg_catalog.pg_get_serial_sequence($1, 'id')::pg_catalog.regclass AS oid) s,
                      pg_catalog.generate_series(1, $2)",
                None,
                &[table.to_string().into(), (count as i64).into()],
            )?
            .map(|row| Ok(row.get::<i32>(1)?.unwrap_or_default()))
            .collect()
    })
}

/// Writes the prospects and returns their ids, by number in the league.
fn write_prospects(
    config: &Config,
    league: &League,
    first_mlb_id: i32,
    scouting_ids: &[i32],
) -> Result<Vec<i32>, spi::Error> {
    // scouting_grades has no data_source: the ids say which of a prospect's grades are the simulator's.
    let mut marks = format!("{{\"simulated\": true, \"seed\": {}", config.seed as i64);
    if let (Some(first), Some(last)) = (scouting_ids.first(), scouting_ids.last()) {
        let _ = write!(marks, ", \"scouting_grades\": [{first}, {last}]");
    }
    marks.push('}');
    let mut text = String::new();
    for player in 0..config.prospects {
        if player % 1000 == 0 {
            checkpoint();
        }
        league.prospect_text(
            config.seed,
            player as usize,
            first_mlb_id + player as i32,
            &marks,
            &mut text,
        );
        if text.len() >= PORTION || player + 1 == config.prospects {
            checkpoint();
            // Names have accents where the database's encoding has all of them.
            if holds(ACCENTED) {
                copy_in(PROSPECTS, PROSPECT_COLUMNS, &text);
            } else {
                copy_in(PROSPECTS, PROSPECT_COLUMNS, &without_accents(&text));
            }
            text.clear();
        }
    }
    Spi::connect(|client| {
        client
            .select(
                "SELECT id FROM dynasty.prospects WHERE mlb_id OPERATOR(pg_catalog.>=) $1 ORDER BY mlb_id",
                None,
                &[first_mlb_id.into()],
            )?
            .map(|row| Ok(row.get::<i32>(1)?.unwrap_or_default()))
            .collect()
    })
}

/// Counts what has to be known beforehand.
#[derive(Default)]
struct Outlook {
    scouting: u64,
}

impl Sink for Outlook {
    fn day(&mut self) {
        checkpoint();
    }

    fn scouting(&mut self, _: &ScoutingRow) {
        self.scouting += 1;
    }
}

/// Writes a season down: game logs, majors, scouting grades, advanced lines.
struct Writer<'a> {
    ids: &'a [i32],
    first_game_pk: i64,
    scouting_ids: std::vec::IntoIter<i32>,
    text: [String; 4],
    columns: [&'a str; 4],
    loaded: [u64; 4],
}

/// What a season is written down in.
const TABLES: [Table; 4] = [GAME_LOGS, MAJORS, SCOUTING, ADVANCED];

/// So much text of one table is loaded at once: a season of the largest league has gigabytes.
const PORTION: usize = 8 << 20;

impl Writer<'_> {
    fn load(&mut self, i: usize) {
        checkpoint();
        self.loaded[i] += copy_in(TABLES[i], self.columns[i], &self.text[i]);
        self.text[i].clear();
    }

    fn load_when_full(&mut self, i: usize) {
        if self.text[i].len() >= PORTION {
            self.load(i);
        }
    }
}

impl Sink for Writer<'_> {
    fn day(&mut self) {
        checkpoint();
    }

    fn game(&mut self, row: &GameRow<'_>) {
        let game_pk = self.first_game_pk + row.game as i64;
        row.copy_text(self.ids[row.player as usize], game_pk, &mut self.text[0]);
        self.load_when_full(0);
    }

    fn majors(&mut self, row: &MajorsRow) {
        row.copy_text(self.ids[row.player as usize], &mut self.text[1]);
        self.load_when_full(1);
    }

    fn scouting(&mut self, row: &ScoutingRow) {
        // As many as the first time through.
        let id = self.scouting_ids.next().unwrap_or_default();
        let _ = write!(self.text[2], "{id}\t");
        row.copy_text(self.ids[row.player as usize], &mut self.text[2]);
        self.load_when_full(2);
    }

    fn advanced(&mut self, row: &AdvancedRow) {
        row.copy_text(self.ids[row.player as usize], &mut self.text[3]);
        self.load_when_full(3);
    }
}
