//! `dynasty`: the database half of a sports-prediction business, as a PostgreSQL extension.
//!
//! The map of the house: mathematics and parsing live in `crates` (no server there); each system has one folder
//! here that binds it to SQL; what they share stands in `shared`, everything unsafe in `pg` and in a system's `native`. The tables, views and comments are in `sql/`.

use pgrx::prelude::*;

#[macro_use]
mod schema;

mod odds;
mod ops;
mod pg;
#[cfg(any(test, feature = "pg_test"))]
mod pgrx_tests;
mod prospects;
mod shared;
// The example of a system; a real one is a line like the one before.
#[cfg(feature = "example")]
#[path = "../examples/system/src"]
mod examples {
    mod example;
}

#[cfg(test)]
use pgrx_tests::pg_test;

pgrx::pg_module_magic!();

extension_sql_file!("../sql/bootstrap.sql", name = "bootstrap", bootstrap);

/// Runs once per backend, when the library is loaded.
#[pg_guard]
#[allow(non_snake_case)]
pub extern "C-unwind" fn _PG_init() {
    pg::allocator::take_reserve();
    pg::backtrace::keep_out_of_errors();
    shared::settings::register();
    prospects::register_settings();
    shared::settings::close();
}
