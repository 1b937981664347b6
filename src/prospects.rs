//! The prospects system (schema `dynasty`): ingest, season statistics, consistency, labels,
//! predictions, the simulator.

mod consistency;
mod features;
mod history;
mod identity;
mod ingest;
mod labels;
mod locks;
mod models;
mod native;
mod partitions;
mod predictions;
mod schema;
mod season;
mod season_groups;
mod season_line;
mod season_triggers;
mod simulate;
mod training;
