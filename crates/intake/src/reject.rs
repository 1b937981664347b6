//! What is said of a payload that is not what was asked for, and of elements in it that cannot become rows.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::fmt;

/// The payload as a whole is not what the function reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    /// What the function reads.
    pub expected: String,
    /// What was there instead.
    pub found: String,
}

impl ShapeError {
    /// What was expected, and what was found.
    pub fn new(expected: impl Into<String>, found: impl Into<String>) -> ShapeError {
        ShapeError {
            expected: expected.into(),
            found: found.into(),
        }
    }
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for ShapeError {}

/// An element that did not become a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject {
    /// Its number in the payload, in reading order from 0, over elements of its kind whether read or skipped.
    pub index: usize,
    /// Where it stands, such as `stats[0].splits[3]`.
    pub path: String,
    /// Whose it is, where the element says so.
    pub subject: Option<Subject>,
    /// Why it was rejected.
    pub reason: String,
}

/// Whose an element is: the name of the identifier, as the answer calls it, and its value.
pub type Subject = (&'static str, i32);

impl Serialize for Reject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("index", &self.index)?;
        map.serialize_entry("path", &self.path)?;
        if let Some((name, id)) = self.subject {
            map.serialize_entry(name, &id)?;
        }
        map.serialize_entry("reason", &self.reason)?;
        map.end()
    }
}

/// How many rejects are listed; all are counted. A list of all of a large payload's would be larger than the payload.
pub const LISTED: usize = 10_000;

/// Rejects: all counted, those that stand first in the payload listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rejects {
    count: usize,
    listed: Vec<Reject>,
}

impl Rejects {
    /// Takes one more, in whatever order they come.
    pub fn push(&mut self, reject: Reject) {
        self.count += 1;
        self.listed.push(reject);
        if self.listed.len() >= 2 * LISTED {
            self.keep_first();
        }
    }

    /// How many there were.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Those that are listed, in reading order.
    pub fn into_listed(mut self) -> Vec<Reject> {
        self.keep_first();
        self.listed
    }

    fn keep_first(&mut self) {
        self.listed.sort_by_key(|r| r.index);
        self.listed.truncate(LISTED);
    }
}

impl std::ops::Deref for Rejects {
    type Target = [Reject];

    fn deref(&self) -> &[Reject] {
        &self.listed
    }
}

impl IntoIterator for Rejects {
    type Item = Reject;
    type IntoIter = std::vec::IntoIter<Reject>;

    fn into_iter(self) -> Self::IntoIter {
        self.listed.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reject_names_its_subject_as_the_answer_does() {
        let reject = |subject| Reject {
            index: 3,
            path: "[3]".into(),
            subject,
            reason: "lacks season".into(),
        };
        let json = |subject| serde_json::to_string(&reject(subject)).unwrap();
        assert_eq!(
            json(Some(("mlb_id", 7))),
            r#"{"index":3,"path":"[3]","mlb_id":7,"reason":"lacks season"}"#
        );
        assert_eq!(json(None), r#"{"index":3,"path":"[3]","reason":"lacks season"}"#);
    }
}
