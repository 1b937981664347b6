//! Rows as they were before a statement changed them, written natively: histories (`milb_game_logs_history` and the like) and
//! editions of lists.
//!
//! Who corrects a row needs no right on the history, and nobody's code runs as somebody else: what users hang on the history
//! (triggers, defaults, checks) and on the types of their own game logs (casts) runs as whoever corrects the row, as in any
//! write of his. Rows are compared byte by byte, so that no operator of a user's type has a say in it.

use super::kept_tables::{ID, Kept, LIST_DATE, LIST_KEY};
use super::moments::{Moment, Statement};
use crate::pg::columns::type_name;
use crate::pg::errors::error;
use crate::pg::relation::OpenRelation;
use crate::pg::row_type::{RowColumn, RowType};
use crate::pg::table_writer::TableWriter;
use crate::pg::transition_rows::{Conversion, TransitionRows, bytes_of};
use crate::pg::trigger_call::TriggerCall;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use rustc_hash::FxHashSet;
use std::ffi::CStr;

/// The columns that say when, their types, and whether an older history may lack them.
const WHEN: [(&str, pg_sys::Oid, bool); 3] = [
    ("superseded_at", pg_sys::TIMESTAMPTZOID, false),
    ("transaction", pg_sys::INT8OID, true),
    ("command", pg_sys::INT4OID, true),
];

/// Simulated rows come and go by the million; nobody was served a vector of them.
const SIMULATED: &[u8] = b"simulated";

/// Keeps the rows of OLD TABLE that a DELETE took away, or that an UPDATE changed in what the features read. `false` when the
/// trigger lacks a transition table.
pub fn keep_old_rows(kept: &Kept, trigger: &TriggerCall, is_update: bool, statement: Statement) -> bool {
    let (Some(mut old), new) = (trigger.old_rows(), trigger.new_rows()) else {
        return false;
    };
    if is_update && new.is_none() {
        return false;
    }
    // A table of the user's own may lack columns of the features; its changes must go through all the same.
    let Some(columns) = KeptColumns::find(kept, trigger.row_type()) else {
        return true;
    };
    let mut history = Keeper::new(kept, &columns, Some(statement));
    match new.filter(|_| is_update) {
        None => {
            while old.next() {
                history.keep(&old);
            }
        }
        Some(new) => keep_updated(&columns, old, new, &mut history),
    }
    history.finish();
    true
}

/// Keeps the rows of OLD TABLE whose list was displaced by a later edition of it: the date became a later one, and the key is
/// the same. `false` when the trigger lacks a transition table.
pub fn keep_displaced(kept: &Kept, trigger: &TriggerCall) -> bool {
    let (Some(mut old), Some(mut new)) = (trigger.old_rows(), trigger.new_rows()) else {
        return false;
    };
    let Some(columns) = KeptColumns::find(kept, trigger.row_type()) else {
        return true;
    };
    let mut editions = Keeper::new(kept, &columns, None);
    // SAFETY: the executor state lives until the editions are finished. What is no date is not compared.
    let date = unsafe { Conversion::new(columns.columns[LIST_DATE], pg_sys::DATEOID, -1, editions.estate) };
    while let Some(date) = &date
        && old.next()
        && new.next()
    {
        pgrx::check_for_interrupts!();
        // Without a key it is no list that another could be an edition of.
        let of_one_list = LIST_KEY
            .into_iter()
            .all(|i| old.value(&columns.columns[i]).is_some() && columns.is_same(&old, &new, i));
        if !of_one_list || columns.is_same(&old, &new, LIST_DATE) {
            continue;
        }
        // SAFETY: made with this executor state, for rows of the table that fires.
        let [before, after] = [&old, &new].map(|row| unsafe { date.of_row(row, editions.estate) });
        // A date is four bytes.
        if let (Some(before), Some(after)) = (before, after)
            && (before.value() as i32) < after.value() as i32
        {
            editions.keep(&old);
        }
    }
    editions.finish();
    true
}

/// Both tables have the rows in the same order: an id that is not in the same place has been changed.
fn keep_updated(columns: &KeptColumns, mut old: TransitionRows, mut new: TransitionRows, history: &mut Keeper) {
    let mut gone: FxHashSet<i64> = FxHashSet::default();
    let mut come: Vec<(i64, bool)> = vec![];
    while old.next() {
        let paired = new.next();
        if paired && columns.is_same(&old, &new, ID) {
            if !(1..columns.columns.len()).all(|i| columns.is_same(&old, &new, i)) {
                history.keep(&old);
            }
            continue;
        }
        history.keep(&old);
        reserve(gone.try_reserve(1).is_ok() && come.try_reserve(1).is_ok());
        gone.extend(history.id_of(&old));
        if paired {
            let simulated = columns.is_simulated(&new);
            come.extend(history.id_of(&new).map(|id| (id, simulated)));
        }
    }
    // What was no row before: without this it would seem to have had its new number all along.
    for (id, simulated) in come {
        if !simulated && !gone.contains(&id) {
            history.note_new(id);
        }
    }
}

