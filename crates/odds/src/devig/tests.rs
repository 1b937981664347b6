use super::*;
use proptest::prelude::*;

fn near(found: &[f64], right: &[f64]) {
    assert_eq!(found.len(), right.len());
    for (a, b) in found.iter().zip(right) {
        assert!((a - b).abs() < 1e-9, "{found:?} and {right:?}");
    }
}

fn of(odds: &[f64], method: &str, target: f64) -> Result<Vec<f64>, OddsError> {
    devig(odds, method.parse()?, target)
}

#[test]
fn the_contracts_values() {
    for (method, first) in [
        ("multiplicative", 0.642857143),
        ("additive", 0.648148148),
        ("power", 0.650822366),
        ("shin", 0.648148148),
        ("odds_ratio", 0.648371295),
        ("goto", 0.651067977),
    ] {
        near(&of(&[1.5, 2.7], method, 1.0).unwrap(), &[first, 1.0 - first]);
    }
    let three = [2.6, 2.4, 4.3];
    near(
        &of(&three, "shin", 1.0).unwrap(),
        &[0.372994060, 0.404779411, 0.222226529],
    );
    near(
        &of(&three, "power", 1.0).unwrap(),
        &[0.372984404, 0.405107167, 0.221908428],
    );
    near(
        &of(&three, "goto", 1.0).unwrap(),
        &[0.373665083, 0.406005342, 0.220329574],
    );
    let steep = [1.02, 12.0, 26.0];
    near(
        &of(&steep, "additive", 1.0).unwrap(),
        &[0.946329814, 0.049270990, 0.004399196],
    );
    near(
        &of(&steep, "shin", 1.0).unwrap(),
        &[0.931431816, 0.052777360, 0.015790824],
    );
    assert_eq!(of(&steep, "goto", 1.0).unwrap_err().sqlstate(), "22023");
    let two_win = [1.25, 1.3, 1.6];
    near(
        &of(&two_win, "multiplicative", 2.0).unwrap(),
        &[0.729184926, 0.701139351, 0.569675723],
    );
    near(
        &of(&two_win, "power", 2.0).unwrap(),
        &[0.747647106, 0.710390285, 0.541962609],
    );
    assert_eq!(of(&two_win, "shin", 2.0).unwrap_err().sqlstate(), "22023");
    near(&[shin_z(&three).unwrap()], &[0.016942513]);
    near(
        &[shin_z(&[1.5, 2.7]).unwrap(), shin_z(&[1.05, 11.0]).unwrap()],
        &[0.037164339, 0.048459664],
    );
    assert_eq!(shin_z(&[2.1, 2.1]), Ok(0.0));
    near(
        &fair_odds(&three, Method::Multiplicative).unwrap(),
        &[2.687984496, 2.481216458, 4.445512821],
    );
    near(
        &fair_odds(&[1.5, 2.7], Method::Additive).unwrap(),
        &[1.542857143, 2.842105263],
    );
    assert_eq!(fair_odds(&[2.1, 2.1], Method::Multiplicative), Ok(vec![2.0, 2.0]));
}

#[test]
fn thirty_runners() {
    let odds = [
        3.5, 5.0, 6.5, 8.0, 9.0, 11.0, 13.0, 15.0, 17.0, 19.0, 21.0, 23.0, 26.0, 29.0, 34.0, 41.0, 41.0, 51.0, 51.0,
        67.0, 67.0, 81.0, 81.0, 101.0, 101.0, 126.0, 151.0, 201.0, 251.0, 501.0,
    ];
    for (method, first, last) in [("power", 0.220728574, 0.000554649), ("shin", 0.214762362, 0.000086989)] {
        let fair = of(&odds, method, 1.0).unwrap();
        near(&[fair[0], fair[29]], &[first, last]);
    }
    for method in ["additive", "goto"] {
        assert_eq!(of(&odds, method, 1.0).unwrap_err().sqlstate(), "22023");
    }
}

#[test]
fn names_and_aliases() {
    for (alias, name) in [
        ("basic", "multiplicative"),
        ("wpo", "additive"),
        ("differential_margin_weighting", "additive"),
        ("or", "odds_ratio"),
        ("logarithmic", "odds_ratio"),
    ] {
        assert_eq!(alias.parse::<Method>().map(Method::name), Ok(name));
    }
    for method in Method::ALL {
        assert_eq!(method.name().parse(), Ok(method));
    }
    for unknown in ["wisdom", "", "Power", "shin "] {
        let error = unknown.parse::<Method>().unwrap_err();
        assert_eq!(error.sqlstate(), "22023");
        assert!(
            Method::ALL.iter().all(|m| error.to_string().contains(m.name())),
            "{error}"
        );
    }
}

#[test]
fn targets_that_cannot_be() {
    for target in [0.5, 2.0, 0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(
            of(&[2.0, 2.1], "power", target).unwrap_err().sqlstate(),
            "22023",
            "{target}"
        );
    }
    let error = of(&[1.02, 12.0, 26.0], "goto", 1.0).unwrap_err().to_string();
    assert!(
        error.contains("outcome 3") && error.ends_with("use another method"),
        "{error}"
    );
}

