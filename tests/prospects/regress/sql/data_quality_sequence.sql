-- data_quality, games side by side: the same line twice, two levels on a day, jumps between levels.
INSERT INTO dynasty.prospects (id, name, position, birth_date) SELECT n, 'P' || n, 'SS', '2000-01-01' FROM generate_series(1, 9) n;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, game_type, level, team, opponent, game_number, game_pk, plate_appearances, at_bats, hits) VALUES
    -- 1: the same line twice under two keys (12 repeats 11); a doubleheader with two lines.
    (11, 1, '2020-06-01', 2020, 'Regular', 'A', 'Owls', 'Bears', 1, 100, 4, 4, 2), (12, 1, '2020-06-01', 2020, 'Regular', 'A', 'Owls', 'Bears', 1, 101, 4, 4, 2),
    (13, 1, '2020-06-02', 2020, 'Regular', 'A', 'Owls', 'Bears', 1, 102, 4, 4, 2), (14, 1, '2020-06-02', 2020, 'Regular', 'A', 'Owls', 'Bears', 2, 103, 4, 4, 1),
    -- 2: nothing happened in either, or against somebody else for somebody else: no duplicates.
    (21, 2, '2020-06-01', 2020, 'Regular', 'A', 'Owls', 'Bears', 1, 200, 0, 0, 0), (22, 2, '2020-06-01', 2020, 'Regular', 'A', 'Owls', 'Bears', 2, 201, 0, 0, 0),
    (23, 2, '2020-06-02', 2020, 'Regular', 'A', 'Owls', 'Bears', 1, 202, 4, 4, 0), (24, 2, '2020-06-02', 2020, 'Regular', 'A', 'Elks', 'Foxes', 1, 203, 4, 4, 0),
    -- 3: two levels on one day, one step apart.
    (31, 3, '2020-06-01', 2020, 'Regular', 'AA', 'Owls', 'Bears', 1, 300, 4, 4, 1), (32, 3, '2020-06-01', 2020, 'Regular', 'A+', 'Elks', 'Foxes', 1, 301, 4, 4, 2),
    -- 4: A to AA is two levels, up and down again; AA to AAA is one.
    (41, 4, '2020-06-01', 2020, 'Regular', 'A', NULL, NULL, 1, NULL, 4, 4, 1), (42, 4, '2020-06-02', 2020, 'Regular', 'AA', NULL, NULL, 1, NULL, 4, 4, 1),
    (43, 4, '2020-06-03', 2020, 'Regular', 'AAA', NULL, NULL, 1, NULL, 4, 4, 1), (44, 4, '2020-06-04', 2020, 'Regular', 'AA', NULL, NULL, 1, NULL, 4, 4, 1),
    (45, 4, '2021-06-04', 2021, 'Regular', 'A', NULL, NULL, 1, NULL, 4, 4, 1),
    -- 5: Complex to A is one step since 2021, was two before; Complex to A+ is three ever.
    (51, 5, '2019-06-01', 2019, 'Regular', 'Complex', NULL, NULL, 1, NULL, 4, 4, 1), (52, 5, '2019-06-02', 2019, 'Regular', 'A', NULL, NULL, 1, NULL, 4, 4, 1),
    (53, 5, '2022-06-01', 2022, 'Regular', 'Complex', NULL, NULL, 1, NULL, 4, 4, 1), (54, 5, '2022-06-02', 2022, 'Regular', 'A', NULL, NULL, 1, NULL, 4, 4, 1),
    (55, 5, '2022-06-03', 2022, 'Regular', 'Complex', NULL, NULL, 1, NULL, 4, 4, 1), (56, 5, '2022-06-04', 2022, 'Regular', 'A+', NULL, NULL, 1, NULL, 4, 4, 1),
    -- 6: three of a kind, each pair of them.
    (61, 6, '2020-06-01', 2020, 'Regular', 'A', 'Owls', 'Bears', 1, 600, 3, 3, 2), (62, 6, '2020-06-01', 2020, 'Regular', 'A', 'Owls', 'Bears', 1, 601, 3, 3, 2),
    (63, 6, '2020-06-01', 2020, 'Regular', 'A', 'Owls', 'Bears', 2, 602, 3, 3, 2),
    -- 7: the first game of the day counts first, whatever its id: A+ after A, then AA after A+.
    (73, 7, '2020-06-01', 2020, 'Regular', 'A+', 'Owls', 'Bears', 1, 700, 3, 3, 1), (71, 7, '2020-05-31', 2020, 'Regular', 'A', 'Owls', 'Bears', 1, 701, 3, 3, 2),
    (72, 7, '2020-06-01', 2020, 'Regular', 'AA', 'Elks', 'Bears', 2, 702, 2, 2, 2);
SELECT rule, severity, prospect_id, row_id, season, detail FROM dynasty.data_quality ORDER BY prospect_id, row_id, rule, detail;
