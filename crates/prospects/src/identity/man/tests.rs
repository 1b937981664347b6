use super::*;
use dynasty_numbers::days::day;

fn man() -> Man {
    Man {
        name: "Gus Hallander".into(),
        role: Some(Role::Batter),
        born: Some(Born::About(day(1999, 3, 1))),
        organization: Some("BAL".into()),
        ..Man::default()
    }
}

fn with(id: &str) -> Man {
    Man {
        fangraphs: vec![id.into()],
        ..man()
    }
}

#[test]
fn the_number_that_replaces_an_sa_id_is_his_when_all_agrees() {
    let row = Man {
        born: Some(Born::On(day(1999, 9, 1))),
        organization: Some("Baltimore Orioles".into()),
        ..with("26001")
    };
    assert_eq!(fit(&with("sa3010001"), &row), Fit::Same);
    assert_eq!(fit(&row, &with("sa3010001")), Fit::Same);
    let lacking = [
        Man {
            born: None,
            ..row.clone()
        },
        Man {
            role: None,
            ..row.clone()
        },
        Man {
            organization: None,
            ..row.clone()
        },
    ];
    for row in lacking {
        assert_eq!(fit(&with("sa3010001"), &row), Fit::Maybe, "{row:?}");
    }
    let contradicting = [
        Man {
            born: Some(Born::On(day(1996, 1, 1))),
            ..row.clone()
        },
        Man {
            role: Some(Role::Pitcher),
            ..row.clone()
        },
        Man {
            organization: Some("NYY".into()),
            ..row.clone()
        },
        with("sa3010002"),
    ];
    for row in contradicting {
        assert_eq!(fit(&with("sa3010001"), &row), Fit::Different, "{row:?}");
    }
    assert_eq!(fit(&with("1"), &with("2")), Fit::Different);
}

#[test]
fn who_has_no_id_of_the_source_yet_is_found_unless_something_speaks_against_it() {
    let stored = Man {
        mlb_id: Some(7),
        ..man()
    };
    assert_eq!(fit(&stored, &with("sa1")), Fit::Same);
    let bare = Man {
        name: "Gus Hallander".into(),
        ..Man::default()
    };
    assert_eq!(
        fit(
            &Man {
                mlb_id: Some(7),
                ..bare.clone()
            },
            &Man {
                fangraphs: vec!["sa1".into()],
                ..bare.clone()
            }
        ),
        Fit::Same
    );
    assert_eq!(
        fit(
            &stored,
            &Man {
                role: Some(Role::Pitcher),
                ..with("sa1")
            }
        ),
        Fit::Different
    );
    assert_eq!(
        fit(
            &stored,
            &Man {
                born: Some(Born::On(day(1990, 1, 1))),
                ..with("sa1")
            }
        ),
        Fit::Different
    );
    // Another club: a namesake, or he was traded.
    let elsewhere = Man {
        organization: Some("NYY".into()),
        ..with("sa1")
    };
    assert_eq!(fit(&stored, &elsewhere), Fit::Different);
    let born = Some(Born::On(day(1999, 3, 1)));
    assert_eq!(fit(&Man { born, ..stored }, &Man { born, ..elsewhere }), Fit::Same);
}

#[test]
fn an_mlbam_id_is_given_only_to_who_was_born_with_him() {
    let row = Man {
        mlb_id: Some(7),
        ..man()
    };
    assert_eq!(fit(&with("sa1"), &row), Fit::Same);
    assert_eq!(
        fit(
            &with("sa1"),
            &Man {
                born: None,
                ..row.clone()
            }
        ),
        Fit::Maybe
    );
    assert_eq!(
        fit(
            &Man {
                mlb_id: Some(8),
                ..with("sa1")
            },
            &row
        ),
        Fit::Different
    );
}

#[test]
fn years_of_birth_and_ages() {
    let on = |y, m, d| Some(Born::On(day(y, m, d)));
    let about = |y, m, d| Some(Born::About(day(y, m, d)));
    let same = |a, b| births(a, b) == Word::Agree;
    let apart = |a, b| births(a, b) == Word::Differ;
    assert!(same(on(2000, 1, 1), on(2000, 12, 31)));
    assert!(same(on(1999, 12, 31), on(2000, 1, 1)));
    assert!(!same(on(1999, 6, 1), on(2000, 3, 1)) && !apart(on(1999, 6, 1), on(2000, 3, 1)));
    assert!(apart(on(1999, 1, 1), on(2001, 1, 1)));
    assert!(same(about(2000, 1, 1), on(2000, 12, 31)));
    assert!(!same(about(2000, 1, 1), on(2001, 6, 1)) && !apart(about(2000, 1, 1), on(2001, 6, 1)));
    assert!(apart(about(2000, 1, 1), on(2002, 6, 1)));
}

#[test]
fn names_of_one_man() {
    for (a, b) in [
        ("José Ramírez", "Jose Ramirez"),
        ("Mike Trout", "Michael Trout"),
        ("Luis Rodríguez López", "Luis Rodriguez"),
        ("Ohtani Shohei", "Shohei Ohtani"),
        ("大谷翔平", "Shohei Ohtani"),
    ] {
        assert!(names_agree(a, b), "{a} {b}");
    }
    assert!(!names_agree("Luis Garcia", "Luis Rojas"));
}

#[test]
fn an_id_that_contradicts() {
    let row = |name: &str, role| Man {
        name: name.into(),
        role: Some(role),
        ..with("sa1")
    };
    // A shortstop becomes a pitcher.
    assert_eq!(
        same_id_contradiction(&with("sa1"), &row("Gus Hallander", Role::Pitcher), false),
        None
    );
    assert_eq!(
        same_id_contradiction(&with("sa1"), &row("August Hallander", Role::Pitcher), false),
        None
    );
    assert!(
        same_id_contradiction(&with("sa1"), &row("Al Other", Role::Pitcher), false)
            .unwrap()
            .contains("a batter, not a pitcher")
    );
    assert_eq!(
        same_id_contradiction(&with("sa1"), &row("Al Other", Role::Batter), false),
        None
    );
    assert!(
        same_id_contradiction(&with("sa1"), &row("Al Other", Role::Batter), true)
            .unwrap()
            .contains("another prospect's")
    );
    let father = Man {
        born: Some(Born::On(day(1975, 1, 1))),
        ..with("sa1")
    };
    assert!(
        same_id_contradiction(&with("sa1"), &father, false)
            .unwrap()
            .contains("born in 1999, not about 1975")
    );
    let other = Man {
        mlb_id: Some(2),
        ..with("sa1")
    };
    assert!(
        same_id_contradiction(
            &Man {
                mlb_id: Some(1),
                ..with("sa1")
            },
            &other,
            false
        )
        .unwrap()
        .contains("mlb_id 1, not 2")
    );
}
