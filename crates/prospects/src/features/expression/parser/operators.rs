//! Operators between and after operands.

use super::{Level, Operand, Parsed, Parser, Sort, unexpected};
use crate::features::expression::eval::Operation;
use crate::features::expression::lexer::{Kind, Token};

/// The operators between two operands.
#[derive(Clone, Copy)]
enum Infix {
    Binary(Operation, Level),
    Is,
    Between { negated: bool },
}

impl Infix {
    fn level(self) -> Level {
        match self {
            Self::Binary(_, level) => level,
            Self::Is => Level::Is,
            Self::Between { .. } => Level::Between,
        }
    }
}

impl Parser<'_> {
    /// Reads as far as operators bind at least as tightly as `loosest`.
    pub(super) fn expression(&mut self, loosest: Level) -> Parsed<Operand> {
        let mut left = self.prefix()?;
        while let Some(infix) = self.infix().filter(|infix| infix.level() >= loosest) {
            let sign = self.advance();
            match infix {
                Infix::Binary(operation, level) => self.binary(left, sign, operation, level)?,
                Infix::Is => self.is(left)?,
                Infix::Between { negated } => self.between(left, sign.position, negated)?,
            }
            let number = infix.level() >= Level::Sum;
            left.sort = if number { Sort::Number } else { Sort::Condition };
        }
        Ok(left)
    }

    fn infix(&self) -> Option<Infix> {
        use Operation::*;
        Some(match self.peek().kind {
            Kind::Keyword("or") => Infix::Binary(Or, Level::Or),
            Kind::Keyword("and") => Infix::Binary(And, Level::And),
            Kind::Keyword("is") => Infix::Is,
            Kind::Keyword("between") => Infix::Between { negated: false },
            Kind::Keyword("not") if self.after().kind == Kind::Keyword("between") => Infix::Between { negated: true },
            Kind::Operator("=") => Infix::Binary(Equal, Level::Comparison),
            Kind::Operator("<>" | "!=") => Infix::Binary(NotEqual, Level::Comparison),
            Kind::Operator("<") => Infix::Binary(Less, Level::Comparison),
            Kind::Operator("<=") => Infix::Binary(LessOrEqual, Level::Comparison),
            Kind::Operator(">") => Infix::Binary(Greater, Level::Comparison),
            Kind::Operator(">=") => Infix::Binary(GreaterOrEqual, Level::Comparison),
            Kind::Operator("+") => Infix::Binary(Add, Level::Sum),
            Kind::Operator("-") => Infix::Binary(Subtract, Level::Sum),
            Kind::Operator("*") => Infix::Binary(Multiply, Level::Product),
            Kind::Operator("/") => Infix::Binary(Divide, Level::Product),
            Kind::Operator("^") => Infix::Binary(Power, Level::Power),
            _ => return None,
        })
    }

    fn binary(&mut self, left: Operand, sign: &Token<'_>, operation: Operation, level: Level) -> Parsed<()> {
        let tighter = match level {
            Level::Or => Level::And,
            Level::And => Level::Not,
            Level::Comparison => Level::Between,
            Level::Sum => Level::Product,
            Level::Product => Level::Power,
            _ => Level::Sign,
        };
        let logic = level <= Level::And;
        self.check(left, logic, sign.text)?;
        let right = self.expression(tighter)?;
        self.check(right, logic, sign.text)?;
        if level == Level::Comparison {
            self.ends_chain(level)?;
        }
        self.apply(operation, 2, sign.position)
    }

    /// Refuses a second operator of a level that does not associate.
    fn ends_chain(&self, level: Level) -> Parsed<()> {
        if self.infix().is_some_and(|infix| infix.level() == level) {
            return Err(self.unexpected(": such operators do not chain, use AND or parentheses"));
        }
        Ok(())
    }

    fn is(&mut self, left: Operand) -> Parsed<()> {
        let negated = self.accept("not");
        let word = self.advance();
        match word.kind {
            Kind::Keyword("null") => self.apply(Operation::IsNull, 1, word.position)?,
            Kind::Keyword("distinct") => {
                self.expect("from", "after DISTINCT")?;
                self.check(left, false, "IS DISTINCT FROM")?;
                let right = self.expression(Level::Comparison)?;
                self.check(right, false, "IS DISTINCT FROM")?;
                self.ends_chain(Level::Is)?;
                self.apply(Operation::Distinct, 2, word.position)?;
            }
            _ => return Err(unexpected(word, ": expected NULL or DISTINCT FROM after IS")),
        }
        self.negate(negated, word.position)
    }

    fn between(&mut self, left: Operand, position: usize, negated: bool) -> Parsed<()> {
        if negated {
            self.advance();
        }
        self.check(left, false, "BETWEEN")?;
        let low = self.expression(Level::Sum)?;
        self.check(low, false, "BETWEEN")?;
        self.expect("and", "of BETWEEN")?;
        let high = self.expression(Level::Sum)?;
        self.check(high, false, "BETWEEN")?;
        self.ends_chain(Level::Between)?;
        self.apply(Operation::Between, 3, position)?;
        self.negate(negated, position)
    }

    fn negate(&mut self, negated: bool, position: usize) -> Parsed<()> {
        if negated {
            self.apply(Operation::Not, 1, position)
        } else {
            Ok(())
        }
    }
}
