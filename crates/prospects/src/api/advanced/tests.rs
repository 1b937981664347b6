use super::*;
use serde_json::json;

fn one(row: Value) -> Result<AdvancedRow, String> {
    let parsed = parse_advanced(&json!({"data": [row]}))
        .expect("of the right shape")
        .unpacked();
    match (parsed.items.into_iter().next(), parsed.rejects.into_iter().next()) {
        (Some(item), None) => Ok(item.row),
        (None, Some(reject)) => Err(reject.reason),
        other => panic!("one element, one outcome: {other:?}"),
    }
}

#[test]
fn fractions_of_the_json_api_become_percent() {
    let row = one(json!({"PlayerName": "Ida Ward", "playerids": "sa301", "Season": 2024, "aLevel": "AA", "wRC": 63.5, "wRAA": -6.5, "wOBA": 0.3674,
                         "wRC+": 131.2, "ISO": 0.123, "GB%": 0.4312, "HR/FB": 3.0, "SwStr%": 0.0895, "Spd": 4.65, "wBsR": -0.25})).unwrap();
    assert_eq!((row.wrc, row.wraa, row.wrc_plus), (Some(64), Some(-7), Some(131)));
    assert_eq!(
        (row.woba.as_deref(), row.iso.as_deref()),
        (Some("0.367"), Some("0.123"))
    );
    assert_eq!(
        (
            row.gb_percent.as_deref(),
            row.hr_per_fb.as_deref(),
            row.swing_strike_percent.as_deref()
        ),
        (Some("43.1"), Some("300"), Some("9"))
    );
    assert_eq!(
        (row.speed_score.as_deref(), row.wbsr.as_deref()),
        (Some("4.7"), Some("-0.3"))
    );
}

#[test]
fn percent_is_kept_as_text_as_a_table_and_by_column_name() {
    let row = one(json!({"Name": "x", "Season": 2024, "Level": "AA", "GB%": "43.1 %", "HR/FB": "0.5%"})).unwrap();
    assert_eq!(
        (row.gb_percent.as_deref(), row.hr_per_fb.as_deref()),
        (Some("43.1"), Some("0.5"))
    );
    let row = one(json!({"Name": "x", "Season": 2024, "Level": "AA", "GB%": 43.1, "IFFB%": 0.5})).unwrap();
    assert_eq!(
        (row.gb_percent.as_deref(), row.iffb_percent.as_deref()),
        (Some("43.1"), Some("0.5"))
    );
    let row = one(json!({"mlb_id": 5, "season": 2024, "level": "A+", "gb_percent": 0.5})).unwrap();
    assert_eq!(row.gb_percent.as_deref(), Some("0.5"));
}

#[test]
fn levels_are_mapped() {
    for (text, level) in [
        ("AAA", "AAA"),
        ("A+", "A+"),
        ("A-", "Rookie"),
        ("CPX", "Complex"),
        ("DSL", "Complex"),
        ("R", "Rookie"),
        ("Complex", "Complex"),
    ] {
        assert_eq!(map_level(text).map(|l| l.name()), Ok(level), "{text}");
    }
    for bad in ["MLB", "AA,AAA", "", "B"] {
        assert!(map_level(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_cannot_be_right_is_rejected() {
    for (field, value, words) in [
        ("GB%", json!("143 %"), "GB%: 143 is out of range"),
        ("GB%", json!(-0.1), "GB%: -10 is out of range"),
        ("wOBA", json!(-0.1), "wOBA: -0.1 is negative"),
        ("wOBA", json!(11), "wOBA: 11 is out of range"),
        ("wRC+", json!("x"), "wRC+: \"x\" is not a number"),
        ("wRC+", json!(1e300), "wRC+: "),
        ("Spd", json!(100), "Spd: 100 is out of range"),
        ("note", json!("nothing"), "names no metric"),
    ] {
        let error = one(json!({"Name": "x", "Season": 2024, "Level": "AA", field: value})).unwrap_err();
        assert!(error.contains(words), "{field}: {error}");
    }
    assert_eq!(
        one(json!({"Name": "x", "GB%": 0.4})).unwrap_err(),
        "lacks season, level"
    );
}
