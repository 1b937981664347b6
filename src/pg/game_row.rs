//! Reading the columns that season statistics need out of a stored row of `milb_game_logs`, without building datums.
//!
//! A game log row is mostly int4 columns, half of them NULL (a batter's row has no pitching and the reverse). The
//! values of a run of int4 columns lie side by side with the NULLs left out, so the null bitmap alone says where each
//! one is: only the values that are there cost anything. That is several times faster than deforming every attribute.

use super::errors::error;
use dynasty_core::season::{COUNT_COLUMNS, COUNTS, Game};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::ffi::CStr;

/// A row as the season statistics see it; texts point into the tuple.
pub struct GameRow<'a> {
    pub prospect_id: i32,
    pub season: i32,
    pub level: &'a [u8],
    pub game_type: Option<&'a [u8]>,
    pub game: Game,
}

/// Slots of the integers read from a row: the counts, then these.
const PROSPECT_ID: usize = COUNTS;
const SEASON: usize = COUNTS + 1;
const GAME_DATE: usize = COUNTS + 2;
const INTS: usize = COUNTS + 3;
/// Slots of the texts.
const LEVEL: usize = 0;
const GAME_TYPE: usize = 1;
const UNUSED: u8 = u8::MAX;

/// What to do at one place of the row.
enum Step {
    /// Attributes `first ..` are int4 or date; `slots[i]` says where the i-th goes.
    Ints { first: usize, slots: Vec<u8> },
    /// A text column that is read.
    Text { attribute: usize, slot: usize },
    /// A column of `length` bytes (or, if negative, of variable length) that is not read.
    Skip {
        attribute: usize,
        length: i16,
        align: usize,
    },
}

/// The server's `AttrMissing`, which the bindings leave opaque.
#[repr(C)]
struct MissingValue {
    present: bool,
    value: pg_sys::Datum,
}

/// The way through a row of one relation.
pub struct GameRowLayout {
    steps: Vec<Step>,
    /// Values of columns that were added after a row was written (`ALTER TABLE ... ADD COLUMN ... DEFAULT`).
    missing: Vec<(usize, u8, i32)>,
}

impl GameRowLayout {
    /// The layout of a row type that has the columns of `milb_game_logs`; raises 42703 or 42804 when it has not.
    ///
    /// # Safety
    /// `tupdesc` must be a valid tuple descriptor.
    pub unsafe fn of(tupdesc: pg_sys::TupleDesc) -> GameRowLayout {
        let mut steps: Vec<Step> = vec![];
        let mut missing = vec![];
        let mut found = [false; INTS];
        let mut texts = [false; 2];
        // SAFETY: the descriptor is valid and holds natts attributes.
        let attributes = unsafe { (*tupdesc).attrs.as_slice((*tupdesc).natts as usize) };
        for (i, attribute) in attributes.iter().enumerate() {
            // SAFETY: attribute names are NUL-terminated.
            let name = unsafe { CStr::from_ptr(attribute.attname.data.as_ptr()) }
                .to_str()
                .unwrap_or("");
            let slot = if attribute.attisdropped { None } else { int_slot(name) };
            let is_int = matches!(attribute.atttypid, pg_sys::INT4OID | pg_sys::DATEOID) && !attribute.attisdropped;
            if let Some(slot) = slot {
                if !is_int {
                    wrong_type(name, "integer (game_date: date)");
                }
                found[slot] = true;
                if attribute.atthasmissing {
                    // SAFETY: atthasmissing says that the constraints hold a value for this attribute.
                    let value = unsafe { ((*(*tupdesc).constr).missing as *const MissingValue).add(i).read() };
                    if value.present {
                        missing.push((i, slot as u8, value.value.value() as i32));
                    }
                }
            }
            if is_int {
                let slot = slot.map_or(UNUSED, |s| s as u8);
                match steps.last_mut() {
                    // 64 attributes at most, so that the null bits of a run fit in one word.
                    Some(Step::Ints { slots, .. }) if slots.len() < 64 => slots.push(slot),
                    _ => steps.push(Step::Ints {
                        first: i,
                        slots: vec![slot],
                    }),
                }
                continue;
            }
            let text = [("level", LEVEL), ("game_type", GAME_TYPE)]
                .into_iter()
                .find(|(n, _)| *n == name);
            match text.filter(|_| !attribute.attisdropped) {
                Some((_, slot)) => {
                    if !matches!(attribute.atttypid, pg_sys::VARCHAROID | pg_sys::TEXTOID) {
                        wrong_type(name, "character varying");
                    }
                    texts[slot] = true;
                    steps.push(Step::Text { attribute: i, slot });
                }
                None => steps.push(Step::Skip {
                    attribute: i,
                    length: attribute.attlen,
                    align: match attribute.attalign as u8 {
                        b'c' => 1,
                        b's' => 2,
                        b'i' => 4,
                        _ => 8,
                    },
                }),
            }
        }
        if let Some(slot) = found.iter().position(|f| !f) {
            no_column(slot_name(slot));
        }
        if let Some(slot) = texts.iter().position(|f| !f) {
            no_column(["level", "game_type"][slot]);
        }
        // Nothing after the last column that is read matters.
        while let Some(step) = steps.last() {
            match step {
                Step::Skip { .. } => _ = steps.pop(),
                Step::Ints { slots, .. } if slots.iter().all(|s| *s == UNUSED) => _ = steps.pop(),
                _ => break,
            }
        }
        GameRowLayout { steps, missing }
    }

