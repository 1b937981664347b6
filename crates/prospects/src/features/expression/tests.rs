//! The language against what PostgreSQL says, written down by hand.

use super::*;

const NAMES: [&str; 5] = ["a", "b", "c", "k_rate", "K Rate"];

fn resolve(name: &str) -> Option<usize> {
    NAMES.iter().position(|known| *known == name)
}

fn value_of(text: &str, features: &[Option<f64>]) -> Option<f64> {
    compile(text, &resolve)
        .unwrap_or_else(|e| panic!("{text}: {e}"))
        .value(features)
}

/// The value where a = 2, b = 3, c is NULL.
fn value(text: &str) -> Option<f64> {
    value_of(text, &[Some(2.0), Some(3.0), None, Some(0.25), Some(0.5)])
}

/// 't', 'f' or 'n' for a condition over a, b, c.
fn truth(condition: &str) -> char {
    let text = format!("CASE WHEN {condition} THEN 1 WHEN NOT ({condition}) THEN 0 END");
    value(&text).map_or('n', |v| if v == 1.0 { 't' } else { 'f' })
}

fn error(text: &str) -> ExpressionError {
    compile(text, &resolve).expect_err(text)
}

#[track_caller]
fn are(table: &[(&str, Option<f64>)]) {
    for (text, expected) in table {
        let found = value(text);
        assert_eq!(
            found.map(f64::to_bits),
            expected.map(f64::to_bits),
            "{text} is {found:?}, not {expected:?}"
        );
    }
}

#[test]
fn precedence_and_associativity() {
    are(&[
        ("1 + 2 * 3", Some(7.0)),
        ("(1 + 2) * 3", Some(9.0)),
        ("2 * 3 ^ 2", Some(18.0)),
        ("10 - 4 - 3", Some(3.0)),
        ("24 / 4 / 2", Some(3.0)),
        ("24 / 4 * 2", Some(12.0)),
        ("10 - 4 + 3", Some(9.0)),
        // To the left, as PostgreSQL and unlike mathematics.
        ("2 ^ 3 ^ 2", Some(64.0)),
        // A sign binds tighter than ^.
        ("-2 ^ 2", Some(4.0)),
        ("0 - 2 ^ 2", Some(-4.0)),
        ("2 ^ - 1", Some(0.5)),
        ("- - 2", Some(2.0)),
        ("1*-+-+2", Some(2.0)),
        ("1 +-+- 2-+ 1", Some(2.0)),
        ("-+2", Some(-2.0)),
        ("1-+-2", Some(3.0)),
        ("2*-a", Some(-4.0)),
        ("7 / 2", Some(3.5)),
        ("CASE WHEN a = 2 THEN 1 ELSE 0 END + 1", Some(2.0)),
    ]);
    for (condition, expected) in [
        // OR, AND, NOT, IS, comparison, BETWEEN, arithmetic: from loose to tight.
        ("TRUE OR TRUE AND FALSE", 't'),
        ("(TRUE OR TRUE) AND FALSE", 'f'),
        ("NOT FALSE AND FALSE", 'f'),
        ("NOT (FALSE AND FALSE)", 't'),
        ("NOT TRUE OR TRUE", 't'),
        ("NOT a = 3", 't'),
        ("NOT c IS NULL", 'f'),
        ("NOT NOT a = 2", 't'),
        ("a = c IS NULL", 't'),
        ("c IS NULL IS NULL", 'f'),
        ("a + 1 = b", 't'),
        ("-a < b", 't'),
        ("a<-1", 'f'),
        ("b>=-1", 't'),
        ("a BETWEEN 1 AND 2 AND FALSE", 'f'),
        ("a BETWEEN 1 AND 1 + 1 OR FALSE", 't'),
        ("a NOT BETWEEN 3 AND 4 AND b = 3", 't'),
        ("a BETWEEN 1 AND c IS NULL", 't'),
        ("a + 1 IS DISTINCT FROM 1 + a", 'f'),
        ("a IS DISTINCT FROM b AND FALSE", 'f'),
        ("a IS NOT NULL AND c IS NULL", 't'),
    ] {
        assert_eq!(truth(condition), expected, "{condition}");
    }
}

