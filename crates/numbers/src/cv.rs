//! The coefficient of variation (flagship contract 1.3 and 4): sample standard deviation over mean.
//!
//! The sums are exact, so values can be added, taken away (moving window frames) and merged (parallel workers) in any
//! order without drift, and equal values give exactly 0. Whole numbers, the usual case, are summed in 128-bit
//! integers; anything else goes into fixed-point sums wide enough for every finite float8.

use num_bigint::BigInt;

/// CV of `n` integers given their sum and their sum of squares: `None` for n < 2 or mean 0.
pub fn cv_of_integers(n: i64, sum: i128, squares: i128) -> Option<f64> {
    if n < 2 || sum == 0 {
        return None;
    }
    let exact = || {
        let spread = (n as i128).checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?;
        if spread == 0 {
            return Some(0.0); // not -0 under a negative mean
        }
        // sd / mean = sqrt(spread / (n (n - 1))) / (sum / n) = sqrt(spread * n / (n - 1)) / sum
        Some((spread as f64 * (n as f64 / (n as f64 - 1.0))).sqrt() / sum as f64)
    };
    exact().or_else(|| cv_of_big(n, BigInt::from(sum), BigInt::from(squares)))
}

/// The same for sums too large for 128 bits. `sum` and `squares` must have one common unit u and u² respectively.
fn cv_of_big(n: i64, sum: BigInt, squares: BigInt) -> Option<f64> {
    let zero = BigInt::ZERO;
    if n < 2 || sum == zero {
        return None;
    }
    let square_of_sum = &sum * &sum;
    let spread = BigInt::from(n) * squares - &square_of_sum;
    if spread == zero {
        return Some(0.0);
    }
    // CV² = spread * n / ((n - 1) * sum²), as a quotient with at least 128 significant bits and an even exponent.
    let numerator = spread * n;
    let denominator = square_of_sum * (n - 1);
    let shift = 128 + denominator.bits() as i64 - numerator.bits() as i64;
    let shift = shift + (shift & 1);
    let quotient = if shift >= 0 {
        (numerator << shift) / denominator
    } else {
        numerator / (denominator << -shift)
    };
    let (mantissa, dropped) = top_bits(&quotient);
    let root = (mantissa as f64).sqrt();
    let cv = scale_by_power_of_two(root, (dropped - shift) / 2);
    let cv = if sum < zero { -cv } else { cv };
    cv.is_finite().then_some(cv)
}

/// The leading 127 or fewer bits of a positive number and how many (an even number) were dropped after them.
fn top_bits(number: &BigInt) -> (u128, i64) {
    let dropped = (number.bits() as i64 - 126).max(0);
    let dropped = dropped + (dropped & 1);
    let top = number >> dropped;
    (u128::try_from(top).unwrap_or(u128::MAX), dropped)
}

fn scale_by_power_of_two(mut value: f64, mut exponent: i64) -> f64 {
    // In steps, because 2^exponent itself may not be a float although the product is.
    while exponent != 0 && value.is_finite() && value != 0.0 {
        let step = exponent.clamp(-1000, 1000);
        value *= 2f64.powi(step as i32);
        exponent -= step;
    }
    value
}

/// Values beyond this are not summed in 128 bits: 2^40 squared, times 2^40 values, still fits.
const INTEGER_LIMIT: f64 = (1u64 << 40) as f64;

/// The running state over whole numbers, and the count of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Moments {
    /// Sum of the whole numbers.
    pub sum: i128,
    /// Sum of their squares.
    pub squares: i128,
    /// Number of values of any kind.
    pub n: i64,
    /// How many of them are NaN or infinite.
    pub non_finite: i64,
}

/// Where a value belongs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number small enough for [`Moments`].
    Whole(i64),
    /// Any other finite number: also to be put into [`FixedPoint`].
    Finite,
    /// NaN or an infinity.
    NonFinite,
}

