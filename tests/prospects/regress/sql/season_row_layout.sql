-- Game logs whose columns lie in any order between columns of every size and alignment, with NULLs and long texts: read right.
DROP VIEW dynasty.data_quality;
CREATE TEMP TABLE pattern (LIKE dynasty.milb_game_logs);
DROP TABLE dynasty.milb_game_logs;
CREATE TABLE dynasty.milb_game_logs ();
-- Before each column one of another kind.
DO $$
DECLARE
    c record;
    kinds text[] := '{text,boolean,smallint,uuid,double precision,"\"char\"",interval,numeric,name,integer[],bytea,timestamptz,point,bigint,inet,date,integer,char(7),jsonb,real,macaddr,bit varying,money}';
BEGIN
    FOR c IN SELECT row_number() OVER (ORDER BY md5(attname)) AS n, attname, format_type(atttypid, atttypmod) AS type
             FROM pg_attribute WHERE attrelid = 'pattern'::regclass AND attnum > 0 ORDER BY 1
    LOOP
        EXECUTE format('ALTER TABLE dynasty.milb_game_logs ADD odd_%s %s, ADD %I %s', c.n, kinds[1 + c.n % cardinality(kinds)], c.attname, c.type);
    END LOOP;
END
$$;
CALL dynasty.install();
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
-- Fills the other columns of the rows numbered so: with values, short or long, or NULLs.
CREATE FUNCTION fill(which text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c record;
BEGIN
    PERFORM setseed(0.3);
    FOR c IN SELECT attname, atttypid::regtype::text AS type FROM pg_attribute
             WHERE attrelid = 'dynasty.milb_game_logs'::regclass AND attname LIKE 'odd\_%' AND NOT attisdropped ORDER BY attnum
    LOOP
        EXECUTE format('UPDATE dynasty.milb_game_logs SET %I = CASE WHEN random() < 0.7 THEN %s END WHERE %s', c.attname, CASE c.type
            WHEN 'text' THEN 'repeat(md5(id::text), (ARRAY[0, 1, 3, 4, 40, 400])[1 + (random() * 5)::int])'
            WHEN 'boolean' THEN 'random() < 0.5' WHEN 'uuid' THEN 'md5(id::text)::uuid' WHEN '"char"' THEN '''x''::"char"' WHEN 'interval' THEN 'interval ''3 days'''
            WHEN 'numeric' THEN '(10 ^ (id % 40))::numeric / 7' WHEN 'name' THEN '''n''::name' WHEN 'integer[]' THEN 'ARRAY[id, 1]::integer[]'
            WHEN 'bytea' THEN '''\x00ff01''::bytea' WHEN 'timestamp with time zone' THEN 'now()' WHEN 'point' THEN 'point(1, 2)' WHEN 'inet' THEN '''::1''::inet'
            WHEN 'date' THEN 'current_date' WHEN 'character' THEN '''abc''' WHEN 'jsonb' THEN '''{"a": [1, 2]}''::jsonb' WHEN 'macaddr' THEN '''08:00:2b:01:02:03''::macaddr'
            WHEN 'bit varying' THEN 'B''10101''' WHEN 'money' THEN '12.34::money' ELSE '77' END, which);
    END LOOP;
END
$$;
CREATE FUNCTION pg_temp.cell(most integer) RETURNS integer LANGUAGE sql VOLATILE RETURN CASE WHEN random() < 0.8 THEN floor(random() * (most + 1))::integer END;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks,
    strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, outs_pitched, earned_runs, team, game_type)
SELECT n, 1 + n % 3, date '2020-04-01' + n, 2018 + n % 4, (ARRAY['AAA', 'AA', 'A+', 'A', 'Rookie', 'Complex'])[1 + n % 6], pg_temp.cell(6), pg_temp.cell(5),
       pg_temp.cell(3), pg_temp.cell(4), pg_temp.cell(2), pg_temp.cell(1), pg_temp.cell(2), pg_temp.cell(5), pg_temp.cell(2), pg_temp.cell(4), pg_temp.cell(1),
       pg_temp.cell(1), pg_temp.cell(1), pg_temp.cell(1), pg_temp.cell(9), pg_temp.cell(3), CASE WHEN n % 2 = 0 THEN repeat('Owl', n % 34) END,
       CASE n % 3 WHEN 0 THEN 'Regular' WHEN 1 THEN 'Playoffs' END
FROM generate_series(1, 300) n;
SELECT count(*) AS lines FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
SELECT fill('id % 3 <> 0');
SELECT * FROM healthy;
-- Computed anew, line by line, from such rows; and some of the columns dropped, others added.
DELETE FROM dynasty.milb_game_logs WHERE id % 7 = 0;
UPDATE dynasty.milb_game_logs SET level = 'AA' WHERE id % 11 = 0;
SELECT * FROM healthy;
DROP VIEW dynasty.data_quality;
ALTER TABLE dynasty.milb_game_logs DROP odd_1, DROP odd_5, DROP odd_7, DROP odd_12, DROP odd_23, DROP odd_30, ADD odd_99 text DEFAULT repeat('z', 3000), ADD odd_98 boolean DEFAULT true;
UPDATE dynasty.milb_game_logs SET hits = hits + 1 WHERE id % 5 = 0;
DELETE FROM dynasty.milb_game_logs WHERE id % 13 = 0;
SELECT fill('id % 4 = 0');
SELECT * FROM healthy;
-- By game type as well.
SELECT count(*) AS lines, count(*) FILTER (WHERE (s.games_played, s.total_hits, s.total_outs) IS DISTINCT FROM (h.games, h.hits, h.outs)) AS different
FROM dynasty.season_stats('{Regular}') s
FULL JOIN (SELECT prospect_id, season, level, count(*) AS games, sum(hits) AS hits, sum(outs_pitched) AS outs FROM dynasty.milb_game_logs
           WHERE game_type IS DISTINCT FROM 'Playoffs' GROUP BY 1, 2, 3) h USING (prospect_id, season, level);
