-- simulate_league(): the same league for the same arguments, believable rows, marked; season lines right without asking.
\set VERBOSITY terse
SET client_min_messages = warning;

CREATE TABLE first_run AS SELECT * FROM dynasty.simulate_league(120, 2018, 2021, 7);
SELECT table_name, rows > 0 AS filled FROM first_run;
-- What it says it wrote is there.
SELECT (SELECT rows FROM first_run WHERE table_name = 'prospects') = (SELECT count(*) FROM dynasty.prospects) AS prospects,
       (SELECT rows FROM first_run WHERE table_name = 'milb_game_logs') = (SELECT count(*) FROM dynasty.milb_game_logs) AS games,
       (SELECT rows FROM first_run WHERE table_name = 'mlb_stats') = (SELECT count(*) FROM dynasty.mlb_stats) AS majors,
       (SELECT rows FROM first_run WHERE table_name = 'scouting_grades') = (SELECT count(*) FROM dynasty.scouting_grades) AS grades,
       (SELECT rows FROM first_run WHERE table_name = 'milb_advanced_stats') = (SELECT count(*) FROM dynasty.milb_advanced_stats) AS advanced;

-- All of it is marked, and there are no minor-league games in 2020.
SELECT count(*) FILTER (WHERE data_source IS DISTINCT FROM 'simulated') AS unmarked, count(*) FILTER (WHERE season = 2020) AS in_2020
FROM dynasty.milb_game_logs;
SELECT count(*) FROM dynasty.prospects WHERE NOT data_sources @> '{"simulated": true}' OR mlb_id <= 900000000;

-- Loaded in the order of the days.
SELECT count(*) FROM (SELECT game_date < lag(game_date) OVER (ORDER BY id) AS back FROM dynasty.milb_game_logs) g WHERE back;

-- Counts that must agree with one another, rates that must agree with their counts.
SELECT count(*) FILTER (WHERE hits > at_bats) AS hits, count(*) FILTER (WHERE doubles + triples + home_runs > hits) AS extra,
       count(*) FILTER (WHERE plate_appearances <> at_bats + walks + hit_by_pitch + sacrifice_flies + sacrifice_hits) AS pa,
       count(*) FILTER (WHERE earned_runs > runs_allowed) AS earned, count(*) FILTER (WHERE strikes_thrown > pitches_thrown) AS strikes,
       count(*) FILTER (WHERE batting_avg IS DISTINCT FROM round(hits::numeric / nullif(at_bats, 0), 3)) AS avg,
       count(*) FILTER (WHERE season <> extract(year FROM game_date)) AS season
FROM dynasty.milb_game_logs;
SELECT count(*) AS differing_lines FROM dynasty.season_stats_diff();
SELECT count(*) FROM dynasty.data_quality WHERE severity = 'error';

-- The same arguments give the same league; another seed another one. (Ids and mlb_ids go on after the first one's.)
CREATE FUNCTION pg_temp.digest(first_prospect int) RETURNS text LANGUAGE sql AS $$
    SELECT md5(string_agg(row(prospect_id - first_prospect, game_date, level, team, hits, at_bats, outs_pitched, game_pk % 10000000)::text, ',' ORDER BY id))
    FROM dynasty.milb_game_logs WHERE prospect_id >= first_prospect AND prospect_id < first_prospect + 120 $$;
SELECT min(id) AS first FROM dynasty.prospects \gset
SELECT count(*) FROM dynasty.simulate_league(120, 2018, 2021, 7);
SELECT count(*) FROM dynasty.simulate_league(120, 2018, 2021, 8);
SELECT pg_temp.digest(:first) = pg_temp.digest(:first + 120) AS same, pg_temp.digest(:first) <> pg_temp.digest(:first + 240) AS other,
       (SELECT count(*) = count(DISTINCT mlb_id) FROM dynasty.prospects) AS ids_apart;
