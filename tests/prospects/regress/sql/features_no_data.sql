-- A prospect of whom nothing is known has a vector all the same; so has everybody in an empty database: nobody.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT (SELECT count(*) FROM dynasty.feature_matrix(2020)) AS matrix, (SELECT count(*) FROM dynasty.all_features(2020)) AS all, (SELECT count(*) FROM dynasty.prospect_features(1, 2020)) AS one;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Nobody', 'SS'), (2, 'Nobody', 'LHP'), (3, 'Nobody', 'IF');
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2020);
-- What is not NULL: flags and counts, all of them said never to be NULL, and the value of the position.
SELECT id, name, value FROM pg_temp.long(2020) JOIN dynasty.feature_catalogue() USING (name) WHERE value IS NOT NULL AND id = 1 ORDER BY ordinal;
SELECT id, name, value FROM pg_temp.long(2020) JOIN dynasty.feature_catalogue() USING (name) WHERE value IS NOT NULL AND id > 1
   AND (value <> 0 OR applies_to <> 'all') ORDER BY id, ordinal;
SELECT id, count(*) AS never_null, count(value) AS known FROM pg_temp.long(2020) JOIN dynasty.feature_catalogue() USING (name)
WHERE null_rule LIKE 'never%' AND (applies_to IN ('all', 'hitter') OR id = 2) AND (applies_to <> 'hitter' OR id <> 2) GROUP BY 1 ORDER BY 1;
-- As of a year in which nothing had happened yet everything is as if there were nothing.
CREATE TEMP TABLE before AS SELECT prospect_id, array_send(feature_values) AS bytes FROM dynasty.feature_matrix(2016);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, outs_pitched) SELECT n, '2017-06-01', 2017, 'AA', 200, 200 FROM generate_series(1, 3) n;
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) VALUES (1, 'fangraphs', 2017, '2017-01-01', 60);
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, woba) VALUES (1, 2017, 'AA', 0.4);
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played) VALUES (1, 2017, 4);
SELECT count(*) AS rows, count(*) FILTER (WHERE b.bytes <> array_send(m.feature_values)) AS changed FROM before b JOIN dynasty.feature_matrix(2016) m USING (prospect_id);
SELECT count(*) AS rows, count(*) FILTER (WHERE b.bytes <> array_send(m.feature_values)) AS changed FROM before b JOIN dynasty.feature_matrix(2017) m USING (prospect_id);
