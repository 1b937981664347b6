use super::*;
use crate::api::Item;
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

/// The rows of a document, its reject reasons and its remarks.
fn document(rows: Value) -> (Vec<Item<AdvancedRow>>, Vec<String>, Vec<String>) {
    let parsed = parse_advanced(&rows).expect("of the right shape").unpacked();
    let reasons = parsed.rejects.iter().map(|r| r.reason.clone()).collect();
    (parsed.items, reasons, parsed.remarks)
}

fn shares(row: &AdvancedRow) -> [Option<&str>; 6] {
    [
        &row.gb_percent,
        &row.ld_percent,
        &row.fb_percent,
        &row.swing_strike_percent,
        &row.pull_percent,
        &row.hr_per_fb,
    ]
    .map(|share| share.as_deref())
}

#[test]
fn quotes_do_not_change_a_value() {
    let numbers = json!({"Name": "x", "Season": 2024, "Level": "AA", "GB%": 0.4031, "LD%": 0.2012, "FB%": 0.3957, "SwStr%": 0.11234567890123456,
                         "Pull%": 0.45, "HR/FB": 0.1429});
    for factor in [1.0, 100.0] {
        let mut plain = numbers.clone();
        let mut quoted = numbers.clone();
        for label in ["GB%", "LD%", "FB%", "SwStr%", "Pull%", "HR/FB"] {
            let n = numbers[label].as_f64().unwrap() * factor;
            plain[label] = json!(n);
            quoted[label] = json!(n.to_string());
        }
        for row in [plain, quoted] {
            let (items, rejects, remarks) = document(json!([row]));
            assert_eq!(
                shares(&items[0].row),
                [
                    Some("40.3"),
                    Some("20.1"),
                    Some("39.6"),
                    Some("11.2"),
                    Some("45"),
                    Some("14.3")
                ],
                "{row}"
            );
            assert_eq!((rejects.len(), remarks.len()), (0, 0), "{row}: {remarks:?}");
        }
    }
}

#[test]
fn the_document_decides_where_a_row_cannot() {
    // 0.9 % of infield flies, because another row proves percent; the first row alone could not tell.
    let rows = json!([{"Name": "a", "Season": 2024, "Level": "AA", "IFFB%": "0.9"}, {"Name": "b", "Season": 2024, "Level": "AA", "IFFB%": 12.5}]);
    let (items, _, remarks) = document(rows);
    assert_eq!(items[0].row.iffb_percent.as_deref(), Some("0.9"));
    assert!(remarks.is_empty(), "{remarks:?}");
}

#[test]
fn a_percent_sign_is_percent_in_any_document() {
    let rows = json!([{"Name": "a", "Season": 2024, "Level": "AA", "GB%": "0.5 %", "LD%": 0.25},
                      {"mlb_id": 3, "season": 2024, "level": "AA", "gb_percent": "40.6%"}]);
    let (items, ..) = document(rows);
    assert_eq!(
        (items[0].row.gb_percent.as_deref(), items[0].row.ld_percent.as_deref()),
        (Some("0.5"), Some("25"))
    );
    assert_eq!(items[1].row.gb_percent.as_deref(), Some("40.6"));
}

#[test]
fn fractions_under_the_columns_own_names_are_seen_and_remarked() {
    let rows = json!([{"mlb_id": 3, "season": 2024, "level": "AA", "gb_percent": "0.41", "ld_percent": "0.19", "fb_percent": "0.40", "pull_percent": 0.4}]);
    let (items, _, remarks) = document(rows);
    assert_eq!(
        (items[0].row.gb_percent.as_deref(), items[0].row.pull_percent.as_deref()),
        (Some("41"), Some("40"))
    );
    assert!(
        remarks.len() == 1 && remarks[0].contains("multiplied by 100"),
        "{remarks:?}"
    );
}

#[test]
fn a_column_of_another_scale_than_its_neighbours_is_remarked() {
    let row = |name: &str, swstr: f64, contact: f64| json!({"Name": name, "Season": 2024, "Level": "AA", "GB%": 41.0, "LD%": 19.0, "FB%": 40.0, "SwStr%": swstr, "Contact%": contact});
    let (items, _, remarks) = document(json!([
        row("a", 0.11, 75.0),
        row("b", 0.09, 80.5),
        row("c", 0.12, 71.0)
    ]));
    assert_eq!(items[0].row.swing_strike_percent.as_deref(), Some("0.1"));
    assert!(
        remarks.len() == 1 && remarks[0].ends_with("as fractions have: SwStr%"),
        "{remarks:?}"
    );
}

