//! How settled slips went against what was expected of them (contract 5).

use crate::check;
use crate::error::PropsError;
use serde_json::{Value, json};

/// A settled slip.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// What was staked.
    pub stake: f64,
    /// What came back.
    pub payout: f64,
    /// `won`, `lost`, `void` or `partial`.
    pub result: String,
    /// The expected profit, where known.
    pub ev: Option<f64>,
    /// The expected probability of all hits, where known.
    pub hit_prob: Option<f64>,
}

/// The `metrics` of an experiment, over its slips in the order in which they were settled. Probabilities are held off 0 and 1 by 2.2e-16 for the
/// logarithm. None settled: `n_slips` 0, the rest null.
pub fn backtest(slips: &[Settled], bankroll: f64) -> Result<Value, PropsError> {
    check::ranged("bankroll", bankroll, |b| b > 0.0, "above 0")?;
    for (at, slip) in slips.iter().enumerate() {
        let name = |field: &str| format!("slips[{}].{field}", at + 1);
        check::ranged(&name("stake"), slip.stake, |v| v > 0.0, "above 0")?;
        check::ranged(&name("payout"), slip.payout, |v| v >= 0.0, "0 or more")?;
    }
    let n = slips.len() as f64;
    let mean = |values: &[f64]| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    let staked: f64 = slips.iter().map(|s| s.stake).sum();
    let returned: f64 = slips.iter().map(|s| s.payout).sum();
    let decided: Vec<&Settled> = slips.iter().filter(|s| s.result != "void").collect();
    let won = |s: &Settled| f64::from(u8::from(s.result == "won"));
    let wins: Vec<f64> = decided.iter().map(|s| won(s)).collect();
    let forecast: Vec<(f64, f64)> = decided.iter().filter_map(|s| Some((s.hit_prob?, won(s)))).collect();
    let brier: Vec<f64> = forecast.iter().map(|(p, y)| (p - y) * (p - y)).collect();
    let surprise = |&(p, y): &(f64, f64)| -libm::log((if y > 0.0 { p } else { 1.0 - p }).clamp(f64::EPSILON, 1.0));
    let log_loss: Vec<f64> = forecast.iter().map(surprise).collect();
    let returns: Vec<f64> = slips.iter().map(|s| (s.payout - s.stake) / s.stake).collect();
    let sharpe = mean(&returns).filter(|_| n > 1.0).and_then(|average| {
        let square: f64 = returns.iter().map(|r| (r - average) * (r - average)).sum();
        let sd = (square / (n - 1.0)).sqrt();
        (sd > 0.0).then(|| average / sd)
    });
    let (mut here, mut peak, mut drawdown) = (bankroll, bankroll, 0.0f64);
    for slip in slips {
        here += slip.payout - slip.stake;
        peak = peak.max(here);
        drawdown = drawdown.max((peak - here) / peak);
    }
    let expected: Vec<f64> = slips.iter().filter_map(|s| s.ev).collect();
    let gaps: Vec<f64> = slips.iter().filter_map(|s| Some(s.payout - s.stake - s.ev?)).collect();
    let any = |value: f64| (!slips.is_empty()).then_some(value);
    Ok(json!({
        "n_slips": slips.len(),
        "staked": any(staked),
        "returned": any(returned),
        "roi": any((returned - staked) / staked),
        "win_rate": mean(&wins),
        "brier": mean(&brier),
        "log_loss": mean(&log_loss),
        "sharpe": sharpe,
        "max_drawdown": any(drawdown),
        "avg_ev": mean(&expected),
        "ev_realised_gap": mean(&gaps),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_example() {
        let slip = |payout: f64| Settled {
            stake: 10.0,
            payout,
            result: if payout > 0.0 { "won".into() } else { "lost".into() },
            ev: Some(1.286),
            hit_prob: Some(0.33),
        };
        let found = backtest(&[slip(34.2), slip(0.0), slip(0.0)], 1000.0).unwrap();
        for (key, right) in [
            ("n_slips", 3.0),
            ("staked", 30.0),
            ("returned", 34.2),
            ("roi", 0.14),
            ("win_rate", 1.0 / 3.0),
            ("brier", 0.222233333),
            ("log_loss", 0.636539253),
            ("sharpe", 0.070902665),
            ("ev_realised_gap", 0.114),
            ("max_drawdown", 0.019527436),
            ("avg_ev", 1.286),
        ] {
            let value = found[key].as_f64().unwrap();
            assert!((value - right).abs() < 1e-9, "{key}: {value}");
        }
    }

    #[test]
    fn voids_and_nothing() {
        let none = backtest(&[], 1000.0).unwrap();
        assert_eq!(none["n_slips"], 0);
        assert!(
            none.as_object()
                .unwrap()
                .iter()
                .all(|(k, v)| k == "n_slips" || v.is_null())
        );
        let void = Settled {
            stake: 10.0,
            payout: 10.0,
            result: "void".into(),
            ev: None,
            hit_prob: Some(1.0),
        };
        let found = backtest(std::slice::from_ref(&void), 1000.0).unwrap();
        assert_eq!(
            (found["roi"].as_f64(), &found["win_rate"], &found["sharpe"]),
            (Some(0.0), &Value::Null, &Value::Null)
        );
        assert_eq!(backtest(&[], 0.0).unwrap_err().sqlstate(), "22003");
        let bad = Settled { stake: 0.0, ..void };
        assert_eq!(backtest(&[bad], 1.0).unwrap_err().sqlstate(), "22003");
    }
}
