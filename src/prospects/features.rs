//! Point-in-time features (flagship contract 5 and 6): the core's catalogue, bound to the tables.

pub mod assembly;
mod documents;
mod explanation;
mod functions;
mod game_features;
pub mod inputs;
mod known_at;
mod norm_cache;
mod norms;
mod refresh;
mod register;
mod seal;
pub mod sets;
pub mod stamps;
