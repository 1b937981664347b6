-- game_features(): what can be told from games alone, as an aggregate; the same values as feature_matrix, to the bit.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(300, 2019, 2022, 5);
CREATE VIEW told AS
SELECT p.id AS prospect_id, dynasty.game_features(2021, p.position, l) AS v
FROM dynasty.prospects p LEFT JOIN dynasty.milb_game_logs l ON l.prospect_id = p.id GROUP BY p.id;

-- Features of which some value is told, and how often a told one differs. What a told feature is NULL for, the matrix is too.
CREATE TABLE compared AS
SELECT n.ordinal, n.name, n.category, a.v[n.ordinal] AS told, m.feature_values[n.ordinal] AS known
FROM dynasty.feature_matrix(2021) m JOIN told a USING (prospect_id), dynasty.feature_catalogue() n;
SELECT count(*) AS features,
       count(*) FILTER (WHERE differ > 0) AS differ
FROM (SELECT name, count(*) FILTER (WHERE told IS DISTINCT FROM known) AS differ
      FROM compared GROUP BY name HAVING bool_or(told IS NOT NULL)) f;
-- Those that are not told read other tables, other people or other columns.
SELECT category, count(*) AS not_told, min(name), max(name) FROM (SELECT category, name FROM compared GROUP BY 1, 2
    HAVING bool_and(told IS NULL) AND bool_or(known IS NOT NULL)) f GROUP BY category ORDER BY category;

-- In a parallel plan, in any order, from the parts of a partitioned table, from a subquery with the columns turned around.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET enable_indexscan = off;
SET enable_bitmapscan = off;
SET enable_sort = off;
CREATE TABLE alone AS SELECT prospect_id, dynasty.game_features(2021, 'SS', l) AS v FROM dynasty.milb_game_logs l GROUP BY 1;
EXPLAIN (COSTS OFF) SELECT prospect_id, dynasty.game_features(2021, 'SS', l) AS v FROM dynasty.milb_game_logs l GROUP BY 1;
SET max_parallel_workers_per_gather = 0;
SELECT count(*) > 100 AS some, count(*) FILTER (WHERE a.v IS DISTINCT FROM b.v) AS differ
FROM alone a FULL JOIN (
    SELECT prospect_id, dynasty.game_features(2021, 'SS', l ORDER BY hashint4(id::integer)) AS v
    FROM dynasty.milb_game_logs l GROUP BY 1) b USING (prospect_id);
CREATE TABLE parts (LIKE dynasty.milb_game_logs) PARTITION BY HASH (prospect_id);
CREATE TABLE part0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE part1 (extra text, LIKE dynasty.milb_game_logs);
ALTER TABLE part1 DROP COLUMN extra;
ALTER TABLE parts ATTACH PARTITION part1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT * FROM dynasty.milb_game_logs;
SET enable_partitionwise_aggregate = on;
SELECT count(*) FILTER (WHERE a.v IS DISTINCT FROM b.v) AS differ
FROM alone a FULL JOIN (SELECT prospect_id, dynasty.game_features(2021, 'SS', l) AS v FROM parts l GROUP BY 1) b USING (prospect_id);
SELECT count(*) FILTER (WHERE a.v IS DISTINCT FROM b.v) AS differ
FROM alone a FULL JOIN (
    SELECT prospect_id, dynasty.game_features(2021, 'SS', l) AS v
    FROM (SELECT 'x' AS extra, * FROM dynasty.milb_game_logs OFFSET 0) l GROUP BY 1) b USING (prospect_id);

-- No rows; a year that is NULL; NULL rows.
SELECT dynasty.game_features(2021, 'SS', l) IS NULL AS none FROM dynasty.milb_game_logs l WHERE false;
SELECT dynasty.game_features(NULL, 'SS', l) IS NULL AS no_year FROM dynasty.milb_game_logs l WHERE prospect_id = (SELECT min(prospect_id) FROM dynasty.milb_game_logs);
SELECT (dynasty.game_features(2021, 'SS', NULL))[ordinal] AS career_pa FROM dynasty.feature_catalogue() WHERE name = 'career_pa' GROUP BY ordinal;

-- What is refused.
CREATE FUNCTION refused(call text, rows text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE hint text;
BEGIN
    EXECUTE format('SELECT %s FROM %s', call, rows);
    RETURN 'not refused';
EXCEPTION WHEN others THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' / ', SQLSTATE || ': ' || regexp_replace(SQLERRM, '[0-9]+ and [0-9]+', '... and ...'), nullif(hint, ''));
END $$;
SELECT refused('dynasty.game_features(2021, ''SS'', l)', '(SELECT id, season FROM dynasty.milb_game_logs) l');
SELECT refused('dynasty.game_features(2021, ''SS'', ROW(1, 2))', 'dynasty.prospects');
ALTER TABLE parts DETACH PARTITION part0;
ALTER TABLE part0 ALTER COLUMN hits TYPE numeric;
SELECT refused('dynasty.game_features(2021, ''SS'', l)', 'part0 l');
SELECT refused('dynasty.game_features(3000, ''SS'', l)', 'dynasty.milb_game_logs l');
SELECT refused('dynasty.game_features(2021, ''SS'', l)', 'dynasty.milb_game_logs l');
SELECT refused('dynasty.game_features(season, ''SS'', l)', 'dynasty.milb_game_logs l GROUP BY prospect_id');
