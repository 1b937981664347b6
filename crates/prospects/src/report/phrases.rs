//! How each feature of `v1.0` is said in plain words, and which way is good.
//!
//! A topic is said once: of `career_k_rate`, `last_season_k_rate` and the like only the one that counts most. `{}` is the value; in
//! a sentence of two halves the first is for values above zero, the second for those below, which are shown without sign. No
//! sentence: the feature is no plain fact (a product, a square), its direction counts all the same.

mod arm;
mod bat;
mod bio;
mod derived;
mod form;
mod path;
mod phrase;

pub use phrase::{Good, Phrase, Show};

/// The phrase of a feature of `v1.0`.
pub fn phrase_of(feature: &str) -> Option<&'static Phrase> {
    all().find(|p| p.feature == feature)
}

/// All of them, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Phrase> {
    bio::PHRASES
        .iter()
        .chain(bat::PHRASES)
        .chain(arm::PHRASES)
        .chain(path::PHRASES)
        .chain(form::PHRASES)
        .chain(derived::PHRASES)
}

#[cfg(test)]
mod tests;
