//! Texts of the small languages: expressions over features, innings.

use crate::dice::Dice;
use crate::{fuzz, mutate};
use dynasty_intake::nearest::nearest;
use dynasty_prospects::features::expression::compile;
use dynasty_prospects::innings::parse_innings;
use std::sync::OnceLock;

const NAMES: [&str; 4] = ["a", "b", "c", "career_ops"];

fn expression(dice: &mut Dice) -> String {
    const PARTS: [&str; 52] = [
        "a",
        "b",
        "c",
        "career_ops",
        "nobody",
        "0",
        "1",
        "2.5",
        "1e308",
        "1e-320",
        ".5",
        "7.",
        "999999999999999999999",
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        "(",
        ")",
        ",",
        "<",
        "<=",
        "=",
        "<>",
        "!=",
        ">",
        ">=",
        "AND",
        "OR",
        "NOT",
        "IS NULL",
        "IS NOT NULL",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "coalesce(",
        "nullif(",
        "least(",
        "greatest(",
        "power(",
        "sqrt(",
        "ln(",
        "exp(",
        "round(",
        "NULL",
        "\"b\"",
        "'x'",
        "--",
    ];
    static CORPUS: OnceLock<Vec<String>> = OnceLock::new();
    let corpus = CORPUS.get_or_init(|| include_str!("../expressions.txt").lines().map(str::to_string).collect());
    match dice.below(3) {
        0 => mutate::near(corpus, dice),
        1 => (0..dice.below(30)).map(|_| format!("{} ", dice.pick(&PARTS))).collect(),
        // Two that are right, put together, and nested often.
        _ => {
            let (left, right) = (dice.pick(corpus).clone(), dice.pick(corpus).clone());
            let operator = dice.pick(&["+", "-", "*", "/", "^"]);
            let deep = *dice.pick(&[0, 1, 30, 120, 3000]);
            format!("{}({left}) {operator} ({right}){}", "(".repeat(deep), ")".repeat(deep))
        }
    }
}

#[test]
fn expressions() {
    let resolve = |name: &str| NAMES.iter().position(|n| *n == name);
    fuzz(
        "expressions",
        |dice| {
            (
                expression(dice),
                [(); 4].map(|()| dice.float_or_none().filter(|x| x.is_finite())),
            )
        },
        |(text, features)| match compile(text, &resolve) {
            Ok(expression) => {
                assert!(expression.features().iter().all(|f| *f < NAMES.len()));
                for known in [features.as_slice(), &[None; 4], &[]] {
                    let value = expression.value(known);
                    assert!(
                        value.is_none_or(|x| x.is_finite() && (x != 0.0 || x.is_sign_positive())),
                        "{value:?}"
                    );
                    assert_eq!(value.map(f64::to_bits), expression.value(known).map(f64::to_bits));
                }
            }
            Err(error) => {
                assert!(
                    error.position >= 1 && error.position <= text.chars().count() + 1,
                    "position {}",
                    error.position
                );
                assert!(error.to_string().chars().count() < 500);
                if let Some(unknown) = &error.unknown_feature {
                    assert!(nearest(unknown, NAMES).len() <= 3);
                }
            }
        },
    );
}

#[test]
fn innings() {
    let seeds: Vec<String> = ["5.1", "0.0", "180", "-.--", "7.2", " 6.0 ", "2147483647.2"]
        .map(String::from)
        .into();
    fuzz(
        "innings",
        |dice| mutate::near(&seeds, dice),
        |text| match parse_innings(text) {
            Ok(outs) => assert!(outs >= 0),
            Err(message) => assert!(!message.is_empty() && message.chars().count() < 500),
        },
    );
}
