-- data_quality, players and their seasons, the majors, scouting and advanced statistics: one finding for each bad row.
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES
    (1, 'Fine Hitter', 'SS', '2000-06-01'), (2, 'No Birthday', 'C', NULL), (3, 'Too Young', 'CF', '2006-01-01'), (4, 'Too Old', 'RF', '1970-01-01'),
    (5, 'Hitting Pitcher', 'RHP', '1999-01-01'), (6, 'Pitching Hitter', '1B', '1999-01-01'), (7, 'Two Way', 'SP', '1999-01-01'), (8, 'Two Way Too', 'DH', '1999-01-01'),
    (9, 'Same Name', 'SS', '2001-01-01'), (10, 'Same Name', 'LHP', '2001-01-01'), (11, 'Same Name', 'SS', '2001-01-02'), (12, 'Same Name', 'SS', '2001-01-01');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, game_type, level, plate_appearances, outs_pitched, batters_faced) VALUES
    (1, '2020-06-01', 2020, 'Regular', 'A', 4, NULL, NULL), (3, '2020-12-31', 2020, 'Regular', 'A', 4, NULL, NULL), (4, '2020-06-01', 2020, 'Regular', 'A', 4, NULL, NULL),
    (5, '2020-06-01', 2020, 'Regular', 'A', 4, NULL, NULL), (5, '2020-06-02', 2020, 'Regular', 'A', 4, 0, 0), (6, '2020-06-01', 2020, 'Regular', 'A', NULL, 3, 4), (6, '2020-06-02', 2020, 'Regular', 'A', 0, 3, 4),
    (7, '2020-06-01', 2020, 'Regular', 'A', 4, 15, 20), (8, '2020-06-01', 2020, 'Regular', 'A', 4, 15, 20);
INSERT INTO dynasty.mlb_stats (id, prospect_id, season, mlb_debut_date, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts,
    outs_pitched, batters_faced, hits_allowed, runs_allowed, earned_runs, home_runs_allowed) VALUES
    (1, 1, 2021, '2021-04-01', 600, 500, 150, 30, 5, 25, 90, 120, NULL, NULL, NULL, NULL, NULL, NULL),
    (2, 1, 2020, '2021-04-01', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (3, 2, 2021, '2021-04-01', 10, 9, 10, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (4, 2, 2022, '2021-04-02', 10, 11, 3, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL),
    (5, 3, 2022, NULL, 10, NULL, 3, 2, 1, 1, 11, 0, NULL, NULL, NULL, NULL, NULL, NULL),
    (6, 4, 2022, NULL, 10, 10, 3, 0, 0, 0, 0, 8, NULL, NULL, NULL, NULL, NULL, NULL),
    (7, 5, 2022, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 10, 3, 4, 2, 3, 5);
INSERT INTO dynasty.scouting_grades (id, prospect_id, source, ranking_year, date_recorded, hit_present, hit_future, power_present, power_future, arm_present, arm_future, speed_present) VALUES
    (1, 1, 'fangraphs', 2020, '2020-12-31', 40, 55, 50, 50, NULL, 60, 70), (2, 1, 'ba', 2020, '2020-03-01', 55, 50, 60, 45, 50, 50, NULL),
    (3, 1, 'ba', 2021, '2022-01-01', 40, 50, NULL, NULL, NULL, NULL, NULL);
INSERT INTO dynasty.milb_advanced_stats (id, prospect_id, season, level, wrc_plus) VALUES (1, 1, 2020, 'A', 120), (2, 1, 2020, 'AA', 120), (3, 1, 2019, 'A', 120);
SELECT rule, severity, table_name, row_id, prospect_id, season, detail FROM dynasty.data_quality ORDER BY table_name, row_id, rule;
-- Every rule has a severity and a description.
SELECT rule FROM dynasty.data_quality_rules WHERE severity NOT IN ('error', 'warning', 'info') OR length(description) < 10;
-- An empty database has no findings.
TRUNCATE dynasty.prospects CASCADE;
SELECT count(*) FROM dynasty.data_quality;