    /// Reads a row.
    ///
    /// # Safety
    /// `header` must point to a whole heap tuple of the relation this layout was made for, valid for `'a`.
    #[inline]
    pub unsafe fn read<'a>(&self, header: *const pg_sys::HeapTupleHeaderData) -> GameRow<'a> {
        let mut ints = [0i32; INTS];
        let mut known = 0u64;
        let mut texts: [Option<&'a [u8]>; 2] = [None; 2];
        // SAFETY: the header is that of a whole tuple; every address below is computed as heap_deform_tuple does it:
        // attributes follow each other, each at its alignment, those with a cleared null bit left out.
        unsafe {
            let natts = ((*header).t_infomask2 & pg_sys::HEAP_NATTS_MASK as u16) as usize;
            let bits = ((*header).t_infomask & pg_sys::HEAP_HASNULL as u16 != 0).then(|| (*header).t_bits.as_ptr());
            let data = (header as *const u8).add((*header).t_hoff as usize);
            let mut offset = 0usize;
            for step in &self.steps {
                match step {
                    Step::Ints { first, slots } => {
                        if *first >= natts {
                            break;
                        }
                        let n = slots.len().min(natts - first);
                        let mut present = match bits {
                            None => u64::MAX >> (64 - n),
                            Some(bits) => null_bits(bits, *first, n, natts),
                        };
                        if present == 0 {
                            continue;
                        }
                        offset = offset.next_multiple_of(4);
                        let mut at = data.add(offset) as *const i32;
                        offset += 4 * present.count_ones() as usize;
                        while present != 0 {
                            let slot = *slots.get_unchecked(present.trailing_zeros() as usize);
                            if slot != UNUSED {
                                *ints.get_unchecked_mut(slot as usize) = at.read();
                                known |= 1 << slot;
                            }
                            at = at.add(1);
                            present &= present - 1;
                        }
                    }
                    Step::Text { attribute, slot } => {
                        if *attribute >= natts {
                            break;
                        }
                        if is_present(bits, *attribute) {
                            let at = varlena_at(data, &mut offset, 4);
                            texts[*slot] = Some(text_of(at));
                        }
                    }
                    Step::Skip {
                        attribute,
                        length,
                        align,
                    } => {
                        if *attribute >= natts {
                            break;
                        }
                        if is_present(bits, *attribute) {
                            if *length >= 0 {
                                offset = offset.next_multiple_of(*align) + *length as usize;
                            } else {
                                varlena_at(data, &mut offset, *align);
                            }
                        }
                    }
                }
            }
            for (attribute, slot, value) in &self.missing {
                if *attribute >= natts {
                    ints[*slot as usize] = *value;
                    known |= 1 << slot;
                }
            }
        }
        let mut game = Game::on(ints[GAME_DATE]);
        game.counts.copy_from_slice(&ints[..COUNTS]);
        game.known = (known & ((1 << COUNTS) - 1)) as u32;
        GameRow {
            prospect_id: ints[PROSPECT_ID],
            season: ints[SEASON],
            level: texts[LEVEL].unwrap_or(b""),
            game_type: texts[GAME_TYPE],
            game,
        }
    }
}

/// The null bits of attributes `first .. first + n` (1 = present), n <= 64.
///
/// # Safety
/// `bits` must be the null bitmap of a tuple of `natts` attributes.
#[inline(always)]
unsafe fn null_bits(bits: *const u8, first: usize, n: usize, natts: usize) -> u64 {
    let bytes = natts.div_ceil(8);
    let mut word = 0u128;
    let (start, end) = (first / 8, (first + n).div_ceil(8).min(bytes));
    for (i, byte) in (start..end).enumerate() {
        // SAFETY: byte < bytes, the length of the bitmap.
        word |= (unsafe { *bits.add(byte) } as u128) << (8 * i);
    }
    (word >> (first % 8)) as u64 & (u64::MAX >> (64 - n))
}

/// # Safety
/// `bits`, if given, must be a null bitmap that covers `attribute`.
#[inline(always)]
unsafe fn is_present(bits: Option<*const u8>, attribute: usize) -> bool {
    // SAFETY: the caller's promise.
    bits.is_none_or(|b| unsafe { *b.add(attribute / 8) } & (1 << (attribute % 8)) != 0)
}

/// The variable-length value at `offset`, which moves behind it.
///
/// # Safety
/// A variable-length attribute of that alignment must lie there.
#[inline(always)]
unsafe fn varlena_at(data: *const u8, offset: &mut usize, align: usize) -> *const pg_sys::varlena {
    // SAFETY: a byte that is not zero is a short header, which is not aligned; zero bytes are padding.
    unsafe {
        if *data.add(*offset) == 0 {
            *offset = offset.next_multiple_of(align);
        }
        let at = data.add(*offset) as *const pg_sys::varlena;
        *offset += pgrx::varlena::varsize_any(at);
        at
    }
}

/// # Safety
/// `at` must point to a text value; it is expanded when it is compressed or stored out of line.
#[inline(always)]
unsafe fn text_of<'a>(at: *const pg_sys::varlena) -> &'a [u8] {
    // SAFETY: as promised; what detoasting allocates lives in the current memory context.
    unsafe {
        let first = *(at as *const u8);
        let plain = if first & 1 == 1 { first != 1 } else { first & 3 == 0 };
        let at = if plain {
            at
        } else {
            pg_sys::pg_detoast_datum_packed(at as *mut _) as *const _
        };
        let (start, length) = (pgrx::varlena::vardata_any(at), pgrx::varlena::varsize_any_exhdr(at));
        std::slice::from_raw_parts(start as *const u8, length)
    }
}

fn int_slot(name: &str) -> Option<usize> {
    COUNT_COLUMNS
        .iter()
        .position(|(column, _)| *column == name)
        .or(match name {
            "prospect_id" => Some(PROSPECT_ID),
            "season" => Some(SEASON),
            "game_date" => Some(GAME_DATE),
            _ => None,
        })
}

fn slot_name(slot: usize) -> &'static str {
    match slot {
        PROSPECT_ID => "prospect_id",
        SEASON => "season",
        GAME_DATE => "game_date",
        count => COUNT_COLUMNS[count].0,
    }
}

fn no_column(name: &str) -> ! {
    error(
        ERRCODE_UNDEFINED_COLUMN,
        format!("dynasty.milb_game_logs has no column \"{name}\""),
    )
    .detail("The season statistics read it.")
    .hint("Give the table back its column, or move the rows into a table made by CALL dynasty.install().")
    .raise()
}

fn wrong_type(name: &str, wanted: &str) -> ! {
    error(
        ERRCODE_DATATYPE_MISMATCH,
        format!("column \"{name}\" of dynasty.milb_game_logs is not {wanted}"),
    )
    .detail("The season statistics read it as that type.")
    .raise()
}
