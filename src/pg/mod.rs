//! The few rooms where the server's memory is touched directly. Everything else in `src/` is safe Rust.
#![allow(unsafe_code)]

pub mod jsonb;
pub mod subxact;
