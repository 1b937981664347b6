//! The sum of what prices imply, Σ1/o, to twice a double's digits. Whether it is below 1 decides what an arbitrage is, and in
//! doubles ten prices of 10, or 49 of 49, come out below 1.

use dynasty_numbers::sums::two_sum;

/// Σ1/o of a market.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Implied {
    high: f64,
    low: f64,
}

impl Implied {
    /// Of prices above 1.
    pub(crate) fn of(odds: &[f64]) -> Implied {
        let (mut high, mut low) = (0.0, 0.0);
        for &o in odds {
            let q = 1.0 / o;
            // What the division rounded away: 1 - q*o is exact in one fused step.
            let rest = q.mul_add(-o, 1.0) / o;
            let (sum, missing) = two_sum(high, q);
            (high, low) = (sum, low + (missing + rest));
        }
        let (high, low) = two_sum(high, low);
        Implied { high, low }
    }

    /// B = Σ1/o.
    pub(crate) fn sum(self) -> f64 {
        self.high
    }

    /// B - `target`, without the loss of digits of subtracting two doubles near each other.
    ///
    /// What is left of rounding two hundred quotients, 1e-30, is no difference.
    pub(crate) fn above(self, target: f64) -> f64 {
        let difference = (self.high - target) + self.low;
        if difference.abs() < 1e-27 { 0.0 } else { difference }
    }
}

#[cfg(test)]
mod tests {
    use super::Implied;

    #[test]
    fn as_many_prices_as_they_pay_are_fair() {
        for n in 2..=200 {
            let odds = vec![f64::from(n); n as usize];
            assert_eq!(Implied::of(&odds).above(1.0), 0.0, "{n}");
        }
        assert!(Implied::of(&[2.0, 2.0f64.next_up()]).above(1.0) < 0.0);
        assert!(Implied::of(&[2.0, 2.0f64.next_down()]).above(1.0) > 0.0);
    }

    #[test]
    fn small_margins_keep_their_digits() {
        // 1/(1+e) + 1/(1/e) at e = 2^-40: the margin is e^2 / (1+e), below what a double near 1 can hold.
        let e = f64::powi(2.0, -40);
        let margin = Implied::of(&[1.0 + e, 1.0 / e]).above(1.0);
        assert!((margin / (e * e / (1.0 + e)) - 1.0).abs() < 1e-6, "{margin:e}");
    }
}
