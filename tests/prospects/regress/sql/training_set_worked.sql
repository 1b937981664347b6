-- Who has a row, with what label and weight: worked by hand. As of 2015, 2016 and 2017; windows of two seasons; results through 2019.
INSERT INTO dynasty.prospects (id, name, position, draft_year)
SELECT ord, name, 'SS', CASE name WHEN 'drafted 2016' THEN 2016 END
FROM unnest('{plays 2015 to 2017,played 2014,first seen 2017,drafted 2016,listed 2016,listed late,advanced line 2015,exhibition only,misdated,nobody yet,
regular since 2015,cup of coffee 2016,majors only 2017,in majors without playing}'::text[]) WITH ORDINALITY u (name, ord);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_type, plate_appearances, at_bats, hits) VALUES
    (1, '2015-06-01', 2015, 'A', 'Regular', 4, 4, 1), (1, '2017-06-01', 2017, 'AA', 'Regular', 4, 4, 1),
    (2, '2014-06-01', 2014, 'A', NULL, 4, 4, 1), (3, '2017-06-01', 2017, 'A', 'Regular', 4, 4, 1),
    (8, '2016-06-01', 2016, 'A', 'Spring', 4, 4, 1), (9, '2017-01-01', 2016, 'A', 'Regular', 4, 4, 1), (10, '2018-06-01', 2018, 'A', 'Regular', 4, 4, 1);
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) VALUES
    (5, 'fangraphs', 2016, '2016-02-01', 50), (6, 'fangraphs', 2016, '2017-02-01', 50);
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus) VALUES (7, 2015, 'A', 120);
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, outs_pitched, war) VALUES
    (1, 2018, 100, 400, NULL, 1.0), (1, 2019, 100, 400, NULL, 1.5), (11, 2015, 100, 131, NULL, 1.0), (11, 2016, 150, 600, NULL, 2.0),
    (12, 2016, 10, 130, 150, 0.1), (13, 2017, 1, 1, NULL, 0.0), (14, 2016, 0, 0, NULL, NULL), (5, 2019, 40, 0, 300, 4.0);
SELECT p.name,
       (SELECT array_agg(t.as_of_year ORDER BY t.as_of_year) FROM dynasty.population('{2015,2016,2017}') t WHERE t.prospect_id = p.id) AS prospects,
       (SELECT array_agg(t.as_of_year ORDER BY t.as_of_year) FROM dynasty.population('{2015,2016,2017}', 'known') t WHERE t.prospect_id = p.id) AS known,
       (SELECT array_agg(t.as_of_year ORDER BY t.as_of_year) FROM dynasty.population('{2015,2016,2017}', 'active') t WHERE t.prospect_id = p.id) AS active,
       (SELECT array_agg(t.as_of_year ORDER BY t.as_of_year) FROM dynasty.population('{2015,2016,2017}', 'all') t WHERE t.prospect_id = p.id) AS "all"
FROM dynasty.prospects p ORDER BY p.id;
SELECT t.prospect_id AS id, t.as_of_year, t.evaluation_year, t.is_success AS ok, t.success_tier AS tier, t.weight, t.split, cardinality(t.feature_values) AS n
FROM dynasty.training_set('{2017,2015,2016,2015}', 2, test_share => 0, population => 'known') t;
-- How far each had come.
SELECT t.prospect_id AS id, t.as_of_year, t.status FROM dynasty.population('{2015,2016,2017}', 'known') t WHERE t.status <> 'never debuted';
-- The same people, by every population.
SELECT p.kind, count(*) AS rows, (SELECT count(*) FROM dynasty.population('{2015,2016,2017}', p.kind)) AS members, round(sum(t.weight)::numeric, 9) AS weight, count(DISTINCT t.prospect_id) AS people
FROM unnest('{prospects,known,active,all}'::text[]) p (kind) CROSS JOIN LATERAL dynasty.training_set('{2015,2016,2017}', 2, population => p.kind, test_share => 0) t GROUP BY 1 ORDER BY 1;
-- Features are those of feature_matrix, labels those of derive_labels, bit for bit.
SELECT count(*) AS rows, count(*) FILTER (WHERE array_send(t.feature_values) IS DISTINCT FROM array_send(m.feature_values)) AS other_features,
       count(*) FILTER (WHERE (t.is_success, t.success_tier) IS DISTINCT FROM (l.is_success, l.success_tier::text)) AS other_labels
FROM dynasty.training_set('{2015,2016,2017}', 2, population => 'all') t
LEFT JOIN (SELECT y, m.* FROM generate_series(2015, 2017) y CROSS JOIN LATERAL dynasty.feature_matrix(y) m) m ON m.y = t.as_of_year AND m.prospect_id = t.prospect_id
LEFT JOIN (SELECT l.* FROM generate_series(2015, 2017) y CROSS JOIN LATERAL dynasty.derive_labels(y, y + 2) l) l ON l.prospect_year = t.as_of_year AND l.prospect_id = t.prospect_id;
-- Some prospects only: the same rows.
SELECT count(*) AS rows, count(*) FILTER (WHERE array_send(a.feature_values) <> array_send(b.feature_values) OR a.weight <> b.weight OR a.split <> b.split) AS different
FROM dynasty.training_set('{2015,2016,2017}', 2, prospect_ids => '{1,12,NULL,99,12}', population => 'known') a
JOIN dynasty.training_set('{2015,2016,2017}', 2, population => 'known') b USING (prospect_id, as_of_year);
-- Other thresholds, another window.
SELECT t.as_of_year, t.evaluation_year, t.is_success, t.success_tier FROM dynasty.training_set('{2015,2016}', 3, config => '{"min_pa": 900, "min_outs": 300}', prospect_ids => '{1,5}') t;
