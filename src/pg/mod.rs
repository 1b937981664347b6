//! The few rooms where the server's memory is touched directly. Everything else in `src/` is safe Rust.
#![allow(unsafe_code)]

pub mod cells;
pub mod errors;
pub mod game_row;
pub mod jsonb;
pub mod log_scan;
pub mod raw;
pub mod relation;
pub mod season_store;
pub mod stored_lines;
pub mod subxact;
pub mod transition;
