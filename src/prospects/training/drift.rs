//! `feature_drift`: the features of a year against those a model was trained on.

use super::functions::Summary;
use super::request::{Arguments, Request};
use super::rows::each_row;
use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::jsonb::JsonbText;
use crate::pg::query::{Argument, read_few_rows};
use crate::pg::text::ShortText;
use crate::shared::arguments::Of;
use dynasty_numbers::drift::drift;
use dynasty_prospects::training::Part;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

raw_function!(feature_drift, pg_finfo_feature_drift, feature_drift_call);

/// `feature_drift(training text, as_of_year int)`: a row per feature, what has moved most first. `training` is a digest here; names
/// of models are looked up in SQL.
fn feature_drift_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    let (Some(digest), Some(year)) = (call.text(0), call.int4(1)) else {
        return call.null();
    };
    let of = Of("feature_drift");
    let Some(known) = recorded(&digest) else {
        error(
            ERRCODE_UNDEFINED_OBJECT,
            format!("no training set of digest \"{digest}\" is recorded"),
        )
        .hint("dynasty.record_training_set() and dynasty.train_model() record them.")
        .raise()
    };
    let now = Arguments {
        years: vec![Some(year)],
        include_open: true,
        // One year cannot be split by time; which part its rows are in is of no interest here.
        split: Some("prospect".into()),
        ..known.clone()
    };
    // For its errors before the work.
    let now = Request::new(of, now);
    let then = Request::new(of, known);
    let mut summary = Summary::of(&then);
    let mut columns = vec![(Vec::<f64>::new(), Vec::<f64>::new()); then.set.members.len()];
    each_row(&then, &mut |row| {
        summary.add(row);
        if row.part == Part::Train {
            let values = columns.iter_mut().zip(row.values);
            values.for_each(|((then, _), value)| then.push(value.unwrap_or(f64::NAN)));
        }
    });
    if summary.digest() != digest {
        error(
            ERRCODE_WARNING,
            "the training set cannot be made again as it was: the data have changed",
        )
        .detail(format!("Its digest was {digest}, and is {} now.", summary.digest()))
        .hint("dynasty.check_training_set() names the tables that have changed.")
        .warn();
    }
    each_row(&now, &mut |row| {
        let values = columns.iter_mut().zip(row.values);
        values.for_each(|((_, now), value)| now.push(value.unwrap_or(f64::NAN)));
    });
    let mut found = Vec::with_capacity(columns.len());
    for (member, (before, after)) in then.set.members.iter().zip(&mut columns) {
        crate::pg::memory::checkpoint();
        found.extend(drift(before, after).map(|d| (&*member.name, d)));
    }
    found.sort_by(|a, b| b.1.psi.total_cmp(&a.1.psi));
    for (name, d) in found {
        let name = ShortText::of(name);
        let floats = [
            Some(d.psi),
            d.ks,
            Some(d.missing[0]),
            Some(d.missing[1]),
            d.mean[0],
            d.mean[1],
        ];
        let mut values = vec![name.datum()];
        values.extend(floats.map(|x| pg_sys::Datum::from(x.unwrap_or(0.0).to_bits())));
        values.extend(d.known.map(|n| pg_sys::Datum::from(n as i64)));
        let mut nulls = [false; 9];
        nulls[1..7].copy_from_slice(&floats.map(|x| x.is_none()));
        rows.put(&mut values, &mut nulls);
    }
    call.null()
}

/// The arguments of a training set that was recorded.
fn recorded(digest: &str) -> Option<Arguments> {
    let mut found = None;
    let digest = ShortText::of(digest);
    read_few_rows(
        "SELECT s.as_of_years, s.years_to_evaluate, s.feature_set_version, s.config::pg_catalog.text, s.data_through_year,
                 s.include_open, s.split, s.test_share, s.prospect_ids, s.population, s.seed
          FROM dynasty.training_sets s WHERE s.digest OPERATOR(pg_catalog.=) $1",
        &[Argument::text(&digest)],
        &mut |row| {
            let text = |column| row.text(column).map(|t| t.into_owned());
            found = Some(Arguments {
                years: row.int4_array(0).unwrap_or_default(),
                years_to_evaluate: row.int4(1).unwrap_or_default(),
                version: text(2).unwrap_or_default(),
                config: text(3).map(JsonbText),
                data_through_year: row.int4(4),
                include_open: row.bool(5).unwrap_or_default(),
                split: text(6),
                test_share: row.float8(7),
                prospect_ids: row.int4_array(8),
                population: text(9),
                seed: row.int8(10),
            });
        },
    );
    found
}
