//! The SQL files in their one order: bootstrap (in `lib.rs`), machinery, the systems (`schema.rs` of each), later versions, release.
//! Each requires the one before, so that the install script is the same every time; a file says nothing of what stands in another.

use pgrx::prelude::*;

/// The files of a system after the one that comes before them, by the names of the blocks.
macro_rules! chain {
    ($before:tt) => {};
    ($before:tt, $name:tt => $file:tt $($rest:tt)*) => {
        extension_sql_file!($file, name = $name, requires = [$before]);
        chain!($name $($rest)*);
    };
}

chain!(
    "bootstrap",
    "machinery_names" => "../sql/machinery/names.sql",
    "machinery_name_key" => "../sql/machinery/name_key.sql",
    "machinery_systems" => "../sql/machinery/systems.sql",
    "machinery_guards" => "../sql/machinery/guards.sql",
    "machinery_owners" => "../sql/machinery/owners.sql",
    "machinery_close" => "../sql/machinery/close.sql",
    "machinery_locks" => "../sql/machinery/locks.sql",
    "machinery_comments" => "../sql/machinery/comments.sql",
    "machinery_versions" => "../sql/machinery/versions.sql",
    "machinery_saves" => "../sql/machinery/saves.sql",
    "machinery_release" => "../sql/machinery/release.sql",
    "machinery_migrate" => "../sql/machinery/migrate.sql",
    "machinery_triggers" => "../sql/machinery/triggers.sql",
    "machinery_roles" => "../sql/machinery/roles.sql",
    "machinery_install" => "../sql/machinery/install.sql"
);
// The blocks `version_A_B` are what came after the first release: `make freeze` leaves the later ones out of an older script.
extension_sql_file!(
    "../sql/versions/1.1.sql",
    name = "version_1_1",
    requires = ["odds_install"]
);
extension_sql_file!("../sql/release.sql", name = "release", finalize);
