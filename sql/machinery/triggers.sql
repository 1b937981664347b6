-- For the _make_triggers() of the systems: a trigger that is missing, known by what it does and not by its name.

CREATE FUNCTION dynasty._make_trigger(relation text, trigger_name text, events text, rest text, function text, body text, of_others boolean DEFAULT false) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    place CONSTANT oid := to_regclass(relation);
    called CONSTANT oid := to_regprocedure(function || '()');
    -- As pg_trigger.tgtype.
    type CONSTANT integer := (rest LIKE '%FOR EACH ROW')::integer + 2 * starts_with(events, 'BEFORE')::integer + 4 * (events LIKE '%INSERT%')::integer
        + 8 * (events LIKE '%DELETE%')::integer + 16 * (events LIKE '%UPDATE%')::integer + 32 * (events LIKE '%TRUNCATE%')::integer;
    there record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = place AND c.relkind IN ('r', 'p') AND (of_others OR dynasty._trusted(c.relowner))) THEN
        RETURN '{}';
    END IF;
    SELECT t.tgname, t.tgenabled INTO there FROM pg_catalog.pg_trigger t WHERE t.tgrelid = place AND t.tgfoid = called AND t.tgtype = type AND t.tgqual IS NULL
    ORDER BY t.tgenabled = 'D', t.tgname LIMIT 1;
    IF FOUND THEN
        IF there.tgenabled NOT IN ('O', 'A') THEN
            -- Somebody had a reason.
            RAISE NOTICE 'dynasty: trigger % on % is disabled', there.tgname, relation
                USING HINT = format('ALTER TABLE %s ENABLE TRIGGER %I;', relation, there.tgname);
        END IF;
        RETURN '{}';
    END IF;
    EXECUTE format('CREATE TRIGGER %I %s ON %s %s EXECUTE FUNCTION %s', trigger_name, events, place::regclass, rest, called::regproc || '()');
    EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', trigger_name, place::regclass, body);
    RETURN ARRAY[format('trigger %I on %s', trigger_name, relation)];
END
$fn$;
COMMENT ON FUNCTION dynasty._make_trigger(text, text, text, text, text, text, boolean) IS
'Internal, of _make_triggers(): makes a trigger on a table of the caller''s (of_others: or of anybody''s, who then asked for it) unless one of the same function, moment and events is there; one that is disabled stays so, and is named in a NOTICE.';
