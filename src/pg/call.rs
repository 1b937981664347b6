//! Functions that Postgres calls directly (version-1 convention), for what the safe macros cannot express at this
//! speed: set-returning functions that fill a tuplestore, statement triggers that read their transition tables natively, and
//! (`aggregate.rs`) aggregates with an internal state that serialises.

use super::call_site::CallSite;
use super::ddl::DdlEvent;
use super::errors::error;
use super::jsonb::JsonbText;
use super::query::Argument;
use super::record::Record;
use super::sql_text::StoredText;
use super::table::Table;
use super::text::text_of;
use super::transition::AfterTrigger;
use super::trigger_call::TriggerCall;
use pgrx::PgSqlErrorCode::*;
use pgrx::{FromDatum, IntoDatum, pg_sys};
use std::marker::PhantomData;

/// What an entry point of the library consists of: the record by which the server knows its calling convention, and the function.
/// `first` runs at once; `call` behind the guard that stands between Rust panics and the server, with errors noted as they pass.
macro_rules! entry_point {
    ($symbol:ident, $finfo:ident, $fcinfo:ident, $first:block, $call:expr) => {
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
        pub extern "C-unwind" fn $symbol($fcinfo: pgrx::pg_sys::FunctionCallInfo) -> pgrx::pg_sys::Datum {
            $first
            // SAFETY: the server passes the information of this very call; the guard turns a Rust panic, which is how
            // Postgres errors travel through Rust, back into a Postgres error.
            unsafe {
                pgrx::pg_sys::submodules::panic::pgrx_extern_c_guard(move || $crate::pg::border::crossing(|| $call))
            }
        }
    };
}
pub(crate) use entry_point;

/// Declares `extern` entry points: `raw_function!(symbol, pg_finfo_symbol, function)` exports `symbol` for
/// `CREATE FUNCTION ... AS 'MODULE_PATHNAME', 'symbol' LANGUAGE c`; it calls `function(Call) -> pg_sys::Datum`. Only the
/// extension's own functions get through (see [`CallSite`]). Parts of aggregates are declared by `aggregate_function!`.
macro_rules! raw_function {
    ($symbol:ident, $finfo:ident, $function:path) => {
        $crate::pg::call::entry_point!($symbol, $finfo, fcinfo, {}, {
            $function($crate::pg::call::Call::checked(fcinfo, stringify!($symbol)))
        });
    };
}
pub(crate) use raw_function;

/// One call of a raw function, and what belongs to it: gone when the function returns.
pub struct Call<'c> {
    fcinfo: pg_sys::FunctionCallInfo,
    /// How many arguments there are.
    count: usize,
    during: PhantomData<&'c mut ()>,
}

impl<'c> Call<'c> {
    /// The call, checked: raises 42P13 for a declaration that is not ours.
    ///
    /// # Safety
    /// `fcinfo` must be the information of the call of that symbol that runs.
    pub unsafe fn checked(fcinfo: pg_sys::FunctionCallInfo, symbol: &str) -> Call<'c> {
        // SAFETY: the caller's.
        unsafe {
            CallSite::of(fcinfo, symbol);
            Call::of_count(fcinfo, (*fcinfo).nargs as usize)
        }
    }

    /// # Safety
    /// `fcinfo` must be the information of a call that runs, whose site is known and which has so many arguments.
    #[inline(always)]
    pub unsafe fn of_count(fcinfo: pg_sys::FunctionCallInfo, count: usize) -> Call<'c> {
        Call {
            fcinfo,
            count,
            during: PhantomData,
        }
    }

    /// The information of the call.
    pub fn raw(&self) -> pg_sys::FunctionCallInfo {
        self.fcinfo
    }

    pub(super) fn site(&mut self) -> &mut CallSite {
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
        self.arg(i).map(|d| unsafe { text_of(d) })
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

    /// A double precision[] argument.
    pub fn float8_array(&self, i: usize) -> Option<Vec<Option<f64>>> {
        // SAFETY: declared double precision[].
        self.arg(i)
            .and_then(|d| unsafe { Vec::<Option<f64>>::from_datum(d, false) })
    }

    /// A text[] argument as the server passed it, for handing on to a query.
    pub fn pass_texts(&self, i: usize) -> Argument<'_> {
        self.pass(i, pg_sys::TEXTARRAYOID)
    }

    /// The same of an integer[].
    pub fn pass_int4_array(&self, i: usize) -> Argument<'_> {
        self.pass(i, pg_sys::INT4ARRAYOID)
    }

    fn pass(&self, i: usize, type_: pg_sys::Oid) -> Argument<'_> {
        let value = self.arg(i);
        // SAFETY: declared so; the queries of a call end before it does.
        unsafe { Argument::passed(type_, value.unwrap_or(pg_sys::Datum::from(0)), value.is_none()) }
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

    /// The call of an AFTER trigger this is, if it is one: raises 39P01 on any table but that one and its partitions and children,
    /// 0A000 where Citus has distributed it. `function` is the function that runs, with its schema.
    pub fn after_trigger_on(&self, function: &str, table: Table) -> Option<AfterTrigger<'c>> {
        let trigger = AfterTrigger::of(self.trigger()?)?;
        trigger.refuse_other_tables(function, table);
        Some(trigger)
    }

    /// The event of the event trigger that this is a call of, if it is one.
    pub fn ddl_event(&self) -> Option<DdlEvent> {
        // SAFETY: the information is that of the running call.
        unsafe { DdlEvent::of(self.fcinfo) }
    }

    /// The trigger call this is, if it is one.
    pub fn trigger(&self) -> Option<TriggerCall<'c>> {
        // SAFETY: the information is that of the running call.
        unsafe { TriggerCall::of(self.fcinfo) }
    }

    /// The argument `i` of type record; `None` when it is NULL.
    #[inline(always)]
    pub fn record(&self, i: usize) -> Option<Record<'c>> {
        // SAFETY: declared record.
        self.arg(i).map(|d| unsafe { Record::of(d) })
    }

    /// A value of the function call's place in the query, kept from call to call and dropped with the query.
    pub fn kept<T: 'static>(&mut self, make: impl FnOnce() -> T) -> &mut T {
        self.site().value(make)
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
