-- What is derived, on the subscriber of a logical replication. Rows that are applied there fire row triggers only, and only
-- those enabled for replicas: so the statement triggers of an ordinary database see nothing of them.

-- ON DELETE CASCADE is such a trigger as well. The tables that are replicated themselves are left to their own deletes.
CREATE FUNCTION dynasty.forget_prospect() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    IF TG_LEVEL <> 'ROW' OR TG_WHEN <> 'AFTER' OR TG_OP <> 'DELETE' THEN
        RAISE EXCEPTION 'dynasty.forget_prospect() is a trigger AFTER DELETE ... FOR EACH ROW' USING ERRCODE = '39P01';
    END IF;
    PERFORM dynasty._refuse_other_tables(TG_RELID, TG_NAME, 'forget_prospect', '{prospects}');
    FOR item IN
        SELECT k.conrelid::regclass AS relation, a.attname
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
        -- Only tables of who owns this one: what others have hung on theirs would run as the subscription's owner.
        JOIN pg_catalog.pg_class p ON p.oid = TG_RELID AND p.relowner = c.relowner
        WHERE k.confrelid = TG_RELID AND k.contype = 'f' AND k.confdeltype = 'c' AND cardinality(k.conkey) = 1 AND k.conparentid = 0
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_subscription_rel r WHERE r.srrelid = k.conrelid)
        ORDER BY k.conrelid::regclass::text COLLATE "C"
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = $1', item.relation, item.attname) USING OLD.id;
    END LOOP;
    RETURN NULL;
END
$fn$;

CREATE PROCEDURE dynasty.maintain_on_subscriber(enabled boolean DEFAULT true)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
    label_window record;
BEGIN
    IF enabled IS NULL THEN
        RAISE EXCEPTION 'maintain_on_subscriber: enabled must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    -- Also keeps the apply workers away until everything is current.
    LOCK TABLE dynasty.prospects, dynasty.milb_game_logs, dynasty.mlb_stats IN SHARE ROW EXCLUSIVE MODE;
    FOR item IN
        SELECT w.ord, w.relation, w.name, format(w.definition, 'dynasty.' || w.relation) AS definition, t.tgname, t.enabled AS fires
        FROM dynasty._wanted_triggers() w LEFT JOIN dynasty._triggers_there() t USING (ord)
        WHERE w.wanted = 'on a subscriber' ORDER BY w.ord
    LOOP
        IF NOT enabled AND item.tgname IS NOT NULL THEN
            EXECUTE format('DROP TRIGGER %I ON dynasty.%I', item.tgname, item.relation);
        ELSIF enabled AND item.tgname IS NULL THEN
            EXECUTE format('CREATE TRIGGER %I %s', item.name, item.definition);
        END IF;
        IF enabled AND item.fires IS NOT TRUE THEN
            EXECUTE format('ALTER TABLE dynasty.%I ENABLE REPLICA TRIGGER %I', item.relation, coalesce(item.tgname, item.name));
        END IF;
    END LOOP;
    IF enabled THEN
        PERFORM dynasty.refresh_season_stats();
        FOR label_window IN SELECT w.* FROM dynasty.label_windows w ORDER BY w.prospect_year, w.evaluation_year LOOP
            CALL dynasty.keep_labels_current(label_window.prospect_year, label_window.evaluation_year, label_window.config);
        END LOOP;
    END IF;
END
$fn$;

COMMENT ON FUNCTION dynasty.forget_prospect() IS
'Row trigger on dynasty.prospects that does what ON DELETE CASCADE does, for tables that are not replicated, when logical replication deletes a prospect (dynasty.maintain_on_subscriber()). Tables of other owners are left alone. Errors: 39P01 when called otherwise or for another table.';

COMMENT ON PROCEDURE dynasty.maintain_on_subscriber(boolean) IS
'On the subscriber of a logical replication of the base tables: from now on dynasty.milb_season_stats, the labels of dynasty.label_windows and the journal behind the norms follow the rows that are applied, in the same transaction. What belongs to a prospect goes with him, too. Attaches row triggers enabled for replicas (season_stats_applied, labels_applied, norms_people_applied, forget_applied and others) and brings everything up to date. Best called when the first copy is through: it costs a recount of the season line per row. Not for a database to which dynasty.milb_season_stats is replicated itself. false: takes the triggers away. Triggers that do this already are known by it, whatever their names, and set to fire. Only the tables'' owner may. Errors: 22004 enabled is NULL; 42501.';
