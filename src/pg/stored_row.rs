//! Reading columns of a stored row of `milb_game_logs` without building datums.
//!
//! A game log row is mostly int4 columns, half of them NULL (a batter's row has no pitching and the reverse), and rows
//! of one kind have the same NULLs. So the way through a row is worked out once per pattern of NULLs: which blocks of
//! integers to copy from where, which values of variable length to step over. That is several times faster than
//! deforming every attribute. Which columns are read, and into what, is a [`RowKind`]'s say.

use super::columns::{stored_type, type_name, wrong_type};
use super::errors::error;
use super::servers;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use rustc_hash::FxHashMap;
use std::ffi::CStr;
use std::marker::PhantomData;

/// Where a column goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// An integer or date: a slot among the integers at the beginning of the row.
    Int(usize),
    /// A text: handed to [`StoredRow::set_text`].
    Text(usize),
    /// A boolean, smallint or bigint: handed to [`StoredRow::set_number`].
    Number(usize),
}

/// What rows are read into.
pub trait RowKind {
    /// The row.
    type Row<'a>: StoredRow<'a>;
    /// The columns that are read; a table without one of them is refused.
    fn columns() -> Vec<(&'static str, Column)>;
    /// The integers in slots below this are counts, whose being known is told.
    const COUNTS: usize;
    /// Who reads, for error messages.
    const READER: &'static str;
}

/// A row being read.
///
/// # Safety
/// The type must be `repr(C)` and begin with as many `i32` as the largest slot of its kind's `Int` columns asks for.
pub unsafe trait StoredRow<'a>: Sized {
    /// A row with nothing in it.
    const EMPTY: Self;
    /// Whose row it is.
    fn prospect_id(&self) -> i32;
    /// Its season.
    fn season(&self) -> i32;
    /// Bits of the counts that are not NULL.
    fn set_known(&mut self, known: u32);
    /// Takes a text, which points into the stored row.
    fn set_text(&mut self, slot: usize, text: &'a [u8]);
    /// Takes a number.
    fn set_number(&mut self, _slot: usize, _value: i64) {}
}

/// What is known about an attribute of the relation.
enum Attribute {
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
    missing: Vec<(Column, i64)>,
    missing_texts: Vec<(usize, Box<[u8]>)>,
}

/// The ways through the rows of one relation.
pub struct RowLayout<K> {
    kind: PhantomData<K>,
    /// Up to the last attribute that is read.
    attributes: Vec<Attribute>,
    /// Attribute, place and value of columns with a default for rows that are older than they.
    missing: Vec<(usize, Column, i64)>,
    missing_texts: Vec<(usize, usize, Box<[u8]>)>,
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

impl<K: RowKind> RowLayout<K> {
    /// The layout of a row type that has the columns of the kind; raises 42703 or 42804 when it has not.
    ///
    /// # Safety
    /// `tupdesc` must be a valid tuple descriptor.
    pub unsafe fn of(tupdesc: pg_sys::TupleDesc) -> RowLayout<K> {
        let columns = K::columns();
        let mut attributes = vec![];
        let mut missing = vec![];
        let mut missing_texts = vec![];
        let mut found = vec![false; columns.len()];
        // SAFETY: the descriptor is valid and holds natts attributes.
        let described = unsafe { servers::attributes(tupdesc) };
        let missing_value = |i: usize| {
            // SAFETY: atthasmissing says that the constraints hold a value for this attribute.
            let value = described[i]
                .atthasmissing
                .then(|| unsafe { ((*(*tupdesc).constr).missing as *const MissingValue).add(i).read() })?;
            value.present.then_some(value.value)
        };
        for (i, attribute) in described.iter().enumerate() {
            // SAFETY: attribute names are NUL-terminated.
            let name = unsafe { CStr::from_ptr(attribute.attname.data.as_ptr()) }
                .to_str()
                .unwrap_or("");
            let name = if attribute.attisdropped { "" } else { name };
            let at = columns.iter().position(|(column, _)| *column == name);
            let Some((name, column)) = at.map(|at| columns[at]) else {
                attributes.push(unread(attribute));
                continue;
            };
            found[at.unwrap_or_default()] = true;
            // A domain stores what its base type does.
            let (stored, _) = stored_type(attribute.atttypid, attribute.atttypmod);
            if !wanted_types(name).contains(&stored) {
                wrong_type(
                    "dynasty.milb_game_logs",
                    attribute,
                    &type_name(wanted_types(name)[0], -1),
                    &format!("{} read it as that type.", K::READER),
                )
                .raise();
            }
            if attribute.attgenerated as u8 == b'v' {
                not_stored::<K>(name);
            }
            attributes.push(match column {
                Column::Int(slot) => Attribute::Int { slot: Some(slot as u8) },
                Column::Text(slot) => Attribute::Text { slot },
                Column::Number(slot) => Attribute::Number {
                    slot,
                    length: attribute.attlen,
                },
            });
            if let Some(value) = missing_value(i) {
                match column {
                    Column::Text(slot) => {
                        // SAFETY: the value is a text, kept with the tuple descriptor; it is copied.
                        let text = unsafe { text_of(value.cast_mut_ptr()) };
                        missing_texts.push((i, slot, text.into()))
                    }
                    _ if attribute.attlen == 4 => missing.push((i, column, i64::from(value.value() as i32))),
                    _ => missing.push((i, column, value.value() as i64)),
                }
            }
        }
        if let Some(at) = found.iter().position(|f| !f) {
            no_column::<K>(columns[at].0);
        }
        // Nothing after the last column that is read matters.
        while let Some(Attribute::Other { .. } | Attribute::Int { slot: None }) = attributes.last() {
            attributes.pop();
        }
        RowLayout {
            kind: PhantomData,
            attributes,
            missing,
            missing_texts,
            plans: vec![],
            by_pattern: FxHashMap::default(),
            recent: Box::new([u32::MAX; RECENT]),
        }
    }

