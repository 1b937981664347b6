//! What can be wrong with a model document, and with a row handed to a model.

use std::fmt;

/// A document that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// Not of the form its format has, or contradicting itself.
    Malformed {
        /// Where: a path in JSON (`learner.gradient_booster.model.trees[3].left_children[7]`), a line and key in text.
        place: String,
        /// What is wrong there.
        reason: String,
    },
    /// In good form, but nothing that is scored here.
    Unsupported {
        /// Where, as above.
        place: String,
        /// What is not supported.
        what: String,
    },
    /// A document of another kind.
    Foreign {
        /// What it is.
        found: &'static str,
        /// What it should be.
        wanted: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// Larger than the limits of [`super::limits`].
    TooLarge {
        /// Of what there is too much.
        what: &'static str,
        /// The most that is taken.
        limit: usize,
        /// How much there is; with a document that is read no further, the first number above the limit.
        found: usize,
    },
}

impl ModelError {
    /// A [`ModelError::Malformed`].
    pub(super) fn malformed(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Malformed {
            place: bounded(place.into()),
            reason: bounded(reason.into()),
        }
    }

    /// A [`ModelError::Unsupported`].
    pub(super) fn unsupported(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Unsupported {
            place: bounded(place.into()),
            what: bounded(what.into()),
        }
    }
}

/// Names in a document, which messages repeat, may be as long as the document.
fn bounded(mut text: String) -> String {
    const MOST: usize = 300;
    if let Some((end, _)) = text.char_indices().nth(MOST) {
        text.truncate(end);
        text.push_str("...");
    }
    text
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { place, reason } => write!(f, "{place}: {reason}"),
            Self::Unsupported { place, what } => write!(f, "{place}: {what} is not supported"),
            Self::Foreign { found, wanted, .. } => write!(f, "this is {found}, not {wanted}"),
            Self::TooLarge { what, limit, found } => write!(f, "{found} {what}, at most {limit} are taken"),
        }
    }
}

impl std::error::Error for ModelError {}

/// A row that a model cannot score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowError {
    /// Not one value per feature.
    Length {
        /// The features of the model.
        expected: usize,
        /// The values given.
        found: usize,
    },
    /// An infinite value. Missing is NaN; the libraries refuse infinity or give nonsense for it.
    Infinite {
        /// Which feature, from 0.
        feature: usize,
    },
    /// Contributions are asked of trees whose document has no (positive) covers.
    NoCovers,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { expected, found } => write!(f, "expected {expected} values, found {found}"),
            Self::Infinite { feature } => write!(f, "the value of feature {feature} is infinite"),
            Self::NoCovers => write!(
                f,
                "the document has no covers (counts or sums of hessians) for its tree nodes"
            ),
        }
    }
}

impl std::error::Error for RowError {}

/// `value` in a message, not more of it than helps.
pub(super) fn shown(value: &str) -> String {
    const MOST: usize = 40;
    match value.char_indices().nth(MOST) {
        None => format!("{value:?}"),
        Some((end, _)) => format!("{:?}...", &value[..end]),
    }
}
