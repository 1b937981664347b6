-- A list issued after the year's end does not displace the one that was known then, whoever writes it and in whatever order.
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, mlb_id, name, position)
SELECT g, g, 'Prospect ' || g, CASE WHEN g % 2 = 0 THEN 'SS' ELSE 'SP' END FROM generate_series(1, 9) g;
CREATE FUNCTION pg_temp.value(prospect integer, feature text DEFAULT 'future_value') RETURNS TABLE (as_of text, value text) LANGUAGE sql AS $$
    SELECT string_agg(y::text, ' ' ORDER BY y), string_agg(coalesce((SELECT feature_vector ->> feature FROM dynasty.prospect_features(prospect, y)), '-'), ' ' ORDER BY y)
    FROM generate_series(2021, 2024) y
$$;
CREATE FUNCTION pg_temp.load(prospect integer, list text, recorded date, more text DEFAULT '') RETURNS text LANGUAGE sql AS $$
    SELECT format('inserted %s, updated %s, unchanged %s, rejected %s', inserted, updated, unchanged, rejected)
    FROM dynasty.ingest_scouting(format('[{"mlb_id": %s, "FV": "%s"%s}]', prospect, list, more)::jsonb, 'fangraphs', 2022, recorded)
$$;

\echo the loader: in the order of the lists, and the other way round
SELECT pg_temp.load(1, '60', '2022-10-10'), pg_temp.load(2, '45', '2024-02-20');
SELECT pg_temp.load(1, '50', '2023-02-20'), pg_temp.load(2, '50', '2023-02-20');
SELECT pg_temp.load(1, '45', '2024-02-20'), pg_temp.load(2, '60', '2022-10-10');
SELECT * FROM pg_temp.value(1) UNION ALL SELECT * FROM pg_temp.value(2);
\echo once more: nothing changes; a row that completes the edition of its date does
SELECT pg_temp.load(1, '60', '2022-10-10'), pg_temp.load(2, '60', '2022-10-10');
SELECT pg_temp.load(1, '60', '2022-10-10', ', "Hit": "40 / 55"'), pg_temp.load(2, '65', '2022-10-10');
SELECT * FROM pg_temp.value(1, 'hit_future') UNION ALL SELECT * FROM pg_temp.value(2);
SELECT prospect_id, source, ranking_year, date_recorded, future_value, hit_present, hit_future, grade_id IS NULL AS never_current
FROM dynasty.scouting_editions ORDER BY prospect_id, date_recorded;
SELECT prospect_id, date_recorded, future_value FROM dynasty.scouting_grades ORDER BY 1;

\echo within the year the later list counts alone
SELECT pg_temp.load(3, '40', '2022-02-01', ', "Hit": "30 / 40"'), pg_temp.load(3, '55', '2022-10-10');
SELECT * FROM pg_temp.value(3) UNION ALL SELECT * FROM pg_temp.value(3, 'hit_future');

\echo lists of several dates in one payload, in no order; what is wrong is rejected and nothing else
SELECT received, inserted, updated, unchanged, rejected FROM dynasty.ingest_scouting('[
    {"mlb_id": 4, "FV": "50", "date_recorded": "2023-03-01"}, {"mlb_id": 4, "FV": "60", "date_recorded": "2022-03-01"},
    {"mlb_id": 4, "FV": "45", "date_recorded": "2024-03-01"}, {"mlb_id": 4, "FV": "40", "date_recorded": "2024-03-01"},
    {"mlb_id": 1, "FV": "70", "date_recorded": "2022-12-31"}, {"mlb_id": 1, "FV": "45", "date_recorded": "2024-02-20"},
    {"mlb_id": 5, "FV": "50", "date_recorded": "1500-01-01"}]', 'fangraphs', 2022, '2022-01-01');
SELECT * FROM pg_temp.value(4) UNION ALL SELECT * FROM pg_temp.value(1);

