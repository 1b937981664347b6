//! Reading the columns that season statistics need out of a stored row of `milb_game_logs`, without building datums.
//!
//! A game log row is mostly int4 columns, half of them NULL (a batter's row has no pitching and the reverse), and rows
//! of one kind have the same NULLs. So the way through a row is worked out once per pattern of NULLs: which blocks of
//! integers to copy from where, which values of variable length to step over. That is several times faster than
//! deforming every attribute.

use super::errors::error;
use dynasty_core::season::{COUNT_COLUMNS, COUNTS, Game};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use rustc_hash::FxHashMap;
use std::ffi::CStr;

/// A row as the season statistics see it; texts point into the tuple. The integers lie one after the other, so that
/// a slot number is all that is needed to write one.
#[repr(C)]
pub struct GameRow<'a> {
    pub game: Game,
    pub prospect_id: i32,
    pub season: i32,
    pub level: &'a [u8],
    pub game_type: Option<&'a [u8]>,
}

/// Slots of the integers in [`GameRow`]: the counts, then these.
const GAME_DATE: usize = COUNTS;
/// The bits of the known counts, which `Game` holds there; no column's.
const KNOWN: usize = COUNTS + 1;
const PROSPECT_ID: usize = COUNTS + 2;
const SEASON: usize = COUNTS + 3;
const INTS: usize = COUNTS + 4;
const _: () = assert!(std::mem::offset_of!(GameRow, season) == 4 * SEASON && size_of::<Game>() == 4 * PROSPECT_ID);

impl GameRow<'_> {
    /// A row with nothing in it.
    pub const EMPTY: GameRow<'static> = GameRow {
        game: Game {
            counts: [0; COUNTS],
            date: 0,
            known: 0,
        },
        prospect_id: 0,
        season: 0,
        level: b"",
        game_type: None,
    };
}
/// The slot of the level among the texts; the other is the game type.
const LEVEL: usize = 0;

/// What is known about an attribute of the relation.
enum Attribute {
    /// An int4 or date column; `slot` says where it goes, if it is read.
    Int { slot: Option<u8> },
    /// A text column that is read.
    Text { slot: usize },
    /// A column of `length` bytes (or, if negative, of variable length) that is not read.
    Other { length: i16, align: usize },
}

/// A block of integers that lie side by side both in the row and in the slots.
#[derive(Clone, Copy)]
struct Block {
    from: u8,
    slot: u8,
    length: u8,
}

