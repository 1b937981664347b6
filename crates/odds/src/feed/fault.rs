//! What is wrong with an element of a payload, and where.

use crate::error::OddsError;
use std::fmt;

/// What sort of thing is wrong, as the table of errors calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something is missing or cannot be read.
    Parse,
    /// It can be read, and cannot be right.
    Validation,
    /// Two things contradict each other.
    Conflict,
}

impl Kind {
    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Parse => "parse",
            Kind::Validation => "validation",
            Kind::Conflict => "conflict",
        }
    }
}

/// An element that could not be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Where: `$[3].bookmakers[0].markets[1].outcomes[0].price`.
    pub path: String,
    /// The code of the error in the SQL standard.
    pub sqlstate: &'static str,
    /// What is wrong; begins with the path.
    pub message: String,
    /// Which of the reading's events it is in; none where the event itself is at fault.
    pub event: Option<usize>,
    /// The key of the book that it is in.
    pub book: Option<String>,
}

impl Fault {
    /// From an error whose argument is the path.
    pub(super) fn of(path: impl fmt::Display, error: &OddsError) -> Fault {
        Fault::new(path, error.sqlstate(), error)
    }

    pub(super) fn new(path: impl fmt::Display, sqlstate: &'static str, message: impl fmt::Display) -> Fault {
        Fault {
            path: path.to_string(),
            sqlstate,
            message: message.to_string(),
            event: None,
            book: None,
        }
    }

    /// 22P02.
    pub(super) fn unreadable(path: impl fmt::Display, value: impl fmt::Display, wanted: &str) -> Fault {
        Fault::of(&path, &OddsError::unreadable(path.to_string(), value, wanted))
    }

    /// 22023.
    pub(super) fn invalid(path: impl fmt::Display, value: impl fmt::Display, wanted: &str) -> Fault {
        Fault::of(&path, &OddsError::invalid(path.to_string(), value, wanted))
    }

    /// 22001: never shortened to fit.
    pub(super) fn too_long(path: impl fmt::Display, value: &str, longest: usize) -> Fault {
        let shown = dynasty_intake::lenient::shown(value);
        let message = format!(
            "{path} must be at most {longest} characters, not {}: {shown}",
            value.chars().count()
        );
        Fault::new(path, "22001", message)
    }

    /// Of this event and book.
    pub(super) fn within(mut self, event: Option<usize>, book: Option<&str>) -> Fault {
        self.event = event;
        self.book = book.map(str::to_string);
        self
    }

    /// What sort of thing it is.
    pub fn kind(&self) -> Kind {
        match self.sqlstate {
            "22P02" => Kind::Parse,
            "23505" => Kind::Conflict,
            _ => Kind::Validation,
        }
    }

    /// As an error of the whole payload.
    pub(super) fn error(self) -> OddsError {
        OddsError::Faulty {
            sqlstate: self.sqlstate,
            message: self.message,
        }
    }
}
