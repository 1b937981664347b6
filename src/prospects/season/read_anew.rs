//! The lines that this transaction has computed from their games.
//!
//! Several triggers can be waiting while the games are changed already: those of one MERGE, of ON CONFLICT DO UPDATE,
//! of the parts of a WITH, or of a statement that runs inside another one. A line computed from its games holds all of
//! these changes, so none of them may be added again: from then on the line is always computed, to the end of the
//! transaction. (Adding first and computing later does no harm.)

use crate::pg::snapshot::top_transaction;
use crate::prospects::native::stored_lines::LineKey;
use rustc_hash::FxHashSet;
use std::cell::RefCell;

#[derive(Default)]
struct Lines {
    transaction: u32,
    all: bool,
    some: FxHashSet<(i32, i32, Box<[u8]>)>,
}

thread_local! {
    static LINES: RefCell<Lines> = RefCell::default();
}

fn with<R>(f: impl FnOnce(&mut Lines) -> R) -> R {
    LINES.with_borrow_mut(|lines| {
        let transaction = top_transaction();
        if lines.transaction != transaction {
            *lines = Lines {
                transaction,
                ..Lines::default()
            };
        }
        f(lines)
    })
}

/// Whether a line is always computed by now.
pub fn contains(key: LineKey) -> bool {
    with(|lines| {
        lines.all
            || !lines.some.is_empty()
                && lines
                    .some
                    .contains(&(key.prospect_id, key.season, Box::from(key.level)))
    })
}

/// From now on the line is always computed.
pub fn note(key: LineKey) {
    with(|lines| _ = lines.some.insert((key.prospect_id, key.season, Box::from(key.level))));
}

/// The same of every line.
pub fn note_all() {
    with(|lines| lines.all = true);
}
