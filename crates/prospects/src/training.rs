//! Training sets: who is in them, who is held out, and a digest by which one is known again.

pub mod digest;
pub mod leak;
pub mod lot;
pub mod plan;
pub mod population;

pub use digest::Digest;
pub use leak::{Presence, suspicion, to_blame};
pub use lot::Lot;
pub use plan::{Part, Plan, PlanError, Split};
pub use population::{Population, Sight, Status};
