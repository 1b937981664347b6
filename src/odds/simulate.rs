//! `simulate_board`: the crate's board, written into the tables of odds.

mod writer;

use super::tables::{EVENT_BOOKMAKERS, EVENTS, PRICES, RUNS, SNAPSHOTS};
use crate::pg::border::crossing;
use crate::pg::copy::copy_in;
use crate::pg::locks::one_at_a_time;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::Text;
use crate::pg::table::Table;
use crate::shared::arguments::Of;
use crate::shared::ids::keep_ids_ahead;
use dynasty_numbers::days::date_text;
use dynasty_odds::simulate::*;
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;
use std::fmt::Write;
use writer::Writer;

const OF: Of = Of("simulate_board");

const DAY: i64 = 24 * 60 * MINUTE;

/// So many looks at one bookmaker's offer of one game are written at most: some gigabytes.
const MOST_LOOKS: i64 = 20_000_000;

/// Fills the tables with a believable board, the same for the same arguments.
///
/// Everything comes by COPY in the order of time, so triggers, constraints and indexes do what they do for a user's COPY. Returns a row
/// per table with the number of rows that came in.
#[pg_extern(sql = false)]
fn simulate_board(
    events: Option<i32>,
    books: Option<i32>,
    hours: Option<i32>,
    seed: Option<i64>,
    until: Option<TimestampWithTimeZone>,
    dedupe: Option<bool>,
) -> TableIterator<'static, (name!(table_name, Text), name!(rows, i64))> {
    refuse_when_read_only(c"dynasty_odds.simulate_board()");
    let config = checked(events, books, hours, seed, until, dedupe);
    let counts = OF.done(crossing(|| write_board(&config)));
    TableIterator::new(counts.into_iter().map(|(table, rows)| (table.into(), rows)))
}

fn checked(
    events: Option<i32>,
    books: Option<i32>,
    hours: Option<i32>,
    seed: Option<i64>,
    until: Option<TimestampWithTimeZone>,
    dedupe: Option<bool>,
) -> Config {
    let within = |name, value, range| OF.within(name, OF.required(name, value), range) as u32;
    let until = OF.required("until", until).into_inner();
    let now = now().into_inner();
    // From 1900, so that no arithmetic overflows.
    if until > now + DAY || until < -100 * 366 * DAY {
        let mut told = String::new();
        match until {
            i64::MAX => told.push_str("infinity"),
            i64::MIN => told.push_str("-infinity"),
            finite => stamp(&mut told, finite),
        }
        OF.refuse(format!(
            "until must be after 1900 and at most a day ahead of now, not {told}"
        ));
    }
    let config = Config {
        events: within("events", events, 1..=2000),
        books: within("books", books, 1..=BOOKMAKERS.len() as i32),
        hours: within("hours", hours, 1..=720),
        // The bits matter, not the sign.
        seed: OF.required("seed", seed) as u64,
        until,
        dedupe: OF.required("dedupe", dedupe),
    };
    let looks = i64::from(config.events) * i64::from(config.books) * config.steps();
    if looks > MOST_LOOKS {
        OF.refuse(format!(
            "events * books * hours * 12 must be at most {MOST_LOOKS}, not {looks}"
        ));
    }
    config
}

fn now() -> TimestampWithTimeZone {
    pgrx::datum::datetime_support::now()
}

/// What of a board is in the database before it is played.
struct Placed {
    run: i64,
    events: Vec<i64>,
    books: Vec<i64>,
    kinds: Vec<i64>,
}

fn write_board(config: &Config) -> Result<Vec<(&'static str, i64)>, spi::Error> {
    // Two at a time would make the same sports.
    one_at_a_time(RUNS.oid());
    for table in [EVENTS, EVENT_BOOKMAKERS, SNAPSHOTS, PRICES, RUNS] {
        keep_ids_ahead(table)?;
    }
    let mut board = Board::new(config);
    let mut counts = Vec::new();
    let placed = place(config, &board, &mut counts)?;
    let mut writer = Writer::new(&placed);
    board.play(&mut writer);
    writer.load();
    let (snapshots, prices, unchanged) = (writer.loaded[0], writer.loaded[1], writer.unchanged);
    let links = link(config, &placed, &writer.seen);
    settle(&board, &placed, config, [snapshots, prices, unchanged])?;
    counts.extend([
        ("event_bookmakers", links),
        ("odds_snapshots", snapshots),
        ("market_odds", prices),
    ]);
    Ok(counts)
}

