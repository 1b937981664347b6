//! Payloads that are wrong, each for one reason: either the whole is of the wrong shape (and yields nothing), or one element is
//! rejected with words that say why and its good neighbour is kept. And any JSON at all is safe.

use crate::api::scouting::List;
use crate::api::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn list() -> List {
    List {
        source: "fangraphs".into(),
        ranking_year: Some(2024),
        date_recorded: "2024-06-01".into(),
    }
}

/// (rows, reject reasons) of a reader, or its shape error.
type Outcome = Result<(usize, Vec<String>), String>;

fn outcome<R>(parsed: Result<Parsed<R>, ShapeError>) -> Outcome {
    let parsed = parsed.map_err(|e| e.to_string())?;
    assert!(parsed.received() >= parsed.items.len() + parsed.rejects.len());
    Ok((
        parsed.items.len(),
        parsed.rejects.into_iter().map(|r| r.reason).collect(),
    ))
}

type Reader = fn(&Value) -> Outcome;

const READERS: [(&str, Reader); 6] = [
    ("game_logs", |v| outcome(game_log::parse_game_logs(v, None))),
    ("boxscore", |v| outcome(boxscore::parse_boxscore(v))),
    ("people", |v| outcome(people::parse_people(v))),
    ("mlb_stats", |v| outcome(mlb_stats::parse_mlb_stats(v, None))),
    ("scouting", |v| outcome(scouting::parse_scouting(v, &list()))),
    ("advanced", |v| outcome(advanced::parse_advanced(v))),
];

#[test]
fn payloads_of_the_wrong_shape_yield_nothing() {
    let cases = [
        json!(null),
        json!(true),
        json!(3),
        json!("text"),
        json!({}),
        json!({"message": "Object not found", "messageNumber": 10}),
        json!({"stats": null}),
        json!({"stats": {}}),
        json!({"stats": "none"}),
        json!({"people": {}}),
        json!({"people": 1}),
        json!({"data": {}}),
        json!({"data": "x"}),
        json!({"gamePk": 1}),
        json!({"gamePk": 1, "gameData": {}}),
        json!({"gamePk": 1, "gameData": {}, "liveData": {}}),
        json!({"teams": {"home": {}, "away": {}}}),
        json!({"gamePk": -1, "gameData": {"game": {"season": 2019}, "datetime": {"officialDate": "2019-05-01"}}, "liveData": {"boxscore": {"teams": {}}}}),
        json!({"gamePk": 1, "gameData": {"game": {"season": 2019}, "datetime": {"officialDate": "2019-05-01"}}, "liveData": {"boxscore": {"teams": {"home": {"players": []}}}}}),
        json!({"gamePk": 1, "gameData": {"game": {"season": 2019}, "datetime": {"officialDate": "2019-02-30"}}, "liveData": {"boxscore": {"teams": {}}}}),
        json!({"gamePk": 1, "gameData": {"game": {"season": 9999}, "datetime": {"officialDate": "2019-05-01"}}, "liveData": {"boxscore": {"teams": {}}}}),
        json!({"gamePk": 1, "gameData": {"game": {"season": 2019, "type": "?"}, "datetime": {"officialDate": "2019-05-01"}}, "liveData": {"boxscore": {"teams": {}}}}),
    ];
    for case in &cases {
        for (name, read) in READERS {
            let error = read(case).expect_err(&format!("{name} must refuse {case}"));
            assert!(
                error.starts_with("expected ") && error.contains(", found "),
                "{name}: {error}"
            );
        }
    }
}

#[test]
fn each_reader_refuses_the_shape_of_the_others() {
    let stats = json!({"stats": []});
    let rows = json!([]);
    for (name, payload) in [
        ("boxscore", &stats),
        ("people", &stats),
        ("scouting", &stats),
        ("advanced", &stats),
        ("game_logs", &rows),
        ("boxscore", &rows),
        ("people", &rows),
    ] {
        let read = READERS.iter().find(|(n, _)| *n == name).unwrap().1;
        assert!(read(payload).is_err(), "{name} {payload}");
    }
}

fn good_split() -> Value {
    json!({"season": "2024", "date": "2024-06-01", "gameType": "R", "sport": {"id": 12}, "team": {"name": "A"},
           "game": {"gamePk": 1}, "player": {"id": 7, "fullName": "Good"}, "stat": {"atBats": 4, "hits": 1}})
}

