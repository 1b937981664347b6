-- Each CHECK of milb_game_logs refuses what cannot be (23514) and takes the value at its border; NULLs pass.
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Shortstop', 'SS');
-- Tries a row with the given value in one column; says which constraint refused it.
CREATE FUNCTION try(col text, val text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    name text;
    cells jsonb := '{"prospect_id": 1, "game_date": "2020-06-01", "season": 2020, "level": "A"}' || jsonb_build_object(col, val);
    list text := (SELECT string_agg(quote_ident(k), ', ') FROM jsonb_object_keys(cells) k);
BEGIN
    DELETE FROM dynasty.milb_game_logs;
    EXECUTE format('INSERT INTO dynasty.milb_game_logs (%s) SELECT %1$s FROM jsonb_populate_record(NULL::dynasty.milb_game_logs, $1)', list) USING cells;
    RETURN 'ok';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS name = CONSTRAINT_NAME;
    RETURN concat_ws(' ', SQLSTATE, coalesce(nullif(name, ''), SQLERRM));
END
$$;
SELECT col, val, try(col, val) FROM (VALUES
    ('level', 'AAA'), ('level', 'AA'), ('level', 'A+'), ('level', 'A'), ('level', 'Rookie'), ('level', 'Complex'), ('level', 'MLB'), ('level', 'a'), ('level', ''), ('level', NULL),
    ('game_type', 'Regular'), ('game_type', 'Playoffs'), ('game_type', 'Spring'), ('game_type', 'All-Star'), ('game_type', NULL), ('game_type', 'regular'),
    ('season', '1870'), ('season', '1869'), ('season', '2200'), ('season', '2201'), ('season', NULL),
    ('game_date', '1870-01-01'), ('game_date', '1869-12-31'), ('game_date', '2200-12-31'), ('game_date', '2201-01-01'), ('game_date', 'infinity'), ('game_date', '-infinity'),
    ('game_number', '1'), ('game_number', '2'), ('game_number', '0'), ('game_number', '-1'), ('game_number', NULL),
    ('prospect_id', '2'), ('prospect_id', NULL), ('game_pk', '-5')) v (col, val);
-- Every count: 0, the largest integer and NULL are fine, -1 is not. No count was forgotten.
SELECT count(*) AS counts, count(*) FILTER (WHERE try(col, '0') = 'ok') AS zero, count(*) FILTER (WHERE try(col, '2147483647') = 'ok') AS largest,
       count(*) FILTER (WHERE try(col, NULL) = 'ok') AS unknown, count(*) FILTER (WHERE try(col, '-1') = '23514 ck_milb_game_logs_counts') AS negative
FROM (SELECT attname::text AS col FROM pg_attribute WHERE attrelid = 'dynasty.milb_game_logs'::regclass AND attnum > 0 AND atttypid = 'int4'::regtype
      AND attname NOT IN ('prospect_id', 'season')) c;
-- A negative one is not hidden by the others, known or not.
\set VERBOSITY terse
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, holds) VALUES (1, '2020-06-01', 2020, 'A', 4, -1);
-- Rates have none: what a source printed is kept, and reported by data_quality.
SELECT try('batting_avg', '-1'), try('ops', '9.999'), try('babip', 'NaN');
-- An UPDATE is held to the same.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2021-06-01', 2021, 'A', 4);
UPDATE dynasty.milb_game_logs SET hits = -hits WHERE season = 2021;
