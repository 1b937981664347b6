//! How a bet ended, and what it pays.

use crate::check::{finite, price, result as held, stake as amount};
use crate::error::OddsError;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The markets that are settled from the score, with their outcomes and whether they have a line.
const MARKETS: [(&str, &[&str], bool); 7] = [
    ("h2h", &["home", "away"], false),
    ("draw_no_bet", &["home", "away"], false),
    ("1x2", &["home", "draw", "away"], false),
    ("double_chance", &["home_draw", "home_away", "draw_away"], false),
    ("btts", &["yes", "no"], false),
    ("totals", &["over", "under"], true),
    ("spreads", &["home", "away"], true),
];

/// How a bet ended: 1 won, 0.5 half won, 0 push (stake back), -0.5 half lost, -1 lost; none without a score.
///
/// totals: `x = home + away - line`, under negated. spreads: `x = home + line - away` (the line is the home side's), away negated. The
/// result is the sign of x; on quarter lines, which are two bets, `(sign(x-¼) + sign(x+¼))/2`. h2h and draw_no_bet: a tie is a push.
/// 1x2, double_chance, btts: as named. 22023: an unknown market or outcome, a line that is missing, needless or no multiple of ¼; these
/// are refused without a score, too. (Contract 3; settlement rules of Asian handicaps.)
pub fn settle(
    market: &str,
    outcome: &str,
    line: Option<Decimal>,
    home_score: Option<Decimal>,
    away_score: Option<Decimal>,
) -> Result<Option<f64>, OddsError> {
    let Some((_, outcomes, has_line)) = MARKETS.iter().find(|(name, ..)| *name == market) else {
        let known = MARKETS.map(|(name, ..)| name).join(", ");
        return Err(OddsError::invalid(
            "market",
            format!("{market:?}"),
            format!("one of {known}"),
        ));
    };
    if !outcomes.contains(&outcome) {
        let wanted = format!("{} in market {market}", outcomes.join(" or "));
        return Err(OddsError::invalid("outcome", format!("{outcome:?}"), wanted));
    }
    let line = match (line, has_line) {
        (Some(line), true) => Some(checked_line(line)?),
        (None, true) => {
            return Err(OddsError::invalid(
                "line",
                "null",
                format!("a number in market {market}"),
            ));
        }
        (Some(line), false) => return Err(OddsError::invalid("line", line, format!("null in market {market}"))),
        (None, false) => None,
    };
    let (Some(home), Some(away)) = (home_score, away_score) else {
        return Ok(None);
    };
    let won = |wins: bool| Ok(Some(if wins { 1.0 } else { -1.0 }));
    let tie = home.cmp(&away);
    match (market, outcome) {
        ("1x2", "home") => won(tie == Ordering::Greater),
        ("1x2", "draw") => won(tie == Ordering::Equal),
        ("1x2", _) => won(tie == Ordering::Less),
        ("double_chance", "home_draw") => won(tie != Ordering::Less),
        ("double_chance", "home_away") => won(tie != Ordering::Equal),
        ("double_chance", _) => won(tie != Ordering::Greater),
        ("btts", answer) => won((home > Decimal::ZERO && away > Decimal::ZERO) == (answer == "yes")),
        ("totals", side) => {
            let over = home.checked_add(away).and_then(|sum| against(sum, -line?));
            signed(over, side == "over")
        }
        ("spreads", side) => {
            let lead = home.checked_sub(away).and_then(|lead| against(lead, line?));
            signed(lead, side == "home")
        }
        (_, side) => signed(Some(sign(tie)), side == "home"),
    }
}

/// A line that is a multiple of ¼.
fn checked_line(line: Decimal) -> Result<Decimal, OddsError> {
    match line.checked_mul(4.into()) {
        Some(quarters) if quarters.fract().is_zero() => Ok(line),
        _ => Err(OddsError::invalid("line", line, "a multiple of 0.25")),
    }
}

