//! The SQL files of the example system, in their one order, after those of the systems before it.

use pgrx::prelude::*;

chain!(
    "prospects_install",
    "example_tables_umpires" => "../../sql/tables/umpires.sql",
    "example_accuracy" => "../../sql/accuracy.sql",
    "example_grants" => "../../sql/grants.sql",
    "example_install" => "../../sql/install.sql"
);
extension_sql_file!(
    "../../sql/versions/1.1.sql",
    name = "version_1_1_example",
    requires = ["example_install"]
);
