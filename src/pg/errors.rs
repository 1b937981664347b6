//! Postgres errors with SQLSTATE, DETAIL and HINT.

use pgrx::pg_sys::panic::ErrorReport;
use pgrx::{PgLogLevel, PgSqlErrorCode};

/// An error to be raised: built up, then thrown.
pub struct Error {
    code: PgSqlErrorCode,
    message: String,
    detail: Option<String>,
    hint: Option<String>,
}

/// Starts an error.
pub fn error(code: PgSqlErrorCode, message: impl Into<String>) -> Error {
    Error {
        code,
        message: message.into(),
        detail: None,
        hint: None,
    }
}

impl Error {
    /// Adds the DETAIL line.
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.detail = Some(text.into());
        self
    }

    /// Adds the HINT line.
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = Some(text.into());
        self
    }

    /// Raises it; the statement ends here.
    pub fn raise(self) -> ! {
        let mut report = ErrorReport::new(self.code, self.message, "dynasty");
        if let Some(detail) = self.detail {
            report = report.set_detail(detail);
        }
        if let Some(hint) = self.hint {
            report = report.set_hint(hint);
        }
        report.report(PgLogLevel::ERROR);
        unreachable!("reporting at ERROR does not return")
    }
}