/// The run, what a game needs to be a row, and the games as they were first announced.
fn place(config: &Config, board: &Board, counts: &mut Vec<(&'static str, i64)>) -> Result<Placed, spi::Error> {
    let meta = format!(
        "{{\"simulated\": true, \"seed\": {}, \"events\": {}, \"books\": {}, \"hours\": {}}}",
        config.seed as i64, config.events, config.books, config.hours
    );
    let run = one(
        "INSERT INTO dynasty_odds.scrape_runs (source, meta) VALUES ('simulated', $1::pg_catalog.text::pg_catalog.jsonb) RETURNING id",
        &meta,
    )?;
    let kinds = ids(
        "SELECT k.id::bigint FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY w (key, at)
         JOIN dynasty_odds.market_kinds k ON k.key OPERATOR(pg_catalog.=) w.key ORDER BY w.at",
        KINDS.map(str::to_owned).to_vec(),
    )?;
    if kinds.len() < KINDS.len() {
        OF.error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "a kind of market is missing")
            .hint(format!("dynasty_odds.market_kinds must have {}.", KINDS.join(", ")))
            .raise();
    }
    let sports: Vec<String> = SPORTS.iter().map(|s| format!("{}\t{}", s.key, s.name)).collect();
    counts.push((
        "sports",
        made(
            "sports (key, name)",
            "w.f[1], w.f[2]",
            "x.key OPERATOR(pg_catalog.=) w.f[1]",
            &sports,
        )?,
    ));
    let tournaments: Vec<String> = SPORTS
        .iter()
        .flat_map(|s| {
            s.tournaments
                .map(|(name, country)| format!("{}\t{name}\t{country}", s.key))
        })
        .collect();
    counts.push((
        "tournaments",
        made(
            "tournaments (sport_id, name, country)",
            "(SELECT s.id FROM dynasty_odds.sports s WHERE s.key OPERATOR(pg_catalog.=) w.f[1]), w.f[2], w.f[3]",
            "x.name OPERATOR(pg_catalog.=) w.f[2] AND x.country OPERATOR(pg_catalog.=) w.f[3]
             AND x.season IS NULL AND x.sport_id OPERATOR(pg_catalog.=) (SELECT s.id FROM dynasty_odds.sports s WHERE s.key OPERATOR(pg_catalog.=) w.f[1])",
            &tournaments,
        )?,
    ));
    let keys: Vec<String> = board.books.iter().map(|book| key(config, book.number)).collect();
    let rows: Vec<String> = board
        .books
        .iter()
        .map(|book| {
            let (_, name, commission) = BOOKMAKERS[book.number];
            format!(
                "{}\t{name} (simulated)\t0.{commission:04}\t{}",
                key(config, book.number),
                config.dedupe
            )
        })
        .collect();
    counts.push((
        "bookmakers",
        made(
            "bookmakers (key, name, commission, dedupe)",
            "w.f[1], w.f[2], w.f[3]::numeric, w.f[4]::boolean",
            "x.key OPERATOR(pg_catalog.=) w.f[1]",
            &rows,
        )?,
    ));
    let books = ids(
        "SELECT b.id::bigint FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY w (key, at)
         JOIN dynasty_odds.bookmakers b ON b.key OPERATOR(pg_catalog.=) w.key ORDER BY w.at",
        keys,
    )?;
    let of_tournaments = ids(
        "SELECT t.id::bigint FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY w (row, at),
                pg_catalog.string_to_array(w.row, E'\\t') f
         JOIN dynasty_odds.sports s ON s.key OPERATOR(pg_catalog.=) f[1]
         JOIN dynasty_odds.tournaments t ON t.sport_id OPERATOR(pg_catalog.=) s.id AND t.name OPERATOR(pg_catalog.=) f[2]
              AND t.country OPERATOR(pg_catalog.=) f[3] AND t.season IS NULL ORDER BY w.at",
        tournaments,
    )?;
    let events = draw_ids(EVENTS, board.games.len() as i64)?;
    let mut text = String::new();
    for (n, (game, id)) in board.games.iter().zip(&events).enumerate() {
        let (home, away) = (&game.home, &game.away);
        let tournament = of_tournaments[game.sport * 2 + game.tournament];
        let _ = write!(text, "{id}\t{tournament}\t{home} v {away}\t{home}\t{away}\t");
        stamp(&mut text, game.first_kickoff);
        let _ = writeln!(text, "\tsimulated:{run}:{n}");
    }
    let columns = "id,tournament_id,name,home_team,away_team,kickoff,sportradar_id";
    counts.push(("events", copy_in(EVENTS, columns, &text) as i64));
    Ok(Placed {
        run,
        events,
        books,
        kinds,
    })
}

/// Bookmakers who dedupe and those who do not are others.
fn key(config: &Config, number: usize) -> String {
    let full = if config.dedupe { "" } else { "full_" };
    format!("simulated_{full}{}", BOOKMAKERS[number].0)
}

