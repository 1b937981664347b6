-- Columns of the game logs that were given another type: season lines and features read them rightly or refuse them.
-- Nothing else shall stand in the way of another type.
SET client_min_messages = error;
DO $$
DECLARE view regclass; c record;
BEGIN
    FOR view IN SELECT DISTINCT r.ev_class::regclass FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
        WHERE d.classid = 'pg_rewrite'::regclass AND d.refobjid = 'dynasty.milb_game_logs'::regclass AND d.deptype = 'n' LOOP
        EXECUTE format('DROP VIEW %s CASCADE', view);
    END LOOP;
    FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = 'dynasty.milb_game_logs'::regclass AND contype IN ('c', 'f', 'u') LOOP
        EXECUTE format('ALTER TABLE dynasty.milb_game_logs DROP CONSTRAINT %I', c.conname);
    END LOOP;
    FOR c IN SELECT attname FROM pg_attribute WHERE attrelid = 'dynasty.milb_game_logs'::regclass AND attgenerated = 's' LOOP
        EXECUTE format('ALTER TABLE dynasty.milb_game_logs ALTER COLUMN %I DROP EXPRESSION', c.attname);
    END LOOP;
END $$;
RESET client_min_messages;
INSERT INTO dynasty.prospects (id, name, position) OVERRIDING SYSTEM VALUE VALUES (1, 'Shortstop', 'SS'), (2, 'Starter', 'SP'), (3, 'Catcher', 'C');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, is_home, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 1, true, 4, 2), (1, '2020-06-01', 2020, 'A', 2, false, 4, 1), (2, '2020-06-02', 2020, 'AA', 1, NULL, NULL, NULL);
CREATE DOMAIN public.over_integer AS integer;
CREATE DOMAIN public.over_smallint AS smallint;
CREATE DOMAIN public.over_bigint AS bigint;
CREATE DOMAIN public.over_boolean AS boolean;
CREATE DOMAIN public.over_date AS date;
CREATE DOMAIN public.over_varchar AS varchar(20);
CREATE DOMAIN public.over_domain AS public.over_varchar;
CREATE TEMP TABLE truth AS SELECT (SELECT array_agg(s::text ORDER BY s.prospect_id, s.level) FROM dynasty.season_stats() s) AS stats,
    (SELECT array_agg(m::text ORDER BY m.prospect_id) FROM dynasty.feature_matrix(2021) m) AS features;
SET client_min_messages = warning; -- not of what is no identity column
CREATE FUNCTION pg_temp.tried(col text, type text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE outcome text := ''; found_stats text[]; found_features text[];
BEGIN
    BEGIN
        EXECUTE format('ALTER TABLE dynasty.milb_game_logs ALTER COLUMN %I DROP IDENTITY IF EXISTS, ALTER COLUMN %1$I DROP DEFAULT', col);
        EXECUTE format('ALTER TABLE dynasty.milb_game_logs ALTER COLUMN %I TYPE %s USING %1$I::text::%2$s', col, type);
    EXCEPTION WHEN OTHERS THEN
        RETURN 'cannot be';
    END;
    BEGIN
        SELECT array_agg(s::text ORDER BY s.prospect_id, s.level) INTO found_stats FROM dynasty.season_stats() s;
        outcome := CASE WHEN found_stats = truth.stats THEN 'lines right' ELSE 'lines wrong' END FROM truth;
    EXCEPTION WHEN OTHERS THEN
        outcome := CASE WHEN SQLSTATE = '42804' AND SQLERRM LIKE '%"' || col || '" of dynasty.milb_game_logs is not %' THEN 'lines refused' ELSE SQLSTATE || ' ' || SQLERRM END;
    END;
    BEGIN
        SELECT array_agg(m::text ORDER BY m.prospect_id) INTO found_features FROM dynasty.feature_matrix(2021) m;
        outcome := outcome || CASE WHEN found_features = truth.features THEN ', features right' ELSE ', features wrong' END FROM truth;
    EXCEPTION WHEN OTHERS THEN
        outcome := outcome || CASE WHEN SQLSTATE = '42804' AND SQLERRM LIKE '%"' || col || '" of dynasty.milb_game_logs is not %' THEN ', features refused' ELSE ', ' || SQLSTATE || ' ' || SQLERRM END;
    END;
    BEGIN
        INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, game_number, at_bats, hits) OVERRIDING SYSTEM VALUE VALUES (1000, 3, '2020-06-05', 2020, 'A', 1, 3, 1);
        outcome := outcome || CASE (SELECT count(*) FROM dynasty.milb_season_stats WHERE total_hits = 1 AND prospect_id = 3) WHEN 1 THEN ', insert right' ELSE ', insert wrong' END;
    EXCEPTION WHEN OTHERS THEN
        outcome := outcome || CASE WHEN SQLSTATE = '42804' THEN ', insert refused' ELSE ', ' || SQLSTATE || ' ' || SQLERRM END;
    END;
    RAISE EXCEPTION USING ERRCODE = 'P0003', MESSAGE = outcome;
EXCEPTION WHEN SQLSTATE 'P0003' THEN RETURN SQLERRM;
END $$;
\pset format unaligned
\pset fieldsep ' | '
SELECT tried, count(*), CASE WHEN tried <> 'cannot be' THEN string_agg(attname || ' ' || type, ', ' ORDER BY attnum, type) END AS columns
FROM (SELECT a.attname, a.attnum, t.type, pg_temp.tried(a.attname, t.type) AS tried
      FROM pg_attribute a,
           (VALUES ('integer'), ('smallint'), ('bigint'), ('numeric'), ('real'), ('double precision'), ('text'), ('varchar(40)'), ('char(20)'),
                   ('boolean'), ('timestamp'), ('name'), ('jsonb'), ('over_integer'), ('over_smallint'), ('over_bigint'), ('over_boolean'),
                   ('over_date'), ('over_varchar'), ('over_domain')) AS t (type)
      WHERE a.attrelid = 'dynasty.milb_game_logs'::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attname IN ('id', 'prospect_id', 'game_date', 'season', 'level', 'game_type', 'game_number', 'is_home', 'hits', 'at_bats', 'rbi', 'outs_pitched', 'pitches_seen')
        AND format_type(a.atttypid, a.atttypmod) <> t.type) x
GROUP BY tried ORDER BY tried;
