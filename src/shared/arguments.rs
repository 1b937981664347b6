//! Arguments looked at, and refused: the name of the function stands first in every message, said once.

use crate::pg::errors::{Error, error};
use pgrx::PgSqlErrorCode::{self, *};
use pgrx::spi;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The SQL function whose arguments are looked at.
#[derive(Clone, Copy)]
pub struct Of(pub &'static str);

impl Of {
    /// An error of the function, to be raised or to be given a HINT first.
    pub fn error(self, code: PgSqlErrorCode, why: impl Display) -> Error {
        error(code, format!("{}: {why}", self.0))
    }

    /// An argument that cannot be right (22023).
    pub fn invalid(self, why: impl Display) -> Error {
        self.error(ERRCODE_INVALID_PARAMETER_VALUE, why)
    }

    /// Raises 22023.
    pub fn refuse(self, why: impl Display) -> ! {
        self.invalid(why).raise()
    }

    /// The value; raises 22004 for NULL.
    pub fn required<T>(self, name: &str, value: Option<T>) -> T {
        value.unwrap_or_else(|| {
            self.error(ERRCODE_NULL_VALUE_NOT_ALLOWED, format!("{name} must not be null"))
                .raise()
        })
    }

    /// The value; raises 22023 outside the range.
    pub fn within<T: PartialOrd + Display>(self, name: &str, value: T, range: RangeInclusive<T>) -> T {
        if !range.contains(&value) {
            let (least, most) = range.into_inner();
            self.refuse(format!("{name} must be between {least} and {most}, not {value}"));
        }
        value
    }

    /// The elements of an array; raises the code for a NULL among them: 22004 by the rule, 22023 where that is what users know.
    pub fn each<T>(self, code: PgSqlErrorCode, name: &str, values: Vec<Option<T>>) -> Vec<T> {
        let null = || self.error(code, format!("{name} must not hold a null"));
        let known = |value: Option<T>| value.unwrap_or_else(|| null().raise());
        values.into_iter().map(known).collect()
    }

    /// What a word stands for; raises 22023 with what the type says of another word.
    pub fn parsed<T: FromStr<Err: Display>>(self, word: &str) -> T {
        self.taken(word.parse())
    }

    /// What a crate made of the arguments; raises 22023 with what its error says.
    pub fn taken<T>(self, result: Result<T, impl Display>) -> T {
        result.unwrap_or_else(|e| self.refuse(e))
    }

    /// The result of an SPI call. The server raises its own errors before this; what is left is misuse of SPI.
    pub fn done<T>(self, result: spi::Result<T>) -> T {
        result.unwrap_or_else(|e| self.error(ERRCODE_INTERNAL_ERROR, e).raise())
    }
}
