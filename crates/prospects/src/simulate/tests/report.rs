//! What a league looks like, to read:
//! `cargo test --release -p dynasty-prospects --lib simulate::tests::report -- --ignored --nocapture`.

use crate::levels::Level;
use crate::simulate::calendar::day;
use crate::simulate::lines::{Batting, Pitching};
use crate::simulate::testing::{Played, played};
use crate::simulate::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
#[ignore = "a report to read"]
fn report() {
    let start = std::time::Instant::now();
    let config = Config {
        prospects: 9_000,
        first_season: 2010,
        last_season: 2024,
        seed: 1,
    };
    let league = played(config, false);
    println!("{:?}", start.elapsed());
    sizes(&league);
    for level in Level::ALL {
        rates(&league, level);
    }
    appearances(&league);
    people(&league);
    the_majors(&league);
}

fn ratio(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

fn percent(part: u32, whole: u32) -> f64 {
    100.0 * ratio(part, whole)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for value in values {
        sum += value;
        n += 1.0;
    }
    sum / n
}

/// The least, the quarters, and the highest percentiles.
fn quantiles<T: Ord + Copy>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    let at = |q: usize| values.get(values.len().saturating_sub(1) * q / 100).copied();
    [0, 25, 50, 75, 90, 95, 99, 100].into_iter().filter_map(at).collect()
}

fn sizes(league: &Played) {
    let ledger = &league.ledger;
    println!(
        "rows: games {} scouting {} advanced {} majors {}",
        ledger.games.len(),
        ledger.scouting.len(),
        ledger.advanced.len(),
        ledger.majors.len()
    );
    let on_field: BTreeSet<u32> = ledger.games.iter().map(|g| g.player).collect();
    let ranked: BTreeSet<u32> = ledger.scouting.iter().map(|r| r.player).collect();
    let mut values: BTreeMap<i32, u32> = BTreeMap::new();
    for value in ledger.scouting.iter().filter_map(|r| r.future_value) {
        *values.entry(value).or_default() += 1;
    }
    println!(
        "played {} ranked {} future value {values:?}",
        on_field.len(),
        ranked.len()
    );
}

fn rates(league: &Played, level: Level) {
    let (mut b, mut p) = (Batting::default(), Pitching::default());
    let (mut er, mut gidp) = (0, 0);
    for game in league.ledger.games.iter().filter(|g| g.level == level) {
        if let Some(line) = &game.bat {
            b.add(line);
            gidp += u32::from(line.gidp);
        }
        if let Some(line) = &game.arm {
            p.add(line);
            er += u32::from(line.er);
        }
    }
    println!(
        "{level:?} bats: games {} avg {:.3} iso {:.3} woba {:.3} pa/g {:.2}",
        b.games,
        ratio(b.h, b.ab),
        ratio(b.b2 + 2 * b.b3 + 3 * b.hr, b.ab),
        b.woba().unwrap_or(0.0),
        ratio(b.pa, b.games)
    );
    let shares = [
        ("K", b.so),
        ("BB", b.bb),
        ("HBP", b.hbp),
        ("HR", b.hr),
        ("SB", b.sb),
        ("SF", b.sf),
        ("SH", b.sh),
        ("GIDP", gidp),
        ("R", b.r),
    ];
    let shares = shares.map(|(name, n)| format!("{name} {:.2}", percent(n, b.pa)));
    println!("  percent of PA: {}", shares.join(" "));
    println!(
        "  arms: games {} K {:.1} BB {:.1} HR {:.2} ERA {:.2} R/9 {:.2}",
        p.games,
        percent(p.k, p.bf),
        percent(p.bb, p.bf),
        percent(p.hr, p.bf),
        27.0 * ratio(er, p.outs),
        27.0 * ratio(p.r, p.outs)
    );
}

fn appearances(league: &Played) {
    for gs in 0..=1 {
        let lines = || {
            let arms = league.ledger.games.iter().filter_map(|g| g.arm);
            arms.filter(move |p| p.gs == gs)
        };
        println!(
            "{} {}: outs {:.2} batters {:.2} pitches {:.1}",
            if gs == 1 { "starts" } else { "relief" },
            lines().count(),
            mean(lines().map(|p| f64::from(p.outs))),
            mean(lines().map(|p| f64::from(p.bf))),
            mean(lines().map(|p| f64::from(p.pitches)))
        );
    }
}

fn people(league: &Played) {
    let mut stints: BTreeMap<(u32, i32, Level), u32> = BTreeMap::new();
    for game in &league.ledger.games {
        *stints.entry((game.player, game.season, game.level)).or_default() += 1;
    }
    println!(
        "stints {} games {:?}",
        stints.len(),
        quantiles(stints.values().copied().collect())
    );
    let careers = &league.league.careers;
    for level in Level::ALL {
        let here = stints.keys().filter(|(_, _, l)| *l == level);
        let ages = here.map(|(player, season, _)| careers[*player as usize].person.age(day(*season, 7, 1)));
        println!("{level:?} mean age {:.1}", mean(ages));
    }
    println!(
        "peak {:.1} seasons {:.2}",
        mean(careers.iter().map(|c| c.person.peak())),
        mean(careers.iter().map(|c| f64::from(c.seasons)))
    );
}

fn the_majors(league: &Played) {
    let rows = &league.ledger.majors;
    let mut war: BTreeMap<u32, i32> = BTreeMap::new();
    for row in rows {
        *war.entry(row.player).or_default() += row.war;
    }
    println!(
        "reached {} career war {:?} season war {:?}",
        war.len(),
        quantiles(war.values().copied().collect()),
        quantiles(rows.iter().map(|r| r.war).collect())
    );
    let bats: Vec<_> = rows.iter().filter_map(|r| r.bat).collect();
    let sum = |of: fn(&MajorsRow) -> u32| rows.iter().map(of).sum::<u32>();
    println!(
        "hitters {} pa {:.0} avg {:.3}",
        bats.len(),
        mean(bats.iter().map(|b| f64::from(b.pa))),
        ratio(sum(|r| r.bat.map_or(0, |b| b.h)), sum(|r| r.bat.map_or(0, |b| b.ab)))
    );
    let arms: Vec<_> = rows.iter().filter_map(|r| r.arm).collect();
    println!(
        "arms {} outs {:.0} R/9 {:.2} W {} L {} S {}",
        arms.len(),
        mean(arms.iter().map(|p| f64::from(p.outs))),
        27.0 * ratio(sum(|r| r.arm.map_or(0, |p| p.r)), sum(|r| r.arm.map_or(0, |p| p.outs))),
        arms.iter().map(|p| p.w).sum::<u32>(),
        arms.iter().map(|p| p.l).sum::<u32>(),
        arms.iter().map(|p| p.s).sum::<u32>()
    );
}
