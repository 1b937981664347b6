-- Roles for the usual jobs. They belong to the whole cluster and are not in a dump of a database, so nothing is made without
-- being asked for. A new function that writes needs a line here: tests/pg_regress/sql/roles_matrix.sql sees to it.

-- Which of the functions that are not for everybody a role may call. dynasty_admin may call all of them; those in its name
-- here are for nobody else. What begins with _ or is a trigger's nobody is granted: with a trigger function one could have it
-- run on a table of one's own.
CREATE FUNCTION dynasty._role_functions() RETURNS TABLE (role text, function text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT r.role, f.name FROM (VALUES
        ('dynasty_ingest', '{ingest_people,ingest_game_logs,ingest_boxscore,ingest_mlb_stats,ingest_scouting,ingest_advanced,refresh_labels}'::text[]),
        ('dynasty_reader', '{export_training_set}'),
        ('dynasty_app', '{record_prediction,predict_all}'),
        ('dynasty_admin', '{install,migrate,setup_roles,refresh_season_stats,refresh_features,refresh_stale_features,refresh_features_in_batches,register_feature_set,drop_feature_set,keep_labels_current,maintain_on_subscriber,prune_game_log_history,simulate_league,remove_simulated,register_model,drop_model,train_model,record_training_set}')
    ) AS r (role, functions), unnest(r.functions) AS f (name)
$fn$;

-- What a role may do with a relation. dynasty_reader may read all; dynasty_admin may change every row. Nobody gets TRIGGER or
-- REFERENCES, by which his code would run in others' statements, nor TRUNCATE, which leaves no history.
CREATE FUNCTION dynasty._role_relations() RETURNS TABLE (role text, relation text, privileges text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT r.role, t.name, r.privileges FROM (VALUES
        ('dynasty_ingest', '{prospects,milb_game_logs,mlb_stats,scouting_grades,milb_advanced_stats}'::text[], 'INSERT, UPDATE'),
        -- Labels that are kept current are written with the rights of who writes the seasons.
        ('dynasty_ingest', '{ml_labels}', 'INSERT, UPDATE'),
        ('dynasty_ingest', '{label_windows}', 'UPDATE'),
        ('dynasty_app', '{ml_predictions}', 'INSERT, UPDATE, DELETE'),
        ('dynasty_monitor', '{schema_versions,norm_stamps,history_transactions,label_windows,feature_sets}', 'SELECT')
    ) AS r (role, relations, privileges), unnest(r.relations) AS t (name)
$fn$;

CREATE FUNCTION dynasty.setup_roles(dry_run boolean DEFAULT false) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    statement text;
BEGIN
    IF dry_run IS NULL THEN
        RAISE EXCEPTION 'setup_roles: dry_run must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    FOR statement IN
        WITH relations AS (
            SELECT c.oid::regclass::text AS name, c.relname, c.relacl, c.relowner FROM pg_catalog.pg_class c
            WHERE c.relnamespace = 'dynasty'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'f')
              AND c.relname IN (SELECT t.relation FROM dynasty._prospects_comment_texts() t
                                UNION SELECT t.relation FROM dynasty._prospects_derived_comment_texts() t
                                UNION SELECT t.relation FROM dynasty._versions_comment_texts() t)
        ), functions AS (
            SELECT p.proname, format('ROUTINE %s', p.oid::regprocedure) AS name, p.proacl, p.proowner,
                   p.proname LIKE '\_%' OR p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) AS internal
            FROM pg_catalog.pg_depend d
            JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND e.extname = 'dynasty'
            JOIN pg_catalog.pg_proc p ON p.oid = d.objid
            WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.refclassid = 'pg_catalog.pg_extension'::regclass
              AND d.deptype = 'e' AND p.pronamespace = 'dynasty'::regnamespace
        ), statements AS (
            SELECT 1 AS part, r.ord::text AS place, format('CREATE ROLE %I NOLOGIN', r.name) AS statement
            FROM unnest('{dynasty_reader,dynasty_ingest,dynasty_app,dynasty_admin,dynasty_monitor}'::text[]) WITH ORDINALITY r (name, ord)
            WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles o WHERE o.rolname = r.name)
            UNION ALL SELECT 2, '', 'GRANT dynasty_reader TO dynasty_ingest, dynasty_app, dynasty_admin'
            UNION ALL SELECT 2, '', 'GRANT pg_monitor TO dynasty_monitor'
            UNION ALL SELECT 3, '', 'GRANT USAGE ON SCHEMA dynasty TO dynasty_reader, dynasty_monitor'
            UNION ALL SELECT 4, r.name, format('GRANT SELECT ON %s TO dynasty_reader', r.name) FROM relations r
            UNION ALL
            SELECT 5, p.role || r.name, format('GRANT %s ON %s TO %I', p.privileges, r.name, p.role)
            FROM dynasty._role_relations() p JOIN relations r ON r.relname = p.relation
            UNION ALL SELECT 6, r.name, format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO dynasty_admin', r.name) FROM relations r
            UNION ALL
            -- 1.0 granted ALL, and every function: back.
            SELECT 6, r.name || ' ', format('REVOKE %s ON %s FROM dynasty_admin', string_agg(DISTINCT a.privilege_type, ', ' ORDER BY a.privilege_type), r.name)
            FROM relations r, aclexplode(r.relacl) a
            WHERE a.grantee = (SELECT o.oid FROM pg_catalog.pg_roles o WHERE o.rolname = 'dynasty_admin')
              AND a.grantee <> r.relowner AND a.grantor = r.relowner AND a.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
            GROUP BY r.name
            UNION ALL
            SELECT 7, p.role || f.name, format('GRANT EXECUTE ON %s TO %I', f.name, p.role)
            FROM dynasty._role_functions() p JOIN functions f ON f.proname = p.function WHERE p.role <> 'dynasty_admin'
            UNION ALL SELECT 8, f.name, format('GRANT EXECUTE ON %s TO dynasty_admin', f.name) FROM functions f WHERE NOT f.internal
            UNION ALL
            SELECT 8, f.name, format('REVOKE EXECUTE ON %s FROM dynasty_admin', f.name) FROM functions f, aclexplode(f.proacl) a
            WHERE f.internal AND a.grantee = (SELECT o.oid FROM pg_catalog.pg_roles o WHERE o.rolname = 'dynasty_admin')
              AND a.grantee <> f.proowner AND a.grantor = f.proowner
            UNION ALL
            -- The simulator and remove_simulated() draw and give back ids themselves.
            SELECT 9, s.oid::regclass::text, format('GRANT USAGE, SELECT, UPDATE ON SEQUENCE %s TO dynasty_admin', s.oid::regclass)
            FROM pg_catalog.pg_class s
            JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'i'
            JOIN relations r ON r.name = d.refobjid::regclass::text
            WHERE s.relkind = 'S' AND d.refclassid = 'pg_catalog.pg_class'::regclass
        )
        SELECT s.statement FROM statements s ORDER BY s.part, s.place COLLATE "C"
    LOOP
        IF NOT dry_run THEN
            EXECUTE statement;
        END IF;
        RETURN NEXT statement;
    END LOOP;
END
$fn$;

REVOKE EXECUTE ON FUNCTION dynasty._role_functions(), dynasty._role_relations(), dynasty.setup_roles(boolean) FROM PUBLIC;

COMMENT ON FUNCTION dynasty.setup_roles(boolean) IS
'Makes the roles that are missing and gives them their rights; returns the statements, with dry_run without running them. dynasty_reader: read everything. dynasty_ingest: dynasty_reader, and load games, seasons, grades. dynasty_app: dynasty_reader, and record predictions. dynasty_admin: everything but what takes the owner of the tables (install, migrate, setup_roles); of the tables he may read and change all rows, but neither truncate them nor hang triggers or foreign keys on them, and what an earlier version granted him of that is taken back. dynasty_monitor: versions and journals, no player''s row; a member of pg_monitor. None can log in: GRANT dynasty_reader TO somebody. Call it again after an update. Errors: 22004 dry_run is NULL; 42501 without CREATEROLE or rights on the tables; 25006 on a standby.';
