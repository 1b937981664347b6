//! The SQL functions.
//!
//! The answer's columns are spelled out on each: pgrx reads the signature as text and sees through no alias.

use super::games::sort_out;
use super::players::{Unknown, resolve};
use super::report::Report;
use super::write::{Target, combine, newer_wins, without_keys, write};
use super::{fail, person_id, read, remark, source, unknown};
use crate::pg::jsonb::JsonbReport;
use crate::pg::jsonb_walk::Payload;
use crate::pg::sql_text::Text;
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use dynasty_prospects::api::Parsed;
use dynasty_prospects::api::advanced::{AdvancedRow, parse_advanced};
use dynasty_prospects::api::boxscore::parse_boxscore;
use dynasty_prospects::api::game_log::{GameLogRow, parse_game_logs};
use dynasty_prospects::api::mlb_stats::{MlbStatsRow, parse_mlb_stats};
use dynasty_prospects::api::scouting::{List, ScoutingRow, parse_scouting};
use pgrx::datum::Date;
use pgrx::prelude::*;

/// Loads a whole game-log reply of the MLB Stats API into `milb_game_logs`.
///
/// Hitting and pitching lines of one game are one row; a newer value replaces an older one and a missing one erases nothing,
/// so a batting and a pitching payload complete each other and the same payload twice changes nothing. `mlb_id` says whose
/// reply it is when the splits do not. `complete` says that it is all the source has of its players' seasons: stored games of
/// the source that are not in it are removed.
#[pg_extern(schema = "dynasty", volatile)]
#[search_path(pg_catalog, pg_temp)]
fn ingest_game_logs(
    payload: Option<Payload>,
    unknown_players: default!(Option<Text>, "'create'"),
    data_source: default!(Option<Text>, "'mlb_api'"),
    mlb_id: default!(Option<i32>, "NULL"),
    complete: default!(Option<bool>, "false"),
) -> TableIterator<
    'static,
    (
        name!(received, i64),
        name!(inserted, i64),
        name!(updated, i64),
        name!(unchanged, i64),
        name!(rejected, i64),
        name!(rejects, JsonbReport),
        name!(removed, i64),
    ),
> {
    const NAME: &str = "ingest_game_logs";
    let unknown = unknown(NAME, unknown_players.as_deref());
    let data_source = source(NAME, "data_source", data_source.as_deref());
    let mlb_id = person_id(NAME, mlb_id);
    let Some(complete) = complete else {
        fail(
            PgSqlErrorCode::ERRCODE_NULL_VALUE_NOT_ALLOWED,
            format!("{NAME}: complete must not be null"),
        )
    };
    let parsed = read(NAME, payload, |payload| parse_game_logs(payload, mlb_id));
    let (report, removed) = games(parsed, unknown, &data_source, complete);
    report.answer_with(removed)
}

/// Loads a live-feed box score of the MLB Stats API into `milb_game_logs`: a row for everyone who appeared.
#[pg_extern(schema = "dynasty", volatile)]
#[search_path(pg_catalog, pg_temp)]
fn ingest_boxscore(
    payload: Option<Payload>,
    unknown_players: default!(Option<Text>, "'create'"),
    data_source: default!(Option<Text>, "'mlb_api'"),
) -> TableIterator<
    'static,
    (
        name!(received, i64),
        name!(inserted, i64),
        name!(updated, i64),
        name!(unchanged, i64),
        name!(rejected, i64),
        name!(rejects, JsonbReport),
    ),
> {
    const NAME: &str = "ingest_boxscore";
    let unknown = unknown(NAME, unknown_players.as_deref());
    let data_source = source(NAME, "data_source", data_source.as_deref());
    let parsed = read(NAME, payload, |payload| parse_boxscore(payload));
    games(parsed, unknown, &data_source, false).0.answer()
}

