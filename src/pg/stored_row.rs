//! Reading columns of a stored row without building datums.
//!
//! It is made for rows that are mostly int4 columns, many of them NULL, where rows of one kind have the same NULLs. So the way through a row is worked out once per pattern of NULLs: which blocks of
//! integers to copy from where, which values of variable length to step over. That is several times faster than
//! deforming every attribute. Which columns are read, and into what, is a [`RowKind`]'s say.

use super::columns::{name_of, stored_type, type_name, wrong_type};
use super::errors::error;
use super::row_type::RowType;
use super::table::Table;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use rustc_hash::FxHashMap;
use std::ffi::CStr;
use std::marker::PhantomData;

mod bytes;
mod plan;
use bytes::{copy_ints, number_at, text_of, varlena_at};
use plan::{Attribute, Plan, Step, bitmap_ends, unread};

/// What a column is read as, and where it goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// An integer: a slot among the integers at the beginning of the row.
    Int(usize),
    /// A date (days since 2000-01-01): the same.
    Date(usize),
    /// A text: handed to [`StoredRow::set_text`].
    Text(usize),
    /// A boolean: handed to [`StoredRow::set_number`].
    Bool(usize),
    /// A smallint: the same.
    Small(usize),
    /// A bigint: the same.
    Big(usize),
}

impl Column {
    /// The types a column may have, the one it is made with first. The others hold the same numbers or texts.
    fn types(self) -> &'static [pg_sys::Oid] {
        match self {
            Column::Int(_) => &[pg_sys::INT4OID],
            Column::Date(_) => &[pg_sys::DATEOID],
            Column::Text(_) => &[pg_sys::VARCHAROID, pg_sys::TEXTOID],
            Column::Bool(_) => &[pg_sys::BOOLOID],
            Column::Small(_) => &[pg_sys::INT2OID, pg_sys::INT4OID],
            Column::Big(_) => &[pg_sys::INT8OID, pg_sys::INT4OID, pg_sys::INT2OID],
        }
    }

    /// The slot among the integers, if it goes there.
    fn int_slot(self) -> Option<usize> {
        match self {
            Column::Int(slot) | Column::Date(slot) => Some(slot),
            _ => None,
        }
    }
}

/// What rows are read into.
pub trait RowKind {
    /// The row.
    type Row<'a>: StoredRow<'a>;
    /// Whose rows they are, for error messages.
    const TABLE: Table;
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
/// The type must be `repr(C)` and begin with `INTS` values of type `i32`.
pub unsafe trait StoredRow<'a>: Sized {
    /// How many slots for integers there are.
    const INTS: usize;
    /// A row with nothing in it.
    const EMPTY: Self;
    /// Bits of the counts that are not NULL.
    fn set_known(&mut self, known: u32);
    /// Takes a text, which points into the stored row.
    fn set_text(&mut self, slot: usize, text: &'a [u8]);
    /// Takes a number.
    fn set_number(&mut self, _slot: usize, _value: i64) {}
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
    pub fn of(row_type: RowType<'_>) -> RowLayout<K> {
        const { assert!(K::COUNTS <= 32, "known counts are bits of a u32") };
        let columns = K::columns();
        // By this the slots are those of the row, whatever the kind says.
        let slots = columns.iter().filter_map(|(_, column)| column.int_slot());
        assert!(
            slots
                .chain(K::COUNTS.checked_sub(1))
                .all(|slot| slot < <K::Row<'_> as StoredRow>::INTS.min(256))
        );
        let mut attributes = vec![];
        let mut missing = vec![];
        let mut missing_texts = vec![];
        let mut found = vec![false; columns.len()];
        let described = row_type.attributes();
        let missing_value = |i: usize| {
            // SAFETY: atthasmissing says that the constraints hold a value for this attribute.
            let value = described[i].atthasmissing.then(|| unsafe {
                ((*(*row_type.raw()).constr).missing as *const MissingValue)
                    .add(i)
                    .read()
            })?;
            value.present.then_some(value.value)
        };
        for (i, attribute) in described.iter().enumerate() {
            let name = name_of(attribute).to_str().unwrap_or("");
            let name = if attribute.attisdropped { "" } else { name };
            let at = columns.iter().position(|(column, _)| *column == name);
            let Some((name, column)) = at.map(|at| columns[at]) else {
                attributes.push(unread(attribute));
                continue;
            };
            found[at.unwrap_or_default()] = true;
            // A domain stores what its base type does.
            let (stored, _) = stored_type(attribute.atttypid, attribute.atttypmod);
            if !column.types().contains(&stored) {
                wrong_type(
                    K::TABLE,
                    attribute,
                    &type_name(column.types()[0], -1),
                    &format!("{} read it as that type.", K::READER),
                )
                .raise();
            }
            if attribute.attgenerated as u8 == b'v' {
                not_stored::<K>(name);
            }
            attributes.push(match column {
                Column::Int(slot) | Column::Date(slot) => Attribute::Int { slot: Some(slot as u8) },
                Column::Text(slot) => Attribute::Text { slot },
                Column::Bool(slot) | Column::Small(slot) | Column::Big(slot) => Attribute::Number {
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
    pub fn fits(row_type: RowType<'_>) -> bool {
        Self::lacks(row_type).is_none()
    }

    /// A column that a row type lacks.
    pub fn lacks(row_type: RowType<'_>) -> Option<&'static str> {
        let there = row_type.attributes().iter().filter(|a| !a.attisdropped);
        let names: Vec<&CStr> = there.map(name_of).collect();
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
        // those of the integers the row begins with: its trait promises so many, and `of` looks that no slot is beyond.
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
                    Column::Int(slot) | Column::Date(slot) => *ints.add(*slot) = *value as i32,
                    Column::Bool(slot) | Column::Small(slot) | Column::Big(slot) => row.set_number(*slot, *value),
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
                if let Some(slot) = column.int_slot() {
                    plan.know(slot as u8, K::COUNTS);
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

/// A virtual generated column is computed by whoever reads it through the planner, and stored nowhere.
fn not_stored<K: RowKind>(name: &str) -> ! {
    error(
        ERRCODE_FEATURE_NOT_SUPPORTED,
        format!("column \"{name}\" of {} is a virtual generated column", K::TABLE),
    )
    .detail(format!("{} read what is stored.", K::READER))
    .hint("Make it an ordinary column, or a STORED one.")
    .raise()
}

fn no_column<K: RowKind>(name: &str) -> ! {
    error(
        ERRCODE_UNDEFINED_COLUMN,
        format!("{} has no column \"{name}\"", K::TABLE),
    )
    .detail(format!("{} read it.", K::READER))
    .hint("Give the table back its column, or move the rows into a table made by CALL dynasty.install().")
    .raise()
}
