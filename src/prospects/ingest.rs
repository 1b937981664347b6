//! Ingest of real payloads: the parsers of `dynasty_prospects::api`, bound to the tables.
//!
//! All functions answer one row: `received = inserted + updated + unchanged + rejected`. An element that was merged into another
//! one's row (the batting and the pitching line of one game) counts with that row, once; lines that were added up in one row (with
//! both clubs of one game, the stints of a season) count each: where the row is new, one as inserted and the others as updated.

mod arguments;
mod editions;
mod functions;
mod games;
mod people;
mod players;
mod ready;
mod suspects;
