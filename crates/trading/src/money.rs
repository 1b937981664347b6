//! Products and quotients of decimals, rounded once from their true value: halves away from zero, as Postgres rounds numerics.

use dynasty_numbers::decimal::Fixed;
use dynasty_numbers::exact::Exact;
use rust_decimal::Decimal;

/// Decimals of money.
pub(crate) const CENTS: u8 = 2;

/// The product of `above` over the product of `below`, with `scale` decimals. None by 0, and where a decimal has not the digits.
pub(crate) fn quotient(above: &[Decimal], below: &[Decimal], scale: u8) -> Option<Decimal> {
    small(above, below, scale).or_else(|| large(above, below, scale))
}

/// In 128 bits: prices and stakes of the tables always fit.
fn small(above: &[Decimal], below: &[Decimal], scale: u8) -> Option<Decimal> {
    let product = |of: &[Decimal]| {
        of.iter().try_fold((1i128, 0u32), |(units, scale), d| {
            Some((units.checked_mul(d.mantissa())?, scale + d.scale()))
        })
    };
    let ((mut above, from), (mut below, to)) = (product(above)?, product(below)?);
    let missing = 10i128.checked_pow(from.abs_diff(to))?;
    if to >= from {
        above = above.checked_mul(missing)?;
    } else {
        below = below.checked_mul(missing)?;
    }
    let Fixed { units, scale } = Fixed::ratio(above, below, scale)?;
    Decimal::try_from_i128_with_scale(units, scale.into()).ok()
}

/// In as many bits as it takes.
fn large(above: &[Decimal], below: &[Decimal], scale: u8) -> Option<Decimal> {
    let product = |of: &[Decimal]| of.iter().fold(Exact::new(1, 0), |product, d| product.times(&exact(*d)));
    held(&product(above).over(&product(below), scale.into())?)
}

/// A decimal, exactly.
pub(crate) fn exact(value: Decimal) -> Exact {
    Exact::new(value.mantissa(), value.scale())
}

/// As a decimal; none where 28 digits are not enough.
pub(crate) fn held(value: &Exact) -> Option<Decimal> {
    let (units, scale) = value.parts()?;
    Decimal::try_from_i128_with_scale(units, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The fast way and the long way are one.
        #[test]
        fn both_ways_agree(a in any::<i64>(), b in 0i64..=1_000_000, c in 1i64..=1_000_000, s in 0u32..4, t in 0u32..10, scale in 0u8..6) {
            let (above, below) = ([Decimal::new(a, s), Decimal::new(b, 6)], [Decimal::new(c, t)]);
            let fast = small(&above, &below, scale);
            prop_assert!(fast.is_some() || a.unsigned_abs() > 1 << 50);
            if let Some(fast) = fast {
                prop_assert_eq!(Some(fast), large(&above, &below, scale));
                prop_assert_eq!(fast.scale(), u32::from(scale));
            }
        }

        #[test]
        fn any_decimals_are_safe(parts in prop::collection::vec((any::<i128>(), 0u32..=28), 4), scale in 0u8..=28) {
            let d: Vec<Decimal> = parts.iter().map(|(n, s)| Decimal::from_i128_with_scale(n % (1i128 << 96), *s)).collect();
            let _ = quotient(&d[..2], &d[2..], scale);
        }
    }
}
