-- Views of stored vectors and models, beside those of quality.sql. DROP EXTENSION ... CASCADE takes feature_freshness, which calls a function of
-- the extension, and duplicate_prospects (identity/duplicates.sql); dynasty.install() makes them again.

CREATE FUNCTION dynasty._make_views() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := dynasty._make_quality_views() || dynasty._make_identity_views();
BEGIN
    IF dynasty._missing('dynasty.feature_freshness'::text) THEN
        CREATE VIEW dynasty.feature_freshness WITH (security_invoker = true) AS
        SELECT f.as_of_year, f.feature_set_version, f.prospect_id, f.updated_at,
               (f.inputs_stamp, f.norms_stamp) IS NOT DISTINCT FROM (s.inputs_stamp, s.norms_stamp) AS is_fresh,
               CASE WHEN f.inputs_stamp IS DISTINCT FROM s.inputs_stamp THEN 'inputs'
                    WHEN f.norms_stamp IS DISTINCT FROM s.norms_stamp THEN 'norms' END AS reason
        FROM (SELECT DISTINCT y.as_of_year FROM dynasty.ml_features y) years
        CROSS JOIN LATERAL dynasty.feature_stamps(years.as_of_year) s
        JOIN dynasty.ml_features f ON f.as_of_year = years.as_of_year AND f.prospect_id = s.prospect_id;
        COMMENT ON VIEW dynasty.feature_freshness IS 'Which stored vectors are older than what they were computed from, told by stamps without computing any. Reads with the rights of the caller.';
        COMMENT ON COLUMN dynasty.feature_freshness.as_of_year IS 'Year of the vector.';
        COMMENT ON COLUMN dynasty.feature_freshness.feature_set_version IS 'Its feature set.';
        COMMENT ON COLUMN dynasty.feature_freshness.prospect_id IS 'The player.';
        COMMENT ON COLUMN dynasty.feature_freshness.updated_at IS 'When its values last changed.';
        COMMENT ON COLUMN dynasty.feature_freshness.is_fresh IS 'Whether nothing it was computed from has changed.';
        COMMENT ON COLUMN dynasty.feature_freshness.reason IS 'inputs: his own rows changed. norms: only games of others at his levels. NULL = fresh.';
        made := made || 'dynasty.feature_freshness'::text;
    END IF;
    IF dynasty._missing('dynasty.model_list'::text) THEN
        -- dynasty.ml_models without the documents, which are megabytes that psql would print.
        CREATE VIEW dynasty.model_list WITH (security_invoker = true) AS
        SELECT m.name || ':' || m.version AS model,
               NOT EXISTS (SELECT FROM dynasty.ml_models n WHERE n.name = m.name AND n.id > m.id) AS is_newest,
               m.kind, m.target, m.feature_set_version, cardinality(m.feature_names) AS features,
               m.calibration IS NOT NULL AS is_calibrated, s.as_of_years, s.years_to_evaluate, s.train_rows,
               f.brier, f.log_loss, f.auc, m.created_by, m.created_at
        FROM dynasty.ml_models m
        LEFT JOIN dynasty.training_sets s ON s.digest = m.training_digest
        -- Figures of held-out rows as train_model() writes them, or at the top of whatever somebody has registered.
        CROSS JOIN LATERAL (
            SELECT max(v.value) FILTER (WHERE v.figure = 'brier') AS brier, max(v.value) FILTER (WHERE v.figure = 'log_loss') AS log_loss,
                   max(v.value) FILTER (WHERE v.figure = 'auc') AS auc
            FROM (SELECT q.figure, CASE jsonb_typeof(q.given) WHEN 'number' THEN q.given::numeric::double precision END AS value
                  FROM (SELECT x.figure, coalesce(m.metrics #> ARRAY['held_out', x.figure], m.metrics -> x.figure) AS given
                        FROM unnest('{brier,log_loss,auc}'::text[]) x (figure)) q) v) f;
        COMMENT ON VIEW dynasty.model_list IS 'The registered models, without their documents: what each is, what it was trained on and how good it was said to be. Reads with the caller''s rights.';
        COMMENT ON COLUMN dynasty.model_list.model IS 'name:version.';
        COMMENT ON COLUMN dynasty.model_list.is_newest IS 'Whether the name alone means this version.';
        COMMENT ON COLUMN dynasty.model_list.kind IS 'xgboost, lightgbm or linear.';
        COMMENT ON COLUMN dynasty.model_list.target IS 'success, tier or value.';
        COMMENT ON COLUMN dynasty.model_list.feature_set_version IS 'The set its features are found in. NULL = features of its own.';
        COMMENT ON COLUMN dynasty.model_list.features IS 'How many features it has.';
        COMMENT ON COLUMN dynasty.model_list.is_calibrated IS 'Whether a calibration is on top of it.';
        COMMENT ON COLUMN dynasty.model_list.as_of_years IS 'Years of its training set. NULL = not recorded.';
        COMMENT ON COLUMN dynasty.model_list.years_to_evaluate IS 'Seasons that its labels look ahead. NULL = not recorded.';
        COMMENT ON COLUMN dynasty.model_list.train_rows IS 'Rows it learnt from. NULL = not recorded.';
        COMMENT ON COLUMN dynasty.model_list.brier IS 'Brier score in its metrics (of held-out rows, if train_model made it). NULL = not given.';
        COMMENT ON COLUMN dynasty.model_list.log_loss IS 'Log loss in its metrics, likewise. NULL = not given.';
        COMMENT ON COLUMN dynasty.model_list.auc IS 'AUC in its metrics, likewise. NULL = not given.';
        COMMENT ON COLUMN dynasty.model_list.created_by IS 'Who registered it.';
        COMMENT ON COLUMN dynasty.model_list.created_at IS 'When it was registered.';
        made := made || 'dynasty.model_list'::text;
    END IF;
    IF dynasty._missing('dynasty.model_freshness'::text) THEN
        CREATE VIEW dynasty.model_freshness WITH (security_invoker = true) AS
        SELECT m.name || ':' || m.version AS model, m.created_at, m.training_digest, s.data_through_year AS trained_through,
               w.data_through_year AS results_through, p.last_as_of_year, p.last_prediction_date, p.predictions,
               g.last_season AS games_through,
               CASE WHEN s.data_through_year < w.data_through_year THEN 'results of newer seasons to learn from'
                    WHEN p.last_as_of_year IS NULL THEN 'no predictions yet'
                    WHEN p.last_as_of_year < g.last_season THEN 'games of a newer season to predict from' END AS reason
        FROM dynasty.ml_models m
        LEFT JOIN dynasty.training_sets s ON s.digest = m.training_digest
        LEFT JOIN LATERAL (
            SELECT max(q.year) AS last_as_of_year, max(q.prediction_date) AS last_prediction_date,
                   count(*) FILTER (WHERE q.year = q.last_year) AS predictions
            FROM (SELECT y.year, r.prediction_date, max(y.year) OVER () AS last_year
                  FROM dynasty.ml_predictions r
                  CROSS JOIN LATERAL (SELECT coalesce(r.as_of_year, extract(year FROM r.prediction_date)::integer) AS year) y
                  WHERE r.model_version = m.name || ':' || m.version) q) p ON true
        CROSS JOIN (SELECT max(x.season) AS last_season FROM dynasty.milb_season_stats x) g
        CROSS JOIN dynasty.label_window(2000) w;
        COMMENT ON VIEW dynasty.model_freshness IS 'Per registered model: what it was trained on and last used for, and why it should be trained or used again. Reads with the caller''s rights.';
        COMMENT ON COLUMN dynasty.model_freshness.model IS 'name:version.';
        COMMENT ON COLUMN dynasty.model_freshness.created_at IS 'When it was registered.';
        COMMENT ON COLUMN dynasty.model_freshness.training_digest IS 'Digest of its training set. NULL = not known.';
        COMMENT ON COLUMN dynasty.model_freshness.trained_through IS 'Last season whose results its training set knew. NULL = not recorded.';
        COMMENT ON COLUMN dynasty.model_freshness.results_through IS 'Last season whose results are known now. NULL = none.';
        COMMENT ON COLUMN dynasty.model_freshness.last_as_of_year IS 'Latest year it has predictions for. NULL = none.';
        COMMENT ON COLUMN dynasty.model_freshness.last_prediction_date IS 'Date of its latest prediction. NULL = none.';
        COMMENT ON COLUMN dynasty.model_freshness.predictions IS 'Its predictions for that year.';
        COMMENT ON COLUMN dynasty.model_freshness.games_through IS 'Latest season with games. NULL = none.';
        COMMENT ON COLUMN dynasty.model_freshness.reason IS 'Why it is no longer fresh. NULL = it is.';
        made := made || 'dynasty.model_freshness'::text;
    END IF;
    RETURN made;
END
$fn$;