fn reserve(there: bool) {
    if !there {
        error(ERRCODE_OUT_OF_MEMORY, "out of memory")
            .detail("An UPDATE changes the ids of more rows than can be remembered.")
            .raise();
    }
}

struct KeptColumns {
    columns: Vec<RowColumn>,
    /// `data_source`, with its base type.
    source: Option<(RowColumn, pg_sys::Oid)>,
}

impl KeptColumns {
    /// `None` when the table lacks one.
    fn find(kept: &Kept, row_type: RowType<'_>) -> Option<KeptColumns> {
        Some(KeptColumns {
            columns: kept
                .columns
                .iter()
                .map(|(name, _)| row_type.column(name))
                .collect::<Option<Vec<_>>>()?,
            // SAFETY: a catalog look-up.
            source: row_type
                .column("data_source")
                .map(|c| (c, unsafe { pg_sys::getBaseType(c.type_) })),
        })
    }

    /// Whether two rows have the same in a column, to the byte.
    fn is_same(&self, a: &TransitionRows, b: &TransitionRows, i: usize) -> bool {
        let column = &self.columns[i];
        match (a.value(column), b.value(column)) {
            (None, None) => true,
            (Some(a), Some(b)) if column.by_value => a.value() == b.value(),
            // SAFETY: both are values of that column.
            (Some(a), Some(b)) => unsafe { bytes_of(a, column.length) == bytes_of(b, column.length) },
            _ => false,
        }
    }

    fn is_simulated(&self, row: &TransitionRows) -> bool {
        let Some((source, base)) = &self.source else {
            return false;
        };
        let Some(value) = row.value(source) else { return false };
        // SAFETY: a value of that column; the output function of its type is the server's or the user's, who runs it.
        unsafe {
            match *base {
                pg_sys::TEXTOID | pg_sys::VARCHAROID => bytes_of(value, source.length) == SIMULATED,
                pg_sys::BPCHAROID => bytes_of(value, source.length).trim_ascii_end() == SIMULATED,
                _ => {
                    let (mut output, mut is_varlena) = (pg_sys::InvalidOid, false);
                    pg_sys::getTypeOutputInfo(source.type_, &mut output, &mut is_varlena);
                    CStr::from_ptr(pg_sys::OidOutputFunctionCall(output, value)).to_bytes() == SIMULATED
                }
            }
        }
    }
}

/// Opened with the first row that is kept: most statements keep none or change nothing of what is read.
struct OpenKeeper {
    writer: TableWriter,
    conversions: Vec<Conversion>,
    values: Vec<pg_sys::Datum>,
    nulls: Vec<bool>,
}

struct Keeper<'a> {
    kept: &'a Kept,
    columns: &'a KeptColumns,
    /// For casts, and for what is needed of one row.
    estate: *mut pg_sys::EState,
    id: Conversion,
    /// Where it is to be said when; editions say it themselves.
    statement: Option<Statement>,
    open: Option<OpenKeeper>,
}

impl<'a> Keeper<'a> {
    fn new(kept: &'a Kept, columns: &'a KeptColumns, statement: Option<Statement>) -> Keeper<'a> {
        // SAFETY: an executor state of our own, freed in `finish` or with the memory it lies in after an error.
        let estate = unsafe { pg_sys::CreateExecutorState() };
        let id = conversion(
            kept,
            columns.columns[ID],
            kept.columns[ID],
            (pg_sys::INT8OID, -1),
            estate,
        );
        Keeper {
            kept,
            columns,
            estate,
            id,
            statement,
            open: None,
        }
    }

    /// Keeps a row, unless it is simulated or has no id to be known by.
    fn keep(&mut self, row: &TransitionRows) {
        if self.columns.is_simulated(row) {
            return;
        }
        // SAFETY: the memory of a row is reset before each; errors leave the switching back to the server.
        unsafe {
            let memory = (*pg_sys::MakePerTupleExprContext(self.estate)).ecxt_per_tuple_memory;
            pg_sys::MemoryContextReset(memory);
            let outer = pg_sys::MemoryContextSwitchTo(memory);
            if self.id_of(row).is_some() {
                let estate = self.estate;
                let open = self.opened();
                for i in 0..open.conversions.len() {
                    let value = open.conversions[i].of_row(row, estate);
                    open.nulls[i] = value.is_none();
                    open.values[i] = value.unwrap_or(pg_sys::Datum::from(0));
                }
                open.writer.insert(&open.values, &open.nulls);
            }
            pg_sys::MemoryContextSwitchTo(outer);
        }
    }

    /// Says that up to this moment there was no row of that id.
    fn note_new(&mut self, id: i64) {
        let open = self.opened();
        let n = open.conversions.len();
        open.nulls[..n].fill(true);
        open.nulls[ID] = false;
        open.values[ID] = pg_sys::Datum::from(id);
        // SAFETY: the id is a bigint, as its column is (checked when the history was opened), and so are the columns of the moment.
        unsafe { open.writer.insert(&open.values, &open.nulls) };
    }

    fn id_of(&self, row: &TransitionRows) -> Option<i64> {
        // SAFETY: it was made with this executor state, for rows of the table that fires.
        unsafe { self.id.of_row(row, self.estate) }.map(|d| d.value() as i64)
    }

    fn opened(&mut self) -> &mut OpenKeeper {
        let (kept, columns, estate, statement) = (self.kept, self.columns, self.estate, self.statement);
        self.open.get_or_insert_with(|| {
            // SAFETY: what is opened lives as long as the executor state.
            unsafe {
                let outer = pg_sys::MemoryContextSwitchTo((*estate).es_query_cxt);
                let opened = OpenKeeper::new(kept, columns, estate, statement.map(Statement::moment));
                pg_sys::MemoryContextSwitchTo(outer);
                opened
            }
        })
    }

    fn finish(self) {
        if let Some(open) = self.open {
            open.writer.finish();
        }
        // SAFETY: made in `new`.
        unsafe { pg_sys::FreeExecutorState(self.estate) }
    }
}

