//! Postgres errors with SQLSTATE, DETAIL and HINT.
//!
//! pgrx hands the bytes of a message on as they are, and the server takes them for the database's encoding: so all texts of an
//! `ErrorReport` are in that encoding, whatever the type says. Only this file and `border.rs` make and read them.

use super::text::{is_utf8_database, to_server_marked};
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

    /// Says it as a notice, and goes on.
    pub fn notice(self) {
        self.report(PgLogLevel::NOTICE);
    }

    fn report(self, level: PgLogLevel) {
        let mut report = ErrorReport::new(self.code, for_report(bounded(self.message)), "dynasty");
        if let Some(detail) = self.detail {
            report = report.set_detail(for_report(bounded(detail)));
        }
        if let Some(hint) = self.hint {
            report = report.set_hint(for_report(bounded(hint)));
        }
        report.report(level);
    }
}

/// Tells the client something.
pub fn notice(message: impl Into<String>) {
    error(PgSqlErrorCode::ERRCODE_SUCCESSFUL_COMPLETION, message).notice();
}

/// A text as a report holds it.
fn for_report(text: String) -> String {
    if is_utf8_database() || text.is_ascii() {
        return text;
    }
    bytes_for_report(to_server_marked(&text).into_owned())
}

/// A text of the server as a report holds it.
pub fn bytes_for_report(bytes: Vec<u8>) -> String {
    // SAFETY: it need not be UTF-8, but nothing looks at it as text: pgrx copies its bytes into a C string for the server, and
    // whoever reads a caught report here takes its bytes.
    unsafe { String::from_utf8_unchecked(bytes) }
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
