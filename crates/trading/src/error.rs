//! What can be wrong with the arguments of a function of trading. The shell puts the function's name before the message.

use dynasty_intake::lenient::shown;
use std::fmt;

/// Why there is no answer. [`TradingError::sqlstate`] says which of the standard's codes it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TradingError {
    /// A number outside of its range (22003).
    OutOfRange {
        /// Which argument; of an array with the element, from 1 as in SQL: `equity[2]`.
        argument: String,
        /// What was given, shortened.
        value: String,
        /// What it has to be.
        wanted: String,
    },
    /// A value that the function does not take (22023): a word it does not know, NaN, infinity, an amount of 0.
    Invalid {
        /// Which argument, or the path in JSON: `$.slippage`.
        argument: String,
        /// What was given, shortened.
        value: String,
        /// What it has to be.
        wanted: String,
    },
    /// Text or JSON that cannot be read as what it should be (22P02).
    Unreadable {
        /// Which argument, or the path in JSON.
        argument: String,
        /// What was given, shortened.
        value: String,
        /// What it has to be.
        wanted: String,
    },
    /// NULL where a value has to be (22004).
    Null {
        /// Which argument or element.
        argument: String,
    },
    /// Two arrays that belong together and are not of one length (2202E).
    LengthsDiffer {
        /// The name and length of the one.
        first: (String, usize),
        /// The name and length of the other.
        second: (String, usize),
    },
    /// What the book does not have (P0002).
    Unknown {
        /// What it should be: `trade`.
        what: &'static str,
        /// Its name, shortened.
        name: String,
    },
    /// What the state of the book does not allow (55000).
    NotNow {
        /// Why.
        why: String,
        /// What would help.
        hint: &'static str,
    },
    /// A name taken already, or a request repeated with other arguments (23505).
    Duplicate {
        /// What stands twice: `request_id`.
        what: &'static str,
        /// Its name, shortened.
        name: String,
    },
}

impl TradingError {
    /// A [`TradingError::OutOfRange`].
    pub(crate) fn range(argument: impl Into<String>, value: impl fmt::Display, wanted: impl Into<String>) -> Self {
        Self::OutOfRange {
            argument: argument.into(),
            value: shown(&value.to_string()),
            wanted: wanted.into(),
        }
    }

    /// A [`TradingError::Invalid`].
    pub(crate) fn invalid(argument: impl Into<String>, value: impl fmt::Display, wanted: impl Into<String>) -> Self {
        Self::Invalid {
            argument: argument.into(),
            value: shown(&value.to_string()),
            wanted: wanted.into(),
        }
    }

    /// A [`TradingError::Unreadable`].
    pub(crate) fn unreadable(argument: impl Into<String>, value: impl fmt::Display, wanted: impl Into<String>) -> Self {
        Self::Unreadable {
            argument: argument.into(),
            value: shown(&value.to_string()),
            wanted: wanted.into(),
        }
    }

    /// A [`TradingError::Unknown`].
    pub(crate) fn unknown(what: &'static str, name: &str) -> Self {
        let name = shown(name);
        Self::Unknown { what, name }
    }

    /// A [`TradingError::NotNow`].
    pub(crate) fn not_now(why: impl Into<String>, hint: &'static str) -> Self {
        Self::NotNow { why: why.into(), hint }
    }

    /// The code of the error in the SQL standard.
    pub fn sqlstate(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "22003",
            Self::Invalid { .. } => "22023",
            Self::Unreadable { .. } => "22P02",
            Self::Null { .. } => "22004",
            Self::LengthsDiffer { .. } => "2202E",
            Self::Unknown { .. } => "P0002",
            Self::NotNow { .. } => "55000",
            Self::Duplicate { .. } => "23505",
        }
    }

    /// What would help, where the message does not say it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotNow { hint, .. } => Some(hint),
            _ => None,
        }
    }
}

impl fmt::Display for TradingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange {
                argument,
                value,
                wanted,
            }
            | Self::Invalid {
                argument,
                value,
                wanted,
            }
            | Self::Unreadable {
                argument,
                value,
                wanted,
            } => write!(f, "{argument} must be {wanted}, not {value}"),
            Self::Null { argument } => write!(f, "{argument} must not be null"),
            Self::LengthsDiffer { first, second } => write!(
                f,
                "{} has {} elements and {} has {}: they must be as many",
                first.0, first.1, second.0, second.1
            ),
            Self::Unknown { what, name } => write!(f, "there is no {what} {name}"),
            Self::NotNow { why, .. } => f.write_str(why),
            Self::Duplicate { what, name } => write!(f, "{what} {name} is taken already, by something else"),
        }
    }
}

impl std::error::Error for TradingError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_code_and_names_argument_and_value() {
        let null = TradingError::Null {
            argument: "returns[2]".into(),
        };
        let differ = TradingError::LengthsDiffer {
            first: ("a".into(), 2),
            second: ("b".into(), 3),
        };
        let twice = TradingError::Duplicate {
            what: "request_id",
            name: "r1".into(),
        };
        for (error, state, message) in [
            (
                TradingError::range("price", 2, "0 to 1"),
                "22003",
                "price must be 0 to 1, not 2".into(),
            ),
            (
                TradingError::invalid("mode", "x", "shares or linear"),
                "22023",
                "mode must be shares or linear, not x".into(),
            ),
            (
                TradingError::unreadable("$", "9".repeat(99), "a number"),
                "22P02",
                format!("$ must be a number, not {}...", "9".repeat(40)),
            ),
            (null, "22004", "returns[2] must not be null".into()),
            (
                differ,
                "2202E",
                "a has 2 elements and b has 3: they must be as many".into(),
            ),
            (
                TradingError::unknown("trade", "t9"),
                "P0002",
                "there is no trade t9".into(),
            ),
            (
                TradingError::not_now("trade t1 is closed", "it can be closed once"),
                "55000",
                "trade t1 is closed".into(),
            ),
            (
                twice,
                "23505",
                "request_id r1 is taken already, by something else".into(),
            ),
        ] {
            assert_eq!((error.sqlstate(), error.to_string()), (state, message));
        }
        assert_eq!(TradingError::not_now("w", "h").hint(), Some("h"));
    }
}
