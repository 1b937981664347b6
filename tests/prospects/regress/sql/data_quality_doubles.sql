-- data_quality: one game twice although a source lacks counts or calls the club otherwise; doubleheaders are no such thing. One man twice.
BEGIN;
INSERT INTO dynasty.prospects (id, mlb_id, fg_player_id, name, position, birth_date) VALUES (1, 1, NULL, 'Una Uno', 'SS', '2000-01-01');
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, game_type, level, team, opponent, game_pk, game_number, plate_appearances, at_bats, hits, runs, strikeouts, outs_pitched, batters_faced) VALUES
    -- with and without runs, one key each
    (1, 1, '2024-05-01', 2024, 'Regular', 'A', 'Hosts', 'Visitors', NULL, 1, 4, 4, 2, NULL, NULL, NULL, NULL), (2, 1, '2024-05-01', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 102, 1, 4, 4, 2, 1, 1, NULL, NULL),
    -- one club, two names
    (3, 1, '2024-05-02', 2024, 'Regular', 'A', 'HOS', 'VIS', NULL, 1, 4, 4, 2, NULL, NULL, NULL, NULL), (4, 1, '2024-05-02', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 104, 1, 4, 4, 2, 1, 1, NULL, NULL),
    -- one club, one name, other counts: a correction that did not meet
    (5, 1, '2024-05-03', 2024, 'Regular', 'A', 'Hosts', 'Visitors', NULL, 1, 4, 4, 2, NULL, NULL, NULL, NULL), (6, 1, '2024-05-03', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 106, 1, 4, 4, 3, 1, 1, NULL, NULL),
    -- both without a key
    (7, 1, '2024-05-04', 2024, 'Regular', 'A', 'HOS', 'VIS', NULL, 1, NULL, NULL, NULL, NULL, NULL, 3, 4), (8, 1, '2024-05-04', 2024, 'Regular', 'A', NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, 3, NULL),
    -- a doubleheader: keys or numbers tell it apart, though one source lacks counts
    (9, 1, '2024-05-05', 2024, 'Regular', 'A', 'Hosts', 'Visitors', NULL, 1, 3, 3, 1, NULL, NULL, NULL, NULL), (10, 1, '2024-05-05', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 110, 2, 3, 3, 1, 0, 1, NULL, NULL),
    (11, 1, '2024-05-06', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 111, 1, 3, 3, 1, NULL, 1, NULL, NULL), (12, 1, '2024-05-06', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 112, 1, 3, 3, 1, 0, 1, NULL, NULL),
    -- the same line under two keys of the API, as before
    (13, 1, '2024-05-07', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 113, 1, 3, 3, 1, 0, 1, NULL, NULL), (14, 1, '2024-05-07', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 114, 2, 3, 3, 1, 0, 1, NULL, NULL),
    -- nothing in common to compare, other clubs
    (15, 1, '2024-05-08', 2024, 'Regular', 'A', 'Hosts', 'Visitors', 115, 1, 3, 3, 1, 0, 1, NULL, NULL), (16, 1, '2024-05-08', 2024, 'Regular', 'A', 'HOS', NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, 3, 4);
SELECT row_id, detail FROM dynasty.data_quality WHERE rule = 'duplicate_game' ORDER BY 1;
ROLLBACK;
BEGIN;
INSERT INTO dynasty.prospects (id, mlb_id, fg_player_id, name, position, birth_date) VALUES
    -- the id changed at the debut
    (1, NULL, 'sa900001', 'Split Identity', 'SS', NULL), (2, NULL, '25001', 'Split IDENTITY', 'CF', NULL), (3, 900003, NULL, 'Split Identity', '2B', '2001-01-01'),
    -- two men: role, MLBAM ids, birth dates
    (4, NULL, 'sa900004', 'Two Men', 'SS', NULL), (5, NULL, '25005', 'Two Men', 'RHP', NULL),
    (6, 900006, NULL, 'Two Others', 'SS', NULL), (7, 900007, NULL, 'Two Others', 'SS', '2001-01-01'),
    (8, NULL, 'sa900008', 'Two More', 'SS', '2001-01-01'), (9, NULL, '25009', 'Two More', 'SS', '2003-01-01'),
    -- duplicate_prospect says it already
    (10, NULL, 'sa900010', 'One Birthday', 'SS', '2001-01-01'), (11, NULL, '25011', 'One Birthday', 'SS', '2001-01-01');
SELECT rule, severity, row_id, detail FROM dynasty.data_quality WHERE rule IN ('same_name_two_ids', 'duplicate_prospect') ORDER BY row_id, detail;
-- Runners slow down; hit tools do not shrink.
INSERT INTO dynasty.scouting_grades (id, prospect_id, source, ranking_year, date_recorded, speed_present, speed_future, hit_present, hit_future) VALUES
    (1, 1, 'fangraphs', 2022, '2022-10-10', 60, 50, 35, 55), (2, 2, 'fangraphs', 2022, '2022-10-10', 60, 50, 60, 45);
SELECT row_id, detail FROM dynasty.data_quality WHERE rule = 'grade_present_over_future';
-- Shares that make no whole; a hitter without a batted ball has none.
INSERT INTO dynasty.milb_advanced_stats (id, prospect_id, season, level, gb_percent, ld_percent, fb_percent, pull_percent, cent_percent, oppo_percent) VALUES
    (1, 1, 2024, 'A', 40.6, 18.8, 40.6, 40, 30, 30), (2, 1, 2024, 'AA', 0.4, 0.2, 0.4, 0.4, 0.3, 0.3), (3, 1, 2024, 'A+', 0, 0, 0, NULL, 30, 30);
SELECT row_id, detail FROM dynasty.data_quality WHERE rule = 'shares_off_scale';
ROLLBACK;
