//! A number by which data are told apart, and sets of rows by the sum of their numbers.
//!
//! The hash maps' own hasher will not do: it is linear in the values, so a sum over rows stays the same when two rows exchange a
//! value, and floats whose low bits are all 0 (whole numbers, grades) leave few different hashes. Here every value is
//! mixed into all 64 bits.

use std::hash::{Hash, Hasher};

/// The fingerprint of a value. Equal values have the same; of a sum of fingerprints, in any order, the same holds.
pub fn fingerprint(value: &(impl Hash + ?Sized)) -> u64 {
    let mut mixer = Mixer(0);
    value.hash(&mut mixer);
    mixer.finish()
}

struct Mixer(u64);

impl Mixer {
    /// The last step of splitmix64, which no value but itself shares its result with.
    #[inline(always)]
    fn mix(&mut self, word: u64) {
        let mut x = (self.0 ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        self.0 = x ^ (x >> 31);
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        self.mix(bytes.len() as u64);
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.mix(u64::from_le_bytes(last));
        }
    }

    #[inline(always)]
    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    #[inline(always)]
    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    #[inline(always)]
    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    #[inline(always)]
    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }

    #[inline(always)]
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use std::collections::HashSet;

    fn sum<T: std::hash::Hash>(rows: &[T]) -> u64 {
        rows.iter().map(fingerprint).fold(0, u64::wrapping_add)
    }

    #[test]
    fn rows_in_another_order_have_the_same_sum() {
        assert_eq!(sum(&[(1, "a"), (2, "b")]), sum(&[(2, "b"), (1, "a")]));
    }

    #[test]
    fn rows_that_exchange_a_value_have_another_sum() {
        for i in 0..1000_i64 {
            let (a, b) = (i * 7919, i * 31 + 1);
            assert_ne!(
                sum(&[(a, 1, 5), (b, 2, 5)]),
                sum(&[(a, 2, 5), (b, 1, 5)]),
                "{a} and {b}"
            );
        }
    }

    #[test]
    fn whole_numbers_are_told_apart() {
        let mut seen = HashSet::new();
        for a in 0..100 {
            for b in 0..100 {
                for c in 0..10 {
                    assert!(seen.insert(fingerprint(&[a, b, c].map(|v| f64::from(v).to_bits()))));
                }
            }
        }
    }

    #[test]
    fn a_text_is_not_a_longer_one() {
        assert_ne!(fingerprint("a"), fingerprint("a\0"));
        assert_ne!(fingerprint(&("a", "b")), fingerprint(&("", "ab")));
        assert_ne!(fingerprint(""), fingerprint(&()));
    }
}
