use super::*;
use crate::report::testing::{hitter, matrix};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| n.to_string()).collect()
}

fn many() -> Vec<Vec<Option<f64>>> {
    (10..30)
        .map(|k| {
            let k = f64::from(k) / 100.0;
            hitter(&[
                ("career_k_rate", k),
                ("last_season_k_rate", k),
                ("career_ops", 0.9 - k),
                ("career_bb_rate", 0.1),
            ])
        })
        .collect()
}

#[test]
fn the_sentence_of_the_contract() {
    let matrix = matrix(&many());
    let peers = Peers::of(&matrix);
    let said = reading(&peers, matrix.row(3), "career_k_rate").sentence;
    assert_eq!(
        said.as_deref(),
        Some("Strikes out in 13.0 % of plate appearances, better than 84 % of AA hitters aged 21-22")
    );
    let said = reading(&peers, matrix.row(18), "career_k_rate").sentence;
    assert_eq!(
        said.as_deref(),
        Some("Strikes out in 28.0 % of plate appearances, worse than 94 % of AA hitters aged 21-22")
    );
    let said = reading(&peers, matrix.row(3), "career_bb_rate").sentence.expect("said");
    assert!(said.ends_with(", like most AA hitters aged 21-22"), "{said}");
    assert_eq!(reading(&peers, matrix.row(3), "no_such").sentence, None);
}

#[test]
fn strengths_raise_and_are_good_concerns_lower_and_are_bad() {
    let matrix = matrix(&many());
    let peers = Peers::of(&matrix);
    let features = names(&[
        "career_k_rate",
        "last_season_k_rate",
        "career_ops",
        "hits_cv",
        "career_bb_rate",
    ]);
    // The second strikeout rate says the same again; the walks are as everybody's.
    let b = balance(&peers, matrix.row(1), &features, &[0.5, 0.4, 0.2, 0.3, 0.1]);
    assert_eq!(b.strengths.len(), 2);
    assert!(b.strengths[0].starts_with("Strikes out in 11.0 %") && b.strengths[1].starts_with("Has an OPS of .790"));
    assert!(b.concerns.is_empty());
    // The same numbers held against him: a model's whim, not a concern.
    let b = balance(&peers, matrix.row(1), &features, &[-0.5, -0.4, -0.2, 0.0, 0.0]);
    assert_eq!(b, Balance::default());
    let b = balance(&peers, matrix.row(18), &features, &[-0.1, -0.4, -0.2, 0.0, 0.0]);
    assert_eq!(b.concerns.len(), 2);
    assert!(b.concerns[0].starts_with("Struck out in 28.0 %"));
    // Small change is no news.
    let b = balance(&peers, matrix.row(1), &features, &[0.001, 0.0, 0.5, 0.0, 0.0]);
    assert_eq!(b.strengths.len(), 1);
}

#[test]
fn without_peers_only_what_speaks_for_itself() {
    let vectors = [hitter(&[("k_rate_vs_level", -0.05), ("reached_mlb_by_as_of", 1.0)])];
    let matrix = matrix(&vectors);
    let peers = Peers::of(&matrix);
    let features = names(&["k_rate_vs_level", "reached_mlb_by_as_of", "future_value"]);
    let b = balance(&peers, matrix.row(0), &features, &[0.3, 0.2, -0.2]);
    assert_eq!(
        b.strengths,
        [
            "Has a strikeout rate 5.0 points under that of his levels",
            "Has played in the majors"
        ]
    );
    assert_eq!(b.concerns, ["Is on no scouting list"]);
    let b = balance(&peers, matrix.row(0), &features, &[-0.3, 0.2, 0.0]);
    assert!(b.concerns.is_empty(), "{b:?}");
}

#[test]
fn a_prediction_in_a_paragraph() {
    let vectors = [hitter(&[])];
    let matrix = matrix(&vectors);
    let balance = Balance {
        strengths: names(&["Walks in 12.0 % of plate appearances"]),
        concerns: names(&["Is on no scouting list"]),
    };
    let card = Card {
        name: "Tom Brown",
        position: "SS",
        row: matrix.row(0),
        year: 2021,
        success: Some(0.723),
        unknown: Some(0.181),
        tier: Some(("Solid", 0.41)),
        value: None,
        nearest: Some("Mike Smith (2016, AA, Solid)"),
    };
    assert_eq!(
        narrative(&card, &balance),
        "Tom Brown (SS, 21.5 years old, last at AA) has a 72 % chance to succeed in the majors after 2021. The model begins \
         at 18 % for a prospect it knows nothing about. Likeliest outcome: Solid (41 %). For him: walks in 12.0 % of plate \
         appearances. Against him: is on no scouting list. Most like Mike Smith (2016, AA, Solid)."
    );
    assert_eq!(chance(0.001), "less than a 1 % chance");
    assert_eq!(chance(0.9999), "more than a 99 % chance");
    assert_eq!(chance(0.0), "a 0 % chance");
    assert_eq!(
        [0.08, 0.11, 0.18, 0.81].map(chance).map(|c| c.starts_with("an ")),
        [true; 4]
    );
    assert_eq!(
        [0.01, 0.1, 0.28, 1.0].map(chance).map(|c| c.starts_with("a ")),
        [true; 4]
    );
}

