//! A prospect as of a year: what the features of the catalogue are functions of.

use super::advanced::Advanced;
use super::norms::Norms;
use super::person::Person;
use super::played::Played;
use super::scouting::Scouting;
use super::sums::{ArmSums, BatSums};

/// What `mlb_stats` said by then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MajorsToDate {
    /// Whether any row is an appearance (flagship contract 7).
    pub reached: bool,
    /// Games.
    pub games: i64,
}

/// The row sets of batting that features name (5.3).
#[derive(Debug, Default)]
pub struct BatSets {
    /// `H[career]`.
    pub career: BatSums,
    /// `H[last]`.
    pub last: BatSums,
    /// `H[best]` and its season.
    pub best: Option<(i32, BatSums)>,
    /// `H[top]`.
    pub top: BatSums,
    /// `H[s]`.
    pub seasons: Vec<(i32, BatSums)>,
    /// `H[l]`.
    pub levels: Vec<(i32, BatSums)>,
}

/// The row sets of pitching.
#[derive(Debug, Default)]
pub struct ArmSets {
    /// `P[career]`.
    pub career: ArmSums,
    /// `P[last]`.
    pub last: ArmSums,
    /// `P[best]` and its season.
    pub best: Option<(i32, ArmSums)>,
    /// `P[top]`.
    pub top: ArmSums,
    /// `P[s]`.
    pub seasons: Vec<(i32, ArmSums)>,
    /// `P[l]`.
    pub levels: Vec<(i32, ArmSums)>,
}

/// A prospect as of a year.
#[derive(Debug)]
pub struct Subject<'a> {
    /// `Y`.
    pub year: i32,
    /// Who he is.
    pub person: &'a Person,
    /// What he played.
    pub played: &'a Played,
    /// What scouts said.
    pub scouting: Scouting,
    /// Advanced lines.
    pub advanced: Advanced,
    /// The majors.
    pub majors: MajorsToDate,
    /// The levels he played at.
    pub norms: &'a Norms,
    /// Batting row sets.
    pub bat: BatSets,
    /// Pitching row sets.
    pub arm: ArmSets,
    /// `HITTER_ROLE` (5.1).
    pub hitter: bool,
    /// `PITCHER_ROLE`.
    pub pitcher: bool,
}

/// Plate appearances that make a season or level count in slopes and steps, and outs.
pub const ENOUGH_PA: i64 = 50;
/// The same in outs.
pub const ENOUGH_OUTS: i64 = 45;
const BEST_PA: i64 = 100;
const BEST_OUTS: i64 = 90;

/// Sums by key, in the order of the keys.
fn pooled<S: Default>(parts: impl Iterator<Item = (i32, impl Fn(&mut S))>) -> Vec<(i32, S)> {
    let mut sums: Vec<(i32, S)> = vec![];
    for (key, add) in parts {
        let at = sums.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
            sums.push((key, S::default()));
            sums.len() - 1
        });
        add(&mut sums[at].1);
    }
    sums.sort_by_key(|(key, _)| *key);
    sums
}

impl BatSets {
    fn of(played: &Played) -> BatSets {
        let stints = || played.stints.iter().filter(|s| s.bat.rows() > 0);
        let seasons: Vec<(i32, BatSums)> = pooled(stints().map(|s| (s.season, |sum: &mut BatSums| sum.merge(&s.bat))));
        let levels: Vec<(i32, BatSums)> =
            pooled(stints().map(|s| (i32::from(s.level), |sum: &mut BatSums| sum.merge(&s.bat))));
        let candidates = seasons.iter().filter(|(_, sums)| sums.pa() >= BEST_PA);
        // Ties go to the later season.
        let best = candidates
            .filter_map(|(season, sums)| Some((sums.ops()?, *season, sums)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        BatSets {
            career: played.bat_of(|_| true),
            last: seasons.last().map(|(_, sums)| sums.clone()).unwrap_or_default(),
            best: best.map(|(_, season, sums)| (season, sums.clone())),
            top: levels.last().map(|(_, sums)| sums.clone()).unwrap_or_default(),
            seasons,
            levels,
        }
    }
}

impl ArmSets {
    fn of(played: &Played) -> ArmSets {
        let stints = || played.stints.iter().filter(|s| s.arm.rows() > 0);
        let seasons: Vec<(i32, ArmSums)> = pooled(stints().map(|s| (s.season, |sum: &mut ArmSums| sum.merge(&s.arm))));
        let levels: Vec<(i32, ArmSums)> =
            pooled(stints().map(|s| (i32::from(s.level), |sum: &mut ArmSums| sum.merge(&s.arm))));
        let candidates = seasons.iter().filter(|(_, sums)| sums.outs() >= BEST_OUTS);
        let best = candidates
            .filter_map(|(season, sums)| Some((sums.fip()?, *season, sums)))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        ArmSets {
            career: played.arm_of(|_| true),
            last: seasons.last().map(|(_, sums)| sums.clone()).unwrap_or_default(),
            best: best.map(|(_, season, sums)| (season, sums.clone())),
            top: levels.last().map(|(_, sums)| sums.clone()).unwrap_or_default(),
            seasons,
            levels,
        }
    }

    /// Sums of the best season.
    pub fn best_season(&self) -> Option<&ArmSums> {
        self.best.as_ref().map(|(_, sums)| sums)
    }
}

impl BatSets {
    /// Sums of the best season.
    pub fn best_season(&self) -> Option<&BatSums> {
        self.best.as_ref().map(|(_, sums)| sums)
    }
}

impl<'a> Subject<'a> {
    /// Puts together what was read of a prospect. Reports and lines are those that may count as of the year.
    pub fn new(
        year: i32,
        person: &'a Person,
        played: &'a Played,
        scouting: Scouting,
        advanced: Advanced,
        majors: MajorsToDate,
        norms: &'a Norms,
    ) -> Subject<'a> {
        let (bat, arm) = (BatSets::of(played), ArmSets::of(played));
        let is_pitcher = person.is_pitcher();
        Subject {
            hitter: !is_pitcher || bat.career.pa() >= 100,
            pitcher: is_pitcher || arm.career.outs() >= 90,
            year,
            person,
            played,
            scouting,
            advanced,
            majors,
            norms,
            bat,
            arm,
        }
    }
}
