//! What a statement changed of `prospects`, as its AFTER trigger sees it: which rows say something else than before to the
//! norms or to the features; and those rows as they were, into `dynasty.prospects_history`.

use crate::pg::journal::Journal;
use crate::pg::moments::Moment;
use crate::pg::servers;
use crate::pg::transition::{AfterTrigger, Event};
use dynasty_numbers::fingerprint::fingerprint;
use pgrx::{pg_sys, varlena};
use rustc_hash::FxHashMap;
use std::ffi::CStr;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Int,
    Date,
    Text,
}

/// What the features read (flagship contract 1.7), in the order of the history's columns.
const READ: [(&str, Kind); 12] = [
    ("id", Kind::Int),
    ("position", Kind::Text),
    ("bats", Kind::Text),
    ("throws", Kind::Text),
    ("height_inches", Kind::Int),
    ("weight_lbs", Kind::Int),
    ("birth_date", Kind::Date),
    ("birth_country", Kind::Text),
    ("draft_year", Kind::Int),
    ("draft_round", Kind::Int),
    ("draft_pick", Kind::Int),
    ("signing_bonus_usd", Kind::Int),
];
const ID: usize = 0;
const POSITION: usize = 1;
const BIRTH_DATE: usize = 6;

/// Columns of the history before those.
const FIRST: usize = 3;

/// Where the columns are in a row of the table, and which are padded with blanks.
struct Layout([(usize, bool); READ.len()]);

impl Layout {
    /// `None` when a column is missing, of another type, or computed only when it is read.
    ///
    /// # Safety
    /// `tupdesc` must be a valid tuple descriptor.
    unsafe fn of(tupdesc: pg_sys::TupleDesc) -> Option<Layout> {
        // SAFETY: the same; names are NUL-terminated, the look-up of a base type reads the catalog.
        unsafe {
            let attributes = servers::attributes(tupdesc);
            let mut at = [(0, false); READ.len()];
            for ((place, padded), (name, kind)) in at.iter_mut().zip(READ) {
                *place = attributes.iter().position(|a| {
                    !a.attisdropped && CStr::from_ptr(a.attname.data.as_ptr()).to_bytes() == name.as_bytes()
                })?;
                let attribute = &attributes[*place];
                let base = pg_sys::getBaseType(attribute.atttypid);
                *padded = base == pg_sys::BPCHAROID;
                let fits = match base {
                    pg_sys::INT4OID => kind == Kind::Int,
                    pg_sys::DATEOID => kind == Kind::Date,
                    pg_sys::TEXTOID | pg_sys::VARCHAROID | pg_sys::BPCHAROID => kind == Kind::Text,
                    _ => false,
                };
                if !fits || attribute.attgenerated as u8 == b'v' {
                    return None;
                }
            }
            Some(Layout(at))
        }
    }
}

/// A row's values of those columns; texts as their bytes.
enum Value {
    Number(i32),
    Text(Box<[u8]>),
}

type Values = [Option<Value>; READ.len()];

impl Layout {
    /// # Safety
    /// The arrays must be the values and NULL marks of a row of the table.
    unsafe fn values(&self, values: *const pg_sys::Datum, nulls: *const bool) -> Values {
        std::array::from_fn(|i| {
            let (at, padded) = self.0[i];
            // SAFETY: the place is one of the row's; the datum is of the kind that was checked.
            unsafe {
                if *nulls.add(at) {
                    return None;
                }
                let datum = *values.add(at);
                Some(match READ[i].1 {
                    Kind::Text => Value::Text(text_bytes(datum, padded)),
                    _ => Value::Number(datum.value() as i32),
                })
            }
        })
    }
}

/// # Safety
/// The datum must be a text, varchar or char(n).
unsafe fn text_bytes(datum: pg_sys::Datum, padded: bool) -> Box<[u8]> {
    // SAFETY: promised; copied before anything of the row goes.
    unsafe {
        let at = pg_sys::pg_detoast_datum_packed(datum.cast_mut_ptr());
        let length = varlena::varsize_any_exhdr(at);
        let bytes = std::slice::from_raw_parts(varlena::vardata_any(at) as *const u8, length);
        // What the features read is cast to text, which takes the padding of char(n) away.
        let end = match padded {
            true => bytes.iter().rposition(|b| *b != b' ').map_or(0, |last| last + 1),
            false => length,
        };
        let copy = Box::from(&bytes[..end]);
        if !std::ptr::eq(at as *const u8, datum.cast_mut_ptr::<u8>()) {
            pg_sys::pfree(at.cast());
        }
        copy
    }
}

