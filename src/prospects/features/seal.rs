//! Registered feature sets do not change: what keeps them so, and the one way to take a set away.

use crate::pg::border::{connect_mut, crossing};
use crate::pg::call::{Call, raw_function};
use crate::pg::errors::{error, short};
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::Text;
use crate::pg::trigger_call::{Event, TriggerCall};
use crate::prospects::tables::{FEATURE_SET_MEMBERS, FEATURE_SETS};
use crate::shared::arguments::Of;
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;
use pgrx::{pg_sys, spi};
use std::cell::Cell;

/// Which DELETE statements pass the seal: one on each of the two tables, for `drop_feature_set()` itself and for the foreign
/// key behind it. A statement of the user's own (in a trigger of his on these tables) that used one up would leave none for
/// what it is meant for, and that then fails and takes everything back.
#[derive(Clone, Copy, Default)]
struct Passes {
    sets: bool,
    members: bool,
}

thread_local! {
    static PASSES: Cell<Passes> = const { Cell::new(Passes { sets: false, members: false }) };
}

/// Gives the passes, and takes back what is left of them however the work ends.
struct Unsealed(Passes);

impl Unsealed {
    fn now() -> Unsealed {
        Unsealed(PASSES.replace(Passes {
            sets: true,
            members: true,
        }))
    }
}

impl Drop for Unsealed {
    fn drop(&mut self) {
        PASSES.set(self.0);
    }
}

/// Uses up the pass of a table, if it is there.
fn pass(is_sets: bool) -> bool {
    let mut passes = PASSES.get();
    let had = std::mem::take(if is_sets { &mut passes.sets } else { &mut passes.members });
    PASSES.set(passes);
    had
}

raw_function!(
    refuse_change_of_feature_sets,
    pg_finfo_refuse_change_of_feature_sets,
    refuse_change_of_feature_sets_call
);

fn refuse_change_of_feature_sets_call(call: Call) -> pg_sys::Datum {
    let nothing = pg_sys::Datum::from(0);
    let Some(trigger) = call.trigger() else {
        misused("is a trigger function")
    };
    let is_sets = trigger.is_on(FEATURE_SETS);
    if !is_sets && !trigger.is_on(FEATURE_SET_MEMBERS) {
        misused(&format!("is made for {FEATURE_SETS} and {FEATURE_SET_MEMBERS}"))
    }
    match trigger.event() {
        Event::Delete if !trigger.is_after() && !trigger.is_for_each_row() && pass(is_sets) => nothing,
        // Members may come in portions, as when a dump is restored, until the set has as many as it was registered with.
        Event::Insert if !is_sets => {
            if trigger.new_table_name().as_deref() != Some("new_rows") {
                misused("needs REFERENCING NEW TABLE AS new_rows after an INSERT")
            }
            if Of("refuse_change_of_feature_sets").done(has_too_many(&trigger)) {
                sealed(&trigger)
            }
            nothing
        }
        _ => sealed(&trigger),
    }
}

/// Whether one of the sets that members were just added to has more of them than it was registered with.
fn has_too_many(trigger: &TriggerCall) -> Result<bool, spi::Error> {
    connect_mut(|client| {
        trigger.show_transition_tables();
        let found = client.update(
            "SELECT EXISTS (
                 SELECT FROM dynasty.feature_sets s WHERE s.version IN (SELECT r.version FROM new_rows r)
                     AND s.feature_count < (SELECT count(*) FROM dynasty.feature_set_members m WHERE m.version = s.version))",
            None,
            &[],
        )?;
        Ok(found.first().get_one::<bool>()?.unwrap_or(false))
    })
}

fn sealed(trigger: &TriggerCall) -> ! {
    let event = match trigger.event() {
        Event::Insert => "INSERT",
        Event::Update => "UPDATE",
        Event::Delete => "DELETE",
        Event::Truncate => "TRUNCATE",
    };
    error(
        ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
        format!(
            "feature sets are sealed: {event} on dynasty.{} is refused",
            trigger.table_name()
        ),
    )
    .hint("Register a new version; dynasty.drop_feature_set() takes away one that nothing uses.")
    .raise()
}

fn misused(why: &str) -> ! {
    error(
        ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
        format!("dynasty.refuse_change_of_feature_sets() {why}"),
    )
    .hint("CALL dynasty.install() attaches it where it belongs.")
    .raise()
}

/// Takes away a registered feature set that nothing uses.
#[pg_extern(sql = false)]
fn drop_feature_set(version: Option<Text>) {
    refuse_when_read_only(c"dynasty.drop_feature_set()");
    let Some(version) = version.as_deref() else {
        unknown("NULL")
    };
    if !asked(
        "SELECT EXISTS (SELECT FROM dynasty.feature_sets s WHERE s.version = $1)",
        version,
    ) {
        unknown(&format!("\"{}\"", short(version)));
    }
    let in_use = |detail: &str| -> ! {
        error(
            ERRCODE_OBJECT_IN_USE,
            format!("feature set \"{}\" is in use", short(version)),
        )
        .detail(detail)
        .raise()
    };
    if asked(
        "SELECT EXISTS (SELECT FROM dynasty.ml_features f WHERE f.feature_set_version = $1)",
        version,
    ) {
        in_use("Rows of dynasty.ml_features have this version.")
    }
    if asked(
        "SELECT EXISTS (SELECT FROM dynasty.ml_models m WHERE m.feature_set_version = $1)",
        version,
    ) {
        in_use("Models of dynasty.ml_models find their features in it.")
    }
    let _unsealed = Unsealed::now();
    let gone = crossing(|| {
        Spi::run_with_args(
            "DELETE FROM dynasty.feature_sets s WHERE s.version = $1",
            &[Text::from(version).into()],
        )
    });
    Of("drop_feature_set").done(gone);
}

/// The function is declared with a fixed search_path, so names and operators of pg_catalog stand plain.
fn asked(query: &str, version: &str) -> bool {
    let answer = crossing(|| Spi::get_one_with_args::<bool>(query, &[Text::from(version).into()]));
    Of("drop_feature_set").done(answer).unwrap_or(false)
}

fn unknown(version: &str) -> ! {
    error(
        ERRCODE_UNDEFINED_OBJECT,
        format!("feature set {version} does not exist"),
    )
    .raise()
}
