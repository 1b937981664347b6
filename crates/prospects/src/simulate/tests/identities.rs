//! What holds of every row of game logs.

use crate::levels::Level;
use crate::simulate::calendar::civil;
use crate::simulate::testing::{Game, small, wide};
use crate::simulate::*;
use std::collections::{BTreeMap, BTreeSet};

fn games() -> impl Iterator<Item = &'static Game> {
    small().ledger.games.iter().chain(&wide().ledger.games)
}

#[test]
fn batting_lines_add_up() {
    for game in games() {
        let Some(b) = &game.bat else { continue };
        assert!(b.pa > 0, "{b:?}");
        assert_eq!(b.pa, b.ab + b.bb + b.hbp + b.sf + b.sh, "{b:?}");
        assert!(b.h <= b.ab && b.b2 + b.b3 + b.hr <= b.h && b.so <= b.ab - b.h, "{b:?}");
        assert!(b.ibb <= b.bb && b.gidp <= b.ground_outs, "{b:?}");
        // What was put in play and was neither hit nor error was an out on the ground or in the air.
        assert!(b.ground_outs + b.air_outs <= b.ab - b.h - b.so + b.sf + b.sh, "{b:?}");
        assert!(
            b.fly_outs <= b.air_outs && b.sf <= b.fly_outs && b.sh <= b.ground_outs,
            "{b:?}"
        );
        assert_eq!(
            b.grounders + b.liners + b.flies + b.pops,
            b.ab - b.so + b.sf + b.sh,
            "{b:?}"
        );
        // Nobody scores more often than he came to bat, except as the man placed on second in extra innings.
        assert!(b.r >= b.hr && b.rbi >= b.hr && b.rbi <= 4 * b.pa, "{b:?}");
        assert!(b.pitches >= b.pa - b.ibb, "{b:?}");
    }
}

#[test]
fn pitching_lines_add_up() {
    let mut appearances = 0;
    for game in games() {
        let Some(p) = &game.arm else { continue };
        appearances += 1;
        assert!(p.bf > 0 || p.outs > 0 || p.wp > 0, "he did nothing: {p:?}");
        assert!(p.er <= p.r && p.hr <= p.h && p.ibb <= p.bb && p.gs <= 1, "{p:?}");
        assert!(
            p.k <= p.outs && p.outs <= 90 && p.h + p.bb + p.hb + p.k <= p.bf,
            "{p:?}"
        );
        assert!(p.ground_outs + p.air_outs + p.k + p.h + p.bb + p.hb <= p.bf, "{p:?}");
        // Double plays and runners caught stealing are the outs beyond the batters; three may have been on before him.
        let most = 2 * p.ground_outs + p.air_outs + p.k + p.h + p.bb + p.hb + p.bf + 3;
        assert!(p.outs <= most, "{p:?}");
        assert!(p.strikes <= p.pitches && p.pitches >= p.bf - p.ibb, "{p:?}");
        assert!(p.hr <= p.r, "{p:?}");
        assert!(p.w + p.l + p.s + p.hold <= 1, "{p:?}");
        assert!(p.gs == 0 || p.s + p.hold == 0, "{p:?}");
        assert!(
            p.gs == 0 || p.w == 0 || p.outs >= 15,
            "a starter wins with five innings: {p:?}"
        );
        assert!(p.s == 0 || p.outs > 0, "{p:?}");
    }
    assert!(appearances > 1_000);
}

#[test]
fn rows_come_in_order_and_once() {
    for played in [small(), wide()] {
        let mut keys = BTreeSet::new();
        let mut clubs: BTreeMap<(u32, i32), &str> = BTreeMap::new();
        let mut before = 0;
        for game in &played.ledger.games {
            assert!(game.bat.is_some() || game.arm.is_some());
            assert!(game.day >= before, "rows go back in time");
            before = game.day;
            assert_eq!(game.season, civil(game.day).0);
            assert!((1..=2).contains(&game.game_number));
            assert!(keys.insert((game.player, game.day, game.game_number)), "a game twice");
            let club = clubs.entry((game.player, game.day)).or_insert(&game.team);
            assert_eq!(*club, game.team, "two clubs on a day");
            assert_ne!(game.team, game.opponent);
        }
    }
}

#[test]
fn a_game_has_one_date_two_clubs_and_one_of_each_decision() {
    for played in [small(), wide()] {
        let mut seen: BTreeMap<u64, (&Game, [u8; 3])> = BTreeMap::new();
        for game in &played.ledger.games {
            let (first, decisions) = seen.entry(game.game).or_insert((game, [0; 3]));
            assert_eq!(first.day, game.day);
            assert_eq!(first.level, game.level);
            assert_eq!(first.game_number, game.game_number);
            assert_eq!(first.is_home == game.is_home, first.team == game.team);
            let other = if first.is_home == game.is_home {
                &first.opponent
            } else {
                &first.team
            };
            assert_eq!(*other, game.opponent);
            if let Some(p) = game.arm {
                for (sum, x) in decisions.iter_mut().zip([p.w, p.l, p.s]) {
                    *sum += x;
                }
            }
        }
        assert!(seen.values().all(|(_, decisions)| decisions.iter().all(|n| *n <= 1)));
    }
}

