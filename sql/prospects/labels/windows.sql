-- Labels that are kept current: windows registered in dynasty.label_windows, and the statement triggers on mlb_stats that refresh
-- their labels in the transaction that changes the seasons. The triggers are attached with the first window, so that whoever
-- does not want this pays nothing and needs no right on the label tables.

CREATE FUNCTION dynasty._attach_label_triggers() RETURNS text[]
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT dynasty._attach_triggers('with a window'::text)
$fn$;

CREATE FUNCTION dynasty.maintain_labels() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    touched integer[]; -- NULL: all prospects
    item record;
BEGIN
    IF TG_WHEN <> 'AFTER' THEN
        RAISE EXCEPTION 'dynasty.maintain_labels() is a trigger AFTER ...' USING ERRCODE = '39P01';
    END IF;
    PERFORM dynasty._refuse_other_tables(TG_RELID, TG_NAME, 'maintain_labels', '{mlb_stats}');
    -- A row trigger serves for rows that logical replication applies (season/subscriber.sql).
    CASE concat_ws(' ', nullif(TG_LEVEL, 'STATEMENT'), TG_OP)
        WHEN 'ROW INSERT' THEN touched := ARRAY[NEW.prospect_id];
        WHEN 'ROW UPDATE' THEN touched := ARRAY[OLD.prospect_id, NEW.prospect_id];
        WHEN 'ROW DELETE' THEN touched := ARRAY[OLD.prospect_id];
        WHEN 'INSERT' THEN
            SELECT coalesce(array_agg(DISTINCT n.prospect_id), '{}') INTO touched FROM new_rows n;
        WHEN 'UPDATE' THEN
            SELECT coalesce(array_agg(DISTINCT r.prospect_id), '{}') INTO touched
            FROM (SELECT o.prospect_id FROM old_rows o UNION SELECT n.prospect_id FROM new_rows n) r;
        WHEN 'DELETE' THEN
            SELECT coalesce(array_agg(DISTINCT o.prospect_id), '{}') INTO touched FROM old_rows o;
        ELSE NULL;
    END CASE;
    IF touched = '{}' THEN
        RETURN NULL;
    END IF;

    IF row_security_active('dynasty.label_windows') OR row_security_active('dynasty.mlb_stats')
       OR row_security_active('dynasty.prospects') OR row_security_active('dynasty.ml_labels') THEN
        RAISE EXCEPTION 'labels cannot be kept current by a role to which row security applies'
            USING ERRCODE = 'insufficient_privilege',
                  DETAIL = 'A label made of the rows such a role sees could be wrong.',
                  HINT = 'Write dynasty.mlb_stats as its owner, or drop its triggers labels_* and call dynasty.refresh_labels().';
    END IF;

    -- Sessions that change seasons of one prospect must not derive his label at the same time: each would miss the other's
    -- season. So they queue up here, and what follows is read with a newer snapshot. Under REPEATABLE READ, where it is
    -- not newer, the UPDATE below refuses (40001), also when the other's change left every label as it was.
    PERFORM FROM dynasty.label_windows w ORDER BY w.prospect_year, w.evaluation_year FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR item IN
        SELECT w.prospect_year, w.evaluation_year, w.config, w.window_complete AS was_complete, n.window_complete, n.data_through_year
        FROM dynasty.label_windows w CROSS JOIN LATERAL dynasty.label_window(w.prospect_year, w.evaluation_year) n
        ORDER BY w.prospect_year, w.evaluation_year
    LOOP
        UPDATE dynasty.label_windows w SET window_complete = item.window_complete, refreshed_at = now()
        WHERE w.prospect_year = item.prospect_year AND w.evaluation_year = item.evaluation_year;
        -- A season that closes or opens the window concerns everybody.
        PERFORM dynasty.refresh_labels(item.prospect_year, item.evaluation_year, item.data_through_year, item.config,
            CASE WHEN item.window_complete = item.was_complete THEN touched END);
    END LOOP;
    RETURN NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty.maintain_labels() IS
'Statement trigger on dynasty.mlb_stats, attached by dynasty.keep_labels_current(): refreshes the labels of the touched prospects for every window in dynasty.label_windows, and those of all prospects when a window has become complete or open again. Runs with the rights of who writes mlb_stats: EXECUTE on refresh_labels, SELECT on prospects and mlb_stats, SELECT, INSERT and UPDATE on ml_labels, SELECT and UPDATE on label_windows. Errors: 42501, also when row security applies to him; 40001 under REPEATABLE READ when another transaction changed seasons; 39P01 when attached otherwise or to another table; those of refresh_labels.';

