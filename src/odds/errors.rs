//! What the crate says is wrong, as errors of Postgres.

use crate::pg::errors::Error;
use crate::shared::arguments::Of;
use dynasty_odds::OddsError;
use pgrx::PgSqlErrorCode::{self, *};

/// The code of an error.
pub fn code(error: &OddsError) -> PgSqlErrorCode {
    match error {
        OddsError::OutOfRange { .. } => ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
        OddsError::Invalid { .. } | OddsError::NoProbability { .. } => ERRCODE_INVALID_PARAMETER_VALUE,
        OddsError::Unreadable { .. } => ERRCODE_INVALID_TEXT_REPRESENTATION,
        OddsError::Null { .. } => ERRCODE_NULL_VALUE_NOT_ALLOWED,
        OddsError::LengthsDiffer { .. } => ERRCODE_ARRAY_ELEMENT_ERROR,
        OddsError::Duplicate { .. } => ERRCODE_UNIQUE_VIOLATION,
        OddsError::Faulty { sqlstate, .. } => match *sqlstate {
            "22P02" => ERRCODE_INVALID_TEXT_REPRESENTATION,
            _ => ERRCODE_INVALID_PARAMETER_VALUE,
        },
    }
}

/// The error of a function, to be raised or to be given a HINT first.
pub fn error_of(of: Of, error: &OddsError) -> Error {
    of.error(code(error), error)
}

/// What the crate answers; raises its error.
pub fn answered<T>(of: Of, answer: Result<T, OddsError>) -> T {
    answer.unwrap_or_else(|e| error_of(of, &e).raise())
}
