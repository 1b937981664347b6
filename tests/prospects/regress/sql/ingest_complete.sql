-- complete => true: games that the source no longer has are removed, and nothing else.
CREATE FUNCTION pg_temp.split(mlb_id int, date text, pk bigint, sport int DEFAULT 11, game_type text DEFAULT 'R', hits int DEFAULT 1) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('season', substr(date, 1, 4), 'date', date, 'gameType', game_type, 'sport', jsonb_build_object('id', sport), 'team', '{"name": "Hosts"}'::jsonb,
        'game', jsonb_build_object('gamePk', pk), 'player', jsonb_build_object('id', mlb_id), 'stat', jsonb_build_object('plateAppearances', 4, 'hits', hits)) $$;
CREATE FUNCTION pg_temp.reply(VARIADIC splits jsonb[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits', to_jsonb(splits)))) $$;
CREATE TEMP VIEW games AS SELECT p.mlb_id, l.game_date, l.level, l.game_type, l.game_pk, l.hits, l.data_source
FROM dynasty.milb_game_logs l JOIN dynasty.prospects p ON p.id = l.prospect_id ORDER BY 1, 2, 5;
SELECT inserted, removed FROM dynasty.ingest_game_logs(pg_temp.reply(
    pg_temp.split(1, '2024-05-01', 11), pg_temp.split(1, '2024-05-02', 12), pg_temp.split(1, '2024-05-03', NULL),
    pg_temp.split(1, '2024-06-01', 13, 12), pg_temp.split(1, '2024-09-25', 14, 11, 'F'), pg_temp.split(1, '2023-05-01', 15), pg_temp.split(2, '2024-05-01', 11)));
SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.reply(pg_temp.split(1, '2024-05-09', 16)), data_source => 'file');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, team, game_type, game_pk, outs_pitched)
SELECT id, '2024-05-08', 2024, 'AAA', 'Hosts', 'Regular', 17, 3 FROM dynasty.prospects WHERE mlb_id = 1;
-- The source moved the game of May 2nd to May 4th under a new key, and the one of May 3rd got one.
SELECT received, inserted, updated, unchanged, rejected, removed FROM dynasty.ingest_game_logs(pg_temp.reply(
    pg_temp.split(1, '2024-05-01', 11), pg_temp.split(1, '2024-05-03', 18), pg_temp.split(1, '2024-05-04', 19)), complete => true);
-- Gone: gamePk 12. Kept: another level, game type, season, player, source, and the game he only pitched in.
SELECT * FROM games;
SELECT games_played, total_pa FROM dynasty.milb_season_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id WHERE p.mlb_id = 1 AND s.season = 2024 AND s.level = 'AAA';
-- known_at still shows it.
SELECT h.game_date, h.level, h.hits FROM dynasty.milb_game_logs_history h JOIN dynasty.prospects p ON p.id = h.prospect_id WHERE p.mlb_id = 1 AND h.game_date = '2024-05-02';
-- The same again: nothing. Without it: nothing is removed.
SELECT unchanged, removed FROM dynasty.ingest_game_logs(pg_temp.reply(
    pg_temp.split(1, '2024-05-01', 11), pg_temp.split(1, '2024-05-03', 18), pg_temp.split(1, '2024-05-04', 19)), complete => true);
SELECT unchanged, removed FROM dynasty.ingest_game_logs(pg_temp.reply(pg_temp.split(1, '2024-05-01', 11)));
-- A reply one of whose elements cannot be read is not complete; an empty one holds no season.
SELECT unchanged, rejected, removed FROM dynasty.ingest_game_logs(pg_temp.reply(
    pg_temp.split(1, '2024-05-01', 11), pg_temp.split(1, '2024-05-03', 18, hits => -1)), complete => true);
SELECT received, removed FROM dynasty.ingest_game_logs('{"stats": []}', complete => true);
SELECT count(*) FROM games;
SELECT * FROM dynasty.ingest_game_logs('{"stats": []}', complete => NULL);
-- Of two players in one reply each has his own seasons.
SELECT removed FROM dynasty.ingest_game_logs(pg_temp.reply(pg_temp.split(1, '2024-06-01', 13, 12), pg_temp.split(2, '2024-05-05', 20)), complete => true);
SELECT * FROM games WHERE mlb_id = 2;
