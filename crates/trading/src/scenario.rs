//! What an event's open positions come to, whichever of its markets wins.

use crate::error::TradingError;
use crate::fill::Terms;
use crate::position::{Action, Mode, gain};
use rust_decimal::Decimal;

/// Of each market of an event what its open positions bring if that market wins and the others lose, and last if none of them does
/// (`other`, without a name). `positions` are (which market, what was bought, the stake that is open); a stake of 0 or less is passed
/// over. (Contract 4: negative-risk events.)
pub fn event_scenarios<'a>(
    markets: &[&'a str],
    positions: &[(usize, Terms, Decimal)],
    mode: Mode,
) -> Result<Vec<(Option<&'a str>, Decimal)>, TradingError> {
    let mut differs = vec![Decimal::new(0, 2); markets.len()];
    let mut none_wins = Decimal::new(0, 2);
    for (market, terms, open) in positions {
        let Some(differs) = differs.get_mut(*market) else {
            return Err(TradingError::range(
                "market",
                market,
                format!("below {}", markets.len()),
            ));
        };
        if *open <= Decimal::ZERO {
            continue;
        }
        let ends = |yes: Decimal| {
            let price = if terms.action == Action::BuyYes {
                yes
            } else {
                Decimal::ONE - yes
            };
            gain(*open, terms.entry_price, price, mode)
        };
        let (wins, loses) = (ends(Decimal::ONE)?, ends(Decimal::ZERO)?);
        none_wins = added(none_wins, loses)?;
        *differs = added(*differs, wins)?;
        *differs = added(*differs, -loses)?;
    }
    let mut scenarios = Vec::with_capacity(markets.len() + 1);
    for (market, differs) in markets.iter().zip(differs) {
        scenarios.push((Some(*market), added(none_wins, differs)?));
    }
    scenarios.push((None, none_wins));
    Ok(scenarios)
}

fn added(a: Decimal, b: Decimal) -> Result<Decimal, TradingError> {
    a.checked_add(b)
        .ok_or_else(|| TradingError::range("the result", b, "a sum of at most 28 digits"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn one_winner_or_none() {
        let terms = |action, price| Terms::new(action, d("100"), d(price), 0).unwrap();
        let positions = [
            (0, terms(Action::BuyYes, ".25"), d("100")),
            (1, terms(Action::BuyNo, ".8"), d("100")),
            (1, terms(Action::BuyNo, ".8"), d("0")),
        ];
        let found = event_scenarios(&["a", "b", "c"], &positions, Mode::Shares).unwrap();
        assert_eq!(
            found,
            [
                (Some("a"), d("325")),
                (Some("b"), d("-200")),
                (Some("c"), d("-75")),
                (None, d("-75"))
            ]
        );
        assert_eq!(
            event_scenarios(&["a"], &positions, Mode::Shares)
                .unwrap_err()
                .sqlstate(),
            "22003"
        );
        assert_eq!(event_scenarios(&[], &[], Mode::Shares), Ok(vec![(None, d("0"))]));
    }

    proptest! {
        /// Each row by its definition, position by position.
        #[test]
        fn rows_are_sums(raw in prop::collection::vec((0usize..4, any::<bool>(), 1i64..100_000, 1i64..=1000), 0..20)) {
            let positions: Vec<_> = raw.iter().map(|(market, yes, cents, price)| {
                let action = if *yes { Action::BuyYes } else { Action::BuyNo };
                let terms = Terms::new(action, Decimal::new(*cents, 2), Decimal::new(*price, 3), 0).unwrap();
                (*market, terms, terms.amount)
            }).collect();
            let found = event_scenarios(&["a", "b", "c", "d"], &positions, Mode::Shares).unwrap();
            for (winner, (_, pnl)) in found.iter().enumerate() {
                let plain: Decimal = positions.iter().map(|(market, terms, open)| {
                    let yes = if *market == winner { Decimal::ONE } else { Decimal::ZERO };
                    crate::position_pnl(terms.action, *open, terms.entry_price, yes, Decimal::ONE - yes, Mode::Shares).unwrap()
                }).sum();
                prop_assert_eq!(*pnl, plain);
            }
        }
    }
}
