//! What a position has brought: the one formula that the ledger, marks, scenarios and backtests share.

use crate::check;
use crate::error::TradingError;
use crate::money::{CENTS, quotient};
use rust_decimal::Decimal;
use std::str::FromStr;

/// Which side of a market was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// The first outcome.
    BuyYes,
    /// The second.
    BuyNo,
}

impl Action {
    /// As SQL writes it.
    pub fn word(self) -> &'static str {
        match self {
            Action::BuyYes => "buy_yes",
            Action::BuyNo => "buy_no",
        }
    }

    /// What belongs to this side, of what belongs to both.
    pub fn side<T>(self, yes: T, no: T) -> T {
        match self {
            Action::BuyYes => yes,
            Action::BuyNo => no,
        }
    }
}

impl FromStr for Action {
    type Err = TradingError;

    fn from_str(text: &str) -> Result<Action, TradingError> {
        match text {
            "buy_yes" => Ok(Action::BuyYes),
            "buy_no" => Ok(Action::BuyNo),
            _ => Err(TradingError::invalid(
                "action",
                format!("{text:?}"),
                "buy_yes or buy_no",
            )),
        }
    }
}

/// How profit is counted (`pnl_mode`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The stake buys `amount / entry_price` shares, each worth the price.
    #[default]
    Shares,
    /// The stake times the change of the price: wrong, and what some JSON books hold.
    Linear,
}

impl FromStr for Mode {
    type Err = TradingError;

    fn from_str(text: &str) -> Result<Mode, TradingError> {
        match text {
            "shares" => Ok(Mode::Shares),
            "linear" => Ok(Mode::Linear),
            _ => Err(TradingError::invalid("mode", format!("{text:?}"), "shares or linear")),
        }
    }
}

/// What a position is worth more than its stake, in cents: `amount·price/entry - amount` (shares) or `(price - entry)·amount` (linear),
/// at the price of its side; rounded once, halves away from zero. A stake of 0 or less is 22023, an entry outside of (0, 1] or a price
/// outside of [0, 1] is 22003. (Contract 2 and 3.)
pub fn position_pnl(
    action: Action,
    amount: Decimal,
    entry_price: Decimal,
    yes_price: Decimal,
    no_price: Decimal,
    mode: Mode,
) -> Result<Decimal, TradingError> {
    check::amount("amount", amount)?;
    check::entry_price("entry_price", entry_price)?;
    check::price("yes_price", yes_price)?;
    check::price("no_price", no_price)?;
    gain(amount, entry_price, action.side(yes_price, no_price), mode)
}

