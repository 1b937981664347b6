//! Genuine replies, where they are at hand: `DYNASTY_DATA` names the data directory (default `../shared/data` beside the
//! repository). They are not part of the repository, so a machine without them says so and passes.

use crate::api::{boxscore, game_log, mlb_stats, people};
use dynasty_intake::payload::parse_payload;
use serde_json::Value;
use std::path::PathBuf;

fn fixture(name: &str) -> Option<Value> {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("DYNASTY_DATA").map_or_else(default, PathBuf::from);
    let path = data.join("fixtures/statsapi").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(parse_payload(&text).expect("a genuine reply is JSON")),
        Err(e) => {
            eprintln!("skipped: {} is not at hand ({e}); set DYNASTY_DATA", path.display());
            None
        }
    }
}

#[test]
fn box_scores_add_up_between_the_clubs() {
    for (name, rows, level) in [
        ("milb_boxscore_418545.json", 25, "AAA"),
        ("milb_boxscore_573928.json", 23, "A"),
    ] {
        let Some(feed) = fixture(name) else { continue };
        let parsed = boxscore::parse_boxscore(&feed).unwrap().unpacked();
        assert_eq!((parsed.items.len(), parsed.rejects.len()), (rows, 0), "{name}");
        assert!(parsed.items.iter().all(|i| i.row.level.as_deref() == Some(level)));
        for home in [true, false] {
            let side = |s: bool, f: fn(&game_log::GameLogRow) -> Option<i32>| -> i32 {
                parsed
                    .items
                    .iter()
                    .filter(|i| i.row.is_home == Some(s))
                    .filter_map(|i| f(&i.row))
                    .sum()
            };
            // What one club's batters did is what the other's pitchers allowed, and the reply's own team totals say it too.
            let totals =
                &feed["liveData"]["boxscore"]["teams"][if home { "home" } else { "away" }]["teamStats"]["batting"];
            for (field, bat, allowed) in [
                (
                    "hits",
                    (|r| r.hits) as fn(&game_log::GameLogRow) -> Option<i32>,
                    (|r| r.hits_allowed) as fn(&game_log::GameLogRow) -> Option<i32>,
                ),
                ("runs", |r| r.runs, |r| r.runs_allowed),
                ("strikeOuts", |r| r.strikeouts, |r| r.strikeouts_pitched),
                ("baseOnBalls", |r| r.walks, |r| r.walks_allowed),
                ("homeRuns", |r| r.home_runs, |r| r.home_runs_allowed),
            ] {
                assert_eq!(side(home, bat), side(!home, allowed), "{name} {field}");
                assert_eq!(
                    Some(i64::from(side(home, bat))),
                    totals[field].as_i64(),
                    "{name} {field}"
                );
            }
        }
    }
}

#[test]
fn a_single_game_reply_lacks_its_game() {
    let Some(reply) = fixture("person_single_game_gamelog_archie.json") else {
        return;
    };
    let parsed = game_log::parse_game_logs(&reply, Some(605151)).unwrap().unpacked();
    assert_eq!((parsed.items.len(), parsed.rejects.len()), (0, 2));
    assert!(
        parsed
            .rejects
            .iter()
            .all(|r| r.reason == "lacks date, season, sport.id")
    );
}

#[test]
fn a_traded_season_is_its_total() {
    let Some(reply) = fixture("person_hitting_stats_multi_type.json") else {
        return;
    };
    let parsed = mlb_stats::parse_mlb_stats(&reply, None).unwrap().unpacked();
    let row = &parsed.items[0].row;
    assert_eq!(
        (parsed.items.len(), row.season, row.games_played, row.home_runs),
        (1, Some(2022), Some(153), Some(27))
    );
    assert_eq!((row.plate_appearances, row.ops.as_deref()), (Some(664), Some("0.853")));
}

#[test]
fn a_pitchers_season_is_in_outs() {
    let Some(reply) = fixture("person_pitching_stats_multi_type.json") else {
        return;
    };
    let parsed = mlb_stats::parse_mlb_stats(&reply, None).unwrap().unpacked();
    let row = &parsed.items[0].row;
    assert_eq!(
        (row.games_pitched, row.outs_pitched, row.strikeouts_pitched),
        (Some(28), Some(498), Some(219))
    );
}

#[test]
fn a_biography_is_read() {
    let Some(reply) = fixture("person_bio.json") else {
        return;
    };
    let parsed = people::parse_people(&reply).unwrap().unpacked();
    let row = &parsed.items[0].row;
    assert_eq!(
        (row.height_inches, row.weight_lbs, row.position.as_deref()),
        (Some(73), Some(210), Some("P"))
    );
}
