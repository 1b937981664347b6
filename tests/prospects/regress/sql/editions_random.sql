-- Lists of three sources, issued up to three years late, written in random order by random means, against their reconstruction in
-- plain SQL: of each list the edition last dated by the year's end; of the latest year the first source that has a value.
SET client_min_messages = warning;
SELECT setseed(0.42) \gset
INSERT INTO dynasty.prospects (id, mlb_id, name, position) SELECT g, g, 'Prospect ' || g, 'SS' FROM generate_series(1, 40) g;
CREATE TABLE issued AS
SELECT row_number() OVER (ORDER BY random()) AS n, *, (random() * 3)::integer AS means,
       CASE WHEN random() < 0.8 THEN 20 + 5 * (random() * 12)::integer END AS future_value,
       CASE WHEN random() < 0.6 THEN 20 + 5 * (random() * 12)::integer END AS hit_future
FROM (SELECT DISTINCT p AS prospect_id, s AS source, y AS ranking_year, make_date(y, 1, 1) + (random() * 1200)::integer AS date_recorded
      FROM generate_series(1, 40) p, unnest('{fangraphs,ba,other}'::text[]) s, generate_series(2018, 2021) y, generate_series(1, 3) i
      WHERE random() < 0.5) lists;
SELECT count(*) > 500 AS many FROM issued;
DO $$
DECLARE i record;
BEGIN
    FOR i IN SELECT * FROM issued ORDER BY n LOOP
        -- Plain SQL writes a row only over an older one; what comes late goes where the loader would put it.
        IF i.means = 0 OR EXISTS (SELECT FROM dynasty.scouting_grades g WHERE (g.prospect_id, g.source, g.ranking_year) = (i.prospect_id, i.source, i.ranking_year)
                                  AND g.date_recorded > i.date_recorded) THEN
            PERFORM dynasty.ingest_scouting(jsonb_build_array(jsonb_build_object('prospect_id', i.prospect_id, 'FV', i.future_value, 'hit_future', i.hit_future)),
                                            i.source, i.ranking_year, i.date_recorded);
        ELSE
            INSERT INTO dynasty.scouting_grades AS g (prospect_id, source, ranking_year, date_recorded, future_value, hit_future)
            VALUES (i.prospect_id, i.source, i.ranking_year, i.date_recorded, i.future_value, i.hit_future)
            ON CONFLICT (prospect_id, source, ranking_year) DO UPDATE SET (date_recorded, future_value, hit_future) = ROW (i.date_recorded, i.future_value, i.hit_future);
        END IF;
    END LOOP;
END $$;
CREATE VIEW reconstructed AS
WITH known AS (
    SELECT DISTINCT ON (y.year, i.prospect_id, i.source, i.ranking_year) y.year, i.*
    FROM generate_series(2017, 2026) y (year) JOIN issued i ON i.ranking_year <= y.year AND i.date_recorded <= make_date(y.year, 12, 31)
    ORDER BY y.year, i.prospect_id, i.source, i.ranking_year, i.date_recorded DESC
), latest AS (
    SELECT *, max(ranking_year) OVER (PARTITION BY year, prospect_id) AS last FROM known
)
SELECT year, prospect_id, (array_agg(future_value ORDER BY place) FILTER (WHERE future_value IS NOT NULL))[1] AS future_value,
       (array_agg(hit_future ORDER BY place) FILTER (WHERE hit_future IS NOT NULL))[1] AS hit_future, count(*) AS sources
FROM (SELECT *, array_position('{fangraphs,ba,other}'::text[], source) AS place FROM latest WHERE ranking_year = last) l GROUP BY 1, 2;
SELECT count(*) AS vectors, count(r.year) > 200 AS many_with_grades,
       count(*) FILTER (WHERE (f.feature_vector ->> 'future_value')::float8 IS DISTINCT FROM r.future_value) AS wrong_value,
       count(*) FILTER (WHERE (f.feature_vector ->> 'hit_future')::float8 IS DISTINCT FROM r.hit_future) AS wrong_hit
FROM generate_series(2017, 2026) y (year) CROSS JOIN LATERAL dynasty.all_features(y.year) f
LEFT JOIN reconstructed r ON r.year = y.year AND r.prospect_id = f.prospect_id;
-- One set over all years reads the tables once.
SELECT count(*) FILTER (WHERE t.feature_values IS DISTINCT FROM m.feature_values) AS differ, count(*) > 0 AS some
FROM dynasty.training_set('{2018,2019,2020}', 4, population => 'all', include_open => true) t
JOIN LATERAL dynasty.feature_matrix(t.as_of_year, prospect_ids => ARRAY[t.prospect_id]) m ON true;
-- The row of the table is the latest, and no edition is lost.
SELECT count(*) FILTER (WHERE g.date_recorded <> i.latest) AS not_the_latest FROM dynasty.scouting_grades g
JOIN (SELECT prospect_id, source, ranking_year, max(date_recorded) AS latest FROM issued GROUP BY 1, 2, 3) i USING (prospect_id, source, ranking_year);
SELECT (SELECT count(*) FROM dynasty.scouting_grades) + (SELECT count(*) FROM dynasty.scouting_editions) = (SELECT count(*) FROM issued) AS all_there;
