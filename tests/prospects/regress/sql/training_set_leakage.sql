-- Nothing after the year moves a feature or decides who is in, nothing outside of the window moves a label: 200 random statements outside,
-- the same on every run; and one of each kind inside, which must show.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(40, 2012, 2022, 21);
CREATE FUNCTION pg_temp.rows() RETURNS TABLE (prospect_id integer, as_of_year integer, features bytea, label text) LANGUAGE sql AS $$
    -- Whether he is a prospect, and how far he had come, is known then like a feature.
    SELECT t.prospect_id, t.as_of_year, array_send(t.feature_values) || convert_to(coalesce(q.status, 'none'), 'UTF8'), concat(t.is_success, t.success_tier, t.evaluation_year)
    FROM dynasty.training_set('{2014,2016}', data_through_year => 2020, population => 'known') t LEFT JOIN dynasty.population('{2014,2016}') q USING (prospect_id, as_of_year) $$;
CREATE TEMP TABLE truth AS SELECT * FROM pg_temp.rows();
SELECT count(*) > 30 AS many, count(DISTINCT label) > 2 AS various FROM truth;
-- Of the year 2014 the window ends with 2018, of 2016 with 2020. What is changed lies after 2016 for features and after 2020 for labels; and for the
-- rows of 2014 alone between.
CREATE TEMP TABLE outside (what text, years integer[], features boolean, labels boolean, statement text);
INSERT INTO outside VALUES
    ('later games in', '{2014,2016}', true, true, 'INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits) SELECT %1$s, make_date(%2$s, 4, 1) + %3$s %% 200, %2$s, ''AA'', 5, 4, %3$s %% 4 ON CONFLICT DO NOTHING'),
    ('later games out', '{2014,2016}', true, true, 'DELETE FROM dynasty.milb_game_logs WHERE season > 2016 AND prospect_id = %1$s AND id %% 7 = %3$s %% 7'),
    ('later lists', '{2014,2016}', true, true, 'INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) SELECT %1$s, ''x'', %2$s, make_date(%2$s, 2, 1), 80 ON CONFLICT DO NOTHING'),
    ('late lists', '{2014,2016}', true, true, 'INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) SELECT %1$s, ''y'', 2014, make_date(2017, 2, 1), 80 ON CONFLICT DO NOTHING'),
    ('later lines', '{2014,2016}', true, true, 'INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus) SELECT %1$s, %2$s, ''AA'', %3$s %% 200 ON CONFLICT DO NOTHING'),
    ('drafted later', '{2014,2016}', true, true, 'UPDATE dynasty.prospects SET draft_year = %2$s, draft_round = 1 WHERE id = %1$s AND draft_year > 2016'),
    ('today', '{2014,2016}', true, true, 'UPDATE dynasty.prospects SET current_level = ''AAA'', current_team = %3$L WHERE id = %1$s'),
    ('majors after the windows', '{2014,2016}', true, true, 'INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT %1$s, 2021 + %3$s %% 4, 162, 700, 9.9 ON CONFLICT (prospect_id, season) DO UPDATE SET war = %3$s %% 9'),
    ('majors after the first window', '{2014}', true, true, 'INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT %1$s, 2019 + %3$s %% 2, 162, 700, 9.9 ON CONFLICT (prospect_id, season) DO UPDATE SET war = %3$s %% 9'),
    ('majors in the windows', '{2014,2016}', true, false, 'INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT %1$s, 2017 + %3$s %% 2, 162, 700, 9.9 ON CONFLICT (prospect_id, season) DO UPDATE SET plate_appearances = %3$s %% 700'),
    ('majors before the windows', '{2014,2016}', false, true, 'UPDATE dynasty.mlb_stats SET plate_appearances = %3$s %% 700, war = %3$s %% 9 WHERE season <= 2014 AND prospect_id = %1$s'),
    ('games before', '{2014,2016}', false, true, 'UPDATE dynasty.milb_game_logs SET hits = %3$s %% 3 WHERE season <= 2014 AND prospect_id = %1$s AND id %% 5 = %3$s %% 5'),
    ('other tables', '{2014,2016}', true, true, 'INSERT INTO dynasty.ml_labels (prospect_id, prospect_year, evaluation_year, window_complete, is_success) SELECT %1$s, 2014, 2018, true, true ON CONFLICT DO NOTHING');
-- What must not move and does. Membership, features and labels, each where the statement lies outside.
CREATE FUNCTION pg_temp.moved(of integer[], check_features boolean, check_labels boolean) RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM (SELECT * FROM truth WHERE as_of_year = ANY (of)) t FULL JOIN (SELECT * FROM pg_temp.rows() WHERE as_of_year = ANY (of)) n USING (prospect_id, as_of_year)
    WHERE check_features AND t.features IS DISTINCT FROM n.features OR check_labels AND t.label IS DISTINCT FROM n.label $$;
CREATE TEMP TABLE done (what text, rows bigint);
SELECT setseed(0.3) IS NOT NULL AS seeded;
DO $$
DECLARE
    item record;
    ids integer[] := ARRAY(SELECT id FROM dynasty.prospects ORDER BY id);
    n bigint;
BEGIN
    FOR i IN 1 .. 200 LOOP
        SELECT * INTO item FROM outside ORDER BY what OFFSET floor(random() * (SELECT count(*) FROM outside)) LIMIT 1;
        EXECUTE format(item.statement, ids[1 + floor(random() * cardinality(ids))], 2017 + floor(random() * 4)::integer, floor(random() * 100000)::integer);
        GET DIAGNOSTICS n = ROW_COUNT;
        INSERT INTO done VALUES (item.what, n);
        IF pg_temp.moved(item.years, item.features, item.labels) > 0 THEN
            RAISE 'a row moved by "%"', item.what;
        END IF;
        -- What moved inside is the new truth.
        TRUNCATE truth;
        INSERT INTO truth SELECT * FROM pg_temp.rows();
    END LOOP;
END $$;
SELECT what, count(*) > 3 AS several, sum(rows) > 0 AS hit FROM done GROUP BY 1 ORDER BY 1;
-- Somebody new, seen only later: he is in the later year alone, whatever he does afterwards.
INSERT INTO dynasty.prospects (id, name, position) VALUES (1000001, 'New', 'SS');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits) VALUES (1000001, '2015-06-01', 2015, 'A', 4, 4, 1);
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (1000001, 2018, 162, 700, 9.9);
SELECT as_of_year, is_success FROM dynasty.training_set('{2014,2016}', prospect_ids => '{1000001}');
-- The control: what lies inside shows.
CREATE TEMP TABLE control AS SELECT * FROM pg_temp.rows();
UPDATE dynasty.milb_game_logs SET hits = at_bats WHERE prospect_id = 1000001;
UPDATE dynasty.mlb_stats SET plate_appearances = 3 WHERE prospect_id = 1000001;
SELECT as_of_year, t.features <> n.features AS features_moved, t.label <> n.label AS label_moved FROM control t JOIN pg_temp.rows() n USING (prospect_id, as_of_year) WHERE prospect_id = 1000001;
