//! Labels: `derive_label`, `derive_labels`, `refresh_labels`, and the windows that are kept current by triggers.

mod functions;
pub mod read;
mod refresh;
