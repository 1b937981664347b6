//! The mathematics and the parsing of the `dynasty` extension.
//!
//! Nothing here knows a server: rows come in as plain values, results go out as plain values, so everything can be
//! tested and fuzzed without Postgres. The pgrx shell in `src/` binds it to SQL.

pub mod consistency;
pub mod decimal;
pub mod features;
pub mod fingerprint;
pub mod flat_json;
pub mod ingest;
pub mod innings;
pub mod labels;
pub mod levels;
pub mod model;
pub mod predictions;
pub mod report;
pub mod season;
pub mod season_line;
pub mod simulate;
pub mod training;
