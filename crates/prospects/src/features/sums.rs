//! Exact sums over sets of rows, from which every rate can be taken over its own complete rows (flagship contract 1.2).
//!
//! Rows are summed apart by which counts they know. A rate that needs some counts adds up the groups that know all of
//! them: numerator and denominator then come from the same rows. Nearly always there is one group.

use super::game::{ARMS, Arm, BATS, Bat, GameLog};

/// Rows that know the same counts.
#[derive(Clone, Debug)]
pub struct Group<const N: usize> {
    known: u32,
    /// How many rows.
    pub rows: i64,
    /// Their plate appearances, or batters faced.
    pub volume: i64,
    /// Their counts.
    pub sums: [i64; N],
}

impl<const N: usize> Group<N> {
    const EMPTY: Group<N> = Group {
        known: 0,
        rows: 0,
        volume: 0,
        sums: [0; N],
    };

    #[inline(always)]
    fn add(&mut self, volume: i64, counts: &[i32; N]) {
        self.rows += 1;
        self.volume += volume;
        for (sum, count) in self.sums.iter_mut().zip(counts) {
            *sum += i64::from(*count);
        }
    }

    fn merge(&mut self, other: &Group<N>) {
        self.rows += other.rows;
        self.volume += other.volume;
        for (sum, x) in self.sums.iter_mut().zip(other.sums) {
            *sum += x;
        }
    }
}

/// Sums over a set of rows.
#[derive(Clone, Debug)]
pub struct Sums<const N: usize> {
    first: Group<N>,
    more: Vec<Group<N>>,
}

impl<const N: usize> Default for Sums<N> {
    fn default() -> Self {
        Sums {
            first: Group::EMPTY,
            more: vec![],
        }
    }
}

impl<const N: usize> Sums<N> {
    #[inline(always)]
    fn add(&mut self, known: u32, volume: i64, counts: &[i32; N]) {
        if self.first.known == known && self.first.rows > 0 {
            return self.first.add(volume, counts);
        }
        self.group(known).add(volume, counts);
    }

    fn group(&mut self, known: u32) -> &mut Group<N> {
        if self.first.rows == 0 {
            self.first.known = known;
        }
        if self.first.known == known {
            return &mut self.first;
        }
        let at = self.more.iter().position(|g| g.known == known).unwrap_or_else(|| {
            self.more.push(Group { known, ..Group::EMPTY });
            self.more.len() - 1
        });
        &mut self.more[at]
    }

    /// Adds the rows of another set.
    pub fn merge(&mut self, other: &Sums<N>) {
        for group in std::iter::once(&other.first).chain(&other.more).filter(|g| g.rows > 0) {
            self.group(group.known).merge(group);
        }
    }

    /// The rows that know all counts of the mask; `None` when there are none.
    pub fn complete(&self, essential: u32) -> Option<Group<N>> {
        let mut sum = Group::EMPTY;
        for group in std::iter::once(&self.first).chain(&self.more) {
            if group.rows > 0 && group.known & essential == essential {
                sum.merge(group);
            }
        }
        (sum.rows > 0).then_some(sum)
    }

    /// How many rows.
    pub fn rows(&self) -> i64 {
        self.first.rows + self.more.iter().map(|g| g.rows).sum::<i64>()
    }

    /// Their plate appearances, or batters faced.
    pub fn volume(&self) -> i64 {
        self.first.volume + self.more.iter().map(|g| g.volume).sum::<i64>()
    }
}

/// Sums over batting rows.
pub type BatSums = Sums<BATS>;
/// Sums over pitching rows.
pub type ArmSums = Sums<ARMS>;

const fn bats(of: &[Bat]) -> u32 {
    let (mut mask, mut i) = (0, 0);
    while i < of.len() {
        mask |= 1 << of[i] as u32;
        i += 1;
    }
    mask
}

/// A missing supplementary count is 0 and keeps a row complete; effective plate appearances are always known.
const SUPPLEMENTARY_BATS: u32 = bats(&[Bat::Pa, Bat::Ibb, Bat::Cs, Bat::Hbp, Bat::Sf, Bat::Sh]);
const SUPPLEMENTARY_ARMS: u32 = 1 << Arm::Bf as u32 | 1 << Arm::Hb as u32;

impl BatSums {
    /// Adds a row with so many effective plate appearances.
    #[inline(always)]
    pub fn add_game(&mut self, game: &GameLog, pa: i64) {
        let mut known = game.bat_known() & !SUPPLEMENTARY_BATS;
        // What is told per pitch seen counts only rows that saw one.
        if game.bat()[Bat::Pitches as usize] <= 0 {
            known &= !(1 << Bat::Pitches as u32);
        }
        self.add(known, pa, game.bat());
    }

    /// `SUM(pa)`.
    pub fn pa(&self) -> i64 {
        self.volume()
    }
}

impl ArmSums {
    /// Adds a row of `P[career]`.
    #[inline(always)]
    pub fn add_game(&mut self, game: &GameLog) {
        let mut known = game.arm_known() & !SUPPLEMENTARY_ARMS;
        if game.arm()[Arm::Pitches as usize] <= 0 {
            known &= !(1 << Arm::Pitches as u32);
        }
        self.add(known, game.bf(), game.arm());
    }

    /// `SUM(outs)`.
    pub fn outs(&self) -> i64 {
        let outs = |g: &Group<ARMS>| g.sums[Arm::Outs as usize];
        outs(&self.first) + self.more.iter().map(outs).sum::<i64>()
    }
}
