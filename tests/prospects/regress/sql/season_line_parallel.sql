-- The aggregates in a parallel plan: partial states are combined, and the result is the serial one.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, walks, strikeouts, outs_pitched, earned_runs)
SELECT 1 + n % 3, date '1900-04-01' + n / 3, 2000 + n % 7, CASE n % 2 WHEN 0 THEN 'A' ELSE 'AA' END, 4, n % 5, n % 4, CASE WHEN n % 11 > 0 THEN n % 2 END,
       n % 3, n % 19, n % 4 FROM generate_series(1, 20000) n;
ANALYZE dynasty.milb_game_logs;
CREATE TEMP VIEW query AS
SELECT level, season, dynasty.season_line(game_date, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks, intentional_walks,
    strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits, ground_into_double_play, games_started, outs_pitched,
    batters_faced, hits_allowed, runs_allowed, earned_runs, home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen,
    pitches_thrown, wins, losses, saves) AS s,
    dynasty.batting_line(game_date, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks, strikeouts,
        stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies) AS b
FROM dynasty.milb_game_logs GROUP BY level, season;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT * FROM query;
SET max_parallel_workers_per_gather = 2;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET parallel_leader_participation = off;
EXPLAIN (COSTS OFF) SELECT level, season, (s).avg FROM query;
SELECT count(*) AS groups, sum((s).games_played) AS games, sum((b).games_played) AS games_batting FROM serial;
SELECT count(*) AS different FROM query p FULL JOIN serial q USING (level, season) WHERE (p.s, p.b) IS DISTINCT FROM (q.s, q.b);
-- Also with no group at all, and where the workers find no rows.
SELECT (dynasty.batting_line(game_date, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks, strikeouts,
        stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies)).games_played FROM dynasty.milb_game_logs;
SELECT (dynasty.batting_line(game_date, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks, strikeouts,
        stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies)).games_played FROM dynasty.milb_game_logs WHERE season < 1900;
-- season_stats() is parallel-safe as well.
SELECT count(*) FROM dynasty.season_stats() f FULL JOIN dynasty.milb_season_stats m USING (prospect_id, season, level)
WHERE (f.total_hits, f.avg, f.era) IS DISTINCT FROM (m.total_hits, m.avg, m.era);