#[test]
fn three_valued_logic() {
    let [t, f, n] = ["TRUE", "FALSE", "NULL"];
    for (x, y, and, or) in [
        (t, t, 't', 't'),
        (t, f, 'f', 't'),
        (t, n, 'n', 't'),
        (f, t, 'f', 't'),
        (f, f, 'f', 'f'),
        (f, n, 'f', 'n'),
        (n, t, 'n', 't'),
        (n, f, 'f', 'n'),
        (n, n, 'n', 'n'),
    ] {
        assert_eq!(truth(&format!("{x} AND {y}")), and, "{x} AND {y}");
        assert_eq!(truth(&format!("{x} OR {y}")), or, "{x} OR {y}");
    }
    for (condition, expected) in [
        ("NOT TRUE", 'f'),
        ("NOT FALSE", 't'),
        ("NOT NULL", 'n'),
        ("NULL IS NULL", 't'),
        ("c IS NULL", 't'),
        ("a IS NULL", 'f'),
        ("c IS NOT NULL", 'f'),
        ("(c > 1) IS NULL", 't'),
        ("(a > 1) IS NOT NULL", 't'),
        ("c = c", 'n'),
        ("c <> 1", 'n'),
        ("a < c", 'n'),
        ("c IS DISTINCT FROM c", 'f'),
        ("c IS DISTINCT FROM 1", 't'),
        ("1 IS DISTINCT FROM NULL", 't'),
        ("a IS DISTINCT FROM 2", 'f'),
        ("c IS NOT DISTINCT FROM NULL", 't'),
        ("a IS NOT DISTINCT FROM b", 'f'),
        // One bound can decide alone.
        ("a BETWEEN c AND 1", 'f'),
        ("a BETWEEN c AND 3", 'n'),
        ("a BETWEEN 3 AND c", 'f'),
        ("a NOT BETWEEN 3 AND c", 't'),
        ("c BETWEEN 1 AND 2", 'n'),
        ("a BETWEEN 2 AND 2", 't'),
        ("a BETWEEN 3 AND 1", 'f'),
    ] {
        assert_eq!(truth(condition), expected, "{condition}");
    }
}

#[test]
fn comparisons() {
    for (sign, less, equal, greater) in [
        ("=", 'f', 't', 'f'),
        ("<>", 't', 'f', 't'),
        ("!=", 't', 'f', 't'),
        ("<", 't', 'f', 'f'),
        ("<=", 't', 't', 'f'),
        (">", 'f', 'f', 't'),
        (">=", 'f', 't', 't'),
    ] {
        assert_eq!(truth(&format!("a {sign} b")), less, "{sign}");
        assert_eq!(truth(&format!("a{sign}a")), equal, "{sign}");
        assert_eq!(truth(&format!("b {sign} a")), greater, "{sign}");
    }
}

#[test]
fn null_goes_through_operators_and_functions() {
    for text in [
        "c + 1", "1 - c", "c * 0", "0 / c", "c ^ 0", "1 ^ c", "-c", "+c", "NULL", "(NULL)", "a + NULL",
    ] {
        assert_eq!(value(text), None, "{text}");
    }
    for name in [
        "abs", "ceil", "ceiling", "floor", "round", "trunc", "sign", "sqrt", "ln", "log", "exp",
    ] {
        assert_eq!(value(&format!("{name}(c)")), None, "{name}");
    }
    are(&[("power(c, 0)", None), ("power(1, c)", None), ("pow(1, c)", None)]);
}

#[test]
fn functions() {
    are(&[
        ("abs(-1.5)", Some(1.5)),
        ("ceil(1.2)", Some(2.0)),
        ("ceiling(-1.2)", Some(-1.0)),
        ("floor(-1.2)", Some(-2.0)),
        ("trunc(-1.7)", Some(-1.0)),
        ("trunc(1.7)", Some(1.0)),
        ("sign(-3)", Some(-1.0)),
        ("sign(0)", Some(0.0)),
        ("SIGN(4)", Some(1.0)),
        ("sqrt(6.25)", Some(2.5)),
        ("ln(exp(1))", Some(1.0)),
        ("log(1000)", Some(1000f64.log10())),
        ("exp(0)", Some(1.0)),
        ("power(2, 10)", Some(1024.0)),
        ("pow(-2, 3)", Some(-8.0)),
        ("power(0, 0)", Some(1.0)),
        ("nullif(a, 2)", None),
        ("nullif(a, 3)", Some(2.0)),
        ("nullif(a, c)", Some(2.0)),
        ("nullif(c, a)", None),
        ("coalesce(c, NULL, b, a)", Some(3.0)),
        ("coalesce(c)", None),
        ("least(b, c, a)", Some(2.0)),
        ("least(c, NULL)", None),
        ("greatest(c, a, b)", Some(3.0)),
        ("greatest(c)", None),
        ("greatest(-1, -2)", Some(-1.0)),
    ]);
}