/// Writes games and, where the reply is complete, removes those that it does not have any more.
fn games(parsed: Parsed<Packed<GameLogRow>>, unknown: Unknown, data_source: &str, complete: bool) -> (Report, i64) {
    let mut report = Report::new(parsed.rejects);
    let rows = resolve(parsed.items, unknown, &mut report);
    let rows = combine(rows, |prospect, row| (prospect, row.key()), GameLogRow::merge);
    let games = sort_out(without_keys(rows), &mut report);
    games.write(data_source, &mut report);
    let removed = if complete {
        games.remove_gone(data_source, &report)
    } else {
        0
    };
    drop(games);
    (report, removed)
}

/// Loads a `/people` reply of the MLB Stats API into `prospects`, by `mlb_id`. Debut dates go to the seasons in `mlb_stats`
/// that lack one.
#[pg_extern(schema = "dynasty", volatile)]
#[search_path(pg_catalog, pg_temp)]
fn ingest_people(
    payload: Option<Payload>,
) -> TableIterator<
    'static,
    (
        name!(received, i64),
        name!(inserted, i64),
        name!(updated, i64),
        name!(unchanged, i64),
        name!(rejected, i64),
        name!(rejects, JsonbReport),
    ),
> {
    super::people::ingest(payload)
}

/// Loads major-league seasons into `mlb_stats`: a season or yearByYear reply of the MLB Stats API, or an array of rows that name
/// the columns (`mlb_id` or `prospect_id`, `season`, `war` …).
#[pg_extern(schema = "dynasty", volatile)]
#[search_path(pg_catalog, pg_temp)]
fn ingest_mlb_stats(
    payload: Option<Payload>,
    unknown_players: default!(Option<Text>, "'create'"),
    data_source: default!(Option<Text>, "'mlb_api'"),
    mlb_id: default!(Option<i32>, "NULL"),
) -> TableIterator<
    'static,
    (
        name!(received, i64),
        name!(inserted, i64),
        name!(updated, i64),
        name!(unchanged, i64),
        name!(rejected, i64),
        name!(rejects, JsonbReport),
    ),
> {
    const NAME: &str = "ingest_mlb_stats";
    let unknown = unknown(NAME, unknown_players.as_deref());
    let data_source = source(NAME, "data_source", data_source.as_deref());
    let mlb_id = person_id(NAME, mlb_id);
    let parsed = read(NAME, payload, |payload| parse_mlb_stats(payload, mlb_id));
    let mut report = Report::new(parsed.rejects);
    let rows = resolve(parsed.items, unknown, &mut report);
    let rows = combine(rows, |prospect, row| (prospect, row.season), MlbStatsRow::complete);
    let target = Target {
        table: "mlb_stats",
        key: &["prospect_id", "season"],
        key_where: "",
        stamped: true,
        merge: games_in_any_role,
        guard: None,
    };
    let from = |row: &mut MlbStatsRow| row.data_source = Some(data_source.clone());
    write(&without_keys(rows), &target, MlbStatsRow::COLUMNS, &from, &mut report);
    report.answer()
}

/// `games_played` counts games in any role, so a pitching line must not lower what a batting line said: the SQL form of
/// [`MlbStatsRow::complete`].
fn games_in_any_role(column: &str) -> Option<String> {
    (column == "games_played").then(|| {
        "CASE WHEN excluded.games_played IS NULL THEN t.games_played \
              WHEN excluded.plate_appearances IS NULL THEN GREATEST(excluded.games_played, t.games_played) \
              ELSE GREATEST(excluded.games_played, COALESCE(excluded.games_pitched, t.games_pitched)) END"
            .to_string()
    })
}

/// Loads rows of a prospect board (FanGraphs' keys, or the columns' own names) into `scouting_grades`. Of several lists of one
/// source and year the one with the latest `date_recorded` is kept.
#[pg_extern(schema = "dynasty", volatile)]
#[search_path(pg_catalog, pg_temp)]
fn ingest_scouting(
    payload: Option<Payload>,
    source: default!(Option<Text>, "'fangraphs'"),
    ranking_year: default!(Option<i32>, "NULL"),
    date_recorded: default!(Option<Date>, "CURRENT_DATE"),
    unknown_players: default!(Option<Text>, "'create'"),
) -> TableIterator<
    'static,
    (
        name!(received, i64),
        name!(inserted, i64),
        name!(updated, i64),
        name!(unchanged, i64),
        name!(rejected, i64),
        name!(rejects, JsonbReport),
    ),
