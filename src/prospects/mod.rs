//! The prospects system (schema `dynasty`): ingest, season statistics, consistency, the simulator.

mod consistency;
mod ingest;
mod schema;
mod season;
mod season_groups;
mod season_line;
mod season_triggers;
