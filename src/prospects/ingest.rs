//! Ingest of real payloads: the parsers of `dynasty_prospects::api`, bound to the tables.
//!
//! All functions answer one row: `received = inserted + updated + unchanged + rejected`. An element that was merged into another
//! one's row (the batting and the pitching line of one game, a season's line per club) counts with that row, once.

mod arguments;
mod functions;
mod people;
mod players;
mod ready;
