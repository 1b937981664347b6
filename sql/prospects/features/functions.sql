-- Point-in-time features (flagship contract 5 and 6). Computed in src/prospects/features; this declares the functions.

CREATE FUNCTION dynasty.feature_catalogue(
    version text DEFAULT 'v1.0',
    OUT ordinal integer, OUT name text, OUT category text, OUT applies_to text, OUT unit text, OUT formula text,
    OUT null_rule text, OUT description text)
RETURNS SETOF record
LANGUAGE c STABLE PARALLEL SAFE ROWS 290 AS 'MODULE_PATHNAME', 'feature_catalogue';

CREATE FUNCTION dynasty.feature_names(version text DEFAULT 'v1.0') RETURNS text[]
LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'feature_names_wrapper';

CREATE FUNCTION dynasty.prospect_features(
    prospect_id integer, as_of_year integer, version text DEFAULT 'v1.0', known_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    prospect_id integer, as_of_year integer, feature_set_version text, bio_features jsonb, scouting_features jsonb,
    milb_performance jsonb, milb_progression jsonb, milb_consistency jsonb, derived_features jsonb,
    feature_vector jsonb, feature_values double precision[])
LANGUAGE c STABLE PARALLEL SAFE ROWS 1 COST 1000 AS 'MODULE_PATHNAME', 'prospect_features';

CREATE FUNCTION dynasty.all_features(
    as_of_year integer, version text DEFAULT 'v1.0', prospect_ids integer[] DEFAULT NULL, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    prospect_id integer, as_of_year integer, feature_set_version text, bio_features jsonb, scouting_features jsonb,
    milb_performance jsonb, milb_progression jsonb, milb_consistency jsonb, derived_features jsonb,
    feature_vector jsonb, feature_values double precision[])
LANGUAGE c STABLE PARALLEL SAFE ROWS 10000 COST 1000000 AS 'MODULE_PATHNAME', 'all_features';

CREATE FUNCTION dynasty.feature_matrix(
    as_of_year integer, version text DEFAULT 'v1.0', prospect_ids integer[] DEFAULT NULL, known_at timestamptz DEFAULT NULL,
    OUT prospect_id integer, OUT feature_values double precision[])
RETURNS SETOF record
LANGUAGE c STABLE PARALLEL SAFE ROWS 10000 COST 1000000 AS 'MODULE_PATHNAME', 'feature_matrix';

CREATE FUNCTION dynasty.refresh_features(
    as_of_year integer, version text DEFAULT 'v1.0', prospect_ids integer[] DEFAULT NULL)
RETURNS bigint
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'refresh_features';

CREATE FUNCTION dynasty.feature_stamps(
    as_of_year integer, prospect_ids integer[] DEFAULT NULL,
    OUT prospect_id integer, OUT inputs_stamp bigint, OUT norms_stamp bigint)
RETURNS SETOF record
LANGUAGE c STABLE PARALLEL SAFE ROWS 10000 COST 100000 AS 'MODULE_PATHNAME', 'feature_stamps';

CREATE FUNCTION dynasty.stale_features(as_of_year integer, version text DEFAULT 'v1.0')
RETURNS TABLE (prospect_id integer, reason text)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT s.prospect_id,
           CASE WHEN f.prospect_id IS NULL THEN 'missing'
                WHEN f.inputs_stamp IS DISTINCT FROM s.inputs_stamp THEN 'inputs'
                ELSE 'norms' END
    FROM dynasty.feature_stamps($1) s
    LEFT JOIN dynasty.ml_features f
           ON f.prospect_id = s.prospect_id AND f.as_of_year = $1 AND f.feature_set_version = $2
    WHERE (f.inputs_stamp, f.norms_stamp) IS DISTINCT FROM (s.inputs_stamp, s.norms_stamp)
    ORDER BY s.prospect_id
$fn$;

CREATE FUNCTION dynasty.refresh_stale_features(
    as_of_year integer, version text DEFAULT 'v1.0', reasons text[] DEFAULT '{missing,inputs,norms}')
RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    stale integer[];
    unknown text;
