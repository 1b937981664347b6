-- Columns of the tables that features and labels are computed from, given another type: what is computed is the same, or
-- refused with an error that names the column (42804) or is the planner's own; nothing is read as bytes.
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, name, position, bats, throws, height_inches, weight_lbs, birth_date, birth_country, draft_year, draft_round, draft_pick, signing_bonus_usd)
OVERRIDING SYSTEM VALUE VALUES (1, 'Shortstop', 'SS', 'L', 'R', 72, 190, '1999-02-03', 'USA', 2017, 2, 45, 1500000), (2, 'Starter', 'SP', 'R', 'R', 75, 210, '1998-05-06', 'Cuba', NULL, NULL, NULL, NULL);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'AA', 4, 2), (1, '2020-06-02', 2020, 'AA', 4, 1);
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value, hit_present, hit_future, risk_level, eta_year)
VALUES (1, 'mlb_pipeline', 2020, '2020-03-01', 55, 40, 60, 'Medium', 2022), (1, 'fangraphs', 2021, '2021-03-01', 50, 45, 55, 'High', 2022);
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus, woba, gb_percent) VALUES (1, 2020, 'AA', 131, 0.375, 41.5);
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war, mlb_debut_date) VALUES (1, 2021, 20, 71, 0.4, '2021-08-01'), (1, 2022, 140, 600, 3.1, '2021-08-01');
CREATE DOMAIN public.over_integer AS integer;
CREATE DOMAIN public.over_date AS date;
CREATE DOMAIN public.over_varchar AS varchar(60);
CREATE DOMAIN public.over_numeric AS numeric;
CREATE TYPE public.side AS ENUM ('L', 'R', 'S');
CREATE TYPE public.place AS ENUM ('SS', 'SP');
DO $$
DECLARE c record;
BEGIN
    FOR c IN SELECT DISTINCT r.ev_class::regclass AS view FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class t ON t.oid = d.refobjid AND t.relkind = 'r'
        WHERE d.classid = 'pg_rewrite'::regclass AND t.relnamespace = 'dynasty'::regnamespace AND d.deptype = 'n' LOOP
        EXECUTE format('DROP VIEW IF EXISTS %s CASCADE', c.view);
    END LOOP;
    FOR c IN SELECT conrelid::regclass AS of, conname FROM pg_constraint WHERE connamespace = 'dynasty'::regnamespace AND contype IN ('c', 'f') AND conrelid <> 0 LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', c.of, c.conname);
    END LOOP;
    FOR c IN SELECT tgrelid::regclass AS of, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN ('dynasty.prospects'::regclass, 'dynasty.scouting_grades'::regclass) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', c.tgname, c.of);
    END LOOP;
END $$;
-- All that is told of them, a year before and after.
CREATE FUNCTION pg_temp.computed() RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object(
        'features', (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.prospect_id) FROM dynasty.feature_matrix(2021) m),
        'one', (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.prospect_id) FROM dynasty.feature_matrix(2020, prospect_ids => ARRAY[1]) m),
        'labels', (SELECT jsonb_agg(to_jsonb(d) ORDER BY d.prospect_id) FROM dynasty.derive_labels(2020, NULL, NULL, '{}', NULL) d))
$$;
CREATE TEMP TABLE truth AS SELECT pg_temp.computed() AS computed;
SELECT jsonb_array_length(computed->'features'), jsonb_array_length(computed->'one'), jsonb_array_length(computed->'labels') FROM truth;
CREATE FUNCTION pg_temp.tried(rel regclass, col text, type text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP IDENTITY IF EXISTS, ALTER COLUMN %2$I DROP DEFAULT', rel, col);
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE %s USING %2$I::text::%3$s', rel, col, type);
    EXCEPTION WHEN OTHERS THEN
        RETURN 'cannot be';
    END;
    RAISE EXCEPTION USING ERRCODE = 'P0003', MESSAGE = CASE WHEN pg_temp.computed() = (SELECT computed FROM truth) THEN 'right' ELSE 'wrong' END;
EXCEPTION
    WHEN SQLSTATE 'P0003' THEN RETURN SQLERRM;
    WHEN datatype_mismatch THEN RETURN CASE WHEN SQLERRM LIKE '%"' || col || '%' THEN 'refused' ELSE SQLERRM END;
    WHEN undefined_function OR cannot_coerce OR ambiguous_function OR invalid_text_representation OR indeterminate_datatype THEN RETURN 'refused by the planner';
    WHEN OTHERS THEN RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
\pset format unaligned
\pset fieldsep ' | '
SELECT tried, count(*), CASE WHEN tried NOT IN ('cannot be', 'refused', 'refused by the planner') THEN string_agg(rel || '.' || attname || ' ' || type, ', ' ORDER BY rel, attnum, type) END AS columns
FROM (SELECT regexp_replace(a.attrelid::regclass::text, '.*\.', '') AS rel, a.attname, a.attnum, t.type, pg_temp.tried(a.attrelid::regclass, a.attname, t.type) AS tried
      FROM pg_attribute a,
           (VALUES ('smallint'), ('bigint'), ('numeric'), ('real'), ('text'), ('char(40)'), ('name'), ('date'), ('timestamp'), ('jsonb'),
                   ('over_integer'), ('over_date'), ('over_varchar'), ('over_numeric'), ('side'), ('place')) AS t (type)
      WHERE a.attrelid IN ('dynasty.prospects'::regclass, 'dynasty.scouting_grades'::regclass, 'dynasty.milb_advanced_stats'::regclass, 'dynasty.mlb_stats'::regclass)
        AND a.attname IN ('id', 'prospect_id', 'position', 'bats', 'height_inches', 'birth_date', 'birth_country', 'draft_pick', 'signing_bonus_usd',
                          'source', 'ranking_year', 'date_recorded', 'future_value', 'hit_present', 'risk_level', 'eta_year',
                          'season', 'level', 'woba', 'wrc_plus', 'games_played', 'plate_appearances', 'war', 'mlb_debut_date')
        AND NOT a.attisdropped AND format_type(a.atttypid, a.atttypmod) <> t.type) x
GROUP BY tried ORDER BY tried;
-- The words of it.
ALTER TABLE dynasty.prospects ALTER height_inches TYPE text;
SELECT count(*) FROM dynasty.feature_matrix(2021);
