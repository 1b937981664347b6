-- Comments that are the same for all of a kind. Every other comment is made where its object is; a comment that is there stays, and
-- what was there before dynasty.install() gets none.

CREATE FUNCTION dynasty._comment_kinds(made text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    FOR item IN
        WITH tables AS (SELECT c.oid, c.relname FROM unnest(made) m (name) JOIN pg_catalog.pg_class c ON c.oid = to_regclass(m.name))
        SELECT format('CONSTRAINT %I ON %s', k.conname, k.conrelid::regclass) AS what,
               CASE k.contype WHEN 'p' THEN 'The key of a row.'
                              ELSE format('The row of %s that it belongs to is there.', k.confrelid::regclass) END AS body
        FROM tables t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid
        WHERE k.contype IN ('p', 'f') AND obj_description(k.oid, 'pg_constraint') IS NULL
        UNION ALL
        SELECT format('SEQUENCE %s', s.oid::regclass), format('Numbers for %I.%I.', t.relname, a.attname)
        FROM tables t
        JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = t.oid AND d.deptype = 'i'
                                   AND d.classid = 'pg_catalog.pg_class'::regclass
        JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE obj_description(s.oid, 'pg_class') IS NULL
    LOOP
        EXECUTE format('COMMENT ON %s IS %L', item.what, item.body);
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty._comment_kinds(text[]) IS 'Internal, of dynasty.install(): comments on keys, references and sequences of tables that were just made and have none.';
