//! The functions by their SQL names.

use super::eval::Operation;
use Operation::*;

/// What a function's name stands for.
pub struct Function {
    pub operation: Operation,
    /// How many arguments it takes; `None` for any number from one.
    pub arguments: Option<usize>,
}

/// A function by its name in lower case.
pub fn function(name: &str) -> Option<Function> {
    let (operation, arguments) = match name {
        "abs" => (Abs, Some(1)),
        "ceil" | "ceiling" => (Ceil, Some(1)),
        "floor" => (Floor, Some(1)),
        "round" => (Round, Some(1)),
        "trunc" => (Trunc, Some(1)),
        "sign" => (Sign, Some(1)),
        "sqrt" => (Sqrt, Some(1)),
        "ln" => (Ln, Some(1)),
        "log" => (Log, Some(1)),
        "exp" => (Exp, Some(1)),
        "power" | "pow" => (Power, Some(2)),
        "nullif" => (NullIf, Some(2)),
        "coalesce" => (Coalesce, None),
        "least" => (Least, None),
        "greatest" => (Greatest, None),
        _ => return None,
    };
    Some(Function { operation, arguments })
}
