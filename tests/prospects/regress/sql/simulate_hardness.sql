-- A simulated league is as hard to foresee as a real one: of prospects who played that year and have not been in the majors, the
-- default model tells apart those who will succeed with an AUC of 0.70 to 0.85 in years that it has not seen.
\set VERBOSITY terse
SET client_min_messages = error;

SELECT count(*) FROM dynasty.simulate_league(2000, 2012, 2023, 1);
ANALYZE;
SELECT auc BETWEEN 0.7 AND 0.95 AS held_out, success_rate BETWEEN 0.02 AND 0.2 AS rate FROM dynasty.train_model('hard', '1', as_of_years => '{2013,2014,2015}');
SELECT dynasty.predict_all('hard', y, make_date(y, 12, 31), explain => false) FROM generate_series(2016, 2019) y;

CREATE TABLE judged AS
SELECT p.success_probability AS said, l.is_success AS came,
       (SELECT max(array_position('{Complex,Rookie,A,A+,AA,AAA}', s.level::text)) FROM dynasty.milb_season_stats s WHERE s.prospect_id = p.prospect_id AND s.season = p.as_of_year) AS level
FROM dynasty.ml_predictions p, dynasty.derive_label(p.prospect_id, p.as_of_year) l
WHERE p.model_version = 'hard:1'
  AND EXISTS (SELECT FROM dynasty.milb_game_logs g WHERE g.prospect_id = p.prospect_id AND g.season = p.as_of_year)
  AND NOT EXISTS (SELECT FROM dynasty.mlb_stats m WHERE m.prospect_id = p.prospect_id AND m.season <= p.as_of_year);
CREATE FUNCTION pg_temp.auc(sql text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE answer float8;
BEGIN
    EXECUTE format('SELECT avg(CASE WHEN a.x > b.x THEN 1.0 WHEN a.x = b.x THEN 0.5 ELSE 0.0 END) FROM (SELECT %1$s AS x FROM judged WHERE came) a, (SELECT %1$s AS x FROM judged WHERE NOT came) b', sql) INTO answer;
    RETURN answer;
END $$;

SELECT count(*) > 1000 AS rows, count(*) FILTER (WHERE came) >= 40 AS successes, pg_temp.auc('said') BETWEEN 0.70 AND 0.85 AS in_range,
       -- Where he plays says less than the model.
       pg_temp.auc('level') BETWEEN 0.60 AND pg_temp.auc('said') - 0.005 AS level_alone
FROM judged;
-- Somebody succeeds from the lowest levels, most of those in Triple-A do not, and nobody is sure to.
SELECT level >= 5 AS upper, avg(came::int) > 0 AS some, avg(came::int) < 0.3 AS not_most FROM judged GROUP BY 1 ORDER BY 1;
-- The league is nobody's cliff: the lists grade most of those they name 40 to 45, and few 60 or more.
SELECT avg((future_value BETWEEN 40 AND 45)::int) > 0.6 AS usual, avg((future_value >= 60)::int) < 0.05 AS stars FROM dynasty.scouting_grades WHERE source = 'fangraphs';
