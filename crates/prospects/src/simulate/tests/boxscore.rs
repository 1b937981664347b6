//! A box score balances: what one side bats the other has pitched.

use crate::levels::Level;
use crate::simulate::bases::Runner;
use crate::simulate::booking::book;
use crate::simulate::circuit::{Circuit, Environment};
use crate::simulate::game::play;
use crate::simulate::inning::Half;
use crate::simulate::lines::PitchingLine;
use crate::simulate::rows::Missing;
use crate::simulate::side::{Batter, Conditions, NOBODY, Pitcher, Side};
use crate::simulate::*;
use dynasty_numbers::dice::{Dice, Purpose};

fn conditions(environment: &Environment, innings: u32) -> Conditions<'_> {
    Conditions {
        environment,
        park: 1.0,
        innings,
        placed_runner: innings == 7,
        pitched_walks: true,
        relief_outs: 3,
    }
}

/// A side of people who are nobody's prospects.
fn side(dice: &mut Dice) -> Side {
    let mut side = Side::default();
    side.clear();
    side.batters = (0..9).map(|_| Batter::anybody(dice)).collect();
    side.bench = (0..2).map(|_| Batter::anybody(dice)).collect();
    side.pen = (0..4).map(|_| Pitcher::anybody(3, dice)).collect();
    side.closer = Some(Pitcher::anybody(3, dice));
    let mut starter = Pitcher::anybody(0, dice);
    starter.limit = 80;
    starter.line = PitchingLine {
        gs: 1,
        ..PitchingLine::default()
    };
    side.pitchers.push(starter);
    side
}

/// A sum over the batters of a side.
fn bat(side: &Side, count: impl Fn(&Batter) -> u8) -> u32 {
    side.batters.iter().map(|b| u32::from(count(b))).sum()
}

/// A sum over the pitchers of a side.
fn arm(side: &Side, count: impl Fn(&PitchingLine) -> u8) -> u32 {
    side.pitchers.iter().map(|p| u32::from(count(&p.line))).sum()
}

#[test]
fn both_sides_tell_the_same_game() {
    let mut extra = 0;
    for n in 0..3_000 {
        let innings = if n % 4 == 0 { 7 } else { 9 };
        let environment = Circuit::ALL[n as usize % 7].environment(2012 + n as i32 % 12);
        let mut dice = Dice::new(99, Purpose::Game, n, 0);
        let mut sides = [side(&mut dice), side(&mut dice)];
        play(&conditions(&environment, innings), &mut sides, &mut dice);
        for i in 0..2 {
            let (bats, field) = (&sides[i], &sides[1 - i]);
            assert_eq!(bat(bats, |b| b.line.pa), arm(field, |p| p.bf));
            assert_eq!(bat(bats, |b| b.line.h), arm(field, |p| p.h));
            assert_eq!(bat(bats, |b| b.line.hr), arm(field, |p| p.hr));
            assert_eq!(bat(bats, |b| b.line.bb), arm(field, |p| p.bb));
            assert_eq!(bat(bats, |b| b.line.ibb), arm(field, |p| p.ibb));
            assert_eq!(bat(bats, |b| b.line.hbp), arm(field, |p| p.hb));
            assert_eq!(bat(bats, |b| b.line.so), arm(field, |p| p.k));
            assert_eq!(bat(bats, |b| b.line.r), arm(field, |p| p.r));
            assert_eq!(bat(bats, |b| b.line.r), bats.runs as u32);
            assert_eq!(bat(bats, |b| b.line.pitches), arm(field, |p| p.pitches));
            assert_eq!(bat(bats, |b| b.line.ground_outs), arm(field, |p| p.ground_outs));
            assert_eq!(bat(bats, |b| b.line.air_outs), arm(field, |p| p.air_outs));
            assert!(bat(bats, |b| b.line.rbi) <= bats.runs as u32);
            // Outs: strikeouts, batted ones, the second one of double plays, and runners caught.
            let outs = bat(bats, |b| {
                b.line.so + b.line.ground_outs + b.line.air_outs + b.line.gidp + b.line.cs
            });
            assert_eq!(outs, arm(field, |p| p.outs));
            assert_eq!(arm(field, |p| p.gs), 1);
        }
        assert_ne!(sides[0].runs, sides[1].runs, "nobody won");
        let winner = usize::from(sides[1].runs > sides[0].runs);
        assert_eq!((arm(&sides[winner], |p| p.w), arm(&sides[winner], |p| p.l)), (1, 0));
        assert_eq!(
            (arm(&sides[1 - winner], |p| p.w), arm(&sides[1 - winner], |p| p.l)),
            (0, 1)
        );
        assert!(arm(&sides[winner], |p| p.s) <= 1 && arm(&sides[1 - winner], |p| p.s) == 0);
        // The home side bats last, and not at all when it is ahead.
        let (top, bottom) = (arm(&sides[1], |p| p.outs), arm(&sides[0], |p| p.outs));
        assert_eq!(top % 3, 0);
        assert!(top >= 3 * innings && bottom <= top);
        if winner == 0 {
            assert_eq!(bottom, top);
        } else {
            assert!(bottom >= top - 3 && bottom < top);
        }
        extra += u32::from(top > 3 * innings);
    }
    assert!((150..450).contains(&extra), "{extra} of 3000 games in extra innings");
}

#[test]
fn a_run_on_a_two_out_error_is_not_earned() {
    let mut dice = Dice::new(1, Purpose::Game, 0, 0);
    for (outs, earned) in [(0, 1), (1, 1), (2, 0)] {
        let (mut at_bat, mut field) = (side(&mut dice), side(&mut dice));
        let mut record = None;
        let mut half = Half::new(&mut at_bat, &mut field, 0, &mut record);
        half.outs = outs;
        half.bases.0[2] = Some(Runner {
            batter: 0,
            arm: 0,
            earned: true,
        });
        half.error(1);
        let line = &field.pitchers[0].line;
        assert_eq!((line.r, line.er), (1, earned), "{outs} out");
    }
}

#[test]
fn a_reliever_who_catches_a_thief_and_faces_nobody_has_pitched() {
    #[derive(Default)]
    struct Rows(Vec<(u32, PitchingLine)>);
    impl Sink for Rows {
        fn game(&mut self, row: &GameRow<'_>) {
            self.0.extend(row.arm.map(|arm| (row.player, arm)));
        }
    }
    let mut league = League::new(&Config {
        prospects: 20,
        first_season: 2018,
        last_season: 2018,
        seed: 1,
    });
    let mut dice = Dice::new(1, Purpose::Game, 0, 0);
    let mut field = side(&mut dice);
    let mut reliever = Pitcher::anybody(3, &mut dice);
    reliever.player = 7;
    reliever.line.outs = 1;
    field.pitchers.push(reliever);
    let row = GameRow {
        player: NOBODY,
        day: 2_458_300,
        season: 2018,
        game_type: Some("Regular"),
        team: "A",
        opponent: "B",
        is_home: true,
        level: Level::AA,
        game: 0,
        game_number: 1,
        bat: None,
        arm: None,
        missing: Missing::default(),
    };
    let mut rows = Rows::default();
    book(&field, row, None, &mut league.careers, &mut dice, &mut rows);
    assert_eq!(rows.0, [(7, reliever.line)]);
    assert_eq!(league.careers[7].last_pitched, row.day);
}
