//! Functions that Postgres calls directly (version-1 convention), for what the safe macros cannot express at this
//! speed: set-returning functions that fill a tuplestore, statement triggers that read their transition tables natively, and
//! (`aggregate.rs`) aggregates with an internal state that serialises.

use super::call_site::CallSite;
use super::ddl::DdlEvent;
use super::errors::error;
use super::jsonb::JsonbText;
use super::record::Record;
use super::sql_text::StoredText;
use super::text::{bytes_of, from_server};
use super::transition::AfterTrigger;
use super::trigger_call::TriggerCall;
use pgrx::PgSqlErrorCode::*;
use pgrx::{FromDatum, IntoDatum, pg_sys};

/// Declares `extern` entry points: `raw_function!(symbol, pg_finfo_symbol, function)` exports `symbol` for
/// `CREATE FUNCTION ... AS 'MODULE_PATHNAME', 'symbol' LANGUAGE c`; it calls `function(Call) -> pg_sys::Datum`. Only the
/// extension's own functions get through (see [`CallSite`]). Parts of aggregates are declared by `aggregate_function!`.
macro_rules! raw_function {
    ($symbol:ident, $finfo:ident, $function:path) => {
        #[doc(hidden)]
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        pub extern "C" fn $finfo() -> &'static pgrx::pg_sys::Pg_finfo_record {
            const V1: pgrx::pg_sys::Pg_finfo_record = pgrx::pg_sys::Pg_finfo_record { api_version: 1 };
            &V1
        }
        #[doc(hidden)]
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        pub extern "C-unwind" fn $symbol(fcinfo: pgrx::pg_sys::FunctionCallInfo) -> pgrx::pg_sys::Datum {
            // SAFETY: the server passes the information of this very call; the guard turns a Rust panic, which is how
            // Postgres errors travel through Rust, back into a Postgres error.
            unsafe {
                pgrx::pg_sys::submodules::panic::pgrx_extern_c_guard(move || {
                    $crate::pg::border::crossing(|| {
                        $function($crate::pg::raw::Call::checked(fcinfo, stringify!($symbol)))
                    })
                })
            }
        }
    };
}
pub(crate) use raw_function;

/// One call of a raw function.
pub struct Call {
    fcinfo: pg_sys::FunctionCallInfo,
    /// How many arguments there are.
    count: usize,
}

impl Call {
    /// The call, checked: raises 42P13 for a declaration that is not ours.
    ///
    /// # Safety
    /// `fcinfo` must be the information of the call of that symbol that runs.
    pub unsafe fn checked(fcinfo: pg_sys::FunctionCallInfo, symbol: &str) -> Call {
        // SAFETY: the caller's.
        unsafe {
            CallSite::of(fcinfo, symbol);
            Call::of_count(fcinfo, (*fcinfo).nargs as usize)
        }
    }

    /// # Safety
    /// `fcinfo` must be the information of a call that runs, whose site is known and which has so many arguments.
    #[inline(always)]
    pub unsafe fn of_count(fcinfo: pg_sys::FunctionCallInfo, count: usize) -> Call {
        Call { fcinfo, count }
    }

    /// The information of the call.
    pub fn raw(&self) -> pg_sys::FunctionCallInfo {
        self.fcinfo
    }

    fn site(&mut self) -> &mut CallSite {
        // SAFETY: it is there since the call was checked, and borrowed with the call.
        unsafe { &mut *(*(*self.fcinfo).flinfo).fn_extra.cast::<CallSite>() }
    }

    /// An argument; `None` when it is NULL.
    #[inline(always)]
    fn arg(&self, i: usize) -> Option<pg_sys::Datum> {
        if i >= self.count {
            too_few(self.count);
        }
        // SAFETY: there are more than i.
        let argument = unsafe { &*(*self.fcinfo).args.as_ptr().add(i) };
        (!argument.isnull).then_some(argument.value)
    }

