//! The way through the values of stored rows that have the same NULLs.

use super::Column;
use pgrx::pg_sys;

/// What is known about an attribute of the relation.
pub(super) enum Attribute {
    /// An int4 or date column; `slot` says where it goes, if it is read.
    Int { slot: Option<u8> },
    /// A text column that is read.
    Text { slot: usize },
    /// A column of 1, 2, 4 or 8 bytes that is read.
    Number { slot: usize, length: i16 },
    /// A column of `length` bytes (or, if negative, of variable length) that is not read.
    Other { length: i16, align: usize },
}

/// A block of integers that lie side by side both in the row and in the slots.
#[derive(Clone, Copy)]
pub(super) struct Block {
    pub(super) from: u8,
    pub(super) slot: u8,
    pub(super) length: u8,
}

/// One step through the values that a row with a given pattern of NULLs holds.
pub(super) enum Step {
    /// `count` integers, of which the blocks `blocks.0 .. blocks.1` are read.
    Ints {
        count: usize,
        blocks: (usize, usize),
    },
    Text {
        slot: usize,
    },
    Number {
        slot: usize,
        length: usize,
    },
    Varlena {
        align: usize,
    },
    Fixed {
        length: usize,
        align: usize,
    },
}

/// The way through rows of one pattern of NULLs.
pub(super) struct Plan {
    pub(super) natts: usize,
    /// The null bitmap; empty for rows without NULLs.
    pub(super) bitmap: Box<[u8]>,
    pub(super) ends: (u64, u64),
    pub(super) steps: Vec<Step>,
    pub(super) blocks: Vec<Block>,
    /// Bits of the counts that are not NULL.
    pub(super) known: u32,
    /// Values of columns that were added after the row was written (`ALTER TABLE ... ADD COLUMN ... DEFAULT`).
    pub(super) missing: Vec<(Column, i64)>,
    pub(super) missing_texts: Vec<(usize, Box<[u8]>)>,
}

/// The first and the last eight bytes (which overlap in a shorter bitmap): all of it, up to 128 attributes.
#[inline(always)]
pub(super) fn bitmap_ends(bitmap: &[u8]) -> (u64, u64) {
    match (bitmap.first_chunk::<8>(), bitmap.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_ne_bytes(*first), u64::from_ne_bytes(*last)),
        _ => (bitmap.iter().fold(0, |word, byte| word << 8 | *byte as u64), 0),
    }
}

impl Plan {
    pub(super) fn know(&mut self, slot: u8, counts: usize) {
        if (slot as usize) < counts {
            self.known |= 1 << slot;
        }
    }

    /// Takes the next integer of the row, into its slot if it has one.
    pub(super) fn add_int(&mut self, slot: Option<u8>, counts: usize) {
        let here = self.blocks.len();
        let (from, first_block) = match self.steps.last_mut() {
            // Positions within a run of integers are kept in a byte.
            Some(Step::Ints { count, blocks }) if *count < 255 => {
                *count += 1;
                (*count - 1, blocks.0)
            }
            _ => {
                self.steps.push(Step::Ints {
                    count: 1,
                    blocks: (here, here),
                });
                (0, here)
            }
        };
        let Some(slot) = slot else { return };
        self.know(slot, counts);
        match self.blocks[first_block..].last_mut() {
            Some(b) if b.from as usize + b.length as usize == from && b.slot + b.length == slot => b.length += 1,
            _ => self.blocks.push(Block {
                from: from as u8,
                slot,
                length: 1,
            }),
        }
        if let Some(Step::Ints { blocks, .. }) = self.steps.last_mut() {
            blocks.1 = self.blocks.len();
        }
    }
}

/// An attribute that is stepped over.
pub(super) fn unread(attribute: &pg_sys::FormData_pg_attribute) -> Attribute {
    if matches!(attribute.atttypid, pg_sys::INT4OID | pg_sys::DATEOID) {
        return Attribute::Int { slot: None };
    }
    Attribute::Other {
        length: attribute.attlen,
        align: match attribute.attalign as u8 {
            b'c' => 1,
            b's' => 2,
            b'i' => 4,
            _ => 8,
        },
    }
}
