-- season_line and batting_line in any grouping: the seed's sums and rates, and contract 3.3's, written out by hand.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
SELECT setseed(0.25) IS NOT NULL AS seeded;
CREATE FUNCTION pg_temp.cell(most integer) RETURNS integer LANGUAGE sql VOLATILE
    RETURN CASE WHEN random() < 0.85 THEN floor(random() * (most + 1))::integer END;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, team, plate_appearances, at_bats, runs, hits, doubles,
    triples, home_runs, rbi, walks, intentional_walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies,
    sacrifice_hits, ground_into_double_play, games_started, outs_pitched, batters_faced, hits_allowed, runs_allowed, earned_runs,
    home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen, pitches_thrown, wins, losses, saves)
SELECT 1 + n % 3, date '2020-04-01' + n, 2020 + n % 2, CASE n % 2 WHEN 0 THEN 'A' ELSE 'AA' END, 'T' || n % 5, pg_temp.cell(6), pg_temp.cell(5),
       pg_temp.cell(3), pg_temp.cell(4), pg_temp.cell(2), pg_temp.cell(1), pg_temp.cell(2), pg_temp.cell(5), pg_temp.cell(2), pg_temp.cell(1),
       pg_temp.cell(5), pg_temp.cell(1), pg_temp.cell(1), pg_temp.cell(1), pg_temp.cell(1), pg_temp.cell(1), pg_temp.cell(1), pg_temp.cell(1),
       pg_temp.cell(20), pg_temp.cell(28), pg_temp.cell(7), pg_temp.cell(5), pg_temp.cell(4), pg_temp.cell(2), pg_temp.cell(4), pg_temp.cell(9),
       pg_temp.cell(1), pg_temp.cell(99), pg_temp.cell(1), pg_temp.cell(1), pg_temp.cell(1)
FROM generate_series(1, 400) n;
CREATE TEMP VIEW by_hand AS
SELECT team, g.level, grouping(team, g.level) AS grp, count(*) AS games_played, sum(plate_appearances) AS total_pa, sum(at_bats) AS total_ab,
    sum(hits) AS total_hits, sum(doubles) AS total_2b, sum(triples) AS total_3b, sum(home_runs) AS total_hr, sum(runs) AS total_r,
    sum(rbi) AS total_rbi, sum(walks) AS total_bb, sum(strikeouts) AS total_so, sum(stolen_bases) AS total_sb, sum(caught_stealing) AS total_cs,
    round(sum(hits)::numeric / sum(at_bats), 3) AS avg,
    round((sum(hits) + sum(walks) + sum(hit_by_pitch))::numeric / (sum(at_bats) + sum(walks) + sum(hit_by_pitch) + sum(sacrifice_flies)), 3) AS obp,
    round((sum(hits) + sum(doubles) + 2 * sum(triples) + 3 * sum(home_runs))::numeric / sum(at_bats), 3) AS slg,
    round(sum(walks)::numeric * 100 / sum(plate_appearances), 1) AS bb_percent,
    round(sum(strikeouts)::numeric * 100 / sum(plate_appearances), 1) AS k_percent,
    count(*) FILTER (WHERE hits >= 2) AS multi_hit_games,
    count(*) FILTER (WHERE coalesce(doubles, 0) + coalesce(triples, 0) + coalesce(home_runs, 0) > 0) AS extra_base_hit_games,
    min(game_date) AS season_start, max(game_date) AS season_end,
    round((sum(hits) + sum(walks) + sum(hit_by_pitch))::numeric / (sum(at_bats) + sum(walks) + sum(hit_by_pitch) + sum(sacrifice_flies))
          + (sum(hits) + sum(doubles) + 2 * sum(triples) + 3 * sum(home_runs))::numeric / sum(at_bats), 3) AS ops,
    round((sum(doubles) + 2 * sum(triples) + 3 * sum(home_runs))::numeric / sum(at_bats), 3) AS iso
