//! The few rooms where the server's memory is touched directly. Everything else in `src/` is safe Rust.
#![allow(unsafe_code)]

pub mod allocator;
pub mod backtrace;
pub mod cells;
pub mod copy;
pub mod errors;
pub mod feature_row;
pub mod float_array;
pub mod game_row;
pub mod jsonb;
pub mod jsonb_object;
pub mod jsonb_walk;
pub mod log_reader;
pub mod log_scan;
pub mod memory;
pub mod norm_stamps;
pub mod query;
pub mod raw;
pub mod record;
pub mod relation;
pub mod scan;
pub mod season_store;
pub mod servers;
pub mod stored_lines;
pub mod stored_row;
pub mod subxact;
pub mod text;
pub mod tid_fetch;
pub mod transition;
