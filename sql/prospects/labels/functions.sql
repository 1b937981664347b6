-- The labels of flagship contract 7: the functions that read, and the one that writes them down.

CREATE FUNCTION dynasty.label_window(
    prospect_year integer,
    evaluation_year integer DEFAULT NULL,
    data_through_year integer DEFAULT NULL
) RETURNS TABLE (
    prospect_year integer,
    evaluation_year integer,
    years_to_evaluate integer,
    data_through_year integer,
    window_complete boolean
) LANGUAGE c STABLE PARALLEL SAFE ROWS 1 COST 1000
AS 'MODULE_PATHNAME', 'label_window_wrapper';
COMMENT ON FUNCTION dynasty.label_window(integer, integer, integer) IS
'The window that the label functions judge, with what is not given filled in: the seasons after prospect_year up to evaluation_year (NULL: prospect_year + 4).
data_through_year: the last season whose results are known. NULL: the smaller of the newest season in dynasty.mlb_stats and the last completed one (this year''s from November 1, else the last year''s); with no rows it stays NULL. window_complete: evaluation_year <= data_through_year.
No row when prospect_year is NULL. Errors: 22023 a year outside 1870 to 2200, or evaluation_year <= prospect_year; 42501 no SELECT on mlb_stats when data_through_year is not given.';

CREATE FUNCTION dynasty.derive_labels(
    prospect_year integer,
    evaluation_year integer DEFAULT NULL,
    data_through_year integer DEFAULT NULL,
    config jsonb DEFAULT '{}',
    prospect_ids integer[] DEFAULT NULL
) RETURNS TABLE (
    prospect_id integer,
    prospect_year integer,
    evaluation_year integer,
    years_to_evaluate integer,
    reached_mlb boolean,
    mlb_debut_date date,
    years_to_mlb integer,
    total_pa integer,
    total_games integer,
    total_innings_pitched numeric,
    peak_war numeric,
    cumulative_war numeric,
    is_success boolean,
    success_tier character varying,
    total_outs_pitched integer,
    tier_basis character varying,
    window_complete boolean
) LANGUAGE c STABLE PARALLEL SAFE ROWS 10000 COST 10000
AS 'MODULE_PATHNAME', 'derive_labels_wrapper';
COMMENT ON FUNCTION dynasty.derive_labels(integer, integer, integer, jsonb, integer[]) IS
'What became of each prospect in the window after prospect_year (see dynasty.label_window), one row per prospect ordered by prospect_id, also for those without a row in dynasty.mlb_stats. Same columns as dynasty.ml_labels.
is_success: total_pa >= 500 or total_outs_pitched >= 300. success_tier: Failed without success; by WAR Star (a season of 4.0 or 10.0 in all), Solid (2.0 or 4.0), else Marginal; where a season''s WAR is not known Solid from 1500 PA or 1350 outs, else Marginal. While the window is open is_success, success_tier and tier_basis are NULL; totals are those to date.
peak_war: NULL without an appearance; peak_war and cumulative_war: NULL when the WAR of a season with an appearance is. total_innings_pitched is a true decimal (16 outs = 5.3). mlb_debut_date, years_to_mlb: NULL when not reached by the end of the window; reached_mlb: NULL while the window is open and he has not.
config: JSON object of thresholds, all >= 0: min_pa, min_outs, star_peak_war, star_cumulative_war, solid_peak_war, solid_cumulative_war, solid_fallback_pa, solid_fallback_outs (NULL: none given). prospect_ids: only those (NULL: all).
No row when prospect_year is NULL. Reads with the caller''s privileges and row security. Errors: 22023 a year outside 1870 to 2200, evaluation_year <= prospect_year, an unknown key or a wrong value in config; 22003 a total fits no integer; 42501.';

CREATE FUNCTION dynasty.derive_label(
    prospect_id integer,
    prospect_year integer,
    evaluation_year integer DEFAULT NULL,
    data_through_year integer DEFAULT NULL,
    config jsonb DEFAULT '{}'
) RETURNS TABLE (
    prospect_id integer,
    prospect_year integer,
    evaluation_year integer,
    years_to_evaluate integer,
    reached_mlb boolean,
    mlb_debut_date date,
    years_to_mlb integer,
    total_pa integer,
    total_games integer,
    total_innings_pitched numeric,
    peak_war numeric,
    cumulative_war numeric,
    is_success boolean,
    success_tier character varying,
    total_outs_pitched integer,
    tier_basis character varying,
    window_complete boolean
) LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 COST 1000 SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT * FROM dynasty.derive_labels($2, $3, $4, $5, ARRAY[$1])
$fn$;
COMMENT ON FUNCTION dynasty.derive_label(integer, integer, integer, integer, jsonb) IS
'What became of one prospect in the window after prospect_year: the row of dynasty.derive_labels, where the columns, NULL rules, config keys and errors are described. No row for an unknown prospect, or when prospect_id or prospect_year is NULL.';

CREATE FUNCTION dynasty.refresh_labels(
    prospect_year integer,
    evaluation_year integer DEFAULT NULL,
    data_through_year integer DEFAULT NULL,
    config jsonb DEFAULT '{}',
    prospect_ids integer[] DEFAULT NULL
) RETURNS bigint LANGUAGE c VOLATILE PARALLEL UNSAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'refresh_labels_wrapper';
COMMENT ON FUNCTION dynasty.refresh_labels(integer, integer, integer, jsonb, integer[]) IS
'Writes the rows of dynasty.derive_labels with the same arguments into dynasty.ml_labels, by (prospect_id, prospect_year, evaluation_year), and returns how many were new or changed. Rows whose values did not change keep created_at and updated_at and are not written. 0 when prospect_year is NULL.
Needs SELECT on prospects, mlb_stats and ml_labels, INSERT and UPDATE on ml_labels (42501). Errors: those of derive_labels; 22003 also when innings or WAR fit no column of ml_labels; 25006 in a read-only transaction.';
