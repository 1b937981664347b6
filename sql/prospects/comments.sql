-- Puts the comments on: only where there is none, so that a user's own words survive dynasty.install().

CREATE FUNCTION dynasty._comment_prospects() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    IF obj_description('dynasty'::regnamespace, 'pg_namespace') IS NULL THEN
        COMMENT ON SCHEMA dynasty IS
'Baseball prospects: game logs in; season statistics, features, labels and predictions out. Made by the extension dynasty; the tables belong to the database and outlive it.';
    END IF;

    FOR item IN
        SELECT c.oid, c.relkind, t.relation, t.part, t.body, a.attnum, k.oid AS constraint_oid
        FROM (SELECT * FROM dynasty._prospects_comment_texts()
              UNION ALL SELECT * FROM dynasty._prospects_derived_comment_texts()) t
        JOIN pg_catalog.pg_class c
          ON c.relname = t.relation AND c.relnamespace = 'dynasty'::regnamespace AND c.relkind IN ('r', 'p', 'v')
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = t.part AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.conname = t.part
    LOOP
        IF item.part = '' THEN
            IF obj_description(item.oid, 'pg_class') IS NULL THEN
                EXECUTE format('COMMENT ON %s dynasty.%I IS %L', CASE item.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
                               item.relation, item.body);
            END IF;
        ELSIF item.attnum IS NOT NULL THEN
            IF col_description(item.oid, item.attnum) IS NULL THEN
                EXECUTE format('COMMENT ON COLUMN dynasty.%I.%I IS %L', item.relation, item.part, item.body);
            END IF;
        ELSIF item.constraint_oid IS NOT NULL THEN
            IF obj_description(item.constraint_oid, 'pg_constraint') IS NULL THEN
                EXECUTE format('COMMENT ON CONSTRAINT %I ON dynasty.%I IS %L', item.part, item.relation, item.body);
            END IF;
        END IF;
    END LOOP;
END
$fn$;
