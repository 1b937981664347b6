-- Columns of the season lines that were given another type: every one of them, many types. Each write is right or refused with
-- 42804 that names the column; nothing is read as bytes.
-- Nothing else shall stand in the way of another type.
SET client_min_messages = error;
DO $$
DECLARE view regclass; c record;
BEGIN
    FOR view IN SELECT DISTINCT r.ev_class::regclass FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
        WHERE d.classid = 'pg_rewrite'::regclass AND d.refobjid = 'dynasty.milb_season_stats'::regclass AND d.deptype = 'n' LOOP
        EXECUTE format('DROP VIEW %s CASCADE', view);
    END LOOP;
    FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = 'dynasty.milb_season_stats'::regclass AND contype IN ('c', 'f', 'u') LOOP
        EXECUTE format('ALTER TABLE dynasty.milb_season_stats DROP CONSTRAINT %I', c.conname);
    END LOOP;
    FOR c IN SELECT attname FROM pg_attribute WHERE attrelid = 'dynasty.milb_season_stats'::regclass AND attgenerated = 's' LOOP
        EXECUTE format('ALTER TABLE dynasty.milb_season_stats ALTER COLUMN %I DROP EXPRESSION', c.attname);
    END LOOP;
END $$;
RESET client_min_messages;
INSERT INTO dynasty.prospects (id, name, position) OVERRIDING SYSTEM VALUE VALUES (1, 'Shortstop', 'SS');
CREATE DOMAIN public.over_integer AS integer;
CREATE DOMAIN public.over_bigint AS bigint;
CREATE DOMAIN public.over_numeric AS numeric;
CREATE DOMAIN public.over_double AS double precision;
CREATE DOMAIN public.over_date AS date;
CREATE DOMAIN public.over_text AS text;
-- What became of two games, a correction and a removal: 'refused', 'right', or what is wrong.
CREATE TEMP TABLE truth (line jsonb);
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, home_runs, outs_pitched)
VALUES (1, '2020-06-02', 2020, 'A', 4, 2, 0, 3), (1, '2020-06-03', 2020, 'A', 4, 1, NULL, NULL);
CREATE TEMP TABLE line ON COMMIT DROP AS SELECT to_jsonb(s) - 'stamp' AS line FROM dynasty.milb_season_stats s;
DELETE FROM dynasty.milb_game_logs;
INSERT INTO truth SELECT line FROM line;
COMMIT;
SELECT line->'total_hits' AS h, line->'avg' AS avg, line->'hits_squared' AS sq, line->'season_start' AS start, line->'total_outs' AS outs FROM truth;
CREATE FUNCTION pg_temp.tried(col text, type text, uses text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE outcome text;
BEGIN
    BEGIN
        EXECUTE format('ALTER TABLE dynasty.milb_season_stats ALTER COLUMN %I TYPE %s USING %s', col, type, uses);
    EXCEPTION WHEN OTHERS THEN
        RAISE EXCEPTION USING ERRCODE = 'P0003', MESSAGE = 'cannot be';
    END;
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, home_runs, outs_pitched)
    VALUES (1, '2020-06-01', 2020, 'A', 4, 2, 1, 3), (1, '2020-06-02', 2020, 'A', 4, 2, 0, 3);
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-03', 2020, 'A', 4, 3);
    UPDATE dynasty.milb_game_logs SET hits = 1 WHERE game_date = '2020-06-03';
    DELETE FROM dynasty.milb_game_logs WHERE game_date = '2020-06-01';
    SELECT CASE WHEN count(*) = 0 THEN 'right' ELSE 'diff' END INTO outcome FROM dynasty.season_stats_diff();
    -- Against the lines of the table as it was made.
    IF outcome = 'right' AND (SELECT to_jsonb(s) - 'stamp' FROM dynasty.milb_season_stats s) IS DISTINCT FROM (SELECT line FROM truth) THEN outcome := 'wrong'; END IF;
    RAISE EXCEPTION USING ERRCODE = 'P0003', MESSAGE = outcome;
