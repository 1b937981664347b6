use super::*;
use serde_json::json;

fn feed() -> Value {
    let club = |name: &str| json!({"name": name, "sport": {"id": 14}, "league": {"name": "South Atlantic League"}});
    json!({
        "gamePk": 555,
        "gameData": {
            "game": {"pk": 555, "type": "R", "gameNumber": 2, "season": "2019"},
            "datetime": {"dateTime": "2019-05-19T03:33:00Z", "originalDate": "2019-05-18"},
            "teams": {"home": club("Kane County"), "away": club("Quad Cities")}
        },
        "liveData": {"boxscore": {"teams": {
            "home": {"players": {
                "ID1": {"person": {"id": 1, "fullName": "Ann Both"}, "position": {"abbreviation": "TWP"}, "stats": {
                    "batting": {"gamesPlayed": 1, "atBats": 4, "hits": 2}, "pitching": {"gamesPlayed": 1, "outs": 4, "hits": 1}}},
                "ID2": {"person": {"id": 2, "fullName": "Bo Bench"}, "position": {"abbreviation": "C"}, "stats": {"batting": {}, "pitching": {}}},
                "ID3": {"person": {"id": 3, "fullName": "Cy Zero"}, "stats": {"batting": {"gamesPlayed": 0, "atBats": 0}}}
            }},
            "away": {"players": {
                "ID4": {"person": {"id": 4, "fullName": "Di Pinch"}, "position": {"abbreviation": "PH"}, "stats": {"batting": {"gamesPlayed": 1, "atBats": 1, "hits": 0}}}
            }}
        }}}
    })
}

#[test]
fn everyone_who_appeared_has_one_row() {
    let parsed = parse_boxscore(&feed()).unwrap().unpacked();
    let rows: Vec<_> = parsed
        .items
        .iter()
        .map(|i| (i.player.mlb_id, i.player.position, i.row.hits, i.row.outs_pitched))
        .collect();
    assert_eq!(
        rows,
        [
            (Some(1), Some("P"), Some(2), Some(4)),
            (Some(4), Some("DH"), Some(0), None)
        ]
    );
    assert!(parsed.rejects.is_empty());
}

#[test]
fn the_game_facts_are_on_every_row() {
    let parsed = parse_boxscore(&feed()).unwrap().unpacked();
    let row = &parsed.items[1].row;
    assert_eq!(
        (row.game_pk, row.game_number, row.season),
        (Some(555), Some(2), Some(2019))
    );
    assert_eq!(
        (row.game_date.as_deref(), row.level.as_deref()),
        (Some("2019-05-18"), Some("A"))
    );
    assert_eq!(
        (row.team.as_deref(), row.opponent.as_deref(), row.is_home),
        (Some("Quad Cities"), Some("Kane County"), Some(false))
    );
}

#[test]
fn the_official_date_is_preferred() {
    let mut feed = feed();
    feed["gameData"]["datetime"]["officialDate"] = json!("2019-05-20");
    assert_eq!(
        parse_boxscore(&feed).unwrap().unpacked().items[0]
            .row
            .game_date
            .as_deref(),
        Some("2019-05-20")
    );
    feed["gameData"]["datetime"] = json!({"dateTime": "2019-05-19T03:33:00Z"});
    assert_eq!(
        parse_boxscore(&feed).unwrap().unpacked().items[0]
            .row
            .game_date
            .as_deref(),
        Some("2019-05-19")
    );
}

#[test]
fn a_major_league_game_rejects_every_player() {
    let mut feed = feed();
    for side in ["home", "away"] {
        feed["gameData"]["teams"][side]["sport"]["id"] = json!(1);
    }
    let parsed = parse_boxscore(&feed).unwrap().unpacked();
    assert_eq!((parsed.items.len(), parsed.rejects.len()), (0, 2));
    assert!(parsed.rejects.iter().all(|r| r.reason.contains("major-league")));
}

#[test]
fn a_bare_boxscore_says_what_is_missing() {
    let error = parse_boxscore(&json!({"teams": {"home": {"players": {}}, "away": {"players": {}}}}))
        .unwrap_err()
        .to_string();
    assert!(error.contains("without an object gameData and liveData"), "{error}");
    let mut feed = feed();
    feed["gameData"]["datetime"] = json!({});
    assert!(parse_boxscore(&feed).unwrap_err().to_string().contains("officialDate"));
}

#[test]
fn one_bad_player_costs_only_himself() {
    let mut feed = feed();
    feed["liveData"]["boxscore"]["teams"]["home"]["players"]["ID1"]["stats"]["pitching"]["outs"] = json!(-1);
    let parsed = parse_boxscore(&feed).unwrap().unpacked();
    assert_eq!(parsed.items.len(), 1);
    assert_eq!(parsed.rejects[0].reason, "stats.pitching.outs: -1 is negative");
    assert_eq!(parsed.rejects[0].path, "liveData.boxscore.teams.home.players.ID1");
}
