//! Dice that fall the same way on every machine.
//!
//! A die is thrown for a key (seed, what it decides, who or which game), not in the order of one long stream: what
//! happens in one game never shifts the luck of another. xoshiro256++ and splitmix64 are integer arithmetic; of floats
//! only + - * / and comparisons are used, which IEEE 754 fixes to the bit. No logarithm, no cosine.

use rand_core::{RngCore, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// What a throw decides; keeps the streams of one key apart.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// Who somebody is: talent, body, birth.
    Person = 1,
    /// His name.
    Name,
    /// A year before the first season.
    Before,
    /// One season's form, injuries and moves.
    Season,
    /// The decisions of one winter.
    Winter,
    /// One game.
    Game,
    /// The schedule and the weather.
    Schedule,
    /// A year in the major leagues.
    Majors,
    /// One scouting report.
    Scout,
    /// Batted-ball direction and plate discipline.
    Tracking,
    /// Names of clubs.
    Club,
    /// What becomes of a talent.
    Fate,
    /// A game of a board of odds.
    Fixture,
    /// What a bookmaker makes of it.
    Quote,
}

/// A source of randomness for one key.
pub struct Dice(Xoshiro256PlusPlus);

/// The finalizer of splitmix64: every bit of the input reaches every bit of the output.
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Dice {
    /// The dice of a key.
    pub fn new(seed: u64, purpose: Purpose, a: u64, b: u64) -> Dice {
        let key = mix(mix(mix(seed) ^ purpose as u64) ^ a);
        Dice(Xoshiro256PlusPlus::seed_from_u64(mix(key ^ b)))
    }

    /// Uniform in [0, 1), 53 bits.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform in 0..n; n must not be 0.
    pub fn below(&mut self, n: u32) -> u32 {
        ((u128::from(self.0.next_u64()) * u128::from(n)) >> 64) as u32
    }

    /// Uniform in lo..=hi.
    pub fn between(&mut self, lo: i32, hi: i32) -> i32 {
        lo + self.below((hi - lo + 1).max(1) as u32) as i32
    }

    /// Close to a standard normal: the sum of six uniforms, centred, with variance 1; never beyond 4.25.
    pub fn bell(&mut self) -> f64 {
        const SQRT_2: f64 = std::f64::consts::SQRT_2;
        let sum = self.unit() + self.unit() + self.unit() + self.unit() + self.unit() + self.unit();
        (sum - 3.0) * SQRT_2
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u32) as usize]
    }

    /// One of several, each with its weight.
    pub fn weighted<'a, T>(&mut self, items: &'a [(T, u32)]) -> &'a T {
        let total: u32 = items.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for (item, weight) in items {
            if left < *weight {
                return item;
            }
            left -= weight;
        }
        &items[items.len() - 1].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_throws_never_change() {
        // The published stream of xoshiro256++ seeded by splitmix64(0).
        assert_eq!(Xoshiro256PlusPlus::seed_from_u64(0).next_u64(), 5987356902031041503);
        // splitmix64's own first output for state 0.
        assert_eq!(mix(0), 0xE220_A839_7B1D_CDAF);
    }

    #[test]
    fn throws_are_fair() {
        let mut dice = Dice::new(1, Purpose::Person, 2, 3);
        let n = 100_000;
        let (mut sum, mut squares, mut low) = (0.0, 0.0, 0);
        for _ in 0..n {
            let x = dice.bell();
            sum += x;
            squares += x * x;
            low += i32::from(dice.below(10) == 0);
        }
        assert!((sum / f64::from(n)).abs() < 0.02);
        assert!((squares / f64::from(n) - 1.0).abs() < 0.02);
        assert!((low - n / 10).abs() < 400);
    }

    #[test]
    fn keys_are_independent() {
        let first = |seed, purpose, a, b| Dice::new(seed, purpose, a, b).unit().to_bits();
        let base = first(1, Purpose::Game, 5, 6);
        assert_eq!(base, first(1, Purpose::Game, 5, 6));
        assert_ne!(base, first(2, Purpose::Game, 5, 6));
        assert_ne!(base, first(1, Purpose::Season, 5, 6));
        assert_ne!(base, first(1, Purpose::Game, 6, 5));
    }
}