EXCEPTION
    WHEN SQLSTATE 'P0003' THEN RETURN SQLERRM;
    WHEN datatype_mismatch THEN
        RETURN CASE WHEN SQLERRM LIKE '%"' || col || '" of dynasty.milb_season_stats is not %' THEN 'refused' ELSE SQLERRM END;
    WHEN OTHERS THEN RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
\x on
SELECT tried, count(*), array_agg(DISTINCT type ORDER BY type) AS types,
    CASE WHEN tried NOT IN ('refused', 'cannot be') THEN chr(10) || string_agg(attname || ' ' || type, ', ' ORDER BY attnum, type) END AS columns
FROM (SELECT a.attname, a.attnum, t.type, pg_temp.tried(a.attname, t.type, 'NULL::' || t.type) AS tried
      FROM pg_attribute a,
           (VALUES ('integer'), ('numeric'), ('numeric(5,3)'), ('double precision'), ('text'), ('char(20)'), ('date'), ('over_integer'),
                   ('over_bigint'), ('over_numeric'), ('over_double'), ('over_date'), ('over_text')) AS t (type)
      WHERE a.attrelid = 'dynasty.milb_season_stats'::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND format_type(a.atttypid, a.atttypmod) <> t.type) x
GROUP BY tried ORDER BY tried;
\x off
SELECT prospect_id, level, total_hits FROM dynasty.milb_season_stats;
-- The words of it.
BEGIN;
ALTER TABLE dynasty.milb_season_stats ALTER avg TYPE numeric(4,2);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2);
ROLLBACK;
-- Readers too.
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2);
ALTER TABLE dynasty.milb_season_stats ALTER total_hits TYPE text;
SAVEPOINT before;
SELECT * FROM dynasty.season_stats_diff();
ROLLBACK TO before;
SELECT dynasty.refresh_season_stats();
ROLLBACK TO before;
TRUNCATE dynasty.milb_game_logs;
ROLLBACK;
-- A level that is longer than its column takes: the server's words. A column that is generated.
BEGIN;
ALTER TABLE dynasty.milb_season_stats ALTER level TYPE varchar(2);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'AA', 2);
SELECT prospect_id, level, total_hits FROM dynasty.milb_season_stats;
SELECT count(*) FROM dynasty.season_stats_diff();
SAVEPOINT before;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'AAA', 2);
ROLLBACK TO before;
ALTER TABLE dynasty.milb_season_stats DROP ops, ADD ops numeric GENERATED ALWAYS AS (obp + slg) STORED;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2);
ROLLBACK;
-- Columns in another order, dropped and made again: found by their names.
BEGIN;
ALTER TABLE dynasty.milb_season_stats DROP stamp, DROP total_hits, DROP hits_squared, DROP level;
ALTER TABLE dynasty.milb_season_stats ADD hits_squared numeric, ADD level text COLLATE "C" NOT NULL, ADD total_hits bigint, ADD stamp bigint;
CREATE UNIQUE INDEX ON dynasty.milb_season_stats (prospect_id, season, level);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 2);
SELECT prospect_id, level, total_hits, hits_squared FROM dynasty.milb_season_stats;
SELECT count(*) FROM dynasty.season_stats_diff();
-- Levels that a collation takes for the same.
CREATE COLLATION public.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
ALTER TABLE dynasty.milb_season_stats ALTER level TYPE text COLLATE public.loose;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-03', 2020, 'A', 4, 2);
ROLLBACK;
-- A line without a key.
BEGIN;
ALTER TABLE dynasty.milb_season_stats REPLICA IDENTITY FULL;
ALTER TABLE dynasty.milb_season_stats ALTER level DROP NOT NULL;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2);
UPDATE dynasty.milb_season_stats SET level = NULL;
SELECT * FROM dynasty.season_stats_diff();
ROLLBACK;