/// Classifies a value.
#[inline]
pub fn kind_of(x: f64) -> Kind {
    if x.abs() <= INTEGER_LIMIT && x.trunc() == x {
        Kind::Whole(x as i64)
    } else if x.is_finite() {
        Kind::Finite
    } else {
        Kind::NonFinite
    }
}

impl Moments {
    /// Counts a value in (`sign` 1) or out (`sign` -1); a [`Kind::Finite`] one must also go to the fixed-point sums.
    #[inline]
    pub fn count(&mut self, kind: Kind, sign: i64) {
        self.n += sign;
        match kind {
            Kind::Whole(v) => {
                self.sum += (v * sign) as i128;
                self.squares += (v as i128 * v as i128) * sign as i128;
            }
            Kind::Finite => {}
            Kind::NonFinite => self.non_finite += sign,
        }
    }

    /// The state as bytes, for handing it to another process of the same server.
    pub fn to_bytes(&self) -> [u8; 48] {
        let mut bytes = [0; 48];
        bytes[..16].copy_from_slice(&self.sum.to_ne_bytes());
        bytes[16..32].copy_from_slice(&self.squares.to_ne_bytes());
        bytes[32..40].copy_from_slice(&self.n.to_ne_bytes());
        bytes[40..].copy_from_slice(&self.non_finite.to_ne_bytes());
        bytes
    }

    /// The state of [`Moments::to_bytes`] and what follows it; `None` for too few bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<(Moments, &[u8])> {
        let (sum, rest) = bytes.split_first_chunk::<16>()?;
        let (squares, rest) = rest.split_first_chunk::<16>()?;
        let (n, rest) = rest.split_first_chunk::<8>()?;
        let (non_finite, rest) = rest.split_first_chunk::<8>()?;
        let moments = Moments {
            sum: i128::from_ne_bytes(*sum),
            squares: i128::from_ne_bytes(*squares),
            n: i64::from_ne_bytes(*n),
            non_finite: i64::from_ne_bytes(*non_finite),
        };
        Some((moments, rest))
    }

    /// Adds another state.
    pub fn merge(&mut self, other: &Moments) {
        self.sum += other.sum;
        self.squares += other.squares;
        self.n += other.n;
        self.non_finite += other.non_finite;
    }

    /// The coefficient of variation: `None` for fewer than two values, mean 0, or any NaN or infinity among them.
    pub fn cv(&self, rest: Option<&FixedPoint>) -> Option<f64> {
        if self.non_finite != 0 {
            return None;
        }
        match rest.filter(|r| !r.is_zero()) {
            None => cv_of_integers(self.n, self.sum, self.squares),
            Some(rest) => {
                let sum = (BigInt::from(self.sum) << FixedPoint::UNIT) + rest.sum();
                let squares = (BigInt::from(self.squares) << (2 * FixedPoint::UNIT)) + rest.squares();
                cv_of_big(self.n, sum, squares)
            }
        }
    }
}

const SUM_LIMBS: usize = 35;
const SQUARE_LIMBS: usize = 68;

/// Exact sums of finite float8 values and of their squares: two's-complement fixed point, little-endian words.
/// The unit of the sum is 2^-1074 (the smallest float8), of the squares 2^-2148.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct FixedPoint {
    sum: [u64; SUM_LIMBS],
    squares: [u64; SQUARE_LIMBS],
}

impl Default for FixedPoint {
    fn default() -> Self {
        FixedPoint {
            sum: [0; SUM_LIMBS],
            squares: [0; SQUARE_LIMBS],
        }
    }
}

impl FixedPoint {
    /// log2 of one over the unit.
    const UNIT: usize = 1074;
    /// Size of the serialised form.
    pub const BYTES: usize = 8 * (SUM_LIMBS + SQUARE_LIMBS);

