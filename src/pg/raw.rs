//! Functions that Postgres calls directly (version-1 convention), for what the safe macros cannot express at this
//! speed: aggregates with an internal state that serialises, set-returning functions that fill a tuplestore, and
//! statement triggers that read their transition tables natively.

use super::ddl::DdlEvent;
use super::jsonb::JsonbText;
use super::record::Record;
use super::sql_text::StoredText;
use super::text::{bytes_of, from_server};
use super::transition::AfterTrigger;
use super::trigger_call::TriggerCall;
use pgrx::{FromDatum, IntoDatum, PgMemoryContexts, pg_sys};

/// Declares `extern` entry points: `raw_function!(symbol, function)` exports `symbol` for
/// `CREATE FUNCTION ... AS 'MODULE_PATHNAME', 'symbol' LANGUAGE c`; it calls `function(Call) -> pg_sys::Datum`.
/// A fourth argument names a shortcut for calls made a million times: it gets the call first, outside the guard that
/// stands between Rust panics and the server, so it must neither panic nor call the server; `None` means the long way.
macro_rules! raw_function {
    ($symbol:ident, $finfo:ident, $function:path) => {
        raw_function!($symbol, $finfo, $function, $crate::pg::raw::no_shortcut);
    };
    ($symbol:ident, $finfo:ident, $function:path, $shortcut:path) => {
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
            // SAFETY: the server passes the information of this very call.
            if let Some(datum) = $shortcut(&unsafe { $crate::pg::raw::Call::new(fcinfo) }) {
                return datum;
            }
            // SAFETY: the server passes the information of this very call; the guard turns a Rust panic, which is how
            // Postgres errors travel through Rust, back into a Postgres error.
            unsafe {
                pgrx::pg_sys::submodules::panic::pgrx_extern_c_guard(move || {
                    $crate::pg::border::crossing(|| $function($crate::pg::raw::Call::new(fcinfo)))
                })
            }
        }
    };
}
pub(crate) use raw_function;

/// For functions without a shortcut.
#[inline(always)]
pub fn no_shortcut(_: &Call) -> Option<pg_sys::Datum> {
    None
}

/// One call of a raw function.
pub struct Call(pg_sys::FunctionCallInfo);

impl Call {
    /// # Safety
    /// `fcinfo` must be the information of the call that runs.
    pub unsafe fn new(fcinfo: pg_sys::FunctionCallInfo) -> Call {
        Call(fcinfo)
    }

    /// An argument; `None` when it is NULL.
    #[inline(always)]
    fn arg(&self, i: usize) -> Option<pg_sys::Datum> {
        // SAFETY: the CREATE FUNCTION statement declares at least i + 1 arguments.
        let argument = unsafe { &*(*self.0).args.as_ptr().add(i) };
        (!argument.isnull).then_some(argument.value)
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
        unsafe { (*self.0).isnull = true };
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

    /// The call of an AFTER trigger this is, if it is one.
    pub fn after_trigger(&self) -> Option<AfterTrigger> {
        // SAFETY: the information is that of the running call.
        unsafe { AfterTrigger::of(self.0) }
    }

    /// The event of the event trigger that this is a call of, if it is one.
    pub fn ddl_event(&self) -> Option<DdlEvent> {
        // SAFETY: the information is that of the running call.
        unsafe { DdlEvent::of(self.0) }
    }

    /// The trigger call this is, if it is one.
    pub fn trigger(&self) -> Option<TriggerCall> {
        // SAFETY: the information is that of the running call.
        unsafe { TriggerCall::of(self.0) }
    }

    /// The aggregate state in argument `i`; `None` when it is NULL. It lives as long as its group, not as this call.
    #[inline(always)]
    pub fn state_at<T: Copy>(&self, i: usize) -> Option<&'static mut T> {
        // SAFETY: an argument of type internal of our own aggregates holds what `new_state` returned for the same T;
        // no SQL user can make a value of that type.
        self.arg(i).map(|d| unsafe { &mut *d.cast_mut_ptr::<T>() })
    }

    /// The argument `i` of type record; `None` when it is NULL.
    #[inline(always)]
    pub fn record(&self, i: usize) -> Option<Record> {
        // SAFETY: declared record.
        self.arg(i).map(|d| unsafe { Record::of(d) })
    }

