//! Leagues nobody would ask for, which must not panic.

use crate::simulate::testing::{Played, played};
use crate::simulate::*;

fn run(prospects: u32, first_season: i32, last_season: i32, seed: u64) -> Played {
    let config = Config {
        prospects,
        first_season,
        last_season,
        seed,
    };
    let played = played(config, true);
    let mut text = String::new();
    for player in 0..prospects {
        played
            .league
            .prospect_text(seed, player as usize, player as i32, "{}", &mut text);
    }
    assert_eq!(text.lines().count(), prospects as usize);
    played
}

#[test]
fn nobody_at_all() {
    let nobody = run(0, 2015, 2016, 1);
    assert!(nobody.ledger.games.is_empty() && nobody.ledger.scouting.is_empty());
}

#[test]
fn somebody_alone() {
    let games: usize = (0..20).map(|seed| run(1, 2015, 2019, seed).ledger.games.len()).sum();
    assert!(games > 0, "one of twenty should play");
}

#[test]
fn one_season() {
    let one = run(50, 2018, 2018, 3);
    assert!(!one.ledger.games.is_empty());
    assert!(one.ledger.games.iter().all(|g| g.season == 2018));
}

#[test]
fn the_year_without_minor_league_games() {
    let lost = run(200, 2020, 2020, 3);
    assert!(lost.ledger.games.is_empty() && lost.ledger.advanced.is_empty());
    assert!(!lost.ledger.scouting.is_empty());
    // The seasons around it are played.
    let around = run(100, 2019, 2021, 3);
    let years: std::collections::BTreeSet<i32> = around.ledger.games.iter().map(|g| g.season).collect();
    assert_eq!(years.into_iter().collect::<Vec<_>>(), [2019, 2021]);
}

#[test]
fn long_ago_and_far_ahead() {
    for year in [1870, 1900, 1901, 1964, 1965, 2012, 2021, 2024, 2100, 2199] {
        let played = run(30, year, year + 1, 9);
        assert!(
            played
                .ledger
                .games
                .iter()
                .all(|g| (year..=year + 1).contains(&g.season)),
            "{year}"
        );
        assert!(!played.ledger.games.is_empty(), "{year}");
    }
}

#[test]
fn a_last_season_before_the_first_has_no_games() {
    for (first, last) in [(2020, 2019), (2021, 2010), (2200, 1870), (1871, 1870)] {
        let none = run(20, first, last, 2);
        assert!(none.ledger.games.is_empty() && none.ledger.majors.is_empty());
    }
}

#[test]
fn more_prospects_than_thirty_clubs_can_take() {
    let config = Config {
        prospects: 200_000,
        first_season: 2020,
        last_season: 2020,
        seed: 1,
    };
    let mut league = League::new(&config);
    struct Nothing;
    impl Sink for Nothing {}
    league.run(&mut Nothing);
    assert_eq!(league.careers.len(), 200_000);
    assert!(league.clubs.affiliates > 200);
}

#[test]
fn any_seed() {
    for seed in [0, 1, u64::MAX, 1 << 63] {
        run(20, 2018, 2019, seed);
    }
}
