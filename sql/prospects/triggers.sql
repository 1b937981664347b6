-- The statement triggers that keep dynasty.milb_season_stats exact in the transaction that changes the game logs, and the
-- one that notes when the people behind the norms change.
-- One per event, because a trigger with transition tables may have only one event. They are what ties the released
-- tables to the extension: DROP EXTENSION without CASCADE is refused while they stand.

CREATE FUNCTION dynasty._attach_prospects_triggers() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
    item record;
BEGIN
    FOR item IN
        SELECT v.name, v.event
        FROM (VALUES
            (1, 'season_stats_insert', 'AFTER INSERT ON dynasty.milb_game_logs REFERENCING NEW TABLE AS new_rows'),
            (2, 'season_stats_update',
                'AFTER UPDATE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'),
            (3, 'season_stats_delete', 'AFTER DELETE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS old_rows'),
            (4, 'season_stats_truncate', 'AFTER TRUNCATE ON dynasty.milb_game_logs')
        ) AS v (ord, name, event)
        WHERE NOT EXISTS (
            SELECT FROM pg_catalog.pg_trigger t
            WHERE t.tgrelid = 'dynasty.milb_game_logs'::regclass AND t.tgname = v.name)
        ORDER BY v.ord
    LOOP
        EXECUTE format('CREATE TRIGGER %I %s FOR EACH STATEMENT EXECUTE FUNCTION dynasty.maintain_season_stats()',
                       item.name, item.event);
        made := made || format('trigger %s on dynasty.milb_game_logs', item.name);
    END LOOP;
    -- The norms are means of ages, and of hitters and pitchers by position; known_at asks for who was what. No list of columns:
    -- triggers of users' and generated columns change what an UPDATE does not name.
    FOR item IN
        SELECT v.name, v.event
        FROM (VALUES
            ('norms_people', 'AFTER UPDATE ON dynasty.prospects REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'),
            ('history_people_delete', 'AFTER DELETE ON dynasty.prospects REFERENCING OLD TABLE AS old_rows'),
            ('norms_people_truncate', 'AFTER TRUNCATE ON dynasty.prospects')
        ) AS v (name, event)
        WHERE NOT EXISTS (
            SELECT FROM pg_catalog.pg_trigger t
            WHERE t.tgrelid = 'dynasty.prospects'::regclass AND t.tgname = v.name)
    LOOP
        EXECUTE format('CREATE TRIGGER %I %s FOR EACH STATEMENT EXECUTE FUNCTION dynasty.note_changed_people()',
                       item.name, item.event);
        made := made || format('trigger %s on dynasty.prospects', item.name);
    END LOOP;
    FOR item IN
        SELECT v.name, v.event
        FROM (VALUES
            ('history_update', 'AFTER UPDATE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'),
            ('history_delete', 'AFTER DELETE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS old_rows')
        ) AS v (name, event)
        WHERE NOT EXISTS (
            SELECT FROM pg_catalog.pg_trigger t
            WHERE t.tgrelid = 'dynasty.milb_game_logs'::regclass AND t.tgname = v.name)
    LOOP
        EXECUTE format('CREATE TRIGGER %I %s FOR EACH STATEMENT EXECUTE FUNCTION dynasty.keep_game_log_history()',
                       item.name, item.event);
        made := made || format('trigger %s on dynasty.milb_game_logs', item.name);
    END LOOP;
    FOR item IN
        SELECT v.relation, v.name, v.event
        FROM (VALUES
            ('feature_sets', 'sealed', 'BEFORE UPDATE OR DELETE OR TRUNCATE ON dynasty.feature_sets'),
            ('feature_set_members', 'sealed', 'BEFORE UPDATE OR DELETE OR TRUNCATE ON dynasty.feature_set_members'),
            ('feature_set_members', 'complete', 'AFTER INSERT ON dynasty.feature_set_members REFERENCING NEW TABLE AS new_rows')
        ) AS v (relation, name, event)
        WHERE NOT EXISTS (
            SELECT FROM pg_catalog.pg_trigger t
            WHERE t.tgrelid = format('dynasty.%I', v.relation)::regclass AND t.tgname = v.name)
    LOOP
        EXECUTE format('CREATE TRIGGER %I %s FOR EACH STATEMENT EXECUTE FUNCTION dynasty.refuse_change_of_feature_sets()',
                       item.name, item.event);
        made := made || format('trigger %s on dynasty.%s', item.name, item.relation);
    END LOOP;
    RETURN made;
END
$fn$;
