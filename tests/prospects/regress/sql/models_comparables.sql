-- comparable_players: the same role, a similar age, never himself, never a later year, and their outcome.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(200, 2008, 2018, 4);
CREATE TEMP TABLE asked AS SELECT m.prospect_id AS id FROM dynasty.feature_matrix(2016) m JOIN dynasty.prospects p ON p.id = m.prospect_id
WHERE m.feature_values[array_position(dynasty.feature_names(), 'games_total')] > 0;
CREATE TEMP TABLE found AS SELECT a.id, c.* FROM asked a, dynasty.comparable_players(a.id, 2016) c;
-- By default the outcome was known by then: as of 2012 or before.
SELECT count(*) > 100 AS many, count(*) FILTER (WHERE prospect_id = id) AS himself, min(as_of_year), max(as_of_year), count(*) FILTER (WHERE success_tier IS NULL) AS unknown,
       max(rank), bool_and(distance >= 0) AS distances FROM found;
SELECT count(*) AS twice FROM (SELECT FROM found GROUP BY id, prospect_id HAVING count(*) > 1) d;
SELECT count(*) AS other_role FROM found f JOIN dynasty.prospects p ON p.id = f.id JOIN dynasty.prospects q ON q.id = f.prospect_id
WHERE (p.position IN ('P', 'SP', 'RP', 'RHP', 'LHP')) <> (q.position IN ('P', 'SP', 'RP', 'RHP', 'LHP'));
SELECT count(*) AS other_age FROM found f JOIN dynasty.prospects p ON p.id = f.id WHERE abs((date '2016-07-01' - p.birth_date) / 365.25 - f.age) > 1.0;
SELECT count(*) AS out_of_order FROM (SELECT distance < lag(distance) OVER (PARTITION BY id ORDER BY rank) AS wrong FROM found) o WHERE wrong;
-- The outcome is the label's, the name his.
SELECT count(*) AS wrong FROM found f JOIN dynasty.prospects p ON p.id = f.prospect_id, LATERAL dynasty.derive_label(f.prospect_id, f.as_of_year) l
WHERE l.success_tier IS DISTINCT FROM f.success_tier OR p.name <> f.name;
-- Years of one's own choice, open windows among them; other numbers.
SELECT bool_and(as_of_year IN (2015, 2016)) AS as_asked, bool_and(success_tier IS NULL) AS open, max(rank) FROM asked a, dynasty.comparable_players(a.id, 2016, 3, '{2016, 2015, NULL}');
SELECT count(*) FROM asked a, dynasty.comparable_players(a.id, 2016, 0);
SELECT count(*) FROM asked a, dynasty.comparable_players(a.id, 2016, 5, '{}');
-- Nobody to be compared with, and nobody who compares.
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (9001, 'Never Played', 'SS', '1995-01-01');
SELECT count(*) FROM dynasty.comparable_players(9001, 2016);
SELECT count(*) FROM dynasty.comparable_players(9999, 2016);
SELECT count(*) FROM dynasty.comparable_players((SELECT min(id) FROM asked), 2009);
SELECT count(*) FROM dynasty.comparable_players(NULL, 2016);
SELECT * FROM dynasty.comparable_players(1, 2016, 5, '{2017}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.comparable_players(1, 2016, -1);
SELECT * FROM dynasty.comparable_players(1, 2500);
-- predict_all names them.
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [-0.4], "intercept": 8, "impute": [22]}') > 0 AS registered;
SELECT dynasty.predict_all('m', 2016, '2017-01-01') > 0 AS written;
SELECT count(*) AS differ FROM (
    SELECT p.prospect_id, c.text FROM dynasty.ml_predictions p, unnest(p.comparable_players) c (text)
    EXCEPT SELECT id, format('%s (%s, %s, %s)', name, as_of_year, level, success_tier) FROM found) d;