> {
    const NAME: &str = "ingest_scouting";
    let unknown = unknown(NAME, unknown_players.as_deref());
    let source = super::source(NAME, "source", source.as_deref());
    if let Some(year) = ranking_year.filter(|y| !(1870..=2200).contains(y)) {
        let message = format!("{NAME}: ranking_year must be between 1870 and 2200, not {year}");
        fail(PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE, message);
    }
    // Asked for first: an infinite date has no year.
    let finite = date_recorded.filter(|d| d.is_finite());
    let Some(date) = finite.filter(|d| (1870..=2200).contains(&d.year())) else {
        let message = format!("{NAME}: date_recorded must be a date of the years 1870 to 2200");
        fail(PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE, message)
    };
    let date_recorded = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
    let list = List {
        source,
        ranking_year,
        date_recorded,
    };
    let parsed = read(NAME, payload, |payload| parse_scouting(payload, &list));
    let mut report = Report::new(parsed.rejects);
    let rows = resolve(parsed.items, unknown, &mut report);
    let rows = combine(
        rows,
        |prospect, row| (prospect, row.source.clone(), row.ranking_year),
        ScoutingRow::absorb,
    );
    let target = Target {
        table: "scouting_grades",
        key: &["prospect_id", "source", "ranking_year"],
        key_where: "",
        stamped: true,
        merge: later_list_wins,
        guard: Some("excluded.date_recorded >= t.date_recorded"),
    };
    write(&without_keys(rows), &target, ScoutingRow::COLUMNS, &|_| {}, &mut report);
    report.answer()
}

/// The SQL form of [`ScoutingRow::absorb`].
fn later_list_wins(column: &str) -> Option<String> {
    Some(format!(
        "CASE WHEN excluded.date_recorded > t.date_recorded THEN excluded.{column} ELSE COALESCE(excluded.{column}, t.{column}) END"
    ))
}

/// Loads rows of the FanGraphs minor-league leaders (FanGraphs' labels, or the columns' own names) into `milb_advanced_stats`.
#[pg_extern(schema = "dynasty", volatile)]
#[search_path(pg_catalog, pg_temp)]
fn ingest_advanced(
    payload: Option<Payload>,
    unknown_players: default!(Option<Text>, "'create'"),
    data_source: default!(Option<Text>, "'fangraphs'"),
) -> TableIterator<
    'static,
    (
        name!(received, i64),
        name!(inserted, i64),
        name!(updated, i64),
        name!(unchanged, i64),
        name!(rejected, i64),
        name!(rejects, JsonbReport),
    ),
> {
    const NAME: &str = "ingest_advanced";
    let unknown = unknown(NAME, unknown_players.as_deref());
    let data_source = source(NAME, "data_source", data_source.as_deref());
    let parsed = read(NAME, payload, |payload| parse_advanced(payload));
    remark(NAME, &parsed.remarks);
    let mut report = Report::new(parsed.rejects);
    let rows = resolve(parsed.items, unknown, &mut report);
    let rows = combine(
        rows,
        |prospect, row| (prospect, row.season, row.level.clone()),
        AdvancedRow::merge,
    );
    let target = Target {
        table: "milb_advanced_stats",
        key: &["prospect_id", "season", "level"],
        key_where: "",
        stamped: false,
        merge: newer_wins,
        guard: None,
    };
    let from = |row: &mut AdvancedRow| row.data_source = Some(data_source.clone());
    write(&without_keys(rows), &target, AdvancedRow::COLUMNS, &from, &mut report);
    report.answer()
}
