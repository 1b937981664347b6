-- Point in time (contract 1.7): whatever is added, changed or deleted outside the cut-off, no value as of the year moves by a
-- bit. 300 random statements on all tables, the same on every run; and as a control one of each kind inside, which must show.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(50, 2014, 2021, 99);
-- As of 2018; what is outside of that is outside of 2016 too.
CREATE TEMP TABLE truth AS SELECT y, prospect_id, array_send(feature_values) AS bytes FROM (VALUES (2016), (2018)) v (y), dynasty.feature_matrix(v.y);
CREATE FUNCTION pg_temp.moved() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM truth t LEFT JOIN (SELECT y, m.* FROM (VALUES (2016), (2018)) v (y), dynasty.feature_matrix(v.y) m) m USING (y, prospect_id)
    WHERE array_send(m.feature_values) IS DISTINCT FROM t.bytes
$$;
CREATE TEMP TABLE outside (what text, statement text);
INSERT INTO outside VALUES
    ('later game in',          'INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_type, plate_appearances, at_bats, hits, walks, strikeouts, outs_pitched, earned_runs)
                                SELECT %1$s, make_date(%2$s, 4, 1) + %3$s %% 200, %2$s, %4$L, NULL, 5, 4, %3$s %% 4, 1, %3$s %% 3, %3$s %% 20, %3$s %% 5 ON CONFLICT DO NOTHING'),
    ('later game changed',     'UPDATE dynasty.milb_game_logs SET hits = %3$s %% 5, level = %4$L, strikeouts = NULL, is_home = NOT is_home, game_date = game_date - 300 WHERE season > 2018 AND id %% 50 = %3$s %% 50'),
    ('later game to another',  'UPDATE dynasty.milb_game_logs SET prospect_id = %1$s, team = id::text WHERE season > 2018 AND game_pk IS NULL AND id %% 90 = %3$s %% 90'),
    ('later game out',         'DELETE FROM dynasty.milb_game_logs WHERE season > 2018 AND id %% 100 = %3$s %% 100'),
    ('dated after its season', 'INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, hits, game_type, data_source)
                                SELECT %1$s, make_date(%5$s + 1, 1, 1) + %3$s %% 40, %5$s, %4$L, 4, 3, ''Regular'', ''late'' ON CONFLICT DO NOTHING'),
    ('late one changed',       'UPDATE dynasty.milb_game_logs SET hits = %3$s %% 5, season = %5$s, game_date = make_date(%5$s + 1, 1, 1) + %3$s %% 400, game_number = 1 + id %% 30000 WHERE data_source = ''late'' AND id %% 3 = %3$s %% 3'),
    ('late one out',           'DELETE FROM dynasty.milb_game_logs WHERE data_source = ''late'' AND prospect_id = %1$s'),
    ('next list in',           'INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value, rank_overall, hit_future)
                                SELECT %1$s, ''s'' || %3$s %% 5, %2$s, make_date(%2$s, 2, 1) - %3$s %% 1000, 20 + %3$s %% 61, 1, 80 ON CONFLICT DO NOTHING'),
    ('list recorded late in',  'INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value, rank_overall, hit_future)
                                SELECT %1$s, ''t'' || %3$s %% 5, %5$s, make_date(2019, 1, 1) + %3$s %% 300, 20 + %3$s %% 61, 1, 80 ON CONFLICT DO NOTHING'),
    ('lists changed',          'UPDATE dynasty.scouting_grades SET future_value = 20 + %3$s %% 61, source = source || ''x'', risk_level = ''Extreme'' WHERE (ranking_year > 2018 OR date_recorded > ''2018-12-31'') AND length(source) < 40 AND id %% 4 = %3$s %% 4'),
    ('lists out',              'DELETE FROM dynasty.scouting_grades WHERE (ranking_year > 2018 OR date_recorded > ''2018-12-31'') AND id %% 10 = %3$s %% 10'),
    ('next line in',           'INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus, woba) SELECT %1$s, %2$s, %4$L, 200, 0.500 ON CONFLICT DO NOTHING'),
    ('next line changed',      'UPDATE dynasty.milb_advanced_stats SET wrc_plus = %3$s %% 200, gb_percent = 1 WHERE season > 2018 AND prospect_id = %1$s'),
    ('next line out',          'DELETE FROM dynasty.milb_advanced_stats WHERE season > 2018 AND prospect_id = %1$s'),
    ('majors in',              'INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances) SELECT %1$s, %2$s, 100, 400 ON CONFLICT (prospect_id, season) DO UPDATE SET games_played = 99'),
    ('majors changed',         'UPDATE dynasty.mlb_stats SET games_played = %3$s %% 162, war = 9.9, season = season + 10 WHERE season BETWEEN 2019 AND 2030 AND prospect_id = %1$s'),
    ('majors out',             'DELETE FROM dynasty.mlb_stats WHERE season > 2018 AND prospect_id %% 5 = %1$s %% 5'),
    ('today''s club',          'UPDATE dynasty.prospects SET current_team = %3$L, current_organization = %4$L, current_level = %4$L, name = %3$L, updated_at = now(), last_stats_update = now() WHERE id = %1$s'),
    ('a later draft',          'UPDATE dynasty.prospects SET draft_year = %2$s, draft_round = 1, draft_pick = 1 + %3$s %% 30, signing_bonus_usd = %3$s, draft_team = %4$L WHERE id = %1$s AND draft_year > 2018'),
    ('somebody new',           'WITH p AS (INSERT INTO dynasty.prospects (name, position, birth_date, draft_year) VALUES (%4$L, ''SP'', ''1999-01-01'', %2$s) RETURNING id)
                                INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played) SELECT id, 2018, 1 FROM p'),
    ('other tables',           'INSERT INTO dynasty.ml_features (prospect_id, as_of_year, feature_set_version, feature_values) SELECT %1$s, 2018, ''v1.0'', ''{1,2}'' ON CONFLICT DO NOTHING'),
    ('labels',                 'INSERT INTO dynasty.ml_labels (prospect_id, prospect_year, evaluation_year, window_complete, total_pa) SELECT %1$s, %5$s, 2025, true, %3$s ON CONFLICT DO NOTHING');
SELECT setseed(0.4) IS NOT NULL AS seeded;
CREATE TEMP TABLE done (what text, rows bigint);
DO $$
DECLARE
    item record;
    ids integer[] := ARRAY(SELECT id FROM dynasty.prospects ORDER BY id);
    n bigint;
BEGIN
    FOR i IN 1 .. 300 LOOP
        SELECT * INTO item FROM outside ORDER BY what OFFSET floor(random() * (SELECT count(*) FROM outside)) LIMIT 1;
        EXECUTE format(item.statement, ids[1 + floor(random() * cardinality(ids))], 2019 + floor(random() * 4)::integer, floor(random() * 100000)::integer,
                       (ARRAY['A', 'A+', 'AA', 'AAA', 'Rookie', 'Complex'])[1 + floor(random() * 6)], 2015 + floor(random() * 4)::integer);
        GET DIAGNOSTICS n = ROW_COUNT;
        INSERT INTO done VALUES (item.what, n);
        IF pg_temp.moved() > 0 THEN
            RAISE 'a value moved by "%"', item.what;
        END IF;
    END LOOP;
END
$$;
SELECT count(*) AS statements, count(DISTINCT what) = (SELECT count(*) FROM outside) AS of_every_kind, sum(rows) > 500 AS rows_changed, count(*) FILTER (WHERE rows > 0) > 150 AS with_effect FROM done;
SELECT what FROM outside EXCEPT SELECT what FROM done WHERE rows > 0;
-- All of it gone: the future need not have happened.
DELETE FROM dynasty.milb_game_logs WHERE season > 2018 OR game_date > make_date(season, 12, 31);
DELETE FROM dynasty.scouting_grades WHERE ranking_year > 2018 OR date_recorded > '2018-12-31';
DELETE FROM dynasty.milb_advanced_stats WHERE season > 2018;
DELETE FROM dynasty.mlb_stats WHERE season > 2018;
SELECT pg_temp.moved();
-- Nor could 2016 know of 2017 and 2018.
SELECT count(*) > 10 AS differ FROM (SELECT prospect_id FROM truth GROUP BY 1 HAVING count(DISTINCT bytes) > 1) x;
DELETE FROM dynasty.milb_game_logs WHERE season > 2016;
DELETE FROM dynasty.scouting_grades WHERE ranking_year > 2016 OR date_recorded > '2016-12-31';
DELETE FROM dynasty.milb_advanced_stats WHERE season > 2016;
DELETE FROM dynasty.mlb_stats WHERE season > 2016;
UPDATE dynasty.prospects SET draft_round = NULL, draft_pick = NULL, signing_bonus_usd = 7 WHERE draft_year > 2016;
SELECT count(*) AS moved FROM truth t LEFT JOIN dynasty.feature_matrix(2016) m USING (prospect_id) WHERE t.y = 2016 AND array_send(m.feature_values) IS DISTINCT FROM t.bytes;
-- The control: one change inside the cut-off of 2016 at a time.
CREATE FUNCTION pg_temp.moves(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    answer boolean;
BEGIN
    EXECUTE statement;
    SELECT count(*) > 0 INTO answer FROM truth t LEFT JOIN dynasty.feature_matrix(2016) m USING (prospect_id) WHERE t.y = 2016 AND array_send(m.feature_values) IS DISTINCT FROM t.bytes;
    RAISE EXCEPTION 'taken back' USING ERRCODE = 'P0002';
EXCEPTION WHEN no_data_found THEN RETURN answer;
END
$$;
SELECT what, pg_temp.moves(statement) AS moves FROM (VALUES
    (1, 'nothing', 'SELECT 1'),
    (2, 'game in', 'INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level) SELECT min(id), ''2016-12-31'', 2016, ''AA'' FROM dynasty.prospects'),
    (3, 'game changed', 'UPDATE dynasty.milb_game_logs SET hits = hits + 1 WHERE id = (SELECT min(l.id) FROM dynasty.milb_game_logs l JOIN dynasty.prospects p ON p.id = prospect_id WHERE hits < at_bats AND game_type = ''Regular'' AND position = ''SS'')'),
    (4, 'game out', 'DELETE FROM dynasty.milb_game_logs WHERE id = (SELECT max(id) FROM dynasty.milb_game_logs WHERE game_type = ''Regular'')'),
    (5, 'game type', 'UPDATE dynasty.milb_game_logs SET game_type = ''Spring'' WHERE id = (SELECT max(id) FROM dynasty.milb_game_logs WHERE game_type = ''Regular'')'),
    (6, 'list recorded on December 31', 'INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) SELECT min(id), ''new'', 2016, ''2016-12-31'', 80 FROM dynasty.prospects'),
    (7, 'line', 'INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wraa) SELECT min(id), 2016, ''Complex'', 80 FROM dynasty.prospects WHERE position = ''SS'''),
    (8, 'majors', 'INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played) SELECT min(id), 2016, 1 FROM dynasty.prospects p WHERE NOT EXISTS (SELECT FROM dynasty.mlb_stats m WHERE m.prospect_id = p.id)'),
    (9, 'draft', 'UPDATE dynasty.prospects SET draft_pick = draft_pick + 1 WHERE draft_year <= 2016'),
    (10, 'birth date', 'UPDATE dynasty.prospects SET birth_date = birth_date + 1')) v (ord, what, statement) ORDER BY ord;
SELECT count(*) AS moved FROM truth t LEFT JOIN dynasty.feature_matrix(2016) m USING (prospect_id) WHERE t.y = 2016 AND array_send(m.feature_values) IS DISTINCT FROM t.bytes;