    /// Memory of the function call's place in the query, kept from call to call and dropped with the query.
    pub fn kept<T>(&self, make: impl FnOnce() -> T) -> &'static mut T {
        // SAFETY: fn_extra is this function's own; what it points to is dropped with the memory it belongs to.
        unsafe {
            let flinfo = (*self.0).flinfo;
            if (*flinfo).fn_extra.is_null() {
                let kept = PgMemoryContexts::For((*flinfo).fn_mcxt).leak_and_drop_on_delete(make());
                (*flinfo).fn_extra = kept as *mut _;
            }
            &mut *((*flinfo).fn_extra as *mut T)
        }
    }

    /// A value in the memory of the aggregate's groups that is dropped with it.
    pub fn allocate_dropped<T>(&self, value: T) -> &'static mut T {
        // SAFETY: the context outlives every use of the state.
        unsafe {
            let mut context = std::ptr::null_mut();
            if pg_sys::AggCheckCallContext(self.0, &mut context) == 0 {
                context = pg_sys::CurrentMemoryContext;
            }
            &mut *PgMemoryContexts::For(context).leak_and_drop_on_delete(value)
        }
    }

    /// The same state for types with a destructor, made by `allocate_dropped`.
    #[inline(always)]
    pub fn dropped_state_at<T>(&self, i: usize) -> Option<&'static mut T> {
        // SAFETY: as for `state_at`.
        self.arg(i).map(|d| unsafe { &mut *d.cast_mut_ptr::<T>() })
    }

    /// Allocates a value that lives as long as the aggregate's group. Only for types without destructor.
    pub fn allocate<T: Copy>(&self, value: T) -> &'static mut T {
        // SAFETY: the context outlives every use of the state. The server aligns to 8 bytes only, hence the room.
        unsafe {
            let mut context = std::ptr::null_mut();
            if pg_sys::AggCheckCallContext(self.0, &mut context) == 0 {
                context = pg_sys::CurrentMemoryContext;
            }
            let room = size_of::<T>() + align_of::<T>();
            let at = pg_sys::MemoryContextAlloc(context, room) as *mut u8;
            let at = at.add(at.align_offset(align_of::<T>())) as *mut T;
            at.write(value);
            &mut *at
        }
    }

    /// Returns a state.
    #[inline(always)]
    pub fn return_state<T>(&self, state: &mut T) -> pg_sys::Datum {
        pg_sys::Datum::from(state as *mut T)
    }

    /// Returns a row of the function's composite type.
    pub fn return_row(&self, values: &mut [pg_sys::Datum], nulls: &mut [bool]) -> pg_sys::Datum {
        // SAFETY: the row type is looked up once per query and kept in memory of that length; the arrays are as long
        // as it has columns.
        unsafe {
            let flinfo = (*self.0).flinfo;
            if (*flinfo).fn_extra.is_null() {
                let outer = pg_sys::MemoryContextSwitchTo((*flinfo).fn_mcxt);
                let mut tupdesc = std::ptr::null_mut();
                pg_sys::get_call_result_type(self.0, std::ptr::null_mut(), &mut tupdesc);
                (*flinfo).fn_extra = pg_sys::BlessTupleDesc(tupdesc) as *mut _;
                pg_sys::MemoryContextSwitchTo(outer);
            }
            let tupdesc = (*flinfo).fn_extra as pg_sys::TupleDesc;
            assert_eq!(
                (*tupdesc).natts as usize,
                values.len(),
                "columns of the declared row type"
            );
            let tuple = pg_sys::heap_form_tuple(tupdesc, values.as_mut_ptr(), nulls.as_mut_ptr());
            pg_sys::HeapTupleHeaderGetDatum((*tuple).t_data)
        }
    }

    /// Begins a set of rows.
    pub fn rows(&self) -> RowSink {
        // SAFETY: makes the tuplestore this call returns; raises 0A000 where no set is allowed.
        unsafe {
            pg_sys::InitMaterializedSRF(self.0, 0);
            let info = (*self.0).resultinfo as *mut pg_sys::ReturnSetInfo;
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
            assert_eq!(
                (*self.tupdesc).natts as usize,
                values.len(),
                "columns of the declared row type"
            );
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

/// What [`Call::allocate`] made for an aggregate's group, from within a call for the same group.
pub fn of_group<'a, T>(at: *mut T) -> &'a mut T {
    // SAFETY: it lives as long as the group's state, where alone such pointers are kept.
    unsafe { &mut *at }
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
