-- Thousands of transactions of a row each: the journal of changed levels is added up now and then, not read whole each time.
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
ALTER TABLE dynasty.norm_stamps SET (autovacuum_enabled = off);
DO $$
BEGIN
    FOR i IN 1..6000 LOOP
        INSERT INTO dynasty.milb_game_logs (prospect_id, game_pk, game_date, season, level, plate_appearances, at_bats, hits)
        VALUES (1, i, '2020-06-01', 2020, CASE WHEN i % 2 = 0 THEN 'A' ELSE 'AA' END, 4, 4, 1);
        COMMIT;
    END LOOP;
END $$;
SELECT count(*) < 3500 AS added_up, count(DISTINCT level) AS levels FROM dynasty.norm_stamps;
SELECT pg_stat_force_next_flush();
SELECT heap_blks_hit + heap_blks_read < 6000 * 5 AS few_pages_a_row FROM pg_statio_user_tables WHERE relid = 'dynasty.norm_stamps'::regclass;
-- A cached norm is still never older than its games.
SELECT count(*) FROM dynasty.prospect_features(1, 2020);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_pk, game_date, season, level, plate_appearances, at_bats, hits) VALUES (1, 7000, '2020-06-02', 2020, 'A', 4, 4, 4);
SELECT count(*) AS different FROM dynasty.prospect_features(1, 2020) p JOIN dynasty.feature_matrix(2020) m USING (prospect_id) WHERE array_send(p.feature_values) <> array_send(m.feature_values);
SELECT total_hits, games_played FROM dynasty.milb_season_stats ORDER BY level;
