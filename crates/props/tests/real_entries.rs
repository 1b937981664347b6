//! Settled entries of a real bettor: what the rules pay is what was paid. Data beside the repository (`DYNASTY_DATA`), not in it.

use dynasty_props::{Payouts, SlipTerms, outcome_of, settle_slip};
use serde_json::Value;
use std::path::PathBuf;

/// The table as the provider printed it: rows for fewer legs are by misses, and longer than they have legs.
fn table(entry: &Value) -> SlipTerms {
    let numbers = |v: &Value| -> Vec<f64> {
        v.as_array()
            .expect("a row")
            .iter()
            .map(|v| v.as_f64().expect("a number"))
            .collect()
    };
    let legs = entry["legs"].as_array().expect("legs").len();
    let mut rows = vec![(legs, numbers(&entry["payouts"]))];
    for (fewer, row) in entry["reverted"].as_array().into_iter().flatten().enumerate() {
        let Some(left) = legs.checked_sub(fewer + 1).filter(|&left| left > 0) else {
            continue;
        };
        let by_misses = numbers(row);
        rows.push((
            left,
            (0..=left)
                .map(|hits| by_misses.get(left - hits).copied().unwrap_or(0.0))
                .collect(),
        ));
    }
    SlipTerms::Table {
        payouts: Payouts::new(rows.into_iter().collect()).expect("a table"),
        multipliers: None,
    }
}

#[test]
fn what_was_paid() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("DYNASTY_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let file = data.join("fixtures/props/prizepicks_entries_2024.json");
    if !file.is_file() {
        println!("SKIPPED: no entries at {}", file.display());
        return;
    }
    let entries: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(file).expect("a file")).expect("JSON");
    for entry in &entries {
        let leg = |leg: &Value| {
            let actual = leg["actual"].as_f64();
            outcome_of(leg["line"].as_f64().expect("a line"), leg["side"] == "over", actual)
        };
        let outcomes: Vec<_> = entry["legs"].as_array().expect("legs").iter().map(leg).collect();
        let stake = entry["stake_cents"].as_f64().expect("a stake");
        let found = settle_slip(&table(entry), &outcomes, stake).expect("a settlement");
        assert_eq!(
            found.payout.round() as i64,
            entry["payout_cents"].as_i64().expect("cents"),
            "{entry}"
        );
    }
    assert_eq!(entries.len(), 18);
}
