//! `accuracy_bound`: what an umpire's rate of right calls is at least.

use crate::pg::errors::error;
use dynasty_example::accuracy_bound as bound;
use pgrx::PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE;
use pgrx::prelude::*;

/// Lower end of the 95 % score interval (Wilson 1927) of `correct` of `called` calls, 0 to 1; NULL without calls. 22023 for counts that cannot be.
#[pg_extern(sql = false)]
fn accuracy_bound(correct: Option<i64>, called: Option<i64>) -> Option<f64> {
    // STRICT in SQL; a declaration of somebody else's may not be.
    bound(correct?, called?)
        .unwrap_or_else(|e| error(ERRCODE_INVALID_PARAMETER_VALUE, format!("accuracy_bound: {e}")).raise())
}
