//! `milb_game_logs_history`: game logs as they were before a statement changed them, written natively.
//!
//! Who corrects a game needs no right on the history, and nobody's code runs as somebody else: what users hang on the history
//! (triggers, defaults, checks) and on the types of their own game logs (casts) runs as whoever corrects the game, as in any
//! write of his. Rows are compared byte by byte, so that no operator of a user's type has a say in it.

use super::errors::error;
use super::moments::{self, Moment};
use super::relation::{OpenRelation, dynasty_relation};
use super::servers;
use super::table_writer::TableWriter;
use super::trigger_call::TriggerCall;
use pgrx::PgSqlErrorCode::*;
use pgrx::{pg_sys, varlena};
use rustc_hash::FxHashSet;
use std::ffi::CStr;

const HISTORY: &str = "milb_game_logs_history";

/// What the features read of a game log.
const COLUMNS: [&str; 41] = [
    "id",
    "prospect_id",
    "game_date",
    "season",
    "game_number",
    "game_type",
    "level",
    "is_home",
    "plate_appearances",
    "at_bats",
    "runs",
    "hits",
    "doubles",
    "triples",
    "home_runs",
    "walks",
    "intentional_walks",
    "strikeouts",
    "stolen_bases",
    "caught_stealing",
    "hit_by_pitch",
    "sacrifice_flies",
    "sacrifice_hits",
    "ground_outs",
    "air_outs",
    "pitches_seen",
    "games_started",
    "outs_pitched",
    "batters_faced",
    "hits_allowed",
    "runs_allowed",
    "earned_runs",
    "home_runs_allowed",
    "walks_allowed",
    "strikeouts_pitched",
    "hit_batsmen",
    "pitches_thrown",
    "strikes_thrown",
    "ground_outs_pitched",
    "air_outs_pitched",
    "created_at",
];
const ID: usize = 0;
const N: usize = COLUMNS.len();

/// The columns that say when, their types, and whether an older history may lack them.
const WHEN: [(&str, pg_sys::Oid, bool); 3] = [
    ("superseded_at", pg_sys::TIMESTAMPTZOID, false),
    ("transaction", pg_sys::INT8OID, true),
    ("command", pg_sys::INT4OID, true),
];

/// Simulated games come and go by the million; nobody was served a vector of them.
const SIMULATED: &[u8] = b"simulated";

