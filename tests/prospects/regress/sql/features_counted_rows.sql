-- Which games count: regular ones and those whose type nobody said, of seasons up to the year, not dated after their season.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS'), (2, 'Two', 'SS'), (3, 'Three', 'SS');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_type, plate_appearances, at_bats) VALUES
    (1, '2019-06-01', 2019, 'A',   'Regular', 1, 1),
    (1, '2019-06-02', 2019, 'A',   NULL,      10, 10),
    (1, '2019-09-20', 2019, 'AAA', 'Playoffs', 100, 100),
    (1, '2019-03-01', 2019, 'AA',  'Spring',  1000, 1000),
    (1, '2019-07-15', 2019, 'AA',  'All-Star', 10000, 10000),
    -- Season and date: the winter league of a season may not begin the year after it; a game may be dated before its season.
    (2, '2019-12-31', 2019, 'A',   'Regular', 1, 1),
    (2, '2020-01-01', 2019, 'A',   'Regular', 10, 10),    -- after its season: never
    (2, '2019-11-30', 2020, 'AA',  'Regular', 100, 100),  -- of season 2020, whenever it was played
    (2, '2020-06-01', 2020, 'AAA', 'Regular', 1000, 1000),
    (3, '2020-01-01', 2019, 'A',   'Regular', 10, 10),
    (3, '2019-07-01', 2019, 'A',   'Playoffs', 10, 10);
CREATE TEMP VIEW totals AS
SELECT y AS as_of, id, max(value) FILTER (WHERE name = 'career_pa') AS career_pa, max(value) FILTER (WHERE name = 'games_total') AS games,
       max(value) FILTER (WHERE name = 'max_level') AS max_level, max(value) FILTER (WHERE name = 'seasons_played') AS seasons,
       max(value) FILTER (WHERE name = 'last_season_pa') AS last_season_pa, max(value) FILTER (WHERE name = 'days_since_last_game') AS days_since
FROM generate_series(2018, 2021) y, pg_temp.long(y) GROUP BY 1, 2;
SELECT * FROM totals ORDER BY id, as_of;
-- The season statistics count all types; the features' own rows do not.
SELECT season, level, games_played, total_pa FROM dynasty.milb_season_stats WHERE prospect_id = 1 ORDER BY level;
-- A type changed is a game more or less.
UPDATE dynasty.milb_game_logs SET game_type = 'Regular' WHERE game_type = 'Playoffs';
UPDATE dynasty.milb_game_logs SET game_type = 'Spring' WHERE game_type IS NULL;
SELECT * FROM totals WHERE as_of = 2019 ORDER BY id;
SELECT count(*) AS forms_differ FROM generate_series(2018, 2021) y, pg_temp.forms_differ(y);
-- A row at which nobody batted or pitched is a game all the same; one with 0 plate appearances is no batting row.
INSERT INTO dynasty.prospects (id, name, position) VALUES (4, 'Pinch runner', 'CF');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, runs, outs_pitched, batters_faced) VALUES
    (4, '2019-06-01', 2019, 'A', 0, 0, 1, NULL, NULL), (4, '2019-06-02', 2019, 'A', NULL, NULL, 1, NULL, NULL), (4, '2019-06-03', 2019, 'A', NULL, 0, NULL, 0, 0);
SELECT name, value FROM pg_temp.long(2019) WHERE id = 4 AND name IN ('games_total', 'career_games', 'career_pa', 'career_avg', 'pitch_career_games', 'max_level') ORDER BY 1;
