-- The triggers of the extension, known by what they do and not by their names: the function, the moment and the events, the
-- transition tables. A renamed one is the same trigger; a disabled one is there, and does nothing.
--
-- The statement triggers keep dynasty.milb_season_stats exact in the transaction that changes the game logs, note when the people
-- behind the norms change, note the ids of players, keep superseded rows and seal feature sets: one per event, because a trigger with transition
-- tables may have only one. They are what ties the released tables to the extension: DROP EXTENSION without CASCADE is refused
-- while they stand.

-- What there is to be. type: as pg_trigger.tgtype (1 row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate). When: always;
-- with a window (label_windows has rows); on a subscriber (maintain_on_subscriber()).
CREATE FUNCTION dynasty._wanted_triggers() RETURNS TABLE (
    ord bigint, wanted text, relation text, name text, function text, type integer, old_table boolean, new_table boolean, definition text, body text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT row_number() OVER (), w.wanted, w.relation, w.name, w.function, w.type,
           w.definition ~ 'REFERENCING .*OLD TABLE', w.definition ~ 'REFERENCING .*NEW TABLE',
           w.definition || format(' EXECUTE FUNCTION dynasty.%I()', w.function), w.body
    FROM (VALUES
        ('always', 'milb_game_logs', 'season_stats_insert', 'maintain_season_stats', 4, 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Keeps dynasty.milb_season_stats and the norm stamps current.'),
        ('always', 'milb_game_logs', 'season_stats_update', 'maintain_season_stats', 16, 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Keeps dynasty.milb_season_stats and the norm stamps current.'),
        ('always', 'milb_game_logs', 'season_stats_delete', 'maintain_season_stats', 8, 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT',
         'Keeps dynasty.milb_season_stats and the norm stamps current.'),
        ('always', 'milb_game_logs', 'season_stats_truncate', 'maintain_season_stats', 32, 'AFTER TRUNCATE ON %s FOR EACH STATEMENT',
         'Keeps dynasty.milb_season_stats and the norm stamps current.'),
        -- The norms are means of ages, and of hitters and pitchers by position; known_at asks for who was what. No list of columns:
        -- triggers of users' and generated columns change what an UPDATE does not name.
        ('always', 'prospects', 'norms_people', 'note_changed_people', 16, 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Marks the levels whose norms depend on a position or birth date that changed (dynasty.norm_stamps), and keeps what a prospect was, for known_at.'),
        ('always', 'prospects', 'history_people_delete', 'note_changed_people', 8, 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT',
         'Keeps what a prospect was who is deleted, for known_at.'),
        ('always', 'prospects', 'norms_people_truncate', 'note_changed_people', 32, 'AFTER TRUNCATE ON %s FOR EACH STATEMENT',
         'Marks all levels when everybody goes.'),
        ('always', 'prospects', 'prospect_ids_insert', 'keep_prospect_identifiers', 4, 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Notes the ids of new players in dynasty.prospect_identifiers.'),
        ('always', 'prospects', 'prospect_ids_update', 'keep_prospect_identifiers', 16, 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Notes the ids that players get in dynasty.prospect_identifiers.'),
        ('always', 'milb_game_logs', 'history_update', 'keep_game_log_history', 16, 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Keeps what a correction replaces, for known_at.'),
        ('always', 'milb_game_logs', 'history_delete', 'keep_game_log_history', 8, 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT',
         'Keeps what is deleted, for known_at.'),
        ('always', 'scouting_grades', 'history_insert', 'keep_row_history', 4, 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Notes when grades were added, for known_at.'),
        ('always', 'scouting_grades', 'history_update', 'keep_row_history', 16, 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Keeps the edition of a list that a later one displaces (dynasty.scouting_editions), and what a correction replaces, for known_at.'),
        ('always', 'scouting_grades', 'history_delete', 'keep_row_history', 8, 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT',
         'Keeps what is deleted, for known_at.'),
        ('always', 'scouting_editions', 'history_insert', 'keep_row_history', 4, 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Notes when editions were added, for known_at.'),
        ('always', 'scouting_editions', 'history_update', 'keep_row_history', 16, 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Keeps what a correction replaces, for known_at.'),
        ('always', 'scouting_editions', 'history_delete', 'keep_row_history', 8, 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT',
         'Keeps what is deleted, for known_at.'),
        ('always', 'milb_advanced_stats', 'history_insert', 'keep_row_history', 4, 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Notes when lines were added, for known_at.'),
        ('always', 'milb_advanced_stats', 'history_update', 'keep_row_history', 16, 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Keeps what a correction replaces, for known_at.'),
        ('always', 'milb_advanced_stats', 'history_delete', 'keep_row_history', 8, 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT',
         'Keeps what is deleted, for known_at.'),
        ('always', 'feature_sets', 'sealed', 'refuse_change_of_feature_sets', 58, 'BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT',
         'A registered set never changes.'),
        ('always', 'feature_set_members', 'sealed', 'refuse_change_of_feature_sets', 58, 'BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT',
         'A registered set never changes.'),
        ('always', 'feature_set_members', 'complete', 'refuse_change_of_feature_sets', 4, 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT',
         'Nor does it grow beyond what it was registered with.'),
        ('with a window', 'mlb_stats', 'labels_insert', 'maintain_labels', 4, 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT', NULL),
        ('with a window', 'mlb_stats', 'labels_update', 'maintain_labels', 16, 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT', NULL),
        ('with a window', 'mlb_stats', 'labels_delete', 'maintain_labels', 8, 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT', NULL),
        ('with a window', 'mlb_stats', 'labels_truncate', 'maintain_labels', 32, 'AFTER TRUNCATE ON %s FOR EACH STATEMENT', NULL),
        ('on a subscriber', 'milb_game_logs', 'season_stats_applied', 'recompute_season_line', 29, 'AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW', NULL),
        ('on a subscriber', 'milb_game_logs', 'season_stats_applied_truncate', 'maintain_season_stats', 32, 'AFTER TRUNCATE ON %s FOR EACH STATEMENT', NULL),
        ('on a subscriber', 'mlb_stats', 'labels_applied', 'maintain_labels', 29, 'AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW', NULL),
        ('on a subscriber', 'mlb_stats', 'labels_applied_truncate', 'maintain_labels', 32, 'AFTER TRUNCATE ON %s FOR EACH STATEMENT', NULL),
        ('on a subscriber', 'prospects', 'norms_people_applied', 'note_changed_people', 21, 'AFTER INSERT OR UPDATE ON %s FOR EACH ROW', NULL),
        ('on a subscriber', 'prospects', 'norms_people_applied_truncate', 'note_changed_people', 32, 'AFTER TRUNCATE ON %s FOR EACH STATEMENT', NULL),
        ('on a subscriber', 'prospects', 'forget_applied', 'forget_prospect', 9, 'AFTER DELETE ON %s FOR EACH ROW', NULL)
    ) AS w (wanted, relation, name, function, type, definition, body)
$fn$;

-- The tables that are to have them: game logs also in every partition and child, which may be written by their own names. A
-- foreign table cannot have triggers with transition tables.
CREATE FUNCTION dynasty._trigger_places() RETURNS TABLE (ord bigint, place oid)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH RECURSIVE logs AS (
        SELECT to_regclass('dynasty.milb_game_logs')::oid AS oid
        UNION SELECT i.inhrelid FROM logs l JOIN pg_catalog.pg_inherits i ON i.inhparent = l.oid)
    SELECT w.ord, c.oid FROM dynasty._wanted_triggers() w
    JOIN pg_catalog.pg_class c ON c.relnamespace = to_regnamespace('dynasty') AND c.relname = w.relation AND c.relkind IN ('r', 'p')
    UNION
    SELECT w.ord, c.oid FROM dynasty._wanted_triggers() w CROSS JOIN logs l JOIN pg_catalog.pg_class c ON c.oid = l.oid AND c.relkind IN ('r', 'p')
    WHERE w.relation = 'milb_game_logs' AND w.wanted = 'always'
$fn$;

-- The triggers that do what is wanted, whatever they are called: the same function at the same moment, for at least these events.
-- One with a condition or for certain columns does not always. What an ordinary database and a subscriber
-- both want is the ordinary one when it fires in ordinary sessions, and the subscriber's when it fires for replicas only.
CREATE FUNCTION dynasty._triggers_there() RETURNS TABLE (ord bigint, place oid, tgname name, enabled boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT w.ord, p.place, t.tgname,
           CASE WHEN w.wanted = 'on a subscriber' THEN t.tgenabled IN ('R', 'A') ELSE t.tgenabled IN ('O', 'A') END
    FROM dynasty._wanted_triggers() w
    JOIN dynasty._trigger_places() p USING (ord)
    JOIN pg_catalog.pg_trigger t ON t.tgrelid = p.place AND NOT t.tgisinternal
    JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid AND f.pronamespace = to_regnamespace('dynasty') AND f.proname = w.function
    WHERE t.tgtype & 3 = w.type & 3 AND t.tgtype & w.type = w.type
      AND (t.tgoldtable IS NOT NULL) = w.old_table AND (t.tgnewtable IS NOT NULL) = w.new_table
      AND t.tgqual IS NULL
      AND cardinality(t.tgattr::int2[]) = 0
      AND CASE w.wanted WHEN 'on a subscriber' THEN w.type & 1 = 1 OR t.tgname = w.name OR t.tgenabled = 'R' AND t.tgname NOT IN (
                                    SELECT o.name FROM dynasty._wanted_triggers() o WHERE o.wanted <> w.wanted AND o.relation = w.relation)
               ELSE t.tgname = w.name OR NOT EXISTS (
                   SELECT FROM dynasty._wanted_triggers() s WHERE s.wanted = 'on a subscriber' AND s.relation = w.relation
                   AND s.function = w.function AND s.type = w.type AND (t.tgenabled = 'R' OR s.name = t.tgname)) END
$fn$;

-- What is not as it should be: missing triggers, and those that are there and do not fire. Reads the catalogue alone.
CREATE FUNCTION dynasty._trigger_gaps(wanted text[]) RETURNS TABLE (ord bigint, place regclass, name text, definition text, body text, disabled name)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    -- Looked up once: health_check() asks, too.
    WITH there AS MATERIALIZED (SELECT * FROM dynasty._triggers_there())
    SELECT w.ord, p.place::regclass, w.name, format(w.definition, p.place::regclass), w.body,
           (SELECT min(t.tgname) FROM there t WHERE t.ord = w.ord AND t.place = p.place)
    FROM dynasty._wanted_triggers() w JOIN dynasty._trigger_places() p USING (ord)
    WHERE w.wanted = ANY ($1)
      AND NOT EXISTS (SELECT FROM there t WHERE t.ord = w.ord AND t.place = p.place AND t.enabled)
    ORDER BY p.place::regclass::text COLLATE "C" <> 'dynasty.milb_game_logs', w.ord, p.place::regclass::text COLLATE "C"
$fn$;

-- Attaches those that are missing to tables of the caller's, and says which do not fire or do the work of another again. What
-- somebody has disabled stays so: he had a reason.
CREATE FUNCTION dynasty._attach_triggers(wanted text) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
    free_name text;
    item record;
BEGIN
    FOR item IN
        SELECT g.* FROM dynasty._trigger_gaps(ARRAY[wanted]) g JOIN pg_catalog.pg_class c ON c.oid = g.place WHERE dynasty._trusted(c.relowner)
    LOOP
        IF item.disabled IS NOT NULL THEN
            RAISE NOTICE 'dynasty: trigger % on % is disabled', item.disabled, item.place
                USING HINT = format('ALTER TABLE %s ENABLE TRIGGER %I;', item.place, item.disabled);
            CONTINUE;
        END IF;
        -- The name may be taken by a trigger that does something else.
        free_name := item.name;
        WHILE EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = item.place AND t.tgname = free_name) LOOP
            free_name := free_name || '_';
        END LOOP;
        EXECUTE format('CREATE TRIGGER %I %s', free_name, item.definition);
        IF item.body IS NOT NULL THEN
            EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', free_name, item.place, item.body);
        END IF;
        made := made || format('trigger %s on %s', free_name, item.place);
    END LOOP;
    FOR item IN
        SELECT t.place::regclass AS place, min(t.tgname) AS first, max(t.tgname) AS last
        FROM dynasty._wanted_triggers() w JOIN dynasty._triggers_there() t USING (ord)
        WHERE w.wanted = _attach_triggers.wanted AND t.enabled GROUP BY w.ord, t.place HAVING count(*) > 1 ORDER BY w.ord, t.place
    LOOP
        RAISE NOTICE 'dynasty: triggers % and % on % do the same; one of them is enough', item.first, item.last, item.place
            USING HINT = format('DROP TRIGGER %I ON %s;', item.last, item.place);
    END LOOP;
    RETURN made;
END
$fn$;

-- For the event trigger (season/partitions.sql): new parts of the game logs get the triggers, what was a part loses them: it would
-- go on being counted. Not in a restore: the dump has them.
CREATE FUNCTION dynasty._attach_to_parts() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF NOT dynasty.in_restore() AND EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = to_regclass('dynasty.milb_game_logs') AND NOT t.tgisinternal) THEN
        PERFORM dynasty._attach_triggers('always'::text);
    END IF;
END
$fn$;

CREATE FUNCTION dynasty._release_part(part oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT t.tgname, c.oid::regclass AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
        JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid AND f.pronamespace = to_regnamespace('dynasty')
        WHERE c.oid = part AND dynasty._trusted(c.relowner) AND f.proname IN ('maintain_season_stats', 'keep_game_log_history', 'recompute_season_line')
        ORDER BY t.tgname
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', item.tgname, item.name);
    END LOOP;
END
$fn$;

-- For dynasty.migration_status(): what is to be run where triggers are missing or do not fire, or a partition is half gone.
CREATE FUNCTION dynasty._pending() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    kinds text[] := '{always}';
    has_windows boolean := false;
    pending text[];
BEGIN
    IF dynasty._plain_table('label_windows'::text) AND has_table_privilege('dynasty.label_windows', 'SELECT') THEN
        SELECT EXISTS (SELECT FROM dynasty.label_windows) INTO has_windows;
    END IF;
    IF has_windows THEN
        kinds := kinds || 'with a window'::text;
    END IF;
    -- Once for all: health_check() asks as often as it is asked.
    WITH gaps AS MATERIALIZED (
        SELECT g.*, w.wanted FROM dynasty._trigger_gaps(kinds || 'on a subscriber'::text) g JOIN dynasty._wanted_triggers() w ON w.ord = g.ord
    ), subscribes AS (
        SELECT FROM dynasty._triggers_there() t JOIN dynasty._wanted_triggers() w ON w.ord = t.ord WHERE w.wanted = 'on a subscriber' LIMIT 1
    )
    SELECT ARRAY(SELECT 'CALL dynasty.install()' FROM gaps g WHERE g.wanted = ANY (kinds) AND g.disabled IS NULL LIMIT 1)
        || ARRAY(SELECT format('ALTER TABLE %s ENABLE TRIGGER %I', g.place, g.disabled) FROM gaps g WHERE g.wanted = ANY (kinds) AND g.disabled IS NOT NULL)
        -- What has passed a disabled trigger is not known.
        || ARRAY(SELECT 'SELECT dynasty.refresh_season_stats()' FROM gaps g
                 WHERE g.wanted = ANY (kinds) AND g.disabled IS NOT NULL AND g.name LIKE 'season\_stats\_%' LIMIT 1)
        || ARRAY(SELECT 'CALL dynasty.maintain_on_subscriber()' FROM gaps g WHERE g.wanted <> ALL (kinds) AND EXISTS (SELECT FROM subscribes) LIMIT 1)
    INTO pending;
    RETURN pending
        || ARRAY(SELECT format('ALTER TABLE %s DETACH PARTITION %s FINALIZE', i.inhparent::regclass, i.inhrelid::regclass)
                 FROM pg_catalog.pg_inherits i WHERE i.inhdetachpending AND i.inhparent = to_regclass('dynasty.milb_game_logs'));
END
$fn$;
COMMENT ON FUNCTION dynasty._pending() IS 'Internal, of migration_status(): what is to be run for triggers and partitions.';

CREATE FUNCTION dynasty._make_triggers() RETURNS text[]
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT dynasty._attach_triggers('always'::text)
$fn$;
COMMENT ON FUNCTION dynasty._make_triggers() IS 'Internal: attaches the triggers that are missing, and names those it made.';

COMMENT ON FUNCTION dynasty._wanted_triggers() IS 'Internal: every trigger of the extension on its tables: what it does and how it is made.';
COMMENT ON FUNCTION dynasty._triggers_there() IS 'Internal: the triggers that do what is wanted, by whatever name.';
COMMENT ON FUNCTION dynasty._trigger_gaps(text[]) IS 'Internal: triggers that are missing, or there and disabled.';
COMMENT ON FUNCTION dynasty._attach_triggers(text) IS 'Internal: attaches missing triggers, and says which are disabled or superfluous.';
COMMENT ON FUNCTION dynasty._trigger_places() IS 'Internal: the tables that are to have each trigger.';
COMMENT ON FUNCTION dynasty._attach_to_parts() IS 'Internal, of the event trigger: attaches the triggers to new parts of the game logs.';
COMMENT ON FUNCTION dynasty._release_part(oid) IS 'Internal, of the event trigger: takes the triggers from what is no part of the game logs any more.';

-- What migration_status() reads with the rights of whoever asks.
GRANT EXECUTE ON FUNCTION dynasty._wanted_triggers(), dynasty._trigger_places(), dynasty._triggers_there(), dynasty._trigger_gaps(text[]),
    dynasty._pending() TO PUBLIC;
