//! User-defined features: a scalar SQL expression over existing features.
//!
//! The language is the float8 part of PostgreSQL's expressions, with its precedence, its three-valued logic and its
//! functions on float8. Where it parts from PostgreSQL:
//!
//! * Every number is a float8, literals too: `7 / 2` is 3.5 and `round(2.5)` is 2, as for `7::float8 / 2::float8`.
//! * Where PostgreSQL raises (division by zero, the root of a negative number, the logarithm of 0, overflow, underflow)
//!   the operation's value is NULL and the rest goes on with that, so `coalesce(a / b, 0)` is 0 where b is 0.
//! * A result that is not finite is NULL, and a negative zero is 0 (contract 1.4).
//! * So is a bare NULL, unless it stands for a condition; PostgreSQL would guess, and `NULL + NULL` is ambiguous to it.
//! * Conditions are no values: they stand in CASE WHEN, AND, OR, NOT and IS NULL only, and are not compared.
//!
//! What is accepted otherwise means the same in PostgreSQL; what PostgreSQL refuses is refused.

mod eval;
mod functions;
mod lexer;
mod parser;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod trees;

use eval::Step;
use std::fmt;

/// The longest text in bytes.
pub const MAX_TEXT: usize = 10_000;

/// How deep parentheses, function calls, CASE, NOT and signs may stand inside each other.
pub const MAX_DEPTH: usize = 100;

/// The most constants, names, operators and functions in one expression.
pub const MAX_NODES: usize = 2000;

/// A compiled expression. It holds places in the feature vector, not names.
#[derive(Clone, Debug)]
pub struct Expression {
    steps: Vec<Step>,
    depth: usize,
    features: Vec<usize>,
}

impl Expression {
    /// The value over a feature vector; NULL is `None`, as is a place beyond the vector's end.
    pub fn value(&self, features: &[Option<f64>]) -> Option<f64> {
        eval::run(&self.steps, self.depth, features)
    }

    /// The places of the vector that are read, ascending, each once.
    pub fn features(&self) -> &[usize] {
        &self.features
    }
}

/// Compiles a text; `resolve` gives a name's place in the feature vector.
pub fn compile(text: &str, resolve: &dyn Fn(&str) -> Option<usize>) -> Result<Expression, ExpressionError> {
    let (steps, depth) = parser::parse(text, resolve)?;
    let mut features: Vec<usize> = steps.iter().filter_map(Step::feature).collect();
    features.sort_unstable();
    features.dedup();
    Ok(Expression { steps, depth, features })
}

/// Why a text is not an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// What is wrong, without the place.
    pub message: String,
    /// The character of the text where it is wrong, from 1. One beyond the last is the end.
    pub position: usize,
    /// The name, as it was looked up, if it is no feature: what to give to [`nearest`](dynasty_intake::nearest::nearest).
    pub unknown_feature: Option<String>,
}

impl ExpressionError {
    fn new(message: impl Into<String>, position: usize) -> Self {
        Self {
            message: message.into(),
            position,
            unknown_feature: None,
        }
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at position {}", self.message, self.position)
    }
}

impl std::error::Error for ExpressionError {}
