//! The mathematics and the parsing of the `dynasty` extension.
//!
//! Nothing here knows a server: rows come in as plain values, results go out as plain values, so everything can be
//! tested and fuzzed without Postgres. The pgrx shell in `src/` binds it to SQL.

pub mod consistency;
pub mod decimal;
pub mod ingest;
pub mod innings;
pub mod levels;
pub mod season;
pub mod season_line;
pub mod simulate;
