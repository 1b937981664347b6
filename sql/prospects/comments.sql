-- Puts the comments on: only where there is none, so that a user's own words survive dynasty.install().

CREATE FUNCTION dynasty._comment_prospects() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    IF obj_description('dynasty'::regnamespace, 'pg_namespace') IS NULL
       AND (SELECT dynasty._trusted(n.nspowner) FROM pg_catalog.pg_namespace n WHERE n.oid = 'dynasty'::regnamespace) THEN
        COMMENT ON SCHEMA dynasty IS
'Baseball prospects: game logs in; season statistics, features, labels and predictions out. Made by the extension dynasty; the tables belong to the database and outlive it.';
    END IF;

    FOR item IN
        SELECT c.oid, c.relkind, t.relation, t.part, t.body, a.attnum, k.oid AS constraint_oid
        FROM (SELECT * FROM dynasty._prospects_comment_texts()
              UNION ALL SELECT * FROM dynasty._prospects_derived_comment_texts()
              UNION ALL SELECT * FROM dynasty._versions_comment_texts()) t
        JOIN pg_catalog.pg_class c
          ON c.relname = t.relation AND c.relnamespace = 'dynasty'::regnamespace AND c.relkind IN ('r', 'p', 'v')
         AND dynasty._trusted(c.relowner)
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

    -- Indexes, triggers and constraints by their texts; primary keys, references to prospects and sequences by their kind.
    FOR item IN
        SELECT format('INDEX dynasty.%I', i.relname) AS what, t.relation, t.body, obj_description(i.oid, 'pg_class') AS there
        FROM dynasty._prospects_part_comment_texts() t
        JOIN pg_catalog.pg_index x ON x.indrelid = to_regclass(format('dynasty.%I', t.relation))
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid AND i.relname = t.part
        WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.oid)
        UNION ALL
        SELECT format('TRIGGER %I ON dynasty.%I', g.tgname, t.relation), t.relation, t.body, obj_description(g.oid, 'pg_trigger')
        FROM dynasty._prospects_part_comment_texts() t
        JOIN pg_catalog.pg_trigger g ON g.tgrelid = to_regclass(format('dynasty.%I', t.relation)) AND g.tgname = t.part
        UNION ALL
        SELECT format('CONSTRAINT %I ON dynasty.%I', k.conname, c.relname), c.relname,
               coalesce(t.body, CASE WHEN k.contype = 'p' THEN 'The key of a row.'
                                     WHEN k.contype = 'f' AND k.confrelid = to_regclass('dynasty.prospects') AND k.confdeltype = 'c'
                                         THEN 'The player is there, and his rows go with him.' END),
               obj_description(k.oid, 'pg_constraint')
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relnamespace = 'dynasty'::regnamespace
        LEFT JOIN dynasty._prospects_part_comment_texts() t ON t.relation = c.relname AND t.part = k.conname
        WHERE c.relname IN (SELECT n.relation FROM dynasty._prospects_comment_texts() n
                            UNION SELECT n.relation FROM dynasty._prospects_derived_comment_texts() n
                            UNION SELECT n.relation FROM dynasty._versions_comment_texts() n)
        UNION ALL
        SELECT format('SEQUENCE dynasty.%I', s.relname), c.relname, format('Numbers for %I.%I.', c.relname, a.attname), obj_description(s.oid, 'pg_class')
        FROM pg_catalog.pg_class s
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'i'
                                   AND d.refclassid = 'pg_catalog.pg_class'::regclass
        JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND c.relnamespace = 'dynasty'::regnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
        WHERE s.relkind = 'S' AND s.relnamespace = 'dynasty'::regnamespace
          AND c.relname IN (SELECT n.relation FROM dynasty._prospects_comment_texts() n
                            UNION SELECT n.relation FROM dynasty._prospects_derived_comment_texts() n)
    LOOP
        IF item.there IS NULL AND item.body IS NOT NULL
           AND (SELECT dynasty._trusted(c.relowner) FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(format('dynasty.%I', item.relation))) THEN
            EXECUTE format('COMMENT ON %s IS %L', item.what, item.body);
        END IF;
    END LOOP;
END
$fn$;
