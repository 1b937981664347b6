-- A game that is stored without gamePk and comes with it, or the other way round, is one game.
CREATE FUNCTION pg_temp.games(stats jsonb, pk bigint DEFAULT NULL, number int DEFAULT NULL, team text DEFAULT 'Hosts', level int DEFAULT 11, date text DEFAULT '2024-05-01') RETURNS jsonb
LANGUAGE sql AS $$
    SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits', jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
        'season', 2024, 'date', date, 'gameType', 'R', 'sport', jsonb_build_object('id', level), 'team', jsonb_build_object('name', team),
        'game', jsonb_build_object('gamePk', pk, 'gameNumber', number), 'player', '{"id": 900111, "fullName": "Doug Double"}'::jsonb, 'stat', stats)))))) $$;
CREATE TEMP VIEW games AS SELECT game_pk, game_number AS n, team, level, plate_appearances AS pa, hits, runs, rbi, data_source FROM dynasty.milb_game_logs ORDER BY id;
-- From a file, then from the API: completed, and unchanged the next time.
BEGIN;
INSERT INTO dynasty.prospects (id, mlb_id, name, position) VALUES (1, 900111, 'Doug Double', 'SS');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, team, opponent, game_type, plate_appearances, at_bats, hits, rbi, data_source)
VALUES (1, '2024-05-01', 2024, 'AAA', 'Hosts', 'Visitors', 'Regular', 4, 4, 2, 3, 'file'),
       (1, '2024-05-03', 2024, 'AAA', NULL, 'Visitors', 'Regular', 3, 3, 0, 0, 'file');
SELECT inserted, updated, unchanged FROM dynasty.ingest_game_logs(pg_temp.games('{"plateAppearances": 4, "hits": 2, "runs": 1}', 5, 1));
SELECT inserted, updated, unchanged FROM dynasty.ingest_game_logs(pg_temp.games('{"plateAppearances": 4, "hits": 2, "runs": 1}', 5, 1));
-- A file that could not say the club.
SELECT inserted, updated, unchanged FROM dynasty.ingest_game_logs(pg_temp.games('{"plateAppearances": 3, "hits": 0, "runs": 1}', 6, 1, date => '2024-05-03'));
SELECT * FROM games;
SELECT games_played, total_pa, total_hits FROM dynasty.milb_season_stats;
SELECT count(*) FROM dynasty.data_quality WHERE rule = 'duplicate_game';
-- The file once more, now without gamePk: the same game.
SELECT inserted, updated, unchanged FROM dynasty.ingest_game_logs(pg_temp.games('{"plateAppearances": 4, "hits": 2}'), data_source => 'file');
SELECT count(*) FROM games;
ROLLBACK;
-- Other games of the day stay other games: the second of a doubleheader, another club, another level.
BEGIN;
SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games('{"hits": 2}'));
SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games('{"hits": 2}', 5, 2));
SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games('{"hits": 2}', 6, 1, 'Strangers'));
SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games('{"hits": 2}', 7, 1, level => 12));
SELECT * FROM games;
ROLLBACK;
-- With two gamePks for one stored game only one can be it; what is stored by gamePk already is left alone.
BEGIN;
SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games('{"hits": 2}'));
WITH two AS (SELECT jsonb_set(pg_temp.games('{"hits": 1}', 5, 1), '{stats,0,splits}',
    (pg_temp.games('{"hits": 1}', 5, 1) #> '{stats,0,splits}') || (pg_temp.games('{"hits": 0}', 6, 1) #> '{stats,0,splits}')) AS p)
SELECT received, inserted, updated, rejected FROM two, dynasty.ingest_game_logs(p);
SELECT * FROM games;
ROLLBACK;
