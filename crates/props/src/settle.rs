//! What a slip pays when its legs are decided: a function of its terms and their outcomes only (contract 4).

use crate::check;
use crate::error::PropsError;
use crate::payouts::{Payouts, boosted_payouts, multiplier};
use serde_json::Value;

/// What became of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It hit.
    Win,
    /// It missed.
    Loss,
    /// The statistic was the line.
    Push,
    /// It never took place.
    Void,
}

/// What was agreed.
#[derive(Clone, Debug, PartialEq)]
pub enum SlipTerms {
    /// All or nothing at the product of these odds.
    Parlay {
        /// Decimal odds per leg.
        odds: Vec<f64>,
    },
    /// Multipliers by hits and legs left.
    Table {
        /// The table, as quoted for the entry or as published.
        payouts: Payouts,
        /// Multipliers of the picks, where the table is the published one: rows are boosted by those of the legs left.
        multipliers: Option<Vec<f64>>,
    },
}

/// The word for how a slip ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipResult {
    /// The most its row can pay.
    Won,
    /// Nothing.
    Lost,
    /// The stake back.
    Void,
    /// Something between.
    Partial,
}

impl SlipResult {
    /// The word in SQL.
    pub fn name(self) -> &'static str {
        match self {
            SlipResult::Won => "won",
            SlipResult::Lost => "lost",
            SlipResult::Void => "void",
            SlipResult::Partial => "partial",
        }
    }
}

/// How a slip ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settlement {
    /// The word.
    pub result: SlipResult,
    /// What comes back.
    pub payout: f64,
    /// What comes back, less the stake.
    pub pnl: f64,
}

const STAKE_BACK: (SlipResult, f64) = (SlipResult::Void, 1.0);

/// The word and what comes back per unit staked.
pub(crate) fn per_unit(terms: &SlipTerms, outcomes: &[Outcome]) -> Result<(SlipResult, f64), PropsError> {
    let count = |wanted: Outcome| outcomes.iter().filter(|&&o| o == wanted).count();
    match terms {
        SlipTerms::Parlay { odds } => {
            check::as_many("odds", odds.len(), outcomes.len())?;
            if count(Outcome::Loss) > 0 {
                return Ok((SlipResult::Lost, 0.0));
            }
            if count(Outcome::Win) == 0 {
                return Ok(STAKE_BACK);
            }
            let won = odds.iter().zip(outcomes).filter(|leg| *leg.1 == Outcome::Win);
            Ok((SlipResult::Won, check::result(won.map(|leg| leg.0).product())?))
        }
        SlipTerms::Table { payouts, multipliers } => {
            if let Some(multipliers) = multipliers {
                check::as_many("multipliers", multipliers.len(), outcomes.len())?;
            }
            // Voids go first, then ties.
            let voids = count(Outcome::Void);
            let left = outcomes.len() - voids;
            if voids > 0 && (left < 2 || payouts.row(left).is_none()) {
                return Ok(STAKE_BACK);
            }
            let (hits, ties) = (count(Outcome::Win), count(Outcome::Push));
            let (Some(plain), Some(row)) = (multiplier(payouts, left, hits, ties), payouts.row(left - ties)) else {
                return Ok(STAKE_BACK);
            };
            let (paid, top) = match multipliers {
                None => (plain, row.last().copied().unwrap_or(0.0)),
                Some(multipliers) => {
                    let decided = |o: Outcome| matches!(o, Outcome::Win | Outcome::Loss);
                    let legs = multipliers.iter().zip(outcomes).filter(|leg| decided(*leg.1));
                    let boosts: Vec<f64> = legs.map(|leg| *leg.0).collect();
                    let boosted = boosted_payouts(row, &boosts, 1.0)?;
                    (boosted[hits], boosted.last().copied().unwrap_or(0.0))
                }
            };
            let result = if paid == 0.0 {
                SlipResult::Lost
            } else if hits == left - ties || paid >= top {
                SlipResult::Won
            } else {
                SlipResult::Partial
            };
            Ok((result, paid))
        }
    }
}

