use super::phrase::*;
use super::*;
use crate::features::catalogue::{AppliesTo, catalogue};

#[test]
fn every_feature_has_its_phrase_in_order() {
    let named: Vec<&str> = all().map(|p| p.feature).collect();
    let features: Vec<&str> = catalogue().iter().map(|f| f.name).collect();
    assert_eq!(named, features);
}

/// Which way is good: strikeouts and walks above all, which turn around between the plate and the mound.
#[test]
fn directions_are_those_of_the_role() {
    for p in all() {
        let feature = catalogue().iter().find(|f| f.name == p.feature).expect("feature");
        let f = p.feature;
        let pitcher = feature.applies_to == AppliesTo::Pitcher;
        let good = p.good;
        if f.contains("k_rate") && !f.contains("fastball") {
            assert_eq!(good, if pitcher { Good::High } else { Good::Low }, "{f}");
        }
        if f.contains("bb_rate") && !f.contains("control") {
            assert_eq!(good, if pitcher { Good::Low } else { Good::High }, "{f}");
        }
        if f.contains("k_minus_bb") && !f.contains("_sd") && !f.contains("_x_") {
            assert_eq!(good, Good::High, "{f}");
        }
        let runs_against = ["_era", "_fip", "whip", "_hr9"].iter().any(|part| f.contains(part));
        if runs_against && !f.contains("minus_fip") && !f.contains("home_away") {
            assert_eq!(good, Good::Low, "{f}");
        }
        let hits = ["ops", "_obp", "slg", "_iso", "woba"]
            .iter()
            .any(|part| f.contains(part));
        if hits && !pitcher && !f.contains("_sd") && !f.contains("home_away") && !f.contains("_x_age") {
            assert_eq!(good, Good::High, "{f}");
        }
        if f.ends_with("_sd") {
            assert_eq!(good, Good::Low, "{f}");
        }
        if f.contains("rank_overall") || f == "dynasty_rank" || f.starts_with("draft_") {
            assert_eq!(good, Good::Low, "{f}");
        }
        if feature.unit == "grade 20-80" {
            assert_eq!(good, Good::High, "{f}");
        }
        if f.starts_with("age") && !f.contains("games") {
            assert_eq!(good, Good::Young, "{f}");
        }
    }
}

#[test]
fn sentences_are_whole() {
    for p in all().filter(|p| !p.sentence.is_empty()) {
        for half in p.sentence.split(';').filter(|half| !half.is_empty()) {
            assert!(half.starts_with(char::is_uppercase) && !half.ends_with('.'), "{half}");
            assert_eq!(half.contains("{}"), !matches!(p.show, Flag | Standing), "{half}");
        }
        assert!(p.sentence.matches(';').count() <= 1, "{}", p.sentence);
        let said = p
            .of(1.5)
            .or_else(|| p.of(-1.5))
            .or_else(|| p.of(1000.0))
            .or_else(|| p.among_peers(true))
            .expect("a sentence");
        assert!(!said.contains('{') && !said.contains(';'), "{said}");
    }
}

#[test]
fn values_are_written_as_baseball_writes_them() {
    let said = |feature: &str, value: f64| phrase_of(feature).and_then(|p| p.of(value)).unwrap_or_default();
    assert_eq!(
        said("career_k_rate", 0.142),
        "Strikes out in 14.2 % of plate appearances"
    );
    assert_eq!(
        said("pitch_career_k_rate", 0.31),
        "Strikes out 31.0 % of the batters he faces"
    );
    assert_eq!(said("career_ops", 0.8125), "Has an OPS of .812 for his career");
    assert_eq!(said("career_ops", 1.0), "Has an OPS of 1.000 for his career");
    assert_eq!(said("career_pa", 1204.0), "Has 1,204 plate appearances in the minors");
    assert_eq!(said("max_level", 5.0), "Has reached AA");
    assert_eq!(said("signing_bonus_log", 1_500_001f64.ln()), "Signed for $1,500,000");
    assert_eq!(
        said("k_rate_vs_level", -0.031),
        "Has a strikeout rate 3.1 points under that of his levels"
    );
    assert_eq!(said("k_rate_vs_level", 0.0), "");
    assert_eq!(said("is_catcher", 0.0), "");
    assert_eq!(said("is_catcher", 1.0), "Is a catcher");
    assert_eq!(said("reached_mlb_by_as_of", 0.0), "");
    assert_eq!(said("mlb_games_to_date", 0.0), "");
    assert_eq!(said("mlb_games_to_date", 1.0), "Has played 1 game in the majors");
    assert_eq!(said("games_total", 1.0), "Has played 1 minor-league game");
    assert_eq!(said("plus_pitches_count", 1.0), "Has 1 plus pitch");
    assert_eq!(said("risk_ordinal", 2.0), "Is rated a medium risk by the scouts");
    assert_eq!(said("days_since_last_game", 90.0), "");
    assert_eq!(
        said("days_since_last_game", 1100.0),
        "Has not played in the minors for 3.0 years"
    );
    assert_eq!(said("pitch_bb_rate_yoy", 0.0004), "");
    assert_eq!(said("top_level_pa", 0.0), "");
    assert_eq!(said("pitch_starter_profile", 0.0), "");
    assert_eq!(said("first_level", 1.0), "Began in a complex league");
    assert_eq!(said("max_level", 2.0), "Has reached a rookie league");
    assert_eq!(said("games_share_aaa", 1.0), "Has played 100 % of his games at AAA");
    assert_eq!(
        said("pitch_career_k_minus_bb", -0.02),
        "Has a walk rate 2.0 points above his strikeout rate"
    );
    assert_eq!(said("career_ops", f64::NAN), "");
    assert_eq!(thousands(-0.2), "0");
    assert_eq!(thousands(-1234567.0), "-1,234,567");
}
