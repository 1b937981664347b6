//! Operations (schema `dynasty_ops`): health, alerts, metrics, partitions, cache notices. Mostly SQL; what the server's catalogue does not
//! know is here.

mod apart;
mod disk;
mod schema;
