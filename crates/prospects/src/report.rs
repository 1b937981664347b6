//! A prospect's card in words: how he stands among his peers, what speaks for and against him, and whom he resembles.

pub mod comparables;
pub mod matrix;
pub mod peers;
pub mod phrases;
mod phrases_arm;
mod phrases_bat;
mod phrases_bio;
mod phrases_derived;
mod phrases_form;
mod phrases_path;
pub mod story;
#[cfg(test)]
mod testing;
