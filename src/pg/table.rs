//! Tables and views of ours by name. Each is a constant of the system that it belongs to.

use std::fmt;

/// A table of ours. Written out, it is the name with its schema; both are plain identifiers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Table {
    /// The schema of its system.
    pub schema: &'static str,
    /// Its name in there.
    pub name: &'static str,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema, self.name)
    }
}