#[test]
fn shares_that_do_not_make_a_whole_are_remarked() {
    let (_, rejects, remarks) =
        document(json!([{"Name": "a", "Season": 2024, "Level": "AA", "GB%": 41.0, "LD%": 19.0, "FB%": 14.0}]));
    assert!(rejects.is_empty());
    assert_eq!(
        remarks,
        ["ground balls, line drives and flies do not add up to 100 in 1 of 1 rows (the first: 74.0)"]
    );
}

#[test]
fn rows_of_fractions_among_rows_of_percent_are_read_as_such_and_remarked() {
    let rows = json!([{"Name": "a", "Season": 2024, "Level": "AA", "GB%": 41.0, "LD%": 19.0, "FB%": 40.0},
                      {"Name": "b", "Season": 2024, "Level": "AA", "GB%": 0.41, "LD%": 0.19, "FB%": 0.4}]);
    let (items, _, remarks) = document(rows);
    assert_eq!(items[1].row.gb_percent.as_deref(), Some("41"));
    assert_eq!(remarks, ["some columns or rows hold fractions and some percent"]);
}

fn line(level: &str, team: Option<&str>, pa: Option<i32>, gb: f64, wrc: i32) -> Value {
    json!({"PlayerName": "Ida Ward", "playerids": "sa301", "Season": 2024, "aLevel": level, "Team": team, "PA": pa, "GB%": gb, "wRC": wrc})
}

#[test]
fn the_dominican_and_the_complex_line_are_added_up() {
    let (items, rejects, _) = document(json!([
        line("DSL", None, Some(100), 0.5, 20),
        line("CPX", None, Some(50), 0.2, 7)
    ]));
    assert_eq!((items.len(), items[0].lines, rejects.len()), (1, 2, 0));
    assert_eq!(
        (items[0].row.gb_percent.as_deref(), items[0].row.wrc),
        (Some("40"), Some(27))
    );
}

#[test]
fn lines_that_cannot_be_weighed_are_not_taken_for_each_other() {
    let (items, rejects, _) = document(json!([
        line("DSL", None, None, 0.5, 20),
        line("CPX", None, Some(50), 0.2, 7)
    ]));
    assert_eq!((items.len(), items[0].row.gb_percent.as_deref()), (1, Some("50")));
    assert!(
        rejects.len() == 1 && rejects[0].contains("CPX beside DSL"),
        "{rejects:?}"
    );
}

#[test]
fn a_total_over_his_clubs_stands_for_them() {
    let clubs = [
        line("AA", Some("TBR"), Some(100), 0.5, 20),
        line("AA", Some("NYM"), Some(50), 0.2, 7),
    ];
    let total = line("AA", Some("2 Tms"), Some(150), 0.41, 26);
    for rows in [
        vec![clubs[0].clone(), clubs[1].clone(), total.clone()],
        vec![total.clone(), clubs[0].clone(), clubs[1].clone()],
    ] {
        let (items, rejects, _) = document(json!(rows));
        assert_eq!((items.len(), items[0].lines, rejects.len()), (1, 1, 0));
        assert_eq!(
            (items[0].row.gb_percent.as_deref(), items[0].row.wrc),
            (Some("41"), Some(26))
        );
    }
    let (items, ..) = document(json!(clubs));
    assert_eq!((items[0].lines, items[0].row.gb_percent.as_deref()), (2, Some("40")));
}

#[test]
fn pages_of_one_line_complete_each_other_and_contradictions_are_rejected() {
    let page = |extra: Value| {
        let mut row = json!({"PlayerName": "Ida Ward", "playerids": "sa301", "Season": 2024, "aLevel": "AA"});
        row.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        row
    };
    let (items, rejects, _) = document(json!([
        page(json!({"wRC+": 120})),
        page(json!({"GB%": "40 %"})),
        page(json!({"wRC+": 99}))
    ]));
    assert_eq!((items.len(), items[0].lines), (1, 1));
    assert_eq!(
        (items[0].row.wrc_plus, items[0].row.gb_percent.as_deref()),
        (Some(120), Some("40"))
    );
    assert!(
        rejects.len() == 1 && rejects[0].contains("another wrc_plus"),
        "{rejects:?}"
    );
}

#[test]
fn totals_are_told_from_clubs() {
    for total in ["2 Tms", "3TM", "TOT", "- - -", "2 teams", "Total"] {
        assert!(lines::is_total(total), "{total}");
    }
    for club in ["TBR", "Tms", "51s", "Tomahawks", "A"] {
        assert!(!lines::is_total(club), "{club}");
    }
}
