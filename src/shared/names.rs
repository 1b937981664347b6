//! Names of people as SQL compares them.

use crate::pg::sql_text::Text;
use dynasty_intake::names;
use pgrx::prelude::*;

/// See [`names::name_key`].
#[pg_extern(sql = false)]
fn name_key(name: Option<Text>) -> Option<Text> {
    name.map(|name| Text(names::name_key(&name)))
}
