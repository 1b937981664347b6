//! What can be wrong with the arguments of a function of slips. The shell puts the function's name before the message.

use dynasty_intake::lenient::shown;
use std::fmt;

/// Why there is no answer. [`PropsError::sqlstate`] says which of the standard's codes it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PropsError {
    /// A number outside of its range; NaN and infinity are in none (22003).
    OutOfRange {
        /// Which argument; of an array with the element, from 1 as in SQL: `probs[2]`.
        argument: String,
        /// What was given, shortened.
        value: String,
        /// What it has to be.
        wanted: String,
    },
    /// A value that the function does not take: a word it does not know, too few or too many legs or samples (22023).
    Invalid {
        /// Which argument, or the path in JSON: `legs[0].side`.
        argument: String,
        /// What was given, shortened.
        value: String,
        /// What it has to be.
        wanted: String,
    },
    /// A matrix that no correlations make (22023); the hint is [`PropsError::hint`].
    NotCorrelation {
        /// What is wrong with it.
        reason: String,
    },
    /// NULL where a value has to be (22004).
    Null {
        /// Which argument or element.
        argument: String,
    },
    /// Arrays that belong together and do not fit (2202E).
    Shape {
        /// Which argument.
        argument: String,
        /// How large it is.
        found: String,
        /// How large it has to be.
        wanted: String,
    },
    /// Legs that are no list or an empty one (23514).
    NoLegs {
        /// What was given, shortened.
        value: String,
    },
    /// Nothing that the name stands for (P0002).
    Unknown {
        /// What was looked for.
        wanted: String,
    },
}

impl PropsError {
    /// A [`PropsError::OutOfRange`] of a number.
    pub(crate) fn range(argument: impl Into<String>, value: f64, wanted: impl Into<String>) -> Self {
        Self::OutOfRange {
            argument: argument.into(),
            // As Debug prints it: 1e300 has not three hundred zeros.
            value: shown(&format!("{value:?}")),
            wanted: wanted.into(),
        }
    }

    /// A [`PropsError::Invalid`].
    pub(crate) fn invalid(argument: impl Into<String>, value: impl fmt::Display, wanted: impl Into<String>) -> Self {
        Self::Invalid {
            argument: argument.into(),
            value: shown(&value.to_string()),
            wanted: wanted.into(),
        }
    }

    /// A [`PropsError::Shape`].
    pub(crate) fn shape(argument: impl Into<String>, found: impl fmt::Display, wanted: impl Into<String>) -> Self {
        Self::Shape {
            argument: argument.into(),
            found: found.to_string(),
            wanted: wanted.into(),
        }
    }

    /// The code of the error in the SQL standard.
    pub fn sqlstate(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "22003",
            Self::Invalid { .. } | Self::NotCorrelation { .. } => "22023",
            Self::Null { .. } => "22004",
            Self::Shape { .. } => "2202E",
            Self::NoLegs { .. } => "23514",
            Self::Unknown { .. } => "P0002",
        }
    }

    /// What helps.
    pub fn hint(&self) -> Option<&'static str> {
        matches!(self, Self::NotCorrelation { .. })
            .then_some("dynasty_props.nearest_correlation gives the nearest matrix that is one.")
    }
}

impl fmt::Display for PropsError {
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
            } => write!(f, "{argument} must be {wanted}, not {value}"),
            Self::NotCorrelation { reason } => write!(f, "corr is not a correlation matrix: {reason}"),
            Self::Null { argument } => write!(f, "{argument} must not be null"),
            Self::Shape {
                argument,
                found,
                wanted,
            } => write!(f, "{argument} must have {wanted}, not {found}"),
            Self::NoLegs { value } => write!(f, "legs must be a list of 1 to 20 legs, not {value}"),
            Self::Unknown { wanted } => write!(f, "there is no {wanted}"),
        }
    }
}

impl std::error::Error for PropsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_code_and_names_argument_and_value() {
        let long = "9".repeat(500);
        for (error, state, message) in [
            (
                PropsError::range("probs[2]", 1.5, "0 to 1"),
                "22003",
                "probs[2] must be 0 to 1, not 1.5".into(),
            ),
            (
                PropsError::invalid("dist", &long, "poisson, negbin or normal"),
                "22023",
                format!("dist must be poisson, negbin or normal, not {}...", "9".repeat(40)),
            ),
            (
                PropsError::Null {
                    argument: "probs[2]".into(),
                },
                "22004",
                "probs[2] must not be null".into(),
            ),
            (
                PropsError::shape("odds", "3 elements", "2 elements, as probs"),
                "2202E",
                "odds must have 2 elements, as probs, not 3 elements".into(),
            ),
            (
                PropsError::NoLegs { value: "{}".into() },
                "23514",
                "legs must be a list of 1 to 20 legs, not {}".into(),
            ),
            (
                PropsError::Unknown {
                    wanted: "payout schedule".into(),
                },
                "P0002",
                "there is no payout schedule".into(),
            ),
        ] {
            assert_eq!((error.sqlstate(), error.to_string()), (state, message));
            assert_eq!(error.hint(), None);
        }
        let error = PropsError::NotCorrelation {
            reason: "its least eigenvalue is -0.2".into(),
        };
        assert_eq!((error.sqlstate(), error.hint().is_some()), ("22023", true));
    }
}
