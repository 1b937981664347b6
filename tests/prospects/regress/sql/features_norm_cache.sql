-- A session keeps the norms it has computed. After whatever changes them, prospect_features() must give what feature_matrix()
-- computes from scratch, in the same session and transaction, to the bit.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position, birth_date)
SELECT n, 'Hitter ' || n, 'CF', date '1998-01-01' + 100 * n FROM generate_series(1, 8) n UNION ALL
SELECT n, 'Pitcher ' || n, 'SP', date '1997-01-01' + 100 * n FROM generate_series(11, 18) n;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts, sacrifice_hits)
SELECT n, make_date(s, 5, 1) + g, s, l, 5, 4, (n * g) % 4, (n * g) % 4 / 2, 0, 0, 1, (n + g) % 3, 0
FROM generate_series(1, 8) n, generate_series(2018, 2019) s, unnest('{A,AA}'::text[]) WITH ORDINALITY u (l, o), generate_series(20 * o::int, 20 * o::int + 9) g;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, batters_faced, hits_allowed, earned_runs, walks_allowed, strikeouts_pitched, home_runs_allowed)
SELECT n, make_date(s, 5, 1) + g, s, 'A', 10 + g % 3, 18, 3, (n * g) % 4, g % 3, (n + g) % 6, g % 2 FROM generate_series(11, 18) n, generate_series(2018, 2019) s, generate_series(1, 10) g;
-- The look of a test: prospects whose cached form differs from the recount (0 in health), and a value to see that the norm moved.
CREATE FUNCTION pg_temp.look() RETURNS TABLE (differ bigint, k_rate_vs_level numeric, era_vs_level numeric, age_vs_level numeric) LANGUAGE sql AS $$
    SELECT (SELECT count(*) FROM pg_temp.forms_differ(2019)), round(pg_temp.feature(1, 2019, 'k_rate_vs_level')::numeric, 9),
           round(pg_temp.feature(11, 2019, 'pitch_era_vs_level')::numeric, 9), round(pg_temp.feature(1, 2019, 'age_vs_level_career')::numeric, 9)
$$;
SELECT * FROM pg_temp.look();
\pset tuples_only on
-- Others' games: one more, changed, moved to another level, season, prospect, deleted.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, walks, strikeouts) VALUES (2, '2019-08-01', 2019, 'A', 50, 40, 10, 30);
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET strikeouts = 5 WHERE prospect_id = 2 AND game_date = '2019-08-01';
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET level = 'AA' WHERE prospect_id = 2 AND game_date = '2019-08-01';
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET season = 2018, game_date = '2018-08-01' WHERE prospect_id = 2 AND game_date = '2019-08-01';
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET prospect_id = 11 WHERE prospect_id = 2 AND game_date = '2018-08-01';
SELECT * FROM pg_temp.look();
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 11 AND game_date = '2018-08-01';
SELECT * FROM pg_temp.look();
-- What the season statistics do not care for: the game type alone, the date that leaves its season, the sacrifices that stand for plate appearances.
UPDATE dynasty.milb_game_logs SET game_type = 'Playoffs' WHERE prospect_id = 3 AND season = 2019;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET game_type = 'Regular' WHERE prospect_id = 3 AND season = 2019;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET game_type = NULL WHERE prospect_id = 3 AND season = 2019;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET game_date = game_date + 365 WHERE prospect_id = 4 AND season = 2019;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET game_date = game_date - 365 WHERE prospect_id = 4 AND season = 2019;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET plate_appearances = NULL WHERE prospect_id = 4 AND season = 2019;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET sacrifice_hits = 10 WHERE prospect_id = 4 AND season = 2019;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET batters_faced = NULL, earned_runs = 9 WHERE prospect_id = 12;
SELECT * FROM pg_temp.look();
-- People: positions and birth dates make norms too.
UPDATE dynasty.prospects SET position = 'SP' WHERE id IN (5, 6);
SELECT * FROM pg_temp.look();
UPDATE dynasty.prospects SET birth_date = birth_date - 1000 WHERE id > 4;
SELECT * FROM pg_temp.look();
UPDATE dynasty.prospects SET birth_date = NULL WHERE id = 7;
SELECT * FROM pg_temp.look();
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (5, 'x', 'C', '1990-01-01') ON CONFLICT (id) DO UPDATE SET position = excluded.position, birth_date = excluded.birth_date;
SELECT * FROM pg_temp.look();
MERGE INTO dynasty.prospects p USING (VALUES (6)) v (id) ON p.id = v.id WHEN MATCHED THEN UPDATE SET position = 'C';
SELECT * FROM pg_temp.look();
-- A prospect who goes takes his games along.
DELETE FROM dynasty.prospects WHERE id = 8;
SELECT * FROM pg_temp.look();
-- Several changes in one transaction, with a look after each.
BEGIN;
UPDATE dynasty.milb_game_logs SET strikeouts = 4 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET strikeouts = 3 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
UPDATE dynasty.prospects SET birth_date = birth_date + 10 WHERE id = 5;
SELECT * FROM pg_temp.look();
UPDATE dynasty.prospects SET birth_date = birth_date + 10 WHERE id = 5;
SELECT * FROM pg_temp.look();
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
-- And none of it stays.
ROLLBACK;
SELECT * FROM pg_temp.look();
-- Savepoints: looked at inside, then taken back, then something else.
BEGIN;
UPDATE dynasty.milb_game_logs SET strikeouts = 1 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
SAVEPOINT a;
UPDATE dynasty.milb_game_logs SET strikeouts = 4 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
ROLLBACK TO a;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET strikeouts = 2 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
ROLLBACK TO a;
UPDATE dynasty.milb_game_logs SET strikeouts = 3 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
SELECT * FROM pg_temp.look();
RELEASE a;
SELECT * FROM pg_temp.look();
UPDATE dynasty.milb_game_logs SET strikeouts = 0 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
COMMIT;
SELECT * FROM pg_temp.look();
-- An error in a block takes back what the block did.
DO $$
BEGIN
    FOR i IN 1 .. 3 LOOP
        BEGIN
            UPDATE dynasty.milb_game_logs SET strikeouts = i WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
            PERFORM dynasty.prospect_features(1, 2019);
            RAISE EXCEPTION 'taken back' USING ERRCODE = 'P0002';
        EXCEPTION WHEN no_data_found THEN NULL;
        END;
    END LOOP;
