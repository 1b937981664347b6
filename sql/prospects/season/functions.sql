-- The season statistics of flagship contract 3 from scratch, and the check of the maintained ones.
-- The columns are those of dynasty.milb_season_stats, in its order.
CREATE FUNCTION dynasty.season_stats(
    game_types text[] DEFAULT NULL,
    prospect_ids integer[] DEFAULT NULL
) RETURNS TABLE (
    prospect_id integer,
    season integer,
    level character varying,
    games_played bigint,
    total_pa bigint,
    total_ab bigint,
    total_hits bigint,
    total_2b bigint,
    total_3b bigint,
    total_hr bigint,
    total_r bigint,
    total_rbi bigint,
    total_bb bigint,
    total_so bigint,
    total_sb bigint,
    total_cs bigint,
    avg numeric,
    obp numeric,
    slg numeric,
    bb_percent numeric,
    k_percent numeric,
    multi_hit_games bigint,
    extra_base_hit_games bigint,
    hit_consistency_cv double precision,
    season_start date,
    season_end date,
    total_ibb bigint,
    total_hbp bigint,
    total_sf bigint,
    total_sh bigint,
    total_gidp bigint,
    ops numeric,
    iso numeric,
    golden_sombrero_games bigint,
    games_pitched bigint,
    games_started bigint,
    total_outs bigint,
    total_bf bigint,
    total_hits_allowed bigint,
    total_runs_allowed bigint,
    total_er bigint,
    total_hr_allowed bigint,
    total_bb_allowed bigint,
    total_so_pitched bigint,
    total_hit_batsmen bigint,
    total_pitches_thrown bigint,
    total_wins bigint,
    total_losses bigint,
    total_saves bigint,
    innings_pitched numeric,
    era numeric,
    whip numeric,
    fip numeric,
    k_per_9 numeric,
    bb_per_9 numeric
) LANGUAGE c STABLE PARALLEL SAFE ROWS 10000 COST 10000
AS 'MODULE_PATHNAME', 'season_stats';
COMMENT ON FUNCTION dynasty.season_stats(text[], integer[]) IS
'Season statistics per (prospect_id, season, level) computed from dynasty.milb_game_logs as the query sees it, ordered by key; same columns and values as dynasty.milb_season_stats. game_types: only those game types, a NULL game_type counting as Regular (NULL: every type); prospect_ids: only those prospects (NULL: all). Rates are rounded half away from zero; a rate is NULL when a sum it needs is NULL or its denominator 0. Reads with the caller''s privileges and row security (42501).';

CREATE FUNCTION dynasty.season_stats_diff() RETURNS TABLE (
    prospect_id integer,
    season integer,
    level character varying,
    problem text
) LANGUAGE c STABLE PARALLEL UNSAFE ROWS 10 COST 10000
AS 'MODULE_PATHNAME', 'season_stats_diff';
COMMENT ON FUNCTION dynasty.season_stats_diff() IS
'The season lines in which dynasty.milb_season_stats and a recomputation from the game logs are not the same bytes: problem is missing, superfluous or wrong. No rows in health. Errors: 42501 when the caller may not read both tables whole.';

CREATE FUNCTION dynasty.refresh_season_stats() RETURNS bigint
    LANGUAGE c VOLATILE PARALLEL UNSAFE COST 10000 AS 'MODULE_PATHNAME', 'refresh_season_stats_wrapper';
COMMENT ON FUNCTION dynasty.refresh_season_stats() IS
'Rebuilds dynasty.milb_season_stats from the game logs, writing only lines that differ, and returns how many did: 0 in health, since triggers keep them current. Writers of the game logs wait meanwhile, readers do not. Errors: 42501 without UPDATE on milb_season_stats, 25006 in a read-only transaction.';

CREATE FUNCTION dynasty.hit_consistency_cv(prospect_id integer, season integer, level text) RETURNS double precision
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hit_consistency_cv_wrapper';
COMMENT ON FUNCTION dynasty.hit_consistency_cv(integer, integer, text) IS
'Coefficient of variation (sample standard deviation / mean, unitless) of hits per game of one prospect, season and level: the value of dynasty.milb_season_stats. NULL when there is no such line, fewer than two games have known hits, or the mean is 0.';
