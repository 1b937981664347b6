//! Keeping `ml_features`: only vectors whose values changed are written, and of these the documents in which something did.

use super::assembly::{AsOf, each_vector};
use super::documents::{DOCUMENTS, Documents};
use super::inputs::queries::Whose;
use super::sets::FeatureSet;
use super::stamps::{VectorStamps, vector_stamps};
use crate::pg::call::{Call, raw_function};
use crate::pg::jsonb_object::JsonbBuffer;
use crate::pg::memory::PortionMemory;
use crate::pg::query::{Argument, read_rows, write};
use crate::pg::relation::refuse_when_read_only;
use crate::pg::text::ShortText;
use crate::prospects::arguments::{ids_of, set_of, year_of};
use crate::shared::arguments::Of;
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
    let mut documents = Documents::of_set(&set);
    let stored = stored_vectors(year, &set, whose(&wanted), &documents);
    let stamps = vector_stamps(whose(&wanted), year);
    let version = ShortText::of(&set.version);
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
        let prints = documents.fingerprints(vector);
        let known = stored.get(&id);
        let same = |known: &Stored| std::array::from_fn(|i| known.documents.is_some_and(|known| known[i] == prints[i]));
        let unchanged: [bool; DOCUMENTS] = known.map_or([false; DOCUMENTS], same);
        if unchanged.iter().all(|same| *same) {
            if known.is_some_and(|known| known.stamps != Some(now)) {
                write(CONFIRM, &key());
            }
            return;
        }
        memory.run(|| {
            let changed = unchanged.map(|same| !same);
            let in_part = known.and_then(Stored::version).is_some_and(|(stamps, updated_at)| {
                let mut arguments = with_documents(key(), documents.written_of(vector, changed), changed, vector);
                arguments.push(Argument::int8(stamps.inputs));
                arguments.push(Argument::int8(stamps.norms));
                arguments.push(Argument::timestamptz(updated_at));
                write(CHANGE, &arguments) > 0
            });
            if !in_part {
                let all = [true; DOCUMENTS];
                write(STORE, &with_documents(key(), documents.written(vector), all, vector));
            }
            written += 1;
        });
    });
    pg_sys::Datum::from(written)
}

/// The arguments of a row: its key and stamps, the documents that are wanted (NULL for the others), the values.
fn with_documents<'a>(
    mut arguments: Vec<Argument<'a>>,
    documents: &'a [JsonbBuffer; DOCUMENTS],
    wanted: [bool; DOCUMENTS],
    vector: &[Option<f64>],
) -> Vec<Argument<'a>> {
    let documents = documents.iter().zip(wanted);
    arguments.extend(documents.map(|(document, wanted)| Argument::jsonb_or_null(wanted.then_some(document))));
    arguments.push(Argument::float8_array(vector));
    arguments
}

fn whose(ids: &Option<Vec<i32>>) -> Whose<'_> {
    ids.as_deref().map_or(Whose::Everybody, Whose::Some)
}

/// The values are the same, but computed from other rows: nothing a reader sees has changed.
const CONFIRM: &str = "UPDATE dynasty.ml_features f SET inputs_stamp = $4, norms_stamp = $5
     WHERE f.prospect_id OPERATOR(pg_catalog.=) $1 AND f.as_of_year OPERATOR(pg_catalog.=) $2
       AND f.feature_set_version OPERATOR(pg_catalog.=) $3";

/// Documents in which nothing changed (NULL here) stay where they are: compressing and writing documents is what a refresh spends most
/// of its time on. Only if the row is as it was read: another transaction may have written other documents meanwhile.
const CHANGE: &str = "UPDATE dynasty.ml_features f SET inputs_stamp = $4, norms_stamp = $5,
         bio_features = COALESCE($6, f.bio_features), scouting_features = COALESCE($7, f.scouting_features),
         milb_performance = COALESCE($8, f.milb_performance), milb_progression = COALESCE($9, f.milb_progression),
         milb_consistency = COALESCE($10, f.milb_consistency), derived_features = COALESCE($11, f.derived_features),
         feature_vector = COALESCE($12, f.feature_vector), feature_values = $13, updated_at = pg_catalog.now()
     WHERE f.prospect_id OPERATOR(pg_catalog.=) $1 AND f.as_of_year OPERATOR(pg_catalog.=) $2
       AND f.feature_set_version OPERATOR(pg_catalog.=) $3
       AND f.inputs_stamp OPERATOR(pg_catalog.=) $14 AND f.norms_stamp OPERATOR(pg_catalog.=) $15
       AND f.updated_at OPERATOR(pg_catalog.=) $16";

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
    /// What its values say of each document; `None` when they are not those of the set.
    documents: Option<[u64; DOCUMENTS]>,
    stamps: Option<VectorStamps>,
    updated_at: Option<i64>,
    /// Whether every document is there.
    complete: bool,
}

impl Stored {
    /// By what a row is known that can be changed in part.
    fn version(&self) -> Option<(VectorStamps, i64)> {
        self.stamps.zip(self.updated_at).filter(|_| self.complete)
    }
}

/// What is in the table of some prospects, in little memory: the values as a few numbers.
fn stored_vectors(year: i32, set: &FeatureSet, whose: Whose<'_>, documents: &Documents) -> FxHashMap<i32, Stored> {
    macro_rules! stored {
        ($condition:literal) => {
            concat!(
                "SELECT f.prospect_id, f.inputs_stamp, f.norms_stamp, f.feature_values, f.updated_at,
                        f.bio_features IS NOT NULL AND f.scouting_features IS NOT NULL AND f.milb_performance IS NOT NULL
                            AND f.milb_progression IS NOT NULL AND f.milb_consistency IS NOT NULL AND f.derived_features IS NOT NULL
                            AND f.feature_vector IS NOT NULL
                 FROM dynasty.ml_features f
                 WHERE f.as_of_year OPERATOR(pg_catalog.=) $1 AND f.feature_set_version OPERATOR(pg_catalog.=) $2",
                $condition
            )
        };
    }
    let mut stored = FxHashMap::default();
    let version = ShortText::of(&set.version);
    let mut arguments = vec![Argument::int4(year), Argument::text(&version)];
    let query = match whose {
        Whose::Some(ids) => {
            arguments.push(Argument::int4_array(ids));
            stored!(" AND f.prospect_id OPERATOR(pg_catalog.=) ANY ($3)")
        }
        _ => stored!(""),
    };
    read_rows(query, &arguments, &mut |row| {
        if let Some(id) = row.int4(0) {
            let stamps = row.int8(1).zip(row.int8(2));
            let values = row.float8_array(3).filter(|values| values.len() == set.members.len());
            let of = Stored {
                documents: values.map(|values| documents.fingerprints(&values)),
                stamps: stamps.map(|(inputs, norms)| VectorStamps { inputs, norms }),
                updated_at: row.timestamptz_if_it_is(4),
                complete: row.bool(5).unwrap_or(false),
            };
            stored.insert(id, of);
        }
    });
    stored
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
