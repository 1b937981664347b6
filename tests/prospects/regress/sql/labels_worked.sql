-- Labels worked by hand. Everybody is a prospect of 2020, the window is 2021 to 2024, the data reach to 2024.
INSERT INTO dynasty.prospects (id, name, position)
SELECT ord, name, 'SS' FROM unnest('{never came up,star by peak,star by sum,solid by peak,solid by sum,marginal,failed though good,pitcher,two-way,
mid-window debut,debut too late,up already,WAR unknown,WAR unknown and regular,roster only,outside only,negative,debut by season,debut date elsewhere}'::text[])
    WITH ORDINALITY u (name, ord);
INSERT INTO dynasty.mlb_stats (prospect_id, season, mlb_debut_date, games_played, plate_appearances, games_pitched, outs_pitched, batters_faced, war) VALUES
    (2, 2021, '2021-04-01', 150, 600, NULL, NULL, NULL, 4.0),
    (3, 2021, NULL, 150, 600, NULL, NULL, NULL, 2.5), (3, 2022, NULL, 150, 600, NULL, NULL, NULL, 2.5),
    (3, 2023, NULL, 150, 600, NULL, NULL, NULL, 2.6), (3, 2024, NULL, 150, 600, NULL, NULL, NULL, 2.4),
    (4, 2023, NULL, 140, 500, NULL, NULL, NULL, 2.0),
    (5, 2021, NULL, 100, 250, NULL, NULL, NULL, 1.9), (5, 2022, NULL, 100, 250, NULL, NULL, NULL, 1.9), (5, 2024, NULL, 9, 0, NULL, NULL, NULL, 0.2),
    (6, 2021, NULL, 100, 250, NULL, NULL, NULL, 1.9), (6, 2022, NULL, 100, 250, NULL, NULL, NULL, 1.9),
    (7, 2022, NULL, 120, 499, NULL, 299, NULL, 9.0),
    (8, 2022, NULL, 30, NULL, 30, 200, 800, 1.0), (8, 2023, NULL, 16, 0, 16, 100, 400, 3.5), (8, 2024, NULL, 1, NULL, 1, 1, 3, -0.1),
    (9, 2023, NULL, 60, 300, 10, 150, 600, 1.0), (9, 2024, NULL, 70, 200, 12, 149, 500, 1.5),
    (10, 2023, '2023-08-15', 40, 150, NULL, NULL, NULL, 0.4), (10, 2024, '2023-08-15', 120, 450, NULL, NULL, NULL, 1.5),
    (11, 2025, '2025-01-01', 120, 500, NULL, NULL, NULL, 5.0),
    (12, 2019, '2019-09-01', 20, 60, NULL, NULL, NULL, 0.1), (12, 2020, '2019-09-01', 60, 230, NULL, NULL, NULL, 4.9), (12, 2021, '2019-09-01', 10, 30, NULL, NULL, NULL, 0.0),
    (13, 2021, NULL, 150, 700, NULL, NULL, NULL, 6.0), (13, 2022, NULL, 150, 799, NULL, NULL, NULL, NULL),
    (14, 2021, NULL, 150, 700, NULL, NULL, NULL, 6.0), (14, 2022, NULL, 150, 800, NULL, NULL, NULL, NULL),
    (15, 2022, NULL, 0, 0, NULL, NULL, NULL, NULL), (15, 2023, NULL, NULL, NULL, NULL, NULL, NULL, 5.0),
    (16, 2020, NULL, 150, 600, NULL, NULL, NULL, 4.0), (16, 2025, NULL, 150, 600, NULL, NULL, NULL, 4.0),
    (17, 2021, NULL, 70, 300, NULL, NULL, NULL, -1.2), (17, 2024, NULL, 70, 300, NULL, NULL, NULL, -0.3),
    (18, 2024, NULL, NULL, NULL, NULL, NULL, 1, 0.0), (18, 2022, NULL, 0, NULL, NULL, NULL, NULL, NULL),
    (19, 2023, '2024-12-31', 5, 10, NULL, NULL, NULL, 0.1), (19, 2026, '2022-05-05', 5, 10, NULL, NULL, NULL, 0.1);
SELECT p.name, l.total_pa AS pa, l.total_games AS g, l.total_outs_pitched AS outs, l.total_innings_pitched AS ip, l.peak_war AS peak, l.cumulative_war AS cum,
       l.is_success AS ok, l.success_tier AS tier, l.tier_basis AS basis
FROM dynasty.prospects p CROSS JOIN LATERAL dynasty.derive_label(p.id, 2020, 2024, 2024) l ORDER BY p.id;
SELECT p.name, l.reached_mlb AS reached, to_char(l.mlb_debut_date, 'YYYY-MM-DD') AS debut, l.years_to_mlb AS years, l.prospect_year, l.evaluation_year,
       l.years_to_evaluate, l.window_complete AS complete
FROM dynasty.prospects p CROSS JOIN LATERAL dynasty.derive_label(p.id, 2020, 2024, 2024) l ORDER BY p.id;
-- All at once gives the same rows, in the order of the ids.
SELECT count(*) AS different FROM (
    (SELECT * FROM dynasty.derive_labels(2020, 2024, 2024) EXCEPT SELECT l.* FROM dynasty.prospects p CROSS JOIN LATERAL dynasty.derive_label(p.id, 2020, 2024, 2024) l)
    UNION ALL
    (SELECT l.* FROM dynasty.prospects p CROSS JOIN LATERAL dynasty.derive_label(p.id, 2020, 2024, 2024) l EXCEPT SELECT * FROM dynasty.derive_labels(2020, 2024, 2024))) d;
SELECT array_agg(prospect_id) FROM dynasty.derive_labels(2020, 2024, 2024);
SELECT array_agg(prospect_id) FROM dynasty.derive_labels(2020, 2024, 2024, prospect_ids => '{5,NULL,3,5,99,-1}');
SELECT count(*) FROM dynasty.derive_labels(2020, 2024, 2024, prospect_ids => '{}');
SELECT array_agg(prospect_id) FROM dynasty.derive_labels(2020, 2024, 2024, prospect_ids => '{{5,3},{4,19}}');
-- The columns are those of ml_labels, in its order.
SELECT (SELECT array_agg(attname ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'dynasty.ml_labels'::regclass AND attnum > 0 AND attname NOT IN ('id', 'created_at', 'updated_at'))
     = (SELECT array_agg(u.name::name ORDER BY u.ord) FROM pg_proc p, unnest(p.proargnames, p.proargmodes) WITH ORDINALITY u (name, mode, ord)
        WHERE p.oid = 'dynasty.derive_labels'::regproc AND u.mode = 't') AS same_columns;
