-- Who is held out: by the lot of the prospect, which anybody can draw, or by time.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(300, 2010, 2020, 5);
CREATE FUNCTION pg_temp.lot(seed bigint, id integer) RETURNS float8 LANGUAGE sql AS $$
    SELECT ('x' || left(encode(sha256(convert_to(seed || ':' || id, 'UTF8')), 'hex'), 13))::bit(52)::bigint / 2::float8 ^ 52 $$;
SELECT pg_temp.lot(0, 17); -- Python: int(hashlib.sha256(b"0:17").hexdigest()[:13], 16) / 2**52
SELECT a.seed, a.share, count(*) > 500 AS many, abs(avg((t.split = 'test')::integer) - a.share) < 0.06 AS about_the_share,
       count(*) FILTER (WHERE (pg_temp.lot(a.seed, t.prospect_id) < a.share) <> (t.split = 'test')) AS on_the_wrong_side
FROM (VALUES (0, 0.2), (0, 0.5), (7, 0.2), (-1, 0.9)) a (seed, share)
CROSS JOIN LATERAL dynasty.training_set('{2013,2014,2015}', test_share => a.share, seed => a.seed, population => 'known') t GROUP BY 1, 2 ORDER BY 1, 2;
-- Nobody stands on both sides, and each counts once in his.
SELECT count(*) FILTER (WHERE sides > 1) AS on_both, count(*) FILTER (WHERE abs(weight - 1) > 1e-12) AS not_counted_once
FROM (SELECT count(DISTINCT split) AS sides, sum(weight) AS weight FROM dynasty.training_set('{2012,2013,2014,2015}', population => 'known') GROUP BY prospect_id) t;
-- More years and more people move nobody to the other side.
CREATE TEMP TABLE before AS SELECT DISTINCT prospect_id, split FROM dynasty.training_set('{2014}');
SELECT count(*) FROM dynasty.simulate_league(100, 2010, 2020, 6);
SELECT count(*) AS moved FROM before b JOIN dynasty.training_set('{2013,2014,2015}') t USING (prospect_id) WHERE t.split <> b.split;
-- By time: the latest closed years; each prospect counts once on either side.
SELECT as_of_year, split, count(*) > 50 AS many FROM dynasty.training_set('{2011,2012,2013,2014,2015,2016}', split => 'time', test_share => 0.34) GROUP BY 1, 2 ORDER BY 1;
SELECT as_of_year, split FROM dynasty.training_set('{2014,2015,2016,2017,2018}', split => 'time', include_open => true) GROUP BY 1, 2 ORDER BY 1;
SELECT count(*) FILTER (WHERE abs(weight - 1) > 1e-12) AS not_counted_once
FROM (SELECT sum(weight) AS weight FROM dynasty.training_set('{2012,2013,2014,2015}', split => 'time', test_share => 0.5) GROUP BY prospect_id, split) t;
SELECT count(*) FILTER (WHERE split = 'test') FROM dynasty.training_set('{2012,2013}', split => 'time', test_share => 0);
\set VERBOSITY terse
SELECT count(*) FROM dynasty.training_set('{2012}', split => 'time');
SELECT count(*) FROM dynasty.training_set('{2016,2017,2018}', split => 'time');