/// What a slip pays. One outcome per leg (2202E where odds or multipliers are not as many).
pub fn settle_slip(terms: &SlipTerms, outcomes: &[Outcome], stake: f64) -> Result<Settlement, PropsError> {
    check::legs("outcomes", outcomes.len())?;
    check::stake(stake)?;
    let (result, paid) = per_unit(terms, outcomes)?;
    let payout = check::result(paid * stake)?;
    Ok(Settlement {
        result,
        payout,
        pnl: payout - stake,
    })
}

/// The outcome of a leg from its statistic; `None` never took place.
pub fn outcome_of(line: f64, over: bool, actual: Option<f64>) -> Outcome {
    match actual {
        None => Outcome::Void,
        Some(actual) if actual == line => Outcome::Push,
        Some(actual) if (actual > line) == over => Outcome::Win,
        Some(_) => Outcome::Loss,
    }
}

/// Outcomes as `{"0": "win", "1": {"actual": 287}}`: every leg once, no other (22023). `legs` are line and whether over.
pub fn parse_outcomes(json: &Value, legs: &[(f64, bool)]) -> Result<Vec<Outcome>, PropsError> {
    let wanted = format!(
        "an object with an outcome for each leg, \"0\" to \"{}\"",
        legs.len().saturating_sub(1)
    );
    let object = json
        .as_object()
        .ok_or_else(|| PropsError::invalid("outcomes", json, wanted.clone()))?;
    let mut found = vec![None; legs.len()];
    for (key, value) in object {
        let leg = key
            .parse()
            .ok()
            .filter(|leg: &usize| leg.to_string() == *key && *leg < legs.len());
        let Some(leg) = leg else {
            return Err(PropsError::invalid("outcomes", format!("leg {key:?}"), wanted));
        };
        let (line, over) = legs[leg];
        found[leg] = Some(match (value.as_str(), value.get("actual")) {
            (Some("win"), _) => Outcome::Win,
            (Some("loss"), _) => Outcome::Loss,
            (Some("push"), _) => Outcome::Push,
            (Some("void"), _) => Outcome::Void,
            (None, Some(Value::Null)) => Outcome::Void,
            (None, Some(Value::Number(actual))) => outcome_of(line, over, actual.as_f64()),
            _ => {
                let wanted = "win, loss, push, void or an object with actual";
                return Err(PropsError::invalid(format!("outcomes.{key}"), value, wanted));
            }
        });
    }
    if let Some(missing) = found.iter().position(Option::is_none) {
        return Err(PropsError::invalid(
            "outcomes",
            format!("none for leg {missing}"),
            wanted,
        ));
    }
    Ok(found.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn table(json: Value) -> SlipTerms {
        SlipTerms::Table {
            payouts: Payouts::from_json(&json).unwrap(),
            multipliers: None,
        }
    }
    fn paid(terms: &SlipTerms, outcomes: &str) -> (&'static str, f64) {
        let outcome = |c| match c {
            'w' => Outcome::Win,
            'l' => Outcome::Loss,
            'p' => Outcome::Push,
            _ => Outcome::Void,
        };
        let outcomes: Vec<_> = outcomes.chars().map(outcome).collect();
        let found = settle_slip(terms, &outcomes, 10.0).unwrap();
        assert!((found.pnl - (found.payout - 10.0)).abs() < 1e-12);
        (found.result.name(), found.payout)
    }

    #[test]
    fn ties_and_voids_of_a_table() {
        let power = table(json!({"2": [0, 0, 3], "1": [0, 1.5]}));
        for (outcomes, result, payout) in [
            ("ww", "won", 30.0),
            ("wl", "lost", 0.0),
            ("wp", "won", 15.0),
            ("lp", "lost", 0.0),
            ("pp", "void", 10.0),
            ("wv", "void", 10.0),
            ("vv", "void", 10.0),
        ] {
            assert_eq!(paid(&power, outcomes), (result, payout), "{outcomes}");
        }
        let flex = table(json!({"3": [0, 0, 1.25, 2.25], "2": [0, 0, 3], "1": [0, 1.5]}));
        for (outcomes, result, payout) in [
            ("www", "won", 22.5),
            ("wwl", "partial", 12.5),
            ("wll", "lost", 0.0),
            ("wwv", "won", 30.0),
            ("wlv", "lost", 0.0),
            ("wpv", "won", 15.0),
            ("wvv", "void", 10.0),
        ] {
            assert_eq!(paid(&flex, outcomes), (result, payout), "{outcomes}");
        }
        // Without a row for one leg a tie of two gives the stake back.
        assert_eq!(paid(&table(json!({"2": [0, 0, 3.5]})), "wp"), ("void", 10.0));
    }

    #[test]
    fn boosts_are_of_the_legs_that_are_left() {
        let terms = SlipTerms::Table {
            payouts: Payouts::from_json(&json!({"3": [0, 0, 1.09, 3.25], "2": [0, 0, 3]})).unwrap(),
            multipliers: Some(vec![1.57, 1.78, 1.65]),
        };
        let (result, payout) = paid(&terms, "wwl");
        assert!(
            result == "partial" && (payout - 10.0 * 1.09 * 1.78 * 1.65).abs() < 1e-9,
            "{payout}"
        );
        let (result, payout) = paid(&terms, "wwv");
        assert!(
            result == "won" && (payout - 10.0 * 3.0 * 1.57 * 1.78).abs() < 1e-9,
            "{payout}"
        );
    }

    #[test]
    fn parlays() {
        let terms = SlipTerms::Parlay {
            odds: vec![1.9, 1.8, 2.0],
        };
        for (outcomes, result, payout) in [
            ("www", "won", 68.4),
            ("wwl", "lost", 0.0),
            ("wpv", "won", 19.0),
            ("ppv", "void", 10.0),
            ("plv", "lost", 0.0),
        ] {
            let found = paid(&terms, outcomes);
            assert!(
                found.0 == result && (found.1 - payout).abs() < 1e-9,
                "{outcomes}: {found:?}"
            );
        }
        assert_eq!(
            settle_slip(&terms, &[Outcome::Win], 1.0).unwrap_err().sqlstate(),
            "2202E"
        );
        assert_eq!(settle_slip(&terms, &[], 1.0).unwrap_err().sqlstate(), "22023");
        assert_eq!(
            settle_slip(&terms, &[Outcome::Win; 3], 0.0).unwrap_err().sqlstate(),
            "22003"
        );
    }

    #[test]
    fn outcomes_in_json() {
        let legs = [(286.5, true), (20.0, false)];
        let read = |json: Value| parse_outcomes(&json, &legs);
        assert_eq!(
            read(json!({"0": {"actual": 287}, "1": {"actual": 20}})).unwrap(),
            [Outcome::Win, Outcome::Push]
        );
        assert_eq!(
            read(json!({"1": {"actual": null}, "0": "loss"})).unwrap(),
            [Outcome::Loss, Outcome::Void]
        );
        for bad in [
            json!([]),
            json!({"0": "win"}),
            json!({"0": "win", "1": "win", "2": "win"}),
            json!({"0": "win", "01": "win"}),
            json!({"0": "won", "1": "win"}),
            json!({"0": {"actual": "9"}, "1": "win"}),
            json!({"0": {}, "1": "win"}),
        ] {
            assert_eq!(read(bad.clone()).unwrap_err().sqlstate(), "22023", "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_legs_is_nothing(outcomes in prop::collection::vec(0..4usize, 2..6), turn in 0..6usize) {
            let all = [Outcome::Win, Outcome::Loss, Outcome::Push, Outcome::Void];
            let outcomes: Vec<_> = outcomes.into_iter().map(|o| all[o]).collect();
            let mut other = outcomes.clone();
            other.rotate_left(turn % outcomes.len());
            let terms = table(json!({"5": [0, 0, 0, 0.4, 2, 10], "4": [0, 0, 0, 1.5, 5], "3": [0, 0, 1.25, 2.25], "2": [0, 0, 3], "1": [0, 1.5]}));
            let found = settle_slip(&terms, &outcomes, 7.0).unwrap();
            prop_assert_eq!(found, settle_slip(&terms, &other, 7.0).unwrap());
            prop_assert_eq!(found.result == SlipResult::Lost, found.payout == 0.0);
        }
    }
}
