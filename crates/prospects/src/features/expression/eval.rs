//! Evaluation: operations in postfix order over a stack, so that neither depth nor length of a text costs any recursion.
//!
//! Conditions are 1, 0 and NULL on the same stack. All branches of a CASE are evaluated: nothing raises, so that is not
//! seen from outside.

/// One entry of a compiled expression.
#[derive(Clone, Debug)]
pub enum Step {
    Constant(Option<f64>),
    /// The feature at a place of the vector.
    Feature(usize),
    /// An operation on the values on top of the stack, as many as said.
    Apply(Operation, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Negate,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Between,
    Distinct,
    IsNull,
    Not,
    And,
    Or,
    /// Pairs of condition and result; a last one alone is the ELSE.
    Case,
    /// The operand, then pairs of a value to compare it with and result; a last one alone is the ELSE.
    CaseOf,
    Abs,
    Ceil,
    Floor,
    Round,
    Trunc,
    Sign,
    Sqrt,
    Ln,
    Log,
    Exp,
    NullIf,
    Coalesce,
    Least,
    Greatest,
}

use Operation::*;

impl Step {
    /// How many values it takes from the stack.
    pub fn takes(&self) -> usize {
        match self {
            Self::Apply(_, arguments) => *arguments,
            _ => 0,
        }
    }

    /// The place of the feature it reads.
    pub fn feature(&self) -> Option<usize> {
        match self {
            Self::Feature(place) => Some(*place),
            _ => None,
        }
    }
}

/// Runs steps that need a stack of at most `depth` values.
pub fn run(steps: &[Step], depth: usize, features: &[Option<f64>]) -> Option<f64> {
    let mut stack: Vec<Option<f64>> = Vec::with_capacity(depth);
    for step in steps {
        let value = match step {
            Step::Constant(value) => *value,
            Step::Feature(place) => features.get(*place).copied().flatten().and_then(finite),
            Step::Apply(operation, arguments) => {
                let below = stack.len().saturating_sub(*arguments);
                let value = apply(*operation, &stack[below..]);
                stack.truncate(below);
                value
            }
        };
        stack.push(value);
    }
    // Adding 0 makes 0 of a negative zero.
    stack.pop().flatten().map(|value| value + 0.0)
}

fn apply(operation: Operation, arguments: &[Option<f64>]) -> Option<f64> {
    match (operation, arguments) {
        (And, [a, b]) => and(*a, *b),
        (Or, [a, b]) => not(and(not(*a), not(*b))),
        (Not, [a]) => not(*a),
        (IsNull, [a]) => truth(a.is_none()),
        (Distinct, [a, b]) => truth(a != b),
        (Between, [a, low, high]) => and(compare(*low, *a, |l, a| l <= a), compare(*a, *high, |a, h| a <= h)),
        (NullIf, [a, b]) => a.filter(|_| a != b),
        (Coalesce, values) => values.iter().copied().flatten().next(),
        (Least, values) => values
            .iter()
            .copied()
            .flatten()
            .reduce(|a, b| if b < a { b } else { a }),
        (Greatest, values) => values
            .iter()
            .copied()
            .flatten()
            .reduce(|a, b| if b > a { b } else { a }),
        (Case, arms) => case(arms, |when| when == Some(1.0)),
        (CaseOf, [operand, arms @ ..]) => case(arms, |when| operand.is_some() && when == *operand),
        (_, [Some(a)]) => unary(operation, *a),
        (_, [Some(a), Some(b)]) => binary(operation, *a, *b),
        // A NULL makes every other operation NULL.
        _ => None,
    }
}

fn unary(operation: Operation, a: f64) -> Option<f64> {
    match operation {
        Negate => Some(-a),
        Abs => Some(a.abs()),
        Ceil => Some(a.ceil()),
        Floor => Some(a.floor()),
        // As rint() does: half to even.
        Round => Some(a.round_ties_even()),
        Trunc => Some(a.trunc()),
        // Not signum(): that has no 0.
        Sign => Some(f64::from(i8::from(a > 0.0) - i8::from(a < 0.0))),
        Sqrt => finite(a.sqrt()),
        Ln => finite(a.ln()),
        Log => finite(a.log10()),
        Exp => not_lost(a.exp(), true),
        _ => None,
    }
}

fn binary(operation: Operation, a: f64, b: f64) -> Option<f64> {
    match operation {
        Add => finite(a + b),
        Subtract => finite(a - b),
        Multiply => not_lost(a * b, a != 0.0 && b != 0.0),
        Divide => not_lost(a / b, a != 0.0),
        Power => not_lost(a.powf(b), a != 0.0),
        Equal => truth(a == b),
        NotEqual => truth(a != b),
        Less => truth(a < b),
        LessOrEqual => truth(a <= b),
        Greater => truth(a > b),
        GreaterOrEqual => truth(a >= b),
        _ => None,
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// PostgreSQL raises underflow when a result is 0 that cannot be.
fn not_lost(value: f64, has_value: bool) -> Option<f64> {
    finite(value).filter(|value| *value != 0.0 || !has_value)
}

fn truth(is: bool) -> Option<f64> {
    Some(f64::from(u8::from(is)))
}

fn not(a: Option<f64>) -> Option<f64> {
    a.map(|a| 1.0 - a)
}

fn and(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(0.0), _) | (_, Some(0.0)) => Some(0.0),
        (Some(_), Some(_)) => Some(1.0),
        _ => None,
    }
}

fn compare(a: Option<f64>, b: Option<f64>, holds: impl Fn(f64, f64) -> bool) -> Option<f64> {
    truth(holds(a?, b?))
}

fn case(arms: &[Option<f64>], taken: impl Fn(Option<f64>) -> bool) -> Option<f64> {
    let (pairs, otherwise) = arms.as_chunks::<2>();
    match pairs.iter().find(|[when, _]| taken(*when)) {
        Some([_, then]) => *then,
        None => otherwise.first().copied().flatten(),
    }
}