    /// Adds a finite value (`sign` 1) or takes it away (`sign` -1).
    pub fn add(&mut self, x: f64, sign: i64) {
        let bits = x.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as usize;
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, shift) = if exponent == 0 {
            (fraction, 0)
        } else {
            (fraction | 1 << 52, exponent - 1)
        };
        let subtract = (sign < 0) != (bits >> 63 == 1);
        accumulate(&mut self.sum, mantissa as u128, shift, subtract);
        accumulate(
            &mut self.squares,
            mantissa as u128 * mantissa as u128,
            2 * shift,
            sign < 0,
        );
    }

    /// Adds another state.
    pub fn merge(&mut self, other: &FixedPoint) {
        add_words(&mut self.sum, &other.sum);
        add_words(&mut self.squares, &other.squares);
    }

    fn is_zero(&self) -> bool {
        self.squares.iter().chain(&self.sum).all(|w| *w == 0)
    }

    fn sum(&self) -> BigInt {
        to_big(&self.sum)
    }

    fn squares(&self) -> BigInt {
        to_big(&self.squares)
    }

    /// The words, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.sum
            .iter()
            .chain(&self.squares)
            .flat_map(|w| w.to_le_bytes())
            .collect()
    }

    /// The state of [`FixedPoint::to_bytes`]; `None` for another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<FixedPoint> {
        if bytes.len() != Self::BYTES {
            return None;
        }
        let mut state = FixedPoint::default();
        let words = bytes
            .chunks_exact(8)
            .map(|c| u64::from_le_bytes(c.try_into().unwrap_or_default()));
        state
            .sum
            .iter_mut()
            .chain(state.squares.iter_mut())
            .zip(words)
            .for_each(|(to, from)| *to = from);
        Some(state)
    }
}

/// Adds (or subtracts) `value << shift` modulo the width.
fn accumulate(words: &mut [u64], value: u128, shift: usize, subtract: bool) {
    let (at, bit) = (shift / 64, shift % 64);
    let low = value << bit;
    let high = if bit == 0 { 0 } else { (value >> (128 - bit)) as u64 };
    let parts = [low as u64, (low >> 64) as u64, high];
    let mut carry = false;
    for (i, word) in words[at..].iter_mut().enumerate() {
        let part = parts.get(i).copied().unwrap_or(0);
        if i >= parts.len() && !carry {
            break;
        }
        let (r, c1) = if subtract {
            word.overflowing_sub(part)
        } else {
            word.overflowing_add(part)
        };
        let (r, c2) = if subtract {
            r.overflowing_sub(carry as u64)
        } else {
            r.overflowing_add(carry as u64)
        };
        *word = r;
        carry = c1 || c2;
    }
}

fn add_words(words: &mut [u64], other: &[u64]) {
    let mut carry = false;
    for (word, part) in words.iter_mut().zip(other) {
        let (r, c1) = word.overflowing_add(*part);
        let (r, c2) = r.overflowing_add(carry as u64);
        *word = r;
        carry = c1 || c2;
    }
}

