//! The catalogue against the contract's own table, `features.csv`, row by row and field by field.

use dynasty_prospects::features::catalogue::{Category, FEATURES, catalogue, ordinal_of};

#[test]
fn catalogue_is_the_contracts() {
    let mut contract = csv::Reader::from_reader(include_str!("features.csv").as_bytes());
    let header = contract.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = contract.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), FEATURES);
    assert_eq!(catalogue().len(), FEATURES);
    for (i, (row, feature)) in rows.iter().zip(catalogue()).enumerate() {
        let field = |name: &str| &row[header.iter().position(|h| h == name).unwrap()];
        assert_eq!(field("ordinal"), (i + 1).to_string());
        assert_eq!(field("name"), feature.name);
        let of = feature.name;
        assert_eq!(field("category"), feature.category.name(), "{of}");
        assert_eq!(field("applies_to"), feature.applies_to.name(), "{of}");
        assert_eq!(field("dtype"), "float8", "{of}");
        assert_eq!(field("unit"), feature.unit, "{of}");
        assert_eq!(field("sources"), feature.sources, "{of}");
        assert_eq!(field("window"), feature.window.name(), "{of}");
        assert_eq!(field("formula"), feature.formula, "{of}");
        assert_eq!(field("null_rule"), feature.null_rule, "{of}");
        assert_eq!(field("rounding"), "none", "{of}");
        assert_eq!(field("description"), feature.description, "{of}");
        assert_eq!(ordinal_of(of), Some(i + 1));
    }
}

#[test]
fn categories_follow_each_other() {
    let order: Vec<Category> = catalogue().iter().map(|f| f.category).collect();
    assert!(order.is_sorted());
    assert!(Category::ALL.iter().all(|c| order.contains(c)));
}

/// Flagship contract 10.3: which features say by their absence what may have been filled in later.
#[test]
fn undated_inputs() {
    let undated: Vec<&str> = catalogue()
        .iter()
        .filter(|f| !f.inputs().undated.is_empty())
        .map(|f| f.name)
        .collect();
    assert_eq!(
        undated,
        [
            "age",
            "age_squared",
            "height_inches",
            "weight_lbs",
            "bmi",
            "bats_left",
            "bats_switch",
            "throws_left",
            "platoon_advantage",
            "bats_throws_opposite",
            "is_pitcher",
            "is_catcher",
            "is_middle_infielder",
            "is_corner_infielder",
            "is_outfielder",
            "positional_adjustment",
            "is_two_way",
            "age_at_draft",
            "signing_bonus_log",
            "is_international",
            "best_season_age",
            "age_at_first_game",
            "age_at_first_aa",
            "age_at_first_aaa",
            "age_vs_level_career",
            "age_vs_level_last_season",
            "age_vs_top_level",
            "fv_per_age",
            "level_for_age",
            "ops_per_age",
            "ops_x_age_vs_level",
            "youth_adjusted_ops",
            "performance_grade",
            "fv_performance_residual",
            "pitch_k_minus_bb_x_age_vs_level",
            "pitch_youth_adjusted_k_minus_bb",
            "pitch_performance_grade",
            "pitch_fv_performance_residual",
        ]
    );
    let of = |name: &str| catalogue()[ordinal_of(name).unwrap() - 1].inputs();
    let columns = |name: &str| Vec::from_iter(of(name).undated);
    assert_eq!(columns("bmi"), ["height_inches", "weight_lbs"]);
    assert_eq!(
        columns("fv_performance_residual"),
        ["birth_date"],
        "through two features"
    );
    assert_eq!(columns("draft_overall_pick"), [""; 0]);
    assert!(!of("bmi").dated && of("fv_performance_residual").dated && of("draft_overall_pick").dated);
}
