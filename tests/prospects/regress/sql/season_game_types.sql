-- season_stats(game_types): only those types, an unknown type counting as Regular; milb_season_stats has them all.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, game_type)
VALUES (1, '2020-03-01', 2020, 'A', 4, 4, 'Spring'), (1, '2020-06-01', 2020, 'A', 4, 1, 'Regular'),
       (1, '2020-06-02', 2020, 'A', 4, 0, NULL), (1, '2020-09-01', 2020, 'A', 4, 2, 'Playoffs'),
       (2, '2020-03-01', 2020, 'A', 4, 3, 'Spring');
SELECT prospect_id, games_played, total_hits, season_start FROM dynasty.milb_season_stats ORDER BY 1;
SELECT prospect_id, games_played, total_hits, season_start FROM dynasty.season_stats();
SELECT prospect_id, games_played, total_hits, season_start FROM dynasty.season_stats(game_types => NULL);
SELECT prospect_id, games_played, total_hits, season_start FROM dynasty.season_stats('{Regular}');
SELECT prospect_id, games_played, total_hits, season_start FROM dynasty.season_stats('{Playoffs,Regular}');
SELECT prospect_id, games_played, total_hits, season_start FROM dynasty.season_stats('{Spring}');
SELECT count(*) FROM dynasty.season_stats('{}');
SELECT count(*) FROM dynasty.season_stats('{NULL}'); -- a NULL matches nothing, not the unknown type
SELECT count(*) FROM dynasty.season_stats('{regular}'); -- names are exact
SELECT prospect_id, games_played FROM dynasty.season_stats('{Spring}', '{2}');
ROLLBACK;
