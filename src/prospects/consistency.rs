//! `consistency_cv`: the coefficient of variation as an aggregate that moves over window frames without drift.

use crate::pg::errors::error;
use crate::pg::raw::{Call, raw_function};
use dynasty_core::consistency::{FixedPoint, Kind, Moments, kind_of};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::prelude::*;

raw_function!(consistency_cv_add, pg_finfo_consistency_cv_add, add);
raw_function!(consistency_cv_remove, pg_finfo_consistency_cv_remove, remove);
raw_function!(consistency_cv_combine, pg_finfo_consistency_cv_combine, combine);
raw_function!(consistency_cv_serialize, pg_finfo_consistency_cv_serialize, serialize);
raw_function!(
    consistency_cv_deserialize,
    pg_finfo_consistency_cv_deserialize,
    deserialize
);
raw_function!(consistency_cv_final, pg_finfo_consistency_cv_final, finish);

extension_sql_file!("../../sql/prospects/consistency.sql", name = "consistency");

/// The state of one group. The wide sums are made only when a value that is no small whole number turns up.
#[derive(Clone, Copy)]
struct State {
    moments: Moments,
    rest: Option<*mut FixedPoint>,
}

impl State {
    fn empty() -> State {
        State {
            moments: Moments::default(),
            rest: None,
        }
    }

    fn of(call: &Call, i: usize) -> &'static mut State {
        call.state_at(i).unwrap_or_else(|| call.allocate(State::empty()))
    }

    fn rest_mut(&mut self, call: &Call) -> &mut FixedPoint {
        let at = *self.rest.get_or_insert_with(|| call.allocate(FixedPoint::default()));
        crate::pg::raw::of_group(at)
    }

    fn rest(&self) -> Option<&FixedPoint> {
        self.rest.map(|at| &*crate::pg::raw::of_group(at))
    }

    fn count(&mut self, call: &Call, x: f64, sign: i64) {
        let kind = kind_of(x);
        self.moments.count(kind, sign);
        if kind == Kind::Finite {
            self.rest_mut(call).add(x, sign);
        }
    }
}

fn add(call: Call) -> pg_sys::Datum {
    let state = State::of(&call, 0);
    if let Some(x) = call.float8(1) {
        state.count(&call, x, 1);
    }
    call.return_state(state)
}

fn remove(call: Call) -> pg_sys::Datum {
    let state = State::of(&call, 0);
    if let Some(x) = call.float8(1) {
        state.count(&call, x, -1);
    }
    call.return_state(state)
}

fn combine(call: Call) -> pg_sys::Datum {
    let state = State::of(&call, 0);
    if let Some(other) = call.state_at::<State>(1) {
        state.moments.merge(&other.moments);
        if let Some(rest) = other.rest() {
            state.rest_mut(&call).merge(rest);
        }
    }
    call.return_state(state)
}

fn serialize(call: Call) -> pg_sys::Datum {
    let state = State::of(&call, 0);
    let mut bytes = state.moments.to_bytes().to_vec();
    if let Some(rest) = state.rest() {
        bytes.extend(rest.to_bytes());
    }
    call.return_bytes(&bytes)
}

fn deserialize(call: Call) -> pg_sys::Datum {
    let bytes = call.bytes(0).unwrap_or_default();
    let (moments, rest) = Moments::from_bytes(&bytes).unwrap_or_else(|| not_a_state());
    let state = call.allocate(State { moments, rest: None });
    if !rest.is_empty() {
        *state.rest_mut(&call) = FixedPoint::from_bytes(rest).unwrap_or_else(|| not_a_state());
    }
    call.return_state(state)
}

fn not_a_state() -> ! {
    error(
        ERRCODE_INVALID_BINARY_REPRESENTATION,
        "not a state of dynasty.consistency_cv",
    )
    .raise()
}

fn finish(call: Call) -> pg_sys::Datum {
    let cv = call
        .state_at::<State>(0)
        .and_then(|state| state.moments.cv(state.rest()));
    call.float8_or_null(cv)
}
