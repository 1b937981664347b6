//! Rows of the tables, as the parsers make them.

/// A row that can be written by name: its columns are the fields, in the table's own names.
pub trait Row: Clone + Default + serde::Serialize + serde::de::DeserializeOwned {
    /// The columns, in the order of the fields.
    const COLUMNS: &'static [&'static str];

    /// Completes the row by a newer one of the same key: a value the newer has wins, one it lacks erases nothing.
    fn merge(&mut self, newer: Self);

    /// The first column of which both rows say something else. Rows that do not contradict can be halves of one.
    fn contradiction(&self, other: &Self) -> Option<&'static str>;
}

/// Declares a row: a struct whose optional fields are the columns, with [`Row`].
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* pub struct $name:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        // The fields are the columns; COMMENT ON COLUMN says what each one is.
        #[allow(missing_docs)]
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name {
            // What is not there is left out of the JSON: the server reads it as NULL, and the text is a third as long.
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$ty>,)*
        }

        impl $crate::row::Row for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn merge(&mut self, newer: Self) {
                $(if newer.$field.is_some() {
                    self.$field = newer.$field;
                })*
            }

            fn contradiction(&self, other: &Self) -> Option<&'static str> {
                $(if self.$field.is_some() && other.$field.is_some() && self.$field != other.$field {
                    return Some(stringify!($field));
                })*
                None
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    row! {
        /// A row to test with.
        pub struct Line { prospect_id: i32, hits: i32, team: String }
    }

    #[test]
    fn a_newer_value_wins_and_a_missing_one_erases_nothing() {
        let mut old = Line {
            prospect_id: Some(1),
            hits: Some(1),
            team: Some("A".into()),
        };
        old.merge(Line {
            prospect_id: None,
            hits: Some(2),
            team: None,
        });
        assert_eq!(
            old,
            Line {
                prospect_id: Some(1),
                hits: Some(2),
                team: Some("A".into())
            }
        );
        assert_eq!(Line::COLUMNS, ["prospect_id", "hits", "team"]);
    }

    #[test]
    fn what_one_row_lacks_is_no_contradiction() {
        let line = |hits, team: Option<&str>| Line {
            prospect_id: Some(1),
            hits,
            team: team.map(String::from),
        };
        assert_eq!(line(Some(1), None).contradiction(&line(Some(1), Some("A"))), None);
        assert_eq!(line(None, Some("A")).contradiction(&line(Some(1), Some("A"))), None);
        assert_eq!(
            line(Some(2), Some("A")).contradiction(&line(Some(1), Some("B"))),
            Some("hits")
        );
        assert_eq!(
            line(None, Some("A")).contradiction(&line(Some(1), Some("B"))),
            Some("team")
        );
    }
}
