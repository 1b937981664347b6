//! The vectors of everybody as of a year: the stored ones where they are still good, the others computed.

use crate::pg::query::{Argument, read_rows};
use crate::pg::relation::may_read_directly;
use crate::pg::table::Table;
use crate::prospects::features::assembly::{AsOf, each_vector};
use crate::prospects::features::inputs::queries::Whose;
use crate::prospects::features::sets::FeatureSet;
use crate::prospects::features::stamps::vector_stamps;
use crate::prospects::native::norm_stamps::stamps;
use crate::prospects::tables::{ADVANCED, FEATURES, GAME_LOGS, MAJORS, NORM_STAMPS, PROSPECTS, SCOUTING, SEASON_STATS};
use dynasty_prospects::report::matrix::Matrix;
use std::collections::BTreeSet;

const STORED: &str = "SELECT f.prospect_id, f.inputs_stamp, f.norms_stamp, f.feature_values FROM dynasty.ml_features f
     WHERE f.as_of_year OPERATOR(pg_catalog.=) $1 AND f.feature_set_version OPERATOR(pg_catalog.=) 'v1.0'
       AND f.inputs_stamp IS NOT NULL AND f.norms_stamp IS NOT NULL";

/// What features are computed from.
const INPUTS: [Table; 6] = [PROSPECTS, GAME_LOGS, SEASON_STATS, MAJORS, SCOUTING, ADVANCED];

/// The vectors of `v1.0` of everybody, by id.
pub fn of_everybody(year: i32) -> Matrix {
    vectors(year, None, None)
}

/// The vectors of `v1.0` of those named, or of all, by id.
pub fn vectors(year: i32, ids: Option<&BTreeSet<i32>>, known_at: Option<i64>) -> Matrix {
    let mut matrix = Matrix::default();
    let mut missing: Option<BTreeSet<i32>> = ids.cloned();
    if ids.is_none() && known_at.is_none() && may_use_stored() {
        missing = Some(stored(year, &mut matrix));
    }
    if missing.as_ref().is_none_or(|ids| !ids.is_empty()) {
        let set = FeatureSet::built_in();
        let of = AsOf {
            year,
            ids: missing.as_ref(),
            known_at,
        };
        each_vector(&set, &of, &mut |id, vector| matrix.push(id, vector.iter().copied()));
    }
    matrix.sort();
    matrix
}

/// A reader who sees a part of the rows gets vectors of that part, so the stored ones are not his.
fn may_use_stored() -> bool {
    let may_read = |table: &Table| table.find().is_some_and(may_read_directly);
    INPUTS.iter().chain(&[FEATURES, NORM_STAMPS]).all(may_read) && stamps().is_some()
}

/// Puts the stored vectors that are still good into the matrix, and returns whose are not there.
fn stored(year: i32, matrix: &mut Matrix) -> BTreeSet<i32> {
    let mut any = false;
    read_rows(
        "SELECT 1 FROM dynasty.ml_features f WHERE f.as_of_year OPERATOR(pg_catalog.=) $1 LIMIT 1",
        &[Argument::int4(year)],
        &mut |_| any = true,
    );
    let mut missing = vector_stamps(Whose::Everybody, year);
    if any {
        read_rows(STORED, &[Argument::int4(year)], &mut |row| {
            let (Some(id), Some(inputs), Some(norms)) = (row.int4(0), row.int8(1), row.int8(2)) else {
                return;
            };
            let good = missing
                .get(&id)
                .is_some_and(|now| now.inputs == inputs && now.norms == norms);
            if let (true, Some(values)) = (good, row.float8_array(3)) {
                missing.remove(&id);
                matrix.push(id, values.into_iter());
            }
        });
    }
    missing.into_keys().collect()
}
