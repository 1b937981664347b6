use super::*;
use serde_json::json;

fn split(pk: i64, stat: Value) -> Value {
    json!({
        "season": "2024", "date": "2024-06-01", "gameType": "R", "isHome": true, "isWin": false,
        "team": {"id": 1, "name": "Round Rock Express"}, "opponent": {"id": 2, "name": "Reno Aces"},
        "sport": {"id": 11}, "league": {"id": 112, "name": "Pacific Coast League"},
        "game": {"gamePk": pk, "gameNumber": 1}, "player": {"id": 77, "fullName": "Ida Two"}, "stat": stat
    })
}

fn reply(groups: &[(&str, Vec<Value>)]) -> Value {
    let stats: Vec<Value> = groups
        .iter()
        .map(|(group, splits)| json!({"type": {"displayName": "gameLog"}, "group": {"displayName": group}, "splits": splits}))
        .collect();
    json!({"stats": stats})
}

fn parse(payload: &Value) -> Parsed<GameLogRow> {
    parse_game_logs(payload, None).expect("of the right shape").unpacked()
}

#[test]
fn a_hitting_split_sets_batting_columns_only() {
    let stat = json!({"gamesPlayed": 1, "plateAppearances": 5, "atBats": "4", "hits": 2, "baseOnBalls": 1, "sacBunts": 0,
                      "avg": ".333", "obp": ".---", "babip": "-.--", "numberOfPitches": 19, "strikeOuts": 1});
    let parsed = parse(&reply(&[("hitting", vec![split(9, stat)])]));
    let row = &parsed.items[0].row;
    assert_eq!(
        (row.plate_appearances, row.at_bats, row.hits, row.walks),
        (Some(5), Some(4), Some(2), Some(1))
    );
    assert_eq!(
        (row.sacrifice_hits, row.pitches_seen, row.strikeouts, row.runs),
        (Some(0), Some(19), Some(1), None)
    );
    assert_eq!(
        (
            row.batting_avg.as_deref(),
            row.on_base_pct.as_deref(),
            row.babip.as_deref()
        ),
        (Some("0.333"), None, None)
    );
    assert_eq!(
        (
            row.outs_pitched,
            row.hits_allowed,
            row.strikeouts_pitched,
            row.pitches_thrown
        ),
        (None, None, None, None)
    );
    assert_eq!(
        (row.level.as_deref(), row.season, row.game_pk, row.game_number),
        (Some("AAA"), Some(2024), Some(9), Some(1))
    );
    assert_eq!(
        (row.game_type.as_deref(), row.is_home, row.opponent.as_deref()),
        (Some("Regular"), Some(true), Some("Reno Aces"))
    );
    let player = &parsed.items[0].player;
    assert_eq!(
        (player.mlb_id, player.name.as_deref(), player.position),
        (Some(77), Some("Ida Two"), Some("IF"))
    );
}

#[test]
fn batting_and_pitching_of_one_game_are_one_row() {
    let bat = json!({"gamesPlayed": 1, "atBats": 3, "hits": 1, "plateAppearances": 3});
    let arm = json!({"gamesPlayed": 1, "inningsPitched": "5.1", "hits": 4, "hitByPitch": 2, "pitchesThrown": 80, "earnedRuns": 0});
    let parsed = parse(&reply(&[
        ("hitting", vec![split(9, bat)]),
        ("pitching", vec![split(9, arm)]),
    ]));
    assert_eq!((parsed.items.len(), parsed.received()), (1, 1));
    let row = &parsed.items[0].row;
    assert_eq!(
        (row.hits, row.hits_allowed, row.outs_pitched),
        (Some(1), Some(4), Some(16))
    );
    assert_eq!(
        (row.hit_by_pitch, row.hit_batsmen, row.pitches_thrown, row.games_played),
        (None, Some(2), Some(80), Some(1))
    );
}

#[test]
fn own_outs_win_over_the_innings_text() {
    let arm = json!({"outs": 7, "inningsPitched": "9.0"});
    assert_eq!(
        parse(&reply(&[("pitching", vec![split(9, arm)])])).items[0]
            .row
            .outs_pitched,
        Some(7)
    );
}

#[test]
fn a_pitcher_without_a_plate_appearance_is_a_pitcher() {
    let parsed = parse(&reply(&[("pitching", vec![split(9, json!({"outs": 3}))])]));
    assert_eq!(parsed.items[0].player.position, Some("P"));
}

#[test]
fn a_doubleheader_is_two_rows() {
    let mut second = split(10, json!({"hits": 0}));
    second["game"]["gameNumber"] = json!(2);
    let parsed = parse(&reply(&[("hitting", vec![split(9, json!({"hits": 3})), second])]));
    let games: Vec<_> = parsed
        .items
        .iter()
        .map(|i| (i.row.game_pk, i.row.game_number, i.row.hits))
        .collect();
    assert_eq!(games, [(Some(9), Some(1), Some(3)), (Some(10), Some(2), Some(0))]);
}

