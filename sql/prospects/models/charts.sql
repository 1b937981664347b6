-- Pictures for a terminal.

CREATE FUNCTION dynasty.calibration_chart(
    model text,
    as_of_year integer DEFAULT NULL,
    bins integer DEFAULT 10,
    width integer DEFAULT 50
) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 12 SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    line text;
    b record;
    place integer;
BEGIN
    IF width IS NULL OR width NOT BETWEEN 10 AND 500 THEN
        RAISE EXCEPTION 'width must be between 10 and 500, not %', coalesce(width::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR b IN SELECT * FROM dynasty.calibration_table($1, $2, $3) t ORDER BY t.bin LOOP
        IF line IS NULL THEN
            RETURN NEXT format('%-13s %s %11s', 'probability', rpad('0 %', width - 4) || '100 %', 'predictions');
        END IF;
        line := repeat(' ', width + 1);
        FOR place IN round(b.rate_low * width) .. round(b.rate_high * width) LOOP
            line := overlay(line PLACING '-' FROM place + 1 FOR 1);
        END LOOP;
        line := overlay(line PLACING '|' FROM round(b.mean_probability * width)::integer + 1 FOR 1);
        line := overlay(line PLACING CASE WHEN round(b.mean_probability * width) = round(b.success_rate * width) THEN '@' ELSE 'o' END
                        FROM round(b.success_rate * width)::integer + 1 FOR 1);
        RETURN NEXT format('%s-%s %s %11s', to_char(b.above, '0.000'), ltrim(to_char(b.up_to, '0.000')), line, b.predictions);
    END LOOP;
    IF line IS NOT NULL THEN
        RETURN NEXT '| predicted, o succeeded (@ both), --- 95 % of chance';
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty.calibration_chart(text, integer, integer, integer) IS
'dynasty.calibration_table() as a picture of text lines, width + 27 characters wide: per bin where the mean probability lies (|), where the success rate (o; @ where they coincide) and its 95 % interval (-). No line without closed windows. Errors: 22023 width not 10 to 500; those of calibration_table.';

CREATE FUNCTION dynasty.prediction_history(prospect_id integer, model text DEFAULT NULL)
RETURNS TABLE (
    model_version text,
    as_of_year integer,
    prediction_date date,
    success_probability numeric,
    change numeric,
    confidence_level text
) LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT p.model_version::text, coalesce(p.as_of_year, extract(year FROM p.prediction_date)::integer), p.prediction_date,
           p.success_probability, p.success_probability - lag(p.success_probability) OVER over_time, p.confidence_level::text
    FROM dynasty.ml_predictions p
    WHERE p.prospect_id = $1 AND ($2 IS NULL OR p.model_version = dynasty.model_version_of($2))
    WINDOW over_time AS (PARTITION BY p.model_version ORDER BY coalesce(p.as_of_year, extract(year FROM p.prediction_date)), p.prediction_date)
    ORDER BY 1, 2, 3
$fn$;
COMMENT ON FUNCTION dynasty.prediction_history(integer, text) IS
'What models said about a prospect over time, by model, year and date; change: from the prediction before of the same model, NULL for the first. model: as in dynasty.model_version_of (NULL: all). No row for an unknown prospect. Errors: 42704 no such model; 42501.';

CREATE FUNCTION dynasty.prediction_history_chart(prospect_id integer, model text DEFAULT NULL, width integer DEFAULT 50)
RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 12 SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    of_model text;
    h record;
BEGIN
    IF width IS NULL OR width NOT BETWEEN 10 AND 500 THEN
        RAISE EXCEPTION 'width must be between 10 and 500, not %', coalesce(width::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR h IN SELECT * FROM dynasty.prediction_history($1, $2) t WHERE t.success_probability IS NOT NULL LOOP
        IF of_model IS DISTINCT FROM h.model_version THEN
            of_model := h.model_version;
            RETURN NEXT format('%s, prospect %s', of_model, prospect_id);
        END IF;
        RETURN NEXT format('%s %s %s |%s|%s', h.as_of_year, to_char(h.prediction_date, 'YYYY-MM-DD'), to_char(h.success_probability, '0.000'),
            rpad(repeat('#', round(h.success_probability * width)::integer), width),
            CASE WHEN h.change > 0 THEN ' +' || h.change WHEN h.change < 0 THEN ' ' || h.change ELSE '' END);
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty.prediction_history_chart(integer, text, integer) IS
'dynasty.prediction_history() as text lines: per prediction its year, date, probability, a bar (width characters are 1) and the change. No line without predictions. Errors: 22023 width not 10 to 500; 42704 no such model; 42501.';
