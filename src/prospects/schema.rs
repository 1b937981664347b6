//! The tables, triggers, views and comments of the prospects system: plpgsql functions that make what is missing, so
//! that the install script, `CALL dynasty.install()` and a half-restored database go the same way.

use pgrx::prelude::*;

extension_sql_file!("../../sql/prospects/guards.sql", name = "prospects_guards");
extension_sql_file!("../../sql/prospects/tables.sql", name = "prospects_tables");
extension_sql_file!(
    "../../sql/prospects/tables_derived.sql",
    name = "prospects_tables_derived"
);
extension_sql_file!("../../sql/prospects/owners.sql", name = "prospects_owners");
extension_sql_file!("../../sql/prospects/triggers.sql", name = "prospects_triggers");
extension_sql_file!(
    "../../sql/prospects/trigger_health.sql",
    name = "prospects_trigger_health"
);
extension_sql_file!("../../sql/prospects/partitions.sql", name = "prospects_partitions");
extension_sql_file!("../../sql/prospects/views.sql", name = "prospects_views");
extension_sql_file!(
    "../../sql/prospects/comment_texts.sql",
    name = "prospects_comment_texts"
);
extension_sql_file!(
    "../../sql/prospects/comment_texts_derived.sql",
    name = "prospects_comment_texts_derived"
);
extension_sql_file!(
    "../../sql/prospects/comment_texts_parts.sql",
    name = "prospects_comment_texts_parts"
);
extension_sql_file!("../../sql/prospects/comments.sql", name = "prospects_comments");
extension_sql_file!("../../sql/prospects/subscriber.sql", name = "prospects_subscriber");
extension_sql_file!("../../sql/prospects/roles.sql", name = "prospects_roles");
extension_sql_file!("../../sql/prospects/versions.sql", name = "prospects_versions");
// The blocks `version_A_B` are what came after the first release: `make freeze` leaves the later ones out of an older script.
extension_sql_file!(
    "../../sql/versions/1.1.sql",
    name = "version_1_1",
    requires = ["prospects_versions"]
);
// Its REVOKE names the functions of all the files above.
extension_sql_file!(
    "../../sql/prospects/install.sql",
    name = "prospects_install",
    requires = [
        "prospects_tables",
        "prospects_models",
        "prospects_training_sets",
        "prospects_tables_derived",
        "prospects_owners",
        "prospects_triggers",
        "prospects_trigger_health",
        "prospects_views",
        "prospects_comment_texts",
        "prospects_comment_texts_derived",
        "prospects_comment_texts_parts",
        "prospects_comments",
        "prospects_versions",
        "prospects_locks"
    ]
);
extension_sql_file!(
    "../../sql/prospects/comments_internal.sql",
    name = "prospects_comments_internal",
    requires = ["prospects_install", "prospects_label_windows", "prospects_roles"]
);
extension_sql_file!("../../sql/release.sql", name = "release", finalize);
