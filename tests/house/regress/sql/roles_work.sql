-- Each role of dynasty.setup_roles() can do its job, and not the next one's.
SET client_min_messages = warning;
\set VERBOSITY terse
SELECT count(*) > 0 AS set_up FROM dynasty.setup_roles();
-- Loading, with labels that are kept current meanwhile.
CALL dynasty.keep_labels_current(2020, 2022);
SET ROLE dynasty_ingest;
SELECT inserted FROM dynasty.ingest_people('{"people": [{"id": 600001, "fullName": "Some One", "primaryPosition": {"abbreviation": "SS"}, "birthDate": "2000-05-05"}]}');
SELECT inserted FROM dynasty.ingest_game_logs('{"stats": [{"type": "gameLog", "group": "hitting", "splits": [{"season": "2021", "date": "2021-05-01", "gameType": "R", "sport": {"id": 14}, "player": {"id": 600001}, "game": {"gamePk": 7, "gameNumber": 1}, "stat": {"gamesPlayed": 1, "atBats": 4, "hits": 2, "plateAppearances": 4}}]}]}');
SELECT inserted FROM dynasty.ingest_mlb_stats('[{"mlb_id": 600001, "season": 2022, "games_played": 30, "war": 0.4}]');
SELECT inserted FROM dynasty.ingest_scouting('[{"mlb_id": 600001, "FV": "50"}]', 'fangraphs', 2021, '2021-02-01');
UPDATE dynasty.milb_game_logs SET hits = 3;
SELECT total_games, is_success FROM dynasty.ml_labels;
SELECT total_hits FROM dynasty.milb_season_stats;
DELETE FROM dynasty.milb_game_logs;
UPDATE dynasty.milb_season_stats SET total_hits = 9;
SELECT dynasty.refresh_features(2021);
SELECT dynasty.record_prediction(1, 'm', '2021-12-01', 0.5);
-- Serving.
SET ROLE dynasty_app;
SELECT cardinality(feature_values) > 100 AS vector FROM dynasty.prospect_features((SELECT id FROM dynasty.prospects), 2021);
SELECT dynasty.record_prediction((SELECT id FROM dynasty.prospects), 'm', '2021-12-01', 0.5) IS NOT NULL AS recorded;
DELETE FROM dynasty.ml_predictions;
UPDATE dynasty.prospects SET name = 'Another';
-- Reading.
SET ROLE dynasty_reader;
SELECT prospect_id = (SELECT id FROM dynasty.prospects) AS his FROM dynasty.season_stats();
SELECT count(*) FROM dynasty.data_quality WHERE severity = 'error';
SELECT count(*) FROM dynasty.scout_record();
SELECT ok FROM dynasty.migration_status();
DELETE FROM dynasty.ml_predictions;
SELECT dynasty.refresh_labels(2020, 2022);
-- Watching: no player's row.
SET ROLE dynasty_monitor;
SELECT ok FROM dynasty.migration_status();
SELECT count(*) > 0 AS sees_queries FROM pg_stat_activity WHERE query <> '<insufficient privilege>';
SELECT count(*) FROM dynasty.prospects;
-- Everything, but what takes the owner of the tables.
SET ROLE dynasty_admin;
SELECT count(*) > 0 AS simulated FROM dynasty.simulate_league(5, 2021, 2022, 1);
SELECT dynasty.refresh_features(2022) > 0 AS refreshed;
CALL dynasty.keep_labels_current(2021, 2022);
SELECT dynasty.refresh_labels(2021, 2022);
SELECT dynasty.register_feature_set('short', '{age}'), dynasty.prune_game_log_history() IS NOT NULL AS pruned, dynasty.refresh_season_stats();
SELECT count(*) > 0 AS removed FROM dynasty.remove_simulated();
DELETE FROM dynasty.prospects;
SELECT dynasty.migrate('1.0');
DROP TABLE dynasty.ml_labels;
RESET ROLE;
DROP OWNED BY dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor;
DROP ROLE dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor;
-- Without CREATEROLE.
CREATE ROLE dynasty_plain;
GRANT USAGE ON SCHEMA dynasty, dynasty_odds, dynasty_ops TO dynasty_plain;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO dynasty_plain;
SET ROLE dynasty_plain;
SELECT count(*) > 0 AS said FROM dynasty.setup_roles(dry_run => true);
SELECT count(*) FROM dynasty.setup_roles();
RESET ROLE;
DROP OWNED BY dynasty_plain;
DROP ROLE dynasty_plain;