/// A row in three numbers.
#[derive(Clone, Copy)]
struct Short {
    id: i32,
    norms: u64,
    all: u64,
}

impl Short {
    fn of(values: &Values) -> Short {
        let hash = |i: usize| {
            fingerprint(&match &values[i] {
                None => (0, 0, None),
                Some(Value::Number(n)) => (1, *n, None),
                Some(Value::Text(text)) => (2, 0, Some(text)),
            })
        };
        let all: [u64; READ.len()] = std::array::from_fn(hash);
        Short {
            id: number(values, ID).unwrap_or_default(),
            norms: fingerprint(&(all[ID], all[POSITION], all[BIRTH_DATE])),
            all: fingerprint(&all),
        }
    }
}

fn number(values: &Values, i: usize) -> Option<i32> {
    match values[i] {
        Some(Value::Number(n)) => Some(n),
        _ => None,
    }
}

/// What changed.
pub enum PeopleChanges {
    /// There is nothing to compare, or it cannot be: anything.
    Unknown,
    /// These rows of OLD TABLE, by their places; and whether one of them says something else to the norms.
    Rows { places: Vec<usize>, norms: bool },
}

impl AfterTrigger {
    /// What the statement, or a row trigger's row, changed of `prospects`.
    pub fn people_changes(&self) -> PeopleChanges {
        // Triggers of older versions name no tables.
        let lacks_tables = self.old_store().is_null() || (self.event() == Event::Update && self.new_store().is_null());
        // SAFETY: the relation is open while its trigger runs.
        let layout = unsafe { Layout::of(self.tupdesc()) };
        let Some(layout) = layout.filter(|_| self.is_for_each_row() || !lacks_tables) else {
            return PeopleChanges::Unknown;
        };
        let (mut old, mut new) = (vec![], vec![]);
        if self.is_for_each_row() {
            let (mut before, mut after) = (None, None);
            self.own_rows(&layout, &mut |is_new, values| {
                *(if is_new { &mut after } else { &mut before }) = Some(Short::of(values));
            });
            old.extend(before);
            new.extend(after);
        } else {
            self.each_values(self.old_store(), &layout, &mut |_, values| old.push(Short::of(values)));
            self.each_values(self.new_store(), &layout, &mut |_, values| new.push(Short::of(values)));
        }
        compare(&old, &new)
    }

    /// Writes rows of OLD TABLE, by their places in ascending order, into the history.
    pub fn keep_people(&self, places: &[usize], moment: Moment) {
        let types = history_types();
        let Some(mut history) = Journal::open("prospects_history", &types) else {
            return;
        };
        // SAFETY: as above.
        let Some(layout) = (unsafe { Layout::of(self.tupdesc()) }) else {
            return;
        };
        let mut wanted = places.iter().copied().peekable();
        self.each_values(self.old_store(), &layout, &mut |at, values| {
            if wanted.next_if_eq(&at).is_some() {
                add(&mut history, values, moment);
            }
        });
        history.finish();
    }
}

fn history_types() -> Vec<pg_sys::Oid> {
    let read = READ.iter().map(|(_, kind)| match kind {
        Kind::Int => pg_sys::INT4OID,
        Kind::Date => pg_sys::DATEOID,
        Kind::Text => pg_sys::TEXTOID,
    });
    [pg_sys::TIMESTAMPTZOID, pg_sys::INT8OID, pg_sys::INT4OID]
        .into_iter()
        .chain(read)
        .collect()
}

