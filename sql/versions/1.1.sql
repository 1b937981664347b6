-- What version 1.1 brings: the scout behind a grade (dynasty.scouting_grades.scout), and dynasty.scout_record().

CREATE FUNCTION dynasty._up_1_0__1_1(made text[] DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    later jsonb;
BEGIN
    -- made: the tables that were just made, which alone are to be changed; NULL: any.
    -- What is no table, or has a column of this name already, is the user's own and stays as it is.
    IF NOT coalesce('dynasty.scouting_grades' = ANY (made), true)
       OR NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                      WHERE c.oid = to_regclass('dynasty.scouting_grades') AND c.relkind IN ('r', 'p')) THEN
        RETURN '{}';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
                   WHERE a.attrelid = to_regclass('dynasty.scouting_grades') AND a.attname = 'scout' AND NOT a.attisdropped) THEN
        ALTER TABLE dynasty.scouting_grades
            ADD COLUMN scout varchar(100) CONSTRAINT ck_scouting_grades_scout CHECK (btrim(scout) <> '');
        COMMENT ON COLUMN dynasty.scouting_grades.scout IS 'Who gave the grades, by name. NULL = not known.';
        COMMENT ON CONSTRAINT ck_scouting_grades_scout ON dynasty.scouting_grades IS 'A scout has a name.';
        PERFORM dynasty._put_column_back('1.1'::text, 'scouting_grades'::text, '{prospect_id,source,ranking_year}'::text[], 'scout'::text);
    END IF;
    later := dynasty._index_soon('scouting_grades'::text, 'idx_scouting_scout'::text,
                                 'ON dynasty.scouting_grades (scout) WHERE scout IS NOT NULL'::text);
    IF later = '{}' AND obj_description(to_regclass('dynasty.idx_scouting_scout'), 'pg_class') IS NULL THEN
        COMMENT ON INDEX dynasty.idx_scouting_scout IS 'A scout''s grades.';
    END IF;
    RETURN later;
END
$fn$;

CREATE FUNCTION dynasty._down_1_1__1_0() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    -- By its constraint our column is told from a user's own of the same name. The index goes with it.
    IF EXISTS (SELECT FROM pg_catalog.pg_constraint k
               WHERE k.conrelid = to_regclass('dynasty.scouting_grades') AND k.conname = 'ck_scouting_grades_scout') THEN
        PERFORM dynasty._save_column('1.1'::text, 'scouting_grades'::text, '{prospect_id,source,ranking_year}'::text[], 'scout'::text);
        ALTER TABLE dynasty.scouting_grades DROP COLUMN scout;
    END IF;
END
$fn$;

CREATE FUNCTION dynasty.scout_record(source_name text DEFAULT NULL)
RETURNS TABLE (source text, scout text, grades bigint, mean_future_value numeric, outcomes bigint, successes bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100 SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    PERFORM dynasty._needs_column('scouting_grades'::text, 'scout'::text, '1.1'::text);
    RETURN QUERY
        SELECT g.source::text, g.scout::text, count(*), round(avg(g.future_value), 1), count(o.is_success),
               count(*) FILTER (WHERE o.is_success)
        FROM dynasty.scouting_grades g
        LEFT JOIN LATERAL (
            SELECT l.is_success FROM dynasty.ml_labels l
            WHERE l.prospect_id = g.prospect_id AND l.prospect_year = g.ranking_year AND l.is_success IS NOT NULL
            ORDER BY l.evaluation_year DESC LIMIT 1) o ON true
        WHERE g.scout IS NOT NULL AND (source_name IS NULL OR g.source = source_name)
        GROUP BY g.source, g.scout
        ORDER BY g.source COLLATE "C", g.scout COLLATE "C";
END
$fn$;

COMMENT ON FUNCTION dynasty._up_1_0__1_1(text[]) IS 'Internal: the tables of 1.0 become those of 1.1. made: the tables that were just made, which alone are changed (NULL: all).';
COMMENT ON FUNCTION dynasty._down_1_1__1_0() IS 'Internal: the tables of 1.1 become those of 1.0; what goes is kept in dynasty.migration_saves.';
COMMENT ON FUNCTION dynasty.scout_record(text) IS
'How the scouts did: per source and scout the number of grades, the mean future value (1 decimal), for how many of the graded prospects the outcome is known (dynasty.ml_labels of the list''s year, the longest window), and how many of these succeeded. source_name NULL: all sources. Grades without a scout do not count. Errors: 55000 the tables are older than 1.1; 42501.';