#[test]
fn nobody_plays_before_he_signed_or_after_he_left() {
    for played in [small(), wide()] {
        for game in &played.ledger.games {
            let person = &played.league.careers[game.player as usize].person;
            assert!(game.day >= person.debut && game.season >= person.signed);
            let age = person.age(game.day);
            assert!((15.0..45.0).contains(&age), "{age}");
            if let Some(last) = played.last_seasons.get(&game.player) {
                assert!(game.season <= *last);
            }
            // Nobody pitches who is no pitcher.
            assert!(game.arm.is_none() || person.arm.is_some());
            assert!(game.bat.is_none() || person.bat.is_some());
        }
    }
}

#[test]
fn texts_say_what_the_counts_say() {
    let columns: Vec<&str> = GAME_COLUMNS.split(',').collect();
    let at = |name: &str| columns.iter().position(|c| *c == name).expect("a column");
    for game in &small().ledger.games {
        let fields: Vec<&str> = game.text.strip_suffix('\n').expect("a line").split('\t').collect();
        assert_eq!(fields.len(), columns.len());
        let field = |name: &str| fields[at(name)];
        let number = |name: &str| field(name).parse::<f64>().ok();
        let (year, month, day) = civil(game.day);
        assert_eq!(field("game_date"), format!("{year:04}-{month:02}-{day:02}"));
        assert_eq!(field("game_type"), game.game_type.unwrap_or("\\N"));
        assert_eq!(field("team"), game.team);
        assert_eq!(field("level"), game.level.name());
        assert_eq!(field("is_home"), if game.is_home { "t" } else { "f" });
        let f = f64::from;
        if let Some(b) = game.bat {
            let bases = f(b.h) + f(b.b2) + 2.0 * f(b.b3) + 3.0 * f(b.hr);
            let on = f(b.h + b.bb + b.hbp) / f(b.ab + b.bb + b.hbp + b.sf);
            let close = |name: &str, expected: f64| match number(name) {
                None => assert!(!expected.is_finite(), "{name}: {expected} in {}", game.text),
                Some(x) => assert!(
                    (x - expected).abs() <= 0.000_500_001,
                    "{name}: {expected} in {}",
                    game.text
                ),
            };
            close("batting_avg", f(b.h) / f(b.ab));
            close("on_base_pct", on);
            close("slugging_pct", bases / f(b.ab));
            close("ops", on + bases / f(b.ab));
            close("babip", f(b.h - b.hr) / (f(b.ab) + f(b.sf) - f(b.so) - f(b.hr)));
            for (name, x) in [
                ("plate_appearances", b.pa),
                ("hits", b.h),
                ("rbi", b.rbi),
                ("left_on_base", b.lob),
            ] {
                assert_eq!(number(name), Some(f(x)), "{name}");
            }
        } else {
            assert!(
                fields[at("plate_appearances")..=at("left_on_base")]
                    .iter()
                    .all(|x| *x == "\\N")
            );
        }
        if let Some(p) = game.arm {
            for (name, x) in [
                ("outs_pitched", p.outs),
                ("earned_runs", p.er),
                ("wins", p.w),
                ("holds", p.hold),
            ] {
                assert_eq!(number(name), Some(f(x)), "{name}");
            }
        } else {
            assert!(fields[at("games_started")..=at("holds")].iter().all(|x| *x == "\\N"));
        }
    }
}

#[test]
fn who_lost_the_semifinal_is_not_in_the_final() {
    let mut meetings: BTreeMap<(i32, Level, &str), BTreeMap<&str, BTreeSet<i32>>> = BTreeMap::new();
    for game in wide().ledger.games.iter().filter(|g| g.game_type == Some("Playoffs")) {
        for (club, other) in [(&game.team, &game.opponent), (&game.opponent, &game.team)] {
            let club = meetings.entry((game.season, game.level, club)).or_default();
            club.entry(other).or_default().insert(game.day);
        }
    }
    let mut lost: BTreeMap<(i32, Level, &str), BTreeMap<&str, BTreeSet<i32>>> = BTreeMap::new();
    for game in wide().ledger.games.iter().filter(|g| g.game_type == Some("Playoffs")) {
        let Some(arm) = game.arm else { continue };
        let (winner, loser) = match (arm.w, arm.l) {
            (1, _) => (&game.team, &game.opponent),
            (_, 1) => (&game.opponent, &game.team),
            _ => continue,
        };
        let club = lost.entry((game.season, game.level, loser)).or_default();
        club.entry(winner).or_default().insert(game.day);
    }
    assert!(meetings.len() > 40);
    let mut series = 0;
    for (club, others) in &meetings {
        assert!(others.len() <= 2, "{club:?} against {others:?}");
        assert!(
            others.values().all(|days| days.len() <= 3),
            "{club:?} against {others:?}"
        );
        for (other, days) in lost.get(club).into_iter().flatten().filter(|(_, days)| days.len() == 2) {
            series += 1;
            let end = days.last().copied().unwrap_or(0);
            let later = others.values().flatten().any(|day| *day > end);
            assert!(!later, "{club:?} lost to {other} and plays on");
        }
    }
    let lengths: BTreeSet<usize> = meetings
        .values()
        .flat_map(|others| others.values().map(BTreeSet::len))
        .collect();
    assert!(lengths.contains(&2) && lengths.contains(&3), "{lengths:?}");
    assert!(series >= 3, "{series} series whose end is known");
}
