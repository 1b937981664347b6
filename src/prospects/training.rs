//! Training sets: features of a year beside the labels of the seasons after it, split, weighed and known again by a digest.

mod drift;
mod fit;
mod functions;
mod request;
mod rows;

use pgrx::prelude::*;

extension_sql_file!(
    "../../sql/prospects/training.sql",
    name = "prospects_training",
    requires = ["prospects_features", "prospects_labels", "prospects_tables_derived"]
);
extension_sql_file!(
    "../../sql/prospects/training_sets.sql",
    name = "prospects_training_sets"
);
extension_sql_file!("../../sql/prospects/monitoring.sql", name = "prospects_monitoring");
extension_sql_file!("../../sql/prospects/drift.sql", name = "prospects_drift");
extension_sql_file!("../../sql/prospects/charts.sql", name = "prospects_charts");
extension_sql_file!("../../sql/prospects/train_model.sql", name = "prospects_train_model");
extension_sql_file!(
    "../../sql/prospects/training_export.sql",
    name = "prospects_training_export"
);
