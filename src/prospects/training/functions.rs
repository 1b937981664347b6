//! `training_set` and its summary.

use super::request::{LIKE_TRAINING_SET, Request};
use super::rows::{each_member, each_row};
use crate::pg::call::{Call, raw_function};
use crate::pg::float_array::float8_array;
use crate::pg::memory::PortionMemory;
use crate::pg::text::ShortText;
use crate::prospects::arguments::{ids_of, years_of};
use crate::shared::arguments::Of;
use dynasty_prospects::labels::Tier;
use dynasty_prospects::training::digest::Row;
use dynasty_prospects::training::{Digest, Part, Status};
use pgrx::pg_sys;

raw_function!(training_set, pg_finfo_training_set, training_set_call);
raw_function!(population, pg_finfo_population, population_call);
raw_function!(
    training_set_summary,
    pg_finfo_training_set_summary,
    training_set_summary_call
);

/// `training_set(as_of_years int[], ...)`: a row per prospect and year.
fn training_set_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    let Some(request) = Request::of(Of("training_set"), &call, &LIKE_TRAINING_SET) else {
        return call.null();
    };
    let tiers = [Tier::Star, Tier::Solid, Tier::Marginal, Tier::Failed].map(|tier| (tier, text(tier.name())));
    let parts = [Part::Train, Part::Test, Part::Open].map(|part| (part, text(part.name())));
    let missing = || pg_sys::Datum::from(0);
    let memory = PortionMemory::new();
    each_row(&request, &mut |row| {
        let tier = tiers.iter().find(|(tier, _)| Some(*tier) == row.tier);
        let part = parts.iter().find(|(part, _)| *part == row.part);
        memory.run(|| {
            let mut values = [
                row.prospect_id.into(),
                row.as_of_year.into(),
                row.evaluation_year.into(),
                float8_array(row.values),
                pg_sys::Datum::from(row.is_success.unwrap_or(false)),
                tier.map_or_else(missing, |(_, text)| text.datum()),
                pg_sys::Datum::from(row.weight.unwrap_or(0.0).to_bits()),
                part.map_or_else(missing, |(_, text)| text.datum()),
            ];
            let (label, tier, weight) = (row.is_success.is_none(), row.tier.is_none(), row.weight.is_none());
            rows.put(
                &mut values,
                &mut [false, false, false, false, label, tier, weight, false],
            );
        });
    });
    call.null()
}

fn text(text: &str) -> ShortText {
    ShortText::of(text)
}

/// `population(as_of_years int[], population text, prospect_ids int[])`: who would have a row in a training set.
fn population_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    let Some(years) = call.int4_array(0) else {
        return call.null();
    };
    let of = Of("population");
    let years: Vec<i32> = years_of(of, years).into_iter().collect();
    let population = of.parsed(&of.required("population", call.text(1)));
    let ids = ids_of(call.int4_array(2));
    let statuses = Status::ALL.map(|status| text(status.name()));
    each_member(&years, population, ids.as_ref(), &mut |subject, _, sight| {
        let status = statuses[Status::of(sight) as usize].datum();
        rows.put(
            &mut [subject.person.id.into(), subject.year.into(), status],
            &mut [false; 3],
        );
    });
    call.null()
}

/// What a training set is known by and how large it is.
pub struct Summary {
    digest: Digest,
    last_id: Option<i32>,
    pub rows: i64,
    pub prospects: i64,
    pub positives: i64,
    pub in_part: [i64; 3],
}

impl Summary {
    pub fn of(request: &Request) -> Summary {
        Summary {
            digest: Digest::new(request.set.members.iter().map(|m| &*m.name)),
            last_id: None,
            rows: 0,
            prospects: 0,
            positives: 0,
            in_part: [0; 3],
        }
    }

    /// Rows come by prospect.
    pub fn add(&mut self, row: &Row<'_>) {
        self.digest.add(row);
        self.rows += 1;
        self.prospects += i64::from(self.last_id != Some(row.prospect_id));
        self.last_id = Some(row.prospect_id);
        self.positives += i64::from(row.is_success == Some(true));
        self.in_part[row.part as usize] += 1;
    }

    /// The digest, at the end.
    pub fn digest(&self) -> String {
        self.digest.clone().hex()
    }
}

/// `training_set_summary(...)`: one row.
fn training_set_summary_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    let Some(request) = Request::of(Of("training_set_summary"), &call, &LIKE_TRAINING_SET) else {
        return call.null();
    };
    let mut summary = Summary::of(&request);
    each_row(&request, &mut |row| summary.add(row));
    let digest = text(&summary.digest());
    let [train, test, open] = summary.in_part;
    let mut values = [
        digest.datum(),
        summary.rows.into(),
        summary.prospects.into(),
        summary.positives.into(),
        train.into(),
        test.into(),
        open.into(),
        request.data_through_year.unwrap_or(0).into(),
    ];
    let mut nulls = [false; 8];
    nulls[7] = request.data_through_year.is_none();
    rows.put(&mut values, &mut nulls);
    call.null()
}