BEGIN
    SELECT coalesce(quote_literal(left(r, 40)), 'NULL') INTO unknown
    FROM unnest(reasons) r WHERE r IS NULL OR r <> ALL ('{missing,inputs,norms}') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'unknown reason %', dynasty._short(unknown)
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Known: missing, inputs, norms.';
    END IF;
    SELECT array_agg(s.prospect_id) INTO stale
    FROM dynasty.stale_features(as_of_year, version) s WHERE s.reason = ANY (reasons);
    IF stale IS NULL THEN
        RETURN 0;
    END IF;
    RETURN dynasty.refresh_features(as_of_year, version, stale);
END
$fn$;

CREATE PROCEDURE dynasty.refresh_features_in_batches(
    as_of_year integer, version text DEFAULT 'v1.0', batch_size integer DEFAULT 1000)
LANGUAGE plpgsql AS $fn$
DECLARE
    stale integer[];
    done integer := 0;
    written bigint := 0;
    started timestamptz := pg_catalog.clock_timestamp();
    said timestamptz := started;
BEGIN
    IF as_of_year IS NULL OR version IS NULL OR batch_size IS NULL THEN
        RAISE EXCEPTION 'as_of_year, version and batch_size must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF batch_size OPERATOR(pg_catalog.<) 1 THEN
        RAISE EXCEPTION 'batch_size must be at least 1, not %', batch_size USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- What is done is no longer stale, so a call after an interruption goes on where this one stopped.
    stale := ARRAY(SELECT s.prospect_id FROM dynasty.stale_features(as_of_year, version) s);
    WHILE done OPERATOR(pg_catalog.<) pg_catalog.cardinality(stale) LOOP
        written := written OPERATOR(pg_catalog.+) dynasty.refresh_features(as_of_year, version,
            stale[done OPERATOR(pg_catalog.+) 1 : done OPERATOR(pg_catalog.+) batch_size]);
        done := LEAST(done OPERATOR(pg_catalog.+) batch_size, pg_catalog.cardinality(stale));
        COMMIT;
        IF pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) said OPERATOR(pg_catalog.>=) INTERVAL '1 second'
           OR done OPERATOR(pg_catalog.=) pg_catalog.cardinality(stale) THEN
            said := pg_catalog.clock_timestamp();
            RAISE NOTICE 'refresh_features_in_batches: % of % prospects (% %%), % vectors written', done, pg_catalog.cardinality(stale),
                100 OPERATOR(pg_catalog.*) done OPERATOR(pg_catalog./) pg_catalog.cardinality(stale), written;
        END IF;
    END LOOP;
END
$fn$;

CREATE FUNCTION dynasty.explain_feature(
    prospect_id integer, as_of_year integer, name text,
    OUT feature text, OUT value double precision, OUT why_null text, OUT unit text, OUT description text, OUT formula text,
    OUT null_rule text, OUT inputs jsonb)
RETURNS SETOF record
LANGUAGE c STABLE PARALLEL SAFE ROWS 1 AS 'MODULE_PATHNAME', 'explain_feature_wrapper';

CREATE FUNCTION dynasty.register_feature_set(
    version text, features text[] DEFAULT NULL, expressions jsonb DEFAULT '{}', description text DEFAULT NULL)
RETURNS integer
LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'register_feature_set_wrapper';

-- Both in src/prospects/features/seal.rs: that a set is being dropped is known to the library alone, not to a setting.
CREATE FUNCTION dynasty.refuse_change_of_feature_sets() RETURNS trigger
LANGUAGE c SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'refuse_change_of_feature_sets';

CREATE FUNCTION dynasty.drop_feature_set(version text) RETURNS void
LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'drop_feature_set_wrapper';

COMMENT ON FUNCTION dynasty.explain_feature(integer, integer, text) IS
'Why a feature of v1.0 has the value it has: the value, why it is NULL if it is, unit, description, formula, NULL rule, and inputs: a JSON array of {input, value, rows, note} with the columns, sums, grades and norms its formula looked at, and over how many rows. One row; none for an unknown prospect or a NULL argument. Errors: 22023 unknown feature (with the nearest names) or year outside 1900 to 2100.';

