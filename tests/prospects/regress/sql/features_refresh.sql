-- refresh_features(): ml_features becomes what all_features() says; only rows whose values changed are written.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(120, 2019, 2022, 11);
CREATE VIEW differ AS
SELECT count(*) FROM dynasty.all_features(2021) a FULL JOIN (SELECT * FROM dynasty.ml_features WHERE as_of_year = 2021 AND feature_set_version = 'v1.0') f
    USING (prospect_id)
WHERE (a.bio_features, a.scouting_features, a.milb_performance, a.milb_progression, a.milb_consistency, a.derived_features, a.feature_vector, a.feature_values)
    IS DISTINCT FROM
      (f.bio_features, f.scouting_features, f.milb_performance, f.milb_progression, f.milb_consistency, f.derived_features, f.feature_vector, f.feature_values);

SELECT dynasty.refresh_features(2021) AS written;
TABLE differ;
SELECT dynasty.refresh_features(2021) AS written_again;

-- One prospect's game changes: his row and those whose comparison with the level moved are written, nobody else's.
UPDATE dynasty.ml_features SET created_at = '2000-01-01', updated_at = '2000-01-01';
CREATE TABLE before AS SELECT prospect_id, feature_values FROM dynasty.ml_features;
SELECT prospect_id AS who FROM dynasty.milb_game_logs WHERE season = 2021 AND hits > 0 ORDER BY id LIMIT 1 \gset
UPDATE dynasty.milb_game_logs SET hits = hits + 1, at_bats = at_bats + 1, plate_appearances = plate_appearances + 1
WHERE id = (SELECT min(id) FROM dynasty.milb_game_logs WHERE season = 2021 AND hits > 0 AND prospect_id = :who);
SELECT dynasty.refresh_features(2021, 'v1.0', ARRAY[:who]) AS written_for_him;
SELECT dynasty.refresh_features(2021) BETWEEN 1 AND 119 AS written_for_others;
TABLE differ;
SELECT count(*) AS wrongly_dated FROM dynasty.ml_features f JOIN before b USING (prospect_id)
WHERE (f.feature_values IS DISTINCT FROM b.feature_values) <> (f.updated_at > '2000-01-01') OR f.created_at <> '2000-01-01';

-- Named prospects; ids nobody has; NULLs.
DELETE FROM dynasty.ml_features;
SELECT dynasty.refresh_features(2021, 'v1.0', ARRAY[:who, -1, NULL, :who]) AS one, dynasty.refresh_features(2021, 'v1.0', '{}') AS none,
       dynasty.refresh_features(NULL) AS no_year, dynasty.refresh_features(2021, NULL) AS no_version;
SELECT count(*) FROM dynasty.ml_features;
-- Years live side by side.
SELECT dynasty.refresh_features(2020) AS y2020, dynasty.refresh_features(2021) AS y2021;
SELECT as_of_year, count(*) FROM dynasty.ml_features GROUP BY 1 ORDER BY 1;
-- A prospect who goes takes his vectors along.
DELETE FROM dynasty.prospects WHERE id = :who;
SELECT count(*) AS his FROM dynasty.ml_features WHERE prospect_id = :who;

-- What it may not.
CREATE FUNCTION refused(q text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'SELECT ' || q;
    RETURN 'not refused';
EXCEPTION WHEN others THEN
    RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
SELECT refused('dynasty.refresh_features(1899)'), refused('dynasty.refresh_features(2021, ''v2'')');
BEGIN READ ONLY;
SELECT refused('dynasty.refresh_features(2021)');
ROLLBACK;
CREATE ROLE regress_features_reader;
GRANT USAGE ON SCHEMA dynasty TO regress_features_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO regress_features_reader;
SET ROLE regress_features_reader;
SELECT refused('dynasty.refresh_features(2021)');
RESET ROLE;
DROP OWNED BY regress_features_reader;
DROP ROLE regress_features_reader;
