//! What the crate of models refuses, as errors of the server.

use crate::pg::errors::{Error, error};
use dynasty_models::bound::BindError;
use dynasty_models::error::ModelError;
use pgrx::PgSqlErrorCode::*;

/// A document that is not taken. `whose`: what the message begins with; `what`: what the document is called in places.
pub fn document_error(whose: &str, what: &str, e: ModelError) -> Error {
    let code = match e {
        ModelError::Malformed { .. } | ModelError::Foreign { .. } => ERRCODE_INVALID_TEXT_REPRESENTATION,
        ModelError::Unsupported { .. } | ModelError::TooLarge { .. } => ERRCODE_INVALID_PARAMETER_VALUE,
    };
    let hint = match e {
        ModelError::Foreign { hint, .. } => Some(hint),
        _ => None,
    };
    let message = match e {
        // The place is the whole of it.
        ModelError::Malformed { place, reason } if [".", "?", what].contains(&place.as_str()) => reason,
        e => e.to_string(),
    };
    let raised = error(code, format!("{whose}: {message}"));
    match hint {
        Some(hint) => raised.hint(hint),
        None => raised,
    }
}

/// Pieces that do not fit.
pub fn bind_error(whose: &str, e: BindError) -> Error {
    let raised = error(ERRCODE_INVALID_PARAMETER_VALUE, format!("{whose}: {}", e.message));
    match e.hint {
        Some(hint) => raised.hint(hint),
        None => raised,
    }
}
