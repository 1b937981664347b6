//! The rules of contract 7.2 to 7.4, one by one.

use crate::labels::*;
use dynasty_numbers::days::day;
use rust_decimal::Decimal;

fn closed() -> Window {
    Window::new(2020, None, Some(2024)).unwrap()
}

fn open() -> Window {
    Window::new(2020, None, Some(2023)).unwrap()
}

/// A hitter's season; WAR in tenths.
fn bat(season: i32, pa: i32, war: Option<i64>) -> MajorSeason {
    MajorSeason {
        season,
        games_played: Some(pa / 4),
        plate_appearances: Some(pa),
        war: war.map(|tenths| Decimal::new(tenths, 1)),
        ..MajorSeason::default()
    }
}

/// A pitcher's season.
fn arm(season: i32, outs: i32, war: Option<i64>) -> MajorSeason {
    MajorSeason {
        season,
        games_played: Some(outs / 15),
        games_pitched: Some(outs / 15),
        outs_pitched: Some(outs),
        war: war.map(|tenths| Decimal::new(tenths, 1)),
        ..MajorSeason::default()
    }
}

fn derive(window: Window, seasons: &[MajorSeason]) -> Label {
    Label::derive(&window, seasons, &Thresholds::default()).unwrap()
}

fn judged(label: &Label) -> (Option<bool>, Option<&'static str>, Option<&'static str>) {
    (
        label.is_success,
        label.success_tier.map(Tier::name),
        label.tier_basis.map(Basis::name),
    )
}

fn text(war: Option<Decimal>) -> Option<String> {
    war.map(|w| w.to_string())
}

#[test]
fn who_never_came_up_failed_once_the_window_is_closed() {
    let label = derive(closed(), &[]);
    assert_eq!((label.total_pa, label.total_games, label.total_outs_pitched), (0, 0, 0));
    assert_eq!(label.total_innings_pitched.to_string(), "0.0");
    assert_eq!((label.peak_war, text(label.cumulative_war)), (None, Some("0.0".into())));
    assert_eq!(
        (label.reached_mlb, label.mlb_debut_date, label.years_to_mlb),
        (Some(false), None, None)
    );
    assert_eq!(judged(&label), (Some(false), Some("Failed"), Some("playing_time")));
    assert!(label.window_complete);
}

#[test]
fn the_window_excludes_the_prospect_year_and_includes_the_last() {
    let rows = [
        bat(2020, 100, Some(10)),
        bat(2021, 200, Some(11)),
        bat(2024, 300, Some(12)),
        bat(2025, 400, Some(90)),
    ];
    let label = derive(closed(), &rows);
    assert_eq!((label.total_pa, label.total_games), (500, 125));
    assert_eq!(
        (text(label.peak_war), text(label.cumulative_war)),
        (Some("1.2".into()), Some("2.3".into()))
    );
    assert_eq!(judged(&label), (Some(true), Some("Marginal"), Some("war")));
}

#[test]
fn an_open_window_says_nothing_about_success() {
    let label = derive(open(), &[bat(2021, 700, Some(60))]);
    assert_eq!(judged(&label), (None, None, None));
    assert!(!label.window_complete);
    assert_eq!(
        (label.total_pa, text(label.cumulative_war)),
        (700, Some("6.0".into())),
        "the totals to date are given"
    );
    assert_eq!(
        (label.reached_mlb, label.years_to_mlb),
        (Some(true), Some(1)),
        "and what cannot change any more"
    );
    let label = derive(open(), &[]);
    assert_eq!(
        (label.reached_mlb, judged(&label)),
        (None, (None, None, None)),
        "not yet is not never"
    );
    let nothing_known = Window::new(2020, None, None).unwrap();
    assert!(!derive(nothing_known, &[]).window_complete);
}

