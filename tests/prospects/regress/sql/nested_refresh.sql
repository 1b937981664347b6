-- Code of the user's runs inside ours and calls ours again: a default, a check, a generated column's function, a trigger, an index
-- expression and a row policy on the table that is written ask for features, training sets and seasons. What is stored is what
-- is computed without them.
\set VERBOSITY terse
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(60, 2015, 2019, 1);
CREATE TABLE undisturbed AS SELECT prospect_id, feature_vector, feature_values FROM dynasty.all_features(2018);

-- Everything that reads, in one function.
CREATE FUNCTION reads() RETURNS integer LANGUAGE sql VOLATILE AS $$
    SELECT ((SELECT count(*) FROM dynasty.all_features(2018, 'v1.0', ARRAY[1, 2, 3]))
        + (SELECT count(*) FROM dynasty.feature_matrix(2017, 'v1.0', ARRAY[4, 5]))
        + (SELECT count(*) FROM dynasty.prospect_features(6, 2018))
        + (SELECT count(*) FROM dynasty.season_stats(prospect_ids => ARRAY[1, 2]))
        + (SELECT count(*) FROM dynasty.training_set('{2016}', 2, prospect_ids => ARRAY[1, 2, 3, 4])))::integer $$;
CREATE FUNCTION pure(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT $1 + (SELECT count(*)::integer FROM dynasty.feature_matrix(2018, 'v1.0', ARRAY[$1, $1 + 1])) $$;
CREATE FUNCTION reads_too() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM public.reads(); RETURN NEW; END $$;

CREATE FUNCTION differing() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM public.undisturbed u FULL JOIN dynasty.ml_features f USING (prospect_id)
    WHERE f.as_of_year = 2018 AND (f.feature_vector IS DISTINCT FROM u.feature_vector OR f.feature_values IS DISTINCT FROM u.feature_values)
       OR f.prospect_id IS NULL $$;

ALTER TABLE dynasty.ml_features ADD COLUMN d integer;
ALTER TABLE dynasty.ml_features ALTER COLUMN d SET DEFAULT public.reads();
SELECT dynasty.refresh_features(2018) AS by_default, differing();
TRUNCATE dynasty.ml_features;
ALTER TABLE dynasty.ml_features DROP COLUMN d, ADD CONSTRAINT c CHECK (public.reads() >= 0 AND prospect_id > 0);
SELECT dynasty.refresh_features(2018) AS by_check, differing();
TRUNCATE dynasty.ml_features;
ALTER TABLE dynasty.ml_features DROP CONSTRAINT c, ADD COLUMN g integer GENERATED ALWAYS AS (public.pure(prospect_id)) STORED;
SELECT dynasty.refresh_features(2018) AS by_generated_column, differing();
TRUNCATE dynasty.ml_features;
ALTER TABLE dynasty.ml_features DROP COLUMN g;
CREATE INDEX i ON dynasty.ml_features (public.pure(prospect_id));
SELECT dynasty.refresh_features(2018) AS by_index, differing();
TRUNCATE dynasty.ml_features;
DROP INDEX dynasty.i;
CREATE TRIGGER b BEFORE INSERT OR UPDATE ON dynasty.ml_features FOR EACH ROW EXECUTE FUNCTION reads_too();
CREATE TRIGGER a AFTER INSERT OR UPDATE ON dynasty.ml_features FOR EACH ROW EXECUTE FUNCTION reads_too();
SELECT dynasty.refresh_features(2018) AS by_triggers, differing();
TRUNCATE dynasty.ml_features;
DROP TRIGGER a ON dynasty.ml_features;
DROP TRIGGER b ON dynasty.ml_features;
CREATE ROLE nested_user;
GRANT USAGE ON SCHEMA dynasty TO nested_user;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO nested_user;
GRANT INSERT, UPDATE ON dynasty.ml_features TO nested_user;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dynasty TO nested_user;
ALTER TABLE dynasty.ml_features ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON dynasty.ml_features USING (public.reads() >= 0) WITH CHECK (public.reads() >= 0);
SET ROLE nested_user;
SELECT dynasty.refresh_features(2018) AS by_policy;
RESET ROLE;
SELECT differing();
ALTER TABLE dynasty.ml_features DISABLE ROW LEVEL SECURITY;

-- The inner call fails half-way, and is caught: the outer one goes on as if nothing had been.
CREATE FUNCTION fails() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 / (prospect_id - 3) FROM dynasty.all_features(2018);
    RETURN 0;
EXCEPTION WHEN division_by_zero THEN RETURN 1;
END $$;
TRUNCATE dynasty.ml_features;
ALTER TABLE dynasty.ml_features ADD COLUMN d integer;
ALTER TABLE dynasty.ml_features ALTER COLUMN d SET DEFAULT public.fails();
SELECT dynasty.refresh_features(2018) AS by_failing_default, differing();
SELECT sum(d) FROM dynasty.ml_features;

-- The refresh inside the refresh: a trigger refreshes the year before of each prospect. And predictions whose trigger scores and registers.
TRUNCATE dynasty.ml_features;
CREATE FUNCTION refresh_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.as_of_year = 2018 THEN PERFORM dynasty.refresh_features(2017, 'v1.0', ARRAY[NEW.prospect_id]); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER r BEFORE INSERT ON dynasty.ml_features FOR EACH ROW EXECUTE FUNCTION refresh_before();
SELECT dynasty.refresh_features(2018) AS by_refreshing_trigger, differing();
SELECT count(*) FROM dynasty.ml_features f JOIN dynasty.all_features(2017) a USING (prospect_id, as_of_year)
WHERE f.feature_values IS NOT DISTINCT FROM a.feature_values;
SELECT dynasty.register_model('n', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [-1], "intercept": 20}') > 0 AS registered;
CREATE TABLE scores AS SELECT prospect_id, margins FROM dynasty.predict_matrix('n', 2018);
CREATE FUNCTION scores_too() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM count(*) FROM dynasty.predict_matrix('n', 2017);
    PERFORM dynasty.register_model('other', NEW.prospect_id::text, 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": 0}');
    PERFORM count(*) FROM dynasty.predict('other', 1, 2018);
    RETURN NEW;
END $$;
CREATE TRIGGER s BEFORE INSERT ON dynasty.ml_predictions FOR EACH ROW EXECUTE FUNCTION scores_too();
SELECT dynasty.predict_all('n', 2018, '2018-12-31') = (SELECT count(*) FROM scores) AS all_of_them;
SELECT count(*) AS differing FROM dynasty.ml_predictions p JOIN scores s USING (prospect_id) WHERE p.margin IS DISTINCT FROM s.margins[1] AND p.model_version = 'n:1';
DROP OWNED BY nested_user;
DROP ROLE nested_user;
