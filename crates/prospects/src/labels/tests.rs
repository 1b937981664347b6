//! What holds for every career.

use super::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn season(years: std::ops::Range<i32>) -> impl Strategy<Value = MajorSeason> {
    let count = |most: i32| option::of(0..most);
    (
        years,
        option::of(5000i32..9500),
        (count(163), count(800), count(40), count(700), count(900)),
        option::weighted(0.8, -30i64..120),
    )
        .prop_map(|(season, mlb_debut_date, counts, war)| MajorSeason {
            season,
            mlb_debut_date,
            games_played: counts.0,
            plate_appearances: counts.1,
            games_pitched: counts.2,
            outs_pitched: counts.3,
            at_bats: None,
            batters_faced: counts.4,
            war: war.map(|tenths| Decimal::new(tenths, 1)),
        })
}

fn window() -> impl Strategy<Value = Window> {
    (2010i32..2025, 1i32..8, option::of(2010i32..2035))
        .prop_map(|(year, years, through)| Window::new(year, Some(year + years), through).unwrap())
}

fn thresholds() -> impl Strategy<Value = Thresholds> {
    ((0i64..1500, 0i64..900), (0i64..150, 0i64..300, 0i64..150, 0i64..300)).prop_map(|((pa, outs), war)| Thresholds {
        min_pa: pa,
        min_outs: outs,
        star_peak_war: Decimal::new(war.0, 1),
        star_cumulative_war: Decimal::new(war.1, 1),
        solid_peak_war: Decimal::new(war.2, 1),
        solid_cumulative_war: Decimal::new(war.3, 1),
        ..Thresholds::default()
    })
}

proptest! {
    /// Failed is exactly the complement of success, and both are known exactly when the window is closed.
    #[test]
    fn failed_is_the_complement_of_success(w in window(), t in thresholds(), rows in vec(season(2008..2036), 0..8)) {
        let label = Label::derive(&w, &rows, &t).unwrap();
        prop_assert_eq!(label.is_success, label.success_tier.map(|tier| tier != Tier::Failed));
        prop_assert_eq!(label.is_success.is_some(), w.is_complete());
        prop_assert_eq!(label.success_tier.is_some(), label.tier_basis.is_some());
        prop_assert_eq!(label.window_complete, w.is_complete());
        prop_assert!(label.reached_mlb.is_some() || !w.is_complete());
        prop_assert_eq!(label.reached_mlb == Some(true), label.years_to_mlb.is_some());
        prop_assert!(label.success_tier != Some(Tier::Star) || label.tier_basis == Some(Basis::War));
    }

    /// Seasons outside the window never change what happened in it. (The debut is a fact about him, whichever row says it.)
    #[test]
    fn seasons_outside_change_no_outcome(w in window(), t in thresholds(), rows in vec(season(2008..2036), 0..8),
                                         more in vec(season(1990..2060), 0..8)) {
        let outside = |row: &MajorSeason| !w.contains(row.season);
        let alone = Label::derive(&w, &rows, &t).unwrap();
        let mut all = rows.clone();
        all.extend(more.iter().filter(|row| outside(row)).cloned());
        let with = Label::derive(&w, &all, &t).unwrap();
        let outcome = |l: &Label| (l.total_pa, l.total_games, l.total_outs_pitched, l.total_innings_pitched, l.peak_war,
                                   l.cumulative_war, l.is_success, l.success_tier, l.tier_basis);
        prop_assert_eq!(outcome(&alone), outcome(&with));

        // Seasons after the window that carry no debut date change nothing at all.
        let mut later = rows.clone();
        later.extend(more.iter().filter(|row| row.season > w.evaluation_year)
            .map(|row| MajorSeason { mlb_debut_date: None, ..row.clone() }));
        prop_assert_eq!(&alone, &Label::derive(&w, &later, &t).unwrap());
    }

    /// The order of the rows is nothing.
    #[test]
    fn order_is_nothing(w in window(), t in thresholds(), rows in vec(season(2008..2036), 0..8).prop_shuffle()) {
        let mut sorted = rows.clone();
        sorted.sort_by_key(|row| row.season);
        prop_assert_eq!(Label::derive(&w, &rows, &t), Label::derive(&w, &sorted, &t));
    }

    /// More WAR in a season never makes the tier worse.
    #[test]
    fn the_tier_is_monotone_in_war(w in window(), t in thresholds(), rows in vec(season(2008..2036), 1..8), which in 0usize..8,
                                   more in 0i64..80) {
        let at = which % rows.len();
        prop_assume!(rows[at].war.is_some());
        let mut better = rows.clone();
        better[at].war = rows[at].war.map(|war| war + Decimal::new(more, 1));
        let (before, after) = (Label::derive(&w, &rows, &t).unwrap(), Label::derive(&w, &better, &t).unwrap());
        // The tiers are ordered from the best to the worst.
        prop_assert!(after.success_tier <= before.success_tier);
        prop_assert_eq!(after.is_success, before.is_success);
    }

    /// Closing the window later changes no total and keeps what was known.
    #[test]
    fn closing_changes_no_total(w in window(), t in thresholds(), rows in vec(season(2008..2036), 0..8)) {
        let open = Label::derive(&Window { data_through_year: None, ..w }, &rows, &t).unwrap();
        let closed = Label::derive(&Window { data_through_year: Some(w.evaluation_year), ..w }, &rows, &t).unwrap();
        prop_assert_eq!((open.is_success, open.success_tier, open.tier_basis), (None, None, None));
        prop_assert!(closed.is_success.is_some());
        let rest = Label { reached_mlb: closed.reached_mlb, is_success: closed.is_success, success_tier: closed.success_tier,
                           tier_basis: closed.tier_basis, window_complete: true, ..open.clone() };
        prop_assert_eq!(rest, closed);
    }
}
