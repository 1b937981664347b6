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
        self.report(PgLogLevel::ERROR);
        unreachable!("reporting at ERROR does not return")
    }

    /// Says it as a warning, and goes on.
    pub fn warn(self) {
        self.report(PgLogLevel::WARNING);
    }

    fn report(self, level: PgLogLevel) {
        let mut report = ErrorReport::new(self.code, bounded(self.message), "dynasty");
        if let Some(detail) = self.detail {
            report = report.set_detail(bounded(detail));
        }
        if let Some(hint) = self.hint {
            report = report.set_hint(bounded(hint));
        }
        report.report(level);
    }
}

/// Messages name the value that is wrong. Whoever sent megabytes does not want them back, nor in the server's log: of a long text its
/// beginning and its end are left, so that no argument is repeated with more than 200 characters, however a message is put together.
fn bounded(text: String) -> String {
    const MOST: usize = 240;
    const AT_THE_BEGINNING: usize = 140;
    const AT_THE_END: usize = 55;
    let length = text.chars().count();
    if length <= MOST {
        return text;
    }
    let mut kept: String = text.chars().take(AT_THE_BEGINNING).collect();
    kept.push_str(" ... ");
    kept.extend(text.chars().skip(length - AT_THE_END));
    kept
}

/// An argument as a message repeats it; what follows it in the message stays readable.
pub fn short(argument: &str) -> String {
    const MOST: usize = 80;
    match argument.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &argument[..end]),
        None => argument.to_string(),
    }
}
