//! Decimals of any length, exactly: where 28 digits or 128 bits are not enough, and a quotient has to be rounded once from its true value.

use num_bigint::BigInt;
use std::cmp::Ordering;
use std::fmt;

/// A decimal number, `units / 10^scale`. Its digits are kept as they were written; equal values are equal however they are written.
#[derive(Clone, Debug)]
pub struct Exact {
    units: BigInt,
    scale: u32,
}

/// Why a text is not an [`Exact`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExact {
    /// Not written as a number; NaN and infinity are none.
    NoNumber,
    /// More than [`Exact::LONGEST`] digits when written out.
    TooLong,
}

impl Exact {
    /// How many digits a number that is read may have, written without an exponent. What is longer is no amount or price, and a short
    /// exponent must not cost memory.
    pub const LONGEST: usize = 1000;

    /// `units / 10^scale`.
    pub fn new(units: impl Into<BigInt>, scale: u32) -> Exact {
        Exact {
            units: units.into(),
            scale,
        }
    }

    /// Reads what Postgres reads as numeric, but for NaN, infinity, other bases and underscores: blanks around it, a sign, digits with a
    /// point somewhere, an exponent.
    pub fn parse(text: &str) -> Result<Exact, NotExact> {
        let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (text, None),
        };
        let (negative, digits) = match mantissa.strip_prefix(['-', '+']) {
            Some(rest) => (mantissa.starts_with('-'), rest),
            None => (false, mantissa),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.len() + part.len() == 0 || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
            return Err(NotExact::NoNumber);
        }
        let exponent = exponent.map_or(Ok(0), exponent_of)?;
        let limit = Self::LONGEST as i64;
        let scale = i64::try_from(part.len()).map_err(|_| NotExact::TooLong)? - exponent;
        if whole.len() + part.len() > Self::LONGEST || !(-limit..=limit).contains(&scale) {
            return Err(NotExact::TooLong);
        }
        let mut units = BigInt::parse_bytes(format!("0{whole}{part}").as_bytes(), 10).ok_or(NotExact::NoNumber)?;
        if scale < 0 {
            units *= power(scale.unsigned_abs() as u32);
        }
        if negative {
            units = -units;
        }
        Ok(Exact::new(units, scale.max(0) as u32))
    }

    /// The sum.
    pub fn plus(&self, other: &Exact) -> Exact {
        let scale = self.scale.max(other.scale);
        Exact::new(self.at(scale) + other.at(scale), scale)
    }

    /// The difference.
    pub fn minus(&self, other: &Exact) -> Exact {
        let scale = self.scale.max(other.scale);
        Exact::new(self.at(scale) - other.at(scale), scale)
    }

    /// The product.
    pub fn times(&self, other: &Exact) -> Exact {
        Exact::new(&self.units * &other.units, self.scale + other.scale)
    }

    /// This to the power of `exponent`.
    pub fn raised(&self, exponent: u32) -> Exact {
        Exact::new(self.units.pow(exponent), self.scale.saturating_mul(exponent))
    }

    /// The quotient with `scale` decimals, rounded once from its true value, halves away from zero; none by 0.
    pub fn over(&self, divisor: &Exact, scale: u32) -> Option<Exact> {
        if divisor.units == BigInt::ZERO {
            return None;
        }
        let mut above = &self.units * power(scale + divisor.scale);
        let mut below = &divisor.units * power(self.scale);
        if below < BigInt::ZERO {
            (above, below) = (-above, -below);
        }
        let negative = above < BigInt::ZERO;
        if negative {
            above = -above;
        }
        // (2a + b) / 2b is a / b and a half, cut off.
        let rounded = (above * 2u32 + &below) / (below * 2u32);
        Some(Exact::new(if negative { -rounded } else { rounded }, scale))
    }

    /// With `scale` decimals, halves away from zero.
    pub fn rounded(&self, scale: u32) -> Exact {
        // By one, which is not 0.
        self.over(&Exact::new(1, 0), scale).unwrap_or_else(|| self.clone())
    }

    /// Without its sign.
    pub fn magnitude(&self) -> Exact {
        let units = self.units.clone();
        Exact::new(if units < BigInt::ZERO { -units } else { units }, self.scale)
    }

    /// The units and the scale, where 128 bits hold them.
    pub fn parts(&self) -> Option<(i128, u32)> {
        Some((i128::try_from(&self.units).ok()?, self.scale))
    }

    fn at(&self, scale: u32) -> BigInt {
        &self.units * power(scale - self.scale)
    }
}

