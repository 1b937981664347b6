//! The averages of a level in a season (flagship contract 5.6), from all prospects of the database.

use super::person::Person;
use super::played::Stint;
use super::sums::{ArmSums, BatSums};
use super::trace::{self, Look};
use dynasty_numbers::days::{age, day};
use std::collections::HashMap;

/// A norm needs so many prospects.
const PEOPLE: u32 = 5;

/// What is pooled for one season and level. Only sums and counts: any order and any grouping give the same norm.
#[derive(Clone, Debug, Default)]
struct Pool {
    aged: u32,
    days_old: i64,
    hitters: u32,
    bat: BatSums,
    pitchers: u32,
    arm: ArmSums,
}

/// The norm of one season and level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(missing_docs)] // the names are those of contract 5.6
pub struct Norm {
    pub age: Option<f64>,
    pub ops: Option<f64>,
    pub k_rate: Option<f64>,
    pub bb_rate: Option<f64>,
    pub iso: Option<f64>,
    pub babip: Option<f64>,
    pub era: Option<f64>,
    pub fip: Option<f64>,
    pub k_minus_bb: Option<f64>,
}

/// The pools norms are made of, while prospects are being added.
#[derive(Clone, Debug, Default)]
pub struct NormPools(HashMap<(i32, u8), Pool>);

/// Norms by season and ordinal of the level.
#[derive(Clone, Debug, Default)]
pub struct Norms(HashMap<(i32, u8), Norm>);

impl NormPools {
    /// Adds what a prospect played.
    pub fn add(&mut self, person: &Person, stints: &[Stint]) {
        for stint in stints {
            let pool = self.0.entry((stint.season, stint.level)).or_default();
            if let Some(birth) = person.birth_date {
                pool.aged += 1;
                pool.days_old += i64::from(day(stint.season, 7, 1) - birth);
            }
            if person.is_pitcher() {
                if stint.arm.rows() > 0 {
                    pool.pitchers += 1;
                    pool.arm.merge(&stint.arm);
                }
            } else if stint.bat.rows() > 0 {
                pool.hitters += 1;
                pool.bat.merge(&stint.bat);
            }
        }
    }

    /// The norms of what has been added.
    pub fn norms(&self) -> Norms {
        Norms(self.0.iter().map(|(key, pool)| (*key, pool.norm())).collect())
    }
}

impl Pool {
    fn norm(&self) -> Norm {
        let mut norm = Norm::default();
        if self.aged >= PEOPLE {
            norm.age = Some(self.days_old as f64 / 365.25 / f64::from(self.aged));
        }
        if self.hitters >= PEOPLE {
            norm.ops = self.bat.ops();
            norm.k_rate = self.bat.k_rate();
            norm.bb_rate = self.bat.bb_rate();
            norm.iso = self.bat.iso();
            norm.babip = self.bat.babip();
        }
        if self.pitchers >= PEOPLE {
            norm.era = self.arm.era();
            norm.fip = self.arm.fip();
            norm.k_minus_bb = self.arm.k_minus_bb();
        }
        norm
    }
}

impl Norms {
    /// The norm of a season and level; all unknown where nobody played.
    pub fn of(&self, season: i32, level: u8) -> Norm {
        trace::note(|| Look::Norm(season, level));
        self.0.get(&(season, level)).copied().unwrap_or_default()
    }

    /// Sets the norm of a season and level.
    pub fn set(&mut self, season: i32, level: u8, norm: Norm) {
        self.0.insert((season, level), norm);
    }

    /// All of them, by season, then level.
    pub fn iter(&self) -> impl Iterator<Item = (i32, u8, Norm)> {
        let mut all: Vec<_> = self.0.iter().map(|((s, l), norm)| (*s, *l, *norm)).collect();
        all.sort_by_key(|(s, l, _)| (*s, *l));
        all.into_iter()
    }
}

/// How much older or younger than the norm somebody is, over stints weighted by games; `None` without a birth date.
pub fn age_against(norms: &Norms, birth: Option<i32>, stints: impl Iterator<Item = (i32, u8, i64)>) -> Option<f64> {
    let birth = birth?;
    weighted(stints.map(|(season, level, games)| {
        let norm = norms.of(season, level).age?;
        Some((games, age(birth, day(season, 7, 1)) - norm))
    }))
}

/// The weighted mean of the terms there are.
pub fn weighted(terms: impl Iterator<Item = Option<(i64, f64)>>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0_i64);
    for (weight, x) in terms.flatten() {
        sum += weight as f64 * x;
        weights += weight;
    }
    (weights > 0).then(|| sum / weights as f64)
}
