-- Two games exchange a value in one statement, for 300 players: no line takes that for no change.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.prospects (id, name, position) SELECT n, 'Player', 'SS' FROM generate_series(101, 400) n;
-- Appearances: batters without an out, and neither; of the outs one is known to be 0, the other is not known.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_pk, game_date, season, level, hits, batters_faced, outs_pitched)
SELECT p, g, date '2020-06-01' + g, 2020, 'A', g, 3 - 3 * g, CASE g WHEN 1 THEN 0 END FROM generate_series(101, 400) p, generate_series(0, 1) g;
SELECT games_pitched, count(*) FROM dynasty.milb_season_stats GROUP BY 1;
UPDATE dynasty.milb_game_logs SET outs_pitched = CASE game_pk WHEN 0 THEN 0 END;
SELECT games_pitched, count(*) FROM dynasty.milb_season_stats GROUP BY 1;
SELECT * FROM healthy;
-- The days of the two: the same totals, but another order for the features, which the line's stamp tells.
CREATE TEMP TABLE before ON COMMIT DROP AS SELECT prospect_id, stamp FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET game_date = CASE game_pk WHEN 0 THEN date '2020-06-02' ELSE date '2020-06-01' END;
SELECT count(*) AS same_stamp FROM before b JOIN dynasty.milb_season_stats s USING (prospect_id, stamp);
-- Home and away.
UPDATE dynasty.milb_game_logs SET is_home = game_pk = 0;
CREATE TEMP TABLE before_home ON COMMIT DROP AS SELECT prospect_id, stamp FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET is_home = NOT is_home;
SELECT count(*) AS same_stamp FROM before_home b JOIN dynasty.milb_season_stats s USING (prospect_id, stamp);
ROLLBACK;