/// PostgreSQL's round(float8) is rint(): half to even, unlike its round(numeric).
#[test]
fn rounds_half_to_even() {
    are(&[
        ("round(0.5)", Some(0.0)),
        ("round(1.5)", Some(2.0)),
        ("round(2.5)", Some(2.0)),
        ("round(3.5)", Some(4.0)),
        ("round(-2.5)", Some(-2.0)),
        ("round(2.500001)", Some(3.0)),
        ("round(-0.4)", Some(0.0)),
    ]);
}

#[test]
fn what_postgres_raises_is_null() {
    are(&[
        ("1 / 0", None),
        ("0 / 0", None),
        ("1 / -0", None),
        ("sqrt(-1)", None),
        ("ln(0)", None),
        ("ln(-1)", None),
        ("log(0)", None),
        ("log(-0)", None),
        ("exp(710)", None),
        ("exp(-746)", None),
        ("exp(-740)", Some((-740f64).exp())),
        ("1e308 * 10", None),
        ("1e308 + 1e308", None),
        ("-1e308 - 1e308", None),
        ("1e-308 / 1e308", None),
        ("1e-200 * 1e-200", None),
        ("5e-324 * 0.5", None),
        ("10 ^ 400", None),
        ("10 ^ -400", None),
        ("0 ^ -1", None),
        ("(-8) ^ (1 / 3)", None),
        ("0 * 1e308", Some(0.0)),
        // Only that operation: the rest goes on.
        ("coalesce(a / 0, 7)", Some(7.0)),
        ("CASE WHEN b <> 3 AND a / (b - 3) > 1 THEN 1 ELSE 2 END", Some(2.0)),
        ("CASE WHEN b = 3 THEN 1 ELSE a / (b - 3) END", Some(1.0)),
    ]);
}

#[test]
fn a_negative_zero_is_zero() {
    are(&[
        ("-0", Some(0.0)),
        ("0 * -1", Some(0.0)),
        ("ceil(-0.5)", Some(0.0)),
        ("sqrt(-0)", Some(0.0)),
    ]);
    assert_eq!(value_of("a", &[Some(-0.0)]).map(f64::to_bits), Some(0));
}

#[test]
fn features_that_are_not_finite_or_not_there_are_null() {
    for odd in [None, Some(f64::NAN), Some(f64::INFINITY), Some(f64::NEG_INFINITY)] {
        assert_eq!(value_of("coalesce(a, 9)", &[odd]), Some(9.0));
        assert_eq!(value_of("a", &[odd]), None);
    }
    assert_eq!(value_of("a + b", &[Some(1.0)]), None);
}

#[test]
fn cases() {
    are(&[
        ("CASE WHEN a > b THEN 1 WHEN a < b THEN 2 ELSE 3 END", Some(2.0)),
        ("CASE WHEN c > 1 THEN 1 ELSE 3 END", Some(3.0)),
        ("CASE WHEN NULL THEN 1 END", None),
        ("CASE WHEN FALSE THEN 1 END", None),
        ("CASE WHEN TRUE THEN NULL ELSE 1 END", None),
        ("CASE WHEN TRUE THEN 1 WHEN TRUE THEN 2 END", Some(1.0)),
        ("CASE a WHEN 1 THEN 10 WHEN 2 THEN 20 END", Some(20.0)),
        ("CASE a WHEN 1 THEN 10 ELSE 30 END", Some(30.0)),
        ("CASE a WHEN 1 THEN 10 END", None),
        ("CASE c WHEN NULL THEN 1 ELSE 2 END", Some(2.0)),
        ("CASE a WHEN c THEN 1 WHEN b - 1 THEN 2 END", Some(2.0)),
        (
            "case when (case a when 2 then 1 end) = 1 then case when a = 2 then 5 end else 6 end",
            Some(5.0),
        ),
        ("-CASE WHEN TRUE THEN 1 END^2", Some(1.0)),
    ]);
}

#[test]
fn literals_and_names() {
    are(&[
        ("1", Some(1.0)),
        ("1.", Some(1.0)),
        ("1.5", Some(1.5)),
        (".5", Some(0.5)),
        ("1e-3", Some(0.001)),
        ("1.E+2", Some(100.0)),
        (".5e1", Some(5.0)),
        ("1e308", Some(1e308)),
        ("5e-324", Some(5e-324)),
        ("0e999", Some(0.0)),
        ("0.1 + 0.2", Some(0.1 + 0.2)),
        ("K_Rate", Some(0.25)),
        ("\"k_rate\"", Some(0.25)),
        ("\"K Rate\"", Some(0.5)),
        ("\ta\n+\r\x0cB ", Some(5.0)),
    ]);
    let quoted = compile("\"say \"\"a\"\"\"", &|name| (name == "say \"a\"").then_some(7)).unwrap();
    assert_eq!(quoted.features(), [7]);
    // Only ASCII is folded, and everything else belongs to names.
    assert!(compile("É", &|name| (name == "É").then_some(0)).is_ok());
}

