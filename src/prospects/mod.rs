//! The prospects system (schema `dynasty`): ingest, season statistics, consistency, the simulator.

mod ingest;
mod schema;
