//! Operands: constants, names, calls, CASE, parentheses, and what has a sign or NOT before it.

use super::{Level, Operand, Parsed, Parser, Sort, unexpected};
use crate::features::expression::ExpressionError;
use crate::features::expression::eval::{Operation, Step};
use crate::features::expression::functions::{Function, function};
use crate::features::expression::lexer::{Kind, Token, shortened};

impl Parser<'_> {
    pub(super) fn prefix(&mut self) -> Parsed<Operand> {
        let token = self.advance();
        let position = token.position;
        let sort = match &token.kind {
            Kind::Number(number) => self.constant(Some(*number), Sort::Number, position)?,
            Kind::Keyword("null") => self.constant(None, Sort::Null, position)?,
            Kind::Keyword("true") => self.constant(Some(1.0), Sort::Condition, position)?,
            Kind::Keyword("false") => self.constant(Some(0.0), Sort::Condition, position)?,
            Kind::Name { name, quoted } => self.name(token, name, *quoted)?,
            Kind::Open | Kind::Operator("+" | "-") | Kind::Keyword("not" | "case") => {
                self.nested(position, |parser| parser.compound(token))?
            }
            _ => return Err(unexpected(token, "")),
        };
        Ok(Operand { sort, position })
    }

    /// What holds expressions of its own, after its first token.
    fn compound(&mut self, first: &Token<'_>) -> Parsed<Sort> {
        match first.kind {
            Kind::Open => {
                let inner = self.expression(Level::Or)?;
                self.close()?;
                Ok(inner.sort)
            }
            Kind::Operator(sign) => {
                let operand = self.expression(Level::Sign)?;
                self.check(operand, false, sign)?;
                if sign == "-" {
                    self.apply(Operation::Negate, 1, first.position)?;
                }
                Ok(Sort::Number)
            }
            Kind::Keyword("not") => {
                let operand = self.expression(Level::Not)?;
                self.check(operand, true, "NOT")?;
                self.apply(Operation::Not, 1, first.position)?;
                Ok(Sort::Condition)
            }
            _ => self.case(first.position),
        }
    }

    fn case(&mut self, position: usize) -> Parsed<Sort> {
        let simple = self.peek().kind != Kind::Keyword("when");
        let mut arguments = 0;
        if simple {
            self.number("CASE")?;
            arguments += 1;
        }
        self.expect("when", "in CASE")?;
        loop {
            let when = self.expression(Level::Or)?;
            self.check(when, !simple, "WHEN")?;
            self.expect("then", "after WHEN")?;
            self.number("THEN")?;
            arguments += 2;
            if !self.accept("when") {
                break;
            }
        }
        if self.accept("else") {
            self.number("ELSE")?;
            arguments += 1;
        }
        self.expect("end", "of CASE")?;
        self.apply(
            if simple { Operation::CaseOf } else { Operation::Case },
            arguments,
            position,
        )?;
        Ok(Sort::Number)
    }

    fn name(&mut self, token: &Token<'_>, name: &str, quoted: bool) -> Parsed<Sort> {
        if self.peek().kind == Kind::Open {
            let known = if quoted { None } else { function(name) };
            let Some(function) = known else {
                return Err(ExpressionError::new(
                    format!("unknown function \"{}\"", shortened(name)),
                    token.position,
                ));
            };
            return self.nested(token.position, |parser| parser.call(token, &function));
        }
        let Some(place) = (self.resolve)(name) else {
            return Err(ExpressionError {
                unknown_feature: Some(name.to_owned()),
                ..ExpressionError::new(format!("unknown feature \"{}\"", shortened(name)), token.position)
            });
        };
        self.emit(Step::Feature(place), token.position)?;
        Ok(Sort::Number)
    }

    fn call(&mut self, token: &Token<'_>, function: &Function) -> Parsed<Sort> {
        self.advance();
        let mut arguments = 0;
        if self.peek().kind != Kind::Close {
            loop {
                self.number(token.text)?;
                arguments += 1;
                if self.peek().kind != Kind::Comma {
                    break;
                }
                self.advance();
            }
        }
        self.close()?;
        let (fits, takes) = match function.arguments {
            Some(1) => (arguments == 1, "1 argument".to_owned()),
            Some(many) => (arguments == many, format!("{many} arguments")),
            None => (arguments > 0, "at least 1 argument".to_owned()),
        };
        if !fits {
            let message = format!("{} takes {takes}, not {arguments}", token.text);
            return Err(ExpressionError::new(message, token.position));
        }
        self.apply(function.operation, arguments, token.position)?;
        Ok(Sort::Number)
    }
}
