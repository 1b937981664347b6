-- Foreign keys to and from the season lines, unique and exclusion constraints and indexes of the user's on them.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (2, '2020-06-01', 2020, 'A', 4, 2), (3, '2020-06-01', 2020, 'A', 4, 2);

-- Notes that go with their line, that lose it, and that hold it.
BEGIN;
CREATE TABLE public.goes (p int, s int, l varchar(20), FOREIGN KEY (p, s, l) REFERENCES dynasty.milb_season_stats (prospect_id, season, level) ON DELETE CASCADE);
CREATE TABLE public.loses (p int, s int, l varchar(20), FOREIGN KEY (p, s, l) REFERENCES dynasty.milb_season_stats (prospect_id, season, level) ON DELETE SET NULL);
CREATE TABLE public.holds (p int, s int, l varchar(20), FOREIGN KEY (p, s, l) REFERENCES dynasty.milb_season_stats (prospect_id, season, level));
CREATE FUNCTION pg_temp.tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% of a note on %', TG_OP, OLD.p; RETURN NULL; END $$;
CREATE TRIGGER told AFTER DELETE OR UPDATE ON public.goes FOR EACH ROW EXECUTE FUNCTION pg_temp.tell();
CREATE TRIGGER told AFTER DELETE OR UPDATE ON public.loses FOR EACH ROW EXECUTE FUNCTION pg_temp.tell();
INSERT INTO public.goes VALUES (1, 2020, 'A'), (2, 2020, 'A');
INSERT INTO public.loses VALUES (1, 2020, 'A'), (2, 2020, 'A');
INSERT INTO public.holds VALUES (3, 2020, 'A');
UPDATE dynasty.milb_game_logs SET hits = 3;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 1;
SELECT * FROM public.goes;
SELECT * FROM public.loses ORDER BY 1;
SAVEPOINT before;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 3;
ROLLBACK TO before;
UPDATE dynasty.milb_game_logs SET season = 2021 WHERE prospect_id = 3;
ROLLBACK TO before;
TRUNCATE dynasty.milb_game_logs;
ROLLBACK TO before;
SELECT * FROM healthy;
ROLLBACK;

-- Deferred: the line may be gone for a while.
BEGIN;
CREATE TABLE public.holds (p int, s int, l varchar(20), FOREIGN KEY (p, s, l) REFERENCES dynasty.milb_season_stats (prospect_id, season, level) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO public.holds VALUES (3, 2020, 'A'), (4, 2020, 'A');
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 3;
DELETE FROM public.holds WHERE p = 4;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (3, '2020-07-01', 2020, 'A', 1);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 3;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;

-- From the lines to a table of the user's.
BEGIN;
CREATE TABLE public.seasons (season int PRIMARY KEY);
INSERT INTO public.seasons VALUES (2020), (2021);
ALTER TABLE dynasty.milb_season_stats ADD FOREIGN KEY (season) REFERENCES public.seasons ON DELETE CASCADE;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2021-06-01', 2021, 'A', 1);
SELECT * FROM lines;
SAVEPOINT before;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2022-06-01', 2022, 'A', 1);
ROLLBACK TO before;
UPDATE dynasty.milb_game_logs SET season = 2022 WHERE prospect_id = 2;
ROLLBACK TO before;
ALTER TABLE dynasty.milb_season_stats ALTER CONSTRAINT milb_season_stats_season_fkey DEFERRABLE INITIALLY DEFERRED;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2022-06-01', 2022, 'A', 1);
INSERT INTO public.seasons VALUES (2022);
SET CONSTRAINTS ALL IMMEDIATE;
SELECT * FROM healthy;
ROLLBACK;

-- Indexes: on an expression of a function of the user's, on a part, unique on stored columns; an exclusion constraint.
BEGIN;
CREATE FUNCTION public.tenth(bigint) RETURNS bigint IMMUTABLE LANGUAGE sql RETURN $1 / 10;
CREATE INDEX tenths ON dynasty.milb_season_stats (public.tenth(total_hits));
CREATE UNIQUE INDEX one_leader ON dynasty.milb_season_stats (season) WHERE total_hits > 20;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE dynasty.milb_season_stats ADD CONSTRAINT own_days EXCLUDE USING gist (prospect_id WITH =, level WITH =, daterange(season_start, season_end, '[]') WITH &&);
UPDATE dynasty.milb_game_logs SET hits = 10 * prospect_id;
SET LOCAL enable_seqscan = off;
SELECT prospect_id, public.tenth(total_hits) FROM dynasty.milb_season_stats WHERE public.tenth(total_hits) = 2;
SAVEPOINT before;
UPDATE dynasty.milb_game_logs SET hits = 30 WHERE prospect_id = 1;
ROLLBACK TO before;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, team, hits) VALUES (1, '2020-06-01', 2019, 'A', 'Other', 1);
ROLLBACK TO before;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2019-06-01', 2019, 'A', 1);
SELECT * FROM healthy;
ROLLBACK;

-- A child of the table has lines of its own, which are nobody's; rules are for statements, and none is made here.
BEGIN;
CREATE TABLE public.my_lines () INHERITS (dynasty.milb_season_stats);
CREATE RULE no_lines AS ON INSERT TO dynasty.milb_season_stats DO INSTEAD NOTHING;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2021-06-01', 2021, 'A', 1);
SELECT count(*) FROM dynasty.milb_season_stats WHERE season = 2021;
SELECT * FROM healthy;
ROLLBACK;

-- The table as a partition of one of the user's: lines outside of its bounds are refused.
BEGIN;
CREATE TABLE public.all_lines (LIKE dynasty.milb_season_stats INCLUDING ALL) PARTITION BY RANGE (season);
ALTER TABLE public.all_lines ATTACH PARTITION dynasty.milb_season_stats FOR VALUES FROM (2000) TO (2021);
UPDATE dynasty.milb_game_logs SET hits = 1;
SELECT * FROM lines;
\set VERBOSITY terse
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2021-06-01', 2021, 'A', 1);
ROLLBACK;
TRUNCATE dynasty.milb_game_logs;