/// Keeps the rows of OLD TABLE that a DELETE took away, or that an UPDATE changed in what the features read. `false` when the
/// trigger lacks a transition table.
pub fn keep_old_rows(trigger: &TriggerCall, is_update: bool) -> bool {
    let data = trigger.data();
    if data.tg_oldtable.is_null() || is_update && data.tg_newtable.is_null() {
        return false;
    }
    // SAFETY: the relation is open while its trigger runs.
    let tupdesc = unsafe { (*data.tg_relation).rd_att };
    // A table of the user's own may lack columns of the features; its changes must go through all the same.
    let Some(columns) = GameColumns::find(tupdesc) else {
        return true;
    };
    // SAFETY: the transition tables are those of this call, of the relation's row type.
    let (mut old, new) = unsafe {
        (
            TransitionRows::open(data.tg_oldtable, tupdesc),
            is_update.then(|| TransitionRows::open(data.tg_newtable, tupdesc)),
        )
    };
    let mut history = History::new(&columns);
    match new {
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

/// Both tables have the rows in the same order: an id that is not in the same place has been changed.
fn keep_updated(columns: &GameColumns, mut old: TransitionRows, mut new: TransitionRows, history: &mut History) {
    let mut gone: FxHashSet<i64> = FxHashSet::default();
    let mut come: Vec<(i64, bool)> = vec![];
    while old.next() {
        let paired = new.next();
        if paired && columns.is_same(&old, &new, ID) {
            if !(1..N).all(|i| columns.is_same(&old, &new, i)) {
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
    // What was no game before: without this it would seem to have had its new number all along.
    for (id, simulated) in come {
        if !simulated && !gone.contains(&id) {
            history.note_new(id);
        }
    }
}

fn reserve(there: bool) {
    if !there {
        error(ERRCODE_OUT_OF_MEMORY, "out of memory")
            .detail("An UPDATE changes the ids of more game logs than can be remembered.")
            .raise();
    }
}

/// A column of the game logs, as its table has it.
#[derive(Clone, Copy)]
struct GameColumn {
    at: usize,
    type_: pg_sys::Oid,
    typmod: i32,
    collation: pg_sys::Oid,
    by_value: bool,
    length: i16,
}

struct GameColumns {
    columns: Vec<GameColumn>,
    /// `data_source`, with its base type.
    source: Option<(GameColumn, pg_sys::Oid)>,
}

impl GameColumns {
    /// `None` when the table lacks one.
    fn find(tupdesc: pg_sys::TupleDesc) -> Option<GameColumns> {
        Some(GameColumns {
            columns: COLUMNS
                .iter()
                .map(|name| column(tupdesc, name))
                .collect::<Option<Vec<_>>>()?,
            // SAFETY: a catalog look-up.
            source: column(tupdesc, "data_source").map(|c| (c, unsafe { pg_sys::getBaseType(c.type_) })),
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
        let Some((source, base)) = &self.source else { return false };
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

/// # Safety
/// `value` must be of a type that is passed by reference, of that length (-1: varlena, -2: C string).
unsafe fn bytes_of<'a>(value: pg_sys::Datum, length: i16) -> &'a [u8] {
    // SAFETY: the caller's; what detoasting allocates lives in the memory of the row.
    unsafe {
        match length {
            -1 => {
                let at: *mut pg_sys::varlena = value.cast_mut_ptr();
                let first = *(at as *const u8);
                // Neither compressed nor elsewhere, as nearly always: no call of the server's.
                let plain = if first & 1 == 1 { first != 1 } else { first & 3 == 0 };
                let plain = plain && cfg!(target_endian = "little");
                let at = if plain { at } else { pg_sys::pg_detoast_datum_packed(at) };
                std::slice::from_raw_parts(varlena::vardata_any(at) as *const u8, varlena::varsize_any_exhdr(at))
            }
            -2 => CStr::from_ptr(value.cast_mut_ptr()).to_bytes(),
            n => std::slice::from_raw_parts(value.cast_mut_ptr(), n as usize),
        }
    }
}

fn column(tupdesc: pg_sys::TupleDesc, name: &str) -> Option<GameColumn> {
    // SAFETY: the descriptor is that of an open relation; names are NUL-terminated.
    unsafe {
        let described = servers::attributes(tupdesc);
        let named = |a: &pg_sys::FormData_pg_attribute| {
            !a.attisdropped && CStr::from_ptr(a.attname.data.as_ptr()).to_bytes() == name.as_bytes()
        };
        described.iter().position(named).map(|at| GameColumn {
            at,
            type_: described[at].atttypid,
            typmod: described[at].atttypmod,
            collation: described[at].attcollation,
            by_value: described[at].attbyval,
            length: described[at].attlen,
        })
    }
}

/// The rows of a transition table, one after the other.
struct TransitionRows {
    store: *mut pg_sys::Tuplestorestate,
    pointer: i32,
    slot: *mut pg_sys::TupleTableSlot,
    natts: i32,
}

impl TransitionRows {
    /// # Safety
    /// `store` must be a transition table of the running trigger call, of that row type.
    unsafe fn open(store: *mut pg_sys::Tuplestorestate, tupdesc: pg_sys::TupleDesc) -> TransitionRows {
        // SAFETY: the tuplestore belongs to the running query; a read pointer of our own leaves others' alone.
        unsafe {
            let pointer = pg_sys::tuplestore_alloc_read_pointer(store, 0);
            pg_sys::tuplestore_select_read_pointer(store, pointer);
            pg_sys::tuplestore_rescan(store);
            TransitionRows {
                store,
                pointer,
                slot: pg_sys::MakeSingleTupleTableSlot(tupdesc, &pg_sys::TTSOpsMinimalTuple),
                natts: (*tupdesc).natts,
            }
        }
    }

    /// Goes to the next row, if there is one.
    fn next(&mut self) -> bool {
        // SAFETY: as in `open`; the slot holds its row until the next is fetched.
        unsafe {
            pg_sys::tuplestore_select_read_pointer(self.store, self.pointer);
            let there = pg_sys::tuplestore_gettupleslot(self.store, true, false, self.slot);
            if there {
                pg_sys::slot_getsomeattrs_int(self.slot, self.natts);
            }
            there
        }
    }

    fn value(&self, column: &GameColumn) -> Option<pg_sys::Datum> {
        // SAFETY: the row is taken apart, and the column is one of its row type.
        unsafe {
            let null = *(*self.slot).tts_isnull.add(column.at);
            (!null).then(|| *(*self.slot).tts_values.add(column.at))
        }
    }
}

impl Drop for TransitionRows {
    fn drop(&mut self) {
        // After an error the memory it lies in goes as a whole.
        if !std::thread::panicking() {
            // SAFETY: made by `open`, dropped once.
            unsafe { pg_sys::ExecDropSingleTupleTableSlot(self.slot) }
        }
    }
}

/// How a column's value becomes one of the history's column.
enum Conversion {
    /// They are of one type.
    None,
    /// By the cast that an INSERT would use.
    Cast(*mut pg_sys::ExprState),
}

/// Opened with the first row that is kept: most statements keep none or change nothing of what is read.
struct OpenHistory {
    writer: TableWriter,
    conversions: Vec<Conversion>,
    values: Vec<pg_sys::Datum>,
    nulls: Vec<bool>,
}

struct History<'a> {
    columns: &'a GameColumns,
    /// For casts, and for what is needed of one row.
    estate: *mut pg_sys::EState,
    id: Conversion,
    open: Option<OpenHistory>,
}

impl<'a> History<'a> {
    fn new(columns: &'a GameColumns) -> History<'a> {
        // SAFETY: an executor state of our own, freed in `finish` or with the memory it lies in after an error.
        let estate = unsafe { pg_sys::CreateExecutorState() };
        let id = conversion(&columns.columns[ID], COLUMNS[ID], pg_sys::INT8OID, -1, estate);
        History {
            columns,
            estate,
            id,
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
                let columns = self.columns;
                let open = self.opened();
                for i in 0..N {
                    let value = converted(&open.conversions[i], row, &columns.columns[i], estate);
                    open.nulls[i] = value.is_none();
                    open.values[i] = value.unwrap_or(pg_sys::Datum::from(0));
                }
                open.writer.insert(&open.values, &open.nulls);
            }
            pg_sys::MemoryContextSwitchTo(outer);
        }
    }

    /// Says that up to this moment there was no game of that id.
    fn note_new(&mut self, id: i64) {
        let open = self.opened();
        open.nulls[..N].fill(true);
        open.nulls[ID] = false;
        open.values[ID] = pg_sys::Datum::from(id);
        open.writer.insert(&open.values, &open.nulls);
    }

    fn id_of(&self, row: &TransitionRows) -> Option<i64> {
        converted(&self.id, row, &self.columns.columns[ID], self.estate).map(|d| d.value() as i64)
    }

    fn opened(&mut self) -> &mut OpenHistory {
        let (columns, estate) = (self.columns, self.estate);
        self.open.get_or_insert_with(|| {
            // SAFETY: what is opened lives as long as the executor state.
            unsafe {
                let outer = pg_sys::MemoryContextSwitchTo((*estate).es_query_cxt);
                let opened = OpenHistory::new(columns, estate, &moments::of_statement());
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

impl OpenHistory {
    fn new(columns: &GameColumns, estate: *mut pg_sys::EState, moment: &Moment) -> OpenHistory {
        let table = OpenRelation::open(dynasty_relation(HISTORY), pg_sys::RowExclusiveLock);
        let mut written = Vec::with_capacity(N + WHEN.len());
        let mut conversions = Vec::with_capacity(N);
        for (name, from) in COLUMNS.iter().zip(&columns.columns) {
            let to = column(table.tupdesc(), name).unwrap_or_else(|| no_column(name));
            conversions.push(conversion(from, name, to.type_, to.typmod, estate));
            written.push(to.at);
        }
        let is_of = |found: pg_sys::Oid, wanted: pg_sys::Oid| {
            // SAFETY: a catalog look-up.
            found == wanted || unsafe { pg_sys::getBaseType(found) } == wanted
        };
        if !is_of(column(table.tupdesc(), COLUMNS[ID]).map_or(pg_sys::InvalidOid, |c| c.type_), pg_sys::INT8OID) {
            wrong_type(COLUMNS[ID], "bigint");
        }
        let mut values = vec![pg_sys::Datum::from(0); N];
        let when = [
            pg_sys::Datum::from(moment.superseded_at),
            pg_sys::Datum::from(moment.transaction),
            pg_sys::Datum::from(moment.command),
        ];
        for ((name, wanted, optional), value) in WHEN.into_iter().zip(when) {
            match column(table.tupdesc(), name) {
                Some(to) if is_of(to.type_, wanted) => {
                    written.push(to.at);
                    values.push(value);
                }
                Some(_) => wrong_type(name, &type_name(wanted)),
                None if optional => (),
                None => no_column(name),
            }
        }
        let nulls = vec![false; values.len()];
        OpenHistory {
            writer: TableWriter::open(table, written, vec![]),
            conversions,
            values,
            nulls,
        }
    }
}

/// How a value of `from` gets into a column of that type; raises 42804 when an INSERT could not do it either.
fn conversion(from: &GameColumn, name: &str, to: pg_sys::Oid, typmod: i32, estate: *mut pg_sys::EState) -> Conversion {
    if from.type_ == to && (typmod == -1 || typmod == from.typmod) {
        return Conversion::None;
    }
    // SAFETY: nodes are made in the memory of the executor state, where the expression lives, too. The variable is the column
    // of the row that is converted.
    unsafe {
        let outer = pg_sys::MemoryContextSwitchTo((*estate).es_query_cxt);
        let column = pg_sys::makeVar(1, from.at as i16 + 1, from.type_, from.typmod, from.collation, 0);
        let cast = pg_sys::coerce_to_target_type(
            std::ptr::null_mut(),
            column.cast(),
            from.type_,
            to,
            typmod,
            pg_sys::CoercionContext::COERCION_ASSIGNMENT,
            pg_sys::CoercionForm::COERCE_IMPLICIT_CAST,
            -1,
        );
        if cast.is_null() {
            error(
                ERRCODE_DATATYPE_MISMATCH,
                format!("column \"{name}\" of dynasty.milb_game_logs is of type {}, which does not become {}", type_name(from.type_), type_name(to)),
            )
            .detail(format!("dynasty.{HISTORY} keeps it as that type."))
            .hint("Make the types equal; or SET dynasty.game_log_history = off.")
            .raise();
        }
        let expression = pg_sys::ExecPrepareExpr(cast.cast(), estate);
        pg_sys::MemoryContextSwitchTo(outer);
        Conversion::Cast(expression)
    }
}

/// A column of the row, as the history has it; `None`: NULL.
fn converted(how: &Conversion, row: &TransitionRows, column: &GameColumn, estate: *mut pg_sys::EState) -> Option<pg_sys::Datum> {
    let Conversion::Cast(expression) = how else {
        return row.value(column);
    };
    // SAFETY: the expression was made for rows of this type; its result lives in the memory of the row.
    unsafe {
        let context = pg_sys::MakePerTupleExprContext(estate);
        (*context).ecxt_scantuple = row.slot;
        let evaluate = (**expression).evalfunc?;
        let mut null = false;
        let value = pg_sys::ffi::pg_guard_ffi_boundary(|| evaluate(*expression, context, &mut null));
        (!null).then_some(value)
    }
}

fn no_column(name: &str) -> ! {
    error(
        ERRCODE_UNDEFINED_COLUMN,
        format!("column \"{name}\" of dynasty.{HISTORY} does not exist"),
    )
    .detail("Game logs are kept there as they were before they were changed or deleted.")
    .hint("Add it as CALL dynasty.install() makes it in a new table; or SET dynasty.game_log_history = off.")
    .raise()
}

fn wrong_type(name: &str, wanted: &str) -> ! {
    error(
        ERRCODE_DATATYPE_MISMATCH,
        format!("column \"{name}\" of dynasty.{HISTORY} is not {wanted}"),
    )
    .raise()
}

fn type_name(of: pg_sys::Oid) -> String {
    // SAFETY: a catalog look-up, which returns a C string.
    unsafe { CStr::from_ptr(pg_sys::format_type_be(of)) }
        .to_string_lossy()
        .into_owned()
}
