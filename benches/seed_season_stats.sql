SELECT
    prospect_id,
    season,
    level,
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
    CASE WHEN SUM(at_bats) > 0 THEN ROUND(SUM(hits)::numeric / SUM(at_bats), 3) ELSE NULL END as avg,
    CASE WHEN (SUM(at_bats) + SUM(walks) + SUM(hit_by_pitch) + SUM(sacrifice_flies)) > 0
        THEN ROUND((SUM(hits) + SUM(walks) + SUM(hit_by_pitch))::numeric /
            (SUM(at_bats) + SUM(walks) + SUM(hit_by_pitch) + SUM(sacrifice_flies)), 3) ELSE NULL END as obp,
    CASE WHEN SUM(at_bats) > 0
        THEN ROUND((SUM(hits) + SUM(doubles) + 2*SUM(triples) + 3*SUM(home_runs))::numeric / SUM(at_bats), 3)
        ELSE NULL END as slg,
    CASE WHEN SUM(plate_appearances) > 0
        THEN ROUND(SUM(walks)::numeric / SUM(plate_appearances) * 100, 1) ELSE NULL END as bb_percent,
    CASE WHEN SUM(plate_appearances) > 0
        THEN ROUND(SUM(strikeouts)::numeric / SUM(plate_appearances) * 100, 1) ELSE NULL END as k_percent,
    SUM(CASE WHEN multi_hit_game THEN 1 ELSE 0 END) as multi_hit_games,
    SUM(CASE WHEN extra_base_hit_game THEN 1 ELSE 0 END) as extra_base_hit_games,
    STDDEV(hits) / NULLIF(AVG(hits), 0) as hit_consistency_cv,
    MIN(game_date) as season_start,
    MAX(game_date) as season_end
FROM dynasty.milb_game_logs
GROUP BY prospect_id, season, level;
