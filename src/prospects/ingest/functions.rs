//! The SQL functions. Their signatures, and the columns of the answer, stand in `sql/prospects/ingest.sql`.

use super::arguments::{person_id, read, remark, source_name, unknown_of};
use super::editions;
use super::games::sort_out;
use super::players::{Unknown, resolve};
use super::ready::{combine, without_keys, write};
use super::suspects::Known;
use crate::pg::jsonb::JsonbReport;
use crate::pg::jsonb_walk::Payload;
use crate::pg::sql_text::Text;
use crate::prospects::tables::{ADVANCED, MAJORS};
use crate::shared::answer::{Report, loader};
use crate::shared::arguments::Of;
use crate::shared::upsert::{Target, newer_wins};
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
#[pg_extern(sql = false)]
fn ingest_game_logs(
    payload: Option<Payload>,
    unknown_players: Option<Text>,
    data_source: Option<Text>,
    mlb_id: Option<i32>,
    complete: Option<bool>,
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
    let of = Of("ingest_game_logs");
    let unknown = unknown_of(of, unknown_players.as_deref());
    let data_source = source_name(of, "data_source", data_source.as_deref());
    let mlb_id = person_id(of, mlb_id);
    let complete = of.required("complete", complete);
    let parsed = read(of, payload, |payload| parse_game_logs(payload, mlb_id));
    let (report, removed) = games(of, parsed, unknown, &data_source, complete);
    report.answer_with(removed)
}

loader! {
    /// Loads a live-feed box score of the MLB Stats API into `milb_game_logs`: a row for everyone who appeared.
    fn ingest_boxscore(payload: Option<Payload>, unknown_players: Option<Text>, data_source: Option<Text>) {
        let of = Of("ingest_boxscore");
        let unknown = unknown_of(of, unknown_players.as_deref());
        let data_source = source_name(of, "data_source", data_source.as_deref());
        let parsed = read(of, payload, |payload| parse_boxscore(payload));
        games(of, parsed, unknown, &data_source, false).0.answer()
    }
}

/// Writes games and, where the reply is complete, removes those that it does not have any more.
fn games(
    of: Of,
    parsed: Parsed<Packed<GameLogRow>>,
    unknown: Unknown,
    data_source: &str,
    complete: bool,
) -> (Report, i64) {
    let mut report = Report::new(parsed.rejects);
    let rows = resolve(of, parsed.items, unknown, &mut report);
    let rows = combine(rows, Known::of, GameLogRow::merge);
    let games = sort_out(of, rows, &mut report);
    games.write(of, data_source, &mut report);
    let removed = if complete {
        games.remove_gone(of, data_source, &report)
    } else {
        0
    };
    drop(games);
    (report, removed)
}

loader! {
    /// Loads a `/people` reply of the MLB Stats API into `prospects`, by `mlb_id`. Debut dates go to the seasons in `mlb_stats`
    /// that lack one.
    fn ingest_people(payload: Option<Payload>) {
        super::people::ingest(payload)
    }
}

loader! {
    /// Loads major-league seasons into `mlb_stats`: a season or yearByYear reply of the MLB Stats API, or an array of rows that name
    /// the columns (`mlb_id` or `prospect_id`, `season`, `war` …).
    fn ingest_mlb_stats(
        payload: Option<Payload>,
        unknown_players: Option<Text>,
        data_source: Option<Text>,
        mlb_id: Option<i32>,
    ) {
        let of = Of("ingest_mlb_stats");
        let unknown = unknown_of(of, unknown_players.as_deref());
        let data_source = source_name(of, "data_source", data_source.as_deref());
        let mlb_id = person_id(of, mlb_id);
        let parsed = read(of, payload, |payload| parse_mlb_stats(payload, mlb_id));
        let mut report = Report::new(parsed.rejects);
        let rows = resolve(of, parsed.items, unknown, &mut report);
        let rows = combine(rows, |prospect, row| (prospect, row.season), MlbStatsRow::complete);
        let target = Target {
            table: MAJORS,
            key: &["prospect_id", "season"],
            key_where: "",
            stamped: true,
            merge: games_in_any_role,
            guard: None,
        };
        let from = |row: &mut MlbStatsRow| row.data_source = Some(data_source.clone());
        write(
            of,
            &without_keys(rows),
            &target,
            MlbStatsRow::COLUMNS,
            &from,
            &mut report,
        );
        report.answer()
    }
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

loader! {
    /// Loads rows of a prospect board (FanGraphs' keys, or the columns' own names) into `scouting_grades`. Of several lists of one
    /// source and year the one with the latest `date_recorded` stands there, the earlier ones in `scouting_editions`.
    fn ingest_scouting(
        payload: Option<Payload>,
        source: Option<Text>,
        ranking_year: Option<i32>,
        date_recorded: Option<Date>,
        unknown_players: Option<Text>,
    ) {
        let of = Of("ingest_scouting");
        let unknown = unknown_of(of, unknown_players.as_deref());
        let source = source_name(of, "source", source.as_deref());
        let ranking_year = ranking_year.map(|year| of.within("ranking_year", year, 1870..=2200));
        // Asked for first: an infinite date has no year.
        let finite = date_recorded.filter(|d| d.is_finite());
        let Some(date) = finite.filter(|d| (1870..=2200).contains(&d.year())) else {
            of.refuse("date_recorded must be a date of the years 1870 to 2200")
        };
        let date_recorded = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
        let list = List {
            source,
            ranking_year,
            date_recorded,
        };
        let parsed = read(of, payload, |payload| parse_scouting(payload, &list));
        let mut report = Report::new(parsed.rejects);
        let rows = resolve(of, parsed.items, unknown, &mut report);
        let lists = combine(rows, editions::edition_key, ScoutingRow::merge);
        editions::write(of, lists, &mut report);
        report.answer()
    }
}

loader! {
    /// Loads rows of the FanGraphs minor-league leaders (FanGraphs' labels, or the columns' own names) into `milb_advanced_stats`.
    fn ingest_advanced(payload: Option<Payload>, unknown_players: Option<Text>, data_source: Option<Text>) {
        let of = Of("ingest_advanced");
        let unknown = unknown_of(of, unknown_players.as_deref());
        let data_source = source_name(of, "data_source", data_source.as_deref());
        let parsed = read(of, payload, |payload| parse_advanced(payload));
        remark(of, &parsed.remarks);
        let mut report = Report::new(parsed.rejects);
        let rows = resolve(of, parsed.items, unknown, &mut report);
        let rows = combine(
            rows,
            |prospect, row| (prospect, row.season, row.level.clone()),
            AdvancedRow::merge,
        );
        let target = Target {
            table: ADVANCED,
            key: &["prospect_id", "season", "level"],
            key_where: "",
            stamped: false,
            merge: newer_wins,
            guard: None,
        };
        let from = |row: &mut AdvancedRow| row.data_source = Some(data_source.clone());
        write(
            of,
            &without_keys(rows),
            &target,
            AdvancedRow::COLUMNS,
            &from,
            &mut report,
        );
        report.answer()
    }
}
