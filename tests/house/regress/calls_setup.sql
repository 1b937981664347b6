-- For tests that call every function: a league with a model, and sensible(), what an argument is when a function is called as it
-- is meant. To teach it a new function: a line where its arguments are not found here yet.
SET client_min_messages = error;
SELECT count(*) FROM dynasty.simulate_league(30, 2019, 2022, 23);
-- More of them in the majors than such a small league has, so that a model can be trained on any part of it.
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, at_bats, outs_pitched, war)
SELECT id, 2021, 120, 500, 450, 300, 3 FROM dynasty.prospects WHERE id % 3 = 2 ON CONFLICT DO NOTHING;
-- A merge to take back; neither has an MLBAM id any more.
UPDATE dynasty.prospects SET mlb_id = NULL WHERE id BETWEEN 4 AND 6;
SELECT dynasty.merge_prospects(4, 6) > 0 AS merged FROM dynasty.prospects p, dynasty.prospects q WHERE p.id = 4 AND q.id = 6;
SELECT dynasty.refresh_features(2021) > 0 AS vectors;
CALL dynasty.keep_labels_current(2019, 2022);
-- A model trained in the database, with predictions of two years, so that what is asked of models has something to answer.
SELECT dynasty.register_feature_set('few', '{age,career_ops,max_level}');
SELECT model FROM dynasty.train_model('m', '1', as_of_years => '{2019,2020}', years_to_evaluate => 2, feature_set_version => 'few', lambda => 10, folds => 0);
SELECT dynasty.register_feature_set('spare', '{age}'), dynasty.register_model('spare', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": 0}') > 0 AS registered;
CREATE TABLE box_score AS SELECT '{"gamePk": 3, "gameData": {"game": {"season": "2021", "type": "R"}, "datetime": {"officialDate": "2021-05-01"},
    "teams": {"home": {"name": "H", "sport": {"id": 12}}, "away": {"name": "A", "sport": {"id": 12}}}}, "liveData": {"boxscore": {"teams": {"home": {"team": {"name": "H"},
    "players": {"ID11": {"person": {"id": 11, "fullName": "Eleven"}, "stats": {"batting": {"gamesPlayed": 1, "atBats": 3, "hits": 1}, "pitching": {}}}}},
    "away": {"team": {"name": "A"}, "players": {}}}}}}'::jsonb AS body;
SELECT dynasty.predict_all('m', y, make_date(y, 12, 31)) > 0 AS predicted FROM generate_series(2020, 2021) y;

-- A run, an event and a book of odds, each the first.
SELECT dynasty_odds.start_run('flat', 'b') AS run;
SELECT odds FROM dynasty_odds.ingest('[{"event_ref": "1", "sport": "s", "home": "H", "away": "A", "kickoff": "2021-06-01T18:00Z", "bookmaker": "b", "market": "h2h", "outcome": "home", "price": 2}]', 'flat', '2021-05-31', 1);

