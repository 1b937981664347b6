//! The SQL files of odds, in their one order, after the systems before.

use pgrx::prelude::*;

chain!(
    "prospects_install",
    "odds_tables_reference" => "../../sql/odds/tables/reference.sql",
    "odds_tables_snapshots" => "../../sql/odds/tables/snapshots.sql",
    "odds_tables_runs" => "../../sql/odds/tables/runs.sql",
    "odds_prices" => "../../sql/odds/prices.sql",
    "odds_margins" => "../../sql/odds/margins.sql",
    "odds_feeds" => "../../sql/odds/ingest/feeds.sql",
    "odds_events" => "../../sql/odds/ingest/events.sql",
    "odds_runs" => "../../sql/odds/ingest/runs.sql",
    "odds_ingest" => "../../sql/odds/ingest/ingest.sql",
    "odds_triggers" => "../../sql/odds/triggers.sql",
    "odds_integrity" => "../../sql/odds/integrity.sql",
    "odds_views" => "../../sql/odds/views.sql",
    "odds_state" => "../../sql/odds/state.sql",
    "odds_readers" => "../../sql/odds/readers.sql",
    "odds_movement" => "../../sql/odds/movement.sql",
    "odds_moves" => "../../sql/odds/moves.sql",
    "odds_scans" => "../../sql/odds/scans.sql",
    "odds_closing" => "../../sql/odds/closing.sql",
    "odds_export" => "../../sql/odds/export.sql",
    "odds_simulate" => "../../sql/odds/simulate.sql",
    "odds_grants" => "../../sql/odds/grants.sql",
    "odds_install" => "../../sql/odds/install.sql"
);
