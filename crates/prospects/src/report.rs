//! A prospect's card in words: how he stands among his peers, what speaks for and against him, and whom he resembles.

pub mod comparables;
pub mod matrix;
pub mod peers;
pub mod phrases;
pub mod story;
#[cfg(test)]
mod testing;