#[test]
fn a_two_way_player_is_judged_by_both_roles() {
    let both = MajorSeason {
        plate_appearances: Some(400),
        batters_faced: Some(300),
        ..arm(2022, 290, Some(90))
    };
    assert_eq!(
        judged(&derive(closed(), std::slice::from_ref(&both))),
        (Some(false), Some("Failed"), Some("playing_time"))
    );
    // Either role is enough; the two are never added up.
    let label = derive(closed(), &[both, arm(2023, 10, Some(1))]);
    assert_eq!((label.total_pa, label.total_outs_pitched), (400, 300));
    assert_eq!(label.total_innings_pitched.to_string(), "100.0");
    assert_eq!(judged(&label), (Some(true), Some("Star"), Some("war")));
}

#[test]
fn innings_are_a_true_decimal() {
    for (outs, innings) in [
        (15, "5.0"),
        (16, "5.3"),
        (17, "5.7"),
        (1, "0.3"),
        (2, "0.7"),
        (1350, "450.0"),
    ] {
        let label = derive(closed(), &[arm(2022, outs, None)]);
        assert_eq!(label.total_innings_pitched.to_string(), innings);
    }
}

#[test]
fn one_unknown_war_makes_peak_and_sum_unknown() {
    let label = derive(closed(), &[bat(2021, 700, Some(60)), bat(2022, 799, None)]);
    assert_eq!((label.peak_war, label.cumulative_war), (None, None));
    assert_eq!(judged(&label), (Some(true), Some("Marginal"), Some("playing_time")));
    let label = derive(closed(), &[bat(2021, 700, Some(60)), bat(2022, 800, None)]);
    assert_eq!(
        judged(&label),
        (Some(true), Some("Solid"), Some("playing_time")),
        "nobody is a Star without WAR"
    );
    // A row that is no appearance has no say, with WAR or without.
    let label = derive(
        closed(),
        &[bat(2021, 700, Some(60)), bat(2022, 0, None), bat(2023, 0, Some(99))],
    );
    assert_eq!(
        (text(label.peak_war), text(label.cumulative_war)),
        (Some("6.0".into()), Some("6.0".into()))
    );
    // Nor has a season outside.
    let label = derive(
        closed(),
        &[bat(2021, 700, Some(60)), bat(2020, 100, None), bat(2025, 100, None)],
    );
    assert_eq!(text(label.cumulative_war), Some("6.0".into()));
}

#[test]
fn negative_war_counts() {
    let label = derive(closed(), &[bat(2021, 300, Some(-12)), bat(2022, 300, Some(-3))]);
    assert_eq!(
        (text(label.peak_war), text(label.cumulative_war)),
        (Some("-0.3".into()), Some("-1.5".into()))
    );
    assert_eq!(judged(&label), (Some(true), Some("Marginal"), Some("war")));
}

#[test]
fn every_count_makes_an_appearance() {
    let none = MajorSeason {
        season: 2022,
        ..MajorSeason::default()
    };
    assert!(!none.is_appearance());
    let zeros = MajorSeason {
        games_played: Some(0),
        plate_appearances: Some(0),
        ..none.clone()
    };
    assert!(!zeros.is_appearance());
    let one = Some(1);
    for row in [
        MajorSeason {
            games_played: one,
            ..none.clone()
        },
        MajorSeason {
            plate_appearances: one,
            ..none.clone()
        },
        MajorSeason {
            games_pitched: one,
            ..none.clone()
        },
        MajorSeason {
            outs_pitched: one,
            ..none.clone()
        },
        MajorSeason {
            batters_faced: one,
            ..none.clone()
        },
    ] {
        let label = derive(closed(), &[row]);
        assert_eq!((label.reached_mlb, label.years_to_mlb), (Some(true), Some(2)));
    }
    assert_eq!(
        derive(closed(), &[none, zeros]).reached_mlb,
        Some(false),
        "on the roster only"
    );
}

