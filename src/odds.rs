//! Odds (schema `dynasty_odds`): snapshots of what bookmakers offer, their history, and the mathematics of prices.

mod errors;
mod feed;
mod ingest;
mod maths;
mod schema;
mod simulate;
mod tables;
