//! The settings of this system.

use crate::shared::settings::setting_name;
use pgrx::{GucContext, GucFlags, GucRegistry, GucSetting};

static GAME_LOG_HISTORY: GucSetting<bool> = GucSetting::<bool>::new(true);

/// Registers them.
pub fn register() {
    GucRegistry::define_bool_guc(
        setting_name!("game_log_history"),
        c"Whether game logs are kept as they were when they are changed or deleted: on or off.",
        c"Features with known_at are computed from the kept rows.",
        &GAME_LOG_HISTORY,
        GucContext::Suset,
        GucFlags::default(),
    );
}

/// Whether histories are kept in this session.
pub fn history_is_kept() -> bool {
    GAME_LOG_HISTORY.get()
}