    /// Whether an argument is NULL.
    pub fn is_null(&self, i: usize) -> bool {
        self.arg(i).is_none()
    }

    /// An argument of type internal; what it is has to be found out.
    #[inline(always)]
    pub fn internal(&self, i: usize) -> Option<pg_sys::Datum> {
        self.arg(i)
    }

    /// An integer or date argument.
    #[inline(always)]
    pub fn int4(&self, i: usize) -> Option<i32> {
        self.arg(i).map(|d| d.value() as i32)
    }

    /// A bigint or timestamptz argument.
    pub fn int8(&self, i: usize) -> Option<i64> {
        self.arg(i).map(|d| d.value() as i64)
    }

    /// A double precision argument.
    #[inline(always)]
    pub fn float8(&self, i: usize) -> Option<f64> {
        self.arg(i).map(|d| f64::from_bits(d.value() as u64))
    }

    /// A text argument.
    pub fn text(&self, i: usize) -> Option<String> {
        // SAFETY: declared text; it lives as long as the call and is copied.
        self.arg(i).map(|d| from_server(unsafe { bytes_of(d) }).into_owned())
    }

    /// A boolean argument.
    pub fn bool(&self, i: usize) -> Option<bool> {
        self.arg(i).map(|d| d.value() & 1 != 0)
    }

    /// A jsonb argument.
    pub fn jsonb(&self, i: usize) -> Option<JsonbText> {
        // SAFETY: declared jsonb.
        self.arg(i).and_then(|d| unsafe { JsonbText::from_datum(d, false) })
    }

    /// A bytea argument.
    pub fn bytes(&self, i: usize) -> Option<Vec<u8>> {
        // SAFETY: declared bytea.
        self.arg(i).and_then(|d| unsafe { Vec::<u8>::from_datum(d, false) })
    }

    /// A text[] argument as it is stored: in the database's encoding.
    pub fn stored_texts(&self, i: usize) -> Option<Vec<Option<StoredText>>> {
        // SAFETY: declared text[].
        self.arg(i)
            .and_then(|d| unsafe { Vec::<Option<StoredText>>::from_datum(d, false) })
    }

    /// An integer[] argument.
    pub fn int4_array(&self, i: usize) -> Option<Vec<Option<i32>>> {
        // SAFETY: declared integer[].
        self.arg(i)
            .and_then(|d| unsafe { Vec::<Option<i32>>::from_datum(d, false) })
    }

    /// An argument as the server passed it, with its null flag, for handing on.
    pub fn raw_arg(&self, i: usize) -> (pg_sys::Datum, bool) {
        (self.arg(i).unwrap_or(pg_sys::Datum::from(0)), self.arg(i).is_none())
    }

    /// Returns NULL.
    pub fn null(&self) -> pg_sys::Datum {
        // SAFETY: marks the result of this call.
        unsafe { (*self.fcinfo).isnull = true };
        pg_sys::Datum::from(0)
    }

    /// Returns a number, or NULL.
    pub fn float8_or_null(&self, value: Option<f64>) -> pg_sys::Datum {
        value.map_or_else(|| self.null(), |v| pg_sys::Datum::from(v.to_bits()))
    }

    /// Returns a bytea.
    pub fn return_bytes(&self, bytes: &[u8]) -> pg_sys::Datum {
        bytes.into_datum().unwrap_or_else(|| self.null())
    }

    /// The call of an AFTER trigger this is, if it is one: raises 39P01 on any table but `dynasty.<table>` and its partitions and
    /// children, 0A000 where Citus has distributed that.
    pub fn after_trigger_on(&self, function: &str, table: &str) -> Option<AfterTrigger> {
        // SAFETY: the information is that of the running call.
        let trigger = unsafe { AfterTrigger::of(self.fcinfo) }?;
        trigger.refuse_other_tables(function, table);
        Some(trigger)
    }

