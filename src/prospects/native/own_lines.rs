//! Where the season lines stand that the running transaction has written.
//!
//! Each change of a line leaves a version of it behind that nobody sees and nothing can clear away before the transaction ends.
//! The index leads to all of them, so that looking for a line took longer with every change of it: thousands of statements on
//! one line took a time that grew with their square. So the place of the newest version is kept, and tried first.

use super::stored_lines::LineKey;
use pgrx::pg_sys;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Beyond this many all are forgotten: a statement that writes so many lines is not one of thousands on each.
const MOST: usize = 4096;

/// The lines of one transaction in one file of the table.
#[derive(Default)]
struct Own {
    transaction: u64,
    file: pg_sys::Oid,
    places: FxHashMap<(i32, i32, Box<[u8]>), pg_sys::ItemPointerData>,
}

thread_local! {
    static OWN: RefCell<Own> = RefCell::default();
}

fn transaction() -> u64 {
    // SAFETY: reads the state of the transaction.
    unsafe { pg_sys::GetTopFullTransactionIdIfAny() }.value
}

/// Where the running transaction has last written the line, if it has. Whether it still stands there is for the caller to look:
/// a subtransaction may have been rolled back.
pub fn place_of(file: pg_sys::Oid, key: LineKey) -> Option<pg_sys::ItemPointerData> {
    OWN.with_borrow(|own| {
        if own.places.is_empty() || own.file != file || own.transaction != transaction() {
            return None;
        }
        own.places
            .get(&(key.prospect_id, key.season, Box::from(key.level)))
            .copied()
    })
}

/// Notes where the running transaction has written the line.
pub fn note(file: pg_sys::Oid, key: LineKey, place: pg_sys::ItemPointerData) {
    OWN.with_borrow_mut(|own| {
        let transaction = transaction();
        if own.transaction != transaction || own.file != file || own.places.len() >= MOST {
            own.places.clear();
            (own.transaction, own.file) = (transaction, file);
        }
        own.places
            .insert((key.prospect_id, key.season, Box::from(key.level)), place);
    });
}
