//! The few rooms where the server's memory is touched directly. Everything else in `src/` is safe Rust.
#![allow(unsafe_code)]

pub mod backtrace;
pub mod cells;
pub mod columns;
pub mod copy;
pub mod errors;
pub mod feature_row;
pub mod float_array;
pub mod game_row;
pub mod history_rows;
pub mod journal;
pub mod jsonb;
pub mod jsonb_object;
pub mod locks;
pub mod log_reader;
pub mod log_scan;
pub mod memory;
pub mod moments;
pub mod norm_stamps;
pub mod people_changes;
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
pub mod table_writer;
pub mod tid_fetch;
pub mod transition;
pub mod transition_columns;
pub mod trigger_call;