    /// The event of the event trigger that this is a call of, if it is one.
    pub fn ddl_event(&self) -> Option<DdlEvent> {
        // SAFETY: the information is that of the running call.
        unsafe { DdlEvent::of(self.fcinfo) }
    }

    /// The trigger call this is, if it is one.
    pub fn trigger(&self) -> Option<TriggerCall> {
        // SAFETY: the information is that of the running call.
        unsafe { TriggerCall::of(self.fcinfo) }
    }

    /// The argument `i` of type record; `None` when it is NULL.
    #[inline(always)]
    pub fn record(&self, i: usize) -> Option<Record> {
        // SAFETY: declared record.
        self.arg(i).map(|d| unsafe { Record::of(d) })
    }

    /// A value of the function call's place in the query, kept from call to call and dropped with the query.
    pub fn kept<T: 'static>(&mut self, make: impl FnOnce() -> T) -> &mut T {
        self.site().value(make)
    }

    /// Returns a row of the function's composite type.
    pub fn return_row(&mut self, values: &mut [pg_sys::Datum], nulls: &mut [bool]) -> pg_sys::Datum {
        let tupdesc = match self.site().row_type {
            Some(known) => known,
            None => self.find_row_type(),
        };
        // SAFETY: the row type is kept in memory that lives as long as the query; the arrays are as long as it has columns.
        unsafe {
            refuse_other_rows(tupdesc, values, nulls);
            let tuple = pg_sys::heap_form_tuple(tupdesc, values.as_mut_ptr(), nulls.as_mut_ptr());
            pg_sys::HeapTupleHeaderGetDatum((*tuple).t_data)
        }
    }

    fn find_row_type(&mut self) -> pg_sys::TupleDesc {
        // SAFETY: the row type is looked up once per query, in memory of that length.
        let tupdesc = unsafe {
            let outer = pg_sys::MemoryContextSwitchTo((*(*self.fcinfo).flinfo).fn_mcxt);
            let mut tupdesc = std::ptr::null_mut();
            let class = pg_sys::get_call_result_type(self.fcinfo, std::ptr::null_mut(), &mut tupdesc);
            if class != pg_sys::TypeFuncClass::TYPEFUNC_COMPOSITE || tupdesc.is_null() {
                error(
                    ERRCODE_DATATYPE_MISMATCH,
                    "the function is declared to return no row, and returns one",
                )
                .raise();
            }
            let tupdesc = pg_sys::BlessTupleDesc(tupdesc);
            pg_sys::MemoryContextSwitchTo(outer);
            tupdesc
        };
        self.site().row_type = Some(tupdesc);
        tupdesc
    }

    /// Begins a set of rows.
    pub fn rows(&self) -> RowSink {
        // SAFETY: makes the tuplestore this call returns; raises 0A000 where no set is allowed.
        unsafe {
            pg_sys::InitMaterializedSRF(self.fcinfo, 0);
            let info = (*self.fcinfo).resultinfo as *mut pg_sys::ReturnSetInfo;
            RowSink {
                store: (*info).setResult,
                tupdesc: (*info).setDesc,
            }
        }
    }
}

/// Where a set-returning function puts its rows.
pub struct RowSink {
    store: *mut pg_sys::Tuplestorestate,
    tupdesc: pg_sys::TupleDesc,
}

impl RowSink {
    /// Adds a row.
    pub fn put(&mut self, values: &mut [pg_sys::Datum], nulls: &mut [bool]) {
        // SAFETY: the arrays are as long as the row type has columns, which is checked.
        unsafe {
            refuse_other_rows(self.tupdesc, values, nulls);
            pg_sys::tuplestore_putvalues(self.store, self.tupdesc, values.as_mut_ptr(), nulls.as_mut_ptr());
        }
    }

