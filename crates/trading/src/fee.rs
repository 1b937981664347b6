//! What an exchange takes from who trades at once.

use crate::check;
use crate::error::TradingError;
use crate::money::{CENTS, quotient};
use rust_decimal::Decimal;

/// A market's or a book's fees: `shares·rate·(p(1-p))^exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeSchedule {
    rate: Decimal,
    exponent: i32,
}

/// From this exponent on no notional and rate of 28 digits pay half a cent: each is below 2^96, and p(1-p) at most a quarter.
const VANISHES: i32 = 102;

impl FeeSchedule {
    /// No fees.
    pub const FREE: FeeSchedule = FeeSchedule {
        rate: Decimal::ZERO,
        exponent: 1,
    };

    /// A rate of 0 or more and an exponent of 1 or more (else 22023).
    pub fn new(rate: Decimal, exponent: i32) -> Result<FeeSchedule, TradingError> {
        if rate < Decimal::ZERO {
            return Err(TradingError::invalid("rate", rate.normalize(), "0 or more"));
        }
        if exponent < 1 {
            return Err(TradingError::invalid("exponent", exponent, "at least 1"));
        }
        Ok(FeeSchedule { rate, exponent })
    }

    /// This with another rate or exponent, checked as those of [`FeeSchedule::new`] are.
    pub fn with(self, rate: Option<Decimal>, exponent: Option<i32>) -> Result<FeeSchedule, TradingError> {
        FeeSchedule::new(rate.unwrap_or(self.rate), exponent.unwrap_or(self.exponent))
    }

    /// The fee for buying with a stake, of checked numbers: its notional is the stake.
    pub(crate) fn to_enter(self, amount: Decimal, price: Decimal) -> Result<Decimal, TradingError> {
        self.of(&[amount], &[], price)
    }

    /// The fee for selling what a stake bought at `entry`, of checked numbers: its notional is `amount·exit/entry`, not rounded before.
    pub(crate) fn to_exit(self, amount: Decimal, entry: Decimal, exit: Decimal) -> Result<Decimal, TradingError> {
        self.of(&[amount, exit], &[entry], exit)
    }

    /// The fee on the notional `above / below` at a price: `notional·rate·p^(e-1)·(1-p)^e`, rounded once.
    fn of(self, above: &[Decimal], below: &[Decimal], price: Decimal) -> Result<Decimal, TradingError> {
        // No price buys infinitely many shares for nothing.
        let nothing = self.rate.is_zero() || price.is_zero() || price == Decimal::ONE;
        let fee = if nothing || self.exponent >= VANISHES {
            Some(Decimal::new(0, CENTS.into()))
        } else {
            let rest = Decimal::ONE - price;
            let mut product = [above, &[self.rate, rest]].concat();
            for _ in 1..self.exponent {
                product.extend([price, rest]);
            }
            quotient(&product, below, CENTS)
        };
        fee.ok_or_else(|| TradingError::range("rate", self.rate, "small enough for a fee of 28 digits"))
    }
}

/// A taker's fee, in cents: `notional·rate·p^(e-1)·(1-p)^e`, exact before it is rounded, halves away from zero; at p = 0 it is 0.
/// (Polymarket's `shares·rate·(p(1-p))^e`, with `notional / p` shares.) A notional or rate below 0 and an exponent below 1 are 22023, a
/// price outside of [0, 1] is 22003. (Contract 3.)
pub fn trade_fee(notional: Decimal, price: Decimal, rate: Decimal, exponent: i32) -> Result<Decimal, TradingError> {
    if notional < Decimal::ZERO {
        return Err(TradingError::invalid("notional", notional.normalize(), "0 or more"));
    }
    let price = check::price("price", price)?;
    FeeSchedule::new(rate, exponent)?.to_enter(notional, price)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn fee(notional: &str, price: &str, rate: &str, exponent: i32) -> Result<String, &'static str> {
        trade_fee(d(notional), d(price), d(rate), exponent)
            .map(|fee| fee.to_string())
            .map_err(|e| e.sqlstate())
    }

    #[test]
    fn the_contracts_values() {
        assert_eq!(fee("100", ".65", ".05", 1), Ok("1.75".into()));
        assert_eq!(fee("100", ".5", ".07", 1), Ok("3.50".into()));
        assert_eq!(fee("100", ".3", ".25", 2), Ok("3.68".into()));
        assert_eq!(fee("100", "1", ".05", 1), Ok("0.00".into()));
        assert_eq!(fee("100", "0", ".05", 1), Ok("0.00".into()));
    }

    #[test]
    fn refusals() {
        for (notional, price, rate, exponent, state) in [
            ("-1", ".5", ".01", 1, "22023"),
            ("1", ".5", "-.01", 1, "22023"),
            ("1", ".5", ".01", 0, "22023"),
            ("1", ".5", ".01", i32::MIN, "22023"),
            ("1", "1.2", ".01", 1, "22003"),
            ("1", "-.1", ".01", 1, "22003"),
            (
                "79228162514264337593543950335",
                ".5",
                "79228162514264337593543950335",
                1,
                "22003",
            ),
        ] {
            assert_eq!(fee(notional, price, rate, exponent), Err(state));
        }
    }

    #[test]
    fn a_notional_that_does_not_end_is_not_rounded_before() {
        // 1000/3 · 0.000015 is half a cent exactly; 333.33…3 of 28 digits would be less.
        let schedule = FeeSchedule::new(d("0.00003"), 1).unwrap();
        assert_eq!(schedule.to_exit(d("200"), d("0.3"), d("0.5")), Ok(d("0.01")));
        assert_eq!(schedule.to_exit(d("199.99"), d("0.3"), d("0.5")), Ok(d("0.00")));
    }

    #[test]
    fn large_exponents_are_quick_and_vanish() {
        let largest = d("79228162514264337593543950335");
        for exponent in [VANISHES - 1, VANISHES, i32::MAX] {
            let fee = trade_fee(largest, d("0.5000000000000000000000000001"), largest, exponent).unwrap();
            // At 101 it is 2^192 / 2 / 4^100: two cents and a half would not be, nor is half of one.
            assert_eq!(fee, Decimal::ZERO, "{exponent}");
        }
        assert!(trade_fee(largest, d("0.5"), largest, 90).is_ok_and(|fee| fee > Decimal::ONE));
    }

    proptest! {
        /// Never below 0, never more than the rate on the whole notional, and the same on both ways of computing.
        #[test]
        fn bounds(cents in 0i64..100_000_000, p in 0i64..=1000, rate in 0i64..1000, exponent in 1i32..4) {
            let (notional, price, rate) = (Decimal::new(cents, 2), Decimal::new(p, 3), Decimal::new(rate, 3));
            let fee = trade_fee(notional, price, rate, exponent).unwrap();
            prop_assert!(fee >= Decimal::ZERO && fee <= notional * rate + Decimal::new(5, 3));
            let mut plain = notional * rate * (Decimal::ONE - price);
            for _ in 1..exponent {
                plain *= price * (Decimal::ONE - price);
            }
            if p != 0 {
                prop_assert_eq!(fee, plain.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero));
            }
            if p == 1000 {
                prop_assert_eq!(fee, Decimal::ZERO);
            }
        }
    }
}
