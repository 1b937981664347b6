//! A payload into the tables, in one call: everything at once in one subtransaction; only where that fails an element at a time, each in
//! its own, so that a bad one never loses the rest. It writes with the caller's rights.

pub mod document;
mod events;
mod part;
mod snapshot;
mod statements;
mod store;

use crate::odds::errors::error_of;
use crate::odds::feed::{refused, source_of};
use crate::pg::errors::notice;
use crate::pg::jsonb::{JsonbText, StoredJsonb};
use crate::pg::query::{Argument, read_as_of_now, write, write_returning};
use crate::pg::sql_text::Text;
use crate::shared::arguments::Of;
use document::{Item, array, written};
use dynasty_odds::feed::{self, Format};
use events::{Found, matched};
use part::{Failure, Feed, Tally, all_or_singly};
use pgrx::PgSqlErrorCode::*;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::prelude::*;
use statements::{COUNT, HOLD_SCORED, MOMENT, NOTE_FAULTS, RUN, SCORE, TELL_CACHES};
use store::Place;

/// Microseconds from 1970 to 2000, where the server's time begins.
const EPOCH: i64 = 946_684_800_000_000;
/// The longest name of a piece.
const LONGEST_SCOPE: usize = 32;

/// The time that counts: the caller's, else the envelope's, else now. 23514 for one more than a day ahead, 22023 for infinity.
fn moment(of: Of, given: Option<i64>, said: Option<i64>) -> i64 {
    let mut moment = 0;
    let mut wrong = None;
    let arguments = [
        Argument::timestamptz_or_null(given),
        Argument::timestamptz_or_null(said.map(|micros| micros - EPOCH)),
    ];
    read_as_of_now(MOMENT, &arguments, &mut |row| {
        moment = row.timestamptz_if_it_is(0).unwrap_or_default();
        let shown = row.text(3).unwrap_or_default();
        if row.bool(1) == Some(true) {
            let why = format!("captured_at must be at most a day ahead, not {shown}");
            wrong = Some(of.error(ERRCODE_CHECK_VIOLATION, why));
        } else if row.bool(2) == Some(false) {
            wrong = Some(of.invalid(format!("captured_at must be a point in time, not {shown}")));
        }
    });
    if let Some(error) = wrong {
        error.raise();
    }
    moment
}

fn scope_of(of: Of, scope: Option<Text>) -> String {
    let scope = of.required("scope", scope).0;
    let length = scope.chars().count();
    if length > LONGEST_SCOPE {
        let why = format!("scope must be at most {LONGEST_SCOPE} characters, not {length}: {scope}");
        of.error(ERRCODE_STRING_DATA_RIGHT_TRUNCATION, why).raise();
    }
    scope
}

/// The run is there, of the source, and not over.
fn check_run(of: Of, run: i64, source: &str) {
    let mut known = None;
    read_as_of_now(RUN, &[Argument::int8(run)], &mut |row| {
        known = row
            .text(0)
            .zip(row.text(1))
            .map(|(s, t)| (s.into_owned(), t.into_owned()));
    });
    match known {
        None => of
            .error(ERRCODE_FOREIGN_KEY_VIOLATION, format!("there is no run {run}"))
            .raise(),
        Some((its, _)) if its != source => of.refuse(format!("run {run} is of source {its}, not of {source}")),
        Some((_, status)) if status != "running" => of
            .error(
                ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                format!("run {run} has ended ({status})"),
            )
            .hint("Begin another with start_run().")
            .raise(),
        Some(_) => {}
    }
}

/// Counts what a call did for its run.
fn count(run: i64, events: usize, tally: &Tally, errors: usize) {
    let whole = |n: usize| Argument::int4(i32::try_from(n).unwrap_or(i32::MAX));
    let added = [events, tally.snapshots, tally.odds, tally.unchanged, errors];
    let mut arguments = vec![Argument::int8(run)];
    arguments.extend(added.map(whole));
    write(COUNT, &arguments);
}

/// Tells outside caches of the events whose prices changed.
fn tell_caches(changed: &[i32]) {
    if !changed.is_empty() {
        write_returning(TELL_CACHES, &[Argument::int4_array(changed)], &mut |_| {});
    }
}

