//! The rows of a training set, by prospect and year.

use super::request::Request;
use crate::prospects::features::assembly::each_subject_of_years;
use crate::prospects::features::sets::FeatureSet;
use crate::prospects::labels::read::{each_career, label};
use dynasty_prospects::features::catalogue::VERSION;
use dynasty_prospects::features::subject::Subject;
use dynasty_prospects::features::vector::vector;
use dynasty_prospects::labels::{MajorSeason, Tier};
use dynasty_prospects::training::digest::Row;
use dynasty_prospects::training::{Lot, Part, Population, Sight, Status};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// A row of the prospect at hand; its weight is known when all his rows are.
struct Pending {
    as_of_year: i32,
    evaluation_year: i32,
    values: Vec<Option<f64>>,
    is_success: Option<bool>,
    tier: Option<Tier>,
    part: Part,
    status: Status,
}

/// Calls `each` for every row. The games are read once, however many years there are.
pub fn each_row(request: &Request, each: &mut dyn FnMut(&Row<'_>)) {
    let years: Vec<i32> = request
        .windows
        .values()
        .filter(|w| request.include_open || w.is_complete())
        .map(|w| w.prospect_year)
        .collect();
    if years.is_empty() {
        return;
    }
    let mut current = 0;
    let mut pending: Vec<Pending> = Vec::with_capacity(years.len());
    each_member(
        &years,
        request.population,
        request.ids.as_ref(),
        &mut |subject, seasons, sight| {
            let (id, year) = (subject.person.id, subject.year);
            if id != current {
                flush(current, &mut pending, each);
                current = id;
            }
            let Some(window) = request.windows.get(&year) else {
                return;
            };
            let label = label(id, window, seasons, &request.thresholds);
            let part = match label.is_success {
                Some(_) => request.plan.part(year, &Lot::of(request.seed, id)),
                None => Part::Open,
            };
            pending.push(Pending {
                as_of_year: year,
                evaluation_year: window.evaluation_year,
                values: values(&request.set, subject),
                is_success: label.is_success,
                tier: label.success_tier,
                part,
                status: Status::of(sight),
            });
        },
    );
    flush(current, &mut pending, each);
}

/// Calls `each` with every prospect who belongs to the population as of a year, with all of his seasons in the majors, and with what
/// there was of him by then.
pub fn each_member(
    years: &[i32],
    population: Population,
    ids: Option<&BTreeSet<i32>>,
    each: &mut dyn FnMut(&Subject<'_>, &[MajorSeason], &Sight),
) {
    let careers = careers(ids);
    each_subject_of_years(years, ids, None, &mut |subject| {
        let seasons = careers.get(&subject.person.id).map_or(&[][..], Vec::as_slice);
        let sight = sight(subject, seasons);
        if population.includes(&sight, subject.year) {
            each(subject, seasons, &sight);
        }
    });
}

/// Each prospect counts once in each part, however many years he has in it.
fn flush(prospect_id: i32, pending: &mut Vec<Pending>, each: &mut dyn FnMut(&Row<'_>)) {
    for row in pending.iter() {
        let in_part = pending.iter().filter(|other| other.part == row.part).count();
        each(&Row {
            prospect_id,
            as_of_year: row.as_of_year,
            evaluation_year: row.evaluation_year,
            values: &row.values,
            is_success: row.is_success,
            tier: row.tier,
            weight: (row.part != Part::Open).then(|| 1.0 / in_part as f64),
            part: row.part,
            status: row.status,
        });
    }
    pending.clear();
}

/// The majors of those who have been there.
fn careers(ids: Option<&BTreeSet<i32>>) -> FxHashMap<i32, Vec<MajorSeason>> {
    let ids = ids.map(|ids| ids.iter().copied().map(Some).collect());
    let mut careers = FxHashMap::default();
    each_career(ids, &mut |id, seasons| {
        if !seasons.is_empty() {
            careers.insert(id, seasons);
        }
    });
    careers
}

pub fn values(set: &FeatureSet, subject: &Subject<'_>) -> Vec<Option<f64>> {
    let base = vector(subject);
    if set.version == VERSION {
        base
    } else {
        set.values(&base)
    }
}

/// What there was of him, from what the features see and his seasons up to the year.
fn sight(subject: &Subject<'_>, seasons: &[MajorSeason]) -> Sight {
    let so_far = || seasons.iter().filter(|s| s.season <= subject.year);
    let total = |column: fn(&MajorSeason) -> Option<i32>| so_far().filter_map(column).map(i64::from).sum();
    let majors = so_far().filter(|s| s.is_appearance()).map(|s| s.season).max();
    let minors = [
        subject.played.stints.iter().map(|s| s.season).max(),
        subject.scouting.latest_year(),
        subject.advanced.latest_season(),
    ];
    let others = [subject.person.drafted_by(subject.year), majors];
    Sight {
        latest: minors.into_iter().chain(others).flatten().max(),
        in_the_minors: minors.into_iter().flatten().max(),
        reached: majors.is_some(),
        majors_pa: total(|s| s.plate_appearances),
        majors_at_bats: total(|s| s.at_bats),
        majors_outs: total(|s| s.outs_pitched),
    }
}
