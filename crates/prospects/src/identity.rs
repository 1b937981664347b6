//! Whether two descriptions are of one man: flagship contract 10.6.

mod man;
mod organization;

pub use man::{Born, Fit, Man, Role, fit, names_agree, same_id_contradiction};
pub use organization::organization_key;