-- A table by time, for the upkeep.
CREATE TABLE ticks (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE ticks_default PARTITION OF ticks DEFAULT;
CREATE TABLE strays (at timestamptz NOT NULL);
INSERT INTO dynasty_ops.retention_policies (parent_table, control, partition_interval, retention) VALUES ('public.ticks', 'at', '1 day', '30 days');
INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('public', 'ticks', 'ticks', 60);

CREATE FUNCTION sensible(of text, name text, type regtype) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        -- Odds.
        WHEN name IN ('odds', 'best', 'closing') AND type = 'double precision[]'::regtype THEN '{1.9,2.1}'
        WHEN name IN ('odds', 'price', 'bet_odds', 'closing_odds', 'back_odds', 'lay_odds') AND type IN ('numeric'::regtype, 'double precision'::regtype) THEN '2.5'
        WHEN of = 'content_hash' OR of = 'record_snapshot' AND name = 'odds' THEN '[]'
        WHEN of IN ('ingest', 'parse_odds', '_read_odds', 'ingest_scores') THEN CASE name WHEN 'source' THEN 'flat' WHEN 'odds_format' THEN 'auto' WHEN 'scope' THEN '' WHEN 'run_id' THEN '1'
            WHEN 'captured_at' THEN '2021-06-01' WHEN 'payload' THEN
            '[{"event_ref": "1", "sport": "s", "home": "H", "away": "A", "kickoff": "2021-06-01T18:00Z", "bookmaker": "b", "market": "h2h", "outcome": "home", "price": 2, "home_score": 1, "away_score": 0}]' END
        WHEN name = 'p_items' THEN '[]'
        WHEN of = 'finish_run' AND name = 'status' THEN 'failed'
        WHEN of = 'log_error' AND name IN ('kind', 'http_status') THEN CASE name WHEN 'kind' THEN 'http' ELSE '404' END
        WHEN name = 'american' THEN '150'
        WHEN name = 'frac' THEN '6/4'
        WHEN name = 'side' THEN 'back'
        WHEN of IN ('devig', 'fair_odds', 'clv_fair') AND name = 'method' THEN 'power'
        WHEN of = 'devig' AND name = 'target' THEN '1'
        WHEN of = 'payout' AND name IN ('result', 'dead_heat') OR of = 'clv_fair' AND name = 'outcome' THEN '1'
        WHEN of = 'settle' THEN CASE name WHEN 'market' THEN 'h2h' WHEN 'outcome' THEN 'home' WHEN 'line' THEN NULL ELSE '2' END
        WHEN name IN ('market', 'p_market') AND type = 'text'::regtype THEN 'h2h'
        WHEN of = 'event_clv' AND name IN ('outcome', 'line') THEN CASE name WHEN 'outcome' THEN 'home' END
        WHEN name IN ('bucket', 'p_bucket') THEN '1 hour'
        WHEN of IN ('fair_market', 'consensus', 'scan_value', '_fair') AND name = 'method' THEN 'power'
        WHEN of = '_fair' AND name = 'target' THEN '1'
        WHEN of = 'scan_value' AND name = 'reference' THEN NULL
        -- Operations.
        WHEN of IN ('purge', 'enable_partitions', '_own_parent', '_policies', '_enable', '_maintain', '_enable_apart', '_maintain_apart') AND name IN ('parent', 'parent_table', 'wanted') THEN 'public.ticks'
        WHEN of = '_own_parent' AND name = 'control' THEN 'at'
        WHEN of IN ('_detach_default', '_bounds') THEN 'public.ticks'::regclass::oid::text
        WHEN of IN ('_make_partitions', '_put_back') AND name = 'parent' THEN 'public.ticks'::regclass::oid::text
        WHEN of IN ('_make_partitions', '_put_back') AND name = 'source' THEN 'public.strays'::regclass::oid::text
        WHEN of IN ('_make_partitions', '_put_back') AND name = 'control' THEN 'at'
        WHEN of IN ('_sizes', '_count_rows') THEN 'dynasty.mlb_stats'::regclass::oid::text
        WHEN of IN ('enable_cache_notices') THEN CASE name WHEN 'p_schema' THEN 'public' ELSE 'ticks' END
        WHEN of = '_attach_cache_notices' AND name = 'relation' THEN 'public.ticks'
        WHEN of = '_make_trigger' THEN CASE name WHEN 'relation' THEN 'dynasty_ops.shard_nodes' WHEN 'trigger_name' THEN 'forbid' WHEN 'events' THEN 'BEFORE DELETE' WHEN 'rest' THEN 'FOR EACH ROW'
            WHEN 'function' THEN 'dynasty_ops.forbid_change' WHEN 'of_others' THEN 'f' ELSE 'A trigger.' END
        WHEN of = '_keep_alert' AND name = 'name' THEN 'disk_space'
        WHEN of = '_keep_alert' AND name = 'severity' THEN 'info'
        WHEN of = '_health_part' THEN 'server'
        WHEN of IN ('failure_rate') THEN current_database()::text
        WHEN name = 'dbname' THEN current_database()::text
        WHEN name = 'schema_like' THEN 'dynasty%'
        WHEN of = '_leads' THEN '{1}'
        WHEN of = '_needs_column' THEN CASE name WHEN 'relation' THEN 'prospects' WHEN 'needed' THEN 'name' ELSE '1.0' END
        WHEN of = '_refuse_other_tables' AND name = 'relation' THEN 'dynasty.mlb_stats'::regclass::oid::text
        WHEN of = '_refuse_other_tables' AND name = 'tables' THEN '{mlb_stats}'
        WHEN of IN ('drop_model', 'drop_feature_set') THEN CASE WHEN type = 'text'::regtype AND name = 'version' AND of = 'drop_model' THEN '1' ELSE 'spare' END
        WHEN of IN ('register_model', 'train_model') AND name IN ('name', 'version') THEN '2'
        WHEN of = 'register_model' AND name = 'kind' THEN 'linear'
        WHEN of = 'create_optional_index' THEN 'idx_ml_features_vector'
        WHEN of = 'register_feature_set' AND name = 'version' THEN 'new'
        WHEN of = 'migrate' THEN '1.1'
        WHEN of = 'predict' AND name = 'features' THEN '{"age": 20.5, "career_ops": 0.8}'
        WHEN of IN ('ingest_advanced', 'ingest_scouting') AND name = 'payload' THEN '[]'
        WHEN name = 'folds' THEN '0'
        WHEN of = '_written_columns' THEN CASE name WHEN 'relation' THEN 'prospects' ELSE '{id}' END
        WHEN of IN ('merge_prospects', 'unmerge_prospects') THEN CASE name WHEN 'keep' THEN '4' WHEN 'drop' THEN '5' ELSE (SELECT min(m.id)::text FROM dynasty.prospect_merges m) END
        WHEN of = '_derived_anew' AND type = 'jsonb'::regtype THEN '[]'
        WHEN of = 'ingest_boxscore' AND name = 'payload' THEN (SELECT body::text FROM box_score)
        WHEN name IN ('training_digest', 'digest') THEN (SELECT training_digest FROM dynasty.ml_models WHERE name = 'm')
        WHEN name = 'model' THEN 'm'
        WHEN name = 'kind' THEN 'logistic'
        WHEN name = 'document' THEN '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": -20}'
        WHEN name = 'feature_set_version' THEN 'few'
        WHEN name = 'target' THEN 'success'
        WHEN name = 'population' THEN 'known'
        WHEN name = 'weights' THEN 'none'
        WHEN name = 'indicators' THEN 'dated'
        WHEN of = 'leak_report' AND name = 'training' THEN 'm'
        WHEN name = 'held_off' THEN '0.001'
        WHEN type = 'boolean[]'::regtype THEN '{t,f}'
        WHEN name = 'split' THEN 'prospect'
        WHEN name = 'view_name' THEN 'exported'
        WHEN name IN ('as_of_years', 'years') THEN '{2019,2020}'
        WHEN name = 'years_to_evaluate' THEN '2'
        WHEN name IN ('class', 'classes', 'calibration') THEN NULL
        WHEN of = 'register_model' AND name IN ('feature_names', 'missing') THEN NULL
        WHEN of IN ('train_model', 'fit_model') AND name = 'prospect_ids' THEN NULL
        WHEN of IN ('train_model', 'fit_model') AND name = 'data_through_year' THEN NULL
        WHEN name IN ('width', 'bins') THEN '20'
        WHEN name LIKE '%evaluation_year' THEN '2023'
        WHEN name ~ '(year|season|last)' AND type = 'integer'::regtype THEN '2021'
        WHEN name IN ('min_years', 'batch_size', 'prospects', 'prospect_id') THEN '3'
        WHEN type IN ('integer'::regtype, 'bigint'::regtype, 'smallint'::regtype, 'numeric'::regtype) THEN '1'
        WHEN name IN ('prob_star', 'prob_solid') THEN '0.2'
        WHEN name = 'prob_marginal' THEN '0.1'
        WHEN type = 'double precision'::regtype THEN '0.5'
        WHEN name LIKE '%version' AND type = 'text'::regtype THEN 'v1.0'
        WHEN name = 'unknown_players' THEN 'create'
        WHEN name = 'name' THEN 'age'
        WHEN name = 'source' THEN 'fangraphs'
        WHEN name = 'level' THEN 'AA'
        WHEN name = 'payload' THEN '{"stats": [], "people": []}'
        WHEN name = 'confidence_level' THEN 'High'
        WHEN name = 'systems' THEN '{prospects}'
        WHEN name = 'game_types' THEN '{Regular}'
        WHEN name = 'reasons' THEN '{missing,inputs}'
        WHEN name = 'features' THEN '{age,bmi}'
        WHEN type = 'text'::regtype THEN 'mlb_api'
        WHEN type = 'jsonb'::regtype THEN '{}'
        WHEN type = 'date'::regtype THEN '2021-06-01'
        WHEN type = 'timestamptz'::regtype THEN '2021-06-01'
        WHEN type = 'interval'::regtype THEN '1 year'
        WHEN type = 'integer[]'::regtype THEN '{1,2,3}'
        WHEN type = 'text[]'::regtype THEN '{}'
        WHEN type = 'double precision[]'::regtype THEN '{0.5,0.25}'
        WHEN type = 'boolean'::regtype THEN 't'
    END
$$;
