//! Tokens to steps, by operator precedence.

mod operands;
mod operators;

use super::eval::{Operation, Step};
use super::lexer::{self, Kind, Token, shortened};
use super::{ExpressionError, MAX_DEPTH, MAX_NODES};

/// The levels of PostgreSQL's grammar, the loosest first. `Is`, `Comparison` and `Between` do not associate, the binary
/// ones above and below do to the left; so does `^`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Is,
    Comparison,
    Between,
    Sum,
    Product,
    Power,
    Sign,
}

/// What stands where an operand is read.
#[derive(Clone, Copy, Debug)]
struct Operand {
    sort: Sort,
    position: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Number,
    Condition,
    /// A bare NULL can be both.
    Null,
}

/// The steps of a text and the height of the stack they need.
pub fn parse(text: &str, resolve: &dyn Fn(&str) -> Option<usize>) -> Result<(Vec<Step>, usize), ExpressionError> {
    let tokens = lexer::tokens(text)?;
    let end = Token {
        kind: Kind::End,
        text: "",
        position: text.chars().count() + 1,
    };
    let mut parser = Parser {
        tokens: &tokens,
        end: &end,
        at: 0,
        resolve,
        nesting: 0,
        steps: Vec::new(),
        height: 0,
        highest: 0,
    };
    let whole = parser.expression(Level::Or)?;
    if parser.peek().kind != Kind::End {
        return Err(parser.unexpected(""));
    }
    if whole.sort == Sort::Condition {
        return Err(ExpressionError::new(
            "the expression is a condition, not a number: use CASE WHEN",
            whole.position,
        ));
    }
    Ok((parser.steps, parser.highest))
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    end: &'a Token<'a>,
    at: usize,
    resolve: &'a dyn Fn(&str) -> Option<usize>,
    nesting: usize,
    steps: Vec<Step>,
    height: usize,
    highest: usize,
}

type Parsed<T> = Result<T, ExpressionError>;

impl<'a> Parser<'a> {
    /// Goes one deeper.
    fn nested(&mut self, position: usize, inner: impl FnOnce(&mut Self) -> Parsed<Sort>) -> Parsed<Sort> {
        if self.nesting == MAX_DEPTH {
            return Err(ExpressionError::new(
                format!("the expression is nested deeper than {MAX_DEPTH}"),
                position,
            ));
        }
        self.nesting += 1;
        let sort = inner(self)?;
        self.nesting -= 1;
        Ok(sort)
    }

    /// An expression up to the loosest operator that is a number.
    fn number(&mut self, of: &str) -> Parsed<()> {
        let operand = self.expression(Level::Or)?;
        self.check(operand, false, of)
    }

    fn check(&self, operand: Operand, condition: bool, of: &str) -> Parsed<()> {
        let (wrong, message) = if condition {
            (Sort::Number, "takes a condition here, not a number")
        } else {
            (Sort::Condition, "takes a number here, not a condition")
        };
        if operand.sort == wrong {
            return Err(ExpressionError::new(
                format!("{} {message}", of.to_ascii_uppercase()),
                operand.position,
            ));
        }
        Ok(())
    }

    fn constant(&mut self, value: Option<f64>, sort: Sort, position: usize) -> Parsed<Sort> {
        self.emit(Step::Constant(value), position)?;
        Ok(sort)
    }

    fn apply(&mut self, operation: Operation, arguments: usize, position: usize) -> Parsed<()> {
        self.emit(Step::Apply(operation, arguments), position)
    }

    fn emit(&mut self, step: Step, position: usize) -> Parsed<()> {
        if self.steps.len() == MAX_NODES {
            let message = format!("the expression has more than {MAX_NODES} constants, names and operators");
            return Err(ExpressionError::new(message, position));
        }
        self.height = self.height.saturating_sub(step.takes()) + 1;
        self.highest = self.highest.max(self.height);
        self.steps.push(step);
        Ok(())
    }

    fn peek(&self) -> &'a Token<'a> {
        self.tokens.get(self.at).unwrap_or(self.end)
    }

    fn after(&self) -> &'a Token<'a> {
        self.tokens.get(self.at + 1).unwrap_or(self.end)
    }

    fn advance(&mut self) -> &'a Token<'a> {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn accept(&mut self, keyword: &str) -> bool {
        let is = matches!(self.peek().kind, Kind::Keyword(found) if found == keyword);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, keyword: &str, place: &str) -> Parsed<()> {
        if self.accept(keyword) {
            return Ok(());
        }
        Err(self.unexpected(&format!(": expected {} {place}", keyword.to_ascii_uppercase())))
    }

    fn close(&mut self) -> Parsed<()> {
        if self.peek().kind != Kind::Close {
            return Err(self.unexpected(": expected \")\""));
        }
        self.advance();
        Ok(())
    }

    fn unexpected(&self, wanted: &str) -> ExpressionError {
        unexpected(self.peek(), wanted)
    }
}

fn unexpected(token: &Token<'_>, wanted: &str) -> ExpressionError {
    let found = match token.kind {
        Kind::End => "end of the expression".to_owned(),
        _ => format!("\"{}\"", shortened(token.text)),
    };
    ExpressionError::new(format!("unexpected {found}{wanted}"), token.position)
}
