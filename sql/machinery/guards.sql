-- What our own functions in SQL and PL/pgSQL call: shortening what an error repeats, and asking where a trigger is.

-- An argument in a message: whoever sent megabytes does not want them back, nor in the server's log.
CREATE FUNCTION dynasty._short(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT CASE WHEN length(value) > 80 THEN left(value, 80) || '...' ELSE value END
$fn$;
COMMENT ON FUNCTION dynasty._short(text) IS 'Internal: a text as an error message repeats it, at most 80 characters and "...". NULL for NULL.';

-- A trigger function does its work for the tables it is made for, their partitions and their children.
CREATE FUNCTION dynasty._refuse_other_tables(relation oid, trigger_name text, function_name text, tables text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF relation = ANY (ARRAY(SELECT to_regclass(dynasty._full_name(t)) FROM unnest(tables) t)::oid[]) THEN
        RETURN;
    END IF;
    IF EXISTS (
        WITH RECURSIVE ancestors (oid) AS (
            SELECT i.inhparent FROM pg_catalog.pg_inherits i WHERE i.inhrelid = relation
            UNION SELECT i.inhparent FROM pg_catalog.pg_inherits i JOIN ancestors a ON a.oid = i.inhrelid)
        SELECT FROM ancestors a WHERE a.oid = ANY (ARRAY(SELECT to_regclass(dynasty._full_name(t)) FROM unnest(tables) t)::oid[])) THEN
        RETURN;
    END IF;
    RAISE EXCEPTION 'trigger "%" of table % is not one that dynasty.%() is made for',
        dynasty._short(trigger_name), relation::regclass, dynasty._short(function_name)
        USING ERRCODE = '39P01',
              HINT = format('It serves dynasty.%s, partitions and children. Drop the trigger.', dynasty._short(array_to_string(tables, ' and dynasty.')));
END
$fn$;
COMMENT ON FUNCTION dynasty._refuse_other_tables(oid, text, text, text[]) IS
'Internal, of trigger functions: an error (39P01) for every table but those that are named, their partitions and children.';

GRANT EXECUTE ON FUNCTION dynasty._short(text), dynasty._refuse_other_tables(oid, text, text, text[]) TO PUBLIC;
