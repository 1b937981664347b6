-- dynasty.install(): makes what is missing. The install script calls it last (sql/release.sql), a user whenever a
-- table, trigger or view is gone or a restore brought only some of them.

CREATE FUNCTION dynasty.in_restore() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    -- pg_dump and pg_restore set row_security off before CREATE EXTENSION; it is on in every ordinary session.
    SELECT current_setting('session_replication_role') = 'replica'
        OR CASE lower(coalesce(current_setting('dynasty.create_tables', true), 'auto'))
               WHEN 'off' THEN true
               WHEN 'on' THEN false
               ELSE current_setting('row_security') = 'off'
           END;
$fn$;

COMMENT ON FUNCTION dynasty.in_restore() IS
'True when CREATE EXTENSION dynasty is to leave the tables to somebody else: session_replication_role is replica, dynasty.create_tables is off, or it is auto and row_security is off (as pg_dump and pg_restore set it). Never NULL.';

CREATE FUNCTION dynasty._install_prospects() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    seasons_were_there boolean;
    others_were_there boolean;
    made text[] := '{}';
    triggers text[];
BEGIN
    PERFORM dynasty._refuse_strange_functions();
    -- One at a time, or two would find the same thing missing.
    -- (Where nothing can be written, as on a standby, it finds out whether anything is missing all the same.)
    IF current_setting('transaction_read_only') = 'off' THEN
        PERFORM dynasty._wait_for_other_installs();
    END IF;
    seasons_were_there := to_regclass('dynasty.milb_season_stats') IS NOT NULL;
    others_were_there := EXISTS (
        SELECT FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'dynasty'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
          AND c.relname IN (SELECT t.relation FROM dynasty._prospects_comment_texts() t
                            UNION SELECT t.relation FROM dynasty._prospects_derived_comment_texts() t));
    PERFORM dynasty._hold_relations();
    -- Beside tables of somebody else's nothing new is made: references, views and types would build on what is his.
    IF NOT dynasty._leave_to_owners('CALL dynasty.install();'::text) THEN
        made := dynasty._create_prospects_tables();
        PERFORM dynasty._shape_tables(made, others_were_there);
    END IF;
    triggers := dynasty._attach_prospects_triggers();
    made := made || triggers;
    IF NOT EXISTS (SELECT FROM dynasty._others_relations()) THEN
        made := made || dynasty._create_prospects_views();
    END IF;
    PERFORM dynasty._comment_prospects();
    -- Games may have come, changed or gone while no trigger looked (DROP EXTENSION ... CASCADE); and logs that outlived
    -- a dropped milb_season_stats need their totals.
    IF (cardinality(triggers) > 0 AND seasons_were_there
        OR 'dynasty.milb_season_stats' = ANY (made) AND NOT 'dynasty.milb_game_logs' = ANY (made))
       AND dynasty._mine('milb_season_stats'::text) AND dynasty._mine('milb_game_logs'::text) THEN
        PERFORM dynasty.refresh_season_stats();
        made := made || 'the season statistics anew from the game logs'::text;
    END IF;
    RETURN made || dynasty._resume_label_windows();
END
$fn$;

CREATE PROCEDURE dynasty.install(VARIADIC systems text[] DEFAULT '{}')
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    known CONSTANT text[] := '{prospects}';
    wanted text[] := systems;
    unknown text;
    made text[] := '{}';
    item text;
BEGIN
    IF coalesce(cardinality(wanted), 0) = 0 THEN
        wanted := string_to_array(coalesce(nullif(btrim(current_setting('dynasty.systems', true)), ''), 'all'), ',');
    END IF;
    wanted := ARRAY(SELECT lower(btrim(w)) FROM unnest(wanted) w);
    SELECT coalesce(quote_literal(w), 'NULL') INTO unknown
    FROM unnest(wanted) w WHERE w IS NULL OR w <> ALL (known || 'all'::text) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'unknown system %', dynasty._short(unknown)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format('Known systems: %s; or all.', array_to_string(known, ', '));
    END IF;

    IF NOT has_function_privilege('dynasty._install_prospects()', 'EXECUTE') THEN
        RAISE EXCEPTION 'permission denied for the functions that dynasty.install() calls'
            USING ERRCODE = 'insufficient_privilege', DETAIL = 'They are for the owner of the tables.',
                  HINT = format('GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dynasty TO %I;', current_user);
    END IF;
    IF wanted && '{prospects,all}' THEN
        made := made || dynasty._install_prospects();
    END IF;

    FOREACH item IN ARRAY made LOOP
        RAISE NOTICE 'dynasty: made %', item;
    END LOOP;
    IF cardinality(made) = 0 THEN
        RAISE NOTICE 'dynasty: nothing was missing';
    END IF;
END
$fn$;

COMMENT ON PROCEDURE dynasty.install(text[]) IS
'Makes the tables, triggers, views and comments of the named systems (default: the setting dynasty.systems) that are missing, never changes what is there, and says in a NOTICE what it made. If the triggers had been away it recomputes dynasty.milb_season_stats and the labels of the windows in dynasty.label_windows. The caller owns what is made. What belongs to somebody else (or has a trigger with his code) is neither written, altered nor built upon: a NOTICE says whose it is and what he is to call. Triggers are known by what they do: renamed ones are there, disabled ones are named in a NOTICE and stay so. Errors: 22023 unknown system; 55000 pg_trgm is missing; 42501 no right on its helpers, or a function of somebody else''s in schema dynasty has the name of one of the extension.';

REVOKE EXECUTE ON FUNCTION
    dynasty._create_prospects_table(), dynasty._create_milb_game_logs(), dynasty._create_milb_season_stats(),
    dynasty._create_mlb_stats(), dynasty._create_scouting_grades(), dynasty._create_milb_advanced_stats(),
    dynasty._create_norm_stamps(), dynasty._create_feature_sets(), dynasty._create_game_log_history(), dynasty._create_people_history(), dynasty._create_ml_features(), dynasty._create_ml_labels(), dynasty._create_label_windows(), dynasty._create_ml_predictions(),
    dynasty._create_ml_models(),
    dynasty._create_training_sets(),
    dynasty._create_prospects_tables(), dynasty._attach_prospects_triggers(), dynasty._create_prospects_views(),
    dynasty._prospects_comment_texts(), dynasty._prospects_derived_comment_texts(), dynasty._prospects_part_comment_texts(), dynasty._comment_prospects(),
    dynasty._install_prospects() FROM PUBLIC;
REVOKE EXECUTE ON PROCEDURE dynasty.install(text[]) FROM PUBLIC;
