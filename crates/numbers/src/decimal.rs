//! Exact rounding of ratios of integers, the way `ROUND(numeric, n)` does it: half away from zero.

/// A decimal number of fixed scale: `units / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The digits, without the point.
    pub units: i128,
    /// Digits after the point.
    pub scale: u8,
}

impl Fixed {
    /// `numerator / denominator` rounded to `scale` digits; `None` when the denominator is 0.
    pub fn ratio(numerator: i128, denominator: i128, scale: u8) -> Option<Fixed> {
        let units = round_div(numerator.checked_mul(10i128.pow(scale as u32))?, denominator)?;
        Some(Fixed { units, scale })
    }
}

impl std::fmt::Display for Fixed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let power = 10u128.pow(self.scale as u32);
        let magnitude = self.units.unsigned_abs();
        write!(f, "{sign}{}", magnitude / power)?;
        if self.scale > 0 {
            write!(f, ".{:0width$}", magnitude % power, width = self.scale as usize)?;
        }
        Ok(())
    }
}

/// `numerator / denominator` rounded to the nearest integer, halves away from zero; `None` when the denominator is 0.
fn round_div(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator == 0 {
        return None;
    }
    let negative = (numerator < 0) != (denominator < 0);
    let (n, d) = (numerator.unsigned_abs(), denominator.unsigned_abs());
    let rounded = match (u64::try_from(n), u64::try_from(d)) {
        // Nearly always; 128-bit division is ten times slower.
        (Ok(n), Ok(d)) => u128::from(n / d) + u128::from(n % d >= d - n % d),
        _ => n / d + u128::from(n % d >= d - n % d),
    };
    let rounded = i128::try_from(rounded).ok()?;
    Some(if negative { -rounded } else { rounded })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::{Decimal, RoundingStrategy};

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(Fixed::ratio(1, 2000, 3).unwrap().to_string(), "0.001");
        assert_eq!(Fixed::ratio(-1, 2000, 3).unwrap().to_string(), "-0.001");
        assert_eq!(Fixed::ratio(5, 11, 3).unwrap().to_string(), "0.455");
        assert_eq!(Fixed::ratio(16, 3, 1).unwrap().to_string(), "5.3");
        assert_eq!(Fixed::ratio(-1, 3000, 3).unwrap().to_string(), "0.000");
        assert_eq!(Fixed::ratio(7, 1, 0).unwrap().to_string(), "7");
        assert_eq!(Fixed::ratio(1, 0, 3), None);
    }

    #[test]
    fn too_large_a_numerator_is_none_not_a_panic() {
        assert_eq!(Fixed::ratio(i128::MAX, 1, 3), None);
        assert_eq!(Fixed::ratio(i128::MIN, 1, 0), None);
    }

    proptest! {
        /// Against rust_decimal, which rounds by its own code.
        #[test]
        fn agrees_with_rust_decimal(n in -1_000_000i64..1_000_000, d in 1i64..100_000, scale in 0u8..4) {
            let expected = (Decimal::from(n) / Decimal::from(d))
                .round_dp_with_strategy(scale as u32, RoundingStrategy::MidpointAwayFromZero);
            let ours = Fixed::ratio(n as i128, d as i128, scale).unwrap();
            prop_assert_eq!(Decimal::from_i128_with_scale(ours.units, scale as u32), expected);
        }
    }
}
