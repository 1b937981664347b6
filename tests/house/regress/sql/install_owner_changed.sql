-- The tables are given to another role later: the superuser leaves them alone, their owner does with them what is to be done.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE ROLE dynasty_owner;
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT c.oid::regclass AS name FROM pg_class c WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'p', 'v') LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO dynasty_owner', r.name);
    END LOOP;
END $$;
GRANT USAGE, CREATE ON SCHEMA dynasty, dynasty_odds, dynasty_ops TO dynasty_owner;
SET client_min_messages = notice;
DROP TRIGGER season_stats_insert ON dynasty.milb_game_logs;
\set VERBOSITY terse
CALL dynasty.install();
SELECT pending, ok FROM dynasty.migration_status();
-- The update takes the functions; the tables wait for their owner.
ALTER EXTENSION dynasty UPDATE TO '1.0';
SELECT installed, tables_version, pending FROM dynasty.migration_status();
ALTER EXTENSION dynasty UPDATE;
SELECT installed, tables_version, pending FROM dynasty.migration_status();
\set VERBOSITY default
SELECT dynasty.migrate('1.0');
-- What the NOTICE's hint says.
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO dynasty_owner;
SET ROLE dynasty_owner;
CALL dynasty.install();
SELECT pending, ok FROM dynasty.migration_status();
SELECT dynasty.migrate('1.0');
SELECT dynasty.migrate();
RESET ROLE;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2);
SELECT total_hits FROM dynasty.milb_season_stats;
-- Another superuser may do all that the one who made the tables may.
CREATE ROLE dynasty_second_superuser SUPERUSER;
REASSIGN OWNED BY dynasty_owner TO dynasty_second_superuser;
DROP OWNED BY dynasty_owner;
DROP TRIGGER season_stats_insert ON dynasty.milb_game_logs;
SET client_min_messages = warning;
CALL dynasty.install();
SELECT pending, ok FROM dynasty.migration_status();
DROP EXTENSION dynasty CASCADE;
DROP SCHEMA dynasty, dynasty_odds, dynasty_ops CASCADE;
DROP ROLE dynasty_owner, dynasty_second_superuser;
