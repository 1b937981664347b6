//! Rows that wait to be written, in little room: a row as a struct takes 500 to 900 bytes, most of them for what it lacks.

use crate::row::Row;
use std::marker::PhantomData;

/// A row as its JSON, which names only what is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed<R> {
    text: Box<[u8]>,
    row: PhantomData<fn() -> R>,
}

impl<R: Row> Packed<R> {
    /// Packs a row.
    pub fn of(row: &R) -> Packed<R> {
        Packed {
            // Numbers and texts can always be written; a row without them is the honest answer of a type that says otherwise.
            text: serde_json::to_vec(row).unwrap_or_default().into_boxed_slice(),
            row: PhantomData,
        }
    }

    /// The row.
    pub fn row(&self) -> R {
        serde_json::from_slice(&self.text).unwrap_or_default()
    }

    /// Replaces it by what `change` makes of it.
    pub fn change(&mut self, change: impl FnOnce(&mut R)) {
        let mut row = self.row();
        change(&mut row);
        *self = Packed::of(&row);
    }
}
