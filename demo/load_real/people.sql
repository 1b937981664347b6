-- Prospects: the players of prospects.csv, and a stub for everyone who has games and is not there.
\set file prospects
\set stage people
\set texts 'mlb_id fg_player_id name position bats throws birth_date birth_country birth_city signing_market current_team current_organization current_level'
\set counts 'height_inches weight_lbs draft_year'
\set numbers 'signing_bonus_usd'
\ir stage.sql
\set file id_crosswalk
\set stage crosswalk
\set texts 'mlb_id fg_player_id fg_player_id_derived name_first name_last birth_date'
\set counts ''
\set numbers ''
\ir stage.sql
\set file milb_official_season_stats_2022_2025
\set stage official
\set texts 'mlb_id season name position'
\set counts 'games_played'
\set numbers ''
\ir stage.sql
\set file scouting_grades
\set stage scouting
\set texts 'mlb_id name position source ranking_year date_recorded'
\set counts 'rank_overall future_value eta_year hit_present hit_future power_present power_future raw_power_present raw_power_future speed_present speed_future field_present field_future arm_present arm_future fastball_grade slider_grade curveball_grade changeup_grade control_grade command_grade'
\set numbers ''
\ir stage.sql

-- What a position is worth knowing from, best first: the file; the official season lines; the scouts' list; and who
-- has none of them but faced more batters than he had plate appearances is a pitcher. 'IF' for the rest is the word
-- that claims least: it belongs to no group of positions, and its positional adjustment is near 0.
CREATE FUNCTION pg_temp.known_position(t text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN t IN ('P', 'C', '1B', '2B', '3B', 'SS', 'LF', 'CF', 'RF', 'OF', 'IF', 'DH', 'SP', 'RP', 'RHP', 'LHP') THEN t
               WHEN t IN ('SIRP', 'MIRP') THEN 'RP'
               WHEN t ~ '(^|/)(RHP|LHP)(/|$)' THEN substring(t FROM '[RL]HP') END $$;

CREATE TEMP TABLE workload AS
SELECT mlb_id, sum(pa) AS pa, sum(bf) AS bf, sum(gp) AS games
FROM (SELECT mlb_id, plate_appearances AS pa, coalesce(batters_faced, outs_pitched) AS bf, 1 AS gp FROM pg_temp.games
      UNION ALL SELECT mlb_id, plate_appearances, batters_faced, 0 FROM pg_temp.majors) q
GROUP BY mlb_id;

CREATE TEMP TABLE placed AS
WITH all_people AS (
    SELECT DISTINCT ON (id) q.*
    FROM (SELECT pg_temp.to_int(mlb_id) AS id, p.name, p.position, 'file' AS origin, p.line_no FROM pg_temp.people p
          UNION ALL
          SELECT w.mlb_id, coalesce(nullif(concat_ws(' ', c.name_first, c.name_last), ''), s.name, o.name, 'MLB id ' || w.mlb_id),
                 NULL, 'stub', NULL
          FROM pg_temp.workload w
          LEFT JOIN pg_temp.crosswalk c ON c.mlb_id = w.mlb_id::text
          LEFT JOIN (SELECT mlb_id, min(name) AS name FROM pg_temp.scouting GROUP BY 1) s ON s.mlb_id = w.mlb_id::text
          LEFT JOIN (SELECT mlb_id, min(name) AS name FROM pg_temp.official GROUP BY 1) o ON o.mlb_id = w.mlb_id::text
          WHERE w.games > 0) q
    WHERE id IS NOT NULL
    ORDER BY id, origin, line_no
)
SELECT a.id AS mlb_id, a.name, a.origin, a.line_no, a.position AS said, o.position AS official, s.position AS scouted,
       w.bf > 0 AND w.bf >= coalesce(w.pa, 0) AS pitcher
FROM all_people a
LEFT JOIN pg_temp.workload w ON w.mlb_id = a.id
LEFT JOIN (SELECT DISTINCT ON (mlb_id) mlb_id, pg_temp.known_position(position) AS position FROM pg_temp.official
           WHERE pg_temp.known_position(position) IS NOT NULL
           ORDER BY mlb_id, season DESC, pg_temp.to_count(games_played) DESC, position) o ON o.mlb_id = a.id::text
LEFT JOIN (SELECT DISTINCT ON (mlb_id) mlb_id, pg_temp.known_position(position) AS position FROM pg_temp.scouting
           WHERE pg_temp.known_position(position) IS NOT NULL
           ORDER BY mlb_id, date_recorded DESC, position) s ON s.mlb_id = a.id::text;

WITH written AS (
    INSERT INTO dynasty.prospects (mlb_id, fg_player_id, name, position, bats, throws, height_inches, weight_lbs, birth_date,
        birth_country, birth_city, draft_year, signing_bonus_usd, current_team, current_organization, current_level, data_sources)
    SELECT a.mlb_id, left(coalesce(p.fg_player_id, c.fg_player_id, c.fg_player_id_derived), 50), left(a.name, 200),
           coalesce(pg_temp.known_position(a.said), a.official, a.scouted, CASE WHEN a.pitcher THEN 'P' ELSE 'IF' END),
           CASE WHEN upper(p.bats) IN ('L', 'R', 'S') THEN upper(p.bats) END,
           CASE WHEN upper(p.throws) IN ('L', 'R', 'S') THEN upper(p.throws) END,
           CASE WHEN pg_temp.to_count(p.height_inches) BETWEEN 30 AND 120 THEN pg_temp.to_count(p.height_inches) END,
           CASE WHEN pg_temp.to_count(p.weight_lbs) BETWEEN 50 AND 600 THEN pg_temp.to_count(p.weight_lbs) END,
           pg_temp.to_date(coalesce(p.birth_date, c.birth_date)), left(p.birth_country, 100), left(p.birth_city, 100),
           CASE WHEN pg_temp.to_count(p.draft_year) BETWEEN 1870 AND 2200 THEN pg_temp.to_count(p.draft_year) END,
           CASE WHEN pg_temp.to_int(p.signing_bonus_usd) >= 0 THEN pg_temp.to_int(p.signing_bonus_usd) END,
           left(p.current_team, 100), left(p.current_organization, 100), left(p.current_level, 20),
           jsonb_build_object('loaded_from', CASE a.origin WHEN 'file' THEN 'prospects' ELSE 'stub' END)
    FROM pg_temp.placed a
    LEFT JOIN pg_temp.people p ON p.line_no = a.line_no AND a.origin = 'file'
    LEFT JOIN pg_temp.crosswalk c ON c.mlb_id = a.mlb_id::text
    WHERE a.name IS NOT NULL
    ORDER BY a.mlb_id
    ON CONFLICT (mlb_id) DO NOTHING
    RETURNING 1
)
SELECT pg_temp.loaded('prospects', count(*)) FROM written;
\if :ERROR
SELECT pg_temp.remark('prospects', 'not loaded: ' || :'LAST_ERROR_MESSAGE');
\endif

SELECT pg_temp.note('prospects', count(*) FILTER (WHERE said IN ('SIRP', 'MIRP')), 'positions SIRP and MIRP read as RP') FROM pg_temp.placed;
SELECT pg_temp.note('prospects', count(*) FILTER (WHERE said LIKE '%/%HP' OR said LIKE '%HP/%'), 'two-way positions read as the pitching one') FROM pg_temp.placed;
WITH unknown AS (SELECT * FROM pg_temp.placed WHERE origin = 'file' AND pg_temp.known_position(said) IS NULL)
SELECT pg_temp.note('prospects', n, note)
FROM (SELECT count(*) FILTER (WHERE official IS NOT NULL) AS a, count(*) FILTER (WHERE official IS NULL AND scouted IS NOT NULL) AS b,
             count(*) FILTER (WHERE coalesce(official, scouted) IS NULL AND pitcher) AS c,
             count(*) FILTER (WHERE coalesce(official, scouted) IS NULL AND pitcher IS NOT TRUE) AS d FROM unknown) q,
     LATERAL (VALUES (a, 'without position: taken from the official season lines'), (b, 'without position: taken from the scouting lists'),
                     (c, 'without position: P, faced more batters than he had plate appearances'),
                     (d, 'without position: IF, as nothing says more')) v (n, note);
SELECT pg_temp.note('prospects', count(*) FILTER (WHERE bats <> upper(bats) OR throws <> upper(throws)), 'bats or throws in lower case') FROM pg_temp.people;
SELECT pg_temp.note('prospects', count(*) FILTER (WHERE origin = 'stub'), 'stubs for players with games who are not in the file') FROM pg_temp.placed;
SELECT pg_temp.remark('id_crosswalk', 'read for names and FanGraphs ids');
SELECT pg_temp.remark('milb_official_season_stats_2022_2025', 'read for positions; its totals are computed here from the game logs');
