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
-- Of many players and seasons at once only those rows are searched for that can meet a stored game; they are found wherever they stand: in the first
-- call of a statement what the second looks for, days and gamePks far apart, both ways round.
BEGIN;
CREATE FUNCTION pg_temp.load(who int[], dates date[], pks bigint[], team text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('season', extract(year FROM d.d)::int, 'date', d.d, 'gameType', 'R', 'isHome', team = 'Hosts', 'sport', '{"id": 11}'::jsonb,
            'team', jsonb_build_object('name', team), 'game', jsonb_build_object('gamePk', pks[n] + w), 'player', jsonb_build_object('id', 900200 + w, 'fullName', 'Pat ' || w), 'stat', '{"plateAppearances": 4, "hits": 1}'::jsonb)))
        FROM unnest(who) w, unnest(dates) WITH ORDINALITY d (d, n))))) $$;
CREATE TEMP TABLE loads AS SELECT * FROM (VALUES
    (1, 'without gamePk', pg_temp.load('{1,2,3}', '{2012-05-01,2024-05-01}', '{}', 'Hosts')),
    (2, 'with, and two players more', pg_temp.load('{1,2,3,4,5}', '{2012-05-01,2024-05-01}', '{10,9000000000}', 'Hosts')),
    (3, 'another day between', pg_temp.load('{1,5}', '{2018-07-07}', '{5000}', 'Hosts')),
    (4, 'without again', pg_temp.load('{1,2,3,4,5}', '{2012-05-01,2018-07-07,2024-05-01}', '{}', 'Hosts')),
    (5, 'with again', pg_temp.load('{1,2,3,4,5}', '{2012-05-01,2024-05-01}', '{10,9000000000}', 'Hosts')),
    (6, 'for the other club', pg_temp.load('{1,5}', '{2012-05-01,2018-07-07,2024-05-01}', '{10,5000,9000000000}', 'Visitors'))) l (n, load, p);
SELECT l.load, i.received, i.inserted, i.updated, i.unchanged, i.rejected FROM (SELECT * FROM loads ORDER BY n) l, LATERAL dynasty.ingest_game_logs(l.p) i;
-- As plain SQL counts them: every player's days, each once and with its gamePk, but for the day that three players have without one.
SELECT count(*), count(DISTINCT (prospect_id, game_date)) AS days, count(game_pk) AS with_pk, count(DISTINCT game_pk) AS pks FROM dynasty.milb_game_logs;
ROLLBACK;
