use super::*;
use serde_json::json;

fn split(team: Option<i32>, teams: Option<i32>, stat: Value) -> Value {
    let mut split = json!({"season": "2022", "player": {"id": 7, "fullName": "Mo Trade"}, "sport": {"id": 1}, "gameType": "R", "stat": stat});
    if let Some(team) = team {
        split["team"] = json!({"id": team, "name": "Club"});
    }
    if let Some(teams) = teams {
        split["numTeams"] = json!(teams);
    }
    split
}

fn reply(kind: &str, group: &str, splits: Vec<Value>) -> Value {
    json!({"stats": [{"type": {"displayName": kind}, "group": {"displayName": group}, "splits": splits}]})
}

fn batting(games: i32, ab: i32, h: i32, hr: i32) -> Value {
    json!({"gamesPlayed": games, "atBats": ab, "plateAppearances": ab + 10, "hits": h, "doubles": 0, "triples": 0, "homeRuns": hr,
           "baseOnBalls": 10, "hitByPitch": 0, "sacFlies": 0, "avg": ".999"})
}

#[test]
fn the_total_of_a_traded_player_is_not_counted_again() {
    let splits = vec![
        split(None, Some(2), batting(153, 524, 127, 27)),
        split(Some(120), None, batting(101, 342, 84, 21)),
        split(Some(135), None, batting(52, 182, 43, 6)),
    ];
    let parsed = parse_mlb_stats(&reply("season", "hitting", splits), None)
        .unwrap()
        .unpacked();
    assert_eq!(
        (
            parsed.items.len(),
            parsed.items[0].row.home_runs,
            parsed.items[0].row.games_played
        ),
        (1, Some(27), Some(153))
    );
}

#[test]
fn clubs_are_summed_only_without_a_total() {
    let splits = vec![
        split(Some(120), None, batting(101, 342, 84, 21)),
        split(Some(135), None, batting(52, 182, 43, 6)),
    ];
    let parsed = parse_mlb_stats(&reply("yearByYear", "hitting", splits), None)
        .unwrap()
        .unpacked();
    let row = &parsed.items[0].row;
    assert_eq!(
        (row.home_runs, row.games_played, row.at_bats),
        (Some(27), Some(153), Some(524))
    );
    // 127/524 = .24237; (127+20)/(524+20) = .27022; (127+3*27)/524 = .39695; .66717
    assert_eq!(
        (row.batting_avg.as_deref(), row.on_base_pct.as_deref()),
        (Some("0.242"), Some("0.27"))
    );
    assert_eq!(
        (row.slugging_pct.as_deref(), row.ops.as_deref()),
        (Some("0.397"), Some("0.667"))
    );
}

#[test]
fn a_count_one_club_lacks_is_unknown_for_the_season() {
    let splits = vec![
        split(Some(1), None, json!({"hits": 1, "runs": 1})),
        split(Some(2), None, json!({"hits": 2})),
    ];
    let row = &parse_mlb_stats(&reply("season", "hitting", splits), None)
        .unwrap()
        .unpacked()
        .items[0]
        .row;
    assert_eq!((row.hits, row.runs), (Some(3), None));
}

#[test]
fn the_same_season_in_two_types_is_counted_once() {
    let season = reply(
        "season",
        "hitting",
        vec![split(Some(120), None, batting(101, 342, 84, 21))],
    );
    let mut both = reply(
        "yearByYear",
        "hitting",
        vec![split(Some(120), None, batting(101, 342, 84, 21))],
    );
    both["stats"]
        .as_array_mut()
        .unwrap()
        .extend(season["stats"].as_array().unwrap().clone());
    let parsed = parse_mlb_stats(&both, None).unwrap().unpacked();
    assert_eq!((parsed.items.len(), parsed.items[0].row.home_runs), (1, Some(21)));
}

