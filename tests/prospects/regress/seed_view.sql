-- The seed's own season statistics: its SELECT, word for word, over its own definition of extra_base_hit_game (ours
-- differs where only some of the three counts are NULL). And the comparison with dynasty.milb_season_stats.
CREATE TEMP VIEW milb_game_logs AS
SELECT id, prospect_id, game_date, season, level, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs,
       rbi, walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies,
       hits >= 2 AS multi_hit_game, (doubles + triples + home_runs) > 0 AS extra_base_hit_game
FROM dynasty.milb_game_logs;

CREATE TEMP VIEW seed_season_stats AS
SELECT
    prospect_id,
    season,
    level,

    -- Aggregates
    COUNT(*) as games_played,
    SUM(plate_appearances) as total_pa,
    SUM(at_bats) as total_ab,
    SUM(hits) as total_hits,
    SUM(doubles) as total_2b,
    SUM(triples) as total_3b,
    SUM(home_runs) as total_hr,
    SUM(runs) as total_r,
    SUM(rbi) as total_rbi,
    SUM(walks) as total_bb,
    SUM(strikeouts) as total_so,
    SUM(stolen_bases) as total_sb,
    SUM(caught_stealing) as total_cs,

    -- Calculated Rates
    CASE
        WHEN SUM(at_bats) > 0
        THEN ROUND(SUM(hits)::numeric / SUM(at_bats), 3)
        ELSE NULL
    END as avg,

    CASE
        WHEN (SUM(at_bats) + SUM(walks) + SUM(hit_by_pitch) + SUM(sacrifice_flies)) > 0
        THEN ROUND(
            (SUM(hits) + SUM(walks) + SUM(hit_by_pitch))::numeric /
            (SUM(at_bats) + SUM(walks) + SUM(hit_by_pitch) + SUM(sacrifice_flies)),
            3
        )
        ELSE NULL
    END as obp,

    CASE
        WHEN SUM(at_bats) > 0
        THEN ROUND(
            (SUM(hits) + SUM(doubles) + 2*SUM(triples) + 3*SUM(home_runs))::numeric /
            SUM(at_bats),
            3
        )
        ELSE NULL
    END as slg,

    -- Discipline metrics
    CASE
        WHEN SUM(plate_appearances) > 0
        THEN ROUND(SUM(walks)::numeric / SUM(plate_appearances) * 100, 1)
        ELSE NULL
    END as bb_percent,

    CASE
        WHEN SUM(plate_appearances) > 0
        THEN ROUND(SUM(strikeouts)::numeric / SUM(plate_appearances) * 100, 1)
        ELSE NULL
    END as k_percent,

    -- Game log derived metrics
    SUM(CASE WHEN multi_hit_game THEN 1 ELSE 0 END) as multi_hit_games,
    SUM(CASE WHEN extra_base_hit_game THEN 1 ELSE 0 END) as extra_base_hit_games,

    -- Consistency (coefficient of variation for hits per game)
    STDDEV(hits) / NULLIF(AVG(hits), 0) as hit_consistency_cv,

    -- Date range
    MIN(game_date) as season_start,
    MAX(game_date) as season_end

FROM milb_game_logs
GROUP BY prospect_id, season, level;

-- Seasons in which any of the seed's columns is another than ours. The two exceptions of flagship 3.2: obp when
-- hit_by_pitch or sacrifice_flies is unknown in all rows, and games whose extra-base hits are known only in part.
CREATE TEMP VIEW seed_differences AS
SELECT prospect_id, season, level
FROM seed_season_stats s
FULL JOIN dynasty.milb_season_stats m USING (prospect_id, season, level)
LEFT JOIN (SELECT prospect_id, season, level,
                  count(*) FILTER (WHERE doubles + triples + home_runs IS NULL
                                     AND (doubles > 0 OR triples > 0 OR home_runs > 0)) AS xbh_in_part
           FROM dynasty.milb_game_logs GROUP BY 1, 2, 3) x USING (prospect_id, season, level)
WHERE (s.games_played, s.total_pa, s.total_ab, s.total_hits, s.total_2b, s.total_3b, s.total_hr, s.total_r, s.total_rbi,
       s.total_bb, s.total_so, s.total_sb, s.total_cs, s.avg, s.slg, s.bb_percent, s.k_percent, s.multi_hit_games,
       s.extra_base_hit_games + x.xbh_in_part, s.season_start, s.season_end)
   IS DISTINCT FROM
      (m.games_played, m.total_pa, m.total_ab, m.total_hits, m.total_2b, m.total_3b, m.total_hr, m.total_r, m.total_rbi,
       m.total_bb, m.total_so, m.total_sb, m.total_cs, m.avg, m.slg, m.bb_percent, m.k_percent, m.multi_hit_games,
       m.extra_base_hit_games, m.season_start, m.season_end)
   OR (s.obp IS DISTINCT FROM m.obp AND m.total_hbp IS NOT NULL AND m.total_sf IS NOT NULL)
   -- The seed's is a numeric of some 16 digits, ours the nearest double.
   OR (s.hit_consistency_cv IS NULL) <> (m.hit_consistency_cv IS NULL)
   OR abs(s.hit_consistency_cv - m.hit_consistency_cv::numeric) > 1e-12 * abs(s.hit_consistency_cv);
