-- Stored vectors are used while they are good: the answers are the same with all, some, old or no rows in ml_features.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(60, 2014, 2018, 6);
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "linear", "feature_names": ["age", "career_ops", "pitch_career_fip", "ops_vs_level"], "coef": [1, 2, 3, 4], "intercept": 0, "impute": [0, 0, 0, 0]}') > 0 AS registered;
CREATE FUNCTION pg_temp.differ() RETURNS TABLE (prospects bigint, differ bigint) LANGUAGE sql AS $$
    SELECT count(*), count(*) FILTER (WHERE m.value IS DISTINCT FROM p.value)
    FROM dynasty.predict_matrix('m', 2018) m, dynasty.predict('m', m.prospect_id, 2018) p $$;
SELECT * FROM pg_temp.differ();
SELECT dynasty.refresh_features(2018) > 0 AS stored;
SELECT * FROM pg_temp.differ();
-- Old ones, missing ones, a prospect who came later.
UPDATE dynasty.milb_game_logs SET hits = hits + 1, at_bats = at_bats + 1, plate_appearances = plate_appearances + 1 WHERE prospect_id = 3;
UPDATE dynasty.prospects SET birth_date = birth_date + 100 WHERE id = 4;
DELETE FROM dynasty.ml_features WHERE prospect_id = 5;
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (9001, 'New', 'SS', '1999-01-01');
SELECT * FROM pg_temp.differ();
-- They are used indeed: what is written over one shows (and nobody should).
SELECT dynasty.refresh_features(2018) > 0 AS stored;
UPDATE dynasty.ml_features SET feature_values[array_position(dynasty.feature_names(), 'age')] = 1000 WHERE prospect_id = (SELECT max(prospect_id) FROM dynasty.ml_features);
SELECT prospects, differ FROM pg_temp.differ();
-- Not for who sees a part of the games only.
CREATE ROLE dynasty_part;
GRANT USAGE ON SCHEMA dynasty TO dynasty_part;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO dynasty_part;
ALTER TABLE dynasty.milb_game_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON dynasty.milb_game_logs FOR SELECT USING (prospect_id % 2 = 0);
SET ROLE dynasty_part;
SELECT * FROM pg_temp.differ();
RESET ROLE;
DROP OWNED BY dynasty_part;
DROP ROLE dynasty_part;
