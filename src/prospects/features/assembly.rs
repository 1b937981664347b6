//! From what was read to vectors: of everybody in one pass, or of some by index.

use super::inputs::Inputs;
use super::inputs::queries::Whose;
use super::norm_cache::norms_of_stints;
use super::norms::norms_of;
use super::sets::FeatureSet;
use dynasty_prospects::features::advanced::Advanced;
use dynasty_prospects::features::catalogue::VERSION;
use dynasty_prospects::features::game::GameLog;
use dynasty_prospects::features::norms::Norms;
use dynasty_prospects::features::packed::PackedLogs;
use dynasty_prospects::features::played::Played;
use dynasty_prospects::features::scouting::Scouting;
use dynasty_prospects::features::scratch::Scratch;
use dynasty_prospects::features::subject::Subject;
use dynasty_prospects::features::vector::vector;
use std::collections::BTreeSet;

/// Up to this many prospects are looked up by index; for more, reading the whole tables once is cheaper.
const FEW: usize = 600;

/// What is asked for.
pub struct AsOf<'a> {
    /// The year.
    pub year: i32,
    /// Which prospects; `None`: all.
    pub ids: Option<&'a BTreeSet<i32>>,
    /// Without rows that were recorded after this moment (a timestamptz).
    pub known_at: Option<i64>,
}

/// Calls `each` with the subject of every prospect asked for, by id. Ids that nobody has are passed over.
pub fn each_subject(of: &AsOf<'_>, each: &mut dyn FnMut(&Subject<'_>)) {
    each_subject_of_years(&[of.year], of.ids, of.known_at, each);
}

/// The same as of several years, which ascend: by id, then year. The tables are read once, up to the last year; a season's norms
/// are the same whatever the year.
pub fn each_subject_of_years(
    years: &[i32],
    ids: Option<&BTreeSet<i32>>,
    known_at: Option<i64>,
    each: &mut dyn FnMut(&Subject<'_>),
) {
    let Some(&last) = years.last() else { return };
    // What was known at a moment has no cached norms: everybody's rows are read.
    let few: Option<Vec<i32>> = ids
        .filter(|ids| ids.len() <= FEW && known_at.is_none())
        .map(|ids| ids.iter().copied().collect());
    let whose = match (&few, known_at) {
        (Some(ids), _) => Whose::Some(ids),
        (None, Some(moment)) => Whose::KnownAt(moment),
        (None, None) => Whose::Everybody,
    };
    let inputs = Inputs::read(whose, last);
    if inputs.is_empty() {
        return;
    }
    let mut walker = Walker::default();
    let norms = if few.is_some() {
        let mut stints = BTreeSet::new();
        for logs in &inputs.logs {
            walker.unpack(logs);
            stints.extend(walker.games.iter().map(|g| (g.season, g.level)));
        }
        norms_of_stints(&stints, last)
    } else {
        norms_of(&inputs)
    };
    for (at, person) in inputs.people.iter().enumerate() {
        if ids.is_none_or(|ids| ids.contains(&person.id)) && !inputs.gone.contains(&person.id) {
            crate::pg::memory::checkpoint();
            walker.unpack(&inputs.logs[at]);
            for &year in years {
                let played = walker.walk(year, year == last);
                each(&subject(&inputs, at, year, &played, &norms));
            }
        }
    }
}

#[derive(Default)]
struct Walker {
    games: Vec<GameLog>,
    earlier: Vec<GameLog>,
    scratch: Scratch,
}

impl Walker {
    fn unpack(&mut self, logs: &PackedLogs) {
        logs.unpack(&mut self.games);
    }

    /// Walks over the games as of a year; `all` when no season is later.
    fn walk(&mut self, year: i32, all: bool) -> Played {
        if all {
            return Played::walk(&self.games, &mut self.scratch);
        }
        self.earlier.clear();
        self.earlier.extend(self.games.iter().filter(|g| g.season <= year));
        Played::walk(&self.earlier, &mut self.scratch)
    }
}

fn subject<'a>(inputs: &'a Inputs, at: usize, year: i32, played: &'a Played, norms: &'a Norms) -> Subject<'a> {
    let scouting = Scouting::as_of(&inputs.reports[at], year);
    let advanced = Advanced::as_of(&inputs.advanced[at], year, played);
    let majors = inputs.majors_as_of(at, year);
    Subject::new(year, &inputs.people[at], played, scouting, advanced, majors, norms)
}

/// The same with the values of a feature set.
pub fn each_vector(set: &FeatureSet, of: &AsOf<'_>, each: &mut dyn FnMut(i32, &[Option<f64>])) {
    each_subject(of, &mut |subject| {
        let base = vector(subject);
        if set.version == VERSION {
            each(subject.person.id, &base);
        } else {
            each(subject.person.id, &set.values(&base));
        }
    });
}
