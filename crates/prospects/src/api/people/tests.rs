use super::*;
use serde_json::json;

fn person() -> Value {
    json!({"id": 12, "fullName": "Ida Ward", "birthDate": "2001-02-03", "birthCity": "Bani", "birthCountry": "Dominican Republic",
           "height": "6' 1\"", "weight": 210, "primaryPosition": {"abbreviation": "SS"}, "batSide": {"code": "S"},
           "pitchHand": {"code": "R"}, "draftYear": 2019, "mlbDebutDate": "2024-04-01",
           "currentTeam": {"name": "Round Rock Express", "parentOrgName": "Texas Rangers"},
           "drafts": [{"year": "2016", "pickRound": "40", "pickNumber": 1200},
                      {"year": "2019", "pickRound": "2", "pickNumber": 61, "roundPickNumber": 20, "signingBonus": "1,250,000.00",
                       "team": {"name": "Texas Rangers"}}]})
}

fn with(field: &str, value: Value) -> Parsed<PersonRow> {
    let mut person = person();
    person[field] = value;
    parse_people(&json!({"people": [person]})).unwrap().unpacked()
}

#[test]
fn a_biography_is_a_prospect() {
    let parsed = with("active", json!(true));
    let row = &parsed.items[0].row;
    assert_eq!(
        (row.mlb_id, row.name.as_deref(), row.position.as_deref()),
        (Some(12), Some("Ida Ward"), Some("SS"))
    );
    assert_eq!(
        (
            row.height_inches,
            row.weight_lbs,
            row.bats.as_deref(),
            row.throws.as_deref()
        ),
        (Some(73), Some(210), Some("S"), Some("R"))
    );
    assert_eq!(
        (row.draft_year, row.draft_round, row.draft_pick, row.signing_bonus_usd),
        (Some(2019), Some(2), Some(61), Some(1_250_000))
    );
    assert_eq!(
        (row.current_organization.as_deref(), row.mlb_debut_date.as_deref()),
        (Some("Texas Rangers"), Some("2024-04-01"))
    );
}

#[test]
fn heights_are_feet_and_inches() {
    for (text, inches) in [("6' 1\"", 73), ("5'11\"", 71), ("6'", 72), ("6' 0\"", 72), ("74", 74)] {
        assert_eq!(height_of(text), Ok(inches), "{text}");
    }
    for bad in ["", "six", "6' 12\"", "-6' 1\"", "99' 1\"", "6' x\"", "1", "'"] {
        assert!(height_of(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_cannot_be_right_is_rejected() {
    for (field, value, words) in [
        (
            "primaryPosition",
            json!({"abbreviation": "X"}),
            "primaryPosition: position \"X\" is not known",
        ),
        ("primaryPosition", json!(null), "lacks primaryPosition.abbreviation"),
        ("fullName", json!(""), "lacks fullName"),
        ("id", json!(null), "lacks id"),
        ("batSide", json!({"code": "Q"}), "batSide.code"),
        ("birthDate", json!("2001-02-30"), "birthDate"),
        ("weight", json!(9999), "weight: 9999 is out of range"),
        ("height", json!("tall"), "height"),
        ("draftYear", json!(1200), "draftYear"),
    ] {
        let parsed = with(field, value);
        assert_eq!(parsed.items.len(), 0, "{field}");
        assert!(
            parsed.rejects[0].reason.contains(words),
            "{field}: {}",
            parsed.rejects[0].reason
        );
    }
}

#[test]
fn unknown_values_are_null() {
    let parsed = with("weight", json!(0));
    assert_eq!(parsed.items[0].row.weight_lbs, None);
    let parsed = with("batSide", json!({"code": ""}));
    assert_eq!(parsed.items[0].row.bats, None);
    let parsed = with("drafts", json!([{"year": 2019, "pickRound": "CB-A"}]));
    assert_eq!(parsed.items[0].row.draft_round, None);
}
