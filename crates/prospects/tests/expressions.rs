//! `expressions.txt`: expressions over a, b and c, one a line, that mean the same in PostgreSQL as they stand there, over
//! columns of type float8. Where PostgreSQL raises, ours is NULL. Here they are compiled; the SQL tests compare values.

use dynasty_prospects::features::expression::compile;

#[test]
fn every_expression_compiles() {
    let resolve = |name: &str| ["a", "b", "c"].iter().position(|known| *known == name);
    let mut compiled = 0;
    for text in include_str!("expressions.txt").lines() {
        let expression = compile(text, &resolve).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(!expression.features().is_empty(), "{text} reads nothing");
        assert_eq!(expression.value(&[]), expression.value(&[None; 3]), "{text}");
        compiled += 1;
    }
    assert!(compiled >= 60);
}
