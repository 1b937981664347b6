-- Names of relations as our own functions say them: `schema.table`, or the table alone, which then stands in schema dynasty.

CREATE FUNCTION dynasty._full_name(relation text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT CASE WHEN position('.' IN relation) = 0 THEN format('dynasty.%I', relation)
                ELSE format('%I.%I', split_part(relation, '.', 1), split_part(relation, '.', 2)) END
$fn$;
COMMENT ON FUNCTION dynasty._full_name(text) IS 'Internal: the name of a relation with its schema, quoted; dynasty where none is said.';

-- The tables leave the extension at the end of its script, and in a script CREATE ... IF NOT EXISTS refuses what is there and no
-- member. So whoever makes something asks first.
CREATE FUNCTION dynasty._missing(relation text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT to_regclass(dynasty._full_name(relation)) IS NULL
$fn$;
COMMENT ON FUNCTION dynasty._missing(text) IS 'Internal: whether there is no relation of this name.';

-- Whoever calls _full_name() with his own rights: trigger functions, and what tells of versions.
GRANT EXECUTE ON FUNCTION dynasty._full_name(text) TO PUBLIC;
