//! The SQL files in their one order: bootstrap (in `lib.rs`), machinery, prospects, later versions, release. Each requires the one
//! before, so that the install script is the same every time; a file says nothing of what stands in another.

use pgrx::prelude::*;

macro_rules! chain {
    ($before:tt) => {};
    ($before:tt, $name:tt => $file:tt $($rest:tt)*) => {
        extension_sql_file!($file, name = $name, requires = [$before]);
        chain!($name $($rest)*);
    };
}

chain!(
    "bootstrap",
    "machinery_names" => "../../sql/machinery/names.sql",
    "machinery_systems" => "../../sql/machinery/systems.sql",
    "machinery_guards" => "../../sql/machinery/guards.sql",
    "machinery_owners" => "../../sql/machinery/owners.sql",
    "machinery_close" => "../../sql/machinery/close.sql",
    "machinery_locks" => "../../sql/machinery/locks.sql",
    "machinery_comments" => "../../sql/machinery/comments.sql",
    "machinery_versions" => "../../sql/machinery/versions.sql",
    "machinery_saves" => "../../sql/machinery/saves.sql",
    "machinery_release" => "../../sql/machinery/release.sql",
    "machinery_migrate" => "../../sql/machinery/migrate.sql",
    "machinery_roles" => "../../sql/machinery/roles.sql",
    "machinery_install" => "../../sql/machinery/install.sql",
    "prospects_tables_players" => "../../sql/prospects/tables/players.sql",
    "prospects_tables_games" => "../../sql/prospects/tables/games.sql",
    "prospects_tables_seasons" => "../../sql/prospects/tables/seasons.sql",
    "prospects_tables_features" => "../../sql/prospects/tables/features.sql",
    "prospects_tables_labels" => "../../sql/prospects/tables/labels.sql",
    "prospects_tables_models" => "../../sql/prospects/tables/models.sql",
    "prospects_tables_training" => "../../sql/prospects/tables/training.sql",
    "prospects_triggers" => "../../sql/prospects/triggers.sql",
    "prospects_season_line" => "../../sql/prospects/season/line.sql",
    "prospects_season_functions" => "../../sql/prospects/season/functions.sql",
    "prospects_season_consistency" => "../../sql/prospects/season/consistency.sql",
    "prospects_season_triggers" => "../../sql/prospects/season/triggers.sql",
    "prospects_season_partitions" => "../../sql/prospects/season/partitions.sql",
    "prospects_season_subscriber" => "../../sql/prospects/season/subscriber.sql",
    "prospects_features_functions" => "../../sql/prospects/features/functions.sql",
    "prospects_features_game_features" => "../../sql/prospects/features/game_features.sql",
    "prospects_features_norms" => "../../sql/prospects/features/norms.sql",
    "prospects_labels_functions" => "../../sql/prospects/labels/functions.sql",
    "prospects_labels_windows" => "../../sql/prospects/labels/windows.sql",
    "prospects_models_register" => "../../sql/prospects/models/register.sql",
    "prospects_models_functions" => "../../sql/prospects/models/functions.sql",
    "prospects_models_predictions" => "../../sql/prospects/models/predictions.sql",
    "prospects_models_monitoring" => "../../sql/prospects/models/monitoring.sql",
    "prospects_models_drift" => "../../sql/prospects/models/drift.sql",
    "prospects_models_charts" => "../../sql/prospects/models/charts.sql",
    "prospects_training_functions" => "../../sql/prospects/training/functions.sql",
    "prospects_training_sets" => "../../sql/prospects/training/sets.sql",
    "prospects_training_train_model" => "../../sql/prospects/training/train_model.sql",
    "prospects_training_export" => "../../sql/prospects/training/export.sql",
    "prospects_ingest" => "../../sql/prospects/ingest.sql",
    "prospects_simulate" => "../../sql/prospects/simulate.sql",
    "prospects_views" => "../../sql/prospects/views.sql",
    "prospects_grants" => "../../sql/prospects/grants.sql",
    "prospects_install" => "../../sql/prospects/install.sql"
);
// The blocks `version_A_B` are what came after the first release: `make freeze` leaves the later ones out of an older script.
extension_sql_file!(
    "../../sql/versions/1.1.sql",
    name = "version_1_1",
    requires = ["prospects_install"]
);
extension_sql_file!("../../sql/release.sql", name = "release", finalize);
