//! A league on the whole is what a baseball person expects: bands around the minor leagues' own rates.

use crate::levels::Level;
use crate::simulate::calendar::day;
use crate::simulate::lines::{Batting, Pitching};
use crate::simulate::testing::{Game, wide};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

const FULL_SEASON: [Level; 4] = [Level::A, Level::APlus, Level::AA, Level::AAA];

fn regular() -> impl Iterator<Item = &'static Game> {
    wide()
        .ledger
        .games
        .iter()
        .filter(|g| matches!(g.game_type, None | Some("Regular")))
}

/// All batting and pitching of prospects at a level.
fn totals(level: Level) -> (Batting, Pitching) {
    let mut totals = (Batting::default(), Pitching::default());
    for game in regular().filter(|g| g.level == level) {
        game.bat.iter().for_each(|b| totals.0.add(b));
        game.arm.iter().for_each(|p| totals.1.add(p));
    }
    totals
}

fn check(what: &str, level: Level, band: Range<f64>, part: u32, whole: u32) -> f64 {
    let value = f64::from(part) / f64::from(whole);
    assert!(
        band.contains(&value),
        "{what} at {level:?}: {value:.4}, not in {band:?}"
    );
    value
}

#[test]
fn rates_at_bat() {
    for level in FULL_SEASON {
        let (b, _) = totals(level);
        check("average", level, 0.240..0.275, b.h, b.ab);
        check("strikeouts", level, 0.18..0.27, b.so, b.pa);
        check("walks", level, 0.075..0.12, b.bb, b.pa);
        check("hit by pitch", level, 0.007..0.02, b.hbp, b.pa);
        check("steals", level, 0.012..0.04, b.sb, b.pa);
        check("caught of steals", level, 0.18..0.40, b.cs, b.sb + b.cs);
        check("sacrifice flies", level, 0.003..0.010, b.sf, b.pa);
        check("plate appearances per game", level, 3.7..4.5, b.pa, b.games);
    }
}

#[test]
fn power_grows_with_the_level() {
    let mut before = 0.0;
    for level in FULL_SEASON {
        let (b, _) = totals(level);
        let rate = check("home runs", level, 0.012..0.040, b.hr, b.pa);
        // A step between two neighbours may drown in the noise of a league of this size.
        assert!(rate > 0.93 * before, "{level:?}: {rate:.4} after {before:.4}");
        before = rate;
    }
    let rate = |level| {
        let (b, _) = totals(level);
        f64::from(b.hr) / f64::from(b.pa)
    };
    assert!(rate(Level::Complex) < rate(Level::A) && rate(Level::A) < rate(Level::AAA));
}

#[test]
fn rates_on_the_mound() {
    for level in FULL_SEASON {
        let (_, p) = totals(level);
        check("strikeouts", level, 0.18..0.27, p.k, p.bf);
        check("walks", level, 0.075..0.12, p.bb, p.bf);
        let earned = regular()
            .filter(|g| g.level == level)
            .filter_map(|g| g.arm)
            .map(|p| u32::from(p.er))
            .sum::<u32>();
        check("ERA", level, 3.5..5.6, 27 * earned, p.outs);
        check("earned of all runs", level, 0.86..0.97, earned, p.r);
    }
    let (mut gidp, mut pa) = (0, 0);
    for bat in regular().filter_map(|g| g.bat) {
        gidp += u32::from(bat.gidp);
        pa += u32::from(bat.pa);
    }
    check("double plays", Level::AAA, 0.012..0.025, gidp, pa);
}

#[test]
fn starters_and_relievers() {
    let mean = |gs: u8, of: fn(&crate::simulate::lines::PitchingLine) -> u8| {
        let lines: Vec<_> = regular().filter_map(|g| g.arm).filter(|p| p.gs == gs).collect();
        lines.iter().map(|p| f64::from(of(p))).sum::<f64>() / lines.len() as f64
    };
    assert!((12.0..17.0).contains(&mean(1, |p| p.outs)));
    assert!((65.0..95.0).contains(&mean(1, |p| p.pitches)));
    assert!((3.0..5.5).contains(&mean(0, |p| p.outs)));
    assert!((3.6..4.1).contains(&(mean(1, |p| p.pitches) / mean(1, |p| p.bf))));
}

#[test]
fn ages_rise_with_the_level() {
    let mut before = 0.0;
    for level in Level::ALL {
        let stints: BTreeSet<(u32, i32)> = regular()
            .filter(|g| g.level == level)
            .map(|g| (g.player, g.season))
            .collect();
        let age =
            |(player, season): &(u32, i32)| wide().league.careers[*player as usize].person.age(day(*season, 7, 1));
        let mean = stints.iter().map(age).sum::<f64>() / stints.len() as f64;
        assert!(mean > before, "{level:?}: {mean:.1} after {before:.1}");
        assert!((17.0..28.0).contains(&mean));
        before = mean;
    }
}