/// [`position_pnl`] of checked numbers, at the price of its side.
pub(crate) fn gain(amount: Decimal, entry: Decimal, price: Decimal, mode: Mode) -> Result<Decimal, TradingError> {
    // Both within [0, 1], but of up to 28 decimals each: their difference has no more.
    let change = price - entry;
    let gain = match mode {
        Mode::Shares => quotient(&[amount, change], &[entry], CENTS),
        Mode::Linear => quotient(&[amount, change], &[], CENTS),
    };
    gain.ok_or_else(|| TradingError::range("amount", amount, "small enough for a result of 28 digits"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn both(action: &str, amount: &str, entry: &str, yes: &str, no: &str) -> (String, String) {
        let of = |mode| {
            position_pnl(action.parse().unwrap(), d(amount), d(entry), d(yes), d(no), mode)
                .unwrap()
                .to_string()
        };
        (of(Mode::Shares), of(Mode::Linear))
    }

    #[test]
    fn the_contracts_values() {
        for (action, amount, entry, yes, no, shares, linear) in [
            ("buy_yes", "100", ".65", ".70", ".30", "7.69", "5.00"),
            ("buy_no", "100", ".705", ".40", ".60", "-14.89", "-10.50"),
            ("buy_yes", "100", ".86", "1", "0", "16.28", "14.00"),
            ("buy_yes", "100", ".86", "0", "1", "-100.00", "-86.00"),
            ("buy_yes", "100", "1", ".9", ".1", "-10.00", "-10.00"),
            ("buy_yes", "100", ".65", ".5", ".5", "-23.08", "-15.00"),
            ("buy_yes", "20", ".0275", "1", "0", "707.27", "19.45"),
        ] {
            assert_eq!(both(action, amount, entry, yes, no), (shares.into(), linear.into()));
        }
    }

    #[test]
    fn halves_and_long_prices() {
        // 1 at 0.8 to 0.804 is 0.005 exactly.
        assert_eq!(both("buy_yes", "1", ".8", ".804", "0"), ("0.01".into(), "0.00".into()));
        assert_eq!(both("buy_yes", "1", ".8", ".796", "0"), ("-0.01".into(), "0.00".into()));
        // A stake of 28 digits at a price of 28: the product has 56.
        let (shares, _) = both(
            "buy_no",
            "99999999999999999999999999",
            "0.9999999999999999999999999999",
            "0",
            "1",
        );
        assert_eq!(shares, "0.01");
    }

    #[test]
    fn refusals() {
        let state = |amount: &str, entry: &str, yes: &str, no: &str| {
            position_pnl(Action::BuyYes, d(amount), d(entry), d(yes), d(no), Mode::Shares)
                .unwrap_err()
                .sqlstate()
        };
        assert_eq!(
            (state("0", ".5", ".5", ".5"), state("-1", ".5", ".5", ".5")),
            ("22023", "22023")
        );
        assert_eq!(
            (state("1", "0", ".5", ".5"), state("1", "1.01", ".5", ".5")),
            ("22003", "22003")
        );
        assert_eq!(
            (state("1", ".5", "1.2", ".5"), state("1", ".5", ".5", "-.1")),
            ("22003", "22003")
        );
        assert_eq!(state("79228162514264337593543950335", "0.0001", "1", "0"), "22003");
        assert_eq!("sell".parse::<Action>().unwrap_err().sqlstate(), "22023");
        assert_eq!(
            "x".parse::<Mode>().unwrap_err().to_string(),
            "mode must be shares or linear, not \"x\""
        );
        for action in [Action::BuyYes, Action::BuyNo] {
            assert_eq!(action.word().parse(), Ok(action));
        }
    }

    proptest! {
        /// A position loses at most its stake; at its entry price it has brought nothing; a better price is never worth less.
        #[test]
        fn between_the_stake_and_what_it_pays(cents in 1i64..1_000_000_000, entry in 1i64..=1_000_000, p in 0i64..=1_000_000, q in 0i64..=1_000_000) {
            let (amount, entry) = (Decimal::new(cents, 2), Decimal::new(entry, 6));
            for mode in [Mode::Shares, Mode::Linear] {
                let at = |p: i64| position_pnl(Action::BuyYes, amount, entry, Decimal::new(p, 6), Decimal::ZERO, mode).unwrap();
                prop_assert!(at(p) >= -amount);
                prop_assert_eq!(at(p) <= at(q), p <= q || at(p) == at(q));
                prop_assert_eq!(gain(amount, entry, entry, mode).unwrap(), Decimal::ZERO);
            }
            prop_assert_eq!(gain(amount, entry, Decimal::ZERO, Mode::Shares).unwrap(), -amount);
        }

        /// Against plain decimals, where these are exact enough.
        #[test]
        fn agrees_with_decimals(cents in 1i64..100_000_000, entry in 1i64..=1000, p in 0i64..=1000) {
            let (amount, entry, p) = (Decimal::new(cents, 2), Decimal::new(entry, 3), Decimal::new(p, 3));
            let plain = (amount * p / entry - amount).round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            prop_assert_eq!(gain(amount, entry, p, Mode::Shares).unwrap(), plain);
        }
    }
}
