//! `leak_report`, and what the trainer says of features whose mere presence tells who succeeded.

use super::measure::{Kind, Table};
use super::request::{CLOSED_ONLY, Request};
use super::rows::each_row;
use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::text::ShortText;
use crate::prospects::features::sets::FeatureSet;
use crate::shared::arguments::Of;
use dynasty_prospects::training::{Presence, suspicion, to_blame};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::collections::BTreeSet;

raw_function!(leak_report, pg_finfo_leak_report, leak_report_call);

/// Bytes of names in one message: longer ones are cut in their middle.
const MOST_NAMED: usize = 150;

/// `leak_report(as_of_years int[], ...)`: a row per feature, what is suspicious first.
fn leak_report_call(call: Call) -> pg_sys::Datum {
    let mut out = call.rows();
    let Some(request) = Request::of(Of("leak_report"), &call, &CLOSED_ONLY) else {
        return call.null();
    };
    let mut columns = vec![Vec::<f64>::new(); request.set.members.len()];
    let mut outcomes = Vec::new();
    each_row(&request, &mut |row| {
        let Some(is_success) = row.is_success else { return };
        outcomes.push(is_success);
        let values = columns.iter_mut().zip(row.values);
        values.for_each(|(column, value)| column.push(value.unwrap_or(f64::NAN)));
    });
    let mut counted = Vec::with_capacity(columns.len());
    for (inputs, column) in request.set.inputs().into_iter().zip(&columns) {
        crate::pg::memory::checkpoint();
        let presence = Presence::of(column.iter().copied().zip(outcomes.iter().copied()));
        counted.push((inputs, presence));
    }
    let blamed = to_blame(&counted);
    let named = request.set.members.iter().map(|m| &*m.name);
    let mut found: Vec<_> = named.zip(&counted).zip(&blamed).collect();
    let distance = |presence: &Presence| presence.presence_auc().map_or(0.0, |auc| (auc - 0.5).abs());
    found.sort_by(|((_, (_, a)), blamed_a), ((_, (_, b)), blamed_b)| {
        let order = b.is_suspicious().cmp(&a.is_suspicious());
        let order = order.then(blamed_a.is_empty().cmp(&blamed_b.is_empty()));
        order.then(distance(b).total_cmp(&distance(a)))
    });
    for ((name, (inputs, presence)), blamed) in found {
        let (name, why) = (
            ShortText::of(name),
            suspicion(presence, blamed).map(|why| ShortText::of(&why)),
        );
        let aucs = [presence.presence_auc(), presence.value_auc];
        let rows = presence.rows();
        let missing: usize = presence.missing.iter().sum();
        let mut values = [
            name.datum(),
            pg_sys::Datum::from(rows as i64),
            pg_sys::Datum::from(missing as i64),
            pg_sys::Datum::from(aucs[0].unwrap_or(0.0).to_bits()),
            pg_sys::Datum::from(aucs[1].unwrap_or(0.0).to_bits()),
            pg_sys::Datum::from(inputs.undated.is_empty()),
            pg_sys::Datum::from(why.is_some()),
            why.as_ref().map_or(pg_sys::Datum::from(0), ShortText::datum),
        ];
        let mut nulls = [
            false,
            false,
            false,
            aucs[0].is_none(),
            aucs[1].is_none(),
            false,
            false,
            why.is_none(),
        ];
        out.put(&mut values, &mut nulls);
    }
    call.null()
}

/// A feature whose presence alone tells too much.
pub struct Suspicious {
    pub feature: String,
    place: usize,
    /// Whose being filled in explains its presence; see [`to_blame`].
    blamed: Vec<&'static str>,
    /// How far the AUC of its presence is from chance.
    distance: f64,
}

/// Those of a set, over the rows that a model learns from and those it is judged by; the worst first.
pub fn suspicious(set: &FeatureSet, tables: [&Table; 2], kind: Kind) -> Vec<Suspicious> {
    let features = set.members.len();
    let mut presences = vec![Presence::default(); features];
    for table in tables {
        for (row, is_success) in table.values.chunks_exact(features).zip(table.outcomes(kind)) {
            let of_features = presences.iter_mut().zip(row);
            of_features.for_each(|(presence, value)| presence.add(*value, is_success));
        }
    }
    let counted: Vec<_> = set.inputs().into_iter().zip(presences).collect();
    let members = set.members.iter().zip(to_blame(&counted)).zip(&counted).enumerate();
    let flagged = members.filter(|(_, (_, (_, presence)))| presence.is_suspicious());
    let named = flagged.map(|(place, ((member, blamed), (_, presence)))| Suspicious {
        feature: member.name.to_string(),
        place,
        blamed,
        distance: presence.presence_auc().map_or(0.0, |auc| (auc - 0.5).abs()),
    });
    let mut found: Vec<Suspicious> = named.collect();
    found.sort_by(|a, b| b.distance.total_cmp(&a.distance));
    found
}

/// Says aloud which features those are: a WARNING where nobody knows when they were filled in, a NOTICE where their absence is dated.
pub fn warn(found: &[Suspicious], indicated: &[bool]) {
    let (undated, dated): (Vec<&Suspicious>, Vec<&Suspicious>) = found.iter().partition(|s| !s.blamed.is_empty());
    if !undated.is_empty() {
        let columns: BTreeSet<&str> = undated.iter().flat_map(|s| s.blamed.iter().copied()).collect();
        let columns: Vec<&str> = columns.into_iter().collect();
        let consequence = match undated.iter().any(|s| indicated[s.place]) {
            true => "the model has columns that say where they are missing",
            false => "the model has no columns that say where they are missing",
        };
        error(
            ERRCODE_WARNING,
            format!("the mere presence of these features tells who succeeded: {}", listed(&undated)),
        )
        .detail(format!("Nobody knows when {} was filled in; {consequence}.", columns.join(", ")))
        .hint("dynasty.leak_report() says how much. A feature set without them is made by dynasty.register_feature_set().")
        .warn();
    }
    if !dated.is_empty() {
        error(
            ERRCODE_SUCCESSFUL_COMPLETION,
            format!(
                "the presence of these features tells who succeeded, too: {}",
                listed(&dated)
            ),
        )
        .detail("Their absence is dated, so it may be no more than who had played or been graded by then.")
        .hint("dynasty.leak_report() says how much.")
        .notice();
    }
}

/// Their names, as many as a message has room for.
fn listed(found: &[&Suspicious]) -> String {
    let mut text = String::new();
    for (at, s) in found.iter().enumerate() {
        if text.len() + s.feature.len() > MOST_NAMED {
            text.push_str(&format!(" and {} more", found.len() - at));
            break;
        }
        if at > 0 {
            text.push_str(", ");
        }
        text.push_str(&s.feature);
    }
    text
}
