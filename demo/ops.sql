-- The last part of 'make demo': how the database is, what fires, what is open, what it takes.
\pset footer off
\pset null '-'
\pset pager off
\echo
\echo '=== How the database is'
SELECT check_name AS "Check", status AS "Status", round(value, 2) AS "Value", unit AS "Unit", threshold AS "Fires above"
FROM dynasty_ops.health_report() WHERE status <> 'unknown';
\echo '=== Left open anywhere, and whole?'
SELECT (SELECT count(*) FROM dynasty_ops.security_report()) AS "Ways in", count(*) FILTER (WHERE ok) AS "Checks that hold", count(*) FILTER (WHERE NOT ok) AS "That do not"
FROM dynasty_ops.verify_integrity();
\echo '=== What takes the room'
SELECT tablename AS "Table", row_estimate AS "Rows", total_pretty AS "Size", pg_size_pretty(index_bytes) AS "Indexes"
FROM dynasty_ops.storage_report() LIMIT 5;
\echo '=== For Prometheus'
SELECT line FROM regexp_split_to_table(dynasty_ops.metrics(), E'\n') line WHERE line ~ '^dynasty_(up|connections|database_size|cache_hit|tables)' LIMIT 8;
