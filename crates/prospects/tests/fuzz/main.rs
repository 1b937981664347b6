//! Fuzzing without a fuzzer: seeds of every document and row the core reads, broken in ways that a structure allows, thousands a
//! second, on stable Rust.
//!
//! `cargo test` gives every target a fraction of a second; `make fuzz SECONDS=600` minutes, with overflow checks. `FUZZ_SEED`
//! repeats a run. What makes a target panic, or takes too long, is written to `FUZZ_FOUND` (a directory, default the system's
//! temporary one) and named in the failure.

mod bytes;
mod dice;
mod documents;
mod formulas;
mod harness;
mod mutate;
mod prospects;

use harness::fuzz;
