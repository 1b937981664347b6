//! The prospects system (schema `dynasty`): ingest, season statistics, consistency, labels,
//! predictions, the simulator.

mod arguments;
mod features;
mod history;
mod identifiers;
mod ingest;
mod labels;
mod locks;
mod models;
mod native;
mod partitions;
mod schema;
mod season;
mod settings;
mod simulate;
mod tables;
mod training;

/// For the start of the library.
pub fn register_settings() {
    settings::register();
}