    /// Whether a row type has all the columns.
    ///
    /// # Safety
    /// `tupdesc` must be a valid tuple descriptor.
    pub unsafe fn fits(tupdesc: pg_sys::TupleDesc) -> bool {
        // SAFETY: the same.
        unsafe { Self::lacks(tupdesc) }.is_none()
    }

    /// A column that a row type lacks.
    ///
    /// # Safety
    /// `tupdesc` must be a valid tuple descriptor.
    pub unsafe fn lacks(tupdesc: pg_sys::TupleDesc) -> Option<&'static str> {
        // SAFETY: the descriptor holds natts attributes, whose names are NUL-terminated.
        let names: Vec<&CStr> = unsafe {
            let described = servers::attributes(tupdesc);
            let there = described.iter().filter(|a| !a.attisdropped);
            there.map(|a| CStr::from_ptr(a.attname.data.as_ptr())).collect()
        };
        let has = |column: &str| names.iter().any(|name| name.to_bytes() == column.as_bytes());
        K::columns()
            .iter()
            .find(|(column, _)| !has(column))
            .map(|(column, _)| *column)
    }

    /// Reads a row.
    ///
    /// # Safety
    /// `header` must point to a whole heap tuple of the relation this layout was made for, valid for `'a`, which must not
    /// outlive the layout.
    #[inline(always)]
    pub unsafe fn read<'a>(&mut self, header: *const pg_sys::HeapTupleHeaderData, row: &mut K::Row<'a>) {
        *row = K::Row::EMPTY;
        // SAFETY: the header is that of a whole tuple; every address is computed as heap_deform_tuple does it:
        // attributes follow each other, each at its alignment, those with a cleared null bit left out. Slots are
        // those of the integers the row begins with, as its trait promises.
        unsafe {
            let natts = ((*header).t_infomask2 & pg_sys::HEAP_NATTS_MASK as u16) as usize;
            let bitmap = if (*header).t_infomask & pg_sys::HEAP_HASNULL as u16 != 0 {
                std::slice::from_raw_parts((*header).t_bits.as_ptr(), natts.div_ceil(8))
            } else {
                &[]
            };
            let plan = self.plan_for(natts, bitmap);
            let ints = row as *mut K::Row<'a> as *mut i32;
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
                    Step::Text { slot } => row.set_text(slot, text_of(varlena_at(data, &mut offset, 4))),
                    Step::Number { slot, length } => {
                        offset = offset.next_multiple_of(length);
                        row.set_number(slot, number_at(data.add(offset), length));
                        offset += length;
                    }
                    Step::Varlena { align } => _ = varlena_at(data, &mut offset, align),
                    Step::Fixed { length, align } => offset = ((offset + align - 1) & !(align - 1)) + length,
                }
            }
            for (column, value) in &plan.missing {
                match column {
                    Column::Int(slot) => *ints.add(*slot) = *value as i32,
                    Column::Number(slot) => row.set_number(*slot, *value),
                    Column::Text(_) => (),
                }
            }
            for (slot, text) in &plan.missing_texts {
                row.set_text(*slot, std::slice::from_raw_parts(text.as_ptr(), text.len()));
            }
            row.set_known(plan.known);
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
            missing_texts: vec![],
        };
        let is_present = |i: usize| i < natts && bitmap.get(i / 8).is_none_or(|byte| byte & (1 << (i % 8)) != 0);
        for (_, attribute) in self.attributes.iter().enumerate().filter(|(i, _)| is_present(*i)) {
            match *attribute {
                Attribute::Int { slot } => plan.add_int(slot, K::COUNTS),
                Attribute::Text { slot } => plan.steps.push(Step::Text { slot }),
                Attribute::Number { slot, length } => plan.steps.push(Step::Number {
                    slot,
                    length: length as usize,
                }),
                Attribute::Other { length, align } if length < 0 => plan.steps.push(Step::Varlena { align }),
                Attribute::Other { length, align } => plan.steps.push(Step::Fixed {
                    length: length as usize,
                    align,
                }),
            }
        }
        for (attribute, column, value) in &self.missing {
            if *attribute >= natts {
                plan.missing.push((*column, *value));
                if let Column::Int(slot) = column {
                    plan.know(*slot as u8, K::COUNTS);
                }
            }
        }
        for (attribute, slot, text) in &self.missing_texts {
            if *attribute >= natts {
                plan.missing_texts.push((*slot, text.clone()));
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
    fn know(&mut self, slot: u8, counts: usize) {
        if (slot as usize) < counts {
            self.known |= 1 << slot;
        }
    }

    /// Takes the next integer of the row, into its slot if it has one.
    fn add_int(&mut self, slot: Option<u8>, counts: usize) {
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

/// # Safety
/// A number of so many bytes must lie there.
#[inline(always)]
unsafe fn number_at(at: *const u8, length: usize) -> i64 {
    // SAFETY: as promised; the server aligns numbers to their length.
    unsafe {
        match length {
            1 => i64::from(*at),
            2 => i64::from((at as *const i16).read()),
            4 => i64::from((at as *const i32).read_unaligned()),
            _ => (at as *const i64).read_unaligned(),
        }
    }
}

/// An attribute that is stepped over.
fn unread(attribute: &pg_sys::FormData_pg_attribute) -> Attribute {
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

/// A virtual generated column is computed by whoever reads it through the planner, and stored nowhere.
fn not_stored<K: RowKind>(name: &str) -> ! {
    error(
        ERRCODE_FEATURE_NOT_SUPPORTED,
        format!("column \"{name}\" of dynasty.milb_game_logs is a virtual generated column"),
    )
    .detail(format!("{} read what is stored.", K::READER))
    .hint("Make it an ordinary column, or a STORED one.")
    .raise()
}

fn no_column<K: RowKind>(name: &str) -> ! {
    error(
        ERRCODE_UNDEFINED_COLUMN,
        format!("dynasty.milb_game_logs has no column \"{name}\""),
    )
    .detail(format!("{} read it.", K::READER))
    .hint("Give the table back its column, or move the rows into a table made by CALL dynasty.install().")
    .raise()
}

/// The types a column may have, the table's own first. The others hold the same numbers or texts.
fn wanted_types(name: &str) -> &'static [pg_sys::Oid] {
    match name {
        "game_date" => &[pg_sys::DATEOID],
        "level" | "game_type" => &[pg_sys::VARCHAROID, pg_sys::TEXTOID],
        "is_home" => &[pg_sys::BOOLOID],
        "game_number" => &[pg_sys::INT2OID, pg_sys::INT4OID],
        "id" => &[pg_sys::INT8OID, pg_sys::INT4OID, pg_sys::INT2OID],
        _ => &[pg_sys::INT4OID],
    }
}
