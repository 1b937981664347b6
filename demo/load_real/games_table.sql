-- The games of all files, typed, one row per player and game: batting and pitching of one game stand in one row.
CREATE TEMP TABLE games (
    batting_file text, pitching_file text, mlb_id int, game_pk bigint, game_date date, season int, game_type text,
    team text, opponent text, is_home boolean, level text, source_level text,
    plate_appearances int, at_bats int, runs int, hits int, doubles int, triples int, home_runs int, rbi int,
    walks int, intentional_walks int, strikeouts int, stolen_bases int, caught_stealing int, hit_by_pitch int,
    sacrifice_flies int, sacrifice_hits int, ground_outs int, air_outs int, fly_outs int, ground_into_double_play int,
    pitches_seen int, left_on_base int, games_started int, outs_pitched int, batters_faced int, hits_allowed int,
    runs_allowed int, earned_runs int, home_runs_allowed int, walks_allowed int, intentional_walks_allowed int,
    strikeouts_pitched int, hit_batsmen int, wild_pitches int, pitches_thrown int, strikes_thrown int,
    ground_outs_pitched int, air_outs_pitched int, wins int, losses int, saves int, holds int
);
