//! The settings of the extension as a whole, and the prefix of all of them. A system's own settings are its own.

use crate::pg::settings::reserve_prefix;
use pgrx::{GucContext, GucFlags, GucRegistry, GucSetting, PostgresGucEnum};
use std::ffi::{CStr, CString};

/// What all names begin with: the extension's name.
const PREFIX: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_NAME"), "\0").as_bytes()) {
    Ok(prefix) => prefix,
    Err(_) => panic!("a NUL in the name of the extension"),
};

/// The name of a setting: the extension's name, a point, and this word.
macro_rules! setting_name {
    ($word:literal) => {
        const {
            let name = concat!(env!("CARGO_PKG_NAME"), ".", $word, "\0");
            match ::std::ffi::CStr::from_bytes_with_nul(name.as_bytes()) {
                Ok(name) => name,
                Err(_) => panic!("a NUL in the name of a setting"),
            }
        }
    };
}
pub(crate) use setting_name;

/// Whether CREATE EXTENSION makes the tables.
#[derive(Clone, Copy, PostgresGucEnum)]
enum CreateTables {
    #[name = c"auto"]
    Auto,
    #[name = c"on"]
    On,
    #[name = c"off"]
    Off,
}

static SYSTEMS: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c"all"));
static CREATE_TABLES: GucSetting<CreateTables> = GucSetting::<CreateTables>::new(CreateTables::Auto);

/// Registers the settings that no one system owns. They are read in SQL (`current_setting`), where the install script
/// needs them before anything else of the extension exists.
pub fn register() {
    GucRegistry::define_string_guc(
        setting_name!("systems"),
        c"Systems whose tables CREATE EXTENSION dynasty makes.",
        c"A comma-separated list such as 'prospects'; 'all' (the default) makes every system.",
        &SYSTEMS,
        GucContext::Userset,
        GucFlags::default(),
    );
    GucRegistry::define_enum_guc(
        setting_name!("create_tables"),
        c"Whether CREATE EXTENSION dynasty makes the tables: on, off or auto.",
        c"'auto' (the default) makes them except inside a restore, which brings its own.",
        &CREATE_TABLES,
        GucContext::Userset,
        GucFlags::default(),
    );
}

/// Refuses settings of the prefix that nobody has registered: a misspelt one would do nothing. After every `register`.
pub fn close() {
    reserve_prefix(PREFIX);
}
