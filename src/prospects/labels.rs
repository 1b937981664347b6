//! Labels: `derive_label`, `derive_labels`, `refresh_labels`, and the windows that are kept current by triggers.

pub mod arguments;
mod functions;
pub mod read;
mod refresh;

use pgrx::prelude::*;

extension_sql_file!("../../sql/prospects/labels.sql", name = "prospects_labels");
extension_sql_file!(
    "../../sql/prospects/label_windows.sql",
    name = "prospects_label_windows",
    requires = ["prospects_labels"]
);
