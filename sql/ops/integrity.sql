-- Whether what is stored is what it should be.

-- Partitions without an index of their table; indexes and constraints that were left unfinished; numbers that would be given twice.
CREATE FUNCTION dynasty_ops._verify() RETURNS TABLE (check_name text, ok boolean, bad bigint, sample text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    item record;
    highest bigint;
    behind text[] := '{}';
BEGIN
    RETURN QUERY
    SELECT 'tables_there', count(*) = 0, count(*), min(format('%I.%I', r.schema, r.relation))
    FROM dynasty._our_relations() r
    WHERE r.id IS NULL AND EXISTS (SELECT FROM dynasty._our_relations() o WHERE o.schema = r.schema AND o.system IS NOT NULL AND o.id IS NOT NULL);
    RETURN QUERY
    SELECT 'partitions_have_all_indexes', count(*) = 0, count(*), min(i.inhrelid::regclass::text)
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent AND p.relkind = 'p' JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
    JOIN pg_catalog.pg_index x ON x.indrelid = i.inhparent
    WHERE n.nspname LIKE 'dynasty%' AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_index y JOIN pg_catalog.pg_inherits z ON z.inhrelid = y.indexrelid AND z.inhparent = x.indexrelid WHERE y.indrelid = i.inhrelid AND y.indisvalid);
    RETURN QUERY
    SELECT 'indexes_valid', count(*) = 0, count(*), min(i.indexrelid::regclass::text)
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname LIKE 'dynasty%' AND NOT i.indisvalid AND c.relkind = 'i';
    RETURN QUERY
    SELECT 'constraints_validated', count(*) = 0, count(*), min(format('%I on %s', k.conname, k.conrelid::regclass))
    FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace WHERE n.nspname LIKE 'dynasty%' AND NOT k.convalidated;
    FOR item IN
        SELECT c.oid::regclass AS relation, a.attname, pg_get_serial_sequence(format('%I.%I', r.schema, r.relation), a.attname)::regclass AS sequence
        FROM dynasty._our_relations() r JOIN pg_catalog.pg_class c ON c.oid = r.id AND c.relkind IN ('r', 'p')
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attidentity <> '' AND NOT a.attisdropped
        WHERE a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) AND has_table_privilege(c.oid, 'SELECT')
    LOOP
        EXECUTE format('SELECT max(%I) FROM %s', item.attname, item.relation) INTO highest;
        IF highest > coalesce(pg_sequence_last_value(item.sequence), 0) THEN
            behind := behind || format('%s.%I', item.relation, item.attname);
        END IF;
    END LOOP;
    RETURN QUERY SELECT 'sequences_ahead', behind = '{}', cardinality(behind)::bigint, behind[1];
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._verify() IS 'Internal, of verify_integrity(): what is to hold of the tables of every system.';

CREATE FUNCTION dynasty_ops.verify_integrity() RETURNS TABLE (check_name text, ok boolean, bad bigint, sample text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    item record;
BEGIN
    FOR item IN SELECT * FROM dynasty._hooks() h WHERE h.hook = '_verify' ORDER BY h.ord LOOP
        CONTINUE WHEN NOT EXISTS (SELECT FROM dynasty._our_relations() r WHERE r.system = item.system AND r.id IS NOT NULL);
        RETURN QUERY EXECUTE format('SELECT %L || v.check_name, v.ok, v.bad, v.sample FROM %s() v', item.system || '.', item.call);
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.verify_integrity() IS
'Checks of every system that is here, SYSTEM.CHECK each: whether it holds, how many rows or objects break it (NULL = could not be counted), one of them. It reads the tables whole and with the caller''s rights: for the night, after a restore or a crash. Errors: 42501.';
