//! What a statement changed of `prospects`, as its AFTER trigger sees it: which rows say something else than before to the
//! norms or to the features; and those rows as they were, into `dynasty.prospects_history`.

use super::moments::Moment;
use crate::pg::journal::Journal;
use crate::pg::row_type::RowType;
use crate::pg::transition::AfterTrigger;
use crate::pg::transition_rows::TransitionRows;
use crate::pg::trigger_call::Event;
use crate::prospects::tables::PROSPECTS_HISTORY;
use dynasty_numbers::fingerprint::fingerprint;
use pgrx::{pg_sys, varlena};
use rustc_hash::FxHashMap;

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
    fn of(row_type: RowType<'_>) -> Option<Layout> {
        let mut at = [(0, false); READ.len()];
        for ((place, padded), (name, kind)) in at.iter_mut().zip(READ) {
            let column = row_type.column(name)?;
            *place = column.at;
            // SAFETY: a catalog look-up.
            let base = unsafe { pg_sys::getBaseType(column.type_) };
            *padded = base == pg_sys::BPCHAROID;
            let fits = match base {
                pg_sys::INT4OID => kind == Kind::Int,
                pg_sys::DATEOID => kind == Kind::Date,
                pg_sys::TEXTOID | pg_sys::VARCHAROID | pg_sys::BPCHAROID => kind == Kind::Text,
                _ => false,
            };
            if !fits || row_type.attributes()[column.at].attgenerated as u8 == b'v' {
                return None;
            }
        }
        Some(Layout(at))
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
    /// `value` must give the values of a row of the table by their places.
    unsafe fn values(&self, value: impl Fn(usize) -> Option<pg_sys::Datum>) -> Values {
        std::array::from_fn(|i| {
            let (at, padded) = self.0[i];
            let datum = value(at)?;
            Some(match READ[i].1 {
                // SAFETY: the datum is of the kind that was checked.
                Kind::Text => Value::Text(unsafe { text_bytes(datum, padded) }),
                _ => Value::Number(datum.value() as i32),
            })
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

/// What the statement, or a row trigger's row, changed of `prospects`.
pub fn people_changes(trigger: &AfterTrigger) -> PeopleChanges {
    let layout = Layout::of(trigger.row_type());
    // Triggers of older versions name no tables.
    let lacks_tables = !trigger.has_old_table() || (trigger.event() == Event::Update && !trigger.has_new_table());
    let Some(layout) = layout.filter(|_| trigger.is_for_each_row() || !lacks_tables) else {
        return PeopleChanges::Unknown;
    };
    let (mut old, mut new) = (vec![], vec![]);
    if trigger.is_for_each_row() {
        let inserted = trigger.event() == Event::Insert;
        let [first, second] = trigger.own_values();
        for (values, is_new) in [(first, inserted), (second, true)] {
            if let Some(values) = values {
                // SAFETY: a row of the table.
                let row = Short::of(&unsafe { layout.values(|at| values[at]) });
                if is_new { new.push(row) } else { old.push(row) }
            }
        }
    } else {
        each_values(trigger.old_rows(), &layout, &mut |_, values| {
            old.push(Short::of(values))
        });
        each_values(trigger.new_rows(), &layout, &mut |_, values| {
            new.push(Short::of(values))
        });
    }
    compare(&old, &new)
}

/// Writes rows of OLD TABLE, by their places in ascending order, into the history.
pub fn keep_people(trigger: &AfterTrigger, places: &[usize], moment: Moment) {
    let types = history_types();
    let Some(mut history) = Journal::open(PROSPECTS_HISTORY, &types) else {
        return;
    };
    let Some(layout) = Layout::of(trigger.row_type()) else {
        return;
    };
    let mut wanted = places.iter().copied().peekable();
    each_values(trigger.old_rows(), &layout, &mut |at, values| {
        if wanted.next_if_eq(&at).is_some() {
            add(&mut history, values, moment);
        }
    });
    history.finish();
}

/// Calls `each` with the place and the values of every row of a transition table.
fn each_values(rows: Option<TransitionRows<'_>>, layout: &Layout, each: &mut dyn FnMut(usize, &Values)) {
    let Some(mut rows) = rows else {
        return;
    };
    let mut at = 0;
    while rows.next() {
        pgrx::check_for_interrupts!();
        // SAFETY: a row of the table.
        each(at, &unsafe { layout.values(|at| rows.value_at(at)) });
        at += 1;
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
    // SAFETY: values of the types of [`history_types`].
    unsafe { history.add(&values, &nulls) };
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
