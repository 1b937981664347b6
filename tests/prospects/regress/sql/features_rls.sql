-- Row security: the features of a role are those of the rows it sees, norms included. Worked out by deleting what it does not see.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(60, 2015, 2018, 8);
CREATE ROLE dynasty_club;
GRANT USAGE ON SCHEMA dynasty TO dynasty_club;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO dynasty_club;
CREATE TABLE public.seen (prospect_id integer, bytes bytea);
GRANT INSERT, SELECT, DELETE ON public.seen TO dynasty_club;
-- What the role sees by the three forms; then what is left when the rest has been deleted. Both 0, and the last: how many a policy changed.
CREATE FUNCTION pg_temp.look() RETURNS TABLE (sees bigint, forms_differ bigint) LANGUAGE sql AS $$
    DELETE FROM public.seen;
    INSERT INTO public.seen SELECT prospect_id, array_send(feature_values) FROM dynasty.feature_matrix(2018);
    SELECT (SELECT count(*) FROM public.seen), (SELECT count(*) FROM pg_temp.forms_differ(2018))
$$;
CREATE FUNCTION pg_temp.compare() RETURNS TABLE (rows bigint, changed bigint) LANGUAGE sql AS $$
    SELECT count(*), count(*) FILTER (WHERE s.bytes IS DISTINCT FROM array_send(m.feature_values)) FROM public.seen s FULL JOIN dynasty.feature_matrix(2018) m USING (prospect_id)
$$;
-- The session has its norms before the role comes.
SELECT count(*) FROM dynasty.prospects p, dynasty.prospect_features(p.id, 2018);
-- Games.
ALTER TABLE dynasty.milb_game_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY part_of_them ON dynasty.milb_game_logs TO dynasty_club USING (id % 3 > 0);
SET ROLE dynasty_club;
SELECT * FROM pg_temp.look();
RESET ROLE;
SELECT rows, changed > 40 AS changed_by_the_policy FROM pg_temp.compare();
BEGIN;
DELETE FROM dynasty.milb_game_logs WHERE id % 3 = 0;
SELECT * FROM pg_temp.compare();
ROLLBACK;
-- The owner, and a role that may bypass it, see all: what the club's session role computed is not theirs.
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2018);
DROP POLICY part_of_them ON dynasty.milb_game_logs;
-- No policy at all: no game, but everybody.
SET ROLE dynasty_club;
SELECT * FROM pg_temp.look();
RESET ROLE;
BEGIN;
DELETE FROM dynasty.milb_game_logs;
SELECT * FROM pg_temp.compare();
ROLLBACK;
ALTER TABLE dynasty.milb_game_logs DISABLE ROW LEVEL SECURITY;
-- Prospects: who is not seen is not there, and his games are in no norm.
ALTER TABLE dynasty.prospects ENABLE ROW LEVEL SECURITY;
CREATE POLICY part_of_them ON dynasty.prospects TO dynasty_club USING (id % 3 > 0);
SET ROLE dynasty_club;
SELECT * FROM pg_temp.look();
SELECT count(*) AS unseen FROM dynasty.prospect_features(3, 2018);
SELECT prospect_id FROM dynasty.feature_matrix(2018, prospect_ids => '{1,2,3}');
RESET ROLE;
BEGIN;
DELETE FROM dynasty.prospects WHERE id % 3 = 0;
SELECT * FROM pg_temp.compare();
ROLLBACK;
ALTER TABLE dynasty.prospects DISABLE ROW LEVEL SECURITY;
-- Grades, lines and the majors.
ALTER TABLE dynasty.scouting_grades ENABLE ROW LEVEL SECURITY;
CREATE POLICY part_of_them ON dynasty.scouting_grades TO dynasty_club USING (id % 2 = 0);
ALTER TABLE dynasty.milb_advanced_stats ENABLE ROW LEVEL SECURITY;
CREATE POLICY part_of_them ON dynasty.milb_advanced_stats TO dynasty_club USING (id % 2 = 0);
ALTER TABLE dynasty.mlb_stats ENABLE ROW LEVEL SECURITY;
CREATE POLICY part_of_them ON dynasty.mlb_stats TO dynasty_club USING (false);
SET ROLE dynasty_club;
SELECT * FROM pg_temp.look();
RESET ROLE;
SELECT rows, changed > 20 AS changed_by_the_policy FROM pg_temp.compare();
BEGIN;
DELETE FROM dynasty.scouting_grades WHERE id % 2 = 1;
DELETE FROM dynasty.milb_advanced_stats WHERE id % 2 = 1;
DELETE FROM dynasty.mlb_stats;
SELECT * FROM pg_temp.compare();
ROLLBACK;
-- row_security = off: an error, not other rows.
SET ROLE dynasty_club;
SET row_security = off;
\set VERBOSITY terse
SELECT count(*) FROM dynasty.feature_matrix(2018);
\echo :LAST_ERROR_SQLSTATE
RESET row_security;
RESET ROLE;
-- An owner is bound by his policies where they are forced.
ALTER TABLE dynasty.milb_game_logs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY part_of_them ON dynasty.milb_game_logs USING (id % 3 > 0);
ALTER TABLE dynasty.milb_game_logs OWNER TO dynasty_club;
SET ROLE dynasty_club;
SELECT * FROM pg_temp.look();
SELECT sum(value) = (SELECT count(*) FROM dynasty.milb_game_logs WHERE coalesce(game_type, 'Regular') = 'Regular') AS his_games FROM pg_temp.long(2018) WHERE name = 'games_total';
RESET ROLE;
ALTER TABLE dynasty.milb_game_logs OWNER TO CURRENT_USER;
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2018);
DROP OWNED BY dynasty_club;
DROP ROLE dynasty_club;