#[test]
fn fielding_and_other_types_are_passed_over_and_empty_stats_are_no_games() {
    let mut payload = reply(&[
        ("fielding", vec![split(9, json!({"assists": 1}))]),
        ("hitting", vec![split(9, json!({}))]),
    ]);
    payload["stats"].as_array_mut().unwrap().push(json!(
        {"type": {"displayName": "season"}, "group": {"displayName": "hitting"}, "splits": [split(9, json!({"hits": 1}))]}));
    assert_eq!(parse(&payload), Parsed::default());
}

#[test]
fn a_major_league_game_is_rejected_with_the_reason_and_the_rest_kept() {
    let mut major = split(8, json!({"hits": 1}));
    major["sport"]["id"] = json!(1);
    let parsed = parse(&reply(&[("hitting", vec![major, split(9, json!({"hits": 2}))])]));
    assert_eq!(parsed.items.len(), 1);
    let reject = &parsed.rejects[0];
    assert_eq!(
        (reject.index, reject.path.as_str(), reject.subject),
        (0, "stats[0].splits[0]", Some(("mlb_id", 77)))
    );
    assert!(reject.reason.contains("major-league"), "{}", reject.reason);
}

#[test]
fn a_split_says_all_it_lacks() {
    let parsed = parse(&reply(&[("hitting", vec![json!({"stat": {"hits": 1}})])]));
    assert_eq!(
        parsed.rejects[0].reason,
        "lacks player.id (pass mlb_id), date, season, sport.id"
    );
}

#[test]
fn the_callers_player_fills_in_for_a_reply_that_does_not_say() {
    let mut anonymous = split(9, json!({"hits": 1}));
    anonymous.as_object_mut().unwrap().remove("player");
    let parsed = parse_game_logs(&reply(&[("hitting", vec![anonymous])]), Some(5))
        .unwrap()
        .unpacked();
    assert_eq!(parsed.items[0].player.mlb_id, Some(5));
}

#[test]
fn people_replies_carry_several_players() {
    let person = |id: i32| {
        let mut game = split(9, json!({"hits": id}));
        game.as_object_mut().unwrap().remove("player");
        let mut reply = reply(&[("hitting", vec![game])]);
        reply["id"] = json!(id);
        reply["fullName"] = json!(format!("Player {id}"));
        reply["primaryPosition"] = json!({"abbreviation": "SS"});
        reply
    };
    let parsed = parse(&json!({"people": [person(1), {"id": 3, "fullName": "No Stats"}, person(2)]}));
    let seen: Vec<_> = parsed
        .items
        .iter()
        .map(|i| (i.player.mlb_id, i.row.hits, i.player.position))
        .collect();
    assert_eq!(seen, [(Some(1), Some(1), Some("SS")), (Some(2), Some(2), Some("SS"))]);
}

#[test]
fn game_types_are_mapped() {
    for (letter, expected) in [
        ("R", "Regular"),
        ("F", "Playoffs"),
        ("D", "Playoffs"),
        ("L", "Playoffs"),
        ("W", "Playoffs"),
        ("C", "Playoffs"),
        ("N", "Playoffs"),
        ("P", "Playoffs"),
        ("S", "Spring"),
        ("I", "Spring"),
        ("E", "Spring"),
        ("A", "All-Star"),
    ] {
        assert_eq!(game_type(Some(letter)), Ok(Some(expected)), "{letter}");
    }
    assert_eq!(game_type(None), Ok(None));
    assert!(game_type(Some("Z")).is_err());
}

#[test]
fn a_line_without_the_number_does_not_undo_it() {
    let mut bat = split(10, json!({"hits": 0}));
    bat["game"]["gameNumber"] = json!(2);
    let mut arm = split(10, json!({"outs": 3}));
    arm["game"].as_object_mut().unwrap().remove("gameNumber");
    let parsed = parse(&reply(&[("hitting", vec![bat]), ("pitching", vec![arm])]));
    assert_eq!((parsed.items.len(), parsed.items[0].row.game_number), (1, Some(2)));
}

/// A line of the game 9 with a club.
fn with_club(team: &str, is_home: bool, stat: Value) -> Value {
    let mut split = split(9, stat);
    split["team"] = json!({"name": team});
    split["isHome"] = json!(is_home);
    split
}

