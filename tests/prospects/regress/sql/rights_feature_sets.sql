-- The seal of registered feature sets is opened by drop_feature_set() alone: by no setting, and by nothing that runs inside it.
SET client_min_messages = warning;
\set VERBOSITY terse
SELECT dynasty.register_feature_set('kept', '{age,career_iso}'), dynasty.register_feature_set('gone', '{age}');
CREATE VIEW sets AS SELECT s.version, s.feature_count, count(m.name) AS members FROM dynasty.feature_sets s LEFT JOIN dynasty.feature_set_members m USING (version) GROUP BY 1, 2 ORDER BY 1;
-- The setting of 1.0, and others like it: no name of the prefix can be made up, and one from before the library was loaded goes.
SET dynasty.dropping_feature_set = 'yes';
SELECT set_config('dynasty.dropping_feature_set', 'yes', false);
DELETE FROM dynasty.feature_sets WHERE version = 'kept';
DELETE FROM dynasty.feature_set_members WHERE version = 'kept';
UPDATE dynasty.feature_sets SET description = 'x';
\c
SET client_min_messages = warning;
SET dynasty.dropping_feature_set = 'yes';
DELETE FROM dynasty.feature_set_members;
DELETE FROM dynasty.feature_sets WHERE version = 'kept';
SHOW dynasty.dropping_feature_set;
-- No function of ours reads a setting that a user can make up: those that there are, are declared by the library.
SELECT DISTINCT m[1] AS setting, coalesce(s.context, 'anybody''s') AS who_sets_it
FROM pg_proc p, regexp_matches(p.prosrc, 'current_setting\(''(dynasty\.[a-z_]+)''', 'g') m LEFT JOIN pg_settings s ON s.name = m[1]
WHERE p.pronamespace = 'dynasty'::regnamespace ORDER BY 1;
SELECT * FROM sets;

-- Triggers of the user's own, inside drop_feature_set(): each tries to take the other set with it, before and after the seal has
-- been passed, on either table, whether he swallows the error or not.
CREATE FUNCTION take_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 AND TG_ARGV[1] = 'once' THEN RETURN NULL; END IF;
    BEGIN
        EXECUTE format('DELETE FROM dynasty.%I WHERE version = ''kept''', TG_ARGV[0]);
    EXCEPTION WHEN object_not_in_prerequisite_state THEN
        IF TG_ARGV[2] = 'raise' THEN RAISE; END IF;
    END;
    RETURN CASE WHEN TG_LEVEL = 'ROW' THEN OLD END;
END $$;
CREATE FUNCTION tried(trigger_name text, clause text, target text, how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    outcome text := 'dropped';
BEGIN
    EXECUTE format('CREATE TRIGGER %I %s EXECUTE FUNCTION take_along(%L, ''once'', %L)', trigger_name, clause, target, how);
    BEGIN
        PERFORM dynasty.drop_feature_set('gone');
    EXCEPTION WHEN OTHERS THEN outcome := SQLSTATE;
    END;
    outcome := outcome || ': ' || (SELECT coalesce(string_agg(version || ' ' || members || '/' || feature_count, ', '), 'nothing left') FROM sets);
    RAISE SQLSTATE 'ZZZZZ' USING MESSAGE = outcome;
EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN RETURN SQLERRM;
END $$;
-- Whatever happened: 'kept' is whole.
SELECT outcome, count(*) FROM (
    SELECT tried(name, format('%s ON dynasty.%I FOR EACH %s', event, relation, level), target, how) AS outcome
    FROM unnest('{A,zzz}'::text[]) name, unnest('{BEFORE DELETE,AFTER DELETE}'::text[]) event, unnest('{feature_sets,feature_set_members}'::text[]) relation,
        unnest('{ROW,STATEMENT}'::text[]) level, unnest('{feature_sets,feature_set_members}'::text[]) target, unnest('{swallow,raise}'::text[]) how) x
GROUP BY 1 ORDER BY 1;
SELECT * FROM sets;
-- drop_feature_set() inside itself: each drops its own, and the seal is closed again.
SELECT dynasty.register_feature_set('inner', '{age}');
CREATE FUNCTION drop_inner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.version = 'gone' THEN PERFORM dynasty.drop_feature_set('inner'); END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER inner_one BEFORE DELETE ON dynasty.feature_sets FOR EACH ROW EXECUTE FUNCTION drop_inner();
SELECT dynasty.drop_feature_set('gone');
SELECT * FROM sets;
DROP TRIGGER inner_one ON dynasty.feature_sets;
DELETE FROM dynasty.feature_sets;
-- After an error inside it is closed, too.
SELECT dynasty.register_feature_set('gone', '{age}');
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no' USING ERRCODE = 'P0042'; END $$;
CREATE TRIGGER fails BEFORE DELETE ON dynasty.feature_sets FOR EACH ROW EXECUTE FUNCTION fail();
DO $$
BEGIN
    BEGIN
        PERFORM dynasty.drop_feature_set('gone');
    EXCEPTION WHEN SQLSTATE 'P0042' THEN NULL;
    END;
    DELETE FROM dynasty.feature_set_members;
END $$;
DROP TRIGGER fails ON dynasty.feature_sets;
SELECT dynasty.drop_feature_set('gone');
SELECT * FROM sets;
-- The trigger function on another table, and called otherwise.
CREATE TABLE other (version text);
CREATE TRIGGER t BEFORE DELETE ON other EXECUTE FUNCTION dynasty.refuse_change_of_feature_sets();
DELETE FROM other;
\echo :LAST_ERROR_SQLSTATE
CREATE TRIGGER again AFTER INSERT ON dynasty.feature_set_members EXECUTE FUNCTION dynasty.refuse_change_of_feature_sets();
SELECT dynasty.register_feature_set('new', '{age}');
\echo :LAST_ERROR_SQLSTATE
DROP TRIGGER again ON dynasty.feature_set_members;
SELECT dynasty.refuse_change_of_feature_sets();
-- A child table is sealed with its parent's trigger function.
CREATE TABLE child () INHERITS (dynasty.feature_sets);
CREATE TRIGGER t BEFORE UPDATE ON child EXECUTE FUNCTION dynasty.refuse_change_of_feature_sets();
UPDATE child SET version = 'x';
SELECT dynasty.drop_feature_set(NULL);
SELECT dynasty.drop_feature_set(repeat('x', 100000));
-- Who may not delete there cannot do it by the function either.
CREATE ROLE rights_other;
GRANT USAGE ON SCHEMA dynasty TO rights_other;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO rights_other;
GRANT EXECUTE ON FUNCTION dynasty.drop_feature_set(text) TO rights_other;
SET ROLE rights_other;
SELECT dynasty.drop_feature_set('kept');
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
SELECT * FROM sets;
DROP OWNED BY rights_other;
DROP ROLE rights_other;
