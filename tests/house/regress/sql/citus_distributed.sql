-- A table that Citus has distributed is refused by everything that reads or writes it directly: its rows lie elsewhere. Citus itself is
-- not needed: its catalog is imitated, which a superuser alone can do.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/calls_setup.sql'
\i :setup
\set SHOW_CONTEXT never

-- A stranger's table of that name means nothing, nor does the list without the extension, nor the extension with an empty list.
CREATE TABLE public.pg_dist_partition (logicalrelid regclass NOT NULL PRIMARY KEY, partmethod "char" NOT NULL, partkey text, colocationid integer DEFAULT 0, repmodel "char" DEFAULT 's');
INSERT INTO public.pg_dist_partition VALUES ('dynasty.milb_game_logs', 'h');
CREATE SEQUENCE days;
CREATE FUNCTION works() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, date '2021-05-05' + nextval('days')::int, 2021, 'AAA', 3, 4);
    PERFORM dynasty.refresh_season_stats();
    RETURN format('%s lines, %s differ, %s vectors', (SELECT count(*) > 0 FROM dynasty.season_stats()), (SELECT count(*) FROM dynasty.season_stats_diff()), (SELECT count(*) FROM dynasty.feature_matrix(2021)));
END $$;
SELECT works();
ALTER TABLE public.pg_dist_partition SET SCHEMA pg_catalog;
SELECT works();
TRUNCATE pg_catalog.pg_dist_partition;
SET allow_system_table_mods = on;
INSERT INTO pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) VALUES (99990, 'citus', 10, 'pg_catalog'::regnamespace, false, '13.2');
RESET allow_system_table_mods;
SELECT works();
CREATE TABLE works_elsewhere ();
INSERT INTO pg_catalog.pg_dist_partition VALUES ('works_elsewhere', 'h');
SELECT works();

-- One table after the other.
CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE statement;
    RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(': ', SQLSTATE, SQLERRM, hint);
END $$;
CREATE TABLE statements (ord serial, statement text);
INSERT INTO statements (statement) VALUES
    ('SELECT count(*) FROM dynasty.season_stats()'), ('SELECT count(*) FROM dynasty.season_stats(prospect_ids => ''{1}'')'), ('SELECT count(*) FROM dynasty.season_stats_diff()'),
    ('SELECT dynasty.refresh_season_stats()'), ('SELECT count(*) FROM dynasty.feature_matrix(2021)'), ('SELECT * FROM dynasty.prospect_features(3, 2021)'),
    ('SELECT count(*) FROM dynasty.all_features(2021, known_at => ''2100-01-01'')'), ('SELECT * FROM dynasty.feature_stamps(2021)'), ('SELECT dynasty.refresh_features(2021)'),
    ('SELECT * FROM dynasty.explain_feature(3, 2021, ''age'')'), ('SELECT count(*) FROM dynasty.training_set(''{2019}'', 2)'), ('SELECT * FROM dynasty.predict(''m'', 3, 2021)'),
    ('INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, ''2021-03-06'', 2021, ''AAA'', 3, 4)'),
    ('UPDATE dynasty.milb_game_logs SET hits = 4 WHERE id = 3'), ('DELETE FROM dynasty.milb_game_logs WHERE id = 3'), ('TRUNCATE dynasty.milb_game_logs'),
    ('UPDATE dynasty.prospects SET birth_date = birth_date + 1'), ('SELECT dynasty.simulate_league(5, 2019, 2020, 1)'),
    ('SELECT dynasty.ingest_boxscore(body, unknown_players => ''create'') FROM box_score');
CREATE FUNCTION distributed(relation regclass, ways text) RETURNS TABLE (statement text, outcome text) LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE pg_catalog.pg_dist_partition;
    INSERT INTO pg_catalog.pg_dist_partition VALUES (relation, ways::"char");
    RETURN QUERY SELECT left(s.statement, 60), refused(s.statement) FROM statements s ORDER BY s.ord;
END $$;
SELECT statement, outcome FROM distributed('dynasty.milb_game_logs', 'h');
-- A reference table or a local one of Citus has its rows elsewhere, too.
SELECT statement, outcome FROM distributed('dynasty.milb_season_stats', 'n');
SELECT statement, outcome FROM distributed('dynasty.prospects', 'n') WHERE outcome <> 'not refused';
-- A child that is distributed by itself.
CREATE TABLE of_2030 () INHERITS (dynasty.milb_game_logs);
SELECT statement, outcome FROM distributed('of_2030', 'h') WHERE statement LIKE '%season_stats()%' OR statement LIKE '%feature_matrix%';

-- Taken back, and everything works again, in the same session; nothing was lost.
TRUNCATE pg_catalog.pg_dist_partition;
SELECT works();
-- The extension is gone, its list is left.
INSERT INTO pg_catalog.pg_dist_partition VALUES ('dynasty.milb_game_logs', 'h');
SET allow_system_table_mods = on;
DELETE FROM pg_catalog.pg_extension WHERE extname = 'citus';
SELECT works();
