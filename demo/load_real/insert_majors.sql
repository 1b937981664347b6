-- Major-league seasons of the players in prospects; others are veterans nobody asks a prediction for.
SELECT pg_temp.note(f.file, count(*), 'skipped: not a prospect')
FROM pg_temp.majors m, LATERAL (SELECT 'mlb_stats' AS file WHERE m.bats UNION ALL SELECT 'mlb_pitching_stats' WHERE m.pitches) f
WHERE NOT EXISTS (SELECT FROM dynasty.prospects p WHERE p.mlb_id = m.mlb_id) GROUP BY f.file;
SELECT pg_temp.note('mlb_pitching_stats', count(*), 'joined with the batting line of the same season')
FROM pg_temp.majors WHERE bats AND pitches;

WITH written AS (
    INSERT INTO dynasty.mlb_stats (prospect_id, season, mlb_debut_date, games_played, plate_appearances, at_bats, runs, hits,
        doubles, triples, home_runs, rbi, walks, strikeouts, stolen_bases, caught_stealing, batting_avg, on_base_pct,
        slugging_pct, ops, war, data_source, games_pitched, games_started, outs_pitched, batters_faced, hits_allowed,
        runs_allowed, earned_runs, home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen, hit_by_pitch,
        sacrifice_flies, wins, losses, saves)
    SELECT p.id, m.season, m.mlb_debut_date, m.games_played, m.plate_appearances, m.at_bats, m.runs, m.hits, m.doubles,
           m.triples, m.home_runs, m.rbi, m.walks, m.strikeouts, m.stolen_bases, m.caught_stealing, m.batting_avg,
           m.on_base_pct, m.slugging_pct, m.ops, m.war,
           CASE WHEN m.bats AND m.pitches THEN 'mlb_stats, mlb_pitching_stats' WHEN m.bats THEN 'mlb_stats'
                ELSE 'mlb_pitching_stats' END,
           m.games_pitched, m.games_started, m.outs_pitched, m.batters_faced, m.hits_allowed, m.runs_allowed, m.earned_runs,
           m.home_runs_allowed, m.walks_allowed, m.strikeouts_pitched, m.hit_batsmen, m.hit_by_pitch, m.sacrifice_flies,
           m.wins, m.losses, m.saves
    FROM pg_temp.majors m JOIN dynasty.prospects p ON p.mlb_id = m.mlb_id
    WHERE m.season BETWEEN 1870 AND 2200
    ORDER BY p.id, m.season
    ON CONFLICT (prospect_id, season) DO NOTHING
    RETURNING data_source
)
SELECT pg_temp.loaded(f.file, count(*)) FROM written w, regexp_split_to_table(w.data_source, ', ') f (file) GROUP BY f.file;
\if :ERROR
SELECT pg_temp.remark('mlb_stats', 'not loaded: ' || :'LAST_ERROR_MESSAGE');
\endif