#[test]
fn features_read() {
    let places = |text| compile(text, &resolve).unwrap().features().to_vec();
    assert_eq!(places("b + a * b - \"K Rate\""), [0, 1, 4]);
    assert_eq!(places("1 + 1"), [0usize; 0]);
    assert_eq!(places("CASE WHEN TRUE THEN c ELSE a END"), [0, 2]);
}

#[test]
fn errors_say_what_and_where() {
    for (text, position, message) in [
        ("", 1, "unexpected end of the expression"),
        ("  ", 3, "unexpected end of the expression"),
        ("a +", 4, "unexpected end of the expression"),
        ("1 +carer_k_rate", 4, "unknown feature \"carer_k_rate\""),
        ("\"A\"", 1, "unknown feature \"A\""),
        ("é\u{a0}", 1, "unknown feature \"é\u{a0}\""),
        ("a b", 3, "unexpected \"b\""),
        ("(a", 3, "unexpected end of the expression: expected \")\""),
        ("a)", 2, "unexpected \")\""),
        ("()", 2, "unexpected \")\""),
        ("a, b", 2, "unexpected \",\""),
        ("a ; b", 3, "unexpected character \";\""),
        ("\"é\" + 'x'", 7, "unexpected character \"'\""),
        ("a\0", 2, "unexpected character \"\\0\""),
        ("a::text", 2, "unexpected character \":\""),
        ("t.a", 2, "unexpected character \".\""),
        ("a % b", 3, "unknown operator \"%\""),
        ("a => b", 3, "unknown operator \"=>\""),
        ("a^-1", 2, "unknown operator \"^-\"; put a space before the sign"),
        ("a!=-1", 2, "unknown operator \"!=-\"; put a space before the sign"),
        ("a --b", 3, "comments are not accepted: \"--\""),
        ("a*/* x */b", 3, "comments are not accepted: \"/*\""),
        ("\"a", 1, "the quoted name does not end"),
        ("1 + \"\"", 5, "the quoted name is empty"),
        ("12x", 1, "trailing junk after the number \"12x\""),
        ("1e", 1, "trailing junk after the number \"1e\""),
        ("1e+", 1, "trailing junk after the number \"1e\""),
        ("1_000", 1, "trailing junk after the number \"1_000\""),
        ("1..2", 3, "unexpected \".2\""),
        ("1 + 1e400", 5, "out of range for type double precision: \"1e400\""),
        ("1e-400", 1, "out of range for type double precision: \"1e-400\""),
        ("foo(1)", 1, "unknown function \"foo\""),
        ("\"abs\"(1)", 1, "unknown function \"abs\""),
        ("1 + round(1, 2)", 5, "round takes 1 argument, not 2"),
        ("power(1)", 1, "power takes 2 arguments, not 1"),
        ("coalesce()", 1, "coalesce takes at least 1 argument, not 0"),
        ("abs(1,)", 7, "unexpected \")\""),
        ("abs", 1, "unknown feature \"abs\""),
        ("a = b", 1, "the expression is a condition, not a number: use CASE WHEN"),
        ("TRUE", 1, "the expression is a condition, not a number: use CASE WHEN"),
        ("1 + (a = b)", 5, "+ takes a number here, not a condition"),
        ("-TRUE", 2, "- takes a number here, not a condition"),
        ("(a = b) = TRUE", 1, "= takes a number here, not a condition"),
        (
            "a < b < c",
            7,
            "unexpected \"<\": such operators do not chain, use AND or parentheses",
        ),
        (
            "1 IS DISTINCT FROM 2 IS NULL",
            22,
            "unexpected \"IS\": such operators do not chain, use AND or parentheses",
        ),
        (
            "a BETWEEN 1 AND 2 NOT BETWEEN 1 AND 2",
            19,
            "unexpected \"NOT\": such operators do not chain, use AND or parentheses",
        ),
        ("a AND b = 1", 1, "AND takes a condition here, not a number"),
        ("NOT a", 5, "NOT takes a condition here, not a number"),
        (
            "a IS TRUE",
            6,
            "unexpected \"TRUE\": expected NULL or DISTINCT FROM after IS",
        ),
        ("a IS DISTINCT b", 15, "unexpected \"b\": expected FROM after DISTINCT"),
        ("a BETWEEN 1 OR 2", 13, "unexpected \"OR\": expected AND of BETWEEN"),
        ("a NOT b", 3, "unexpected \"NOT\""),
        ("abs(a = b)", 5, "ABS takes a number here, not a condition"),
        (
            "CASE WHEN a THEN 1 END",
            11,
            "WHEN takes a condition here, not a number",
        ),
        (
            "CASE a WHEN b = 1 THEN 1 END",
            13,
            "WHEN takes a number here, not a condition",
        ),
        (
            "CASE WHEN TRUE THEN a = b END",
            21,
            "THEN takes a number here, not a condition",
        ),
        (
            "CASE WHEN TRUE THEN 1",
            22,
            "unexpected end of the expression: expected END of CASE",
        ),
        ("CASE a THEN 1 END", 8, "unexpected \"THEN\": expected WHEN in CASE"),
        ("CASE END", 6, "unexpected \"END\""),
        ("(SELECT 1)", 2, "unknown feature \"select\""),
    ] {
        let error = error(text);
        assert_eq!(
            (error.position, error.message.as_str()),
            (position, message),
            "{text:?}"
        );
    }
    let unknown = error("1 +carer_k_rate");
    assert_eq!(unknown.to_string(), "unknown feature \"carer_k_rate\" at position 4");
    assert_eq!(unknown.unknown_feature.as_deref(), Some("carer_k_rate"));
    let long = "x".repeat(1000);
    assert_eq!(
        error(&long).message,
        format!("unknown feature \"{}...\"", "x".repeat(64))
    );
}

