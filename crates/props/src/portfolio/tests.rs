use super::*;
use crate::{Terms, slip_metrics};

fn leg(player: &str, over: bool, prob: f64, odds: f64) -> Leg {
    Leg {
        prop_id: Some(player.into()),
        player_name: player.into(),
        market_type: "Points".into(),
        line: 20.5,
        over,
        prob,
        push_prob: 0.0,
        odds: Some(odds),
        multiplier: None,
        team: None,
        game_id: None,
    }
}

fn parlay(legs: Vec<Leg>, corr: Option<Matrix>) -> PortfolioSlip {
    let odds = legs.iter().filter_map(|l| l.odds).collect();
    PortfolioSlip {
        legs,
        corr,
        terms: SlipTerms::Parlay { odds },
    }
}

fn pair(rho: f64) -> Option<Matrix> {
    Some(Matrix::square(2, vec![1.0, rho, rho, 1.0]))
}

#[test]
fn one_slip_is_as_its_metrics() {
    let slip = parlay(vec![leg("a", true, 0.55, 1.9), leg("b", true, 0.6, 1.8)], pair(0.3));
    let effort = Effort::default();
    let terms = Terms {
        odds: Some(&[1.9, 1.8]),
        stake: 10.0,
        payouts: None,
        alpha: 0.95,
    };
    let right = slip_metrics(&[0.55, 0.6], &terms, pair(0.3).as_ref(), &effort).unwrap();
    let found = slip_portfolio_risk(std::slice::from_ref(&slip), &[10.0], 0.95, &effort).unwrap();
    assert!((found.ev - right.ev).abs() < 1e-12 && (found.stddev - right.stddev).abs() < 1e-12);
    assert_eq!((found.var_alpha, found.cvar_alpha), (right.var_alpha, right.cvar_alpha));
    let stakes = allocate_stakes(&[slip], 1000.0, 0.25, 0.1, &effort).unwrap();
    assert!((stakes[0].0 - 0.25 * right.kelly).abs() < 1e-7 && (stakes[0].1 - 1000.0 * stakes[0].0).abs() < 1e-12);
}

#[test]
fn both_sides_of_a_prop_never_win_together() {
    let slips = [
        parlay(vec![leg("a", true, 0.5, 2.5)], None),
        parlay(vec![leg("a", false, 0.5, 2.5)], None),
    ];
    let found = slip_portfolio_risk(&slips, &[1.0, 1.0], 0.95, &Effort::default()).unwrap();
    // One wins 1.5, the other loses 1, whatever happens.
    assert!(
        (found.ev - 0.5).abs() < 1e-12 && found.stddev < 1e-9 && (found.var_alpha + 0.5).abs() < 1e-12,
        "{found:?}"
    );
    let stakes = allocate_stakes(&slips, 100.0, 1.0, 0.1, &Effort::default()).unwrap();
    assert!(
        (stakes[0].0 - 0.05).abs() < 1e-6 && (stakes[1].0 - 0.05).abs() < 1e-6,
        "{stakes:?}"
    );
    // A leg that two slips share is one.
    let slips = [
        parlay(vec![leg("a", true, 0.5, 2.5)], None),
        parlay(vec![leg("a", true, 0.5, 2.5)], None),
    ];
    let found = slip_portfolio_risk(&slips, &[1.0, 1.0], 0.95, &Effort::default()).unwrap();
    assert!((found.stddev - 2.5).abs() < 1e-12, "{found:?}");
}

#[test]
fn many_props_are_drawn() {
    let slip = |i: usize| {
        parlay(
            vec![
                leg(&format!("p{i}"), true, 0.55, 1.9),
                leg(&format!("q{i}"), true, 0.6, 1.8),
            ],
            pair(0.3),
        )
    };
    let slips: Vec<_> = (0..12).map(slip).collect();
    let effort = Effort {
        samples: 20_000,
        ..Effort::default()
    };
    let found = slip_portfolio_risk(&slips, &[10.0; 12], 0.95, &effort).unwrap();
    // Independent slips: means and variances add.
    assert!((found.ev / (12.0 * 2.885467) - 1.0).abs() < 0.03, "{found:?}");
    assert!(
        (found.stddev / (12.0f64 * 274.6477).sqrt() - 1.0).abs() < 0.03,
        "{found:?}"
    );
    assert_eq!(found, slip_portfolio_risk(&slips, &[10.0; 12], 0.95, &effort).unwrap());
    let other = Effort { seed: 7, ..effort };
    assert_ne!(found, slip_portfolio_risk(&slips, &[10.0; 12], 0.95, &other).unwrap());
}

#[test]
fn what_is_no_portfolio() {
    let slip = parlay(vec![leg("a", true, 0.5, 2.5)], None);
    let effort = Effort::default();
    let one = std::slice::from_ref(&slip);
    assert_eq!(
        slip_portfolio_risk(one, &[], 0.95, &effort).unwrap_err().sqlstate(),
        "2202E"
    );
    assert_eq!(
        slip_portfolio_risk(one, &[0.0], 0.95, &effort).unwrap_err().sqlstate(),
        "22003"
    );
    assert_eq!(slip_portfolio_risk(&[], &[], 0.95, &effort).unwrap().n, 0);
    assert_eq!(
        allocate_stakes(&[], 1.0, 0.25, 0.1, &effort).unwrap_err().sqlstate(),
        "22023"
    );
    for (bankroll, kelly, total) in [
        (0.0, 0.25, 0.1),
        (1.0, 0.0, 0.1),
        (1.0, 0.25, 0.0),
        (1.0, f64::NAN, 0.1),
    ] {
        assert_eq!(
            allocate_stakes(one, bankroll, kelly, total, &effort)
                .unwrap_err()
                .sqlstate(),
            "22003"
        );
    }
}
