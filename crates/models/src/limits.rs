//! What a document may ask for. A model is data of a user: without limits one row in a table could take the server's memory.
//!
//! Within these a parsed model takes at most about 60 MB, parsing a few times the document, and explaining a row a few
//! seconds at the very worst (10^6 nodes in trees of depth 128); 800 trees of depth 6 take half a millisecond.

use super::error::ModelError;

/// Bytes of a document. A node takes about 80 in XGBoost's JSON.
pub const MAX_BYTES: usize = 128 << 20;
/// Trees of a model.
pub const MAX_TREES: usize = 50_000;
/// Nodes of a model, leaves included.
pub const MAX_NODES: usize = 1_000_000;
/// Categories that all splits of a model name, or words of 32 in LightGBM's sets of bits.
pub const MAX_CATEGORIES: usize = 4_000_000;
/// Splits between a root and a leaf.
pub const MAX_DEPTH: usize = 128;
/// Features of a model.
pub const MAX_FEATURES: usize = 10_000;
/// Outputs of a model: classes or targets.
pub const MAX_OUTPUTS: usize = 100;
/// Contributions of a row, features times outputs.
pub const MAX_CONTRIBUTIONS: usize = 200_000;

/// `found` if it is within `limit`.
pub(super) fn within(what: &'static str, limit: usize, found: usize) -> Result<usize, ModelError> {
    if found <= limit {
        Ok(found)
    } else {
        Err(ModelError::TooLarge { what, limit, found })
    }
}

/// Checks the shape that decides how much memory scoring takes.
pub(super) fn shape(features: usize, outputs: usize) -> Result<(), ModelError> {
    within("features", MAX_FEATURES, features)?;
    within("outputs", MAX_OUTPUTS, outputs)?;
    within(
        "contributions (features times outputs)",
        MAX_CONTRIBUTIONS,
        features * outputs,
    )?;
    Ok(())
}
