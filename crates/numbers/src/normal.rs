//! The normal law. Every function is of `libm` (pure Rust), not of the machine's C library, so that the last bit is the same
//! everywhere.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// The density of the standard normal law.
pub fn density(x: f64) -> f64 {
    // 1/√(2π)
    0.398_942_280_401_432_7 * libm::exp(-0.5 * x * x)
}

/// Φ: the probability that a standard normal variable is at most `x`; in the lower tail to a relative 1e-16 (1 + x²).
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Φ⁻¹, to a relative 1e-15 (Wichura 1988, algorithm AS 241). -∞ at 0, ∞ at 1, NaN outside.
pub fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &CENTRE);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail.is_nan() || tail <= 0.0 {
        return if tail == 0.0 {
            f64::INFINITY.copysign(q)
        } else {
            f64::NAN
        };
    }
    let r = libm::sqrt(-libm::log(tail));
    let x = if r <= 5.0 {
        ratio(r - 1.6, &MIDDLE)
    } else {
        ratio(r - 5.0, &FAR)
    };
    x.copysign(q)
}

/// A quotient of two polynomials of degree 7, highest power first; that below ends in 1.
fn ratio(r: f64, [above, below]: &[[f64; 8]; 2]) -> f64 {
    let polynomial = |c: &[f64; 8]| c.iter().fold(0.0, |sum, c| sum * r + c);
    polynomial(above) / polynomial(below)
}

#[rustfmt::skip]
const CENTRE: [[f64; 8]; 2] = [
    [2.509_080_928_730_122_7e3, 3.343_057_558_358_813e4, 6.726_577_092_700_87e4, 4.592_195_393_154_987e4,
     1.373_169_376_550_946e4, 1.971_590_950_306_551_3e3, 1.331_416_678_917_843_8e2, 3.387_132_872_796_366_5],
    [5.226_495_278_852_854e3, 2.872_908_573_572_194_3e4, 3.930_789_580_009_271e4, 2.121_379_430_158_659_7e4,
     5.394_196_021_424_751e3, 6.871_870_074_920_579e2, 4.231_333_070_160_091e1, 1.0],
];
#[rustfmt::skip]
const MIDDLE: [[f64; 8]; 2] = [
    [7.745_450_142_783_414e-4, 2.272_384_498_926_918_4e-2, 2.417_807_251_774_506e-1, 1.270_458_252_452_368_4,
     3.647_848_324_763_204_5, 5.769_497_221_460_691, 4.630_337_846_156_546, 1.423_437_110_749_683_5],
    [1.050_750_071_644_416_9e-9, 5.475_938_084_995_345e-4, 1.519_866_656_361_645_7e-2, 1.481_039_764_274_800_8e-1,
     6.897_673_349_851e-1, 1.676_384_830_183_803_8, 2.053_191_626_637_759, 1.0],
];
#[rustfmt::skip]
const FAR: [[f64; 8]; 2] = [
    [2.010_334_399_292_288_1e-7, 2.711_555_568_743_487_6e-5, 1.242_660_947_388_078_4e-3, 2.653_218_952_657_612_4e-2,
     2.965_605_718_285_048_7e-1, 1.784_826_539_917_291_3, 5.463_784_911_164_114, 6.657_904_643_501_103],
    [2.044_263_103_389_939_8e-15, 1.421_511_758_316_446e-7, 1.846_318_317_510_054_8e-5, 7.868_691_311_456_133e-4,
     1.487_536_129_085_061_5e-2, 1.369_298_809_227_358e-1, 5.998_322_065_558_88e-1, 1.0],
];

/// √(2π).
pub fn root_two_pi() -> f64 {
    libm::sqrt(2.0 * PI)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_values() {
        // mpmath at 40 digits.
        for (x, p) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_542_9),
            (-1.5, 0.066_807_201_268_858_07),
            (-6.0, 9.865_876_450_376_982e-10),
            (-30.0, 4.906_713_927_148_187e-198),
        ] {
            assert!((cdf(x) - p).abs() <= 4e-16 * (1.0 + x * x) * p, "{x}: {}", cdf(x));
            assert!(
                (quantile(p) - x).abs() <= 1e-15 * x.abs().max(1.0),
                "{p}: {}",
                quantile(p)
            );
        }
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(quantile(-0.1).is_nan() && quantile(1.1).is_nan() && quantile(f64::NAN).is_nan());
        assert!((density(0.0) * root_two_pi() - 1.0).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn the_quantile_is_the_inverse(x in -8.0..6.0f64) {
            // Above 0 the probability itself holds only 1e-16 of what is left to 1.
            let slack = 4e-15 + 4e-16 / density(x).min(1.0) * f64::from(u8::from(x > 0.0));
            prop_assert!((quantile(cdf(x)) - x).abs() <= slack * x.abs().max(1.0), "{}", quantile(cdf(x)));
        }
    }
}
