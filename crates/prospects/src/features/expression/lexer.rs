//! Text to tokens, by the rules of PostgreSQL's scanner.

use super::{ExpressionError, MAX_TEXT};

/// A piece of the text.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    pub kind: Kind,
    /// As written.
    pub text: &'a str,
    /// The character it begins with, from 1.
    pub position: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Number(f64),
    /// Folded to lower case unless it was quoted.
    Name {
        name: String,
        quoted: bool,
    },
    /// One of `KEYWORDS`.
    Keyword(&'static str),
    /// One of `OPERATORS`.
    Operator(&'static str),
    Open,
    Close,
    Comma,
    End,
}

/// Words that are no names unless they are quoted.
const KEYWORDS: [&str; 15] = [
    "and", "between", "case", "distinct", "else", "end", "false", "from", "is", "not", "null", "or", "then", "true",
    "when",
];

const OPERATORS: [&str; 12] = ["+", "-", "*", "/", "^", "=", "<>", "!=", "<", "<=", ">", ">="];

/// The tokens of a text; the last one is the end.
pub fn tokens(text: &str) -> Result<Vec<Token<'_>>, ExpressionError> {
    if text.len() > MAX_TEXT {
        let position = text.char_indices().take_while(|(at, _)| *at < MAX_TEXT).count() + 1;
        return Err(ExpressionError::new(
            format!("the expression has more than {MAX_TEXT} bytes"),
            position,
        ));
    }
    let mut lexer = Lexer {
        rest: text,
        position: 1,
        signs: 0,
    };
    let mut tokens = Vec::new();
    loop {
        let token = lexer.token()?;
        let end = token.kind == Kind::End;
        tokens.push(token);
        if end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    rest: &'a str,
    position: usize,
    /// How many signs come next of which it is known that each is an operator: so that a long run is looked at once.
    signs: usize,
}

impl<'a> Lexer<'a> {
    fn token(&mut self) -> Result<Token<'a>, ExpressionError> {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c'));
        let (start, position) = (self.rest, self.position);
        let kind = match start.chars().next() {
            None => Kind::End,
            Some(c) if c.is_ascii_digit() => self.number()?,
            Some('.') if start[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number()?,
            Some(c) if begins_name(c) => self.word(),
            Some('"') => self.quoted()?,
            Some(c) if self.signs > 0 => {
                self.signs -= 1;
                self.take(1);
                Kind::Operator(if c == '-' { "-" } else { "+" })
            }
            Some(c) if is_operator(c) => self.operator()?,
            Some('(') => self.single(Kind::Open),
            Some(')') => self.single(Kind::Close),
            Some(',') => self.single(Kind::Comma),
            Some(c) if c.is_control() => {
                return Err(self.error(format!("unexpected character \"{}\"", c.escape_debug())));
            }
            Some(c) => return Err(self.error(format!("unexpected character \"{c}\""))),
        };
        let text = &start[..start.len() - self.rest.len()];
        Ok(Token { kind, text, position })
    }

    fn error(&self, message: impl Into<String>) -> ExpressionError {
        ExpressionError::new(message, self.position)
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let length = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        self.take(length)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.position += taken.chars().count();
        taken
    }

    fn single(&mut self, kind: Kind) -> Kind {
        self.take(1);
        kind
    }

    fn number(&mut self) -> Result<Kind, ExpressionError> {
        let (start, from) = (self.rest, self.position);
        let failed = |what: &str, text: &str| ExpressionError::new(format!("{what} \"{}\"", shortened(text)), from);
        self.take_while(|c| c.is_ascii_digit());
        if self.rest.starts_with('.') {
            self.take(1);
            self.take_while(|c| c.is_ascii_digit());
        }
        let mantissa = &start[..start.len() - self.rest.len()];
        if self.rest.starts_with(['e', 'E']) {
            let sign = usize::from(self.rest[1..].starts_with(['+', '-']));
            if self.rest[1 + sign..].starts_with(|c: char| c.is_ascii_digit()) {
                self.take(1 + sign);
                self.take_while(|c| c.is_ascii_digit());
            }
        }
        let text = &start[..start.len() - self.rest.len()];
        if self.rest.starts_with(begins_name) {
            self.take_while(continues_name);
            return Err(failed(
                "trailing junk after the number",
                &start[..start.len() - self.rest.len()],
            ));
        }
        let number: f64 = text.parse().map_err(|_| failed("invalid number", text))?;
        let zero = mantissa.bytes().all(|b| matches!(b, b'0' | b'.'));
        if number.is_infinite() || (number == 0.0 && !zero) {
            return Err(failed("out of range for type double precision:", text));
        }
        Ok(Kind::Number(number))
    }

    fn word(&mut self) -> Kind {
        let name = self.take_while(continues_name).to_ascii_lowercase();
        match KEYWORDS.into_iter().find(|keyword| *keyword == name) {
            Some(keyword) => Kind::Keyword(keyword),
            None => Kind::Name { name, quoted: false },
        }
    }

    fn quoted(&mut self) -> Result<Kind, ExpressionError> {
        let from = self.position;
        let mut name = String::new();
        self.take(1);
        loop {
            name.push_str(self.take_while(|c| c != '"'));
            if self.rest.is_empty() {
                return Err(ExpressionError::new("the quoted name does not end", from));
            }
            self.take(1);
            if !self.rest.starts_with('"') {
                break;
            }
            self.take(1);
            name.push('"');
        }
        if name.is_empty() {
            return Err(ExpressionError::new("the quoted name is empty", from));
        }
        Ok(Kind::Name { name, quoted: true })
    }

    /// PostgreSQL takes the longest run of operator characters, then gives back signs at its end: `a<-1` is `a < -1`.
    /// It gives none back if the run has a character that standard SQL has no operators with: `a^-1` is an operator `^-`.
    fn operator(&mut self) -> Result<Kind, ExpressionError> {
        let length = self.rest.find(|c| !is_operator(c)).unwrap_or(self.rest.len());
        let run = &self.rest[..length];
        if let Some(at) = [run.find("--"), run.find("/*")].into_iter().flatten().min() {
            let mark = &run[at..at + 2];
            return Err(ExpressionError::new(
                format!("comments are not accepted: \"{mark}\""),
                self.position + at,
            ));
        }
        let kept = if run.contains(is_not_standard) {
            run
        } else {
            let signless = run.trim_end_matches(['+', '-']).len().max(1);
            self.signs = run.len() - signless;
            &run[..signless]
        };
        let Some(known) = OPERATORS.into_iter().find(|operator| *operator == kept) else {
            let apart = if kept.ends_with(['+', '-']) {
                "; put a space before the sign"
            } else {
                ""
            };
            return Err(self.error(format!("unknown operator \"{}\"{apart}", shortened(kept))));
        };
        self.take(kept.len());
        Ok(Kind::Operator(known))
    }
}

// PostgreSQL counts every character outside of ASCII to the names.
fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

fn continues_name(c: char) -> bool {
    begins_name(c) || c.is_ascii_digit() || c == '$'
}

fn is_operator(c: char) -> bool {
    "+-*/<>=".contains(c) || is_not_standard(c)
}

fn is_not_standard(c: char) -> bool {
    "~!@#^&|`?%".contains(c)
}

/// A text as messages quote it.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 64;
    if text.chars().nth(LONGEST).is_none() {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain("...".chars()).collect()
}