fn to_big(words: &[u64]) -> BigInt {
    let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
    BigInt::from_signed_bytes_le(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The contract's two-pass definition.
    fn two_pass(values: &[f64]) -> Option<f64> {
        let n = values.len() as f64;
        if values.len() < 2 {
            return None;
        }
        let mean = values.iter().sum::<f64>() / n;
        let sd = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        (mean != 0.0).then(|| sd / mean)
    }

    fn state(values: &[f64]) -> (Moments, FixedPoint) {
        let (mut moments, mut rest) = (Moments::default(), FixedPoint::default());
        for x in values {
            let kind = kind_of(*x);
            moments.count(kind, 1);
            if kind == Kind::Finite {
                rest.add(*x, 1);
            }
        }
        (moments, rest)
    }

    fn cv(values: &[f64]) -> Option<f64> {
        let (moments, rest) = state(values);
        moments.cv(Some(&rest))
    }

    #[test]
    fn examples_of_the_contract() {
        assert!((cv(&[2.0, 0.0, 0.0, 3.0]).unwrap() - 1.2).abs() < 1e-15);
        assert_eq!(cv(&[1.0, 1.0, 1.0]), Some(0.0));
        assert_eq!(cv(&[0.0, 0.0]), None);
        assert_eq!(cv(&[5.0]), None);
        assert_eq!(cv(&[]), None);
    }

    #[test]
    fn equal_fractions_give_exactly_zero_and_sign_follows_the_mean() {
        assert_eq!(cv(&[0.1; 7]), Some(0.0));
        for x in [0.1, -0.1, 3.0, -3.0] {
            assert_eq!(cv(&[x; 7]).map(f64::to_bits), Some(0), "{x}");
        }
        assert!((cv(&[-1.0, -3.0]).unwrap() + std::f64::consts::SQRT_2 / 2.0).abs() < 1e-15);
        assert_eq!(cv(&[0.1, -0.1]), None);
    }

    #[test]
    fn extreme_magnitudes_stay_exact() {
        // CV of {x, 3x} is sqrt(2)/2 whatever x is, from the smallest denormals to the largest floats.
        for x in [5e-324, 1e-310, 1e-160, 1e155, 5e307] {
            assert!(
                (cv(&[x, 3.0 * x]).unwrap() - std::f64::consts::SQRT_2 / 2.0).abs() < 1e-12,
                "{x}"
            );
        }
        // One-pass float arithmetic loses this completely: mean 1e15, spread 1/2.
        let near = cv(&[1e15, 1e15 + 0.5]).unwrap();
        assert!((near / (0.125f64.sqrt() / 1e15) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nan_and_infinity_give_null_until_they_leave() {
        let (mut moments, _) = state(&[1.0, 2.0, f64::NAN, f64::INFINITY]);
        assert_eq!(moments.cv(None), None);
        moments.count(kind_of(f64::NAN), -1);
        moments.count(kind_of(f64::INFINITY), -1);
        assert_eq!(moments.cv(None), cv(&[1.0, 2.0]));
    }

    #[test]
    fn huge_integer_sums_fall_back_to_big_integers() {
        let x = i32::MAX as i128;
        let n = 1i64 << 40;
        assert_eq!(cv_of_integers(n, x * n as i128, x * x * n as i128), Some(0.0));
    }

    proptest! {
        #[test]
        fn agrees_with_two_passes(values in prop::collection::vec(0.5f64..100.0, 2..60)) {
            let (a, b) = (cv(&values).unwrap(), two_pass(&values).unwrap());
            prop_assert!((a - b).abs() <= 1e-12 * b.abs().max(1.0), "{} {}", a, b);
        }

        /// Moving a window over any finite values, however different in size, ends in the state of its last frame.
        #[test]
        fn taking_away_undoes_adding(gone in prop::collection::vec(any::<f64>(), 0..20), kept in prop::collection::vec(any::<f64>(), 0..20)) {
            let finite = |v: Vec<f64>| v.into_iter().filter(|x| x.is_finite()).collect::<Vec<_>>();
            let (gone, kept) = (finite(gone), finite(kept));
            let all: Vec<f64> = gone.iter().chain(&kept).copied().collect();
            let (mut moments, mut rest) = state(&all);
            for x in &gone {
                let kind = kind_of(*x);
                moments.count(kind, -1);
                if kind == Kind::Finite { rest.add(*x, -1); }
            }
            prop_assert_eq!((moments, rest), state(&kept));
        }

        #[test]
        fn merging_and_bytes_round_trip(a in prop::collection::vec(-1e9f64..1e9, 0..20), b in prop::collection::vec(-1e-9f64..1e9, 0..20)) {
            let (mut moments, mut rest) = state(&a);
            let (other, other_rest) = state(&b);
            moments.merge(&other);
            rest.merge(&FixedPoint::from_bytes(&other_rest.to_bytes()).unwrap());
            let both: Vec<f64> = a.iter().chain(&b).copied().collect();
            prop_assert_eq!((moments, rest), state(&both));
            let bytes = moments.to_bytes();
            prop_assert_eq!(Moments::from_bytes(&bytes), Some((moments, &[][..])));
        }
    }
}