#[test]
fn a_bad_split_is_rejected_with_the_reason_and_its_neighbour_kept() {
    let huge = json!("9".repeat(400));
    let cases: Vec<(&str, Value, &str)> = vec![
        ("/stat/hits", json!(-1), "stat.hits: -1 is negative"),
        ("/stat/hits", json!("-3"), "stat.hits: -3 is negative"),
        ("/stat/hits", json!(1.5), "stat.hits: 1.5 is not a whole number"),
        ("/stat/hits", json!("two"), "stat.hits: \"two\" is not a number"),
        ("/stat/hits", huge.clone(), "stat.hits: 9999"),
        ("/stat/hits", json!(1e308), "out of range"),
        ("/stat/hits", json!(2147483648_i64), "out of range"),
        ("/stat/hits", json!(true), "true is not a number"),
        ("/stat/hits", json!([1]), "stat.hits: invalid type: sequence"),
        ("/stat/hits", json!({"n": 1}), "stat.hits: invalid type: map"),
        ("/stat", json!(null), "stat is null, not an object"),
        ("/stat", json!([]), "stat is an array, not an object"),
        ("/stat", json!("x"), "stat is a string, not an object"),
        ("/season", json!(null), "lacks season"),
        ("/season", json!("last"), "season: \"last\" is not a number"),
        ("/season", json!(1492), "season: 1492 is out of range"),
        ("/season", json!(2024.5), "season: 2024.5 is not a whole number"),
        ("/date", json!(null), "lacks date"),
        ("/date", json!("06/01/2024"), "date: \"06/01/2024\" is not a date"),
        ("/date", json!("2024-02-30"), "is not a date"),
        (
            "/date",
            json!("1492-10-12"),
            "date: 1492-10-12 is out of range (1870 to 2200)",
        ),
        ("/date", json!(20240601), "date: 20240601 is not text"),
        ("/gameType", json!("Z"), "gameType: \"Z\" is not known"),
        ("/gameType", json!(7), "gameType: 7 is not text"),
        ("/sport", json!(null), "lacks sport.id"),
        ("/sport/id", json!(1), "major-league"),
        ("/sport/id", json!(51), "sport 51 is not an affiliated minor league"),
        ("/sport/id", json!("x"), "sport.id: \"x\" is not a number"),
        ("/sport", json!(12), "sport: invalid type"),
        ("/team", json!("A"), "team: invalid type"),
        ("/team/name", json!("x".repeat(101)), "longer than 100 characters"),
        ("/team/name", json!(5), "team.name: 5 is not text"),
        ("/isHome", json!("yes"), "isHome: \"yes\" is not true or false"),
        ("/game", json!([]), "game: invalid type: sequence, expected an object"),
        ("/game/gamePk", json!(0), "game.gamePk: 0 is out of range"),
        ("/game/gamePk", json!(1.5), "game.gamePk: 1.5 is not a whole number"),
        ("/game/gameNumber", json!(0), "game.gameNumber: 0 is out of range"),
        (
            "/game/gameNumber",
            json!(99999),
            "game.gameNumber: 99999 is out of range",
        ),
        ("/player", json!(null), "lacks player.id"),
        ("/player/id", json!(-7), "player.id: -7 is out of range"),
        (
            "/player/id",
            json!(5_000_000_000_i64),
            "player.id: 5000000000 is out of range",
        ),
        ("/player/fullName", json!("x".repeat(201)), "longer than 200 characters"),
        ("/player/fullName", json!({}), "player.fullName: invalid type"),
    ];
    assert!(cases.len() >= 40);
    for (pointer, value, words) in cases {
        let mut bad = good_split();
        // A second game, so that the bad split would not merge into the good one.
        bad["game"] = json!({"gamePk": 2, "gameNumber": 1});
        bad["isHome"] = json!(true);
        *bad.pointer_mut(pointer).expect("a field of the split") = value.clone();
        let payload = json!({"stats": [{"type": {"displayName": "gameLog"}, "group": {"displayName": "hitting"}, "splits": [bad, good_split()]}]});
        let (rows, reasons) = READERS[0].1(&payload).unwrap();
        assert_eq!((rows, reasons.len()), (1, 1), "{pointer} {value}");
        assert!(reasons[0].contains(words), "{pointer} {value}: {}", reasons[0]);
    }
}