/// Faults go to the run, or to the client where there is none.
fn note_faults(of: Of, run: Option<i64>, failures: &[Failure]) {
    match run {
        _ if failures.is_empty() => {}
        Some(run) => {
            let json = StoredJsonb::of(&written(&failures));
            write(NOTE_FAULTS, &[Argument::int8(run), Argument::stored_jsonb(&json)]);
        }
        None => {
            for failure in failures {
                notice(format!("{}: {} ({})", of.0, failure.message, failure.sqlstate));
            }
        }
    }
}

/// Stores a payload of odds; see the comment of the SQL function.
#[pg_extern(sql = false)]
fn ingest(
    payload: Option<JsonbText>,
    source: Option<Text>,
    captured_at: Option<TimestampWithTimeZone>,
    run_id: Option<i64>,
    odds_format: Option<Text>,
    scope: Option<Text>,
) -> TableIterator<
    'static,
    (
        name!(events, i32),
        name!(snapshots, i32),
        name!(unchanged, i32),
        name!(odds, i32),
        name!(errors, i32),
    ),
> {
    const OF: Of = Of("ingest");
    let payload = OF.required("payload", payload);
    let word = OF.required("source", source).0;
    let source = source_of(OF, &word);
    let format = Format::of(&OF.required("odds_format", odds_format)).unwrap_or_else(|e| error_of(OF, &e).raise());
    let scope = scope_of(OF, scope);
    let mut reading = feed::read(&payload.0, source, format).unwrap_or_else(|why| refused(OF, &why));
    let at = moment(OF, captured_at.map(|t| t.into_inner()), reading.captured_at);
    if let Some(run) = run_id {
        check_run(OF, run, &word);
    }
    crate::odds::feed::keep_fitting(&mut reading);
    let place = Place {
        of: OF,
        at,
        run: run_id,
        scope: &scope,
    };
    let items: Vec<Item> = reading.events.iter().map(Item::of_event).collect();
    let feed = Feed {
        reading: &reading,
        items: &items,
        source: &word,
    };
    let tally = all_or_singly(&feed, &place);
    let mut failures: Vec<Failure> = reading
        .faults
        .iter()
        .map(|f| Failure::of_fault(f, &tally.events))
        .collect();
    failures.extend(tally.failures.iter().cloned());
    note_faults(OF, run_id, &failures);
    tell_caches(&tally.changed);
    if let Some(run) = run_id {
        count(run, items.len(), &tally, failures.len());
    }
    let whole = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    TableIterator::once((
        whole(items.len()),
        whole(tally.snapshots),
        whole(tally.unchanged),
        whole(tally.odds),
        whole(failures.len()),
    ))
}

/// Stores a payload of scores; see the comment of the SQL function.
#[pg_extern(sql = false)]
fn ingest_scores(
    payload: Option<JsonbText>,
    source: Option<Text>,
) -> TableIterator<'static, (name!(events, i32), name!(finished, i32), name!(errors, i32))> {
    const OF: Of = Of("ingest_scores");
    let payload = OF.required("payload", payload);
    let word = OF.required("source", source).0;
    let scores = feed::scores(&payload.0, source_of(OF, &word)).unwrap_or_else(|why| refused(OF, &why));
    let items: Vec<Item> = scores.games.iter().map(Item::of_game).collect();
    let found = matched(&items, &word, moment(OF, None, None));
    let ids: Vec<i32> = found.iter().map(|f| f.id().unwrap_or(0)).collect();
    let all = StoredJsonb::of(&array(items.iter().map(|i| i.json.as_str())));
    let mut scored = false;
    let arguments = || [Argument::stored_jsonb(&all), Argument::int4_array(&ids)];
    write_returning(HOLD_SCORED, &arguments(), &mut |_| scored = true);
    if scored {
        write(SCORE, &arguments());
    }
    let mut failures: Vec<Failure> = scores.faults.iter().map(|f| Failure::of_fault(f, &[])).collect();
    for (found, item) in found.iter().zip(&items) {
        if let Found::Problem(state, message) = found {
            failures.push(Failure::new(None, None, state, &item.path, message));
        }
    }
    note_faults(OF, None, &failures);
    let over = scores.games.iter().zip(&found);
    let finished = over
        .filter(|(game, found)| game.completed && game.score.is_some() && found.id().is_some())
        .count();
    let whole = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    TableIterator::once((whole(items.len()), whole(finished), whole(failures.len())))
}
