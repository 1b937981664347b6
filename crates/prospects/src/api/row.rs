//! Rows of the tables of prospects.

use dynasty_intake::row::Row;

/// A row that belongs to a prospect.
pub trait ProspectRow: Row {
    /// The prospect the row belongs to, once he is known.
    fn set_prospect_id(&mut self, id: i32);
}

/// Declares a row of a prospect: [`dynasty_intake::row!`] with `prospect_id` as the first column.
macro_rules! row {
    ($(#[$meta:meta])* pub struct $name:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        dynasty_intake::row! {
            $(#[$meta])*
            pub struct $name { prospect_id: i32, $($field: $ty),* }
        }

        impl $crate::api::row::ProspectRow for $name {
            fn set_prospect_id(&mut self, id: i32) {
                self.prospect_id = Some(id);
            }
        }
    };
}
pub(crate) use row;
