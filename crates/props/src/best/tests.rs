use super::*;
use proptest::prelude::*;

fn candidate(id: usize, prob: f64, multiplier: f64, player: usize, team: usize, game: usize) -> Candidate {
    Candidate {
        id: format!("{id:04}"),
        prob,
        multiplier,
        player: format!("p{player}"),
        team: (team > 0).then(|| format!("t{team}")),
        game: (game > 0).then(|| format!("g{game}")),
    }
}

/// Every subset, without bounds.
fn enumerated(all: &[Candidate], payouts: &[f64], limits: &Limits) -> Vec<(Vec<String>, f64)> {
    let legs = payouts.len() - 1;
    let mut found = Vec::new();
    for set in 0u32..1 << all.len() {
        if set.count_ones() as usize != legs {
            continue;
        }
        let chosen: Vec<&Candidate> = all
            .iter()
            .enumerate()
            .filter(|(i, _)| set >> i & 1 == 1)
            .map(|c| c.1)
            .collect();
        let most = |name: &dyn Fn(&Candidate) -> Option<String>| {
            chosen
                .iter()
                .map(|c| {
                    chosen
                        .iter()
                        .filter(|d| name(c).is_some() && name(c) == name(d))
                        .count()
                })
                .max()
                .unwrap()
        };
        let one_team = chosen.iter().all(|c| c.team.is_some() && c.team == chosen[0].team);
        if chosen.iter().any(|c| c.prob < limits.min_prob)
            || most(&|c| Some(c.player.clone())) > limits.max_per_player
            || most(&|c| c.team.clone()) > limits.max_per_team
            || most(&|c| c.game.clone()) > limits.max_per_game
            || one_team
        {
            continue;
        }
        // Over the outcomes of the legs, one by one.
        let mut boosts: Vec<f64> = chosen.iter().map(|c| c.multiplier).collect();
        boosts.sort_by(|a, b| b.total_cmp(a));
        let mut ev = -1.0;
        for hits in 0u32..1 << legs {
            let p: f64 = chosen
                .iter()
                .enumerate()
                .map(|(i, c)| if hits >> i & 1 == 1 { c.prob } else { 1.0 - c.prob })
                .product();
            let n = hits.count_ones() as usize;
            ev += p * payouts[n] * boosts[..n].iter().product::<f64>();
        }
        if ev > limits.min_ev + 1e-11 {
            let mut ids: Vec<String> = chosen.iter().map(|c| c.id.clone()).collect();
            ids.sort();
            found.push((ids, ev));
        }
    }
    found.sort_by(|a, b| {
        (-(a.1 * 1e12).round(), &a.0)
            .partial_cmp(&(-(b.1 * 1e12).round(), &b.0))
            .unwrap()
    });
    found.truncate(limits.top);
    found
}

fn limits(top: usize) -> Limits {
    Limits {
        top,
        max_per_player: 1,
        max_per_team: 2,
        max_per_game: 2,
        min_prob: 0.5,
        min_ev: 0.0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn as_full_enumeration(
        board in prop::collection::vec((0.45..0.75f64, prop_oneof![Just(1.0), 0.3..1.6f64], 0..6usize, 0..4usize, 0..3usize), 3..11),
        table in prop_oneof![
            Just(vec![0.0, 0.0, 3.0]), Just(vec![0.0, 0.0, 0.0, 5.0]), Just(vec![0.0, 0.0, 1.25, 2.25]),
            Just(vec![0.0, 0.0, 0.0, 1.5, 5.0]), Just(vec![0.0, 2.0, 0.5, 3.0]),
        ],
        top in 1..8usize,
    ) {
        let all: Vec<_> = board.iter().enumerate().map(|(i, b)| candidate(i, b.0, b.1, b.2, b.3, b.4)).collect();
        let limits = limits(top);
        let (found, exact) = best_slips(&all, &table, &limits).unwrap();
        prop_assert!(exact);
        let right = enumerated(&all, &table, &limits);
        prop_assert_eq!(found.len(), right.len());
        for (best, (_, ev)) in found.iter().zip(&right) {
            prop_assert!((best.ev - ev).abs() < 1e-9, "{:?} {:?}", found, right);
        }
        if found.windows(2).all(|w| w[0].ev - w[1].ev > 1e-9) && right.windows(2).all(|w| w[0].1 - w[1].1 > 1e-9) {
            for (best, (ids, _)) in found.iter().zip(&right).take(found.len().saturating_sub(1)) {
                let mine: Vec<_> = best.legs.iter().map(|&i| all[i].id.clone()).collect();
                prop_assert_eq!(&mine, ids);
            }
        }
    }
}

#[test]
fn equals_go_by_id() {
    let all: Vec<_> = (0..6).map(|i| candidate(i, 0.6, 1.0, i, i + 1, 0)).collect();
    let (found, exact) = best_slips(&all, &[0.0, 0.0, 3.0], &limits(3)).unwrap();
    assert!(exact);
    assert_eq!(
        found.iter().map(|b| b.legs.clone()).collect::<Vec<_>>(),
        [[0, 1], [0, 2], [0, 3]]
    );
    assert!((found[0].ev - 0.08).abs() < 1e-12 && (found[0].hit_prob - 0.36).abs() < 1e-12);
    for (payouts, bad) in [(vec![0.0, 1.0], limits(3)), (vec![0.0, 0.0, 3.0], limits(0))] {
        assert_eq!(best_slips(&all, &payouts, &bad).unwrap_err().sqlstate(), "22023");
    }
}

/// `cargo test --release -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn a_board_of_300() {
    let mut seed = 7u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as f64 / (1u64 << 31) as f64
    };
    let all: Vec<_> = (0..300)
        .map(|i| candidate(i, 0.5 + 0.12 * draw(), 1.0, i / 3, 1 + i / 30, 1 + i / 60))
        .collect();
    for payouts in [
        vec![0.0, 0.0, 0.0, 5.0],
        vec![0.0, 0.0, 1.25, 2.25],
        vec![0.0, 0.0, 0.0, 0.4, 2.0, 10.0],
    ] {
        let begin = std::time::Instant::now();
        let (found, exact) = best_slips(
            &all,
            &payouts,
            &Limits {
                min_ev: -1.0,
                ..limits(10)
            },
        )
        .unwrap();
        println!(
            "{} legs: {:?}, exact {exact}, {} found",
            payouts.len() - 1,
            begin.elapsed(),
            found.len()
        );
    }
}