END
$$;
SELECT * FROM pg_temp.look();
-- A cursor sees the games of its time, whatever has been computed since.
BEGIN;
CREATE TEMP TABLE before ON COMMIT DROP AS SELECT array_send(feature_values) AS bytes FROM dynasty.feature_matrix(2019) WHERE prospect_id = 1;
DECLARE c CURSOR FOR SELECT array_send(f.feature_values) = (SELECT bytes FROM before) AS as_before FROM generate_series(1, 2) g, LATERAL dynasty.prospect_features(g - g + 1, 2019) f;
FETCH c;
UPDATE dynasty.milb_game_logs SET strikeouts = 4 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
FETCH c;
SELECT * FROM pg_temp.look();
ROLLBACK;
SELECT * FROM pg_temp.look();
-- COPY and WITH.
COPY dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, walks, strikeouts) FROM stdin;
2	2019-08-05	2019	A	50	40	10	30
\.
SELECT * FROM pg_temp.look();
WITH gone AS (DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 2 AND game_date = '2019-08-05' RETURNING *)
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, walks, strikeouts)
SELECT 3, '2019-08-05', season, level, plate_appearances, at_bats, walks, strikeouts FROM gone;
SELECT * FROM pg_temp.look();
-- The journal grows, is added up, and is vacuumed; nothing is missed.
DO $$
BEGIN
    FOR i IN 1 .. 400 LOOP
        UPDATE dynasty.milb_game_logs SET strikeouts = i % 5 WHERE prospect_id = 2 AND season = 2019 AND level = 'A' AND game_date = '2019-05-22';
        UPDATE dynasty.milb_game_logs SET strikeouts = i % 5 WHERE prospect_id = 2 AND season = 2018 AND level = 'A' AND game_date = '2018-05-22';
        COMMIT;
        IF i % 97 = 0 AND EXISTS (SELECT FROM pg_temp.forms_differ(2019)) THEN
            RAISE EXCEPTION 'differs after %', i;
        END IF;
    END LOOP;
END
$$;
SELECT * FROM pg_temp.look();
VACUUM dynasty.norm_stamps;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, walks, strikeouts) VALUES (2, '2019-08-09', 2019, 'A', 50, 40, 10, 30);
SELECT * FROM pg_temp.look();
-- All gone, and back.
BEGIN;
CREATE TEMP TABLE kept AS SELECT * FROM dynasty.milb_game_logs;
TRUNCATE dynasty.milb_game_logs;
SELECT * FROM pg_temp.look();
ROLLBACK;
SELECT * FROM pg_temp.look();
CREATE TEMP TABLE kept AS SELECT id, prospect_id, game_date, season, level, plate_appearances, at_bats, hits, walks, strikeouts FROM dynasty.milb_game_logs;
TRUNCATE dynasty.milb_game_logs;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, plate_appearances, at_bats, hits, walks, strikeouts) SELECT * FROM kept WHERE id % 3 > 0;
SELECT * FROM pg_temp.look();
-- Without its journal nothing is kept from call to call.
BEGIN;
DROP TABLE dynasty.norm_stamps;
UPDATE dynasty.milb_game_logs SET strikeouts = 4 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
SELECT * FROM pg_temp.look();
ROLLBACK;
SELECT * FROM pg_temp.look();
-- Games that changed while the triggers were away are noticed once install() has put them back.
DROP EXTENSION dynasty CASCADE;
UPDATE dynasty.milb_game_logs SET strikeouts = 4 WHERE prospect_id = 2 AND season = 2019 AND level = 'A';
CREATE EXTENSION dynasty;
SELECT * FROM pg_temp.look();
