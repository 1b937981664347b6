//! The SQL functions of flagship contract 6.

use super::assembly::{AsOf, each_vector};
use super::documents::{DOCUMENTS, Documents};
use crate::pg::call::{Call, raw_function};
use crate::pg::float_array::float8_array;
use crate::pg::memory::PortionMemory;
use crate::pg::sql_text::{Text, texts};
use crate::pg::text::ShortText;
use crate::prospects::arguments::{ids_of, set_of, year_of};
use crate::shared::arguments::Of;
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::collections::BTreeSet;

raw_function!(prospect_features, pg_finfo_prospect_features, prospect_features_call);
raw_function!(all_features, pg_finfo_all_features, all_features_call);
raw_function!(feature_matrix, pg_finfo_feature_matrix, feature_matrix_call);
raw_function!(feature_catalogue, pg_finfo_feature_catalogue, feature_catalogue_call);

/// `prospect_features(prospect_id int, as_of_year int, version text)`: the vector and documents of one prospect.
fn prospect_features_call(call: Call) -> pg_sys::Datum {
    let id = call.int4(0);
    put_features(
        Of("prospect_features"),
        &call,
        1,
        3,
        id.map(|id| Some(BTreeSet::from([id]))),
    )
}

/// `all_features(as_of_year int, version text, prospect_ids int[])`: the same of many.
fn all_features_call(call: Call) -> pg_sys::Datum {
    let ids = ids_of(call.int4_array(2));
    put_features(Of("all_features"), &call, 0, 3, Some(ids))
}

/// Puts rows; `ids` is `None` when it is NULL where one id is asked for. The year is argument `at`, the version the next.
fn put_features(of: Of, call: &Call, at: usize, known_at: usize, ids: Option<Option<BTreeSet<i32>>>) -> pg_sys::Datum {
    let mut rows = call.rows();
    let (year, set) = (year_of(of, call.int4(at)), set_of(of, call.text(at + 1)));
    let (Some(year), Some(set), Some(ids)) = (year, set, ids) else {
        return call.null();
    };
    let version = ShortText::of(&set.version);
    let mut documents = Documents::of_set(&set);
    let mut values = [pg_sys::Datum::from(0); 3 + DOCUMENTS + 1];
    values[1] = year.into();
    values[2] = version.datum();
    let as_of = AsOf {
        year,
        ids: ids.as_ref(),
        known_at: call.int8(known_at),
    };
    let memory = PortionMemory::new();
    each_vector(&set, &as_of, &mut |id, vector| {
        memory.run(|| {
            values[0] = id.into();
            values[3..3 + DOCUMENTS].copy_from_slice(&documents.of(vector));
            values[3 + DOCUMENTS] = float8_array(vector);
            rows.put(&mut values, &mut [false; 3 + DOCUMENTS + 1]);
        })
    });
    call.null()
}

/// `feature_matrix(as_of_year int, version text, prospect_ids int[])`: the vectors alone.
fn feature_matrix_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    let of = Of("feature_matrix");
    let (year, set) = (year_of(of, call.int4(0)), set_of(of, call.text(1)));
    let (Some(year), Some(set)) = (year, set) else {
        return call.null();
    };
    let ids = ids_of(call.int4_array(2));
    let as_of = AsOf {
        year,
        ids: ids.as_ref(),
        known_at: call.int8(3),
    };
    let memory = PortionMemory::new();
    each_vector(&set, &as_of, &mut |id, vector| {
        memory.run(|| rows.put(&mut [id.into(), float8_array(vector)], &mut [false; 2]))
    });
    call.null()
}

/// `feature_catalogue(version text)`: what each feature is.
fn feature_catalogue_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    let Some(set) = set_of(Of("feature_catalogue"), call.text(0)) else {
        return call.null();
    };
    for (i, m) in set.members.iter().enumerate() {
        let texts = [
            &m.name,
            &m.category,
            &*m.applies_to,
            &m.unit,
            &m.formula,
            &m.null_rule,
            &m.description,
        ]
        .map(ShortText::of);
        let mut values = vec![pg_sys::Datum::from(i as i32 + 1)];
        values.extend(texts.iter().map(ShortText::datum));
        rows.put(&mut values, &mut [false; 8]);
    }
    call.null()
}

/// The names of a feature set in the order of their ordinals, which is that of `feature_values`.
///
/// NULL for a NULL version. Errors: 22023 unknown version.
#[pg_extern(sql = false)]
fn feature_names(version: Option<Text>) -> Option<Vec<Text>> {
    let set = set_of(Of("feature_names"), version.map(|version| version.0));
    set.map(|set| texts(set.members.into_iter().map(|m| m.name)))
}