CREATE PROCEDURE dynasty.keep_labels_current(
    prospect_year integer,
    evaluation_year integer DEFAULT NULL,
    config jsonb DEFAULT '{}'
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    wanted CONSTANT jsonb := coalesce(config, '{}');
    label_window record;
BEGIN
    IF prospect_year IS NULL THEN
        RAISE EXCEPTION 'keep_labels_current: prospect_year must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'keep_labels_current needs a READ COMMITTED transaction'
            USING ERRCODE = 'feature_not_supported', DETAIL = 'It must see what others have just committed.';
    END IF;
    PERFORM FROM dynasty.derive_labels(prospect_year, evaluation_year, NULL, wanted, '{}'); -- for its errors
    -- Writers that have not seen the triggers or the window end first; what they wrote is seen below.
    LOCK TABLE dynasty.mlb_stats IN SHARE ROW EXCLUSIVE MODE;
    -- Attaching takes the owner of the table. Who only adds a window to those that are kept needs them to be there.
    IF (SELECT bit_or(t.tgtype) & 60 FROM pg_catalog.pg_trigger t
        WHERE t.tgrelid = 'dynasty.mlb_stats'::regclass AND t.tgfoid = 'dynasty.maintain_labels()'::regprocedure
          AND t.tgtype & 1 = 0 AND t.tgenabled <> 'D') IS DISTINCT FROM 60 THEN
        PERFORM dynasty._attach_label_triggers();
    END IF;
    SELECT * INTO STRICT label_window FROM dynasty.label_window(prospect_year, evaluation_year);
    INSERT INTO dynasty.label_windows AS w (prospect_year, evaluation_year, config, window_complete)
    VALUES (label_window.prospect_year, label_window.evaluation_year, wanted, label_window.window_complete)
    ON CONFLICT ON CONSTRAINT label_windows_pkey DO UPDATE
    SET config = excluded.config, window_complete = excluded.window_complete, refreshed_at = now();
    PERFORM dynasty.refresh_labels(label_window.prospect_year, label_window.evaluation_year, label_window.data_through_year, wanted);
END
$fn$;
COMMENT ON PROCEDURE dynasty.keep_labels_current(integer, integer, jsonb) IS
'From now on dynasty.ml_labels follows dynasty.mlb_stats for this window, in the transaction that changes it: refreshes all labels of the window, notes it with its config in dynasty.label_windows and attaches the triggers. evaluation_year NULL: prospect_year + 4; config: as in dynasty.derive_labels. Called again with another config it replaces the old one.
To stop: DELETE the window''s row from dynasty.label_windows. A new prospect gets his label with his first season, or by dynasty.refresh_labels(); the turn of a season (November 1) is noticed with the next change of mlb_stats.
Who writes mlb_stats then needs the rights named at dynasty.maintain_labels(), as long as the four triggers labels_* are there. Only the owner of mlb_stats may call this. Writers of mlb_stats wait meanwhile.
Errors: 22004 prospect_year is NULL; 22023 as in derive_labels; 0A000 outside READ COMMITTED; 42501.';

-- For dynasty.install(): the triggers of windows that outlived them (DROP EXTENSION ... CASCADE), and the labels anew.
CREATE FUNCTION dynasty._resume_label_windows() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
    item record;
BEGIN
    -- Deriving labels reads and writes all of these, with whatever hangs on them.
    IF NOT (dynasty._mine('label_windows'::text) AND dynasty._mine('mlb_stats'::text) AND dynasty._mine('ml_labels'::text)
            AND dynasty._mine('prospects'::text)) THEN
        RETURN made;
    END IF;
    IF EXISTS (SELECT FROM dynasty.label_windows) THEN
        made := dynasty._attach_label_triggers();
    END IF;
    IF cardinality(made) > 0 THEN
        FOR item IN SELECT w.* FROM dynasty.label_windows w ORDER BY w.prospect_year, w.evaluation_year LOOP
            CALL dynasty.keep_labels_current(item.prospect_year, item.evaluation_year, item.config);
        END LOOP;
        made := made || 'the labels of the windows in dynasty.label_windows anew'::text;
    END IF;
    RETURN made;
END
$fn$;