COMMENT ON FUNCTION dynasty.register_feature_set(text, text[], jsonb, text) IS
'Registers a feature set as data: the named features in that order (NULL: all of v1.0, then the expressions). expressions: {name: SQL expression over features of v1.0} or {name: {expression, unit, description, category, applies_to}}; the language is the float8 part of SQL (arithmetic, comparisons in CASE, coalesce, nullif, least, greatest, abs, sqrt, ln, exp, power, round ...); what would be an error in SQL is NULL. Returns the number of features. A set never changes afterwards, and v1.0 is never touched. Errors: 42710 the version exists; 22023 unknown feature, bad name or expression; 22004 version null; 42501; 25006 in a read-only transaction.';

COMMENT ON FUNCTION dynasty.drop_feature_set(text) IS
'Takes away a registered feature set that no row of dynasty.ml_features and no model uses. Errors: 42704 there is none (v1.0 is built in); 55006 in use; 42501.';

COMMENT ON FUNCTION dynasty.refuse_change_of_feature_sets() IS
'Trigger on dynasty.feature_sets and feature_set_members: registered sets do not change; only dynasty.drop_feature_set() takes one away. Errors: 55000; 39P01 on another table or when called otherwise.';

-- Native (src/prospects/history.rs), so that who corrects a game needs no right on the history and nobody's code runs as
-- somebody else: it is not SECURITY DEFINER, and must not become so.
CREATE FUNCTION dynasty.keep_game_log_history() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'keep_game_log_history';

CREATE FUNCTION dynasty.keep_row_history() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'keep_row_history';

CREATE FUNCTION dynasty.prune_game_log_history(older_than interval DEFAULT '2 years') RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    gone bigint;
    people bigint;
    grades bigint;
    lines bigint;
BEGIN
    IF older_than IS NULL OR older_than < interval '0' THEN
        RAISE EXCEPTION 'older_than must be an interval of at least 0, not %', older_than USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Of prospects who are gone, too: everybody's games made the norms of the vectors that were served.
    DELETE FROM dynasty.milb_game_logs_history h WHERE h.superseded_at < now() - older_than;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM dynasty.prospects_history h WHERE h.superseded_at < now() - older_than;
    GET DIAGNOSTICS people = ROW_COUNT;
    DELETE FROM dynasty.scouting_grades_history h WHERE h.superseded_at < now() - older_than;
    GET DIAGNOSTICS grades = ROW_COUNT;
    DELETE FROM dynasty.milb_advanced_stats_history h WHERE h.superseded_at < now() - older_than;
    GET DIAGNOSTICS lines = ROW_COUNT;
    DELETE FROM dynasty.history_transactions t WHERE t.committed_at < now() - older_than;
    RETURN gone + people + grades + lines;
END
$fn$;

COMMENT ON FUNCTION dynasty.keep_game_log_history() IS
'Statement trigger on dynasty.milb_game_logs that keeps rows as they were before an UPDATE or DELETE in dynasty.milb_game_logs_history, when something the features read changed; not simulated ones, and none while dynasty.game_log_history is off. TRUNCATE keeps nothing. Who changes a game needs no right on the history; triggers of the user''s own there fire as him. Errors: 39P01 on another table or when called otherwise; 42P01, 42703, 42804 when the history is gone or has lost a column or its type.';

COMMENT ON FUNCTION dynasty.keep_row_history() IS
'Statement trigger on dynasty.scouting_grades, scouting_editions and milb_advanced_stats that keeps rows as they were before an UPDATE or DELETE in dynasty.scouting_grades_history or milb_advanced_stats_history, when something the features read changed (not simulated lines, and none while dynasty.game_log_history is off); and, whatever that setting, a row of scouting_grades in dynasty.scouting_editions when its date_recorded becomes a later one under the same prospect_id, source and ranking_year. TRUNCATE keeps nothing. Who writes needs no right on these tables; triggers of the user''s own there fire as him. Errors: 39P01 on another table or when called otherwise; 42P01, 42703, 42804 when what is written is gone or has lost a column or its type.';

COMMENT ON FUNCTION dynasty.prune_game_log_history(interval) IS
'Deletes what dynasty.milb_game_logs_history, prospects_history, scouting_grades_history, milb_advanced_stats_history and history_transactions say of changes older than that (default 2 years); editions of lists stay. Features with known_at further back are then computed from what is left. Returns the rows of the first four that were deleted. Errors: 22023 older_than null or negative; 42501.';

