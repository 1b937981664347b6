-- Training sets. Computed in src/prospects/training; this declares the functions.

CREATE FUNCTION dynasty.training_set(
    as_of_years integer[],
    years_to_evaluate integer DEFAULT 4,
    version text DEFAULT 'v1.0',
    config jsonb DEFAULT '{}',
    data_through_year integer DEFAULT NULL,
    include_open boolean DEFAULT false,
    split text DEFAULT 'prospect',
    test_share double precision DEFAULT 0.2,
    prospect_ids integer[] DEFAULT NULL,
    population text DEFAULT 'prospects',
    seed bigint DEFAULT 0
) RETURNS TABLE (
    prospect_id integer,
    as_of_year integer,
    evaluation_year integer,
    feature_values double precision[],
    is_success boolean,
    success_tier text,
    weight double precision,
    split text
) LANGUAGE c STABLE PARALLEL SAFE ROWS 50000 COST 5000000
AS 'MODULE_PATHNAME', 'training_set';

CREATE FUNCTION dynasty.training_set_summary(
    as_of_years integer[],
    years_to_evaluate integer DEFAULT 4,
    version text DEFAULT 'v1.0',
    config jsonb DEFAULT '{}',
    data_through_year integer DEFAULT NULL,
    include_open boolean DEFAULT false,
    split text DEFAULT 'prospect',
    test_share double precision DEFAULT 0.2,
    prospect_ids integer[] DEFAULT NULL,
    population text DEFAULT 'prospects',
    seed bigint DEFAULT 0
) RETURNS TABLE (
    digest text,
    row_count bigint,
    prospects bigint,
    successes bigint,
    train_rows bigint,
    test_rows bigint,
    open_rows bigint,
    known_through_year integer
) LANGUAGE c STABLE PARALLEL SAFE ROWS 1 COST 5000000
AS 'MODULE_PATHNAME', 'training_set_summary';

CREATE FUNCTION dynasty.population(
    as_of_years integer[],
    population text DEFAULT 'prospects',
    prospect_ids integer[] DEFAULT NULL
) RETURNS TABLE (prospect_id integer, as_of_year integer, status text)
LANGUAGE c STABLE PARALLEL SAFE ROWS 50000 COST 1000000
AS 'MODULE_PATHNAME', 'population';

COMMENT ON FUNCTION dynasty.training_set(integer[], integer, text, jsonb, integer, boolean, text, double precision, integer[], text, bigint) IS
'What a model learns from: one row per prospect and as_of_year, ordered so: the features as of that year (in the order of dynasty.feature_names(version)) and the label of the seasons after it up to evaluation_year = as_of_year + years_to_evaluate. Only years whose window is closed; with include_open also the others, their labels and weight NULL and split ''open''.
Who is in (population): prospects: with a counted game, a scouting list or an advanced line of that year or the one before, and at most 130 at-bats and 150 outs in the majors so far (NULL = 0); known: of whom there is anything by then: one of these, the draft, an appearance in the majors; active: whose latest such sign is of that year or the one before, and who has at most 130 plate appearances and 150 outs in the majors so far; all: everybody in the database. Nothing after as_of_year decides it, or changes a feature; nothing outside of the window changes a label.
split: ''prospect'': all rows of a prospect are test when his lot is below test_share, else train; the lot is the first 13 hexadecimal digits of the SHA-256 of ''seed:prospect_id'' over 2^52. ''time'': the latest years with a closed window are test: test_share of them, rounded, at least one. weight: 1 over the number of the prospect''s rows in the same part, so each prospect counts once in it. A model that is to give true probabilities must not be weighted so: those who fail are seen for fewer years or more than those who succeed.
version: feature set; config, data_through_year: as in dynasty.derive_labels; prospect_ids: only those (NULL: all). Years given twice count once. No row when as_of_years, years_to_evaluate or version is NULL. Reads with the caller''s privileges.
Errors: 22023 a year outside 1900 to 2100, years_to_evaluate outside 1 to 100, unknown version, split or population, test_share below 0 or not below 1, split by time with one closed year, wrong config; 22004 another argument or a year is NULL; 22003; 42501.';

COMMENT ON FUNCTION dynasty.training_set_summary(integer[], integer, text, jsonb, integer, boolean, text, double precision, integer[], text, bigint) IS
'How large dynasty.training_set() with the same arguments is, and its digest: SHA-256 in hexadecimal digits over the feature names and every value of every row in order. The same data and arguments give the same digest, any other value another one. successes: rows with is_success. known_through_year: the data_through_year that closed the windows; NULL when mlb_stats is empty. One row; none for a NULL as in training_set. Errors: those of training_set.';

COMMENT ON FUNCTION dynasty.population(integer[], text, integer[]) IS
'Who has a row in dynasty.training_set() as of which years, by prospect_id and year: population is described there. status: how far he had come in the majors by the end of the year: never debuted (no row of mlb_stats in which he appears), within rookie limits (at most 130 at-bats and 150 outs), beyond rookie limits, established (500 plate appearances or 300 outs). No row when as_of_years is NULL. Errors: 22023 a year outside 1900 to 2100, unknown population; 22004 population or a year is NULL; 42501.';
