//! What several sessions must do one after the other.

use crate::pg::locks::one_at_a_time_in_schema;
use crate::pg::relation::refuse_when_read_only;
use pgrx::prelude::*;

/// Until the transaction ends no other `install()` looks for what is missing: two would both make it.
#[pg_extern(sql = false)]
fn wait_for_other_installs() {
    refuse_when_read_only(c"dynasty.install()");
    one_at_a_time_in_schema(c"dynasty");
}
