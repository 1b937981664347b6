//! JSON from outside, for every system of `dynasty`: read where it lies, as the APIs really send it, with a reason and a place for
//! whatever cannot become a row.
//!
//! Nothing here knows a server or a table. Nothing panics, whatever the JSON.

pub mod fields;
pub mod flat;
pub mod lenient;
pub mod names;
pub mod nearest;
pub mod node;
pub mod packed;
pub mod payload;
pub mod reject;
pub mod row;

pub use reject::ShapeError;
