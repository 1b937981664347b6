-- explain_feature(): the value of the matrix, why it is NULL when it is, and inputs from which a person can compute it.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(60, 2017, 2022, 14);

-- For every feature of all prospects: the same value; a reason exactly when there is none; something was looked at.
WITH e AS (
    SELECT m.prospect_id, n.ordinal, n.name, n.formula AS catalogued, m.feature_values[n.ordinal] AS known, x.*
    FROM dynasty.feature_matrix(2021) m, dynasty.feature_catalogue() n, dynasty.explain_feature(m.prospect_id, 2021, n.name) x)
SELECT count(*) AS explained, count(*) FILTER (WHERE value IS DISTINCT FROM known) AS differ,
       count(*) FILTER (WHERE (value IS NULL) <> (why_null IS NOT NULL)) AS wrong_reason,
       count(*) FILTER (WHERE jsonb_array_length(inputs) = 0 AND coalesce(why_null, '') NOT LIKE 'It is a %''s feature%') AS without_inputs,
       count(*) FILTER (WHERE feature <> name OR formula <> catalogued) AS misnamed,
       count(*) FILTER (WHERE jsonb_array_length(inputs) <> (SELECT count(DISTINCT i) FROM jsonb_array_elements(inputs) i)) AS repeated
FROM e;
-- Which features never say what they looked at.
SELECT n.name FROM dynasty.feature_catalogue() n
WHERE NOT EXISTS (SELECT FROM dynasty.prospects p, dynasty.explain_feature(p.id, 2021, n.name) x WHERE jsonb_array_length(x.inputs) > 0) ORDER BY 1;

-- A career rate from its inputs.
CREATE FUNCTION sum_of(inputs jsonb, name text) RETURNS numeric LANGUAGE sql AS
$$ SELECT (i ->> 'value')::numeric FROM jsonb_array_elements(inputs) i WHERE i ->> 'input' = name $$;
SELECT count(*) > 20 AS some, count(*) FILTER (WHERE value <> ((sum_of(inputs, 'hits, career') + sum_of(inputs, 'walks, career') + sum_of(inputs, 'hit_by_pitch, career'))
        / (sum_of(inputs, 'at_bats, career') + sum_of(inputs, 'walks, career') + sum_of(inputs, 'hit_by_pitch, career') + sum_of(inputs, 'sacrifice_flies, career')))::float8) AS differ
FROM dynasty.prospects p, dynasty.explain_feature(p.id, 2021, 'career_obp') WHERE value IS NOT NULL;
SELECT count(*) > 5 AS some, count(*) FILTER (WHERE abs(value - (3.10 + 3 * (13 * sum_of(inputs, 'home_runs_allowed, career') + 3 * (sum_of(inputs, 'walks_allowed, career') + sum_of(inputs, 'hit_batsmen, career'))
        - 2 * sum_of(inputs, 'strikeouts_pitched, career')) / sum_of(inputs, 'outs_pitched, career'))) > 1e-9) AS differ
FROM dynasty.prospects p, dynasty.explain_feature(p.id, 2021, 'pitch_career_fip') WHERE value IS NOT NULL;
SELECT count(*) FILTER (WHERE abs(value - (date '2021-07-01' - (SELECT (i ->> 'value')::date FROM jsonb_array_elements(inputs) i WHERE i ->> 'input' = 'birth_date')) / 365.25) > 1e-9) AS ages_differ
FROM dynasty.prospects p, dynasty.explain_feature(p.id, 2021, 'age');

-- Reasons, in words: the other role, no games, no report, a norm without enough people.
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (9001, 'Nobody Yet', 'SS', '2000-01-01'), (9002, 'No Arm', 'P', NULL), (9003, 'One Game', 'CF', NULL);
INSERT INTO dynasty.milb_game_logs (prospect_id, season, game_date, level, plate_appearances, at_bats, hits) VALUES (9003, 2015, '2015-05-05', 'AAA', 4, 4, 1);
SELECT p, f, value, why_null FROM (VALUES
    (9001, 'career_obp'), (9001, 'pitch_career_era'), (9001, 'future_value'), (9001, 'age'), (9002, 'career_obp'), (9002, 'age'), (9002, 'pitch_career_fip'),
    (9003, 'career_obp'), (9003, 'ops_vs_level'), (9003, 'career_avg'), (9003, 'adv_wrc_plus')) v (p, f), dynasty.explain_feature(p, 2021, f);

-- Nobody, NULL, unknown.
SELECT count(*) FROM dynasty.explain_feature(-1, 2021, 'age');
SELECT count(*) FROM dynasty.explain_feature(9001, NULL, 'age');
SELECT count(*) FROM dynasty.explain_feature(9001, 2021, NULL);
SELECT * FROM dynasty.explain_feature(9001, 2021, 'carer_obp');
SELECT * FROM dynasty.explain_feature(9001, 3021, 'career_obp');
