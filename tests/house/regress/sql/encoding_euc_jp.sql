-- An EUC_JP database: most letters take two bytes here, some three.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/encoding_setup.sql'
\set walk :abs_srcdir '/encoding_calls.sql'
\set end :abs_srcdir '/encoding_end.sql'
\set encoding euc_jp
\i :setup

SELECT * FROM dynasty.ingest_people('{"people": [{"id": 5, "fullName": "鈴木 一朗", "primaryPosition": {"abbreviation": "RF"}, "birthCountry": "日本"}, {"id": 6, "fullName": "José Peña", "primaryPosition": {"abbreviation": "SS"}}]}');
SELECT name, birth_country, octet_length(name) FROM dynasty.prospects ORDER BY mlb_id;
SELECT received, unchanged FROM dynasty.ingest_people('{"people": [{"id": 5, "fullName": "鈴木 一朗", "primaryPosition": {"abbreviation": "RF"}, "birthCountry": "日本"}]}');
-- Found by name, whatever bytes that is.
SELECT inserted FROM dynasty.ingest_scouting('[{"PlayerName": "鈴木 一朗", "playerid": "sa1", "Position": "RF", "FV": "55"}]', '雑誌', 2024, '2024-02-01');
SELECT name, fg_player_id FROM dynasty.prospects ORDER BY mlb_id;
-- A name of forty letters is cut, or refused, between letters.
SELECT rejects FROM dynasty.ingest_people(format('{"people": [{"id": 7, "fullName": "大谷", "birthDate": "%s"}]}', repeat('字', 300))::jsonb);
SELECT dynasty.predict(repeat('字', 300), 1, 2020);
\set VERBOSITY terse
SELECT dynasty.register_feature_set(repeat('字', 300));
\set VERBOSITY default
-- No EUC_JP.
\set VERBOSITY sqlstate
SELECT dynasty.ingest_people('{"people": [{"id": 6, "fullName": "\ud83d\ude00"}]}');
\set VERBOSITY default

CREATE FUNCTION grumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '駄目: %', NEW.name USING DETAIL = '詳細', HINT = '明日'; END $$;
CREATE TRIGGER grumble BEFORE INSERT ON dynasty.prospects FOR EACH ROW EXECUTE FUNCTION grumble();
SELECT inserted, rejects FROM dynasty.ingest_people('{"people": [{"id": 8, "fullName": "大谷", "primaryPosition": {"abbreviation": "SS"}}]}');
SELECT dynasty.simulate_league(1, 2020, 2020);
DROP TRIGGER grumble ON dynasty.prospects;
SELECT dynasty.feature_names('漢字');
SELECT dynasty.register_feature_set('漢', '{age,twice}', '{"twice": {"expression": "age * 2", "unit": "年"}}', '説明');
SELECT name, unit FROM dynasty.feature_catalogue('漢');
SELECT dynasty.register_model('型', '1', 'linear', '{"kind": "multinomial", "feature_names": ["年齢", "b"], "coef": [[1, 2], [0, 0], [-1, 1]], "intercept": [0, 0, 0]}', feature_set_version => NULL, target => 'value', classes => '{甲,乙,丙}') > 0 AS registered;
SELECT model_version, classes, round(predictions[1]::numeric, 3) AS first FROM dynasty.predict('型', '{"年齢": 1}'::jsonb);
SELECT dynasty.predict('型', '{"年令": 1}'::jsonb);

CREATE TABLE letters AS SELECT '漢é' AS l, '<none>' AS misread, '<none>' AS replaced;
\i :walk
SELECT count(*) > 3 AS accented FROM dynasty.prospects WHERE name ~ '[áéíñóú]';
SELECT count(*) FROM dynasty.season_stats_diff();
\i :end
