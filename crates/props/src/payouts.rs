//! Tables of payouts: by hits, by how many legs are left, boosted; and what an entry is worth (contract 4).

use crate::check;
use crate::copula::Effort;
use crate::correlation::Matrix;
use crate::error::PropsError;
use crate::kelly::kelly_multi;
use crate::slip::{moments, outcome_distribution};
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;

/// A published row of payouts.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Whose.
    pub platform: String,
    /// `power` or `flex`.
    pub play: String,
    /// Of how many legs.
    pub legs: usize,
    /// Multipliers for 0 to `legs` hits.
    pub payouts: Vec<f64>,
    /// From which day, as a number that grows with days.
    pub valid_from: i32,
}

/// Multipliers by hits for each number of legs that may be left.
#[derive(Clone, Debug, PartialEq)]
pub struct Payouts {
    rows: BTreeMap<usize, Vec<f64>>,
}

impl Payouts {
    /// Of rows by legs: each has one multiplier more than legs (2202E), none negative (22003); 1 to 20 legs (22023).
    pub fn new(rows: BTreeMap<usize, Vec<f64>>) -> Result<Payouts, PropsError> {
        if rows.is_empty() {
            return Err(PropsError::invalid("matrix", "no row", "an object of rows by legs"));
        }
        for (&legs, row) in &rows {
            let name = format!("matrix.{legs}");
            check::legs(&name, legs)?;
            check::payouts(&name, row, legs)?;
        }
        Ok(Payouts { rows })
    }

    /// From JSON: `{"2": [0, 0, 3], "1": [0, 1.5]}`. What is no such object is 22023.
    pub fn from_json(json: &Value) -> Result<Payouts, PropsError> {
        let wanted = "an object of rows by legs";
        let object = json
            .as_object()
            .ok_or_else(|| PropsError::invalid("matrix", json, wanted))?;
        let mut rows = BTreeMap::new();
        for (key, row) in object {
            let legs = key.parse().ok().filter(|legs: &usize| legs.to_string() == *key);
            let legs =
                legs.ok_or_else(|| PropsError::invalid("matrix", key, "an object whose keys are numbers of legs"))?;
            let numbers = row
                .as_array()
                .and_then(|row| row.iter().map(Value::as_f64).collect::<Option<Vec<_>>>());
            let numbers =
                numbers.ok_or_else(|| PropsError::invalid(format!("matrix.{key}"), row, "a list of numbers"))?;
            rows.insert(legs, numbers);
        }
        Payouts::new(rows)
    }

    /// As JSON; whole multipliers without a point.
    pub fn to_json(&self) -> Value {
        let number = |v: &f64| {
            let whole = v.fract() == 0.0 && v.abs() < 1e15;
            let number = if whole {
                Some(Number::from(*v as i64))
            } else {
                Number::from_f64(*v)
            };
            number.map_or(Value::Null, Value::Number)
        };
        let row = |(legs, row): (&usize, &Vec<f64>)| (legs.to_string(), row.iter().map(number).collect());
        Value::Object(self.rows.iter().rev().map(row).collect::<Map<_, _>>())
    }

    /// The row of so many legs.
    pub fn row(&self, legs: usize) -> Option<&[f64]> {
        self.rows.get(&legs).map(Vec::as_slice)
    }
}

/// The rows that were valid on a day, from `legs` down to 1: of the same play, else of power. None of `legs` itself is P0002; another play
/// 22023.
pub fn payout_matrix(
    schedules: &[Schedule],
    platform: &str,
    play: &str,
    legs: usize,
    as_of: i32,
) -> Result<Payouts, PropsError> {
    if !["power", "flex"].contains(&play) {
        return Err(PropsError::invalid("play", play, "power or flex"));
    }
    let row = |play: &str, legs: usize| {
        let valid = schedules
            .iter()
            .filter(|s| s.platform == platform && s.play == play && s.legs == legs && s.valid_from <= as_of);
        valid.max_by_key(|s| s.valid_from).map(|s| s.payouts.clone())
    };
    let top = row(play, legs).ok_or_else(|| PropsError::Unknown {
        wanted: format!(
            "{play} schedule of {} for {legs} legs",
            dynasty_intake::lenient::shown(platform)
        ),
    })?;
    let mut rows = BTreeMap::from([(legs, top)]);
    for fewer in 1..legs {
        if let Some(found) = row(play, fewer).or_else(|| row("power", fewer)) {
            rows.insert(fewer, found);
        }
    }
    Payouts::new(rows)
}

/// What boosts make of payouts: those for h hits times the h largest multipliers times a modifier. As many multipliers as legs (2202E), all
/// above 0, the modifier too (22003).
pub fn boosted_payouts(payouts: &[f64], multipliers: &[f64], modifier: f64) -> Result<Vec<f64>, PropsError> {
    check::legs("multipliers", multipliers.len())?;
    check::payouts("payouts", payouts, multipliers.len())?;
    check::all("multipliers", multipliers, |m| m > 0.0, "above 0")?;
    check::ranged("modifier", modifier, |m| m > 0.0, "above 0")?;
    let mut largest = multipliers.to_vec();
    largest.sort_unstable_by(|a, b| b.total_cmp(a));
    let mut product = 1.0;
    let mut boosted = Vec::with_capacity(payouts.len());
    for (hits, payout) in payouts.iter().enumerate() {
        if hits > 0 {
            product *= largest[hits - 1];
        }
        // A payout of nothing stays that, however large the product.
        let value = if *payout == 0.0 {
            0.0
        } else {
            payout * product * modifier
        };
        boosted.push(check::result(value)?);
    }
    Ok(boosted)
}

