-- The order in which rows lie in the tables changes nothing; games of a day go by game number, then id.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(40, 2014, 2018, 3);
CREATE TEMP TABLE before AS SELECT prospect_id, array_send(feature_values) AS bytes FROM dynasty.feature_matrix(2018);
SELECT count(DISTINCT bytes) > 35 AS they_differ FROM before;
-- All rows anew, in an order that has nothing to do with the first one, generated columns left out.
CREATE FUNCTION pg_temp.shuffle(tab regclass, ord text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    columns text := (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attrelid = tab AND attnum > 0 AND NOT attisdropped AND attgenerated = '');
BEGIN
    EXECUTE format('CREATE TEMP TABLE shuffled ON COMMIT DROP AS SELECT %s FROM %s', columns, tab);
    EXECUTE format('DELETE FROM %s', tab);
    EXECUTE format('INSERT INTO %s (%s) SELECT %2$s FROM shuffled ORDER BY %s', tab, columns, ord);
    DROP TABLE shuffled;
END
$$;
SELECT pg_temp.shuffle(t, o) FROM unnest('{dynasty.milb_game_logs,dynasty.scouting_grades,dynasty.milb_advanced_stats,dynasty.mlb_stats}'::regclass[]) t, unnest('{md5(id::text),id DESC}'::text[]) o;
SELECT count(*) AS rows, count(*) FILTER (WHERE b.bytes <> array_send(m.feature_values)) AS changed FROM before b JOIN dynasty.feature_matrix(2018) m USING (prospect_id);
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2018);
-- Physically clustered by date, and rewritten.
CLUSTER dynasty.milb_game_logs USING idx_milb_logs_date;
UPDATE dynasty.milb_game_logs SET data_source = 'x' WHERE id % 2 = 0;
VACUUM FULL dynasty.milb_game_logs;
SELECT count(*) AS rows, count(*) FILTER (WHERE b.bytes <> array_send(m.feature_values)) AS changed FROM before b JOIN dynasty.feature_matrix(2018) m USING (prospect_id);
-- Ties: the doubleheader's second game comes second whatever its id; of equal numbers the lower id is first.
INSERT INTO dynasty.prospects (id, name, position) VALUES (-1, 'By number', 'SS'), (-2, 'By id', 'SS');
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, game_number, game_pk, season, level, plate_appearances, at_bats, hits) VALUES
    (-5, -1, '2018-06-02', 2, NULL, 2018, 'AA', 4, 4, 0), (-4, -1, '2018-06-02', 1, NULL, 2018, 'A', 4, 4, 1), (-3, -1, '2018-06-01', 1, NULL, 2018, 'A', 4, 4, 1),
    (-2, -1, '2018-06-03', 1, NULL, 2018, 'A+', 4, 4, 1),
    (-15, -2, '2018-06-02', 1, 1, 2018, 'AA', 4, 4, 0), (-14, -2, '2018-06-02', 1, 2, 2018, 'A', 4, 4, 1), (-13, -2, '2018-06-01', 1, 3, 2018, 'A', 4, 4, 1),
    (-12, -2, '2018-06-03', 1, 4, 2018, 'A+', 4, 4, 1);
-- By number: A 1, A 1, AA 0, A+ 1. By id: A 1, AA 0, A 1, A+ 1.
SELECT id, name, value FROM pg_temp.long(2018) WHERE id < 0 AND name IN ('longest_hit_streak', 'promotions', 'demotions', 'last_level', 'hits_mean_abs_change') ORDER BY 1 DESC, 2;
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2018);
