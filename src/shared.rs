//! Safe helpers of every system. Nothing here knows a system, a schema or a table: names come from whoever calls.

pub mod answer;
pub mod arguments;
pub mod decimals;
pub mod ids;
pub mod names;
pub mod progress;
pub mod settings;
pub mod upsert;
