//! The rooms of prospects that touch the server's memory directly: lines, games and stamps, read and written without SPI.
#![allow(unsafe_code)]

pub mod cells;
pub mod feature_row;
pub mod game_row;
pub mod history_rows;
pub mod identifier_rows;
pub mod kept_tables;
pub mod log_reader;
pub mod moments;
pub mod norm_stamps;
pub mod own_lines;
pub mod people_changes;
pub mod season_store;
pub mod stored_lines;
