-- The game logs. See awkward.sql.
-- Careers of 1, 2, 3 ... games, for everything with a smallest number of rows; and some of a single season.
DELETE FROM dynasty.milb_game_logs l
USING (SELECT id, prospect_id, row_number() OVER (PARTITION BY prospect_id ORDER BY pg_temp.roll(id, 1)) AS n
       FROM dynasty.milb_game_logs) ranked
WHERE ranked.id = l.id AND l.prospect_id % 4 = 0 AND ranked.n > l.prospect_id / 4 % 45;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id % 50 = 7;

-- The same season twice: ties of the best season, and seasons with a gap between them.
INSERT INTO dynasty.milb_game_logs (
    prospect_id, game_date, season, game_type, team, is_home, level, plate_appearances, at_bats, runs, hits, doubles, triples,
    home_runs, walks, intentional_walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits,
    ground_outs, air_outs, pitches_seen, game_pk, game_number, games_started, outs_pitched, batters_faced, hits_allowed, runs_allowed,
    earned_runs, home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen, pitches_thrown, strikes_thrown,
    ground_outs_pitched, air_outs_pitched)
SELECT prospect_id, game_date + 1461, season + 4, game_type, team, is_home, level, plate_appearances, at_bats, runs, hits, doubles, triples,
       home_runs, walks, intentional_walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits,
       ground_outs, air_outs, pitches_seen, game_pk + 500000000000, game_number, games_started, outs_pitched, batters_faced, hits_allowed,
       runs_allowed, earned_runs, home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen, pitches_thrown, strikes_thrown,
       ground_outs_pitched, air_outs_pitched
FROM dynasty.milb_game_logs
WHERE prospect_id % 10 = 3 AND season IN (2017, 2018)
ORDER BY id;

-- Two-way players: pitchers who bat, hitters who pitch; some far over the limit of the role, some at it.
UPDATE dynasty.milb_game_logs SET
    plate_appearances = pg_temp.pick(id, 10, 3, 5), at_bats = 3, hits = pg_temp.pick(id, 11, 0, 3), doubles = pg_temp.pick(id, 12, 0, 1),
    triples = 0, home_runs = pg_temp.pick(id, 13, 0, 1), runs = pg_temp.pick(id, 14, 0, 2), walks = pg_temp.pick(id, 15, 0, 1),
    strikeouts = pg_temp.pick(id, 16, 0, 4), stolen_bases = pg_temp.pick(id, 17, 0, 1)
WHERE outs_pitched IS NOT NULL AND prospect_id % 7 = 1;
UPDATE dynasty.milb_game_logs SET
    outs_pitched = pg_temp.pick(id, 20, 0, 9), batters_faced = pg_temp.pick(id, 21, 0, 14), hits_allowed = pg_temp.pick(id, 22, 0, 4),
    runs_allowed = pg_temp.pick(id, 23, 0, 5), earned_runs = pg_temp.pick(id, 24, 0, 5), home_runs_allowed = pg_temp.pick(id, 25, 0, 1),
    walks_allowed = pg_temp.pick(id, 26, 0, 3), strikeouts_pitched = pg_temp.pick(id, 27, 0, 6), games_started = pg_temp.pick(id, 28, 0, 1),
    pitches_thrown = pg_temp.pick(id, 29, 0, 40)
WHERE prospect_id % 9 = 2 AND pg_temp.roll(id, 30) < 0.15;

-- Columns that are not known: of a game, of a season, of a prospect, of a level in a season (so of its norms).
DO $do$
DECLARE
    sets text;