/// Rows of small tables, fields of a row apart by tabs: those that are missing come in.
fn made(target: &str, fields: &str, same: &str, rows: &[String]) -> Result<i64, spi::Error> {
    let table = target.split(' ').next().unwrap_or_default();
    let statement = format!(
        "WITH made AS (
            INSERT INTO dynasty_odds.{target}
            SELECT {fields} FROM (SELECT pg_catalog.string_to_array(r.row, E'\\t') AS f, r.at
                                  FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY r (row, at)) w
            WHERE NOT EXISTS (SELECT FROM dynasty_odds.{table} x WHERE {same})
            ORDER BY w.at RETURNING 1)
         SELECT pg_catalog.count(*) FROM made"
    );
    Spi::get_one_with_args::<i64>(&statement, &[rows.to_owned().into()]).map(Option::unwrap_or_default)
}

fn one(statement: &str, argument: &str) -> Result<i64, spi::Error> {
    Spi::get_one_with_args::<i64>(statement, &[argument.into()]).map(Option::unwrap_or_default)
}

fn ids(statement: &str, rows: Vec<String>) -> Result<Vec<i64>, spi::Error> {
    Spi::connect(|client| {
        client
            .select(statement, None, &[rows.into()])?
            .map(|row| Ok(row.get::<i64>(1)?.unwrap_or_default()))
            .collect()
    })
}

/// New ids of a table, ascending.
fn draw_ids(table: Table, count: i64) -> Result<Vec<i64>, spi::Error> {
    Spi::connect(|client| {
        client
            .select(
                "SELECT pg_catalog.nextval(s.oid)
                 FROM (SELECT pg_catalog.pg_get_serial_sequence($1, 'id')::pg_catalog.regclass AS oid) s,
                      pg_catalog.generate_series(1, $2)",
                None,
                &[table.to_string().into(), count.into()],
            )?
            .map(|row| Ok(row.get::<i64>(1)?.unwrap_or_default()))
            .collect()
    })
}

/// A time as COPY reads it.
fn stamp(text: &mut String, at: i64) {
    let (day, rest) = (at.div_euclid(DAY), at.rem_euclid(DAY));
    let (minutes, micros) = (rest / MINUTE, rest % MINUTE);
    let _ = write!(
        text,
        "{} {:02}:{:02}:{:02}.{:06}+00",
        date_text(day as i32),
        minutes / 60,
        minutes % 60,
        micros / 1_000_000,
        micros % 1_000_000
    );
}

/// Which bookmaker was seen to offer which game, from when to when.
fn link(config: &Config, placed: &Placed, seen: &[Option<(i64, i64)>]) -> i64 {
    let books = config.books as usize;
    let mut text = String::new();
    for (n, (first, last)) in seen.iter().enumerate().filter_map(|(n, seen)| Some((n, (*seen)?))) {
        let (event, book) = (n / books, n % books);
        let _ = write!(
            text,
            "{}\t{}\tsimulated:{}:{event}\tsimulated\t",
            placed.events[event], placed.books[book], placed.run
        );
        stamp(&mut text, first);
        text.push('\t');
        stamp(&mut text, last);
        text.push('\n');
    }
    let columns = "event_id,bookmaker_id,external_event_id,source,first_seen_at,last_seen_at";
    copy_in(EVENT_BOOKMAKERS, columns, &text) as i64
}

/// The games as they stand at the end, and the end of the run.
fn settle(
    board: &Board,
    placed: &Placed,
    config: &Config,
    [snapshots, prices, unchanged]: [i64; 3],
) -> Result<(), spi::Error> {
    let mut rows = Vec::new();
    for (game, id) in board.games.iter().zip(&placed.events) {
        let score = matches!(game.status, Status::Live | Status::Finished);
        if game.status == Status::Scheduled && game.kickoff == game.first_kickoff {
            continue;
        }
        let mut row = format!("{id}\t{}\t", game.status.word());
        stamp(&mut row, game.kickoff);
        // No score, no text: string_to_array makes it NULL.
        let _ = match score {
            true => write!(row, "\t{}\t{}", game.score[0], game.score[1]),
            false => write!(row, "\t\t"),
        };
        rows.push(row);
    }
    Spi::run_with_args(
        "UPDATE dynasty_odds.events e SET status = w.f[2], kickoff = w.f[3]::timestamptz, home_score = w.f[4]::integer, away_score = w.f[5]::integer
         FROM (SELECT pg_catalog.string_to_array(r.row, E'\\t', '') AS f FROM pg_catalog.unnest($1::text[]) r (row)) w
         WHERE e.id OPERATOR(pg_catalog.=) w.f[1]::integer",
        &[rows.into()],
    )?;
    Spi::run_with_args(
        "UPDATE dynasty_odds.scrape_runs SET status = 'succeeded', events_seen = $2, snapshots_written = $3, odds_written = $4, unchanged = $5
         WHERE id OPERATOR(pg_catalog.=) $1",
        &[
            placed.run.into(),
            (config.events as i32).into(),
            (snapshots as i32).into(),
            i32::try_from(prices).unwrap_or(i32::MAX).into(),
            (unchanged as i32).into(),
        ],
    )
}
