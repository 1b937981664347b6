use super::*;
use proptest::prelude::*;

fn close(found: Option<f64>, right: f64) {
    assert!(
        found.is_some_and(|f| (f - right).abs() < 1e-9),
        "{found:?}, not {right}"
    );
}

#[test]
fn the_contracts_values() {
    for (equity, right) in [
        (&[100.0, 120.0, 90.0, 110.0, 80.0, 130.0][..], 1.0 / 3.0),
        (&[100.0, 101.0, 102.0], 0.0),
        (&[100.0, 0.0], 1.0),
        (&[100.0], 0.0),
        (&[100.0, 90.0, 95.0], 0.1),
        (&[100.0, -50.0], 1.5),
    ] {
        close(max_drawdown(equity).ok(), right);
    }
    let r = [0.01, -0.005, 0.002, 0.003, -0.001];
    close(sharpe(&r, PERIODS, 0.0).unwrap(), 6.206542728);
    close(sharpe(&r, 252.0, 0.0).unwrap(), 5.157076666);
    close(sharpe(&r, PERIODS, 0.0005).unwrap(), 4.482503082);
    close(sortino(&r, PERIODS, 0.0).unwrap(), 15.080552938);
    close(sortino(&r, 252.0, 0.0).unwrap(), 12.530577984);
    close(sortino(&r, PERIODS, 0.001).unwrap(), 5.403702434);
    close(sharpe(&[0.01, 0.02, 0.03], 1.0, 0.0).unwrap(), 2.0);
    assert_eq!(sharpe(&[0.01], PERIODS, 0.0), Ok(None));
    assert_eq!(sharpe(&[0.01, 0.01], PERIODS, 0.0), Ok(None));
    assert_eq!(sortino(&[0.01, 0.02], PERIODS, 0.0), Ok(None));
    let returns = simple_returns(&[1000.0, 1010.0, 1004.95]).unwrap();
    close(Some(returns[0]), 0.01);
    close(Some(returns[1]), -0.005);
    assert_eq!(simple_returns(&[100.0, 0.0]), Ok(vec![-1.0]));
    assert_eq!(simple_returns(&[100.0]), Ok(vec![]));
}

#[test]
fn refusals() {
    let of = |e: TradingError| (e.sqlstate(), e.to_string());
    assert_eq!(
        of(max_drawdown(&[]).unwrap_err()),
        ("22023", "equity must be at least one value, not an empty array".into())
    );
    assert_eq!(
        of(max_drawdown(&[0.0, 1.0]).unwrap_err()),
        ("22003", "equity[1] must be above 0, not 0.0".into())
    );
    assert_eq!(
        of(max_drawdown(&[1.0, f64::NAN]).unwrap_err()),
        ("22023", "equity[2] must be a finite number, not NaN".into())
    );
    assert_eq!(of(max_drawdown(&[5e-324, -f64::MAX]).unwrap_err()).0, "22003");
    assert_eq!(of(simple_returns(&[]).unwrap_err()).0, "22023");
    assert_eq!(of(simple_returns(&[0.0, 1.0]).unwrap_err()).0, "22003");
    assert_eq!(of(simple_returns(&[-1.0]).unwrap_err()).0, "22003");
    assert_eq!(
        of(simple_returns(&[5.0, 0.0, 0.0]).unwrap_err()),
        ("22003", "equity[2] must be above 0, not 0.0".into())
    );
    for periods in [0.0, -1.0] {
        assert_eq!(of(sharpe(&[0.1, 0.2], periods, 0.0).unwrap_err()).0, "22003");
        assert_eq!(of(sortino(&[0.1, 0.2], periods, 0.0).unwrap_err()).0, "22003");
    }
    for odd in [f64::NAN, f64::INFINITY] {
        assert_eq!(of(sharpe(&[0.1], odd, 0.0).unwrap_err()).0, "22023");
        assert_eq!(of(sharpe(&[0.1], 1.0, odd).unwrap_err()).0, "22023");
        assert_eq!(of(sortino(&[0.1, odd], 1.0, 0.0).unwrap_err()).0, "22023");
        assert_eq!(of(sortino(&[0.1], 1.0, odd).unwrap_err()).0, "22023");
    }
    // No returns at all are too few, not an error: the contract says n < 2.
    assert_eq!((sharpe(&[], 1.0, 0.0), sortino(&[], 1.0, 0.0)), (Ok(None), Ok(None)));
}

