-- Who he is: the 25 features of the bio document against their formulas in plain SQL.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
-- Every position, then the corners of each field.
INSERT INTO dynasty.prospects (id, name, position)
SELECT n, 'Position ' || p, p FROM unnest('{P,C,1B,2B,3B,SS,LF,CF,RF,OF,IF,DH,SP,RP,RHP,LHP}'::text[]) WITH ORDINALITY v (p, n);
INSERT INTO dynasty.prospects (id, name, position, bats, throws, height_inches, weight_lbs, birth_date, birth_country, draft_year, draft_round, draft_pick,
    signing_bonus_usd)
VALUES
    (20, 'Lefty',           'CF', 'L', 'L', 74, 205, '1998-02-28', 'USA',                2017, 1, 3, 6300000),
    (21, 'Switch',          '2B', 'S', 'R', 70, 180, '1999-07-01', 'Dominican Republic', NULL, NULL, NULL, 1500000),
    (22, 'Bats left',       '3B', 'L', 'R', 75, NULL, '2000-07-02', ' Canada ',          2020, 40, 1, 0),
    (23, 'Bats right',      'SS', 'R', 'L', NULL, 190, '1996-02-29', 'puerto rico',      2021, 2, 50, 800000), -- drafted after the year
    (24, 'Both hands',      'RHP', 'R', 'S', 120, 600, '1995-12-31', 'American Samoa',   2016, NULL, NULL, NULL),
    (25, 'Country unknown', 'LHP', 'R', 'R', 30, 50, '2003-01-01', '',                   2019, 20, NULL, NULL),
    (26, 'Country blank',   'C', 'S', 'S', 71, 200, NULL, '   ',                         2018, 3, 101, 1),
    (27, 'Not yet born',    'C', NULL, 'R', 71, 200, '2021-03-01', 'u.s. virgin islands', NULL, NULL, NULL, NULL),
    (28, 'Tabs are no blanks', 'OF', 'R', NULL, 71, 200, '1990-01-01', E'USA\t',         1870, 1, 1, 2147483647),
    (29, 'U.S.A.',          'IF', 'R', 'R', 71, 200, '1990-01-01', 'U.S.A.',             NULL, NULL, 5, 5);
-- Roles by what they have done: a pitcher who batted 100 times, a hitter with 90 outs.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances) VALUES (24, '2020-06-01', 2020, 'A', 100), (25, '2020-06-01', 2020, 'A', 99);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched) VALUES (21, '2020-06-01', 2020, 'A', 90), (22, '2020-06-01', 2020, 'A', 89);
CREATE TEMP VIEW by_formula AS
SELECT p.id, p.position, p.position IN ('P', 'SP', 'RP', 'RHP', 'LHP') AS pitches,
       p.position NOT IN ('P', 'SP', 'RP', 'RHP', 'LHP') OR p.id = 24 AS hitter_role, -- 25 has 99
       p.position IN ('P', 'SP', 'RP', 'RHP', 'LHP') OR p.id = 21 AS pitcher_role,    -- 22 has 89
       (DATE '2020-07-01' - p.birth_date) / 365.25::float8 AS age,
       CASE WHEN p.draft_year <= 2020 THEN p.draft_year END AS drafted
FROM dynasty.prospects p;
SELECT pg_temp.expect($$
    SELECT id, age, age * age AS age_squared, height_inches, weight_lbs, (weight_lbs * 0.45359237) / (height_inches * 0.0254) ^ 2 AS bmi,
        (bats = 'L')::int AS bats_left, (bats = 'S')::int AS bats_switch, (throws = 'L')::int AS throws_left,
        CASE WHEN hitter_role THEN (bats IN ('L', 'S'))::int END AS platoon_advantage,
        CASE WHEN hitter_role AND bats IS NOT NULL AND throws IS NOT NULL THEN (bats || throws IN ('LR', 'RL'))::int END AS bats_throws_opposite,
        pitches::int AS is_pitcher, (position = 'C')::int AS is_catcher, (position IN ('2B', 'SS'))::int AS is_middle_infielder,
        (position IN ('1B', '3B'))::int AS is_corner_infielder, (position IN ('LF', 'CF', 'RF', 'OF'))::int AS is_outfielder,
        CASE WHEN hitter_role THEN (jsonb_build_object('C', 12.5, 'SS', 7.5, '2B', 2.5, '3B', 2.5, 'CF', 2.5, 'LF', -7.5, 'RF', -7.5, '1B', -12.5, 'DH', -17.5,
            'IF', 12.5 / 3, 'OF', -12.5 / 3) ->> position::text)::float8 END AS positional_adjustment,
        (hitter_role AND pitcher_role)::int AS is_two_way, (drafted IS NOT NULL)::int AS is_drafted,
        CASE WHEN drafted IS NOT NULL THEN draft_round END AS draft_round, CASE WHEN drafted IS NOT NULL THEN draft_pick END AS draft_overall_pick,
        CASE WHEN drafted IS NOT NULL THEN ln(draft_pick::float8) END AS draft_pick_log,
        (make_date(drafted, 7, 1) - birth_date) / 365.25::float8 AS age_at_draft, 2020 - drafted AS years_since_draft,
        CASE WHEN draft_year IS NULL OR draft_year <= 2020 THEN ln(1 + signing_bonus_usd::float8) END AS signing_bonus_log,
        CASE WHEN btrim(birth_country, ' ') <> '' THEN (upper(btrim(birth_country, ' ')) NOT IN ('USA', 'US', 'U.S.', 'U.S.A.', 'UNITED STATES',
            'UNITED STATES OF AMERICA', 'CAN', 'CANADA', 'P.R.', 'PR', 'PUERTO RICO', 'V.I.', 'VIRGIN ISLANDS', 'U.S. VIRGIN ISLANDS', 'GUAM',
            'AMERICAN SAMOA'))::int END AS is_international
    FROM by_formula JOIN dynasty.prospects USING (id, position) $$) = 26 * 25 AS compared;
SELECT * FROM pg_temp.wrong(2020);
-- To be read: years as of 2020.
SELECT id, round(max(value) FILTER (WHERE name = 'age')::numeric, 4) AS age, max(value) FILTER (WHERE name = 'years_since_draft') AS drafted,
       max(value) FILTER (WHERE name = 'draft_overall_pick') AS pick, round(max(value) FILTER (WHERE name = 'signing_bonus_log')::numeric, 3) AS bonus,
       max(value) FILTER (WHERE name = 'is_international') AS international, max(value) FILTER (WHERE name = 'is_two_way') AS two_way
FROM pg_temp.long(2020) WHERE id >= 20 GROUP BY 1 ORDER BY 1;
-- A year later the draft of 2021 has been.
SELECT name, value FROM pg_temp.long(2021) WHERE id = 23 AND name IN ('is_drafted', 'draft_round', 'draft_overall_pick', 'years_since_draft') ORDER BY 1;
-- Today's club, organisation and level are no part of it.
CREATE TEMP TABLE before AS SELECT * FROM dynasty.feature_matrix(2020);
UPDATE dynasty.prospects SET current_team = 'Owls', current_organization = 'NYM', current_level = 'AAA', updated_at = '2030-01-01', name = 'X', mlb_id = id,
    last_stats_update = now(), birth_city = 'Y', draft_team = 'Z';
SELECT count(*) AS changed FROM before b JOIN dynasty.feature_matrix(2020) m USING (prospect_id) WHERE array_send(b.feature_values) <> array_send(m.feature_values);
