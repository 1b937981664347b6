-- One statement may touch many lines, several times each, in any order.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (3, '2021-06-01', 2021, 'AAA', 4, 1), (1, '2020-06-02', 2020, 'A', 4, 2), (3, '2021-06-02', 2021, 'AAA', 4, 1),
       (1, '2020-06-01', 2020, 'A+', 4, 3), (2, '2020-06-01', 2020, 'A', 0, 0), (1, '2020-06-03', 2020, 'A', 4, 0),
       (1, '2019-06-03', 2019, 'A', 4, 0);
SELECT * FROM lines;
-- From a query over itself: the rows as they were when the statement began.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
SELECT prospect_id, game_date + 30, season, level, at_bats, hits FROM dynasty.milb_game_logs;
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