#[test]
fn numbers_at_the_ends_of_a_double() {
    close(max_drawdown(&[f64::MAX, -f64::MAX]).ok(), 2.0);
    close(
        sharpe(&[f64::MAX, -f64::MAX, f64::MAX], 1.0, 0.0).unwrap(),
        1.0 / 3.0 / (4.0f64 / 3.0).sqrt(),
    );
    close(sortino(&[f64::MAX, -f64::MAX], 1.0, 0.0).unwrap(), 0.0);
    close(sharpe(&[1e-310, 3e-310], 1.0, 0.0).unwrap(), 2f64.sqrt());
    // Spread a million times smaller than the mean: one pass would have nothing left of it.
    close(
        sharpe(&[1.0 + 1e-9, 1.0 - 1e-9], 1.0, 1.0 - 1e-9)
            .unwrap()
            .map(|s| s * 2f64.sqrt()),
        1.0,
    );
    assert_eq!(sharpe(&[1e-200, 2e-200], 1.0, -1e200).unwrap_err().sqlstate(), "22003");
}

proptest! {
    /// What scales equity changes neither drawdown nor returns; both are within their bounds.
    #[test]
    fn equity_has_no_unit(cents in prop::collection::vec(1i64..10_000_000, 1..60)) {
        let at = |unit: f64| cents.iter().map(|c| *c as f64 * unit).collect::<Vec<f64>>();
        let worst = max_drawdown(&at(1.0)).unwrap();
        prop_assert!((0.0..1.0).contains(&worst));
        prop_assert_eq!(worst, max_drawdown(&at(1024.0)).unwrap());
        let returns = simple_returns(&at(1.0)).unwrap();
        prop_assert_eq!(&returns, &simple_returns(&at(0.125)).unwrap());
        prop_assert_eq!(returns.len(), cents.len() - 1);
        prop_assert!(returns.iter().all(|r| *r > -1.0));
        // By definition: over all pairs.
        let slow = (0..cents.len()).flat_map(|i| (i..cents.len()).map(move |j| (i, j)))
            .map(|(i, j)| 1.0 - cents[j] as f64 / cents[i] as f64).fold(0.0, f64::max);
        prop_assert!((worst - slow).abs() < 1e-12);
    }

    /// More of every return is a better ratio; the order of returns does not matter by more than the last bits.
    #[test]
    fn ratios(mut returns in prop::collection::vec(-0.5..0.5f64, 2..60), periods in 1.0..400.0f64, rf in -0.01..0.01f64) {
        let one = (sharpe(&returns, periods, rf).unwrap(), sortino(&returns, periods, rf).unwrap());
        let n = returns.len() as f64;
        let mean = returns.iter().sum::<f64>() / n;
        let sd = (returns.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        if sd > 1e-6 {
            let plain = (mean - rf) / sd * periods.sqrt();
            prop_assert!((one.0.unwrap() - plain).abs() < 1e-9 * plain.abs().max(1.0));
            prop_assert!(sharpe(&returns, periods, rf - 0.01).unwrap() > one.0);
        }
        returns.reverse();
        let other = (sharpe(&returns, periods, rf).unwrap(), sortino(&returns, periods, rf).unwrap());
        for (a, b) in [(one.0, other.0), (one.1, other.1)] {
            prop_assert_eq!(a.is_some(), b.is_some());
            prop_assert!((a.unwrap_or(0.0) - b.unwrap_or(0.0)).abs() <= 1e-13 * a.unwrap_or(0.0).abs().max(1e-3));
        }
    }

    #[test]
    fn any_numbers_are_safe(values in prop::collection::vec(any::<f64>(), 0..6), a in any::<f64>(), b in any::<f64>()) {
        let finite: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
        for values in [&values, &finite] {
            let _ = (max_drawdown(values), simple_returns(values));
            for found in [sharpe(values, a, b), sortino(values, a, b), sharpe(values, 1.0, 0.0), sortino(values, 1.0, 0.0)] {
                prop_assert!(found.unwrap_or(None).is_none_or(f64::is_finite));
            }
        }
    }
}
