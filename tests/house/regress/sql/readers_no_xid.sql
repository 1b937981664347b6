-- Functions that only read assign no transaction number (on a standby they could not), and those marked PARALLEL SAFE can be run by
-- a parallel worker (which could not either).
SET client_min_messages = error;
SELECT count(*) FROM dynasty.simulate_league(30, 2019, 2022, 5);
SELECT dynasty.refresh_features(2021) > 0 AS vectors;
CREATE TABLE answers (call text, answer text);
CREATE FUNCTION answer(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    EXECUTE format('SELECT md5(string_agg(r::text, E''\n'' ORDER BY r::text COLLATE "C")) FROM (SELECT %s AS r FROM (VALUES (1)) one OFFSET 0) s', call) INTO result;
    RETURN result;
END $$;
CREATE TABLE readers AS SELECT unnest(ARRAY[
    'dynasty.season_stats()', 'dynasty.season_stats_diff()', 'dynasty.hit_consistency_cv(3, 2021, ''AA'')',
    'dynasty.prospect_features(3, 2021)', 'dynasty.all_features(2021)', 'dynasty.feature_matrix(2021)', 'dynasty.feature_stamps(2021)',
    'dynasty.stale_features(2020)', 'dynasty.explain_feature(3, 2021, ''age'')', 'dynasty.feature_catalogue()', 'dynasty.feature_names()',
    'dynasty.derive_label(3, 2019)', 'dynasty.derive_labels(2019, 2023)', 'dynasty.label_window(2019)', 'dynasty.in_restore()']) AS call;

BEGIN TRANSACTION READ ONLY;
SELECT call, answer(call) IS NOT NULL OR call LIKE '%season_stats_diff%' OR call LIKE '%hit_consistency%' AS answered, pg_current_xact_id_if_assigned() FROM readers ORDER BY call COLLATE "C";
COMMIT;

-- The same call in a worker: the same answer.
INSERT INTO answers SELECT call, answer(call) FROM readers;
-- Server 16 gave the setting another name.
SELECT CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'force_parallel_mode' ELSE 'debug_parallel_query' END AS forced \gset
SET :forced = on;
SELECT r.call FROM readers r JOIN answers a USING (call) WHERE answer(r.call) IS DISTINCT FROM a.answer ORDER BY 1;
EXPLAIN (COSTS OFF) SELECT dynasty.hit_consistency_cv(3, 2021, 'AA');
SELECT count(dynasty.hit_consistency_cv(prospect_id, season, level)) = count(hit_consistency_cv) AS same FROM dynasty.milb_season_stats;