\echo plain SQL: UPDATE, ON CONFLICT, MERGE; a correction of the same date is one, and so is an earlier date
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value, scouting_report)
SELECT g, 'fangraphs', 2022, '2022-10-10', 60, 'as it was' FROM generate_series(5, 8) g;
UPDATE dynasty.scouting_grades SET future_value = 50, date_recorded = '2023-02-20', scouting_report = NULL WHERE prospect_id = 5;
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) VALUES (6, 'fangraphs', 2022, '2023-02-20', 50)
ON CONFLICT (prospect_id, source, ranking_year) DO UPDATE SET future_value = excluded.future_value, date_recorded = excluded.date_recorded;
CREATE TABLE incoming (LIKE dynasty.scouting_grades);
ALTER TABLE incoming ALTER id DROP NOT NULL;
COPY incoming (prospect_id, source, ranking_year, date_recorded, future_value) FROM stdin (FORMAT csv);
7,fangraphs,2022,2023-02-20,50
\.
MERGE INTO dynasty.scouting_grades g USING incoming i ON g.prospect_id = i.prospect_id AND g.source = i.source AND g.ranking_year = i.ranking_year
WHEN MATCHED THEN UPDATE SET future_value = i.future_value, date_recorded = i.date_recorded;
UPDATE dynasty.scouting_grades SET future_value = 35 WHERE prospect_id = 8;
UPDATE dynasty.scouting_grades SET future_value = 40, date_recorded = '2022-10-09' WHERE prospect_id = 8;
SELECT p.id, v.* FROM generate_series(5, 8) p (id), pg_temp.value(p.id) v;
SELECT prospect_id, scouting_report FROM dynasty.scouting_editions WHERE prospect_id BETWEEN 5 AND 8 ORDER BY 1;
\echo COPY of editions themselves
COPY dynasty.scouting_editions (prospect_id, source, ranking_year, date_recorded, future_value) FROM stdin (FORMAT csv);
8,fangraphs,2022,2022-01-15,80
8,fangraphs,2021,2021-01-15,75
\.
SELECT * FROM pg_temp.value(8);
\echo another source, another year, a moved or deleted row is no edition; what was kept stays when the later list goes
INSERT INTO dynasty.scouting_grades (id, prospect_id, source, ranking_year, date_recorded, future_value)
VALUES (101, 9, 'a', 2022, '2022-10-10', 60), (102, 9, 'b', 2022, '2022-10-10', 55), (103, 9, 'c', 2022, '2022-10-10', 50);
UPDATE dynasty.scouting_grades SET source = 'aa', date_recorded = '2023-01-01' WHERE id = 101;
UPDATE dynasty.scouting_grades SET ranking_year = 2023, date_recorded = '2023-01-01' WHERE id = 102;
DELETE FROM dynasty.scouting_grades WHERE id = 103;
SELECT count(*) AS editions FROM dynasty.scouting_editions WHERE prospect_id = 9;
SELECT * FROM pg_temp.value(9);
DELETE FROM dynasty.scouting_grades WHERE prospect_id = 5;
SELECT * FROM pg_temp.value(5);
\echo an earlier list that takes the place and is displaced again: what stood there last counts
SELECT pg_temp.load(5, '65', '2022-10-10'), pg_temp.load(5, '50', '2023-02-20');
SELECT * FROM pg_temp.value(5);
SELECT future_value FROM dynasty.scouting_editions WHERE prospect_id = 5 ORDER BY id;
\echo whoever writes needs no right on the editions, and no history need be kept
CREATE ROLE writer_of_grades;
GRANT USAGE ON SCHEMA dynasty TO writer_of_grades;
GRANT SELECT, UPDATE ON dynasty.scouting_grades TO writer_of_grades;
SET dynasty.game_log_history = off;
SET ROLE writer_of_grades;
UPDATE dynasty.scouting_grades SET date_recorded = '2024-12-31', future_value = 30 WHERE prospect_id = 6;
UPDATE dynasty.scouting_editions SET future_value = 80;
RESET ROLE;
SELECT count(*) AS history FROM dynasty.scouting_grades_history WHERE future_value = 50 AND prospect_id = 6;
RESET dynasty.game_log_history;
DROP OWNED BY writer_of_grades;
DROP ROLE writer_of_grades;
SELECT * FROM pg_temp.value(6);

\echo all forms agree, and what is stored follows
SELECT y, count(*) FILTER (WHERE a.feature_vector IS DISTINCT FROM p.feature_vector OR a.feature_values IS DISTINCT FROM m.feature_values OR t.feature_values IS DISTINCT FROM m.feature_values) AS differ
FROM generate_series(2021, 2024) y, dynasty.all_features(y) a, dynasty.prospect_features(a.prospect_id, y) p,
     dynasty.feature_matrix(y, prospect_ids => ARRAY[a.prospect_id]) m, dynasty.feature_matrix(y) t
WHERE m.prospect_id = a.prospect_id AND t.prospect_id = a.prospect_id GROUP BY y ORDER BY y;
SELECT dynasty.refresh_features(2022) AS written;
SELECT pg_temp.load(7, '20', '2024-07-01');
SELECT prospect_id, reason FROM dynasty.stale_features(2022);
SELECT dynasty.refresh_stale_features(2022) AS written;
SELECT count(*) AS left FROM dynasty.stale_features(2022);
UPDATE dynasty.scouting_editions SET future_value = 75 WHERE prospect_id = 7 AND date_recorded = '2022-10-10';
SELECT prospect_id, reason FROM dynasty.stale_features(2022);
SELECT dynasty.refresh_stale_features(2022) AS written;
SELECT count(*) FILTER (WHERE f.feature_values IS DISTINCT FROM m.feature_values) AS differ
FROM dynasty.feature_matrix(2022) m JOIN dynasty.ml_features f USING (prospect_id) WHERE f.as_of_year = 2022;
SELECT dynasty.data_marks() -> 'scouting_editions' ->> 'rows' = (SELECT count(*)::text FROM dynasty.scouting_editions) AS in_the_marks;
SELECT value, inputs FROM dynasty.explain_feature(7, 2022, 'future_value');
\echo editions go with their player
DELETE FROM dynasty.prospects WHERE id = 7;
SELECT count(*) FROM dynasty.scouting_editions WHERE prospect_id = 7;