/// What an entry is worth, ties included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EntryEv {
    /// Expected profit.
    pub ev: f64,
    /// Its variance.
    pub variance: f64,
    /// How likely it pays something that is no refund.
    pub cash_prob: f64,
    /// How likely the stake comes back because no row is left.
    pub refund_prob: f64,
    /// The part of the bankroll that grows it fastest.
    pub kelly: f64,
}

/// The multiplier when so many of `legs` hit and tie: ties leave the row of fewer legs, no row gives the stake back (`None`).
pub(crate) fn multiplier(matrix: &Payouts, legs: usize, hits: usize, ties: usize) -> Option<f64> {
    matrix.row(legs.checked_sub(ties)?)?.get(hits).copied()
}

/// The worth of an entry with a matrix of payouts; `push` is the probability of each leg to tie. A matrix without a row for all legs is 22023.
pub fn entry_ev(
    win: &[f64],
    push: &[f64],
    matrix: &Payouts,
    stake: f64,
    corr: Option<&Matrix>,
    effort: &Effort,
) -> Result<EntryEv, PropsError> {
    let outcomes = outcome_distribution(win, Some(push), corr, effort)?;
    check::stake(stake)?;
    let n = win.len();
    if matrix.row(n).is_none() {
        let wanted = format!("an object with a row for {n} legs");
        return Err(PropsError::invalid("matrix", matrix.to_json(), wanted));
    }
    let (mut probs, mut paid) = (Vec::new(), Vec::new());
    let (mut cash_prob, mut refund_prob) = (0.0, 0.0);
    for outcome in outcomes {
        let multiplier = multiplier(matrix, n, outcome.hits, outcome.pushes);
        match multiplier {
            None => refund_prob += outcome.prob,
            Some(m) if m > 0.0 => cash_prob += outcome.prob,
            Some(_) => {}
        }
        probs.push(outcome.prob);
        paid.push(multiplier.unwrap_or(1.0));
    }
    let (mean, variance) = moments(&probs, &paid);
    let net: Vec<f64> = paid.iter().map(|m| m - 1.0).collect();
    Ok(EntryEv {
        ev: check::result(stake * (mean - 1.0))?,
        variance: check::result(stake * stake * variance)?,
        cash_prob,
        refund_prob,
        kelly: kelly_multi(&probs, &net)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_contracts_entry() {
        let matrix = Payouts::from_json(&json!({"2": [0, 0, 3], "1": [0, 1.5]})).unwrap();
        let found = entry_ev(&[0.5, 0.6], &[0.1, 0.05], &matrix, 1.0, None, &Effort::default()).unwrap();
        let found = [
            found.ev,
            found.variance,
            found.cash_prob,
            found.refund_prob,
            found.kelly,
        ];
        for (value, right) in found.iter().zip([0.0325, 1.83019375, 0.385, 0.005, 0.018050936]) {
            assert!((value - right).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn rows_of_fewer_legs_fall_back_to_power() {
        let row = |play: &str, legs, top, valid_from| Schedule {
            platform: "house".into(),
            play: play.into(),
            legs,
            payouts: (0..=legs).map(|h| if h == legs { top } else { 0.0 }).collect(),
            valid_from,
        };
        let rows = [
            row("power", 2, 3.0, 10),
            row("power", 2, 3.5, 20),
            row("flex", 3, 2.25, 10),
            row("power", 3, 5.0, 10),
        ];
        let json = |play, legs, day| payout_matrix(&rows, "house", play, legs, day).map(|m| m.to_json());
        assert_eq!(
            json("flex", 3, 15).unwrap(),
            json!({"3": [0, 0, 0, 2.25], "2": [0, 0, 3]})
        );
        assert_eq!(
            json("flex", 3, 20).unwrap(),
            json!({"3": [0, 0, 0, 2.25], "2": [0, 0, 3.5]})
        );
        for (play, legs, day, state) in [
            ("flex", 9, 20, "P0002"),
            ("flex", 3, 9, "P0002"),
            ("parlay", 3, 20, "22023"),
        ] {
            assert_eq!(json(play, legs, day).unwrap_err().sqlstate(), state);
        }
    }

    #[test]
    fn what_is_no_matrix() {
        for (json, state) in [
            (json!([]), "22023"),
            (json!({}), "22023"),
            (json!({"02": [0, 0, 3]}), "22023"),
            (json!({"0": [1]}), "22023"),
            (json!({"2": [0, "x", 3]}), "22023"),
            (json!({"2": [0, 3]}), "2202E"),
            (json!({"2": [0, -1, 3]}), "22003"),
        ] {
            assert_eq!(Payouts::from_json(&json).unwrap_err().sqlstate(), state, "{json}");
        }
        let state = |payouts: &[f64], multipliers: &[f64], modifier| {
            boosted_payouts(payouts, multipliers, modifier).unwrap_err().sqlstate()
        };
        assert_eq!(state(&[0.0, 0.0, 3.0], &[1.0], 1.0), "2202E");
        assert_eq!(state(&[0.0, 3.0], &[0.0], 1.0), "22003");
        assert_eq!(state(&[0.0, 3.0], &[1.0], 0.0), "22003");
        assert_eq!(state(&[0.0, 1e308], &[1e308], 1.0), "22003");
    }
}
