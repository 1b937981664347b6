-- The games into milb_game_logs, in the order of play, as daily loads bring them.
WITH counted AS (
    SELECT file, reason, count(*) AS n
    FROM (SELECT coalesce(batting_file, pitching_file) AS file,
                 CASE WHEN source_level = 'MLB' THEN 'skipped: major-league games'
                      WHEN level IS NULL THEN 'skipped: unknown level'
                      WHEN mlb_id IS NULL OR game_pk IS NULL THEN 'skipped: no player or no game id'
                      WHEN game_date IS NULL THEN 'skipped: no date'
                      WHEN season IS NULL OR season NOT BETWEEN 1870 AND 2200 THEN 'skipped: no season'
                      WHEN game_type NOT IN ('Regular', 'Playoffs', 'Spring', 'All-Star') THEN 'unknown game type, left open'
                      WHEN source_level = 'A-' THEN 'level A- read as Rookie' END AS reason
          FROM pg_temp.games) q
    WHERE reason IS NOT NULL GROUP BY 1, 2
)
SELECT pg_temp.note(file, n, reason) FROM counted;

WITH written AS (
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_pk, game_date, season, game_type, team, opponent, is_home, level, data_source,
        plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks, intentional_walks,
        strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits, ground_outs,
        air_outs, fly_outs, ground_into_double_play, pitches_seen, left_on_base, games_started, outs_pitched,
        batters_faced, hits_allowed, runs_allowed, earned_runs, home_runs_allowed, walks_allowed,
        intentional_walks_allowed, strikeouts_pitched, hit_batsmen, wild_pitches, pitches_thrown, strikes_thrown,
        ground_outs_pitched, air_outs_pitched, wins, losses, saves, holds)
    SELECT p.id, g.game_pk, g.game_date, g.season,
           CASE WHEN g.game_type IN ('Regular', 'Playoffs', 'Spring', 'All-Star') THEN g.game_type END,
           left(g.team, 100), left(g.opponent, 100), g.is_home, g.level, coalesce(g.batting_file, g.pitching_file),
           g.plate_appearances, g.at_bats, g.runs, g.hits, g.doubles, g.triples, g.home_runs, g.rbi, g.walks,
           g.intentional_walks, g.strikeouts, g.stolen_bases, g.caught_stealing, g.hit_by_pitch, g.sacrifice_flies,
           g.sacrifice_hits, g.ground_outs, g.air_outs, g.fly_outs, g.ground_into_double_play, g.pitches_seen,
           g.left_on_base, g.games_started, g.outs_pitched, g.batters_faced, g.hits_allowed, g.runs_allowed,
           g.earned_runs, g.home_runs_allowed, g.walks_allowed, g.intentional_walks_allowed, g.strikeouts_pitched,
           g.hit_batsmen, g.wild_pitches, g.pitches_thrown, g.strikes_thrown, g.ground_outs_pitched,
           g.air_outs_pitched, g.wins, g.losses, g.saves, g.holds
    FROM pg_temp.games g JOIN dynasty.prospects p ON p.mlb_id = g.mlb_id
    WHERE g.level IS NOT NULL AND g.game_date IS NOT NULL AND g.game_pk IS NOT NULL AND g.season BETWEEN 1870 AND 2200
    ORDER BY g.game_date, g.game_pk, g.mlb_id
    ON CONFLICT (prospect_id, game_pk) DO NOTHING
    RETURNING data_source, plate_appearances IS NOT NULL OR at_bats IS NOT NULL AS batted,
              batters_faced IS NOT NULL OR outs_pitched IS NOT NULL AS pitched
)
-- A row that joins two lines counts for both files.
SELECT pg_temp.loaded(f.file, sum(w.n)::bigint)
FROM (SELECT right(data_source, 4) AS year, batted, pitched, count(*) AS n FROM written GROUP BY 1, 2, 3) w,
     LATERAL (SELECT 'milb_game_logs_' || w.year AS file WHERE w.batted
              UNION ALL SELECT 'milb_pitching_game_logs_' || w.year WHERE w.pitched) f
GROUP BY f.file;
\if :ERROR
SELECT pg_temp.remark(file, 'not loaded: ' || :'LAST_ERROR_MESSAGE') FROM pg_temp.load_report WHERE file LIKE 'milb%game_logs%';
\endif
