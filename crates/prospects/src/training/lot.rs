//! What a prospect draws: the side he stands on when rows are split by prospect, and his fold in cross-validation.
//!
//! Anybody can draw the same elsewhere: of the SHA-256 of `seed:prospect_id` in decimal digits, the first 13 hexadecimal digits
//! are the share, the next 13 the fold.

use sha2::{Digest as _, Sha256};

/// Bits of a number, 13 hexadecimal digits: what a float holds exactly.
const BITS: u32 = 52;

/// The draw of a prospect. It depends on the seed and his id and on nothing else, so it stays when data are added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lot {
    /// 0 up to 1.
    pub share: f64,
    fold: u64,
}

impl Lot {
    /// Draws.
    pub fn of(seed: i64, prospect_id: i32) -> Lot {
        let hash = Sha256::digest(format!("{seed}:{prospect_id}").as_bytes());
        let front = hash
            .iter()
            .take(16)
            .fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        let take = |from: u32| (front >> (u128::BITS - from - BITS)) as u64 & ((1 << BITS) - 1);
        Lot {
            share: take(0) as f64 / (1u64 << BITS) as f64,
            fold: take(BITS),
        }
    }

    /// His fold, from 0.
    pub fn fold(&self, folds: u32) -> u32 {
        (self.fold % u64::from(folds.max(1))) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right values are Python's: `int(hashlib.sha256(b"0:17").hexdigest()[:13], 16) / 2**52`.
    #[test]
    fn as_anybody_would_draw_it() {
        let (a, b) = (Lot::of(0, 17), Lot::of(-3, 1));
        assert_eq!((a.share, a.fold(5)), (0.427_211_957_356_439_7, 3));
        assert_eq!((b.share, b.fold(5)), (0.272_745_495_686_239_6, 2));
    }

    #[test]
    fn shares_and_folds_are_even() {
        let lots: Vec<Lot> = (1..=20_000).map(|id| Lot::of(0, id)).collect();
        let tenth = lots.iter().filter(|l| l.share < 0.1).count();
        assert!((1900..2100).contains(&tenth), "{tenth}");
        for fold in 0..5 {
            let n = lots.iter().filter(|l| l.share < 0.5 && l.fold(5) == fold).count();
            assert!((1850..2150).contains(&n), "fold {fold}: {n}");
        }
        assert_eq!(Lot::of(1, 1).fold(0), 0);
    }
}