BEGIN
    SELECT string_agg(format(
        '%1$I = CASE WHEN pg_temp.roll(id, %2$s) < 0.02 OR pg_temp.roll(prospect_id * 10000 + season, %2$s) < 0.06
                       OR pg_temp.roll(prospect_id, %2$s) < 0.02 OR pg_temp.roll(season * 100 + length(level), %2$s) < 0.02
                     THEN NULL ELSE %1$I END', column_name, 100 + ordinal), ', ')
    INTO sets
    FROM unnest('{plate_appearances,at_bats,runs,hits,doubles,triples,home_runs,rbi,walks,intentional_walks,strikeouts,stolen_bases,
        caught_stealing,hit_by_pitch,sacrifice_flies,sacrifice_hits,ground_outs,air_outs,ground_into_double_play,pitches_seen,
        games_started,outs_pitched,batters_faced,hits_allowed,runs_allowed,earned_runs,home_runs_allowed,walks_allowed,
        intentional_walks_allowed,strikeouts_pitched,hit_batsmen,pitches_thrown,strikes_thrown,ground_outs_pitched,air_outs_pitched,
        wins,losses,saves,is_home,game_type}'::text[]) WITH ORDINALITY u (column_name, ordinal);
    EXECUTE 'UPDATE dynasty.milb_game_logs SET ' || sets;
END
$do$;

-- Nothing at bat, nobody retired, batters without an out, outs without a batter, more hits than at-bats.
UPDATE dynasty.milb_game_logs SET plate_appearances = 0 WHERE pg_temp.roll(id, 200) < 0.02;
UPDATE dynasty.milb_game_logs SET at_bats = 0, hits = 0, strikeouts = 0 WHERE pg_temp.roll(id, 201) < 0.02;
UPDATE dynasty.milb_game_logs SET outs_pitched = 0 WHERE outs_pitched IS NOT NULL AND pg_temp.roll(id, 202) < 0.06;
UPDATE dynasty.milb_game_logs SET batters_faced = 0 WHERE batters_faced IS NOT NULL AND pg_temp.roll(id, 203) < 0.04;
UPDATE dynasty.milb_game_logs SET intentional_walks = 9, hits = 7 WHERE pg_temp.roll(id, 204) < 0.003;
UPDATE dynasty.milb_game_logs SET outs_pitched = 0, batters_faced = 5 WHERE prospect_id % 50 = 21 AND outs_pitched IS NOT NULL;
-- Always the same, never anything.
UPDATE dynasty.milb_game_logs SET hits = 1, walks = 0, hit_by_pitch = NULL, strikeouts = 1 WHERE prospect_id % 40 = 11;
UPDATE dynasty.milb_game_logs SET hits = 0, doubles = 0, triples = 0, home_runs = 0, stolen_bases = 0, caught_stealing = NULL, walks = 0
WHERE prospect_id % 40 = 31;
UPDATE dynasty.milb_game_logs SET earned_runs = 0, runs_allowed = 0, walks_allowed = 0, strikeouts_pitched = 2 WHERE prospect_id % 40 = 19;

-- Kinds of game, levels within a season, two games a day in either order, dates in another year than the season's.
UPDATE dynasty.milb_game_logs SET game_type = (ARRAY['Playoffs', 'Spring', 'All-Star', NULL])[pg_temp.pick(id, 210, 1, 4)]
WHERE pg_temp.roll(id, 211) < 0.06;
UPDATE dynasty.milb_game_logs SET level = (ARRAY['Complex', 'Rookie', 'A', 'A+', 'AA', 'AAA'])[pg_temp.pick(id, 212, 1, 6)]
WHERE pg_temp.roll(id, 213) < 0.01 OR prospect_id % 30 = 5 AND pg_temp.roll(id, 213) < 0.4;
UPDATE dynasty.milb_game_logs SET game_date = game_date - pg_temp.pick(id, 214, 1, 3), game_number = pg_temp.pick(id, 215, 1, 3)
WHERE pg_temp.roll(id, 216) < 0.25;
UPDATE dynasty.milb_game_logs SET game_date = make_date(season + 1, 1, 1) WHERE pg_temp.roll(id, 217) < 0.005;
UPDATE dynasty.milb_game_logs SET game_date = make_date(season, 12, 31) WHERE pg_temp.roll(id, 218) < 0.005;
UPDATE dynasty.milb_game_logs SET game_date = game_date + 366 * pg_temp.pick(id, 219, -2, 2) WHERE pg_temp.roll(id, 220) < 0.01;
UPDATE dynasty.milb_game_logs SET season = season + pg_temp.pick(id, 221, -1, 1) WHERE pg_temp.roll(id, 222) < 0.01;
-- The order of the ids is not that of the heap.
UPDATE dynasty.milb_game_logs SET id = 10000000 - id WHERE pg_temp.roll(id, 223) < 0.3;