#[test]
fn seasons_have_their_length() {
    let mut games: BTreeMap<(u32, i32), u32> = BTreeMap::new();
    for game in wide().ledger.games.iter().filter(|g| g.bat.is_some()) {
        *games.entry((game.player, game.season)).or_default() += 1;
    }
    assert!(
        games.keys().all(|(_, season)| *season != 2020),
        "games in the year without any"
    );
    let most = games.values().max().copied().unwrap_or(0);
    // 140 games, a week of playoffs and a few in the spring.
    assert!((115..=148).contains(&most), "{most}");
    let mut regular_games: BTreeMap<(u32, i32), u32> = BTreeMap::new();
    for game in regular().filter(|g| g.bat.is_some()) {
        *regular_games.entry((game.player, game.season)).or_default() += 1;
    }
    let most = regular_games.values().max().copied().unwrap_or(0);
    assert!(most <= 142, "{most}");
}

#[test]
fn doubleheaders_follow_rain() {
    // Clubs' playing days, not players': not everybody plays both games.
    let days: BTreeSet<(&str, i32)> = regular().map(|g| (g.team.as_str(), g.day)).collect();
    let doubles: BTreeSet<(&str, i32)> = regular()
        .filter(|g| g.game_number == 2)
        .map(|g| (g.team.as_str(), g.day))
        .collect();
    let share = doubles.len() as f64 / days.len() as f64;
    assert!((0.03..0.12).contains(&share), "{share:.4}");
}

#[test]
fn injuries_leave_gaps() {
    // A regular who misses three weeks of a season and comes back.
    let mut last: BTreeMap<(u32, i32), i32> = BTreeMap::new();
    let mut gaps = BTreeSet::new();
    for game in regular().filter(|g| g.bat.is_some()) {
        if let Some(before) = last.insert((game.player, game.season), game.day)
            && game.day - before > 20
        {
            gaps.insert((game.player, game.season));
        }
    }
    let share = gaps.len() as f64 / last.len() as f64;
    assert!((0.03..0.30).contains(&share), "{share:.3}");
}

#[test]
fn two_way_players_do_both_on_a_day() {
    let both: BTreeSet<u32> = wide()
        .ledger
        .games
        .iter()
        .filter(|g| g.bat.is_some() && g.arm.is_some())
        .map(|g| g.player)
        .collect();
    assert!(!both.is_empty());
    assert!(
        both.iter()
            .all(|p| wide().league.careers[*p as usize].person.is_two_way())
    );
}

#[test]
fn most_moves_go_up_one_level() {
    let mut at: BTreeMap<u32, i32> = BTreeMap::new();
    let (mut moves, mut up, mut one) = (0.0, 0.0, 0.0);
    for game in regular() {
        let level = game.level.ordinal();
        if let Some(before) = at.insert(game.player, level)
            && before != level
        {
            moves += 1.0;
            up += f64::from(u8::from(level > before));
            // Short-season ball is a rung many step over, and after 2020 there is none.
            one += f64::from(u8::from(level == before + 1 || (before <= 2 && level == 3)));
        }
    }
    assert!(moves > 500.0);
    assert!(
        up / moves > 0.75 && one / moves > 0.65,
        "{moves} moves, {up} up, {one} by one"
    );
}

#[test]
fn lists_know_something_and_not_all() {
    let rows: Vec<(f64, f64)> = wide()
        .ledger
        .scouting
        .iter()
        .filter(|r| r.source == "fangraphs")
        .filter_map(|r| {
            Some((
                f64::from(r.future_value?),
                wide().league.careers[r.player as usize].person.outlook(r.recorded),
            ))
        })
        .collect();
    let n = rows.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| rows.iter().map(of).sum::<f64>() / n;
    let (mx, my) = (mean(&|r| r.0), mean(&|r| r.1));
    let cov = mean(&|r| (r.0 - mx) * (r.1 - my));
    let sd = |of: &dyn Fn(&(f64, f64)) -> f64| mean(of).sqrt();
    let r = cov / (sd(&|r| (r.0 - mx) * (r.0 - mx)) * sd(&|r| (r.1 - my) * (r.1 - my)));
    assert!((0.5..0.95).contains(&r), "{r:.3} of {n}");
}

#[test]
fn few_reach_the_majors_and_fewer_stay() {
    let mut war: BTreeMap<u32, i32> = BTreeMap::new();
    for row in &wide().ledger.majors {
        *war.entry(row.player).or_default() += row.war;
    }
    let share = war.len() as f64 / f64::from(wide().config.prospects);
    assert!((0.05..0.20).contains(&share), "{share:.3}");
    let mut careers: Vec<i32> = war.into_values().collect();
    careers.sort_unstable();
    let n = careers.len();
    let mean = careers.iter().sum::<i32>() as f64 / n as f64;
    let median = f64::from(careers[n / 2]);
    assert!(mean > 1.3 * median, "mean {mean:.1}, median {median:.1}, in tenths");
    assert!(careers[0] < 0 && careers[n - 1] > 100);
}
