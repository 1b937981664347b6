//! Keeping `ml_features`: only vectors whose values changed are written.

use super::assembly::{AsOf, each_vector};
use super::documents::{DOCUMENTS, Documents};
use super::inputs::queries::Whose;
use super::stamps::{VectorStamps, vector_stamps};
use crate::pg::call::{Call, raw_function};
use crate::pg::memory::PortionMemory;
use crate::pg::query::{Argument, read_rows, write};
use crate::pg::relation::refuse_when_read_only;
use crate::pg::text::ShortText;
use crate::prospects::arguments::{ids_of, set_of, year_of};
use crate::shared::arguments::Of;
use dynasty_numbers::fingerprint::fingerprint;
use pgrx::pg_sys;
use rustc_hash::FxHashMap;

raw_function!(refresh_features, pg_finfo_refresh_features, refresh_features_call);
raw_function!(feature_stamps, pg_finfo_feature_stamps, feature_stamps_call);

/// `refresh_features(as_of_year int, version text, prospect_ids int[]) RETURNS bigint`.
fn refresh_features_call(call: Call) -> pg_sys::Datum {
    let of = Of("refresh_features");
    let (year, set) = (year_of(of, call.int4(0)), set_of(of, call.text(1)));
    let (Some(year), Some(set)) = (year, set) else {
        return pg_sys::Datum::from(0);
    };
    refuse_when_read_only(c"dynasty.refresh_features()");
    let ids = ids_of(call.int4_array(2));
    let wanted: Option<Vec<i32>> = ids.as_ref().map(|ids| ids.iter().copied().collect());
    let stored = stored_vectors(year, &set.version);
    let stamps = vector_stamps(whose(&wanted), year);
    let version = ShortText::of(&set.version);
    let mut documents = Documents::of_set(&set);
    let mut written = 0_i64;
    let as_of = AsOf {
        year,
        ids: ids.as_ref(),
        known_at: None,
    };
    let memory = PortionMemory::new();
    each_vector(&set, &as_of, &mut |id, vector| {
        let now = stamps.get(&id).copied().unwrap_or_default();
        let key = || {
            vec![
                Argument::int4(id),
                Argument::int4(year),
                Argument::text(&version),
                Argument::int8(now.inputs),
                Argument::int8(now.norms),
            ]
        };
        match stored.get(&id) {
            Some(known) if known.values == values_in_short(vector.iter().copied()) => {
                if known.stamps != Some(now) {
                    write(CONFIRM, &key());
                }
            }
            _ => memory.run(|| {
                let mut arguments = key();
                arguments.extend(documents.written(vector).iter().map(Argument::jsonb));
                arguments.push(Argument::float8_array(vector));
                debug_assert_eq!(arguments.len(), 5 + DOCUMENTS + 1);
                write(STORE, &arguments);
                written += 1;
            }),
        }
    });
    pg_sys::Datum::from(written)
}

fn whose(ids: &Option<Vec<i32>>) -> Whose<'_> {
    ids.as_deref().map_or(Whose::Everybody, Whose::Some)
}

/// The values are the same, but computed from other rows: nothing a reader sees has changed.
const CONFIRM: &str = "UPDATE dynasty.ml_features f SET inputs_stamp = $4, norms_stamp = $5
     WHERE f.prospect_id OPERATOR(pg_catalog.=) $1 AND f.as_of_year OPERATOR(pg_catalog.=) $2
       AND f.feature_set_version OPERATOR(pg_catalog.=) $3";

const STORE: &str = "INSERT INTO dynasty.ml_features AS f (prospect_id, as_of_year, feature_set_version, inputs_stamp, norms_stamp, bio_features,
         scouting_features, milb_performance, milb_progression, milb_consistency, derived_features, feature_vector, feature_values)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (prospect_id, as_of_year, feature_set_version) DO UPDATE SET
         inputs_stamp = excluded.inputs_stamp, norms_stamp = excluded.norms_stamp, bio_features = excluded.bio_features,
         scouting_features = excluded.scouting_features, milb_performance = excluded.milb_performance,
         milb_progression = excluded.milb_progression, milb_consistency = excluded.milb_consistency,
         derived_features = excluded.derived_features, feature_vector = excluded.feature_vector,
         feature_values = excluded.feature_values, updated_at = pg_catalog.now()";

struct Stored {
    values: u64,
    stamps: Option<VectorStamps>,
}

/// What is in the table, in little memory: the values as one number.
fn stored_vectors(year: i32, version: &str) -> FxHashMap<i32, Stored> {
    let mut stored = FxHashMap::default();
    let version = ShortText::of(version);
    read_rows(
        "SELECT f.prospect_id, f.inputs_stamp, f.norms_stamp, f.feature_values FROM dynasty.ml_features f
         WHERE f.as_of_year OPERATOR(pg_catalog.=) $1 AND f.feature_set_version OPERATOR(pg_catalog.=) $2",
        &[Argument::int4(year), Argument::text(&version)],
        &mut |row| {
            if let Some(id) = row.int4(0) {
                let stamps = row.int8(1).zip(row.int8(2));
                let values = row
                    .float8_array(3)
                    .map_or(0, |values| values_in_short(values.into_iter()));
                let stamps = stamps.map(|(inputs, norms)| VectorStamps { inputs, norms });
                stored.insert(id, Stored { values, stamps });
            }
        },
    );
    stored
}

fn values_in_short(values: impl Iterator<Item = Option<f64>>) -> u64 {
    let bits: Vec<Option<u64>> = values.map(|v| v.map(f64::to_bits)).collect();
    fingerprint(&bits)
}

/// `feature_stamps(as_of_year int, prospect_ids int[])`: what vectors would be computed from now, in two numbers each.
fn feature_stamps_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    let Some(year) = year_of(Of("feature_stamps"), call.int4(0)) else {
        return call.null();
    };
    let wanted: Option<Vec<i32>> = ids_of(call.int4_array(1)).map(|ids| ids.into_iter().collect());
    let mut stamps: Vec<(i32, VectorStamps)> = vector_stamps(whose(&wanted), year).into_iter().collect();
    stamps.sort_unstable_by_key(|(id, _)| *id);
    for (id, of) in stamps {
        rows.put(&mut [id.into(), of.inputs.into(), of.norms.into()], &mut [false; 3]);
    }
    call.null()
}