/// A whole number that may have a sign; one too long for any use is too long for the number.
fn exponent_of(text: &str) -> Result<i64, NotExact> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotExact::NoNumber);
    }
    match digits.parse::<i64>() {
        Ok(size) if size <= 1 << 32 => Ok(if text.starts_with('-') { -size } else { size }),
        _ => Err(NotExact::TooLong),
    }
}

fn power(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

impl PartialEq for Exact {
    fn eq(&self, other: &Exact) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.at(scale).cmp(&other.at(scale))
    }
}

impl fmt::Display for Exact {
    /// As Postgres writes a numeric.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < BigInt::ZERO { "-" } else { "" };
        let digits = self.units.magnitude().to_string();
        let scale = self.scale as usize;
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        write!(f, "{sign}{whole}")?;
        if part.is_empty() { Ok(()) } else { write!(f, ".{part}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::{Decimal, RoundingStrategy};

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"))
    }

    #[test]
    fn digits_are_kept() {
        for (text, written) in [
            (
                "0.5843311669077693146635445446077281",
                "0.5843311669077693146635445446077281",
            ),
            (".5", "0.5"),
            ("5.", "5"),
            (" +1.50\n", "1.50"),
            ("-0.05", "-0.05"),
            ("-0", "0"),
            ("12e-4", "0.0012"),
            ("1.5E+3", "1500"),
            ("1e-7", "0.0000001"),
        ] {
            assert_eq!(exact(text).to_string(), written);
        }
        assert_eq!(exact("1.50"), exact("1.5"));
        assert!(exact("0.5").plus(&exact(".50")) == exact("1") && exact("-1") < exact("0.001"));
        assert_eq!(exact("-2.5").magnitude().rounded(0).to_string(), "3");
        assert_eq!(exact("0.5").raised(3).to_string(), "0.125");
    }

    #[test]
    fn what_is_no_number_or_too_long() {
        for text in [
            "", " ", ".", "-", "+-1", "1e", "e1", "1e1.5", "NaN", "inf", "0x1", "1_0", "1 0", "١", "1e+-2",
        ] {
            assert_eq!(Exact::parse(text), Err(NotExact::NoNumber), "{text}");
        }
        for text in [
            "1e1001",
            "1e-1001",
            "1e99999999999999999999",
            "1e-9223372036854775808",
            &"1".repeat(1001),
        ] {
            assert_eq!(Exact::parse(text), Err(NotExact::TooLong), "{text}");
        }
        assert!(Exact::parse(&format!("0.{}", "1".repeat(999))).is_ok());
    }

    #[test]
    fn a_quotient_is_rounded_from_its_true_value() {
        // 0.005 less than any decimal of 28 digits can tell, and the half itself.
        let tiny = exact("1e-40");
        let half = exact("0.005");
        let one = exact("1");
        assert_eq!(half.over(&one, 2).map(|q| q.to_string()), Some("0.01".into()));
        assert_eq!(
            half.minus(&tiny).over(&one, 2).map(|q| q.to_string()),
            Some("0.00".into())
        );
        assert_eq!(
            exact("-0.015").over(&one, 2).map(|q| q.to_string()),
            Some("-0.02".into())
        );
        assert_eq!(
            exact("1").over(&exact("-3"), 3).map(|q| q.to_string()),
            Some("-0.333".into())
        );
        assert_eq!(one.over(&exact("0.00"), 2), None);
    }

    proptest! {
        /// Against rust_decimal, which has its own code.
        #[test]
        fn agrees_with_rust_decimal(a in -1_000_000_000i64..1_000_000_000, s in 0u32..6, b in 1i64..100_000, t in 0u32..4, scale in 0u32..4) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, t));
            let (p, q) = (Exact::new(a, s), Exact::new(b, t));
            let quotient = (x / y).round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
            prop_assert_eq!(p.over(&q, scale).unwrap(), exact(&quotient.to_string()));
            prop_assert_eq!(p.plus(&q), exact(&(x + y).to_string()));
            prop_assert_eq!(p.minus(&q), exact(&(x - y).to_string()));
            prop_assert_eq!(p.times(&q), exact(&(x * y).to_string()));
            prop_assert_eq!(p.cmp(&q), x.cmp(&y));
            if a != 0 {
                prop_assert_eq!(p.to_string(), x.to_string());
            }
        }

        #[test]
        fn any_text_is_safe(text in "\\PC*|[-+0-9eE. ]*") {
            if let Ok(read) = Exact::parse(&text) {
                prop_assert_eq!(exact(&read.to_string()), read);
            }
        }
    }
}