/// The right values are of 50 digits, of the doubles as they stand here. (A JSON reader that misses the last bit of such a price moves
/// the answer by 1e-10.)
#[test]
fn prices_hardly_above_one() {
    let odds = [1.000000348805075, 1.000027102802355, 1.0000002663090855];
    for (method, target, right) in [
        (
            "power",
            1.0,
            [0.45336229396531696, 2.020813233396534e-27, 0.5466377060346831],
        ),
        (
            "odds_ratio",
            1.0,
            [0.46088196402679477, 0.010882342832360586, 0.5282356931408446],
        ),
        (
            "power",
            2.0,
            [0.964862180791882, 0.062078304402621104, 0.9730595148054969],
        ),
        (
            "goto",
            2.0,
            [0.9064439818005602, 0.17530326545523556, 0.9182527527442043],
        ),
    ] {
        for (p, right) in of(&odds, method, target).unwrap().iter().zip(right) {
            assert!((p - right).abs() < 1e-13, "{method}: {p} and {right}");
        }
    }
}

#[test]
fn with_two_outcomes_shin_is_additive() {
    for odds in [[1.5, 2.7], [1.05, 11.0], [1.9, 1.9], [1.0001, 9000.0]] {
        near(&of(&odds, "shin", 1.0).unwrap(), &of(&odds, "additive", 1.0).unwrap());
    }
}

/// A book: how likely the outcomes are, who wins how often, and its margin.
fn books() -> impl Strategy<Value = (Vec<f64>, f64)> {
    (prop::collection::vec(0.01..1.0f64, 2..60), 0.0..1.0f64, 0.9..1.3f64).prop_map(|(weights, share, factor)| {
        let n = weights.len() as f64;
        let target = (1.0 + (share * (n - 1.0) / 2.0).floor()).min(n - 1.0);
        let total: f64 = weights.iter().sum();
        let odds = weights
            .iter()
            .map(|w| (total / (w * target * factor)).max(1.001))
            .collect();
        (odds, target)
    })
}

fn holds(odds: &[f64], method: Method, target: f64) -> Result<bool, TestCaseError> {
    let fair = match devig(odds, method, target) {
        Ok(fair) => fair,
        Err(error) => {
            prop_assert!(matches!(error.sqlstate(), "22023" | "22003"), "{}", error);
            return Ok(false);
        }
    };
    prop_assert_eq!(fair.len(), odds.len());
    prop_assert!(fair.iter().all(|p| *p > 0.0 && *p < 1.0));
    prop_assert!((fair.iter().sum::<f64>() - target).abs() < 1e-12 * odds.len() as f64);
    for (a, p) in odds.iter().zip(&fair) {
        for (b, r) in odds.iter().zip(&fair) {
            prop_assert!(
                a > b || p >= &(r - 1e-15),
                "{}: {} at {}, {} at {}",
                method.name(),
                p,
                a,
                r,
                b
            );
        }
    }
    Ok(true)
}

proptest! {
    #[test]
    fn probabilities_add_up_and_keep_the_order((odds, target) in books()) {
        for method in Method::ALL {
            let found = holds(&odds, method, target)?;
            // These two always have an answer.
            prop_assert!(found || !matches!(method, Method::Power | Method::OddsRatio), "{}", method.name());
            if holds(&odds, method, 1.0)? && method == Method::Shin {
                prop_assert!((0.0..1.0).contains(&shin_z(&odds).unwrap()));
            }
        }
    }

    /// A longer price of one outcome, the others as they were, never makes it likelier.
    #[test]
    fn a_longer_price_is_less_likely((odds, target) in books(), at in any::<prop::sample::Index>(), factor in 1.001..1.5f64) {
        let at = at.index(odds.len());
        let mut longer = odds.clone();
        longer[at] *= factor;
        for method in Method::ALL {
            if let (Ok(before), Ok(after)) = (devig(&odds, method, target), devig(&longer, method, target)) {
                prop_assert!(after[at] <= before[at] + 1e-14, "{}: {} then {}", method.name(), before[at], after[at]);
            }
        }
    }

    #[test]
    fn a_market_in_another_order_has_the_same_answer((odds, target) in books()) {
        let reversed: Vec<f64> = odds.iter().rev().copied().collect();
        for method in Method::ALL {
            if let (Ok(one), Ok(other)) = (devig(&odds, method, target), devig(&reversed, method, target)) {
                prop_assert!(one.iter().rev().zip(&other).all(|(a, b)| (a - b).abs() < 1e-13));
            }
        }
    }

    #[test]
    fn any_numbers_are_safe(odds in prop::collection::vec(prop_oneof![any::<f64>(), Just(f64::MAX), Just(1.0f64.next_up()),
            1.0..1.0001f64, 1e10..1e300f64], 0..6), target in prop_oneof![Just(1.0), Just(2.0), any::<f64>()]) {
        for method in Method::ALL {
            // Probabilities, then, however far apart the prices are.
            holds(&odds, method, target)?;
            let _ = fair_odds(&odds, method);
        }
        let _ = shin_z(&odds);
    }
}
