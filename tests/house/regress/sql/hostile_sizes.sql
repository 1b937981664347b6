-- Arguments of a size nobody means: long arrays, deep and wide JSON, long texts. Each is answered or refused by a message of bounded
-- length, in bounded memory.
\set VERBOSITY terse
SET client_min_messages = error;
SELECT count(*) FROM dynasty.simulate_league(30, 2019, 2022, 1);
CREATE TABLE many AS SELECT array_agg(i % 100000 - 1000) AS ids FROM generate_series(1, 1000000) i;

-- A million ids, most of nobody and all several times over.
SELECT count(*) FROM many, dynasty.season_stats(prospect_ids => ids);
SELECT count(*) FROM dynasty.season_stats();
SELECT count(*) FROM many, dynasty.feature_matrix(2021, prospect_ids => ids);
SELECT count(*) FROM many, dynasty.all_features(2021, prospect_ids => ids);
SELECT count(*) FROM many, dynasty.feature_stamps(2021, ids);
SELECT count(*) FROM many, dynasty.derive_labels(2018, 2022, prospect_ids => ids);
SELECT dynasty.refresh_features(2021, prospect_ids => ids) FROM many;
SELECT dynasty.refresh_labels(2018, 2022, prospect_ids => ids) FROM many;
SELECT count(*) FROM dynasty.season_stats((SELECT array_agg('Regular'::text) FROM generate_series(1, 100000)));
SELECT dynasty.refresh_stale_features(2021, 'v1.0', (SELECT array_agg('inputs'::text) FROM generate_series(1, 100000)));
-- Models, and what they are trained on.
SELECT dynasty.register_feature_set('few', '{age,career_ops,max_level}');
SELECT model FROM dynasty.train_model('m', '1', as_of_years => '{2019,2020}', years_to_evaluate => 2, feature_set_version => 'few', lambda => 10, folds => 0);
SELECT count(*) FROM many, dynasty.predict_matrix('m', 2021, prospect_ids => ids);
SELECT dynasty.predict_all('m', 2021, '2021-12-31', prospect_ids => ids) FROM many;
SELECT count(DISTINCT prospect_id) FROM many, dynasty.population('{2021}', 'all', ids);
SELECT count(*) = (SELECT count(*) FROM dynasty.training_set('{2019}', 2)) AS same FROM many, dynasty.training_set('{2019}', 2, prospect_ids => ids);
SELECT count(*) = (SELECT count(*) FROM dynasty.training_set('{2019,2020}', 2)) AS same
    FROM dynasty.training_set((SELECT array_agg(2019 + i % 2) FROM generate_series(1, 100000) i), 2);
SELECT success_probability BETWEEN 0 AND 1 AS predicted FROM dynasty.predict('m', (SELECT jsonb_object_agg('f' || i, i) || '{"age": 20}' FROM generate_series(1, 100000) i));
SELECT count(*) <= 5 AS few FROM dynasty.comparable_players(3, 2022, 5, (SELECT array_agg(2019 + i % 2) FROM generate_series(1, 100000) i));
SELECT count(*) FROM dynasty.prediction_history_chart(3, 'm', 2147483647);

-- The longest an error message may get, whatever it was called with.
CREATE FUNCTION refused(call text, VARIADIC arguments text[] DEFAULT '{}') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE call USING arguments;
    RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
    RETURN format('%s, %s', SQLSTATE, CASE WHEN length(SQLERRM) > 500 THEN length(SQLERRM)::text ELSE 'message of decent length' END);
END $$;
SELECT refused('SELECT dynasty.feature_names($1[1])', repeat('v', 10000000));
SELECT refused('SELECT dynasty.explain_feature(3, 2021, $1[1])', repeat('a', 10000000));
SELECT refused('SELECT dynasty.register_feature_set(''x'', ARRAY[$1[1]])', repeat('a', 10000000));
SELECT refused('SELECT dynasty.register_feature_set(''x'', (SELECT array_agg(format(''f%s'', i)) FROM generate_series(1, 1000000) i))');
SELECT refused('SELECT dynasty.register_feature_set(''x'', ARRAY[''age''], jsonb_build_object(''y'', $1[1]))', repeat('(', 1000000));
SELECT refused('SELECT dynasty.register_feature_set(''x'', ARRAY[''age''], jsonb_build_object(''y'', $1[1]))', repeat('-', 9999) || '1');
SELECT refused('SELECT dynasty.register_feature_set(''x'', ARRAY[''age''], jsonb_build_object(''y'', $1[1]))', 'age' || repeat(' + age', 1600));
SELECT refused('SELECT dynasty.ingest_game_logs(''{"stats": []}'', $1[1])', repeat('x', 1000000));
SELECT refused('SELECT dynasty.ingest_game_logs(''{"stats": []}'', ''skip'', $1[1])', repeat('x', 1000000));
SELECT refused('SELECT dynasty.derive_labels(2018, 2022, config => jsonb_build_object($1[1], 1))', repeat('x', 1000000));
SELECT refused('SELECT dynasty.derive_labels(2018, 2022, config => jsonb_build_object(''min_pa'', $1[1]))', repeat('x', 1000000));
SELECT refused('SELECT dynasty.refresh_stale_features(2021, ''v1.0'', ARRAY[$1[1]])', repeat('x', 1000000));