FROM dynasty.milb_game_logs g GROUP BY CUBE (team, g.level);
CREATE TEMP VIEW more_by_hand AS
SELECT team, level, grouping(team, level) AS grp, sum(intentional_walks) AS total_ibb, sum(hit_by_pitch) AS total_hbp, sum(sacrifice_flies) AS total_sf,
    sum(sacrifice_hits) AS total_sh, sum(ground_into_double_play) AS total_gidp,
    count(*) FILTER (WHERE strikeouts >= 4) AS golden_sombrero_games,
    count(*) FILTER (WHERE outs_pitched IS NOT NULL AND (outs_pitched > 0 OR coalesce(batters_faced, 0) > 0)) AS games_pitched,
    sum(games_started) AS games_started, sum(outs_pitched) AS total_outs, sum(batters_faced) AS total_bf, sum(hits_allowed) AS total_hits_allowed,
    sum(runs_allowed) AS total_runs_allowed, sum(earned_runs) AS total_er, sum(home_runs_allowed) AS total_hr_allowed,
    sum(walks_allowed) AS total_bb_allowed, sum(strikeouts_pitched) AS total_so_pitched, sum(hit_batsmen) AS total_hit_batsmen,
    sum(pitches_thrown) AS total_pitches_thrown, sum(wins) AS total_wins, sum(losses) AS total_losses, sum(saves) AS total_saves,
    round(sum(outs_pitched)::numeric / 3, 1) AS innings_pitched, round(27 * sum(earned_runs)::numeric / sum(outs_pitched), 2) AS era,
    round(3 * (sum(walks_allowed) + sum(hits_allowed))::numeric / sum(outs_pitched), 3) AS whip,
    round(3 * (13 * sum(home_runs_allowed) + 3 * (sum(walks_allowed) + sum(hit_batsmen)) - 2 * sum(strikeouts_pitched))::numeric
          / sum(outs_pitched) + 3.10, 2) AS fip,
    round(27 * sum(strikeouts_pitched)::numeric / sum(outs_pitched), 2) AS k_per_9,
    round(27 * sum(walks_allowed)::numeric / sum(outs_pitched), 2) AS bb_per_9
FROM dynasty.milb_game_logs GROUP BY CUBE (team, level);
CREATE TEMP VIEW ours AS
SELECT team, level, grouping(team, level) AS grp,
    dynasty.season_line(game_date, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks, intentional_walks, strikeouts,
        stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits, ground_into_double_play, games_started, outs_pitched,
        batters_faced, hits_allowed, runs_allowed, earned_runs, home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen,
        pitches_thrown, wins, losses, saves) AS s,
    dynasty.batting_line(game_date, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks, strikeouts,
        stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies) AS b,
    stddev_samp(hits) / avg(hits) AS cv
FROM dynasty.milb_game_logs GROUP BY CUBE (team, level);
-- 18 groups: 10 of team and level, 5 of team, 2 of level, 1 of all. In none a value differs.
SELECT count(*) AS groups FROM ours;
SELECT o.team, o.level, h.key, h.value AS by_hand, j.value AS season_line, b.value AS batting_line
FROM ours o, LATERAL (SELECT * FROM by_hand x WHERE (x.team, x.level, x.grp) IS NOT DISTINCT FROM (o.team, o.level, o.grp)) x,
     LATERAL jsonb_each_text(to_jsonb(x) - '{team,level,grp}'::text[]) h
LEFT JOIN LATERAL jsonb_each_text(to_jsonb(o.s)) j USING (key)
LEFT JOIN LATERAL jsonb_each_text(to_jsonb(o.b)) b USING (key)
WHERE h.value IS DISTINCT FROM j.value OR h.value IS DISTINCT FROM b.value;
SELECT o.team, o.level, h.key, h.value AS by_hand, j.value AS season_line
FROM ours o, LATERAL (SELECT * FROM more_by_hand x WHERE (x.team, x.level, x.grp) IS NOT DISTINCT FROM (o.team, o.level, o.grp)) x,
     LATERAL jsonb_each_text(to_jsonb(x) - '{team,level,grp}'::text[]) h
LEFT JOIN LATERAL jsonb_each_text(to_jsonb(o.s)) j USING (key)
WHERE h.value IS DISTINCT FROM j.value;
-- Nothing was left out: 24 columns by hand and the consistency are batting's, 27 more the other's.
SELECT (SELECT count(*) FROM jsonb_object_keys((SELECT to_jsonb(x) - '{team,level,grp}'::text[] FROM by_hand x LIMIT 1))) AS by_hand,
       (SELECT count(*) FROM jsonb_object_keys((SELECT to_jsonb(b) FROM ours LIMIT 1))) AS batting_line,
       (SELECT count(*) FROM jsonb_object_keys((SELECT to_jsonb(x) - '{team,level,grp}'::text[] FROM more_by_hand x LIMIT 1))) AS more_by_hand,
       (SELECT count(*) FROM jsonb_object_keys((SELECT to_jsonb(s) FROM ours LIMIT 1))) AS season_line;
SELECT max(abs((s).hit_consistency_cv - cv::float8)) < 1e-14 AS cv, bool_and((s).hit_consistency_cv = (b).hit_consistency_cv) AS same FROM ours;
ROLLBACK;