#[test]
fn a_debut_in_mid_window() {
    let debut = MajorSeason {
        mlb_debut_date: Some(day(2022, 8, 15)),
        ..bat(2022, 150, Some(5))
    };
    let label = derive(
        closed(),
        &[debut.clone(), bat(2023, 600, Some(35)), bat(2024, 620, Some(41))],
    );
    assert_eq!(
        (label.mlb_debut_date, label.years_to_mlb),
        (Some(day(2022, 8, 15)), Some(2))
    );
    assert_eq!(
        (label.reached_mlb, judged(&label)),
        (Some(true), (Some(true), Some("Star"), Some("war")))
    );
    // The earliest date of any row, also of one outside the window.
    let later = MajorSeason {
        mlb_debut_date: Some(day(2023, 4, 1)),
        ..bat(2025, 10, None)
    };
    assert_eq!(derive(closed(), &[later, debut]).mlb_debut_date, Some(day(2022, 8, 15)));
}

#[test]
fn who_was_up_already_has_zero_or_negative_years() {
    let up = MajorSeason {
        mlb_debut_date: Some(day(2019, 9, 1)),
        ..bat(2019, 20, None)
    };
    let label = derive(closed(), &[up]);
    assert_eq!((label.reached_mlb, label.years_to_mlb), (Some(true), Some(-1)));
    assert_eq!(judged(&label), (Some(false), Some("Failed"), Some("playing_time")));
    let label = derive(closed(), &[bat(2020, 20, None)]);
    assert_eq!(
        (label.reached_mlb, label.years_to_mlb),
        (Some(true), Some(0)),
        "by the season, without a date"
    );
}

#[test]
fn a_debut_after_the_window_is_not_known_then() {
    let last_day = MajorSeason {
        mlb_debut_date: Some(day(2024, 12, 31)),
        ..bat(2025, 10, None)
    };
    assert_eq!(derive(closed(), &[last_day]).years_to_mlb, Some(4));
    let late = MajorSeason {
        mlb_debut_date: Some(day(2025, 1, 1)),
        ..bat(2025, 600, Some(50))
    };
    let label = derive(closed(), std::slice::from_ref(&late));
    assert_eq!(
        (label.reached_mlb, label.mlb_debut_date, label.years_to_mlb),
        (Some(false), None, None)
    );
    assert_eq!(derive(open(), std::slice::from_ref(&late)).reached_mlb, None);
    // A date that contradicts an earlier season: the season counts.
    let label = derive(closed(), &[late, bat(2023, 10, None)]);
    assert_eq!(
        (label.mlb_debut_date, label.years_to_mlb, label.reached_mlb),
        (None, Some(3), Some(true))
    );
}

#[test]
fn totals_that_fit_no_column_are_an_error() {
    let huge = |season| MajorSeason {
        plate_appearances: Some(i32::MAX),
        ..bat(season, 0, None)
    };
    let error = Label::derive(&closed(), &[huge(2021), huge(2022)], &Thresholds::default()).unwrap_err();
    assert_eq!(error.to_string(), "total_pa is out of range");
    assert_eq!(derive(closed(), &[huge(2021), huge(2020)]).total_pa, i32::MAX);
    let war = MajorSeason {
        war: Some(Decimal::MAX),
        ..bat(2021, 1, None)
    };
    let error = Label::derive(&closed(), &[war.clone(), war], &Thresholds::default()).unwrap_err();
    assert_eq!(error, OutOfRange("cumulative_war"));
}

#[test]
fn a_config_moves_the_borders() {
    let rows = [bat(2021, 130, Some(15))];
    let with = |config| judged(&Label::derive(&closed(), &rows, &Thresholds::parse(config).unwrap()).unwrap());
    assert_eq!(with("{}").1, Some("Failed"));
    assert_eq!(with(r#"{"min_pa": 130}"#).1, Some("Marginal"));
    assert_eq!(with(r#"{"min_pa": 130, "solid_peak_war": 1.5}"#).1, Some("Solid"));
    assert_eq!(with(r#"{"min_pa": 130, "star_cumulative_war": 1.5}"#).1, Some("Star"));
    // With a minimum of nothing everybody succeeds, also who never came up.
    let none = Label::derive(&closed(), &[], &Thresholds::parse(r#"{"min_pa": 0}"#).unwrap()).unwrap();
    assert_eq!(judged(&none), (Some(true), Some("Marginal"), Some("war")));
}