COMMENT ON FUNCTION dynasty.refresh_features(integer, text, integer[]) IS
'Brings dynasty.ml_features up to date for a year: computes the vectors of all prospects, or of those named, and writes those whose values changed. Rows whose values did not change keep created_at and updated_at. Returns the rows written (0 for a NULL year or version). Runs with the caller''s rights.
Errors: 22023 year outside 1900 to 2100 or unknown version; 42501; 25006 in a read-only transaction.';

COMMENT ON FUNCTION dynasty.feature_stamps(integer, integer[]) IS
'What the vectors of a year would be computed from now, as two numbers per prospect, without computing them: inputs_stamp of his own rows, norms_stamp of everybody''s games at the levels he played at. Compared with the columns of dynasty.ml_features they tell whether a stored vector is older than its inputs. Errors: 22023 year outside 1900 to 2100.';

COMMENT ON FUNCTION dynasty.stale_features(integer, text) IS
'The prospects whose stored vector of a year is older than its inputs, by id, without computing any: reason missing (there is none), inputs (his own rows changed), norms (only games of others at his levels changed, which moves the features against the level a little).';

COMMENT ON FUNCTION dynasty.refresh_stale_features(integer, text, text[]) IS
'refresh_features() for the prospects that stale_features() names with one of these reasons. Returns the rows written. With reasons ''{missing,inputs}'' the cost follows the prospects that changed; with norms (the default) dynasty.ml_features equals all_features() afterwards. Errors: 22023 unknown reason; those of refresh_features().';

COMMENT ON PROCEDURE dynasty.refresh_features_in_batches(integer, text, integer) IS
'Refreshes the stale vectors of a year in batches of batch_size prospects, commits after each and says how far it is (NOTICE, at most one a second). Can be stopped at any time: a later call goes on with what is still stale. Not inside a transaction block (2D000). Errors: 22004 argument null; 22023.';

COMMENT ON FUNCTION dynasty.feature_catalogue(text) IS
'What each feature of a set is: ordinal (its place in feature_values, from 1), name (its key in JSON), category (its document), applies_to (all, hitter or pitcher: NULL for the other role), unit, formula, null_rule, description. One row per feature, by ordinal; none for a NULL version. Errors: 22023 unknown version.';

COMMENT ON FUNCTION dynasty.feature_names(text) IS
'The names of a feature set in the order of feature_values. NULL for a NULL version. Errors: 22023 unknown version.';

COMMENT ON FUNCTION dynasty.prospect_features(integer, integer, text, timestamptz) IS
'The features of one prospect as of the end of a year: six documents by category, feature_vector with all of them, and feature_values in the order of feature_names(). Nothing recorded after that year is read: games of later seasons, later lists and editions of lists, later major-league seasons, present-day team or level.
One row; none for an unknown prospect or a NULL argument. A prospect without any data has a row too. Missing values are null in JSON and NULL in the array. Reads with the caller''s rights; with row security the norms are those of what the caller sees.
known_at: the vector as it was served at that moment: rows recorded later (created_at) are left out; game logs corrected, renumbered or deleted since, and what prospects say of him and of everybody in the norms, are as they were, and so are grades and advanced lines (dynasty.milb_game_logs_history, prospects_history, scouting_grades_history, milb_advanced_stats_history). Major-league rows corrected since are as they are now; a prospect who is gone counts in the norms, but has no row.
Errors: 22023 as_of_year outside 1900 to 2100 or unknown version; 42501 no right to read one of the tables.';

COMMENT ON FUNCTION dynasty.all_features(integer, text, integer[], timestamptz) IS
'prospect_features() of all prospects, or of those named, by prospect_id: the same values to the bit, from one pass over the game logs. Ids that nobody has are passed over; NULL elements too. No row for a NULL year or version. Errors as prospect_features().';

COMMENT ON FUNCTION dynasty.feature_matrix(integer, text, integer[], timestamptz) IS
'The vectors of all prospects, or of those named, without the documents: prospect_id and feature_values in the order of feature_names(), by prospect_id. The form for training and serving. Values, NULL rules and errors are those of all_features().';