impl OpenKeeper {
    fn new(kept: &Kept, columns: &KeptColumns, estate: *mut pg_sys::EState, moment: Option<Moment>) -> OpenKeeper {
        let table = OpenRelation::open(kept.into.oid(), pg_sys::RowExclusiveLock);
        let mut written = Vec::with_capacity(kept.columns.len() + WHEN.len() + 1);
        let mut conversions = Vec::with_capacity(kept.columns.len());
        for (names, from) in kept.columns.iter().zip(&columns.columns) {
            let to = table
                .row_type()
                .column(names.1)
                .unwrap_or_else(|| no_column(kept, names.1));
            conversions.push(conversion(kept, *from, *names, (to.type_, to.typmod), estate));
            written.push(to.at);
        }
        let is_of = |found: pg_sys::Oid, wanted: pg_sys::Oid| {
            // SAFETY: a catalog look-up.
            found == wanted || unsafe { pg_sys::getBaseType(found) } == wanted
        };
        let mut values = vec![pg_sys::Datum::from(0); written.len()];
        let mut others = vec![];
        if let Some(moment) = moment {
            let id = table.row_type().column(kept.columns[ID].1);
            if !is_of(id.map_or(pg_sys::InvalidOid, |c| c.type_), pg_sys::INT8OID) {
                wrong_type(kept, kept.columns[ID].1, "bigint");
            }
            let when = [
                pg_sys::Datum::from(moment.superseded_at),
                pg_sys::Datum::from(moment.transaction),
                pg_sys::Datum::from(moment.command),
            ];
            others.extend(WHEN.into_iter().zip(when));
        }
        if let Some((name, value)) = kept.mark {
            others.push(((name, pg_sys::BOOLOID, false), pg_sys::Datum::from(value)));
        }
        for ((name, wanted, optional), value) in others {
            match table.row_type().column(name) {
                Some(to) if is_of(to.type_, wanted) => {
                    written.push(to.at);
                    values.push(value);
                }
                Some(_) => wrong_type(kept, name, &type_name(wanted, -1)),
                None if optional => (),
                None => no_column(kept, name),
            }
        }
        let nulls = vec![false; values.len()];
        OpenKeeper {
            writer: TableWriter::open(table, written, vec![]),
            conversions,
            values,
            nulls,
        }
    }
}

/// How a column becomes one of what is kept; raises 42804 when an INSERT could not do it either.
fn conversion(
    kept: &Kept,
    from: RowColumn,
    (name, kept_name): (&str, &str),
    (to, typmod): (pg_sys::Oid, i32),
    estate: *mut pg_sys::EState,
) -> Conversion {
    // SAFETY: the executor state is the one of [`Keeper`], in which the conversions are kept.
    unsafe { Conversion::new(from, to, typmod, estate) }.unwrap_or_else(|| {
        let (of, into) = (kept.of, kept.into);
        let (from, to) = (type_name(from.type_, -1), type_name(to, -1));
        error(
            ERRCODE_DATATYPE_MISMATCH,
            format!("column \"{name}\" of {of} is of type {from}, which does not become {to}"),
        )
        .detail(match kept_name == name {
            true => format!("{into} keeps it as that type."),
            false => format!("{into} keeps it as \"{kept_name}\", of that type."),
        })
        .hint(format!("Make the types equal; or {}.", kept.way_out))
        .raise()
    })
}

fn no_column(kept: &Kept, name: &str) -> ! {
    let (of, into) = (kept.of, kept.into);
    error(
        ERRCODE_UNDEFINED_COLUMN,
        format!("column \"{name}\" of {into} does not exist"),
    )
    .detail(format!(
        "Rows of {of} are kept there as they were before they were changed or deleted."
    ))
    .hint(format!(
        "Add it as CALL dynasty.install() makes it in a new table; or {}.",
        kept.way_out
    ))
    .raise()
}

fn wrong_type(kept: &Kept, name: &str, wanted: &str) -> ! {
    error(
        ERRCODE_DATATYPE_MISMATCH,
        format!("column \"{name}\" of {} is not {wanted}", kept.into),
    )
    .raise()
}
