-- The thresholds: every key does its own, and nothing else is taken.
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Bat', 'SS'), (2, 'Arm', 'P'), (3, 'Bat without WAR', 'SS'), (4, 'Arm without WAR', 'P');
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, outs_pitched, war)
VALUES (1, 2021, 100, 400, NULL, 1.5), (1, 2022, 100, 99, NULL, 1.4), (2, 2021, 40, NULL, 299, 1.5), (2, 2022, 1, NULL, NULL, 1.4),
       (3, 2021, 100, 499, NULL, NULL), (4, 2021, 40, NULL, 299, NULL);
CREATE FUNCTION tiers(config jsonb) RETURNS text LANGUAGE sql AS
$$ SELECT string_agg(success_tier, ' ' ORDER BY prospect_id) FROM dynasty.derive_labels(2020, 2024, 2024, config) $$;
SELECT v.config, tiers(v.config::jsonb) FROM (VALUES
    (1, NULL), (2, '{}'), (3, '{"min_pa": 499}'), (4, '{"min_pa": 499.0}'), (5, '{"min_outs": 299}'), (6, '{"min_pa": 499, "min_outs": 299}'),
    (7, '{"min_pa": 0, "star_peak_war": 1.5}'), (8, '{"min_pa": 0, "star_peak_war": 1.51}'), (9, '{"min_pa": 0, "star_cumulative_war": 2.9}'),
    (10, '{"min_pa": 0, "solid_peak_war": 1.50}'), (11, '{"min_pa": 0, "solid_cumulative_war": 2.9}'),
    (12, '{"min_pa": 0, "solid_cumulative_war": 2.90000000000000000000001}'), (13, '{"min_pa": 0, "solid_fallback_pa": 499}'),
    (14, '{"min_pa": 0, "solid_fallback_outs": 299}'), (15, '{"min_pa": 2147483647, "min_outs": 2147483647}')
) v (ord, config) ORDER BY v.ord;
-- What is refused, all with 22023.
DO $$
DECLARE
    config text;
    state text;
    message text;
BEGIN
    FOREACH config IN ARRAY ARRAY['{"min_pas": 1}', '{"min_pa": 1, "Min_PA": 1}', '{"": 1}', '{"min_pa": "500"}', '{"min_pa": null}', '{"min_pa": true}',
        '{"min_outs": [300]}', '{"min_outs": {}}', '{"min_pa": 500.5}', '{"min_pa": -1}', '{"star_peak_war": -0.1}', '{"star_peak_war": "NaN"}',
        '{"star_peak_war": 1e400}', '{"star_peak_war": 1e30}', '{"star_peak_war": 1e-400}', '{"min_pa": 2147483648}', '[]', '"min_pa"', '500', 'null', 'true',
        '{"config": {"min_pa": 1}}', repeat('[', 5000) || repeat(']', 5000)]
    LOOP
        BEGIN
            PERFORM * FROM dynasty.derive_labels(2020, 2024, 2024, config::jsonb);
            RAISE WARNING '% was taken', config;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
            RAISE WARNING '% %', state, message;
        END;
    END LOOP;
END $$;
SELECT * FROM dynasty.derive_label(1, 2020, config => '{"max_pa": 1}');
SELECT dynasty.refresh_labels(2020, config => '{"max_pa": 1}');
SELECT count(*) FROM dynasty.ml_labels;
