//! The SQL files of operations, in their one order, after the machinery and before the systems whose triggers call functions of it.

use pgrx::prelude::*;

chain!(
    "machinery_install",
    "ops_tables_alerts" => "../../sql/ops/tables/alerts.sql",
    "ops_tables_rules" => "../../sql/ops/tables/rules.sql",
    "ops_connections" => "../../sql/ops/connections.sql",
    "ops_replication" => "../../sql/ops/replication.sql",
    "ops_statements" => "../../sql/ops/statements.sql",
    "ops_storage" => "../../sql/ops/storage.sql",
    "ops_security" => "../../sql/ops/security.sql",
    "ops_partitions" => "../../sql/ops/partitions.sql",
    "ops_upkeep" => "../../sql/ops/upkeep.sql",
    "ops_integrity" => "../../sql/ops/integrity.sql",
    "ops_cache" => "../../sql/ops/cache.sql",
    "ops_measures" => "../../sql/ops/measures.sql",
    "ops_health" => "../../sql/ops/health.sql",
    "ops_alerts" => "../../sql/ops/alerts.sql",
    "ops_grants" => "../../sql/ops/grants.sql",
    "ops_install" => "../../sql/ops/install.sql"
);
