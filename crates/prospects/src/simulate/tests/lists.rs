//! What holds of the rows of a season: scouting lists, advanced lines, major-league seasons.

use crate::simulate::calendar::{civil, day};
use crate::simulate::testing::{small, wide};
use crate::simulate::*;
use std::collections::BTreeSet;

#[test]
fn scouting_grades_lie_on_the_scale() {
    for played in [small(), wide()] {
        let mut keys = BTreeSet::new();
        let mut ranks = BTreeSet::new();
        assert!(!played.ledger.scouting.is_empty());
        for row in &played.ledger.scouting {
            assert!(keys.insert((row.player, row.source, row.year)), "named twice: {row:?}");
            let grades = row
                .tools
                .iter()
                .flatten()
                .flat_map(|(present, future)| [*present, *future]);
            let pitches = row.pitches.iter().flatten().flatten().copied();
            for grade in grades.chain(pitches).chain(row.future_value) {
                assert!((20..=80).contains(&grade) && grade % 5 == 0, "{row:?}");
            }
            assert!(
                row.tools.iter().flatten().all(|(present, future)| present <= future),
                "{row:?}"
            );
            assert!(row.tools.is_some() || row.pitches.is_some());
            if let Some(rank) = row.rank {
                assert!((1..=100).contains(&rank));
                assert!(ranks.insert((row.source, row.year, rank)), "a rank twice: {row:?}");
            }
            assert_eq!(civil(row.recorded).0, row.year);
            assert!(row.recorded < day(row.year, 4, 1));
            assert!(
                row.eta.is_none_or(|eta| (row.year - 1..=row.year + 7).contains(&eta)),
                "{row:?}"
            );
            let person = &played.league.careers[row.player as usize].person;
            assert!(person.signed < row.year && person.age(row.recorded) < 29.0);
        }
    }
}

#[test]
fn advanced_lines_are_shares() {
    for played in [small(), wide()] {
        let mut keys = BTreeSet::new();
        for row in &played.ledger.advanced {
            assert!(keys.insert((row.player, row.season, row.level)), "{row:?}");
            for parts in [row.mix, row.spray, Some(row.quality)].into_iter().flatten() {
                assert_eq!(parts.iter().sum::<i32>(), 1000, "{row:?}");
                assert!(parts.iter().all(|p| (0..=1000).contains(p)), "{row:?}");
            }
            let shares = row.discipline.into_iter().chain(row.iffb).chain(row.hr_per_fb);
            assert!(shares.into_iter().all(|p| (0..=1000).contains(&p)), "{row:?}");
            assert!(
                (0..=100).contains(&row.speed_score) && (0..=2200).contains(&row.woba),
                "{row:?}"
            );
            assert!(row.iso.is_none_or(|iso| (0..=3000).contains(&iso)));
        }
    }
}

#[test]
fn weighted_runs_average_to_the_league() {
    // Prospects are half of a league's bats: what they are above average together is not far from nothing.
    let rows = &wide().ledger.advanced;
    let wraa: i32 = rows.iter().map(|r| r.wraa).sum();
    let wrc: i32 = rows.iter().map(|r| r.wrc).sum();
    assert!(wraa.abs() * 10 < wrc, "{wraa} of {wrc}");
}

#[test]
fn major_league_seasons_add_up() {
    for played in [small(), wide()] {
        let mut keys = BTreeSet::new();
        for row in &played.ledger.majors {
            assert!(keys.insert((row.player, row.season)), "{row:?}");
            assert!(
                (1..=172).contains(&row.service_days) && (1..=162).contains(&row.games),
                "{row:?}"
            );
            assert!(row.bat.is_some() || row.arm.is_some());
            let (year, month, _) = civil(row.debut);
            assert!(year <= row.season && (3..=9).contains(&month), "{row:?}");
            let opening = if year == 2020 {
                day(2020, 7, 23)
            } else {
                day(year, 3, 28)
            };
            assert!(row.debut >= opening, "a debut before the season: {row:?}");
            if let Some(b) = row.bat {
                assert_eq!(b.pa, b.ab + b.bb + b.hbp + b.sf, "{b:?}");
                assert!(b.h <= b.ab && b.b2 + b.b3 + b.hr <= b.h && b.so <= b.ab - b.h, "{b:?}");
                assert!(b.r >= b.hr && b.rbi >= b.hr && b.r <= b.h + b.bb + b.hbp, "{b:?}");
                assert_eq!(
                    b.ground_balls + b.fly_balls + b.line_drives,
                    b.ab - b.so + b.sf,
                    "{b:?}"
                );
            }
            if let Some(p) = row.arm {
                assert!(p.games <= row.games && p.starts <= p.games, "{p:?}");
                assert!(p.er <= p.r && p.hr <= p.h && p.k <= p.outs && p.hr <= p.r, "{p:?}");
                assert!(p.h + p.bb + p.hb + p.k <= p.bf && p.w + p.l + p.s <= p.games, "{p:?}");
            }
        }
    }
}

#[test]
fn texts_have_their_columns() {
    let played = small();
    let width = |columns: &str| columns.split(',').count();
    let mut text = String::new();
    let mut check = |columns: &str, write: &mut dyn FnMut(&mut String)| {
        text.clear();
        write(&mut text);
        assert_eq!(text.matches('\n').count(), 1);
        assert_eq!(
            text.trim_end_matches('\n').split('\t').count(),
            width(columns),
            "{text}"
        );
    };
    for row in &played.ledger.scouting {
        check(SCOUTING_COLUMNS, &mut |out| row.copy_text(1, out));
    }
    for row in &played.ledger.advanced {
        check(ADVANCED_COLUMNS, &mut |out| row.copy_text(1, out));
    }
    for row in &played.ledger.majors {
        check(MAJORS_COLUMNS, &mut |out| row.copy_text(1, out));
    }
    for player in 0..played.league.careers.len() {
        check(PROSPECT_COLUMNS, &mut |out| {
            played.league.prospect_text(played.config.seed, player, 1, "{}", out);
        });
    }
}
