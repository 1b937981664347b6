//! What a feature's function looked at, noted while it is being explained.

use std::cell::RefCell;

/// One look.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// Sums over the rows of a set (told by its address) that know certain counts.
    Sums {
        /// Where the set lies.
        set: usize,
        /// Rows of the set.
        rows: i64,
        /// Rows that know all counts asked for.
        complete: i64,
        /// Those counts, and the ones that count as 0 where unknown: name and sum.
        sums: Vec<(&'static str, i64)>,
    },
    /// A scout's grade: name, value, year of the list.
    Grade(&'static str, Option<i32>, Option<i32>),
    /// A norm: season and ordinal of the level.
    Norm(i32, u8),
    /// An advanced value: name, lines that have it, result.
    Advanced(&'static str, i64, Option<f64>),
}

thread_local! {
    static LOOKS: RefCell<Option<Vec<Look>>> = const { RefCell::new(None) };
}

/// Notes a look, if somebody wants to know.
#[inline]
pub fn note(look: impl FnOnce() -> Look) {
    LOOKS.with_borrow_mut(|looks| {
        if let Some(looks) = looks {
            let look = look();
            if !looks.contains(&look) {
                looks.push(look);
            }
        }
    });
}

/// Runs `work` and returns what it looked at, each thing once.
pub fn traced<R>(work: impl FnOnce() -> R) -> (R, Vec<Look>) {
    LOOKS.set(Some(vec![]));
    let result = work();
    (result, LOOKS.take().unwrap_or_default())
}