fn sign(ordering: Ordering) -> f64 {
    f64::from(ordering as i8)
}

/// The sign of `x = points + line`, halfway on quarter lines; none where a decimal cannot hold it.
fn against(points: Decimal, line: Decimal) -> Option<f64> {
    let x = points.checked_add(line)?;
    let side = |of: Decimal| sign(of.cmp(&Decimal::ZERO));
    if line.checked_mul(Decimal::TWO)?.fract().is_zero() {
        return Some(side(x));
    }
    let quarter = Decimal::new(25, 2);
    Some((side(x.checked_sub(quarter)?) + side(x.checked_add(quarter)?)) / 2.0)
}

/// The result of one side of a market, or its opposite; without the sign of a zero.
fn signed(first: Option<f64>, is_first: bool) -> Result<Option<f64>, OddsError> {
    match first {
        Some(x) if is_first => Ok(Some(x + 0.0)),
        Some(x) => Ok(Some(0.0 - x)),
        None => Err(OddsError::range(
            "home_score and away_score",
            "larger",
            "numbers that can be added up",
        )),
    }
}

/// The money that a bet brings back, stake and all: `stake * d/dead_heat` won, `(d+1)/2` half won, 1 push, ½ half lost, 0 lost. In a dead
/// heat of n for one place the stake is divided by n, and one part of it wins. Another result is 22023, `dead_heat < 1` 22003.
/// (Contract 3.)
pub fn payout(price: f64, result: f64, stake: f64, dead_heat: i32) -> Result<f64, OddsError> {
    let odds = self::price("price", price)?;
    let stake = amount(stake)?;
    if dead_heat < 1 {
        return Err(OddsError::range("dead_heat", dead_heat, "at least 1"));
    }
    let per_unit = match finite("result", result)? {
        1.0 => odds / f64::from(dead_heat),
        0.5 => odds / 2.0 + 0.5,
        0.0 => 1.0,
        -0.5 => 0.5,
        -1.0 => 0.0,
        other => {
            return Err(OddsError::invalid(
                "result",
                format!("{other:?}"),
                "1, 0.5, 0, -0.5 or -1",
            ));
        }
    };
    held(stake * per_unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines in quarters, scores whole.
    fn ends(
        market: &str,
        outcome: &str,
        quarters: Option<i64>,
        home: i64,
        away: i64,
    ) -> Result<Option<f64>, OddsError> {
        let line = quarters.map(|q| Decimal::new(q * 25, 2));
        settle(market, outcome, line, Some(home.into()), Some(away.into()))
    }

    #[test]
    fn the_contracts_values() {
        assert_eq!(ends("totals", "over", Some(9), 1, 1), Ok(Some(-0.5)));
        assert_eq!(ends("spreads", "home", Some(-3), 2, 1), Ok(Some(0.5)));
        assert_eq!(ends("spreads", "home", Some(-4), 2, 1), Ok(Some(0.0)));
        assert_eq!(ends("h2h", "home", None, 1, 1), Ok(Some(0.0)));
        assert_eq!(ends("1x2", "home", None, 1, 1), Ok(Some(-1.0)));
    }

    #[test]
    fn without_a_score_arguments_are_looked_at_all_the_same() {
        let half = Some(Decimal::new(25, 1));
        assert_eq!(settle("totals", "over", half, None, Some(1.into())), Ok(None));
        assert_eq!(settle("totals", "over", half, Some(1.into()), None), Ok(None));
        for (market, outcome, line) in [
            ("corners", "over", half),
            ("H2H", "home", None),
            ("h2h", "draw", None),
            ("h2h", "home", half),
            ("totals", "over", None),
            ("totals", "over", Some(Decimal::new(23, 1))),
            ("spreads", "home", Some(Decimal::MAX)),
        ] {
            assert_eq!(
                settle(market, outcome, line, None, None).unwrap_err().sqlstate(),
                "22023",
                "{market} {outcome}"
            );
        }
    }

    #[test]
    fn payouts() {
        for (price, result, stake, dead_heat, right) in [
            (1.9, 0.5, 10.0, 1, 14.5),
            (1.9, -0.5, 10.0, 1, 5.0),
            (8.0, 1.0, 10.0, 2, 40.0),
            (8.0, -1.0, 10.0, 2, 0.0),
            (8.0, -0.0, 10.0, 2, 10.0),
        ] {
            assert!((payout(price, result, stake, dead_heat).unwrap() - right).abs() < 1e-12);
        }
        let state = |p, r, s, n| payout(p, r, s, n).unwrap_err().sqlstate();
        assert_eq!(
            (state(2.0, 0.3, 1.0, 1), state(2.0, f64::NAN, 1.0, 1)),
            ("22023", "22023")
        );
        assert_eq!(
            (
                state(2.0, 1.0, 1.0, 0),
                state(1.0, 1.0, 1.0, 1),
                state(2.0, 1.0, -1.0, 1)
            ),
            ("22003", "22003", "22003")
        );
        assert_eq!(state(f64::MAX, 1.0, 10.0, 1), "22003");
    }

    proptest! {
        #[test]
        fn what_one_side_wins_the_other_loses(quarters in -40i64..40, home in 0i64..12, away in 0i64..12) {
            for (market, one, other, line) in [
                ("totals", "over", "under", Some(quarters)),
                ("spreads", "home", "away", Some(quarters)),
                ("h2h", "home", "away", None),
                ("draw_no_bet", "home", "away", None),
                ("btts", "yes", "no", None),
            ] {
                let (one, other) = (ends(market, one, line, home, away)?.unwrap(), ends(market, other, line, home, away)?.unwrap());
                prop_assert_eq!(one + other, 0.0);
                prop_assert!([one, other].iter().all(|r| *r != 0.0 || r.is_sign_positive()));
            }
        }

        /// A quarter line is half a bet on each of its neighbours.
        #[test]
        fn quarter_lines_are_two_bets(quarters in -40i64..40, home in 0i64..12, away in 0i64..12) {
            let odd = quarters * 2 + 1;
            for (market, outcome) in [("totals", "over"), ("totals", "under"), ("spreads", "home"), ("spreads", "away")] {
                let at = |q| ends(market, outcome, Some(q), home, away).unwrap().unwrap();
                prop_assert_eq!(at(odd), (at(odd - 1) + at(odd + 1)) / 2.0);
            }
        }

        #[test]
        fn of_1x2_one_wins_and_of_double_chance_two(home in 0i64..12, away in 0i64..12) {
            for (market, outcomes, sum) in [
                ("1x2", ["home", "draw", "away"], -1.0),
                ("double_chance", ["home_draw", "home_away", "draw_away"], 1.0),
            ] {
                let results = outcomes.map(|o| ends(market, o, None, home, away).unwrap().unwrap());
                prop_assert_eq!(results.iter().sum::<f64>(), sum);
            }
        }

        #[test]
        fn anything_is_safe(market in "\\PC*", outcome in "\\PC*", numbers in prop::array::uniform3((any::<i128>(), 0u32..=28)),
                result in any::<f64>(), price in any::<f64>(), dead_heat in any::<i32>()) {
            let [line, home, away] = numbers.map(|(n, scale)| Some(Decimal::from_i128_with_scale(n % (1i128 << 96), scale)));
            let _ = settle(&market, &outcome, line, home, away);
            for market in ["totals", "spreads", "h2h"] {
                for side in ["home", "over"] {
                    let _ = settle(market, side, line, home, away);
                    let _ = settle(market, side, Some(Decimal::new(25, 2)), home, away);
                    let _ = settle(market, side, None, home, away);
                }
            }
            let _ = payout(price, result, price, dead_heat);
        }
    }
}