#[test]
fn batting_and_pitching_of_a_season_are_one_row_with_games_in_any_role() {
    let mut both = reply(
        "season",
        "pitching",
        vec![split(
            Some(1),
            None,
            json!({"gamesPlayed": 28, "gamesPitched": 28, "inningsPitched": "166.0"}),
        )],
    );
    let hitting = reply(
        "season",
        "hitting",
        vec![split(Some(1), None, batting(157, 586, 160, 34))],
    );
    both["stats"]
        .as_array_mut()
        .unwrap()
        .extend(hitting["stats"].as_array().unwrap().clone());
    let parsed = parse_mlb_stats(&both, None).unwrap().unpacked();
    let row = &parsed.items[0].row;
    assert_eq!(
        (
            parsed.items.len(),
            row.games_played,
            row.games_pitched,
            row.outs_pitched
        ),
        (1, Some(157), Some(28), Some(498))
    );
}

#[test]
fn other_sports_and_game_types_are_rejected() {
    let mut minor = split(Some(1), None, batting(1, 1, 1, 0));
    minor["sport"]["id"] = json!(11);
    let mut playoffs = split(Some(1), None, batting(1, 1, 1, 0));
    playoffs["gameType"] = json!("D");
    let parsed = parse_mlb_stats(&reply("season", "hitting", vec![minor, playoffs]), None)
        .unwrap()
        .unpacked();
    assert_eq!((parsed.items.len(), parsed.rejects.len()), (0, 2));
    assert!(parsed.rejects[0].reason.contains("sport 11") && parsed.rejects[1].reason.contains("Playoffs"));
}

#[test]
fn flat_rows_name_the_columns() {
    let parsed = parse_mlb_stats(
        &json!([
            {"mlb_id": 7, "season": 2022, "war": -0.25, "innings_pitched": "5.1", "ops_plus": "104"},
            {"prospect_id": 3, "season": "2022", "plate_appearances": 600},
            {"mlb_id": 7, "season": 2022},
            {"mlb_id": 7, "war": 1},
            {"season": 2022, "war": 1},
            {"mlb_id": 7, "season": 2022, "war": 123}
        ]),
        None,
    )
    .unwrap()
    .unpacked();
    let first = &parsed.items[0].row;
    assert_eq!(
        (first.war.as_deref(), first.outs_pitched, first.ops_plus),
        (Some("-0.3"), Some(16), Some(104))
    );
    assert_eq!(parsed.items[1].player.prospect_id, Some(3));
    let reasons: Vec<_> = parsed.rejects.iter().map(|r| (r.index, r.reason.as_str())).collect();
    assert_eq!(reasons[0], (2, "names no column of mlb_stats but the season"));
    assert_eq!(reasons[1], (3, "lacks season"));
    assert!(reasons[2].1.contains("lacks a player") && reasons[3].1.contains("war: 123 is out of range"));
}

/// The rows of a flat document, by how many lines each is, and its reject reasons.
fn flat(rows: Value) -> (Vec<(MlbStatsRow, u32)>, Vec<String>) {
    let parsed = parse_mlb_stats(&rows, None).unwrap().unpacked();
    let reasons = parsed.rejects.iter().map(|r| r.reason.clone()).collect();
    (
        parsed.items.into_iter().map(|item| (item.row, item.lines)).collect(),
        reasons,
    )
}

fn stint(club: Value, pa: i32, hits: i32, war: &str) -> Value {
    let mut row = json!({"mlb_id": 7, "season": 2022, "games_played": pa / 4, "plate_appearances": pa, "at_bats": pa - 10, "walks": 10,
                         "hits": hits, "doubles": 0, "triples": 0, "home_runs": 0, "war": war});
    row.as_object_mut().unwrap().extend(club.as_object().unwrap().clone());
    row
}

#[test]
fn flat_stints_are_added_up() {
    for clubs in [
        [json!({"team": "NYA"}), json!({"team": "SDN"})],
        [json!({"stint": 1}), json!({"stint": 2})],
        // Traded and brought back: the same club twice.
        [
            json!({"stint": 1, "teamID": "NYA"}),
            json!({"stint": 2, "teamID": "NYA"}),
        ],
    ] {
        let rows = clubs.clone().into_iter().zip([(400, 100, "2.5"), (200, 40, "-0.3")]);
        let rows: Vec<Value> = rows.map(|(club, (pa, hits, war))| stint(club, pa, hits, war)).collect();
        let (seasons, rejects) = flat(json!(rows));
        assert_eq!((seasons.len(), rejects.len()), (1, 0), "{clubs:?}");
        let (row, lines) = &seasons[0];
        assert_eq!(
            (*lines, row.plate_appearances, row.hits, row.games_played),
            (2, Some(600), Some(140), Some(150))
        );
        // 140 hits in 580 at-bats.
        assert_eq!(
            (row.war.as_deref(), row.batting_avg.as_deref()),
            (Some("2.2"), Some("0.241"))
        );
    }
}