fn add(history: &mut Journal, row: &Values, moment: Moment) {
    let mut values = [pg_sys::Datum::from(0); FIRST + READ.len()];
    let mut nulls = [false; FIRST + READ.len()];
    values[0] = moment.superseded_at.into();
    values[1] = moment.transaction.into();
    values[2] = moment.command.into();
    let mut texts: Vec<*mut pg_sys::varlena> = vec![];
    for (i, value) in row.iter().enumerate() {
        match value {
            None => nulls[FIRST + i] = true,
            Some(Value::Number(n)) => values[FIRST + i] = (*n).into(),
            Some(Value::Text(text)) => {
                // SAFETY: copies the bytes into the server's memory.
                let copy = unsafe { pg_sys::cstring_to_text_with_len(text.as_ptr().cast(), text.len() as i32) };
                values[FIRST + i] = pg_sys::Datum::from(copy);
                texts.push(copy.cast());
            }
        }
    }
    history.add(&values, &nulls);
    for text in texts {
        // SAFETY: made above, and in the row by now.
        unsafe { pg_sys::pfree(text.cast()) }
    }
}

/// Rows that say something else afterwards, or are gone. OLD and NEW TABLE are in the same order, unless a row had to move to
/// another partition or an id changed: then the ids tell which belong together.
fn compare(old: &[Short], new: &[Short]) -> PeopleChanges {
    let in_step = old.len() == new.len() && old.iter().zip(new).all(|(o, n)| o.id == n.id);
    let by_id: FxHashMap<i32, Short> = match in_step {
        true => FxHashMap::default(),
        false => new.iter().map(|n| (n.id, *n)).collect(),
    };
    let (mut places, mut norms) = (vec![], false);
    for (at, o) in old.iter().enumerate() {
        let n = if in_step {
            new.get(at).copied()
        } else {
            by_id.get(&o.id).copied()
        };
        if n.is_none_or(|n| n.all != o.all) {
            places.push(at);
        }
        norms |= n.is_none_or(|n| n.norms != o.norms);
    }
    // A row that came: inserted, or another's id until now.
    norms |= new.len() > old.len() || !in_step;
    PeopleChanges::Rows { places, norms }
}

impl AfterTrigger {
    /// Calls `each` with the place and the values of every row of a transition table.
    fn each_values(&self, store: *mut pg_sys::Tuplestorestate, layout: &Layout, each: &mut dyn FnMut(usize, &Values)) {
        if store.is_null() {
            return;
        }
        // SAFETY: the tuplestore belongs to the running query; a read pointer of our own leaves others' alone. The slot
        // holds its tuple until the next is fetched.
        unsafe {
            let slot = pg_sys::MakeSingleTupleTableSlot(self.tupdesc(), &pg_sys::TTSOpsMinimalTuple);
            let pointer = pg_sys::tuplestore_alloc_read_pointer(store, 0);
            pg_sys::tuplestore_select_read_pointer(store, pointer);
            pg_sys::tuplestore_rescan(store);
            let mut at = 0;
            while pg_sys::tuplestore_gettupleslot(store, true, false, slot) {
                pgrx::check_for_interrupts!();
                pg_sys::slot_getsomeattrs_int(slot, (*self.tupdesc()).natts);
                each(at, &layout.values((*slot).tts_values, (*slot).tts_isnull));
                at += 1;
            }
            pg_sys::ExecDropSingleTupleTableSlot(slot);
        }
    }

    /// Calls `each` for the row of a row trigger, as it was and as it is, with whether it is the new one.
    fn own_rows(&self, layout: &Layout, each: &mut dyn FnMut(bool, &Values)) {
        let inserted = self.event() == Event::Insert;
        for (is_new, tuple) in [(inserted, self.trigger_tuple()), (true, self.new_tuple())] {
            if tuple.is_null() {
                continue;
            }
            // SAFETY: the tuples live until the trigger returns and are of the relation's row type.
            unsafe {
                let columns = (*self.tupdesc()).natts as usize;
                let (mut values, mut nulls) = (vec![pg_sys::Datum::from(0); columns], vec![false; columns]);
                pg_sys::heap_deform_tuple(tuple, self.tupdesc(), values.as_mut_ptr(), nulls.as_mut_ptr());
                each(is_new, &layout.values(values.as_ptr(), nulls.as_ptr()));
            }
        }
    }
}
