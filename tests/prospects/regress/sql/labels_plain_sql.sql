-- The contract once more in plain SQL, over a simulated league with WAR, dates and counts missing here and there: no label differs.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(600, 2010, 2021, 7);
UPDATE dynasty.mlb_stats SET war = NULL WHERE id % 11 = 0;
UPDATE dynasty.mlb_stats SET mlb_debut_date = NULL WHERE prospect_id % 3 = 0;
UPDATE dynasty.mlb_stats SET plate_appearances = NULL, games_played = NULL WHERE id % 7 = 0;
UPDATE dynasty.mlb_stats SET games_played = 0, plate_appearances = 0, games_pitched = 0, outs_pitched = 0, batters_faced = 0 WHERE id % 13 = 0;
UPDATE dynasty.mlb_stats SET outs_pitched = coalesce(outs_pitched, 0) + 150 WHERE id % 5 = 0;
CREATE VIEW plain AS
WITH args AS (SELECT y AS py, y + n AS ey, n, 2020 AS through FROM generate_series(2008, 2019) y, generate_series(1, 5) n),
w AS (
    SELECT a.*, p.id, a.ey <= a.through AS complete,
           (SELECT min(s.mlb_debut_date) FROM dynasty.mlb_stats s WHERE s.prospect_id = p.id) AS debut,
           (SELECT min(s.season) FROM dynasty.mlb_stats s WHERE s.prospect_id = p.id AND s.season <= a.ey
               AND greatest(s.games_played, s.plate_appearances, s.games_pitched, s.outs_pitched, s.batters_faced) > 0) AS first_season, t.*
    FROM args a CROSS JOIN dynasty.prospects p CROSS JOIN LATERAL (
        SELECT coalesce(sum(s.plate_appearances), 0)::int AS pa, coalesce(sum(s.games_played), 0)::int AS g, coalesce(sum(s.outs_pitched), 0)::int AS outs,
               count(*) FILTER (WHERE m.is) AS m, count(s.war) FILTER (WHERE m.is) AS known,
               max(s.war) FILTER (WHERE m.is) AS peak, coalesce(sum(s.war) FILTER (WHERE m.is), 0.0) AS cum
        FROM dynasty.mlb_stats s
        CROSS JOIN LATERAL (SELECT coalesce(greatest(s.games_played, s.plate_appearances, s.games_pitched, s.outs_pitched, s.batters_faced) > 0, false)) m ("is")
        WHERE s.prospect_id = p.id AND s.season > a.py AND s.season <= a.ey) t),
j AS (
    SELECT w.*, CASE WHEN w.debut <= make_date(w.ey, 12, 31) THEN w.debut END AS d, CASE WHEN w.known = w.m THEN w.peak END AS pk, CASE WHEN w.known = w.m THEN w.cum END AS cm,
           w.pa >= 500 OR w.outs >= 300 AS ok
    FROM w)
SELECT id AS prospect_id, py AS prospect_year, ey AS evaluation_year, n AS years_to_evaluate,
       coalesce(d IS NOT NULL OR first_season IS NOT NULL OR NULL, CASE WHEN complete THEN false END) AS reached_mlb, d AS mlb_debut_date,
       coalesce(extract(year FROM d)::int, first_season) - py AS years_to_mlb, pa AS total_pa, g AS total_games, round(outs / 3.0, 1) AS total_innings_pitched,
       pk AS peak_war, cm AS cumulative_war, CASE WHEN complete THEN ok END AS is_success,
       CASE WHEN NOT complete THEN NULL WHEN NOT ok THEN 'Failed'
            WHEN cm IS NULL THEN CASE WHEN pa >= 1500 OR outs >= 1350 THEN 'Solid' ELSE 'Marginal' END
            WHEN pk >= 4.0 OR cm >= 10.0 THEN 'Star' WHEN pk >= 2.0 OR cm >= 4.0 THEN 'Solid' ELSE 'Marginal' END::varchar AS success_tier, outs AS total_outs_pitched,
       CASE WHEN complete THEN CASE WHEN ok AND cm IS NOT NULL THEN 'war' ELSE 'playing_time' END END::varchar AS tier_basis, complete AS window_complete
FROM j;
CREATE TABLE by_sql AS SELECT * FROM plain;
CREATE TABLE ours AS SELECT l.* FROM generate_series(2008, 2019) y, generate_series(1, 5) n, dynasty.derive_labels(y, y + n, 2020) l;
SELECT count(*) = 600 * 12 * 5 AS all_there FROM ours;
SELECT count(*) AS different FROM ((TABLE ours EXCEPT TABLE by_sql) UNION ALL (TABLE by_sql EXCEPT TABLE ours)) d;
-- Every kind of label is among them.
SELECT success_tier, tier_basis, count(*) > 10 AS some FROM ours GROUP BY 1, 2 ORDER BY 1, 2;
SELECT count(*) FILTER (WHERE years_to_mlb < 0) > 10 AS up_before, count(*) FILTER (WHERE reached_mlb IS NULL) > 10 AS open, count(*) FILTER (WHERE reached_mlb AND mlb_debut_date IS NULL) > 10 AS undated,
       count(*) FILTER (WHERE total_pa > 0 AND total_outs_pitched > 0) > 10 AS two_way FROM ours;
-- Failed is exactly the complement of success.
SELECT count(*) FROM ours WHERE is_success IS DISTINCT FROM (success_tier <> 'Failed');
SELECT * FROM (SELECT (dynasty.remove_simulated()).*) r WHERE table_name = 'prospects';