#[test]
fn limits() {
    let padded = |length: usize| format!("a{}", " ".repeat(length - 1));
    assert!(compile(&padded(MAX_TEXT), &resolve).is_ok());
    assert_eq!(
        error(&padded(MAX_TEXT + 1)).message,
        "the expression has more than 10000 bytes"
    );
    assert_eq!(error(&"é".repeat(MAX_TEXT)).position, MAX_TEXT / 2 + 1);

    for (open, close) in [
        ("(", ")"),
        ("- ", ""),
        ("+ ", ""),
        ("abs(", ")"),
        ("CASE WHEN TRUE THEN ", " END"),
    ] {
        let nested = |depth: usize| format!("{}a{}", open.repeat(depth), close.repeat(depth));
        assert!(compile(&nested(MAX_DEPTH), &resolve).is_ok(), "{open}");
        let error = error(&nested(MAX_DEPTH + 1));
        assert_eq!(error.message, "the expression is nested deeper than 100");
        assert_eq!(error.position, MAX_DEPTH * open.len() + 1);
    }
    let negated = |depth: usize| format!("CASE WHEN {}TRUE THEN 1 END", "NOT ".repeat(depth));
    assert_eq!(value(&negated(MAX_DEPTH - 1)), None);
    assert!(error(&negated(MAX_DEPTH)).message.contains("nested"));
    // What is not nested may be long.
    let sum = |terms: usize| vec!["a"; terms].join("+");
    assert_eq!(value(&sum(1000)), Some(2000.0));
    let error = error(&sum(1001));
    assert_eq!(
        error.message,
        "the expression has more than 2000 constants, names and operators"
    );
    assert_eq!(error.position, 2000);
    let many = format!("greatest({})", vec!["b"; MAX_NODES - 1].join(","));
    assert_eq!(value(&many), Some(3.0));
}

/// Long texts of what could tempt the scanner or the parser to look at the rest again and again.
#[test]
fn no_text_takes_long() {
    let begun = std::time::Instant::now();
    for piece in [
        "+",
        "-+",
        "*",
        "a ",
        "1e",
        "\"",
        "\"\"",
        "(",
        "a+",
        "a,",
        "é",
        "NOT ",
        "a IS NULL ",
        "<",
        "=-",
        "a=-+",
        "case ",
    ] {
        let text: String = piece.chars().cycle().take(MAX_TEXT / 2).collect();
        for _ in 0..20 {
            let _ = compile(&text, &resolve);
        }
    }
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

/// The deepest recursion there is: every level of operators opened once in every level of nesting. Unoptimized it takes
/// 1.2 MiB; PostgreSQL's own limit is 2.
#[test]
fn needs_little_stack() {
    let level = |inner: &str| format!("(TRUE OR TRUE AND NOT 1 IS DISTINCT FROM 1 = 1 + 1 * 1 ^ {inner}");
    let mut text = "1".to_owned();
    while text.len() + 80 < MAX_TEXT {
        text = level(&text);
    }
    let parsed = std::thread::Builder::new()
        .stack_size(1536 * 1024)
        .spawn(move || compile(&text, &resolve).unwrap_err().message);
    assert_eq!(
        parsed.unwrap().join().unwrap(),
        "the expression is nested deeper than 100"
    );
}
