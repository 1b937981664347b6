//! Random trees, printed to SQL and compiled, against their own evaluation; and texts that are no expressions.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Number {
    Literal(&'static str),
    Null,
    Feature(usize),
    Sign(char, Box<Number>),
    Binary(char, Box<[Number; 2]>),
    Call(&'static str, Vec<Number>),
    Case(Vec<(Condition, Number)>, Option<Box<Number>>),
    CaseOf(Box<Number>, Vec<(Number, Number)>, Option<Box<Number>>),
}

#[derive(Clone, Debug)]
enum Condition {
    Constant(Option<bool>),
    Compare(&'static str, Box<[Number; 2]>),
    /// The bool says NOT, here and below.
    Distinct(bool, Box<[Number; 2]>),
    Between(bool, Box<[Number; 3]>),
    NumberIsNull(bool, Box<Number>),
    TruthIsNull(bool, Box<Condition>),
    Not(Box<Condition>),
    And(Box<[Condition; 2]>),
    Or(Box<[Condition; 2]>),
}

const UNARY: [&str; 11] = [
    "abs", "ceil", "ceiling", "floor", "round", "trunc", "sign", "sqrt", "ln", "log", "exp",
];
const BINARY: [&str; 3] = ["power", "pow", "nullif"];
const ANY: [&str; 3] = ["coalesce", "least", "greatest"];
const LITERALS: [&str; 13] = [
    "0",
    "1",
    "2",
    "3",
    "10",
    "0.5",
    ".25",
    "2.5",
    "1.5e0",
    "7.",
    "1e300",
    "1E-300",
    "123456789.125",
];

/// A number and a condition: each is made of both.
type Pair = (Number, Condition);

fn pairs() -> impl Strategy<Value = Pair> {
    let number = prop_oneof![
        4 => prop::sample::select(LITERALS.to_vec()).prop_map(Number::Literal),
        4 => (0..3usize).prop_map(Number::Feature),
        1 => Just(Number::Null),
    ];
    let condition = prop::option::of(any::<bool>()).prop_map(Condition::Constant);
    (number, condition).prop_recursive(5, 100, 3, |inner| {
        let of = prop::collection::vec(inner, 3);
        (number_of(of.clone()), condition_of(of))
    })
}

fn number_of(parts: impl Strategy<Value = Vec<Pair>> + Clone) -> impl Strategy<Value = Number> {
    let numbers = parts
        .clone()
        .prop_map(|parts| parts.into_iter().map(|(number, _)| number).collect::<Vec<_>>());
    let two = || numbers.clone().prop_map(|n| Box::new([n[0].clone(), n[1].clone()]));
    let one = || numbers.clone().prop_map(|n| n[0].clone());
    prop_oneof![
        2 => (prop::sample::select(vec!['+', '-']), one()).prop_map(|(sign, n)| Number::Sign(sign, Box::new(n))),
        6 => (prop::sample::select(vec!['+', '-', '*', '/', '^']), two()).prop_map(|(sign, n)| Number::Binary(sign, n)),
        1 => (prop::sample::select(UNARY.to_vec()), one()).prop_map(|(name, n)| Number::Call(name, vec![n])),
        1 => (prop::sample::select(BINARY.to_vec()), two()).prop_map(|(name, n)| Number::Call(name, n.to_vec())),
        1 => (prop::sample::select(ANY.to_vec()), 1..4usize, numbers.clone())
            .prop_map(|(name, many, n)| Number::Call(name, n[..many].to_vec())),
        2 => (1..3usize, any::<bool>(), parts.clone()).prop_map(|(arms, otherwise, parts)| Number::Case(
            parts[..arms].iter().map(|(n, c)| (c.clone(), n.clone())).collect(),
            otherwise.then(|| Box::new(parts[2].0.clone())),
        )),
        1 => (any::<bool>(), numbers.clone(), numbers.clone()).prop_map(|(otherwise, n, m)| Number::CaseOf(
            Box::new(n[0].clone()),
            vec![(n[1].clone(), n[2].clone()), (m[0].clone(), m[1].clone())],
            otherwise.then(|| Box::new(m[2].clone())),
        )),
    ]
}

fn condition_of(parts: impl Strategy<Value = Vec<Pair>> + Clone) -> impl Strategy<Value = Condition> {
    let signs = vec!["=", "<>", "!=", "<", "<=", ">", ">="];
    let numbers = parts.clone().prop_map(|p| Box::new([p[0].0.clone(), p[1].0.clone()]));
    let three = parts
        .clone()
        .prop_map(|p| Box::new([p[0].0.clone(), p[1].0.clone(), p[2].0.clone()]));
    let conditions = parts.prop_map(|p| Box::new([p[0].1.clone(), p[1].1.clone()]));
    let not = any::<bool>;
    prop_oneof![
        4 => (prop::sample::select(signs), numbers.clone()).prop_map(|(sign, n)| Condition::Compare(sign, n)),
        1 => (not(), numbers.clone()).prop_map(|(not, n)| Condition::Distinct(not, n)),
        2 => (not(), three).prop_map(|(not, n)| Condition::Between(not, n)),
        1 => (not(), numbers).prop_map(|(not, n)| Condition::NumberIsNull(not, Box::new(n[0].clone()))),
        1 => (not(), conditions.clone()).prop_map(|(not, c)| Condition::TruthIsNull(not, Box::new(c[0].clone()))),
        2 => conditions.clone().prop_map(|c| Condition::Not(Box::new(c[0].clone()))),
        2 => conditions.clone().prop_map(Condition::And),
        2 => conditions.prop_map(Condition::Or),
    ]
}

/// Writes trees with only the parentheses that PostgreSQL's table of precedence asks for, or with all.
struct Printer {
    all: bool,
}

// The rows of that table, from its end; ATOM needs no parentheses anywhere.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const IS: u8 = 4;
const COMPARISON: u8 = 5;
const BETWEEN: u8 = 6;
const SUM: u8 = 7;
const PRODUCT: u8 = 8;
const POWER: u8 = 9;
const SIGN: u8 = 10;
const ATOM: u8 = 11;

impl Printer {
    fn wrapped(&self, (text, level): (String, u8), least: u8) -> String {
        if self.all || level < least {
            format!("({text})")
        } else {
            text
        }
    }

    fn number(&self, tree: &Number, least: u8) -> String {
        let whole = |n: &Number| self.number(n, OR);
        let otherwise = |n: &Option<Box<Number>>| n.as_ref().map_or(String::new(), |n| format!(" ELSE {}", whole(n)));
        let printed = match tree {
            Number::Literal(text) => (text.to_string(), ATOM),
            Number::Null => ("NULL".to_owned(), ATOM),
            Number::Feature(place) => (["a", "B", "\"c\""][*place].to_owned(), ATOM),
            Number::Sign(sign, n) => (format!("{sign} {}", self.number(n, SIGN)), SIGN),
            Number::Binary(sign, of) => {
                let level = match sign {
                    '+' | '-' => SUM,
                    '*' | '/' => PRODUCT,
                    _ => POWER,
                };
                (
                    format!(
                        "{} {sign} {}",
                        self.number(&of[0], level),
                        self.number(&of[1], level + 1)
                    ),
                    level,
                )
            }
            Number::Call(name, of) => (
                format!("{name}({})", of.iter().map(whole).collect::<Vec<_>>().join(", ")),
                ATOM,
            ),
            Number::Case(arms, last) => {
                let arms = arms
                    .iter()
                    .map(|(c, n)| format!(" WHEN {} THEN {}", self.condition(c, OR), whole(n)));
                (format!("CASE{}{} END", arms.collect::<String>(), otherwise(last)), ATOM)
            }
            Number::CaseOf(of, arms, last) => {
                let arms = arms
                    .iter()
                    .map(|(v, n)| format!(" WHEN {} THEN {}", whole(v), whole(n)));
                (
                    format!("case {}{}{} end", whole(of), arms.collect::<String>(), otherwise(last)),
                    ATOM,
                )
            }
        };
        self.wrapped(printed, least)
    }

    fn condition(&self, tree: &Condition, least: u8) -> String {
        let not = |not: &bool| if *not { "NOT " } else { "" };
        let printed = match tree {
            Condition::Constant(None) => ("NULL".to_owned(), ATOM),
            Condition::Constant(Some(is)) => (is.to_string(), ATOM),
            Condition::Compare(sign, of) => {
                let [a, b] = [0, 1].map(|i| self.number(&of[i], BETWEEN));
                (format!("{a} {sign} {b}"), COMPARISON)
            }
            Condition::Distinct(no, of) => {
                let [a, b] = [0, 1].map(|i| self.number(&of[i], COMPARISON));
                (format!("{a} IS {}DISTINCT FROM {b}", not(no)), IS)
            }
            Condition::Between(no, of) => {
                let [a, b, c] = [0, 1, 2].map(|i| self.number(&of[i], SUM));
                (format!("{a} {}BETWEEN {b} AND {c}", not(no)), BETWEEN)
            }
            Condition::NumberIsNull(no, n) => (format!("{} IS {}NULL", self.number(n, COMPARISON), not(no)), IS),
            Condition::TruthIsNull(no, c) => {
                // IS NULL is the one that may follow itself.
                let chains = matches!(**c, Condition::NumberIsNull(..) | Condition::TruthIsNull(..));
                let least = if chains { IS } else { COMPARISON };
                (format!("{} is {}null", self.condition(c, least), not(no)), IS)
            }
            Condition::Not(c) => (format!("NOT {}", self.condition(c, NOT)), NOT),
            Condition::And(of) => (
                format!("{} AND {}", self.condition(&of[0], AND), self.condition(&of[1], NOT)),
                AND,
            ),
            Condition::Or(of) => (
                format!("{} OR {}", self.condition(&of[0], OR), self.condition(&of[1], AND)),
                OR,
            ),
        };
        self.wrapped(printed, least)
    }
}

type Row = [Option<f64>; 3];

fn number(tree: &Number, row: &Row) -> Option<f64> {
    let value = match tree {
        Number::Literal(text) => text.parse().unwrap(),
        Number::Null => return None,
        Number::Feature(place) => row[*place]?,
        Number::Sign('-', n) => -number(n, row)?,
        Number::Sign(_, n) => number(n, row)?,
        Number::Binary(sign, of) => arithmetic(*sign, number(&of[0], row)?, number(&of[1], row)?)?,
        Number::Call(name, of) => call(name, &of.iter().map(|n| number(n, row)).collect::<Vec<_>>())?,
        Number::Case(arms, last) => {
            let taken = arms
                .iter()
                .find(|(c, _)| condition(c, row) == Some(true))
                .map(|(_, n)| n);
            number(taken.or(last.as_deref())?, row)?
        }
        Number::CaseOf(of, arms, last) => {
            let of = number(of, row);
            let taken = arms
                .iter()
                .find(|(v, _)| of.is_some() && number(v, row) == of)
                .map(|(_, n)| n);
            number(taken.or(last.as_deref())?, row)?
        }
    };
    value.is_finite().then_some(value)
}

/// As float8mul and its like: raised underflow is NULL too.
fn arithmetic(sign: char, a: f64, b: f64) -> Option<f64> {
    let value = match sign {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        '/' => a / b,
        _ => a.powf(b),
    };
    let underflow = match sign {
        '*' => value == 0.0 && a != 0.0 && b != 0.0,
        '/' | '^' => value == 0.0 && a != 0.0,
        _ => false,
    };
    (value.is_finite() && !underflow).then_some(value)
}

fn call(name: &str, of: &[Option<f64>]) -> Option<f64> {
    let present = || of.iter().flatten().copied();
    match name {
        "coalesce" => return present().next(),
        "least" => return present().reduce(f64::min),
        "greatest" => return present().reduce(f64::max),
        "nullif" => return if of[0] == of[1] { None } else { of[0] },
        "power" | "pow" => return arithmetic('^', of[0]?, of[1]?),
        _ => {}
    }
    let x = of[0]?;
    Some(match name {
        "abs" => {
            if x < 0.0 {
                -x
            } else {
                x
            }
        }
        "ceil" | "ceiling" => -(-x).floor(),
        "floor" => x.floor(),
        "round" => {
            let near = x.round();
            // round() goes away from zero where it is half: take the even one.
            if (x - x.trunc()).abs() == 0.5 && near % 2.0 != 0.0 {
                x.trunc()
            } else {
                near
            }
        }
        "trunc" => {
            if x < 0.0 {
                x.ceil()
            } else {
                x.floor()
            }
        }
        "sign" => match x.total_cmp(&0.0) {
            _ if x == 0.0 => 0.0,
            std::cmp::Ordering::Less => -1.0,
            _ => 1.0,
        },
        "sqrt" => x.sqrt(),
        "ln" => x.ln(),
        "log" => x.log10(),
        "exp" => return Some(x.exp()).filter(|value| *value != 0.0),
        _ => unreachable!("{name}"),
    })
}

fn condition(tree: &Condition, row: &Row) -> Option<bool> {
    let value = |n: &Number| number(n, row);
    let both = |a: Option<bool>, b: Option<bool>| {
        if a == Some(false) || b == Some(false) {
            Some(false)
        } else {
            Some(a? && b?)
        }
    };
    match tree {
        Condition::Constant(is) => *is,
        Condition::Compare(sign, of) => {
            let order = value(&of[0])?.partial_cmp(&value(&of[1])?)?;
            Some(match *sign {
                "=" => order.is_eq(),
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                ">" => order.is_gt(),
                ">=" => order.is_ge(),
                _ => order.is_ne(),
            })
        }
        Condition::Distinct(not, of) => Some((value(&of[0]) != value(&of[1])) != *not),
        Condition::Between(not, of) => {
            let [x, low, high] = [0, 1, 2].map(|i| value(&of[i]));
            let above = low.and_then(|low| Some(low <= x?));
            let below = high.and_then(|high| Some(x? <= high));
            both(above, below).map(|within| within != *not)
        }
        Condition::NumberIsNull(not, n) => Some(value(n).is_none() != *not),
        Condition::TruthIsNull(not, c) => Some(condition(c, row).is_none() != *not),
        Condition::Not(c) => condition(c, row).map(|is| !is),
        Condition::And(of) => both(condition(&of[0], row), condition(&of[1], row)),
        Condition::Or(of) => {
            let [a, b] = [0, 1].map(|i| condition(&of[i], row));
            if a == Some(true) || b == Some(true) {
                Some(true)
            } else {
                Some(a? || b?)
            }
        }
    }
}

fn resolve(name: &str) -> Option<usize> {
    ["a", "b", "c"].iter().position(|known| *known == name)
}

fn rows() -> impl Strategy<Value = Row> {
    let value = prop_oneof![
        2 => prop::sample::select(vec![-2.5, -1.0, -0.0, 0.0, 0.5, 1.0, 2.0, 3.0]).prop_map(Some),
        2 => prop::num::f64::NORMAL.prop_map(Some),
        1 => Just(None),
    ];
    prop::array::uniform3(value)
}

/// What texts are made of, and what is near to it.
fn words() -> impl Strategy<Value = String> {
    let words = [
        "a",
        "b",
        "\"c\"",
        "x",
        "1",
        "2.5",
        ".5",
        "1e3",
        "1e",
        "1e999",
        "NULL",
        "true",
        "false",
        "+",
        "-",
        "*",
        "/",
        "^",
        "=",
        "<>",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "%",
        "IS",
        "NOT",
        "DISTINCT",
        "FROM",
        "BETWEEN",
        "AND",
        "OR",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "(",
        ")",
        ",",
        "abs(",
        "coalesce(",
        "power(",
        "least",
        "--",
        "/*",
        "'",
        "\"",
        ".",
        "\u{e9}",
        "\0",
        ";",
    ];
    (
        prop::sample::select(words.to_vec()),
        prop::sample::select(vec!["", " ", "\n"]),
    )
        .prop_map(|(w, gap)| w.to_owned() + gap)
}

/// Compiles, evaluates if it can, and looks whether the error is inside of the text.
fn is_safe(text: &str) -> Result<(), TestCaseError> {
    match compile(text, &resolve) {
        Ok(expression) => {
            for row in [[None; 3], [Some(1.0); 3], [Some(-2.5), None, Some(0.0)]] {
                let value = expression.value(&row);
                prop_assert!(value.is_none_or(|v| v.is_finite() && (v != 0.0 || v.is_sign_positive())));
            }
            prop_assert!(expression.value(&[]).is_none_or(f64::is_finite));
        }
        Err(error) => {
            prop_assert!(!error.message.is_empty());
            prop_assert!((1..=text.chars().count() + 1).contains(&error.position), "{error}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn trees_evaluate_as_printed((tree, _) in pairs(), row in rows()) {
        let expected = number(&tree, &row).map(|value| value + 0.0);
        for all in [false, true] {
            let text = Printer { all }.number(&tree, OR);
            match compile(&text, &resolve) {
                Ok(expression) => {
                    let found = expression.value(&row);
                    prop_assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{}", text);
                }
                Err(error) => prop_assert!(text.len() > MAX_TEXT || error.message.contains("more than"), "{}: {}", text, error),
            }
        }
    }

    #[test]
    fn any_text_is_safe(text in any::<String>(), printable in "\\PC{0,60}") {
        is_safe(&text)?;
        is_safe(&printable)?;
    }

    #[test]
    fn any_words_are_safe(words in prop::collection::vec(words(), 0..40)) {
        is_safe(&words.concat())?;
    }

    /// A slip of the pen in a good text.
    #[test]
    fn mended_texts_are_safe((tree, _) in pairs(), at in any::<prop::sample::Index>(), word in words(), cut in 0..4usize) {
        let text: Vec<char> = Printer { all: false }.number(&tree, OR).chars().collect();
        let at = at.index(text.len());
        let after = text.iter().skip(at + cut);
        is_safe(&text[..at].iter().copied().chain(word.chars()).chain(after.copied()).collect::<String>())?;
    }
}
