-- What only reads is PARALLEL SAFE, and gives in a worker what it gives in the leader.
SET client_min_messages = warning;
-- The exceptions: in a worker the comparison could not look past a TRUNCATE that it waited for, and would cry wolf; of operations, what asks
-- about this session or the server's processes, and what catches errors (a subtransaction cannot begin beside workers).
SELECT p.oid::regprocedure AS not_safe FROM pg_proc p
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.provolatile <> 'v' AND p.proparallel <> 's' AND p.proname NOT LIKE '\_%' ORDER BY p.proname;
SELECT count(*) AS volatile_but_safe FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.provolatile = 'v' AND p.proparallel = 's';

SELECT count(*) FROM dynasty.simulate_league(120, 2012, 2020, 5);
SELECT dynasty.register_model('hand', '1', 'linear', '{"kind": "logistic", "feature_names": ["age", "career_k_rate"], "coef": [[-0.4, -3.5]], "intercept": [6.5], "impute": [21.5, 0.22]}') > 0 AS registered;
SELECT count(dynasty.predict_all('hand', y, make_date(y, 12, 31), explain => false)) FROM generate_series(2014, 2016) y;
SELECT dynasty.refresh_features(2016) > 0 AS refreshed;
SELECT dynasty.record_training_set('{2014,2015}') AS digest \gset
SELECT count(*) AS board FROM dynasty_odds.simulate_board(8, 5, 12, 1, until => '2026-01-10 12:00Z');
SELECT dynasty_odds.capture_closing('2026-01-10 12:00Z') >= 0 AS captured;
CREATE TABLE calls (number serial, call text);
INSERT INTO calls (call) VALUES
    ('dynasty_odds.odds_at(1, ''2026-01-10 11:00Z'')'), ('dynasty_odds.best_odds(1, ''totals'', ''2026-01-10 11:00Z'', ''1 day'')'), ('dynasty_odds.line_movement(1, ''totals'')'),
    ('dynasty_odds.fair_market(1, ''totals'', ''2026-01-10 11:00Z'')'), ('dynasty_odds.price_bars(1, ''totals'', ''1 hour'')'), ('dynasty_odds.main_lines(1, ''totals'')'),
    ('dynasty_odds.consensus(1, ''totals'', ''2026-01-10 11:00Z'', max_age => ''1 day'')'), ('dynasty_odds.event_clv(1, ''totals'', ''over'', 2)'), ('dynasty_odds.scan_value(''2026-01-10 11:00Z'', -1, max_age => ''1 day'')'),
    ('dynasty_odds.scan_arbitrage(''2026-01-10 11:00Z'', -1, ''1 day'')'), ('dynasty_odds.steam_moves(''2026-01-10 00:00Z'', ''2026-01-10 12:00Z'', min_books => 1)'),
    ('dynasty_odds.stale_prices(''2026-01-10 11:00Z'', ''1 second'')'), ('dynasty_odds.export_odds(''2026-01-10 00:00Z'', ''2026-01-10 12:00Z'')'),
    ('dynasty_ops.bloat_report()'), ('dynasty_ops.cache_keys(''dynasty_props'', ''prop_markets'', ''{"week": 1}'')'), ('dynasty_ops.describe()'), ('dynasty_ops.grants_report()'), ('dynasty_ops.is_primary()'), ('dynasty_ops.missing_fk_indexes()'), ('dynasty_ops.security_report()'),
    ('dynasty.season_stats()'), ('dynasty.prospect_features(3, 2016)'), ('dynasty.all_features(2016)'), ('dynasty.feature_matrix(2016)'),
    ('dynasty.feature_catalogue()'), ('dynasty.feature_names()'), ('dynasty.optional_indexes()'), ('dynasty.feature_stamps(2016)'), ('dynasty.stale_features(2016)'), ('dynasty.explain_feature(3, 2016, ''ops_vs_level'')'),
    ('dynasty.hit_consistency_cv(1, 2016, ''A'')'), ('dynasty.derive_label(3, 2014)'), ('dynasty.derive_labels(2014)'), ('dynasty.label_window(2014)'),
    ('dynasty.population(''{2014,2015}'')'), ('dynasty.leak_report(''{2014,2015}''::int[])'), ('dynasty.calibration_line(''{0.1,0.4,0.3,0.8}'', ''{f,t,f,f}'')'), ('dynasty.training_set(''{2014,2015}'')'), ('dynasty.training_set_summary(''{2014,2015}'')'), ('dynasty.training_set_query(''{2014,2015}'')'),
    (format('dynasty.check_training_set(%L)', :'digest')), (format('dynasty.training_set_drift(%L, 2018)', :'digest')), ('dynasty.data_marks()'),
    ('dynasty.fit_model(''{2014,2015}'', lambda => 10, folds => 0)'), ('dynasty.predict(''hand'', 3, 2016)'), ('dynasty.predict(''hand'', ''{"age": 20}'')'), ('dynasty.predict_matrix(''hand'', 2016)'),
    ('dynasty.explain_prediction(''hand'', 3, 2016)'), ('dynasty.comparable_players(3, 2018)'), ('dynasty.model_version_of(''hand'')'), ('dynasty.judged_predictions(''hand'')'), ('dynasty.model_performance(''hand'')'),
    ('dynasty.calibration_table(''hand'')'), ('dynasty.calibration_chart(''hand'')'), ('dynasty.lift_table(''hand'')'), ('dynasty.tier_confusion(''hand'')'), ('dynasty.prediction_history(3)'),
    ('dynasty.prediction_history_chart(3)'), ('dynasty.scout_record()'), ('dynasty.migration_status()');
-- Every reader stands above, but those without a row to read and the one that needs a set of its own.
SELECT p.proname FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.prokind = 'f' AND p.provolatile = 's' AND p.proparallel = 's' AND p.proname NOT LIKE '\_%'
    AND NOT EXISTS (SELECT FROM calls WHERE call LIKE p.pronamespace::regnamespace || '.' || p.proname || '(%') ORDER BY 1;
\set ECHO none
\o /dev/null
SELECT format('CREATE TABLE serial_%s AS SELECT * FROM %s', number, call) FROM calls ORDER BY number \gexec
-- Server 16 gave the setting another name.
SELECT CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'force_parallel_mode' ELSE 'debug_parallel_query' END AS forced \gset
SET :forced = on;
SELECT format('CREATE TABLE worker_%s AS SELECT * FROM %s', number, call) FROM calls ORDER BY number \gexec
\o
\set ECHO all
EXPLAIN (COSTS OFF) SELECT * FROM dynasty.predict_matrix('hand', 2016);
EXPLAIN (COSTS OFF) SELECT * FROM dynasty.model_performance('hand');
SET :forced = off;
CREATE FUNCTION pg_temp.differ(number integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM ((SELECT s::text FROM serial_%1$s s EXCEPT ALL SELECT w::text FROM worker_%1$s w) UNION ALL (SELECT w::text FROM worker_%1$s w EXCEPT ALL SELECT s::text FROM serial_%1$s s)) d', number)
    INTO n;
    RETURN n;
END
$$;
CREATE FUNCTION pg_temp.rows(number integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM worker_%s', number) INTO n;
    RETURN n;
END
$$;
-- (What autovacuum may have counted anew in between may differ.)
SELECT call, pg_temp.rows(number) > 0 AS rows, pg_temp.differ(number) AS different FROM calls
WHERE pg_temp.rows(number) = 0 OR pg_temp.differ(number) > 0 AND call NOT IN ('dynasty_ops.bloat_report()', 'dynasty.optional_indexes()') ORDER BY number;
