//! Random choices from a seed.

use rand_core::{RngCore, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// 0 to `below - 1`; 0 for 0.
    pub fn below(&mut self, below: usize) -> usize {
        (self.bits() % below.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A whole number, the edges of the types far more often than their share.
    pub fn whole(&mut self) -> i64 {
        const EDGES: [i64; 16] = [
            0,
            1,
            -1,
            2,
            20,
            2021,
            127,
            32_767,
            65_536,
            2_147_483_647,
            -2_147_483_648,
            2_147_483_648,
            9_007_199_254_740_993,
            i64::MAX,
            i64::MIN,
            -2021,
        ];
        match self.below(4) {
            0 => self.bits() as i64,
            1 => self.below(1000) as i64 - 100,
            _ => *self.pick(&EDGES),
        }
    }

    /// A number of any kind.
    pub fn float(&mut self) -> f64 {
        const EDGES: [f64; 14] = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.5,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
            1e16,
            0.1,
        ];
        match self.below(4) {
            0 => f64::from_bits(self.bits()),
            1 => (self.below(2_000_001) as f64 - 1e6) / 1e3,
            2 => self.whole() as f64,
            _ => *self.pick(&EDGES),
        }
    }

    /// `float`, or nothing.
    pub fn float_or_none(&mut self) -> Option<f64> {
        (!self.one_in(4)).then(|| self.float())
    }
}
