//! `consistency_cv`: the coefficient of variation as an aggregate that moves over window frames without drift.

use crate::pg::aggregate::{AggregateCall, Group, GroupMemory, GroupState, InGroup, aggregate_function};
use crate::pg::errors::error;
use dynasty_numbers::cv::{FixedPoint, Kind, Moments, kind_of};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

aggregate_function!(
    "dynasty.consistency_cv",
    consistency_cv_add,
    pg_finfo_consistency_cv_add,
    add
);
aggregate_function!(
    "dynasty.consistency_cv",
    consistency_cv_remove,
    pg_finfo_consistency_cv_remove,
    remove
);
aggregate_function!(
    "dynasty.consistency_cv",
    consistency_cv_combine,
    pg_finfo_consistency_cv_combine,
    combine
);
aggregate_function!(
    "dynasty.consistency_cv",
    consistency_cv_serialize,
    pg_finfo_consistency_cv_serialize,
    serialize
);
aggregate_function!(
    "dynasty.consistency_cv",
    consistency_cv_deserialize,
    pg_finfo_consistency_cv_deserialize,
    deserialize
);
aggregate_function!(
    "dynasty.consistency_cv",
    consistency_cv_final,
    pg_finfo_consistency_cv_final,
    finish
);

/// The state of one group. The wide sums are made only when a value that is no small whole number turns up.
#[derive(Default)]
struct State {
    moments: Moments,
    rest: Option<InGroup<FixedPoint>>,
}

impl GroupState for State {
    const TAG: u64 = u64::from_le_bytes(*b"dyn cv  ");
}

impl State {
    fn rest_mut(&mut self, memory: GroupMemory) -> &mut FixedPoint {
        self.rest
            .get_or_insert_with(|| memory.put_beside(FixedPoint::default()))
    }

    fn count(&mut self, memory: GroupMemory, x: f64, sign: i64) {
        let kind = kind_of(x);
        self.moments.count(kind, sign);
        if kind == Kind::Finite {
            self.rest_mut(memory).add(x, sign);
        }
    }
}

fn or_new<'a>(state: Option<Group<'a, State>>, memory: GroupMemory<'a>) -> Group<'a, State> {
    state.unwrap_or_else(|| memory.new_state(State::default()))
}

fn count(mut call: AggregateCall, sign: i64) -> pg_sys::Datum {
    let (memory, x) = (call.memory(), call.float8(1));
    let mut state = or_new(call.state(), memory);
    if let Some(x) = x {
        state.count(memory, x, sign);
    }
    state.datum()
}

fn add(call: AggregateCall) -> pg_sys::Datum {
    count(call, 1)
}

fn remove(call: AggregateCall) -> pg_sys::Datum {
    count(call, -1)
}

fn combine(mut call: AggregateCall) -> pg_sys::Datum {
    let memory = call.memory();
    let (own, other) = call.state_and_other::<State>();
    let mut state = or_new(own, memory);
    if let Some(other) = other {
        state.moments.merge(&other.moments);
        if let Some(rest) = &other.rest {
            state.rest_mut(memory).merge(rest);
        }
    }
    state.datum()
}

fn serialize(mut call: AggregateCall) -> pg_sys::Datum {
    let mut bytes = vec![];
    match call.state::<State>() {
        Some(state) => {
            bytes.extend(state.moments.to_bytes());
            if let Some(rest) = &state.rest {
                bytes.extend(rest.to_bytes());
            }
        }
        None => bytes.extend(Moments::default().to_bytes()),
    }
    call.return_bytes(&bytes)
}

fn deserialize(call: AggregateCall) -> pg_sys::Datum {
    let bytes = call.bytes(0).unwrap_or_default();
    let (moments, rest) = Moments::from_bytes(&bytes).unwrap_or_else(|| not_a_state());
    let memory = call.memory();
    let rest =
        (!rest.is_empty()).then(|| memory.put_beside(FixedPoint::from_bytes(rest).unwrap_or_else(|| not_a_state())));
    memory.new_state(State { moments, rest }).datum()
}

fn not_a_state() -> ! {
    error(
        ERRCODE_INVALID_BINARY_REPRESENTATION,
        "not a state of dynasty.consistency_cv",
    )
    .raise()
}

fn finish(mut call: AggregateCall) -> pg_sys::Datum {
    let cv = call
        .state::<State>()
        .and_then(|state| state.moments.cv(state.rest.as_deref()));
    call.float8_or_null(cv)
}
