//! Who the prospects are, and where they play.

use crate::simulate::calendar::day;
use crate::simulate::circuit::Circuit;
use crate::simulate::clubs::{Clubs, ORGANISATIONS};
use crate::simulate::person::Way;
use crate::simulate::testing::{small, wide};
use std::collections::BTreeSet;

#[test]
fn a_pick_is_made_once() {
    for played in [small(), wide()] {
        let mut picks = BTreeSet::new();
        for career in &played.league.careers {
            let Some(draft) = career.draft else { continue };
            assert!(draft.pick >= 1 && draft.round >= 1);
            assert_eq!(draft.round, (draft.pick - 1) / ORGANISATIONS as i32 + 1);
            assert_ne!(career.person.way, Way::International);
            assert!(picks.insert((career.person.signed, draft.pick)), "{draft:?} twice");
        }
        assert!(!picks.is_empty());
    }
}

#[test]
fn early_picks_are_paid_more() {
    let mean = |from: i32, to: i32| {
        let paid: Vec<f64> = wide()
            .league
            .careers
            .iter()
            .filter(|c| c.draft.is_some_and(|d| (from..to).contains(&d.pick)))
            .filter_map(|c| c.bonus.map(f64::from))
            .collect();
        paid.iter().sum::<f64>() / paid.len() as f64
    };
    assert!(mean(1, 31) > 3.0 * mean(61, 151));
    assert!(mean(61, 151) > 3.0 * mean(300, 600));
}

#[test]
fn bodies_and_ages_are_those_of_ballplayers() {
    let careers = &wide().league.careers;
    for career in careers {
        let p = &career.person;
        assert!((64..=84).contains(&p.height), "{} inches", p.height);
        assert!((140..=320).contains(&p.weight), "{} pounds", p.weight);
        let age = p.age(day(p.signed, 7, 2));
        let ages = match p.way {
            Way::International => 15.9..24.0,
            Way::HighSchool => 17.9..19.1,
            Way::College => 20.5..23.5,
        };
        assert!(ages.contains(&age), "{:?} at {age}", p.way);
        assert!(p.bat.is_some() || p.arm.is_some());
    }
    let share = |of: &dyn Fn(&crate::simulate::person::Person) -> bool| {
        careers.iter().filter(|c| of(&c.person)).count() as f64 / careers.len() as f64
    };
    assert!((0.40..0.55).contains(&share(&|p| p.arm.is_some())));
    assert!((0.001..0.01).contains(&share(&|p| p.is_two_way())));
    assert!((0.28..0.45).contains(&share(&|p| p.way == Way::International)));
}

#[test]
fn clubs_of_a_league_of_thirty_carry_no_numbers() {
    let clubs = Clubs::new(1, 1);
    for circuit in Circuit::ALL {
        for club in 0..ORGANISATIONS {
            let name = clubs.name(circuit, club);
            assert!(!name.contains(|c: char| c.is_ascii_digit()), "{name}");
        }
    }
}

#[test]
fn clubs_are_distinct_however_many() {
    for affiliates in [1, 2, 9, 60] {
        let clubs = Clubs::new(3, affiliates);
        let mut names = BTreeSet::new();
        for circuit in Circuit::ALL {
            for club in 0..clubs.per_circuit() {
                assert!(
                    names.insert(clubs.name(circuit, club).to_string()),
                    "{}",
                    clubs.name(circuit, club)
                );
            }
        }
    }
}
