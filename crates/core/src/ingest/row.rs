//! Rows of the tables, as the parsers make them.

/// A row that can be written by name: its columns are the fields, in the table's own names.
pub trait Row: Clone + Default + serde::Serialize + serde::de::DeserializeOwned {
    /// The columns, in the order of the fields.
    const COLUMNS: &'static [&'static str];

    /// Completes the row by a newer one of the same key: a value the newer has wins, one it lacks erases nothing.
    fn merge(&mut self, newer: Self);

    /// The prospect the row belongs to, once he is known.
    fn set_prospect_id(&mut self, id: i32);
}

/// Declares a row: a struct whose optional fields are the columns, with [`Row`].
macro_rules! row {
    ($(#[$meta:meta])* pub struct $name:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        // The fields are the columns; COMMENT ON COLUMN says what each one is.
        #[allow(missing_docs)]
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name {
            // What is not there is left out of the JSON: the server reads it as NULL, and the text is a third as long.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub prospect_id: Option<i32>,
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$ty>,)*
        }

        impl $crate::ingest::row::Row for $name {
            const COLUMNS: &'static [&'static str] = &["prospect_id", $(stringify!($field)),*];

            fn merge(&mut self, newer: Self) {
                if newer.prospect_id.is_some() {
                    self.prospect_id = newer.prospect_id;
                }
                $(if newer.$field.is_some() {
                    self.$field = newer.$field;
                })*
            }

            fn set_prospect_id(&mut self, id: i32) {
                self.prospect_id = Some(id);
            }
        }
    };
}
pub(crate) use row;

#[cfg(test)]
mod tests {
    use super::*;

    row! {
        /// A row to test with.
        pub struct Line { hits: i32, team: String }
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
}
