//! Models as data (`ml_models`): registered, applied to prospects, explained.

mod apply;
mod comparables;
mod explain;
mod people;
mod predict;
mod predict_all;
mod register;
mod stored;
mod vectors;

use pgrx::prelude::*;

extension_sql_file!("../../sql/prospects/models.sql", name = "prospects_models");
extension_sql_file!(
    "../../sql/prospects/model_functions.sql",
    name = "prospects_model_functions"
);
