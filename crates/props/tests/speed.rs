//! `cargo test --release -p dynasty-props --test speed -- --ignored --nocapture`: the targets of contract 7.

use dynasty_props::{Effort, Matrix, Terms, slip_metrics};
use std::time::Instant;

#[test]
#[ignore = "a measurement"]
fn slips() {
    let matrix = |n: usize, rho: &dyn Fn(usize, usize) -> f64| {
        let value = |at: usize| Some(if at / n == at % n { 1.0 } else { rho(at / n, at % n) });
        Matrix::new("corr", n, n, &(0..n * n).map(value).collect::<Vec<_>>()).expect("a matrix")
    };
    let apart = |i: usize, j: usize| 0.1 + 0.05 * ((i + j) % 5) as f64;
    let games = |i: usize, j: usize| if (i < 4) == (j < 4) { 0.35 } else { 0.1 };
    for (name, n, corr, table, times) in [
        ("2 legs", 2, matrix(2, &|_, _| 0.3), false, 2000),
        ("3 legs", 3, matrix(3, &apart), false, 1000),
        ("3 legs, table", 3, matrix(3, &apart), true, 1000),
        ("6 legs, one factor", 6, matrix(6, &|_, _| 0.3), false, 1000),
        ("6 legs, one factor, table", 6, matrix(6, &|_, _| 0.3), true, 1000),
        ("20 legs, one factor", 20, matrix(20, &|_, _| 0.3), false, 300),
        ("4 legs", 4, matrix(4, &apart), false, 5),
        ("4 legs, table", 4, matrix(4, &apart), true, 5),
        ("6 legs, table", 6, matrix(6, &apart), true, 3),
        ("8 legs", 8, matrix(8, &games), false, 3),
        ("8 legs, table", 8, matrix(8, &games), true, 3),
        ("20 legs", 20, matrix(20, &games), false, 2),
    ] {
        let payouts: Vec<f64> = (0..=n).map(|h| if h == n { 20.0 } else { 0.0 }).collect();
        let odds = vec![1.9; n];
        let terms = Terms {
            odds: Some(&odds),
            stake: 1.0,
            payouts: table.then_some(&payouts[..]),
            alpha: 0.95,
        };
        let best = (0..3).map(|_| {
            let begin = Instant::now();
            for _ in 0..times {
                slip_metrics(&vec![0.55; n], &terms, Some(&corr), &Effort::default()).expect("metrics");
            }
            begin.elapsed() / times
        });
        println!("{name}: {:?}", best.min().unwrap_or_default());
    }
}
