-- How good predictions turned out to be. All of it compares dynasty.ml_predictions with labels of closed windows.

-- name, name:version, or any model_version that has predictions, as ml_predictions.model_version holds it.
CREATE FUNCTION dynasty.model_version_of(model text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    found_version text;
BEGIN
    IF model IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT m.name || ':' || m.version INTO found_version
    FROM dynasty.ml_models m WHERE m.name = model OR m.name || ':' || m.version = model
    ORDER BY m.id DESC LIMIT 1;
    IF found_version IS NULL AND EXISTS (SELECT FROM dynasty.ml_predictions p WHERE p.model_version = model) THEN
        found_version := model;
    END IF;
    IF found_version IS NULL THEN
        RAISE EXCEPTION 'model "%" does not exist', dynasty._short(model)
            USING ERRCODE = 'undefined_object', DETAIL = 'It is not in dynasty.ml_models and has no predictions.';
    END IF;
    RETURN found_version;
END
$fn$;
COMMENT ON FUNCTION dynasty.model_version_of(text) IS
'What dynasty.ml_predictions.model_version holds for a model: name:version of the newest version of that name, name:version itself, or any other word that has predictions. NULL for NULL. Errors: 42704 no such model; 42501.';

CREATE FUNCTION dynasty.judged_predictions(
    model text,
    as_of_year integer DEFAULT NULL,
    years_to_evaluate integer DEFAULT NULL,
    config jsonb DEFAULT NULL,
    data_through_year integer DEFAULT NULL,
    population text DEFAULT NULL
) RETURNS TABLE (
    as_of_year integer,
    prospect_id integer,
    prediction_date date,
    success_probability numeric,
    predicted_class boolean,
    predicted_tier text,
    is_success boolean,
    success_tier text,
    status text
) LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
-- Nothing tells the planner how many rows its functions return; a nested loop over two of them takes minutes.
SET enable_nestloop = off SET search_path = pg_catalog, pg_temp AS $fn$
    WITH said AS MATERIALIZED (
        -- What the model was trained to say is what it is measured by, unless told.
        SELECT v.model_version, coalesce($3, s.years_to_evaluate, 4) AS years, coalesce($4, s.config, '{}') AS thresholds,
               coalesce($6, s.population, 'prospects') AS population
        FROM (SELECT dynasty.model_version_of($1) AS model_version) v
        LEFT JOIN dynasty.ml_models m ON m.name || ':' || m.version = v.model_version
        LEFT JOIN dynasty.training_sets s ON s.digest = m.training_digest),
    predicted AS MATERIALIZED (
        -- A prospect predicted several times in a year: his last prediction counts.
        SELECT DISTINCT ON (y.year, p.prospect_id) y.year, p.prospect_id, p.prediction_date, p.success_probability, p.predicted_class,
               CASE greatest(p.prob_star, p.prob_solid, p.prob_marginal, p.prob_failed)
                   WHEN p.prob_failed THEN 'Failed' WHEN p.prob_marginal THEN 'Marginal' WHEN p.prob_solid THEN 'Solid'
                   WHEN p.prob_star THEN 'Star' END AS tier
        FROM dynasty.ml_predictions p
        CROSS JOIN LATERAL (SELECT coalesce(p.as_of_year, extract(year FROM p.prediction_date)::integer) AS year) y
        WHERE p.model_version = (SELECT i.model_version FROM said i) AND p.success_probability IS NOT NULL AND ($2 IS NULL OR y.year = $2)
        ORDER BY y.year, p.prospect_id, p.prediction_date DESC),
    -- Somebody nobody had seen by then could not have been predicted, and to predict his failure is no merit.
    members AS MATERIALIZED (
        SELECT m.prospect_id, m.as_of_year, m.status
        FROM said i
        CROSS JOIN LATERAL dynasty.population(ARRAY(
            SELECT DISTINCT q.year
            FROM (SELECT DISTINCT r.year FROM predicted r) q CROSS JOIN LATERAL dynasty.label_window(q.year, q.year + i.years, $5) w
            WHERE w.window_complete AND q.year BETWEEN 1900 AND 2100), i.population) m)
    SELECT p.year, p.prospect_id, p.prediction_date, p.success_probability, p.predicted_class, p.tier, l.is_success, l.success_tier::text, m.status
    FROM said i
    CROSS JOIN (SELECT DISTINCT q.year FROM predicted q) years_of
    CROSS JOIN LATERAL dynasty.derive_labels(years_of.year, years_of.year + i.years, $5, i.thresholds) l
    JOIN predicted p ON p.year = l.prospect_year AND p.prospect_id = l.prospect_id
    JOIN members m ON m.as_of_year = l.prospect_year AND m.prospect_id = l.prospect_id
    WHERE l.is_success IS NOT NULL
    ORDER BY 1, 2
$fn$;
COMMENT ON FUNCTION dynasty.judged_predictions(text, integer, integer, jsonb, integer, text) IS
'The predictions of a model beside what became of the prospects: one row per as_of_year and prospect, ordered so. Only closed windows; of several predictions in one year the latest counts. as_of_year of a prediction: as stored, else the year of prediction_date.
model: as in dynasty.model_version_of. as_of_year: only that year (NULL: all). years_to_evaluate, config: the labels'' window and thresholds as in dynasty.derive_labels (NULL: those of the model''s recorded training set, else 4 and none). data_through_year as in derive_labels. population: only prospects who belonged to it as of the year, as in dynasty.training_set (NULL: that of the training set, else prospects). status: how far he had come in the majors by then, as in dynasty.population.
predicted_tier: the tier of the largest stored probability, of equal ones the lesser tier; NULL: the model predicts no tiers. No row when model is NULL. Errors: 42704 no such model; those of derive_labels; 42501.';

CREATE FUNCTION dynasty.calibration_line(
    probabilities double precision[],
    outcomes boolean[],
    held_off double precision DEFAULT 1e-12
) RETURNS TABLE (slope double precision, intercept double precision)
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 1 COST 10000 AS 'MODULE_PATHNAME', 'calibration_line_wrapper';
COMMENT ON FUNCTION dynasty.calibration_line(double precision[], boolean[], double precision) IS
'Whether probabilities mean what they say: the logistic fit of the outcomes on the log-odds of the probabilities. Slope 1 and intercept 0 are right; a slope below 1: the high ones are too high and the low ones too low, as a model is that has learnt its rows by heart. held_off: how near to 0 and 1 a probability counts (0.0005 where they were rounded to three decimals). NULLs where there is no such line: all probabilities equal, one outcome only, or a value that parts the outcomes. No row for a NULL. Errors: 2202E arrays of different length; 22004 a NULL in them; 22023 what is no probability, held_off not from 0 to below 0.5.';

CREATE FUNCTION dynasty.model_performance(
    model text,
    as_of_year integer DEFAULT NULL,
    years_to_evaluate integer DEFAULT NULL,
    config jsonb DEFAULT NULL,
    data_through_year integer DEFAULT NULL,
    population text DEFAULT NULL,
    by_status boolean DEFAULT false
) RETURNS TABLE (
    as_of_year integer,
    predictions bigint,
    successes bigint,
    success_rate double precision,
    mean_probability double precision,
    brier double precision,
    brier_skill double precision,
    log_loss double precision,
    auc double precision,
    lift_of_top_tenth double precision,
    was_trained_on boolean,
    calibration_slope double precision,
    calibration_intercept double precision,
    status text
) LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp AS $fn$
    WITH judged AS (
        SELECT j.as_of_year, j.prospect_id, j.status, j.success_probability::double precision AS p, j.is_success::integer AS y
        -- A prospect is no regular by definition: to tell them apart everybody who was known is looked at.
        FROM dynasty.judged_predictions($1, $2, $3, $4, $5, coalesce($6, CASE WHEN $7 THEN 'known' END)) j),
    -- Every year by itself and all of them together, and each status in them.
    grouped AS (
        SELECT CASE WHEN of_year.alone THEN j.as_of_year END AS part, CASE WHEN of_status.alone THEN j.status END AS of_status, j.*
        FROM judged j
        CROSS JOIN LATERAL (SELECT true AS alone UNION ALL SELECT false WHERE $2 IS NULL) of_year
        CROSS JOIN LATERAL (SELECT false AS alone UNION ALL SELECT true WHERE $7) of_status),
    ranked AS (
        SELECT g.*,
               rank() OVER lower_first + (count(*) OVER same - 1) / 2.0 AS mid_rank,
               row_number() OVER (PARTITION BY g.part, g.of_status ORDER BY g.p DESC, g.as_of_year, g.prospect_id) AS place,
               count(*) OVER (PARTITION BY g.part, g.of_status) AS n
        FROM grouped g
        WINDOW lower_first AS (PARTITION BY g.part, g.of_status ORDER BY g.p), same AS (PARTITION BY g.part, g.of_status, g.p)),
    measured AS (
        SELECT r.part, r.of_status, count(*) AS n, sum(r.y) AS hits, avg(r.y)::double precision AS rate, avg(r.p) AS mean_p,
               avg((r.p - r.y) ^ 2) AS brier,
               -avg(ln(least(greatest(CASE r.y WHEN 1 THEN r.p ELSE 1 - r.p END, 0.0005), 0.9995))) AS log_loss,
               sum(r.mid_rank) FILTER (WHERE r.y = 1) AS ranks,
               avg(r.y) FILTER (WHERE r.place <= ceil(r.n / 10.0))::double precision AS top_rate,
               array_agg(r.p ORDER BY r.as_of_year, r.prospect_id) AS ps, array_agg(r.y = 1 ORDER BY r.as_of_year, r.prospect_id) AS ys
        FROM ranked r GROUP BY r.part, r.of_status)
    SELECT m.part, m.n, m.hits, m.rate, m.mean_p, m.brier,
           1 - m.brier / nullif(m.rate * (1 - m.rate), 0),
           m.log_loss,
           ((m.ranks - m.hits * (m.hits + 1) / 2.0) / nullif(m.hits * (m.n - m.hits), 0))::double precision,
           m.top_rate / nullif(m.rate, 0),
           (SELECT CASE WHEN m.part IS NULL THEN EXISTS (SELECT FROM judged j WHERE j.as_of_year = ANY (s.as_of_years)) ELSE m.part = ANY (s.as_of_years) END
            FROM dynasty.ml_models r JOIN dynasty.training_sets s ON s.digest = r.training_digest
            WHERE r.name || ':' || r.version = dynasty.model_version_of($1)),
           c.slope, c.intercept, m.of_status
    FROM measured m CROSS JOIN LATERAL dynasty.calibration_line(m.ps, m.ys, 0.0005) c
    ORDER BY m.part NULLS LAST,
             array_position('{never debuted,within rookie limits,beyond rookie limits,established}'::text[], m.of_status) NULLS LAST
$fn$;
COMMENT ON FUNCTION dynasty.model_performance(text, integer, integer, jsonb, integer, text, boolean) IS
'How good a model''s predictions were, one row per as_of_year with closed windows and, for all years, one more with as_of_year NULL. Arguments as in dynasty.judged_predictions. by_status: before each of these rows also one per status that players had reached in the majors by the year (never debuted, within rookie limits, beyond rookie limits, established; dynasty.population), since regulars are easy to foresee and flatter a model; population NULL is then known, of which prospects are a part without regulars.
brier: mean squared distance of the probability from what happened (0 is perfect); brier_skill: 1 - brier / that of always saying success_rate. log_loss: mean of -ln of the probability of what happened; probabilities are stored to 3 decimals, so 0.000 and 1.000 count as 0.0005 and 0.9995, which is scikit-learn''s log_loss of so clipped ones. auc: how often a success had a higher probability than a failure, ties half. lift_of_top_tenth: success rate of the tenth (rounded up) with the highest probabilities over success_rate; ties by year and prospect_id. calibration_slope, calibration_intercept: dynasty.calibration_line() of them, held off 0 and 1 by 0.0005.
was_trained_on: whether the year (or one of them) is in the model''s training set: most of these players it has seen then, and is better than it will be; NULL: the training set is not recorded.
brier_skill, auc, lift and the calibration are NULL when all or none succeeded (lift: none). No row without closed windows or for a NULL model. Errors: as in judged_predictions.';

CREATE FUNCTION dynasty.calibration_table(
    model text,
    as_of_year integer DEFAULT NULL,
    bins integer DEFAULT 10,
    years_to_evaluate integer DEFAULT NULL,
    config jsonb DEFAULT NULL,
    data_through_year integer DEFAULT NULL,
    population text DEFAULT NULL
) RETURNS TABLE (
    bin integer,
    above numeric,
    up_to numeric,
    predictions bigint,
    mean_probability double precision,
    success_rate double precision,
    rate_low double precision,
    rate_high double precision
) LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    z CONSTANT double precision := 1.959963984540054;
BEGIN
    IF bins IS NULL OR bins NOT BETWEEN 1 AND 1000 THEN
        RAISE EXCEPTION 'bins must be between 1 and 1000, not %', coalesce(bins::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT b.bin, round((b.bin - 1)::numeric / bins, 3), round(b.bin::numeric / bins, 3), b.n, b.mean_p, b.rate,
           -- Wilson's interval: it stays between 0 and 1, also for a bin of one.
           (b.rate + z * z / (2 * b.n) - z * sqrt(b.rate * (1 - b.rate) / b.n + z * z / (4.0 * b.n * b.n))) / (1 + z * z / b.n),
           (b.rate + z * z / (2 * b.n) + z * sqrt(b.rate * (1 - b.rate) / b.n + z * z / (4.0 * b.n * b.n))) / (1 + z * z / b.n)
    FROM (SELECT greatest(1, ceil(j.success_probability * bins))::integer AS bin, count(*) AS n,
                 avg(j.success_probability)::double precision AS mean_p, avg(j.is_success::integer)::double precision AS rate
          FROM dynasty.judged_predictions($1, $2, $4, $5, $6, $7) j GROUP BY 1) b
    ORDER BY 1;
END
$fn$;
COMMENT ON FUNCTION dynasty.calibration_table(text, integer, integer, integer, jsonb, integer, text) IS
'Whether of those with a probability of 30 % about 30 % succeeded: predictions with closed windows in bins of equal width (above < probability <= up_to, the first with 0), one row per bin that has any. rate_low, rate_high: Wilson''s 95 % interval of success_rate; a mean_probability outside of it is off by more than chance. Other arguments as in dynasty.judged_predictions. Errors: 22023 bins not 1 to 1000; those of judged_predictions.';

CREATE FUNCTION dynasty.lift_table(
    model text,
    as_of_year integer DEFAULT NULL,
    groups integer DEFAULT 10,
    years_to_evaluate integer DEFAULT NULL,
    config jsonb DEFAULT NULL,
    data_through_year integer DEFAULT NULL,
    population text DEFAULT NULL
) RETURNS TABLE (
    "group" integer,
    predictions bigint,
    lowest_probability numeric,
    highest_probability numeric,
    successes bigint,
    success_rate double precision,
    lift double precision,
    captured double precision
) LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
BEGIN
    IF groups IS NULL OR groups NOT BETWEEN 1 AND 1000 THEN
        RAISE EXCEPTION 'groups must be between 1 and 1000, not %', coalesce(groups::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT g.part, g.n, g.low, g.high, g.hits, g.hits::double precision / g.n,
           (g.hits::double precision / g.n) / nullif(sum(g.hits) OVER () / sum(g.n) OVER (), 0)::double precision,
           (sum(g.hits) OVER (ORDER BY g.part) / nullif(sum(g.hits) OVER (), 0))::double precision
    FROM (SELECT j.part, count(*) AS n, min(j.success_probability) AS low, max(j.success_probability) AS high,
                 count(*) FILTER (WHERE j.is_success) AS hits
          FROM (SELECT q.*, ntile(groups) OVER (ORDER BY q.success_probability DESC, q.as_of_year, q.prospect_id) AS part
                FROM dynasty.judged_predictions($1, $2, $4, $5, $6, $7) q) j
          GROUP BY j.part) g
    ORDER BY g.part;
END
$fn$;
COMMENT ON FUNCTION dynasty.lift_table(text, integer, integer, integer, jsonb, integer, text) IS
'What the order of the probabilities is worth: predictions with closed windows in groups of equal size, the highest probabilities first (ties by year and prospect_id). lift: success rate of the group over that of all; captured: share of all successes in this group and those before. lift and captured are NULL when nobody succeeded. Other arguments as in dynasty.judged_predictions. Errors: 22023 groups not 1 to 1000; those of judged_predictions.';

CREATE FUNCTION dynasty.tier_confusion(
    model text,
    as_of_year integer DEFAULT NULL,
    years_to_evaluate integer DEFAULT NULL,
    config jsonb DEFAULT NULL,
    data_through_year integer DEFAULT NULL,
    population text DEFAULT NULL
) RETURNS TABLE (
    actual_tier text,
    predictions bigint,
    mean_probability double precision,
    called_success bigint,
    called_failure bigint,
    predicted_star bigint,
    predicted_solid bigint,
    predicted_marginal bigint,
    predicted_failed bigint
) LANGUAGE sql STABLE PARALLEL SAFE ROWS 4 SET search_path = pg_catalog, pg_temp AS $fn$
    WITH judged AS (SELECT * FROM dynasty.judged_predictions($1, $2, $3, $4, $5, $6))
    SELECT t.tier, count(j.prospect_id), avg(j.success_probability)::double precision,
           count(*) FILTER (WHERE j.predicted_class), count(*) FILTER (WHERE NOT j.predicted_class),
           CASE WHEN bool_or(p.tiers) THEN count(*) FILTER (WHERE j.predicted_tier = 'Star') END,
           CASE WHEN bool_or(p.tiers) THEN count(*) FILTER (WHERE j.predicted_tier = 'Solid') END,
           CASE WHEN bool_or(p.tiers) THEN count(*) FILTER (WHERE j.predicted_tier = 'Marginal') END,
           CASE WHEN bool_or(p.tiers) THEN count(*) FILTER (WHERE j.predicted_tier = 'Failed') END
    FROM unnest('{Star,Solid,Marginal,Failed}'::text[]) WITH ORDINALITY t (tier, ord)
    CROSS JOIN (SELECT bool_or(q.predicted_tier IS NOT NULL) AS tiers, count(*) AS n FROM judged q) p
    LEFT JOIN judged j ON j.success_tier = t.tier
    WHERE p.n > 0
    GROUP BY t.ord, t.tier ORDER BY t.ord
$fn$;
COMMENT ON FUNCTION dynasty.tier_confusion(text, integer, integer, jsonb, integer, text) IS
'What the prospects of each tier had been predicted to be: one row per actual tier, best first. mean_probability: of success, NULL for a tier nobody reached. called_success, called_failure: by predicted_class. predicted_star ... predicted_failed: by the largest tier probability; NULL for a model that predicts no tiers. Arguments as in dynasty.judged_predictions. No row without closed windows. Errors: as in judged_predictions.';
