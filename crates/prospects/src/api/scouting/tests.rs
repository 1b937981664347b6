use super::*;
use serde_json::json;

fn list() -> List {
    List {
        source: "fangraphs".into(),
        ranking_year: Some(2024),
        date_recorded: "2024-06-01".into(),
    }
}

fn one(row: Value) -> Result<ScoutingRow, String> {
    let parsed = parse_scouting(&json!([row]), &list())
        .expect("of the right shape")
        .unpacked();
    match (parsed.items.into_iter().next(), parsed.rejects.into_iter().next()) {
        (Some(item), None) => Ok(item.row),
        (None, Some(reject)) => Err(reject.reason),
        other => panic!("one element, one outcome: {other:?}"),
    }
}

#[test]
fn the_board_is_read() {
    let row = one(json!({"playerName": "Ida Ward", "PlayerId": "sa301", "Position": "SIRP", "FV": "45+", "ETA": "Mid 2026", "Ovr_Rank": 12,
                         "Hit": "40 / 50", "Game": "35/45", "Raw": "60", "Spd": "", "FB": "55 / 60", "CMD": "30 / 45+", "Risk": "High"})).unwrap();
    assert_eq!(
        (row.future_value, row.rank_overall, row.risk_level.as_deref()),
        (Some(45), Some(12), Some("High"))
    );
    assert_eq!(
        (row.hit_present, row.hit_future, row.power_present, row.power_future),
        (Some(40), Some(50), Some(35), Some(45))
    );
    assert_eq!(
        (row.raw_power_present, row.raw_power_future, row.speed_future),
        (None, Some(60), None)
    );
    assert_eq!((row.fastball_grade, row.command_grade), (Some(60), Some(45)));
    assert_eq!(
        (row.eta_year, row.eta_season.as_deref()),
        (Some(2026), Some("Mid 2026"))
    );
    assert_eq!(
        (row.source.as_deref(), row.ranking_year, row.date_recorded.as_deref()),
        (Some("fangraphs"), Some(2024), Some("2024-06-01"))
    );
}

#[test]
fn normalised_rows_are_read_and_their_own_list_wins() {
    let row = one(json!({"mlb_id": 5, "source": "ba", "ranking_year": 2022, "date_recorded": "2022-01-09", "hit_present": 30, "hit_future": 55,
                         "fv_raw": "40+", "fastball_grade": 0, "eta_year": 2023})).unwrap();
    assert_eq!(
        (row.source.as_deref(), row.ranking_year, row.date_recorded.as_deref()),
        (Some("ba"), Some(2022), Some("2022-01-09"))
    );
    assert_eq!(
        (row.hit_present, row.hit_future, row.future_value, row.fastball_grade),
        (Some(30), Some(55), Some(40), None)
    );
    assert_eq!((row.eta_year, row.eta_season), (Some(2023), None));
}

#[test]
fn grades_off_the_scale_are_rejected() {
    for (field, value, words) in [
        ("FV", json!("85"), "FV: 85 is outside the 20-80 scale"),
        ("FV", json!(15), "FV: 15 is outside"),
        ("Hit", json!("40 / 50 / 60"), "Hit: \"40 / 50 / 60\" is not a grade"),
        ("Hit", json!("plus"), "Hit: \"plus\" is not a number"),
        ("Hit", json!([40]), "Hit: "),
        ("ETA", json!("soon"), "ETA: "),
        ("Ovr_Rank", json!(-1), "Ovr_Rank: -1 is negative"),
        ("Risk", json!("Wild"), "risk_level: \"Wild\""),
        ("date_recorded", json!("June"), "date_recorded: "),
    ] {
        let error = one(json!({"Name": "Ida Ward", field: value})).unwrap_err();
        assert!(error.contains(words), "{field}: {error}");
    }
}

#[test]
fn rows_of_one_player_complete_each_other_or_the_later_is_rejected() {
    let rows = json!([{"PlayerId": "sa1", "FV": "50"}, {"PlayerId": "sa1", "Hit": "40 / 50"}, {"PlayerId": "sa1", "FV": "45"},
                      {"PlayerId": "sa1", "FV": "45", "date_recorded": "2024-09-01"}, {"PlayerId": "sa2", "FV": "45"}]);
    let parsed = parse_scouting(&rows, &list()).unwrap().unpacked();
    assert_eq!((parsed.items.len(), parsed.rejects.len()), (4, 1));
    assert_eq!(parsed.rejects[0].index, 2);
    assert!(
        parsed.rejects[0].reason.contains("another future_value"),
        "{}",
        parsed.rejects[0].reason
    );
}

#[test]
fn players_whose_id_is_not_a_number_are_not_one() {
    let rows =
        json!([{"PlayerId": "nan", "Name": "A One", "FV": "50"}, {"PlayerId": "nan", "Name": "B Two", "FV": "45"}]);
    let parsed = parse_scouting(&rows, &list()).unwrap().unpacked();
    assert_eq!(
        (parsed.items.len(), parsed.items[0].player.fg_player_id.as_deref()),
        (2, None)
    );
}