#[test]
fn a_reason_does_not_give_back_what_was_sent() {
    for pointer in [
        "/stat",
        "/team",
        "/game",
        "/sport",
        "/date",
        "/stat/hits",
        "/player/fullName",
    ] {
        let mut split = good_split();
        *split.pointer_mut(pointer).expect("a field of the split") = json!("x".repeat(100_000));
        let payload = json!({"stats": [{"type": {"displayName": "gameLog"}, "group": {"displayName": "hitting"}, "splits": [split]}]});
        let (rows, reasons) = READERS[0].1(&payload).unwrap();
        assert_eq!((rows, reasons.len()), (0, 1), "{pointer}");
        assert!(
            reasons[0].chars().count() < 400,
            "{pointer}: {} characters",
            reasons[0].len()
        );
    }
}

#[test]
fn broken_groups_are_rejected_one_by_one() {
    let good =
        json!({"type": {"displayName": "gameLog"}, "group": {"displayName": "hitting"}, "splits": [good_split()]});
    for (bad, words) in [
        (json!(null), "a group must be an object, this is null"),
        (json!([]), "a group must be an object"),
        (json!({"splits": {}}), "splits is an object, not an array"),
        (json!({"splits": [1]}), "a split must be an object, this is a number"),
        (json!({"splits": [{}]}), "which group"),
        (
            json!({"group": {"displayName": "hitting"}, "splits": [{}]}),
            "which type",
        ),
        (json!({"group": 5, "type": 5, "splits": [{}]}), "which group"),
        (
            json!({"group": {"displayName": "pitching"}, "type": "gameLog", "splits": [{"stat": {"inningsPitched": "5.3"}, "season": 2024, "date": "2024-01-01",
                "sport": {"id": 11}, "player": {"id": 1}}]}),
            "stat.inningsPitched: \"5.3\" is not innings",
        ),
    ] {
        let (rows, reasons) = READERS[0].1(&json!({"stats": [bad, good]})).unwrap();
        assert_eq!((rows, reasons.len()), (1, 1), "{bad}");
        assert!(reasons[0].contains(words), "{bad}: {}", reasons[0]);
    }
}

#[test]
fn rows_that_are_no_rows_are_rejected() {
    for bad in [
        json!(null),
        json!(1),
        json!("x"),
        json!([]),
        json!({}),
        json!({"mlb_id": "x"}),
        json!({"mlb_id": -1}),
        json!({"name": ["x"]}),
        json!({"name": "x".repeat(201)}),
        json!({"playerid": "x".repeat(51)}),
        json!({"playerid": {}}),
    ] {
        for (name, read) in &READERS[3..] {
            let (rows, reasons) = read(&json!([bad])).unwrap();
            assert_eq!((rows, reasons.len()), (0, 1), "{name} {bad}");
        }
    }
}

/// Any JSON, leaning to the words and numbers the readers look for.
fn any_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "stats",
        "splits",
        "people",
        "data",
        "type",
        "group",
        "gameLog",
        "season",
        "hitting",
        "pitching",
        "stat",
        "hits",
        "inningsPitched",
        "sport",
        "id",
        "player",
        "date",
        "game",
        "gamePk",
        "gameData",
        "liveData",
        "boxscore",
        "teams",
        "home",
        "away",
        "players",
        "batting",
        "person",
        "datetime",
        "officialDate",
        "2024-06-01",
        "mlb_id",
        "name",
        "level",
        "AA",
        "GB%",
        "HR/FB",
        "FV",
        "Hit",
        "ETA",
        "war",
        "height",
        "6' 1\"",
        "drafts",
        "fullName",
        "primaryPosition",
        "abbreviation",
        "SS",
        "displayName",
        "yearByYear",
        "team",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..20i64).prop_map(Value::from),
        words.clone().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "[-0-9.+/ eE%]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 128, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((words.clone(), inner), 0..8)
                .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(k, v)| (k.to_string(), v)).collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_safe(value in any_json()) {
        for (_, read) in READERS {
            let _ = read(&value);
            let _ = read(&json!({"stats": [{"type": "gameLog", "group": "hitting", "splits": [value]}]}));
            let _ = read(&json!({"stats": [{"type": "season", "group": "pitching", "splits": [{"stat": value, "season": 2024, "sport": {"id": 1}, "player": {"id": 1}}]}]}));
            let _ = read(&json!({"people": [value]}));
            let _ = read(&json!([value]));
        }
    }
}
