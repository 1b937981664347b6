-- The season statistics of flagship contract 3 as an aggregate over game rows.
CREATE TYPE dynasty.season_line AS (
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
);
COMMENT ON TYPE dynasty.season_line IS
'A season line without its key: the columns of dynasty.milb_season_stats from games_played on, as dynasty.season_line() returns them.';

CREATE FUNCTION dynasty.season_line_transition(
    state internal,
    game_date date, plate_appearances integer, at_bats integer, runs integer, hits integer, doubles integer, triples
    integer, home_runs integer, rbi integer, walks integer, intentional_walks integer, strikeouts integer,
    stolen_bases integer, caught_stealing integer, hit_by_pitch integer, sacrifice_flies integer, sacrifice_hits
    integer, ground_into_double_play integer, games_started integer, outs_pitched integer, batters_faced integer,
    hits_allowed integer, runs_allowed integer, earned_runs integer, home_runs_allowed integer, walks_allowed
    integer, strikeouts_pitched integer, hit_batsmen integer, pitches_thrown integer, wins integer, losses integer,
    saves integer
) RETURNS internal LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'season_line_transition';
COMMENT ON FUNCTION dynasty.season_line_transition IS 'Transition function of the aggregate dynasty.season_line.';
CREATE FUNCTION dynasty.season_line_combine(internal, internal) RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'season_line_combine';
COMMENT ON FUNCTION dynasty.season_line_combine IS 'Combine function of the aggregate dynasty.season_line.';
CREATE FUNCTION dynasty.season_line_serialize(internal) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'season_line_serialize';
COMMENT ON FUNCTION dynasty.season_line_serialize IS 'Serialisation function of the aggregate dynasty.season_line.';
CREATE FUNCTION dynasty.season_line_deserialize(bytea, internal) RETURNS internal
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'season_line_deserialize';
COMMENT ON FUNCTION dynasty.season_line_deserialize IS 'Deserialisation function of the aggregate dynasty.season_line.';
CREATE FUNCTION dynasty.season_line_final(internal) RETURNS dynasty.season_line
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'season_line_final';
COMMENT ON FUNCTION dynasty.season_line_final IS 'Final function of the aggregate dynasty.season_line.';

CREATE AGGREGATE dynasty.season_line(
    game_date date, plate_appearances integer, at_bats integer, runs integer, hits integer, doubles integer, triples
    integer, home_runs integer, rbi integer, walks integer, intentional_walks integer, strikeouts integer,
    stolen_bases integer, caught_stealing integer, hit_by_pitch integer, sacrifice_flies integer, sacrifice_hits
    integer, ground_into_double_play integer, games_started integer, outs_pitched integer, batters_faced integer,
    hits_allowed integer, runs_allowed integer, earned_runs integer, home_runs_allowed integer, walks_allowed
    integer, strikeouts_pitched integer, hit_batsmen integer, pitches_thrown integer, wins integer, losses integer,
    saves integer
) (
    sfunc = dynasty.season_line_transition,
    stype = internal,
    sspace = 400,
    finalfunc = dynasty.season_line_final,
    combinefunc = dynasty.season_line_combine,
    serialfunc = dynasty.season_line_serialize,
    deserialfunc = dynasty.season_line_deserialize,
    parallel = safe
);
COMMENT ON AGGREGATE dynasty.season_line(date, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer) IS
'The statistics of dynasty.season_stats over any set of game rows, as a composite dynasty.season_line: SELECT level, (dynasty.season_line(game_date, plate_appearances, ...)).ops FROM dynasty.milb_game_logs GROUP BY level. Arguments are the columns of dynasty.milb_game_logs of the same names, in the table''s order; NULL counts are left out of their sum. No rows: games_played 0, sums NULL. Parallel-safe.';

-- The seed's statistics alone: half the arguments, and nothing behind column 26 of the table is touched.
CREATE TYPE dynasty.batting_line AS (
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
    ops numeric,
    iso numeric
);
COMMENT ON TYPE dynasty.batting_line IS
'A season line of batting without its key: the seed''s columns of dynasty.milb_season_stats, then ops and iso, as dynasty.batting_line() returns them.';

CREATE FUNCTION dynasty.batting_line_transition(
    state internal,
    game_date date, plate_appearances integer, at_bats integer, runs integer, hits integer, doubles integer, triples
    integer, home_runs integer, rbi integer, walks integer, strikeouts integer, stolen_bases integer,
    caught_stealing integer, hit_by_pitch integer, sacrifice_flies integer
) RETURNS internal LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'batting_line_transition';
COMMENT ON FUNCTION dynasty.batting_line_transition IS 'Transition function of the aggregate dynasty.batting_line.';
CREATE FUNCTION dynasty.batting_line_final(internal) RETURNS dynasty.batting_line
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'batting_line_final';
COMMENT ON FUNCTION dynasty.batting_line_final IS 'Final function of the aggregate dynasty.batting_line.';

CREATE AGGREGATE dynasty.batting_line(
    game_date date, plate_appearances integer, at_bats integer, runs integer, hits integer, doubles integer, triples
    integer, home_runs integer, rbi integer, walks integer, strikeouts integer, stolen_bases integer,
    caught_stealing integer, hit_by_pitch integer, sacrifice_flies integer
) (
    sfunc = dynasty.batting_line_transition,
    stype = internal,
    sspace = 400,
    finalfunc = dynasty.batting_line_final,
    combinefunc = dynasty.season_line_combine,
    serialfunc = dynasty.season_line_serialize,
    deserialfunc = dynasty.season_line_deserialize,
    parallel = safe
);
COMMENT ON AGGREGATE dynasty.batting_line(date, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer, integer) IS
'The batting statistics of dynasty.season_stats over any set of game rows, as a composite dynasty.batting_line: the faster form where pitching is not asked for. Arguments are the columns of dynasty.milb_game_logs of the same names, in the table''s order; NULL counts are left out of their sum. Parallel-safe.';
