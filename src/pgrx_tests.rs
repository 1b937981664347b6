//! What `cargo pgrx test` runs inside a server. Behaviour is tested by `tests/`; here stands what only a test inside
//! the backend can see, and the proof that a contributor's `cargo pgrx test` works.

use pgrx::pg_schema;

#[pg_schema]
mod tests {
    use pgrx::prelude::*;

    #[pg_test]
    fn settings_have_their_defaults() {
        let setting = |name: &str| {
            Spi::get_one_with_args::<String>("SELECT pg_catalog.current_setting($1)", &[name.into()])
                .expect("current_setting runs")
        };
        assert_eq!(setting("dynasty.systems").as_deref(), Some("all"));
        assert_eq!(setting("dynasty.create_tables").as_deref(), Some("auto"));
    }

    #[pg_test]
    fn the_installed_version_is_the_one_of_this_crate() {
        let version =
            Spi::get_one::<String>("SELECT extversion FROM pg_catalog.pg_extension WHERE extname = 'dynasty'")
                .expect("pg_extension can be read");
        assert_eq!(version.as_deref(), Some(env!("CARGO_PKG_VERSION")));
    }
}

/// `cargo pgrx test` looks for this module at the root of the crate.
#[cfg(test)]
pub mod pg_test {
    /// Nothing to prepare before the server starts.
    pub fn setup(_options: Vec<&str>) {}

    /// No setting is needed.
    #[must_use]
    pub fn postgresql_conf_options() -> Vec<&'static str> {
        vec![]
    }
}
