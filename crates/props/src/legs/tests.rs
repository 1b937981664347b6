use super::*;
use proptest::prelude::*;
use serde_json::json;

fn leg(player: &str, prop: &str, side: &str, team: &str) -> Value {
    json!({"prop_id": prop, "player_name": player, "market_type": "Points", "line": 20.5, "side": side, "prob": 0.55, "team": team})
}

fn kinds(legs: &Value) -> Vec<(Option<usize>, String)> {
    let board = |prop: &str| match prop {
        "moved" => Some((21.5, true, false)),
        "closed" => Some((20.5, false, false)),
        "begun" => Some((20.5, true, true)),
        _ => None,
    };
    let board = |prop: &str| {
        board(prop).map(|(line, is_active, started)| BoardProp {
            line,
            is_active,
            started,
        })
    };
    validate_legs(legs, &board)
        .unwrap()
        .into_iter()
        .map(|p| (p.leg, p.problem))
        .collect()
}

#[test]
fn what_is_wrong_with_legs() {
    let problem = |leg: usize, text: &str| (Some(leg), text.to_string());
    assert_eq!(
        kinds(&json!([leg("A B", "1", "over", "X"), leg("C D", "2", "over", "Y")])),
        []
    );
    assert_eq!(
        kinds(&json!([
            leg("A B", "1", "over", "X"),
            leg("a b Jr.", "2", "over", "X"),
            leg("C D", "3", "over", "Y")
        ])),
        [problem(1, "same_player")]
    );
}

#[test]
fn pairs_of_legs_and_the_board() {
    let problem = |leg: usize, text: &str| (Some(leg), text.to_string());
    let other = leg("C D", "9", "over", "Y");
    assert_eq!(
        kinds(&json!([
            leg("Á B", "1", "over", "X"),
            leg("A B", "1", "over", "X"),
            other
        ])),
        [problem(1, "same_player"), problem(1, "duplicate_prop")]
    );
    assert_eq!(
        kinds(&json!([
            leg("A B", "1", "over", "X"),
            leg("A B", "1", "under", "X"),
            other
        ])),
        [problem(1, "same_player"), problem(1, "both_sides")]
    );
    assert_eq!(
        kinds(&json!([leg("A B", "1", "over", "X"), leg("C D", "2", "over", "X")])),
        [(None, "single_team".into())]
    );
    assert_eq!(
        kinds(&json!([
            leg("A B", "moved", "over", "X"),
            leg("C D", "closed", "over", "Y"),
            leg("E F", "begun", "over", "Y")
        ])),
        [problem(0, "line_moved"), problem(1, "inactive"), problem(2, "started")]
    );
}

#[test]
fn fields() {
    let mut bad = leg("A B", "1", "sideways", "X");
    bad["prob"] = json!(1.5);
    bad["odds"] = json!(1);
    bad["line"] = json!("20.5");
    let fields: Vec<_> = validate_legs(&json!([bad, 7]), &|_| None)
        .unwrap()
        .iter()
        .map(|p| (p.leg, p.field))
        .collect();
    let first = |field| (Some(0), field);
    assert_eq!(
        fields,
        [
            first("line"),
            first("side"),
            first("prob"),
            first("odds"),
            (Some(1), "leg")
        ]
    );
    assert_eq!(parse_legs(&json!([bad])).unwrap_err().sqlstate(), "22023");
    for legs in [json!({}), json!([]), json!(null), json!("x"), json!(vec![1; 21])] {
        assert_eq!(parse_legs(&legs).unwrap_err().sqlstate(), "23514");
        assert_eq!(validate_legs(&legs, &|_| None).unwrap_err().sqlstate(), "23514");
    }
    let legs = parse_legs(&json!([leg("A B", "1", "under", "X")])).unwrap();
    assert!(!legs[0].over && legs[0].push_prob == 0.0 && legs[0].odds.is_none());
}

#[test]
fn correlations() {
    let found = parse_correlations(&json!({"pairs": [{"a": 0, "b": 2, "rho": 0.3}]}), 3)
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.at(0, 2), found.at(2, 0), found.at(0, 1), found.at(1, 1)),
        (0.3, 0.3, 0.0, 1.0)
    );
    let found = parse_correlations(&json!({"matrix": [[1, 0.5], [0.5, 1]]}), 2)
        .unwrap()
        .unwrap();
    assert_eq!(found.at(0, 1), 0.5);
    assert_eq!(parse_correlations(&Value::Null, 2).unwrap(), None);
    for (json, state) in [
        (json!([]), "22023"),
        (json!({"pairs": [{"a": 0, "b": 2, "rho": 0.3}]}), "22023"),
        (json!({"pairs": [{"a": 0, "b": 0, "rho": 0.3}]}), "22023"),
        (json!({"pairs": [{"a": 0, "b": 1, "rho": 3}]}), "22023"),
        (json!({"matrix": [[1]]}), "2202E"),
        (json!({"matrix": [[1, null], [0, 1]]}), "22004"),
        (json!({"matrix": 1}), "22023"),
    ] {
        assert_eq!(parse_correlations(&json, 2).unwrap_err().sqlstate(), state, "{json}");
    }
}

proptest! {
    #[test]
    fn any_json_is_safe(text in "[\\[\\]{}\",:a-z0-9.-]{0,60}") {
        if let Ok(json) = serde_json::from_str::<Value>(&text) {
            let _ = (parse_legs(&json), validate_legs(&json, &|_| None), parse_correlations(&json, 3));
        }
    }
}
