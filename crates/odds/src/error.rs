//! What can be wrong with the arguments of a function of prices. The shell puts the function's name before the message.

use dynasty_intake::lenient::shown;
use std::fmt;

/// Why there is no answer. [`OddsError::sqlstate`] says which of the standard's codes it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OddsError {
    /// A number outside of its range (22003).
    OutOfRange {
        /// Which argument; of an array with the element, from 1 as in SQL: `odds[2]`.
        argument: String,
        /// What was given, shortened.
        value: String,
        /// What it has to be.
        wanted: String,
    },
    /// A value that the function does not take (22023): a word it does not know, NaN, infinity, too few or too many outcomes.
    Invalid {
        /// Which argument, or the path in JSON: `$[3].price`.
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
    /// An outcome that stands twice in one market (23505).
    Duplicate {
        /// The path of the second.
        argument: String,
        /// The path of the first.
        first: String,
        /// Which outcome, as its canonical line begins, shortened.
        value: String,
    },
    /// An element of a payload that is at fault, as an error of the whole.
    Faulty {
        /// The code of the fault.
        sqlstate: &'static str,
        /// What is wrong; begins with the path.
        message: String,
    },
    /// A method of taking the margin out that leaves an outcome no probability between 0 and 1 (22023).
    NoProbability {
        /// The method.
        method: &'static str,
        /// Which outcome, from 1.
        outcome: usize,
        /// What it would get.
        probability: String,
    },
}

impl OddsError {
    /// A [`OddsError::OutOfRange`] of a number.
    pub(crate) fn range(argument: impl Into<String>, value: impl fmt::Display, wanted: impl Into<String>) -> Self {
        Self::OutOfRange {
            argument: argument.into(),
            value: shown(&value.to_string()),
            wanted: wanted.into(),
        }
    }

    /// A [`OddsError::Invalid`].
    pub(crate) fn invalid(argument: impl Into<String>, value: impl fmt::Display, wanted: impl Into<String>) -> Self {
        Self::Invalid {
            argument: argument.into(),
            value: shown(&value.to_string()),
            wanted: wanted.into(),
        }
    }

    /// An [`OddsError::Unreadable`].
    pub(crate) fn unreadable(argument: impl Into<String>, value: impl fmt::Display, wanted: impl Into<String>) -> Self {
        Self::Unreadable {
            argument: argument.into(),
            value: shown(&value.to_string()),
            wanted: wanted.into(),
        }
    }

    /// The code of the error in the SQL standard.
    pub fn sqlstate(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "22003",
            Self::Invalid { .. } | Self::NoProbability { .. } => "22023",
            Self::Unreadable { .. } => "22P02",
            Self::Null { .. } => "22004",
            Self::LengthsDiffer { .. } => "2202E",
            Self::Duplicate { .. } => "23505",
            Self::Faulty { sqlstate, .. } => sqlstate,
        }
    }
}

impl fmt::Display for OddsError {
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
            Self::Faulty { message, .. } => f.write_str(message),
            Self::Duplicate { argument, first, value } => {
                write!(f, "{argument} is the same outcome as {first}: {value}")
            }
            Self::NoProbability {
                method,
                outcome,
                probability,
            } => write!(
                f,
                "method {method} gives outcome {outcome} the probability {probability}, which is not between 0 and 1: use another method"
            ),
        }
    }
}

impl std::error::Error for OddsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_code_and_names_argument_and_value() {
        let long = "9".repeat(500);
        for (error, state, message) in [
            (
                OddsError::range("odds[2]", 0.5, "above 1"),
                "22003",
                "odds[2] must be above 1, not 0.5".into(),
            ),
            (
                OddsError::invalid("side", "both", "back or lay"),
                "22023",
                "side must be back or lay, not both".into(),
            ),
            (
                OddsError::unreadable("frac", &long, "a/b or evens"),
                "22P02",
                format!("frac must be a/b or evens, not {}...", "9".repeat(40)),
            ),
            (
                OddsError::Null {
                    argument: "odds[2]".into(),
                },
                "22004",
                "odds[2] must not be null".into(),
            ),
            (
                OddsError::LengthsDiffer {
                    first: ("odds".into(), 2),
                    second: ("stakes".into(), 3),
                },
                "2202E",
                "odds has 2 elements and stakes has 3: they must be as many".into(),
            ),
        ] {
            assert_eq!((error.sqlstate(), error.to_string()), (state, message));
        }
    }
}
