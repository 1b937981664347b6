//! Labels: what became of a prospect in the years after (flagship contract 7).
//!
//! A label looks at the seasons of a [`Window`] and nothing else, judges them by [`Thresholds`] and says nothing about success
//! while the window is open.

pub mod config;
pub mod derive;
pub mod tier;
pub mod window;

#[cfg(test)]
mod tests;

pub use config::{ConfigError, Thresholds};
pub use derive::{Label, MajorSeason, OutOfRange};
pub use tier::{Basis, Tier};
pub use window::{Window, WindowError};
