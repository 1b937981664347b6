//! The example system (schema `dynasty_example`): umpires, and how good they are at least.

mod accuracy;
mod schema;