-- Documents of models: long, deep, wide, and of the wrong kind.
SELECT refused('SELECT dynasty.register_model(''x'', ''1'', ''linear'', $1[1])', repeat('x', 10000000));
SELECT refused('SELECT dynasty.register_model(''x'', ''1'', ''lightgbm'', $1[1])', repeat('x', 10000000));
SELECT refused('SELECT dynasty.register_model(''x'', ''1'', ''lightgbm'', $1[1])', 'tree' || repeat(E'\nTree=0\nnum_leaves=2147483647', 100000));
SELECT refused(format('SELECT dynasty.register_model(''x'', ''1'', %L, $1[1])', kind), repeat('[', 1000000) || repeat(']', 1000000)) FROM unnest('{xgboost,lightgbm,linear}'::text[]) kind;
SELECT refused('SELECT dynasty.register_model(''x'', ''1'', ''xgboost'', $1[1])', repeat('{"learner":', 100000) || '1' || repeat('}', 100000));
SELECT refused('SELECT dynasty.register_model(''x'', ''1'', ''linear'', jsonb_build_object(''kind'', ''logistic'', ''feature_names'', (SELECT jsonb_agg(''age''::text) FROM generate_series(1, 1000000)), ''coef'', ''[1]''::jsonb)::text)');
SELECT refused('SELECT dynasty.register_model($1[1], $1[1], ''linear'', ''{}'')', repeat('x', 1000000));
SELECT refused('SELECT * FROM dynasty.predict($1[1], 3, 2021)', repeat('x', 1000000));
SELECT refused('SELECT * FROM dynasty.predict(''m'', $1[1]::jsonb)', format('{"age": "%s"}', repeat('x', 1000000)));
SELECT refused('SELECT * FROM dynasty.training_set_drift($1[1], 2021)', repeat('0', 1000000));
SELECT refused('SELECT * FROM dynasty.training_set(ARRAY[2019], 2, split => $1[1])', repeat('x', 1000000));
SELECT refused('SELECT * FROM dynasty.training_set((SELECT array_agg(i) FROM generate_series(1, 1000000) i), 2)');
SELECT refused('CALL dynasty.export_training_set($1[1], ARRAY[2019], 2)', repeat('x', 1000000));

-- Deep JSON: jsonb itself refuses what is deeper than its stack, the readers what is not theirs.
SELECT refused('SELECT dynasty.ingest_game_logs($1[1]::jsonb)', repeat('[', 1000000) || repeat(']', 1000000));
SELECT refused('SELECT dynasty.ingest_game_logs($1[1]::jsonb)', repeat('[', 5000) || repeat(']', 5000));
SELECT refused('SELECT dynasty.ingest_people($1[1]::jsonb)', repeat('{"people":', 5000) || '[]' || repeat('}', 5000));
SELECT refused('SELECT dynasty.ingest_people($1[1]::jsonb)', format('{"people": [%s]}', repeat('[', 1000) || repeat(']', 1000)));
SELECT received, rejected, length(rejects::text) < 2000 AS short FROM
    dynasty.ingest_people(jsonb_build_object('people', jsonb_build_array(jsonb_build_object('id', 1, 'fullName', repeat('x', 10000000)))));
SELECT received, inserted, rejected FROM
    dynasty.ingest_people(jsonb_build_object('people', jsonb_build_array(jsonb_build_object('id', 1, 'fullName', 'A B', 'primaryPosition', '{"abbreviation": "SS"}'::jsonb, 'rubbish', repeat('x', 10000000)))));
-- A hundred thousand elements, none of them anything: each is a reject of its own, and the first ten thousand are listed.
SELECT received, inserted, rejected, jsonb_array_length(rejects) AS listed, length(rejects::text) < 200 * 100000 AS bounded FROM
    dynasty.ingest_people(jsonb_build_object('people', (SELECT jsonb_agg(i) FROM generate_series(1, 100000) i)));

-- What the backend holds on to afterwards.
SELECT sum(total_bytes) < 100000000 AS bounded FROM pg_backend_memory_contexts;
SELECT count(*) FROM dynasty.season_stats_diff();
