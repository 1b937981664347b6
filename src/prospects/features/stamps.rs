//! What a vector was computed from, in two numbers: whether a cached one is still good can be told without computing it.

use super::inputs::Inputs;
use super::inputs::queries::Whose;
use crate::prospects::native::norm_stamps::stamps;
use dynasty_numbers::fingerprint::fingerprint;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// The stamps of a prospect as of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VectorStamps {
    /// Of his own rows.
    pub inputs: i64,
    /// Of the games of everybody at the levels he played at.
    pub norms: i64,
}

/// Folds a value into a sum that does not depend on the order of the values.
fn fold(sum: &mut i64, value: impl Hash) {
    *sum = sum.wrapping_add(fingerprint(&value) as i64);
}

/// The stamps of some prospects, or of all, as the snapshot sees them.
///
/// His games are told by the stamps of his season lines, which the triggers change with every game; the other rows are few
/// and are read.
pub fn vector_stamps(whose: Whose<'_>, year: i32) -> FxHashMap<i32, VectorStamps> {
    let inputs = Inputs::read_without_games(whose, year);
    let mut all: FxHashMap<i32, VectorStamps> = FxHashMap::default();
    for (at, person) in inputs.people.iter().enumerate() {
        let own = &mut all.entry(person.id).or_default().inputs;
        fold(own, ("person", person));
        fold(own, ("majors", inputs.majors_as_of(at, year)));
        inputs.reports[at]
            .iter()
            .for_each(|report| fold(own, ("report", report)));
        inputs.advanced[at]
            .iter()
            .for_each(|line| fold(own, ("advanced", line)));
    }
    let levels = stamps().unwrap_or_default();
    Inputs::each_season_line(whose, year, &mut |id, season, level, stamp| {
        if let Some(of) = all.get_mut(&id) {
            fold(&mut of.inputs, ("games", season, level, stamp));
            fold(&mut of.norms, (season, level, levels.of(season, level)));
        }
    });
    all.values_mut()
        .for_each(|of| fold(&mut of.norms, ("all", levels.of_all())));
    all
}