    /// Adds the rows of a read-only query with the caller's rights; its columns must be those of the function.
    pub fn put_query(&mut self, query: &std::ffi::CStr, types: &[pg_sys::Oid], args: &[(pg_sys::Datum, bool)]) {
        let mut types = types.to_vec();
        let mut values: Vec<_> = args.iter().map(|a| a.0).collect();
        let nulls: Vec<_> = args
            .iter()
            .map(|a| if a.1 { b'n' } else { b' ' } as std::ffi::c_char)
            .collect();
        // SAFETY: SPI is connected and finished around the query; its tuples are copied into the tuplestore before.
        unsafe {
            pg_sys::SPI_connect();
            pg_sys::SPI_execute_with_args(
                query.as_ptr(),
                types.len() as i32,
                types.as_mut_ptr(),
                values.as_mut_ptr(),
                nulls.as_ptr(),
                true,
                0,
            );
            let table = pg_sys::SPI_tuptable;
            for i in 0..(*table).numvals as usize {
                pg_sys::tuplestore_puttuple(self.store, *(*table).vals.add(i));
            }
            pg_sys::SPI_finish();
        }
    }
}

/// Raises 42804 where the declared row has another number of columns.
///
/// # Safety
/// The row type must be valid.
unsafe fn refuse_other_rows(tupdesc: pg_sys::TupleDesc, values: &[pg_sys::Datum], nulls: &[bool]) {
    // SAFETY: the caller's.
    let columns = unsafe { (*tupdesc).natts } as usize;
    if columns != values.len() || columns != nulls.len() {
        error(
            ERRCODE_DATATYPE_MISMATCH,
            format!(
                "the function is declared to return {columns} columns, and returns {}",
                values.len()
            ),
        )
        .raise();
    }
}

#[cold]
#[inline(never)]
fn too_few(count: usize) -> ! {
    error(
        ERRCODE_INVALID_FUNCTION_DEFINITION,
        format!("the function is declared with {count} arguments, and has more"),
    )
    .raise()
}

/// Runs `work` under a snapshot taken now, in which the transaction's own changes up to here are seen. (Under
/// REPEATABLE READ and SERIALIZABLE it is the transaction's one snapshot.)
pub fn with_fresh_snapshot<R>(work: impl FnOnce() -> R) -> R {
    // SAFETY: pushed and popped in pairs; after an error the transaction's abort pops it.
    unsafe {
        pg_sys::PushCopiedSnapshot(pg_sys::GetTransactionSnapshot());
        pg_sys::UpdateActiveSnapshotCommandId();
        let result = work();
        pg_sys::PopActiveSnapshot();
        result
    }
}

/// Runs `work` under a snapshot of what is committed now, whatever the transaction's isolation: for work on a table that
/// is locked, which must see what earlier snapshots do not.
pub fn with_latest_snapshot<R>(work: impl FnOnce() -> R) -> R {
    // SAFETY: as above.
    unsafe {
        pg_sys::PushCopiedSnapshot(pg_sys::GetLatestSnapshot());
        pg_sys::UpdateActiveSnapshotCommandId();
        let result = work();
        pg_sys::PopActiveSnapshot();
        result
    }
}

/// Runs `work` on tables that are locked already, so that a TRUNCATE the lock waited for is seen in all of them: under READ
/// COMMITTED with a snapshot of its own, otherwise (and in a parallel worker) with the one that is there.
pub fn with_snapshot_after_locking<R>(work: impl FnOnce() -> R) -> R {
    // SAFETY: reads the state of the transaction.
    let keep = unsafe { pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ as i32 || pg_sys::IsInParallelMode() };
    if keep { work() } else { with_latest_snapshot(work) }
}

/// The number of the transaction (not of a subtransaction in it).
pub fn top_transaction() -> u32 {
    // SAFETY: assigns a number if there is none yet, which a writer needs anyway.
    unsafe { pg_sys::GetTopTransactionId() }.into_inner()
}

/// Makes the changes of the running statement visible to what follows in the transaction.
pub fn make_changes_visible() {
    // SAFETY: as every SPI command does.
    unsafe { pg_sys::CommandCounterIncrement() }
}
