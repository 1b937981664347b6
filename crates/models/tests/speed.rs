//! How long training takes on as many rows as ten years of prospects are: `cargo test --release -p dynasty-models --test
//! model_speed -- --ignored --nocapture`.

use std::time::Instant;

use dynasty_models::train::{Examples, Options, train};

const ROWS: usize = 45_000;
const FEATURES: usize = 290;

/// Correlated in groups and with holes, as features of the same player are.
fn values() -> Vec<f64> {
    let mut state = 1u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mixed = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        ((mixed ^ (mixed >> 33)) >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    };
    let mut values = Vec::with_capacity(ROWS * FEATURES);
    for _ in 0..ROWS {
        let hidden: [f64; 12] = std::array::from_fn(|_| next());
        let pitcher = next() > 0.1;
        for j in 0..FEATURES {
            let x = hidden[j % 12] + hidden[(j / 12) % 12] + 0.1 * next();
            // Half of the catalogue is for one role only.
            let absent = if j % 4 == 0 {
                pitcher
            } else if j % 4 == 1 {
                !pitcher
            } else {
                next() < -0.4
            };
            values.push(if absent { f64::NAN } else { 100.0 * x });
        }
    }
    values
}

#[test]
#[ignore = "a measurement; release builds only"]
fn training_takes_less_than_a_minute() {
    let values = values();
    let features: Vec<String> = (0..FEATURES).map(|i| format!("f{i}")).collect();
    let folds: Vec<u32> = (0..ROWS as u32).map(|i| i % 5).collect();
    let score: Vec<f64> = values
        .chunks_exact(FEATURES)
        .enumerate()
        .map(|(i, row)| {
            let known = row.iter().filter(|x| !x.is_nan());
            let noise = f64::from(((i as u32).wrapping_mul(2_654_435_761)) >> 8) / f64::from(1 << 24) - 0.5;
            known.take(60).sum::<f64>() / 1000.0 + noise
        })
        .collect();
    for classes in [2u32, 4] {
        let names: Vec<String> = (0..classes).map(|k| k.to_string()).collect();
        // About one in eight succeeds.
        let labels: Vec<u32> = score
            .iter()
            .map(|s| (0..classes - 1).filter(|&k| *s > 0.8 + 0.4 * f64::from(k)).count() as u32)
            .collect();
        let examples = Examples {
            features: &features,
            values: &values,
            labels: &labels,
            classes: &names,
            weights: None,
            folds: Some(&folds),
            indicated: None,
        };
        let mut passes = 0;
        let begun = Instant::now();
        let trained = train(&examples, &Options::default(), &mut || {
            passes += 1;
            false
        })
        .expect("trained");
        let seconds = begun.elapsed().as_secs_f64();
        println!(
            "{classes} classes, {ROWS} rows, {FEATURES} features, 5 folds: {seconds:.1} s, {passes} passes, {} steps of the \
             whole, converged {}, out of fold {:?}",
            trained.steps, trained.converged, trained.out_of_fold
        );
        assert!(seconds < 60.0 || cfg!(debug_assertions));
    }
}
