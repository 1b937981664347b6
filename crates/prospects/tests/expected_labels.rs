//! Labels of a small awkward database against an independent implementation of the contract.
//!
//! The expected values lie beside the real data (`DYNASTY_DATA`, default `../shared/data`): not part of this repository.

use dynasty_numbers::days::day;
use dynasty_prospects::labels::{Basis, Label, MajorSeason, Thresholds, Tier, Window};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

type Row = HashMap<String, String>;

fn expected_dir() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("DYNASTY_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let dir = data.join("../expected");
    if dir.is_dir() {
        return Some(dir);
    }
    println!("SKIPPED: no expected values at {}", dir.display());
    None
}

fn read(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| header.iter().zip(&record).map(|(h, v)| (h.into(), v.into())).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// A value; NULL is empty.
fn value<T: FromStr>(row: &Row, name: &str) -> Option<T> {
    let text = row.get(name).unwrap_or_else(|| panic!("no column {name}"));
    let parsed = |text: &String| text.parse().ok().unwrap_or_else(|| panic!("{name} {text}"));
    Some(text).filter(|t| !t.is_empty()).map(parsed)
}

fn flag(row: &Row, name: &str) -> Option<bool> {
    value::<String>(row, name).map(|v| v == "t")
}

fn date(row: &Row, name: &str) -> Option<i32> {
    let text: String = value(row, name)?;
    let parts: Vec<i32> = text.split('-').map(|p| p.parse().unwrap()).collect();
    Some(day(parts[0], parts[1] as u8, parts[2] as u8))
}

fn season(row: &Row) -> MajorSeason {
    MajorSeason {
        season: value(row, "season").unwrap(),
        mlb_debut_date: date(row, "mlb_debut_date"),
        games_played: value(row, "games_played"),
        plate_appearances: value(row, "plate_appearances"),
        games_pitched: value(row, "games_pitched"),
        outs_pitched: value(row, "outs_pitched"),
        batters_faced: value(row, "batters_faced"),
        // No label looks at them.
        at_bats: None,
        war: value(row, "war"),
    }
}

fn expected(row: &Row) -> Label {
    let tier = |name: String| {
        [Tier::Star, Tier::Solid, Tier::Marginal, Tier::Failed]
            .into_iter()
            .find(|t| t.name() == name)
    };
    let basis = |name: String| [Basis::War, Basis::PlayingTime].into_iter().find(|b| b.name() == name);
    Label {
        reached_mlb: flag(row, "reached_mlb"),
        mlb_debut_date: date(row, "mlb_debut_date"),
        years_to_mlb: value(row, "years_to_mlb"),
        total_pa: value(row, "total_pa").unwrap(),
        total_games: value(row, "total_games").unwrap(),
        total_innings_pitched: value(row, "total_innings_pitched").unwrap(),
        peak_war: value::<Decimal>(row, "peak_war"),
        cumulative_war: value::<Decimal>(row, "cumulative_war"),
        is_success: flag(row, "is_success"),
        success_tier: value(row, "success_tier").map(|name| tier(name).unwrap()),
        total_outs_pitched: value(row, "total_outs_pitched").unwrap(),
        tier_basis: value(row, "tier_basis").map(|name| basis(name).unwrap()),
        window_complete: flag(row, "window_complete").unwrap(),
    }
}

/// What `labels_A_B.csv` and `labels_A_B_open.csv` were made with: the data reach to 2022.
const DATA_THROUGH: i32 = 2022;

#[test]
fn labels_are_those_of_the_independent_implementation() {
    let Some(dir) = expected_dir() else { return };
    let mut majors: HashMap<i32, Vec<MajorSeason>> = HashMap::new();
    for row in read(&dir.join("tables/mlb_stats.csv")) {
        majors
            .entry(value(&row, "prospect_id").unwrap())
            .or_default()
            .push(season(&row));
    }
    let people: Vec<i32> = read(&dir.join("tables/prospects.csv"))
        .iter()
        .map(|row| value(row, "id").unwrap())
        .collect();
    let files: Vec<PathBuf> = std::fs::read_dir(&dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with("labels_"))
        })
        .collect();
    assert!(files.len() >= 2, "labels_*.csv in {}", dir.display());
    for file in files {
        let rows = read(&file);
        let mut seen: Vec<i32> = rows.iter().map(|row| value(row, "prospect_id").unwrap()).collect();
        seen.sort_unstable();
        assert_eq!(seen, people, "every prospect has a label in {}", file.display());
        for row in &rows {
            let id: i32 = value(row, "prospect_id").unwrap();
            let years = ["prospect_year", "evaluation_year"].map(|name| value(row, name).unwrap());
            let window = Window::new(years[0], Some(years[1]), Some(DATA_THROUGH)).unwrap();
            let seasons = majors.get(&id).map_or(&[][..], Vec::as_slice);
            let label = Label::derive(&window, seasons, &Thresholds::default()).unwrap();
            assert_eq!(label, expected(row), "prospect {id} in {}", file.display());
            assert_eq!(Some(window.years_to_evaluate()), value(row, "years_to_evaluate"));
        }
        println!(
            "{}: {} labels compared",
            file.file_name().unwrap_or_default().display(),
            rows.len()
        );
    }
}