/// One step through the values that a row with a given pattern of NULLs holds.
enum Step {
    /// `count` integers, of which the blocks `blocks.0 .. blocks.1` are read.
    Ints {
        count: usize,
        blocks: (usize, usize),
    },
    Text {
        slot: usize,
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
struct Plan {
    natts: usize,
    /// The null bitmap; empty for rows without NULLs.
    bitmap: Box<[u8]>,
    ends: (u64, u64),
    steps: Vec<Step>,
    blocks: Vec<Block>,
    /// Bits of the counts that are not NULL.
    known: u32,
    /// Values of columns that were added after the row was written (`ALTER TABLE ... ADD COLUMN ... DEFAULT`).
    missing: Vec<(u8, i32)>,
}

/// The ways through the rows of one relation.
pub struct GameRowLayout {
    /// Up to the last attribute that is read.
    attributes: Vec<Attribute>,
    /// Attribute, slot and value of columns with a default for rows that are older than they.
    missing: Vec<(usize, u8, i32)>,
    plans: Vec<Plan>,
    by_pattern: FxHashMap<(usize, Box<[u8]>), usize>,
    /// Plans used lately, by a hash of the bitmap.
    recent: Box<[u32; RECENT]>,
}

const RECENT: usize = 256;

/// The server's `AttrMissing`, which the bindings leave opaque.
#[repr(C)]
struct MissingValue {
    present: bool,
    value: pg_sys::Datum,
}

impl GameRowLayout {
    /// The layout of a row type that has the columns of `milb_game_logs`; raises 42703 or 42804 when it has not.
    ///
    /// # Safety
    /// `tupdesc` must be a valid tuple descriptor.
    pub unsafe fn of(tupdesc: pg_sys::TupleDesc) -> GameRowLayout {
        let mut attributes = vec![];
        let mut missing = vec![];
        let mut found = [false; INTS];
        let mut texts = [false; 2];
        // SAFETY: the descriptor is valid and holds natts attributes.
        let described = unsafe { (*tupdesc).attrs.as_slice((*tupdesc).natts as usize) };
        for (i, attribute) in described.iter().enumerate() {
            // SAFETY: attribute names are NUL-terminated.
            let name = unsafe { CStr::from_ptr(attribute.attname.data.as_ptr()) }
                .to_str()
                .unwrap_or("");
            let name = if attribute.attisdropped { "" } else { name };
            let is_int = matches!(attribute.atttypid, pg_sys::INT4OID | pg_sys::DATEOID);
            let text = ["level", "game_type"].into_iter().position(|n| n == name);
            attributes.push(if let Some(slot) = int_slot(name) {
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
                Attribute::Int { slot: Some(slot as u8) }
            } else if is_int {
                Attribute::Int { slot: None }
            } else if let Some(slot) = text {
                if !matches!(attribute.atttypid, pg_sys::VARCHAROID | pg_sys::TEXTOID) {
                    wrong_type(name, "character varying");
                }
                texts[slot] = true;
                Attribute::Text { slot }
            } else {
                Attribute::Other {
                    length: attribute.attlen,
                    align: match attribute.attalign as u8 {
                        b'c' => 1,
                        b's' => 2,
                        b'i' => 4,
                        _ => 8,
                    },
                }
            });
        }
        found[KNOWN] = true;
        if let Some(slot) = found.iter().position(|f| !f) {
            no_column(slot_name(slot));
        }
        if let Some(slot) = texts.iter().position(|f| !f) {
            no_column(["level", "game_type"][slot]);
        }
        // Nothing after the last column that is read matters.
        while let Some(Attribute::Other { .. } | Attribute::Int { slot: None }) = attributes.last() {
            attributes.pop();
        }
        GameRowLayout {
            attributes,
            missing,
            plans: vec![],
            by_pattern: FxHashMap::default(),
            recent: Box::new([u32::MAX; RECENT]),
        }
    }

    /// Reads a row.
    ///
    /// # Safety
    /// `header` must point to a whole heap tuple of the relation this layout was made for, valid for `'a`.
    #[inline(always)]
    pub unsafe fn read<'a>(&mut self, header: *const pg_sys::HeapTupleHeaderData, row: &mut GameRow<'a>) {
        *row = GameRow::EMPTY;
        // SAFETY: the header is that of a whole tuple; every address is computed as heap_deform_tuple does it:
        // attributes follow each other, each at its alignment, those with a cleared null bit left out. Slots are
        // those of the integers of a GameRow, which a check at compile time holds in place.
        unsafe {
            let natts = ((*header).t_infomask2 & pg_sys::HEAP_NATTS_MASK as u16) as usize;
            let bitmap = if (*header).t_infomask & pg_sys::HEAP_HASNULL as u16 != 0 {
                std::slice::from_raw_parts((*header).t_bits.as_ptr(), natts.div_ceil(8))
            } else {
                &[]
            };
            let plan = self.plan_for(natts, bitmap);
            let ints = row as *mut GameRow as *mut i32;
            let data = (header as *const u8).add((*header).t_hoff as usize);
            let mut offset = 0usize;
            for step in &plan.steps {
                match *step {
                    Step::Ints { count, blocks } => {
                        offset = offset.next_multiple_of(4);
                        let from = data.add(offset) as *const i32;
                        offset += 4 * count;
                        for block in plan.blocks.get_unchecked(blocks.0..blocks.1) {
                            let to = ints.add(block.slot as usize);
                            copy_ints(from.add(block.from as usize), to, block.length as usize);
                        }
                    }
                    Step::Text { slot: LEVEL } => row.level = text_of(varlena_at(data, &mut offset, 4)),
                    Step::Text { .. } => row.game_type = Some(text_of(varlena_at(data, &mut offset, 4))),
                    Step::Varlena { align } => _ = varlena_at(data, &mut offset, align),
                    Step::Fixed { length, align } => offset = ((offset + align - 1) & !(align - 1)) + length,
                }
            }
            for (slot, value) in &plan.missing {
                *ints.add(*slot as usize) = *value;
            }
            row.game.known = plan.known;
        }
    }

    /// The plan for a pattern of NULLs.
    #[inline(always)]
    fn plan_for(&mut self, natts: usize, bitmap: &[u8]) -> &Plan {
        let ends = bitmap_ends(bitmap);
        let recent = ((ends.0 ^ ends.1.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize % RECENT;
        let at = self.recent[recent] as usize;
        let fits = self.plans.get(at).is_some_and(|p| {
            p.natts == natts
                && p.ends == ends
                && p.bitmap.len() == bitmap.len()
                && (bitmap.len() <= 16 || *p.bitmap == *bitmap)
        });
        let at = if fits {
            at
        } else {
            self.find_plan(natts, bitmap, recent)
        };
        &self.plans[at]
    }

    #[cold]
    fn find_plan(&mut self, natts: usize, bitmap: &[u8], recent: usize) -> usize {
        let pattern = (natts, Box::from(bitmap));
        let at = match self.by_pattern.get(&pattern) {
            Some(known) => *known,
            None => {
                self.plans.push(self.make_plan(natts, bitmap));
                self.by_pattern.insert(pattern, self.plans.len() - 1);
                self.plans.len() - 1
            }
        };
        self.recent[recent] = at as u32;
        at
    }

    fn make_plan(&self, natts: usize, bitmap: &[u8]) -> Plan {
        let mut plan = Plan {
            natts,
            bitmap: bitmap.into(),
            ends: bitmap_ends(bitmap),
            steps: vec![],
            blocks: vec![],
            known: 0,
            missing: vec![],
        };
        let is_present = |i: usize| i < natts && bitmap.get(i / 8).is_none_or(|byte| byte & (1 << (i % 8)) != 0);
        for (_, attribute) in self.attributes.iter().enumerate().filter(|(i, _)| is_present(*i)) {
            match *attribute {
                Attribute::Int { slot } => plan.add_int(slot),
                Attribute::Text { slot } => plan.steps.push(Step::Text { slot }),
                Attribute::Other { length, align } if length < 0 => plan.steps.push(Step::Varlena { align }),
                Attribute::Other { length, align } => plan.steps.push(Step::Fixed {
                    length: length as usize,
                    align,
                }),
            }
        }
        for (attribute, slot, value) in &self.missing {
            if *attribute >= natts {
                plan.missing.push((*slot, *value));
                plan.know(*slot);
            }
        }
        plan
    }
}

/// The first and the last eight bytes (which overlap in a shorter bitmap): all of it, up to 128 attributes.
#[inline(always)]
fn bitmap_ends(bitmap: &[u8]) -> (u64, u64) {
    match (bitmap.first_chunk::<8>(), bitmap.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_ne_bytes(*first), u64::from_ne_bytes(*last)),
        _ => (bitmap.iter().fold(0, |word, byte| word << 8 | *byte as u64), 0),
    }
}

impl Plan {
    fn know(&mut self, slot: u8) {
        if (slot as usize) < COUNTS {
            self.known |= 1 << slot;
        }
    }

    /// Takes the next integer of the row, into its slot if it has one.
    fn add_int(&mut self, slot: Option<u8>) {
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
        self.know(slot);
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

/// # Safety
/// Both places must hold that many integers; `from` need not be aligned.
#[inline(always)]
unsafe fn copy_ints(from: *const i32, to: *mut i32, length: usize) {
    // SAFETY: the caller's promise. The usual blocks (a batting line, most of a pitching line) have a length known
    // here, so that they are a few wide moves instead of a call.
    unsafe {
        match length {
            16 => (to as *mut [i32; 16]).write_unaligned((from as *const [i32; 16]).read_unaligned()),
            8 => (to as *mut [i32; 8]).write_unaligned((from as *const [i32; 8]).read_unaligned()),
            _ => {
                for i in 0..length {
                    *to.add(i) = from.add(i).read_unaligned();
                }
            }
        }
    }
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
            *offset = (*offset + align - 1) & !(align - 1);
        }
        let at = data.add(*offset) as *const pg_sys::varlena;
        let first = *(at as *const u8);
        // A one-byte header (the usual case) holds the length; 1 itself marks a value stored out of line.
        let short = cfg!(target_endian = "little") && first & 1 == 1 && first != 1;
        *offset += if short {
            (first >> 1) as usize
        } else {
            pgrx::varlena::varsize_any(at)
        };
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
        if cfg!(target_endian = "little") && first & 1 == 1 && first != 1 {
            return std::slice::from_raw_parts((at as *const u8).add(1), (first >> 1) as usize - 1);
        }
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