#[test]
fn a_players_lines_with_both_clubs_of_a_game_are_added_up() {
    let here = with_club(
        "Visitors",
        false,
        json!({"plateAppearances": 1, "atBats": 1, "hits": 1, "avg": "1.000"}),
    );
    let there = with_club(
        "Hosts",
        true,
        json!({"plateAppearances": 4, "atBats": 4, "hits": 1, "runs": 1, "avg": ".250"}),
    );
    // Each of them twice: the same line once more is no line.
    let parsed = parse(&reply(&[("hitting", vec![here.clone(), there.clone(), here, there])]));
    assert_eq!(
        (parsed.items.len(), parsed.items[0].lines, parsed.received()),
        (1, 2, 2)
    );
    let row = &parsed.items[0].row;
    assert_eq!(
        (row.plate_appearances, row.at_bats, row.hits),
        (Some(5), Some(5), Some(2))
    );
    assert_eq!(
        (row.runs, row.batting_avg.as_deref()),
        (None, None),
        "what one line lacks is not known"
    );
    assert_eq!((row.team.as_deref(), row.is_home), (Some("Visitors / Hosts"), None));
}

#[test]
fn his_pitching_with_one_of_the_clubs_stays_whole() {
    let bat = |team, home, hits| with_club(team, home, json!({"atBats": 2, "hits": hits}));
    let arm = with_club("Hosts", true, json!({"outs": 3, "hits": 2}));
    for pitching_first in [false, true] {
        let bats = ("hitting", vec![bat("Visitors", false, 1), bat("Hosts", true, 2)]);
        let arms = ("pitching", vec![arm.clone()]);
        let groups = if pitching_first { [arms, bats] } else { [bats, arms] };
        let parsed = parse(&reply(&groups));
        let row = &parsed.items[0].row;
        assert_eq!((parsed.items.len(), parsed.items[0].lines), (1, 2));
        assert_eq!(
            (row.hits, row.hits_allowed, row.outs_pitched),
            (Some(3), Some(2), Some(3))
        );
    }
}

#[test]
fn a_suspended_game_under_its_two_days_is_one_game() {
    let mut later = split(9, json!({"atBats": 2, "hits": 1}));
    later["date"] = json!("2024-08-01");
    let parsed = parse(&reply(&[(
        "hitting",
        vec![later.clone(), split(9, json!({"atBats": 1, "hits": 0}))],
    )]));
    let row = &parsed.items[0].row;
    assert_eq!((parsed.items.len(), row.at_bats, row.hits), (1, Some(3), Some(1)));
    assert_eq!(row.game_date.as_deref(), Some("2024-06-01"));
    // The same line under both days is one line.
    let parsed = parse(&reply(&[(
        "hitting",
        vec![later, split(9, json!({"atBats": 2, "hits": 1}))],
    )]));
    assert_eq!((parsed.items[0].lines, parsed.items[0].row.at_bats), (1, Some(2)));
    assert_eq!(parsed.items[0].row.game_date.as_deref(), Some("2024-06-01"));
}

#[test]
fn of_two_lines_that_cannot_both_be_right_the_second_is_rejected() {
    let parsed = parse(&reply(&[(
        "hitting",
        vec![split(9, json!({"hits": 1})), split(9, json!({"hits": 2}))],
    )]));
    assert_eq!(
        (parsed.items.len(), parsed.items[0].row.hits, parsed.received()),
        (1, Some(1), 2)
    );
    assert!(
        parsed.rejects[0].reason.contains("says another hits"),
        "{}",
        parsed.rejects[0].reason
    );
    // Two games of a day that nothing numbers.
    let unnumbered = |hits: i32| {
        let mut split = split(9, json!({"hits": hits}));
        split.as_object_mut().unwrap().remove("game");
        split
    };
    let parsed = parse(&reply(&[("hitting", vec![unnumbered(1), unnumbered(2)])]));
    assert!(
        parsed.rejects[0].reason.contains("gameNumber"),
        "{}",
        parsed.rejects[0].reason
    );
}

#[test]
fn a_game_with_and_without_game_pk_is_one_game() {
    for with_first in [true, false] {
        let with = split(9, json!({"atBats": 4, "hits": 2, "runs": 1}));
        let mut without = split(9, json!({"atBats": 4, "hits": 2, "rbi": 3}));
        without["game"].as_object_mut().unwrap().remove("gamePk");
        let splits = if with_first {
            vec![with, without]
        } else {
            vec![without, with]
        };
        let parsed = parse(&reply(&[("hitting", splits)]));
        let row = &parsed.items[0].row;
        assert_eq!((parsed.items.len(), parsed.received(), row.game_pk), (1, 1, Some(9)));
        assert_eq!((row.hits, row.runs, row.rbi), (Some(2), Some(1), Some(3)));
    }
}

#[test]
fn two_game_pks_of_a_day_are_two_games() {
    let parsed = parse(&reply(&[(
        "hitting",
        vec![split(9, json!({"hits": 2})), split(10, json!({"hits": 2}))],
    )]));
    assert_eq!(parsed.items.len(), 2);
}

#[test]
fn a_sum_out_of_range_is_rejected() {
    let huge = |team, home| with_club(team, home, json!({"hits": i32::MAX}));
    let parsed = parse(&reply(&[("hitting", vec![huge("A", true), huge("B", false)])]));
    assert_eq!((parsed.items.len(), parsed.rejects.len()), (1, 1));
}
