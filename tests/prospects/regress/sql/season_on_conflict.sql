-- ON CONFLICT by both natural keys of a game. A corrected game changes the line, a repeated one does not.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, game_pk)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2, 700001), (1, '2020-06-02', 2020, 'A', 4, 0, 700002);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, game_pk)
VALUES (1, '2020-06-01', 2020, 'A', 4, 4, 700001), (1, '2020-06-03', 2020, 'A', 4, 1, 700003)
ON CONFLICT (prospect_id, game_pk) DO NOTHING; -- the first is there already: 3/12
SELECT * FROM lines;
INSERT INTO dynasty.milb_game_logs AS g (prospect_id, game_date, season, level, at_bats, hits, game_pk)
VALUES (1, '2020-06-01', 2020, 'A', 4, 3, 700001), (1, '2020-06-04', 2020, 'A', 4, 1, 700004)
ON CONFLICT (prospect_id, game_pk) DO UPDATE SET hits = excluded.hits; -- 2 becomes 3, and one more game: 5/16
SELECT * FROM lines;
-- Without game_pk the key is player, day, number, level and team, an unknown team being one team.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-01', 2020, 'A', 4, 2);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (2, '2020-06-01', 2020, 'A', 4, 4), (2, '2020-06-02', 2020, 'A', 4, 0) ON CONFLICT DO NOTHING;
SELECT * FROM lines WHERE p = 2;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (2, '2020-06-01', 2020, 'A', 4, 4), (2, '2020-06-03', 2020, 'A', 4, 0)
ON CONFLICT (prospect_id, game_date, game_number, level, team) WHERE game_pk IS NULL DO UPDATE SET hits = excluded.hits, season = 2021;
SELECT * FROM lines WHERE p = 2; -- the game changed has also moved to another season
-- DO UPDATE ... WHERE false: neither inserted nor changed.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-02', 2020, 'A', 4, 4)
ON CONFLICT (prospect_id, game_date, game_number, level, team) WHERE game_pk IS NULL DO UPDATE SET hits = 4 WHERE false;
SELECT * FROM lines WHERE p = 2;
SELECT * FROM healthy;
ROLLBACK;