#[test]
fn a_flat_total_stands_for_its_stints() {
    let a = stint(json!({"Tm": "NYY"}), 400, 100, "2.5");
    let b = stint(json!({"Tm": "SDP"}), 200, 40, "0.5");
    let total = stint(json!({"Tm": "TOT"}), 600, 140, "3.0");
    for rows in [[a.clone(), b.clone(), total.clone()], [total, a, b]] {
        let (seasons, rejects) = flat(json!(rows));
        assert_eq!((seasons.len(), rejects.len(), seasons[0].1), (1, 0, 1));
        assert_eq!(
            (seasons[0].0.plate_appearances, seasons[0].0.war.as_deref()),
            (Some(600), Some("3"))
        );
    }
}

#[test]
fn pitching_with_one_club_and_war_from_elsewhere_complete_the_sum() {
    let arm =
        json!({"mlb_id": 7, "season": 2022, "team": "SDN", "games_played": 2, "outs_pitched": 6, "hits_allowed": 1});
    let war = json!({"mlb_id": 7, "season": 2022, "mlb_service_days": 172});
    let mut a = stint(json!({"team": "NYA"}), 400, 100, "2.5");
    a.as_object_mut().unwrap().remove("war");
    let (seasons, rejects) = flat(json!([a, stint(json!({"team": "SDN"}), 200, 40, "0.5"), arm, war]));
    assert_eq!((seasons.len(), rejects.len(), seasons[0].1), (1, 0, 2));
    let row = &seasons[0].0;
    assert_eq!(
        (row.plate_appearances, row.outs_pitched, row.hits_allowed),
        (Some(600), Some(6), Some(1))
    );
    assert_eq!(
        (row.mlb_service_days, row.war.as_deref()),
        (Some(172), None),
        "a WAR that one club lacks is not known"
    );
}

#[test]
fn flat_lines_that_cannot_both_be_right_are_not_one() {
    // Neither says a club.
    let (seasons, rejects) = flat(json!([
        stint(json!({}), 400, 100, "2.5"),
        stint(json!({}), 200, 40, "0.5")
    ]));
    assert_eq!((seasons.len(), seasons[0].0.plate_appearances), (1, Some(400)));
    assert!(
        rejects.len() == 1 && rejects[0].contains("another plate_appearances"),
        "{rejects:?}"
    );
    // The season does not fit its clubs.
    let clubs = [
        stint(json!({"team": "NYA"}), 400, 100, "2.5"),
        stint(json!({"team": "SDN"}), 200, 40, "0.5"),
        stint(json!({}), 300, 90, "9.9"),
    ];
    let (seasons, rejects) = flat(json!(clubs));
    assert_eq!(seasons[0].0.plate_appearances, Some(600));
    assert!(
        rejects.len() == 1 && rejects[0].contains("add up to another"),
        "{rejects:?}"
    );
}

#[test]
fn clubs_of_a_reply_without_ids_are_told_apart_by_name_and_contradictions_are_rejected() {
    let club = |name: &str, hits: i32| {
        let mut split = split(None, None, json!({"hits": hits}));
        split["team"] = json!({"name": name});
        split
    };
    let splits = vec![club("A", 1), club("B", 2), club("B", 2), club("B", 9)];
    let parsed = parse_mlb_stats(&reply("season", "hitting", splits), None)
        .unwrap()
        .unpacked();
    assert_eq!((parsed.items[0].row.hits, parsed.items[0].lines), (Some(3), 2));
    assert_eq!(parsed.rejects.len(), 1);
    assert!(
        parsed.rejects[0].reason.contains("his club B"),
        "{}",
        parsed.rejects[0].reason
    );
}
