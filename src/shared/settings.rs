//! The settings `dynasty.*`.

use pgrx::{GucContext, GucFlags, GucRegistry, GucSetting};
use std::ffi::CString;

static SYSTEMS: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c"all"));
static GAME_LOG_HISTORY: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c"on"));
static CREATE_TABLES: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c"auto"));

/// Registers every setting of the extension. They are read in SQL (`current_setting`), where the install script and
/// `dynasty.install` need them before anything else of the extension exists.
pub fn register() {
    GucRegistry::define_string_guc(
        c"dynasty.systems",
        c"Systems whose tables CREATE EXTENSION dynasty makes.",
        c"A comma-separated list such as 'prospects'; 'all' (the default) makes every system.",
        &SYSTEMS,
        GucContext::Userset,
        GucFlags::default(),
    );
    GucRegistry::define_string_guc(
        c"dynasty.create_tables",
        c"Whether CREATE EXTENSION dynasty makes the tables: on, off or auto.",
        c"'auto' (the default) makes them except inside a restore, which brings its own.",
        &CREATE_TABLES,
        GucContext::Userset,
        GucFlags::default(),
    );
    GucRegistry::define_string_guc(
        c"dynasty.game_log_history",
        c"Whether game logs are kept as they were when they are changed or deleted: on or off.",
        c"Features with known_at are computed from the kept rows.",
        &GAME_LOG_HISTORY,
        GucContext::Suset,
        GucFlags::default(),
    );
}

/// Whether histories are kept in this session.
pub fn history_is_kept() -> bool {
    GAME_LOG_HISTORY.get().is_none_or(|value| value.as_c_str() != c"off")
}
