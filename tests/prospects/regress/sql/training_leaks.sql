-- What is filled in of those who made it, and of nobody else, is hindsight: the trainer makes no column of its absence, and says aloud
-- which features give the outcome away by being there.
SET extra_float_digits = 0;
\set VERBOSITY terse
CREATE FUNCTION pg_temp.chance(what text, i integer, below integer) RETURNS integer LANGUAGE sql AS $$ SELECT ('x' || left(md5(what || i), 7))::bit(28)::integer % below $$;
-- 600 hitters with a line of 2016. Every sixth reaches the majors, whatever he hits; of these alone somebody has written down body, hands and
-- country. The day of birth is known of everybody, and grades only of every other one, successful or not.
INSERT INTO dynasty.prospects (id, name, position, birth_date, bats, throws, height_inches, weight_lbs, birth_country)
SELECT i, 'Batter ' || i, (ARRAY['SS', 'CF', '1B', 'C'])[1 + pg_temp.chance('position', i, 4)], date '1994-05-01' + pg_temp.chance('born', i, 1200), CASE WHEN made THEN (ARRAY['R', 'L', 'S'])[1 + i % 3] END,
       CASE WHEN made THEN 'R' END, CASE WHEN made THEN 69 + i % 8 END, CASE WHEN made THEN 170 + i % 50 END, CASE WHEN made THEN 'USA' END
FROM generate_series(1, 600) i, LATERAL (SELECT i % 6 = 0 AS made) m;
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus, woba)
SELECT i, 2016, 'AA', 60 + pg_temp.chance('wrc', i, 90), round(0.280 + pg_temp.chance('woba', i, 100) / 1000.0, 3) FROM generate_series(1, 600) i;
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value)
SELECT i, 'fangraphs', 2016, '2016-02-01', 40 + 5 * pg_temp.chance('fv', i, 3) FROM generate_series(1, 600) i WHERE i % 2 = (i / 6) % 2;
INSERT INTO dynasty.mlb_stats (prospect_id, season, plate_appearances, games_played) SELECT i, 2019, 600, 150 FROM generate_series(6, 600, 6) i;
INSERT INTO dynasty.mlb_stats (prospect_id, season, plate_appearances, games_played) VALUES (6, 2020, 8, 3);

-- Without hindsight nothing tells who made it. The WARNING names the features, by how much they tell.
SELECT model, train_rows + test_rows AS rows, auc BETWEEN 0.35 AND 0.65 AS by_chance FROM dynasty.train_model('blind', '1', as_of_years => '{2016}', data_through_year => 2020);
SELECT metrics -> 'indicators' AS indicators, metrics -> 'suspicious' AS suspicious, document::jsonb -> 'missing_indicator' ?| '{height_inches,bats_left,is_international,bmi}' AS sees_absence,
       document::jsonb -> 'missing_indicator' ? 'future_value' AS of_grades
FROM dynasty.ml_models WHERE name = 'blind';
-- Who asks for it gets it, and looks like a seer.
SELECT model, auc > 0.99 AS a_seer FROM dynasty.train_model('seer', '1', as_of_years => '{2016}', data_through_year => 2020, indicators => 'all', lambda => 10, folds => 0);
SELECT jsonb_array_length(document::jsonb -> 'missing_indicator') AS none FROM dynasty.fit_model('{2016}', data_through_year => 2020, indicators => 'none', lambda => 10, folds => 0);

-- The report says so of each feature.
SELECT feature, rows, missing, presence_auc, value_auc, is_dated, reason FROM dynasty.leak_report('{2016}', data_through_year => 2020) WHERE is_suspicious;
SELECT feature, missing, round(presence_auc::numeric, 3) AS presence, round(value_auc::numeric, 3) AS value, is_dated, is_suspicious, reason
FROM dynasty.leak_report('{2016}', data_through_year => 2020) WHERE feature IN ('age', 'future_value', 'fv_per_age', 'adv_wrc_plus', 'career_obp');
-- Both AUCs, in plain SQL.
CREATE TEMP TABLE seen AS
SELECT n.name, t.is_success AS y, t.feature_values[array_position(dynasty.feature_names(), n.name)] AS v
FROM dynasty.training_set('{2016}', data_through_year => 2020) t
CROSS JOIN unnest('{age,height_inches,bats_left,future_value,adv_wrc_plus,adv_woba,positional_adjustment,is_catcher,career_obp}'::text[]) n (name);
SELECT count(*) AS features, count(*) FILTER (WHERE abs(r.presence_auc - q.presence) > 1e-12) AS other_presence, count(*) FILTER (WHERE abs(r.value_auc - q.value) > 1e-12) AS other_value,
       count(q.value) AS values, count(r.value_auc) AS known
FROM dynasty.leak_report('{2016}', data_through_year => 2020) r
JOIN (SELECT a.name, avg(CASE WHEN (a.v IS NOT NULL) = (b.v IS NOT NULL) THEN 0.5 WHEN a.v IS NOT NULL THEN 1 ELSE 0 END)::float8 AS presence,
             (avg(CASE WHEN a.v > b.v THEN 1 WHEN a.v = b.v THEN 0.5 ELSE 0 END) FILTER (WHERE a.v IS NOT NULL AND b.v IS NOT NULL))::float8 AS value
      FROM seen a JOIN seen b USING (name) WHERE a.y AND NOT b.y GROUP BY a.name) q ON q.name = r.feature;
-- Of a recorded set, by its digest, by its model, and with the years as one writes them.
SELECT count(*) FILTER (WHERE is_suspicious) AS by_model FROM dynasty.leak_report('blind');
SELECT count(*) FILTER (WHERE is_suspicious) AS by_digest FROM dynasty.leak_report((SELECT training_digest FROM dynasty.ml_models WHERE name = 'blind'));
SELECT count(*) AS by_years FROM dynasty.leak_report('{2016}');
SELECT count(*) AS none FROM dynasty.leak_report(NULL::text);
SELECT count(*) AS none FROM dynasty.leak_report(NULL::integer[]);
-- Fewer than 30 successes say nothing.
SELECT count(*) FILTER (WHERE is_suspicious) AS suspicious, max(presence_auc) AS most FROM dynasty.leak_report('{2016}', data_through_year => 2020, prospect_ids => ARRAY(SELECT generate_series(1, 179)));

-- What is dated may be no more than who has played: a NOTICE. An age at the first game in AA is missing where there was no such game, so it is
-- not the day of birth that is to blame.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits) SELECT i, '2016-06-01', 2016, 'AA', 4, 4, 1 FROM generate_series(6, 600, 6) i;
SELECT dynasty.register_feature_set('small', '{age,age_at_first_aa,adv_wrc_plus,height_inches,tall}', '{"tall": "CASE WHEN height_inches > 73 THEN 1 ELSE 0 END"}') AS features;
SELECT model, auc > 0.9 AS tells FROM dynasty.train_model('small', '1', as_of_years => '{2016}', data_through_year => 2020, feature_set_version => 'small', lambda => 1, folds => 0);
SELECT feature, is_dated, is_suspicious, reason FROM dynasty.leak_report('small') ORDER BY feature;

SELECT * FROM dynasty.leak_report('nobody');
SELECT * FROM dynasty.leak_report('{2016}', population => 'everybody');
SELECT * FROM dynasty.fit_model('{2016}', indicators => 'some');
SELECT * FROM dynasty.fit_model('{2016}', weights => 'heavy');
SELECT * FROM dynasty.fit_model('{2016}', weights => NULL);
SELECT * FROM dynasty.train_model('x', '1', as_of_years => '{2016}', indicators => NULL);