/// A value over or under something must stand on the side its sign says; in the middle is neither good nor bad.
#[test]
fn nothing_that_contradicts_itself() {
    let of = |k: i32| {
        let k = f64::from(k);
        hitter(&[
            ("k_rate_yoy", k / 100.0),
            ("career_ops", 0.6 + k / 100.0),
            ("career_k_rate", 0.2),
        ])
    };
    // Everybody strikes out more than the year before; the first least.
    let vectors: Vec<_> = (1..=20).map(of).collect();
    let matrix = matrix(&vectors);
    let peers = Peers::of(&matrix);
    let features = names(&["k_rate_yoy", "career_ops"]);
    let b = balance(&peers, matrix.row(0), &features, &[0.5, 0.0]);
    assert_eq!(b, Balance::default());
    let b = balance(&peers, matrix.row(19), &features, &[-0.5, 0.4]);
    assert_eq!(
        b.concerns,
        ["Raised his strikeout rate by 20.0 points over the season before, worse than all other AA hitters aged 21-22"]
    );
    assert!(b.strengths[0].starts_with("Has an OPS of .800"));
    // Better than 11 of 19: like most.
    let b = balance(&peers, matrix.row(11), &features, &[0.0, 0.4]);
    assert_eq!(b, Balance::default());
}

#[test]
fn away_from_the_minors_in_the_majors() {
    let away = |majors: f64| hitter(&[("days_since_last_game", 731.0), ("reached_mlb_by_as_of", majors)]);
    let matrix = matrix(&[away(0.0), away(1.0)]);
    let peers = Peers::of(&matrix);
    let features = names(&["days_since_last_game"]);
    let b = balance(&peers, matrix.row(0), &features, &[-0.5]);
    assert_eq!(b.concerns, ["Has not played in the minors for 2.0 years"]);
    assert_eq!(balance(&peers, matrix.row(1), &features, &[-0.5]), Balance::default());
}

#[test]
fn who_has_not_played() {
    let vectors = [hitter(&[
        ("games_total", 0.0),
        ("career_pa", 0.0),
        ("top_level_pa", 0.0),
        ("ranking_sources", 1.0),
    ])];
    let matrix = matrix(&vectors);
    let peers = Peers::of(&matrix);
    let features = names(&["career_ops", "top_level_pa", "hits_cv"]);
    let b = balance(&peers, matrix.row(0), &features, &[-0.5, -0.3, 0.2]);
    assert_eq!(b.concerns, ["Has not played a minor-league game yet"]);
    assert!(b.strengths.is_empty());
    // Lines of seasons are no games, and yet he has played.
    let mut lines = matrix.row(0).to_vec();
    lines[crate::report::matrix::place("adv_woba")] = 0.35;
    assert!(
        balance(&peers, &lines, &features, &[-0.5, -0.3, 0.2])
            .concerns
            .is_empty()
    );
}

/// Young for the level is told by the peers alone: the feature counts a level a year from 18 on, which few keep up with.
#[test]
fn young_for_the_level() {
    let of = |k: i32| hitter(&[("level_for_age", f64::from(k) / 10.0 - 5.0)]);
    let vectors: Vec<_> = (1..=20).map(of).collect();
    let matrix = matrix(&vectors);
    let peers = Peers::of(&matrix);
    let said = |row: usize| reading(&peers, matrix.row(row), "level_for_age").sentence;
    assert_eq!(said(19).as_deref(), Some("Is young for the level he has reached"));
    assert_eq!(said(0).as_deref(), Some("Is old for the level he has reached"));
    assert_eq!(said(10), None);
    let features = names(&["level_for_age"]);
    assert_eq!(balance(&peers, matrix.row(19), &features, &[0.4]).strengths.len(), 1);
}
