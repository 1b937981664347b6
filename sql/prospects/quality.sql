-- dynasty.data_quality: what the constraints let in and a model should not eat unseen. One row per finding.
--
-- Each part of the view joins and sorts by prospect_id only, so that WHERE prospect_id = n reaches the index of every
-- table. A part reads its table once and lists the broken rules of a row in an array; the text of a finding is made
-- only for rows that have one. The rules' severities and meanings stand in dynasty.data_quality_rules alone.
-- Both views use tables and built-in functions only: DROP EXTENSION ... CASCADE leaves them in place.

CREATE FUNCTION dynasty._make_quality_views() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
BEGIN
    IF dynasty._missing('dynasty.data_quality_rules'::text) THEN
        CREATE VIEW dynasty.data_quality_rules (rule, severity, description) AS VALUES
            ('hits_over_at_bats', 'error', 'more hits than at-bats'),
            ('at_bats_over_plate_appearances', 'error', 'more at-bats than plate appearances'),
            ('plate_appearances_identity', 'warning',
             'plate appearances are not at-bats + walks + hit by pitch + sacrifices, by more than one catcher''s interference'),
            ('walks_over_plate_appearances', 'error',
             'walks, hit by pitch and sacrifices together exceed the plate appearances'),
            ('extra_base_hits_over_hits', 'error', 'doubles + triples + home runs exceed the hits'),
            ('strikeouts_over_outs', 'error', 'hits and strikeouts of a batter together exceed his at-bats'),
            ('intentional_walks_over_walks', 'error', 'more intentional walks than walks (batting or pitching)'),
            ('home_runs_over_runs', 'error', 'more home runs than runs scored or than runs batted in'),
            ('earned_runs_over_runs', 'error', 'more earned runs than runs allowed'),
            ('home_runs_allowed_over_hits', 'error', 'more home runs than hits allowed'),
            ('home_runs_allowed_over_runs', 'error', 'more home runs than runs allowed'),
            ('strikes_over_pitches', 'error', 'more strikes than pitches thrown'),
            ('outs_over_batters_faced', 'error', 'more than three outs per batter faced'),
            ('batters_faced_identity', 'error',
             'hits, walks, hit batsmen and strikeouts of a pitcher together exceed the batters he faced'),
            ('strikeouts_over_outs_pitched', 'warning',
             'a pitcher''s strikeouts exceed his outs by more than one dropped third strike'),
            ('decisions_over_one', 'error', 'win, loss and save of one game add up to more than one'),
            ('rate_out_of_range', 'error', 'a rate as the source gave it cannot be: below 0, NaN, or above its highest value'),
            ('date_outside_season', 'warning', 'the year of the game is not its season; a later one never counts in features'),
            ('game_type_missing', 'info', 'the game has no game_type; it is read as Regular'),
            ('empty_line', 'info', 'the game has neither batting nor pitching numbers'),
            ('duplicate_game', 'warning',
             'two games of one date with the same line under different keys, as far as both have counts, or one game with and without game_pk'),
            ('two_levels_one_day', 'warning', 'games at two levels on one day'),
            ('level_jump', 'info',
             'two or more levels between consecutive games (Complex to A since 2021 is one step: there is no level between)'),
            ('implausible_age', 'warning', 'younger than 15 or older than 45 in a minor-league season'),
            ('birth_date_missing', 'info', 'no birth date: every age feature is unknown'),
            ('pitcher_only_bats', 'warning', 'listed as a pitcher, has plate appearances and never pitched'),
            ('hitter_only_pitches', 'warning', 'not listed as a pitcher, has pitched and never batted'),
            ('duplicate_prospect', 'warning', 'two prospects with the same name and birth date'),
            ('same_name_two_ids', 'warning',
             'two prospects of one name and role with different ids, of whom no birth date or MLBAM id says that they are two men'),
            ('debut_after_season', 'error', 'a major-league season before the year of the debut'),
            ('debut_dates_differ', 'warning', 'the rows of one player give different debut dates'),
            ('grade_present_over_future', 'warning', 'a tool other than speed is graded higher today than at its peak'),
            ('recorded_after_year', 'info',
             'recorded after December 31 of the ranking year: not visible to features as of that year'),
            ('shares_off_scale', 'warning',
             'shares that make up a whole (ground balls, line drives and flies; directions; contact) do not add up to 100'),
            ('advanced_without_games', 'info', 'advanced statistics for a season and level without any game log');
        COMMENT ON VIEW dynasty.data_quality_rules IS 'The rules of data_quality.';
        COMMENT ON COLUMN dynasty.data_quality_rules.rule IS 'Name of the rule.';
        COMMENT ON COLUMN dynasty.data_quality_rules.severity IS 'error, warning or info.';
        COMMENT ON COLUMN dynasty.data_quality_rules.description IS 'What the rule finds.';
        made := made || 'dynasty.data_quality_rules'::text;
    END IF;

    IF dynasty._missing('dynasty.data_quality'::text) THEN
        CREATE VIEW dynasty.data_quality (rule, severity, table_name, row_id, prospect_id, season, detail)
        WITH (security_invoker = true) AS
        SELECT f.rule, r.severity, f.table_name, f.row_id, f.prospect_id, f.season, f.detail
        FROM (
            -- one game
            SELECT g.rule, 'milb_game_logs'::text AS table_name, g.id AS row_id, g.prospect_id, g.season,
                   format('%s %s vs %s, ', g.game_date, coalesce(g.team, '?'), coalesce(g.opponent, '?'))
                   || CASE
                        WHEN g.rule IN ('hits_over_at_bats', 'at_bats_over_plate_appearances', 'plate_appearances_identity',
                                        'walks_over_plate_appearances', 'extra_base_hits_over_hits', 'strikeouts_over_outs')
                          THEN concat_ws(' ',
                            'PA ' || g.plate_appearances, 'AB ' || g.at_bats, 'H ' || g.hits, '2B ' || g.doubles,
                            '3B ' || g.triples, 'HR ' || g.home_runs, 'BB ' || g.walks, 'SO ' || g.strikeouts,
                            'HBP ' || g.hit_by_pitch, 'SF ' || g.sacrifice_flies, 'SH ' || g.sacrifice_hits)
                        WHEN g.rule = 'intentional_walks_over_walks' THEN concat_ws(' ',
                            'IBB ' || g.intentional_walks, 'BB ' || g.walks,
                            'allowed IBB ' || g.intentional_walks_allowed, 'BB ' || g.walks_allowed)
                        WHEN g.rule = 'home_runs_over_runs' THEN concat_ws(' ',
                            'HR ' || g.home_runs, 'R ' || g.runs, 'RBI ' || g.rbi)
                        WHEN g.rule = 'rate_out_of_range' THEN concat_ws(' ',
                            'AVG ' || g.batting_avg, 'OBP ' || g.on_base_pct, 'SLG ' || g.slugging_pct, 'OPS ' || g.ops,
                            'BABIP ' || g.babip)
                        WHEN g.rule = 'date_outside_season' THEN format('season %s', g.season)
                        WHEN g.rule IN ('game_type_missing', 'empty_line') THEN format('level %s', g.level)
                        ELSE concat_ws(' ',
                            'outs ' || g.outs_pitched, 'BF ' || g.batters_faced, 'H ' || g.hits_allowed,
                            'R ' || g.runs_allowed, 'ER ' || g.earned_runs, 'HR ' || g.home_runs_allowed,
                            'BB ' || g.walks_allowed, 'HB ' || g.hit_batsmen, 'SO ' || g.strikeouts_pitched,
                            'pitches ' || g.pitches_thrown, 'strikes ' || g.strikes_thrown, 'W ' || g.wins,
                            'L ' || g.losses, 'S ' || g.saves)
                      END AS detail
            FROM (
                SELECT l.*, unnest(array_remove(ARRAY[
                    CASE WHEN l.hits > l.at_bats THEN 'hits_over_at_bats' END,
                    CASE WHEN l.at_bats > l.plate_appearances THEN 'at_bats_over_plate_appearances' END,
                    CASE WHEN l.plate_appearances < l.at_bats::bigint + coalesce(l.walks, 0) + coalesce(l.hit_by_pitch, 0)
                              + coalesce(l.sacrifice_flies, 0) + coalesce(l.sacrifice_hits, 0)
                           OR l.plate_appearances > 1::bigint + l.at_bats + l.walks + l.hit_by_pitch
                              + l.sacrifice_flies + l.sacrifice_hits THEN 'plate_appearances_identity' END,
                    CASE WHEN coalesce(l.walks, 0)::bigint + coalesce(l.hit_by_pitch, 0) + coalesce(l.sacrifice_flies, 0)
                              + coalesce(l.sacrifice_hits, 0) > l.plate_appearances THEN 'walks_over_plate_appearances' END,
                    CASE WHEN coalesce(l.doubles, 0)::bigint + coalesce(l.triples, 0) + coalesce(l.home_runs, 0) > l.hits
                         THEN 'extra_base_hits_over_hits' END,
                    CASE WHEN l.strikeouts::bigint + coalesce(l.hits, 0) > l.at_bats THEN 'strikeouts_over_outs' END,
                    CASE WHEN l.intentional_walks > l.walks OR l.intentional_walks_allowed > l.walks_allowed
                         THEN 'intentional_walks_over_walks' END,
                    CASE WHEN l.home_runs > l.runs OR l.home_runs > l.rbi THEN 'home_runs_over_runs' END,
                    CASE WHEN l.earned_runs > l.runs_allowed THEN 'earned_runs_over_runs' END,
                    CASE WHEN l.home_runs_allowed > l.hits_allowed THEN 'home_runs_allowed_over_hits' END,
                    CASE WHEN l.home_runs_allowed > l.runs_allowed THEN 'home_runs_allowed_over_runs' END,
                    CASE WHEN l.strikes_thrown > l.pitches_thrown THEN 'strikes_over_pitches' END,
                    CASE WHEN l.outs_pitched > 3::bigint * l.batters_faced THEN 'outs_over_batters_faced' END,
                    CASE WHEN coalesce(l.hits_allowed, 0)::bigint + coalesce(l.walks_allowed, 0) + coalesce(l.hit_batsmen, 0)
                              + coalesce(l.strikeouts_pitched, 0) > l.batters_faced THEN 'batters_faced_identity' END,
                    CASE WHEN l.strikeouts_pitched - 1 > l.outs_pitched THEN 'strikeouts_over_outs_pitched' END,
                    CASE WHEN coalesce(l.wins, 0)::bigint + coalesce(l.losses, 0) + coalesce(l.saves, 0) > 1
                         THEN 'decisions_over_one' END,
                    CASE WHEN least(l.batting_avg, l.on_base_pct, l.slugging_pct, l.ops, l.babip) < 0
                           OR greatest(l.batting_avg, l.on_base_pct, l.babip) > 1 OR l.slugging_pct > 4 OR l.ops > 5
                         THEN 'rate_out_of_range' END,
                    CASE WHEN extract(year FROM l.game_date) <> l.season THEN 'date_outside_season' END,
                    CASE WHEN l.game_type IS NULL THEN 'game_type_missing' END,
                    CASE WHEN coalesce(l.plate_appearances, l.at_bats, l.hits, l.walks, l.runs, l.strikeouts,
                              l.outs_pitched, l.batters_faced) IS NULL THEN 'empty_line' END
                ], NULL)) AS rule
                FROM dynasty.milb_game_logs l
            ) g
            UNION ALL
            -- two games of one day
            SELECT p.rule, 'milb_game_logs', p.id, p.prospect_id, p.season,
                   CASE p.rule WHEN 'two_levels_one_day'
                     THEN format('%s: game %s at %s, game %s at %s', p.game_date, p.other_id, p.other_level, p.id, p.level)
                     ELSE format('%s vs %s: games %s and %s %s (%s)', p.game_date, coalesce(p.opponent, '?'), p.other_id, p.id,
                                 CASE WHEN p.agree THEN 'have the same line' ELSE 'are one game, with and without game_pk' END,
                                 concat_ws(' ', 'PA ' || p.plate_appearances, 'AB ' || p.at_bats, 'H ' || p.hits,
                                           'outs ' || p.outs_pitched))
                   END
            FROM (
                SELECT b.id, b.prospect_id, b.season, b.game_date, b.level, b.opponent, b.plate_appearances, b.at_bats,
                       b.hits, b.outs_pitched, a.id AS other_id, a.level AS other_level, pair.agree,
                       unnest(array_remove(ARRAY[
                           CASE WHEN a.level <> b.level THEN 'two_levels_one_day' END,
                           CASE WHEN CASE WHEN a.game_pk IS NOT NULL AND b.game_pk IS NOT NULL OR a.game_number <> b.game_number
                                          -- two games that are known as such, or numbered: all of the line must be the same
                                          THEN (a.team IS NOT DISTINCT FROM b.team OR a.opponent IS NOT DISTINCT FROM b.opponent)
                                               AND pair.agree AND pair.know_the_same
                                               AND coalesce(b.plate_appearances, b.at_bats, b.batters_faced, b.outs_pitched) > 0
                                          WHEN a.level <> b.level THEN false
                                          -- nobody plays two first games of a day for one club, whatever the counts
                                          WHEN (a.game_pk IS NULL) <> (b.game_pk IS NULL) AND a.team = b.team THEN true
                                          -- clubs have several names: the counts that both have must be the same
                                          ELSE pair.agree AND pair.in_common > 0 END
                                THEN 'duplicate_game' END
                       ], NULL)) AS rule
                FROM dynasty.milb_game_logs a
                JOIN dynasty.milb_game_logs b ON b.prospect_id = a.prospect_id AND b.game_date = a.game_date AND b.id > a.id
                -- A count that one source does not have is no difference.
                CROSS JOIN LATERAL (
                    SELECT bool_and(c.x = c.y) IS NOT FALSE AS agree, bool_and((c.x IS NULL) = (c.y IS NULL)) AS know_the_same,
                           count(*) FILTER (WHERE c.essential AND c.x > 0 AND c.y > 0) AS in_common
                    FROM (VALUES (a.plate_appearances, b.plate_appearances, true), (a.at_bats, b.at_bats, true),
                              (a.outs_pitched, b.outs_pitched, true), (a.batters_faced, b.batters_faced, true),
                              (a.runs, b.runs, false), (a.hits, b.hits, false), (a.doubles, b.doubles, false),
                              (a.triples, b.triples, false), (a.home_runs, b.home_runs, false), (a.rbi, b.rbi, false),
                              (a.walks, b.walks, false), (a.strikeouts, b.strikeouts, false), (a.stolen_bases, b.stolen_bases, false),
                              (a.hit_by_pitch, b.hit_by_pitch, false), (a.ground_outs, b.ground_outs, false),
                              (a.air_outs, b.air_outs, false), (a.pitches_seen, b.pitches_seen, false),
                              (a.hits_allowed, b.hits_allowed, false), (a.runs_allowed, b.runs_allowed, false),
                              (a.earned_runs, b.earned_runs, false), (a.walks_allowed, b.walks_allowed, false),
                              (a.strikeouts_pitched, b.strikeouts_pitched, false),
                              (a.pitches_thrown, b.pitches_thrown, false)) c (x, y, essential)
                ) pair
            ) p
            UNION ALL
            -- consecutive games
            SELECT 'level_jump', 'milb_game_logs', j.id, j.prospect_id, j.season,
                   format('%s at %s after %s at %s', j.game_date, j.level, j.previous_date, j.previous_level)
            FROM (
                SELECT o.id, o.prospect_id, o.season, o.game_date, o.level, o.ordinal,
                       lag(o.game_date) OVER w AS previous_date, lag(o.level) OVER w AS previous_level,
                       lag(o.ordinal) OVER w AS previous_ordinal
                FROM (
                    SELECT l.id, l.prospect_id, l.season, l.game_date, l.game_number, l.level,
                           CASE l.level WHEN 'Complex' THEN 1 WHEN 'Rookie' THEN 2 WHEN 'A' THEN 3 WHEN 'A+' THEN 4
                                        WHEN 'AA' THEN 5 WHEN 'AAA' THEN 6 END AS ordinal
                    FROM dynasty.milb_game_logs l
                ) o
                WINDOW w AS (PARTITION BY o.prospect_id ORDER BY o.game_date, o.game_number, o.id)
            ) j
            WHERE abs(j.ordinal - j.previous_ordinal) >= 2
              AND NOT (j.season >= 2021 AND j.ordinal IN (1, 3) AND j.previous_ordinal IN (1, 3))
            UNION ALL
            -- a prospect and his seasons
            SELECT 'implausible_age', 'prospects', p.id, p.id, s.season,
                   format('born %s, played at %s from %s to %s: %s years old', p.birth_date, s.level, s.season_start,
                          s.season_end, round((s.season_start - p.birth_date) / 365.25, 1))
            FROM dynasty.prospects p
            JOIN dynasty.milb_season_stats s ON s.prospect_id = p.id
            WHERE s.season_start - p.birth_date < 15 * 365.25 OR s.season_end - p.birth_date > 45 * 365.25
            UNION ALL
            SELECT 'birth_date_missing', 'prospects', p.id, p.id, NULL, p.name
            FROM dynasty.prospects p
            WHERE p.birth_date IS NULL
            UNION ALL
            SELECT CASE WHEN p.pitcher THEN 'pitcher_only_bats' ELSE 'hitter_only_pitches' END, 'prospects', p.id, p.id, NULL,
                   format('%s, position %s: %s plate appearances, %s games pitched', p.name, p.position, coalesce(t.pa, 0),
                          t.pitched)
            FROM (SELECT q.*, q.position IN ('P', 'SP', 'RP', 'RHP', 'LHP') AS pitcher FROM dynasty.prospects q) p
            JOIN (SELECT s.prospect_id, sum(s.total_pa) AS pa, sum(s.games_pitched) AS pitched
                  FROM dynasty.milb_season_stats s GROUP BY s.prospect_id) t ON t.prospect_id = p.id
            WHERE CASE WHEN p.pitcher THEN t.pa > 0 AND t.pitched = 0 ELSE t.pitched > 0 AND coalesce(t.pa, 0) = 0 END
            UNION ALL
            SELECT 'duplicate_prospect', 'prospects', b.id, b.id, NULL,
                   format('%s, born %s: also prospect %s', b.name, b.birth_date, a.id)
            FROM dynasty.prospects a
            JOIN dynasty.prospects b ON b.name = a.name AND b.birth_date = a.birth_date AND b.id > a.id
            UNION ALL
            SELECT 'same_name_two_ids', 'prospects', b.id, b.id, NULL,
                   format('%s (%s): also prospect %s (%s)', b.name,
                          concat_ws(', ', 'mlb_id ' || b.mlb_id, 'fg_player_id ' || b.fg_player_id, 'born ' || b.birth_date), a.id,
                          concat_ws(', ', 'mlb_id ' || a.mlb_id, 'fg_player_id ' || a.fg_player_id, 'born ' || a.birth_date))
            FROM dynasty.prospects a
            JOIN dynasty.prospects b ON lower(b.name) = lower(a.name) AND b.id > a.id
            WHERE (a.birth_date IS NULL OR b.birth_date IS NULL) AND (a.mlb_id IS NULL OR b.mlb_id IS NULL)
              AND (a.position IN ('P', 'SP', 'RP', 'RHP', 'LHP')) = (b.position IN ('P', 'SP', 'RP', 'RHP', 'LHP'))
            UNION ALL
            -- major-league seasons
            SELECT m.rule, 'mlb_stats', m.id, m.prospect_id, m.season,
                   CASE m.rule
                     WHEN 'debut_after_season' THEN format('season %s, debut %s', m.season, m.mlb_debut_date)
                     WHEN 'earned_runs_over_runs' THEN format('ER %s R %s', m.earned_runs, m.runs_allowed)
                     WHEN 'home_runs_allowed_over_hits' THEN format('HR %s H %s', m.home_runs_allowed, m.hits_allowed)
                     WHEN 'outs_over_batters_faced' THEN format('outs %s BF %s', m.outs_pitched, m.batters_faced)
                     ELSE concat_ws(' ',
                          'PA ' || m.plate_appearances, 'AB ' || m.at_bats, 'H ' || m.hits, '2B ' || m.doubles,
                          '3B ' || m.triples, 'HR ' || m.home_runs, 'BB ' || m.walks, 'SO ' || m.strikeouts)
                   END
            FROM (
                SELECT s.*, unnest(array_remove(ARRAY[
                    CASE WHEN extract(year FROM s.mlb_debut_date) > s.season THEN 'debut_after_season' END,
                    CASE WHEN s.hits > s.at_bats THEN 'hits_over_at_bats' END,
                    CASE WHEN s.at_bats > s.plate_appearances THEN 'at_bats_over_plate_appearances' END,
                    CASE WHEN coalesce(s.walks, 0)::bigint + coalesce(s.hit_by_pitch, 0) + coalesce(s.sacrifice_flies, 0)
                              > s.plate_appearances THEN 'walks_over_plate_appearances' END,
                    CASE WHEN coalesce(s.doubles, 0)::bigint + coalesce(s.triples, 0) + coalesce(s.home_runs, 0) > s.hits
                         THEN 'extra_base_hits_over_hits' END,
                    CASE WHEN s.strikeouts::bigint + coalesce(s.hits, 0) > s.at_bats THEN 'strikeouts_over_outs' END,
                    CASE WHEN s.earned_runs > s.runs_allowed THEN 'earned_runs_over_runs' END,
                    CASE WHEN s.home_runs_allowed > s.hits_allowed THEN 'home_runs_allowed_over_hits' END,
                    CASE WHEN s.outs_pitched > 3::bigint * s.batters_faced THEN 'outs_over_batters_faced' END
                ], NULL)) AS rule
                FROM dynasty.mlb_stats s
            ) m
            UNION ALL
            SELECT 'debut_dates_differ', 'mlb_stats', d.id, d.prospect_id, d.season,
                   format('debut %s here, %s in an earlier row', d.mlb_debut_date, d.first_debut)
            FROM (SELECT s.id, s.prospect_id, s.season, s.mlb_debut_date,
                         min(s.mlb_debut_date) OVER (PARTITION BY s.prospect_id) AS first_debut
                  FROM dynasty.mlb_stats s) d
            WHERE d.mlb_debut_date <> d.first_debut
            UNION ALL
            -- scouting and advanced statistics
            SELECT 'grade_present_over_future', 'scouting_grades', g.id, g.prospect_id, g.ranking_year,
                   format('%s %s: ', g.source, g.ranking_year) || concat_ws(', ',
                       CASE WHEN g.hit_present > g.hit_future
                            THEN format('hit %s today, %s at its peak', g.hit_present, g.hit_future) END,
                       CASE WHEN g.power_present > g.power_future
                            THEN format('power %s today, %s at its peak', g.power_present, g.power_future) END,
                       CASE WHEN g.raw_power_present > g.raw_power_future
                            THEN format('raw power %s today, %s at its peak', g.raw_power_present, g.raw_power_future) END,
                       CASE WHEN g.field_present > g.field_future
                            THEN format('field %s today, %s at its peak', g.field_present, g.field_future) END,
                       CASE WHEN g.arm_present > g.arm_future
                            THEN format('arm %s today, %s at its peak', g.arm_present, g.arm_future) END)
            FROM dynasty.scouting_grades g
            -- Not speed: a body that fills out slows down, and "60 / 50" is the normal case.
            WHERE g.hit_present > g.hit_future OR g.power_present > g.power_future
               OR g.raw_power_present > g.raw_power_future OR g.field_present > g.field_future OR g.arm_present > g.arm_future
            UNION ALL
            SELECT 'recorded_after_year', 'scouting_grades', g.id, g.prospect_id, g.ranking_year,
                   format('%s %s, recorded %s', g.source, g.ranking_year, g.date_recorded)
            FROM dynasty.scouting_grades g
            WHERE extract(year FROM g.date_recorded) > g.ranking_year
            UNION ALL
            SELECT 'shares_off_scale', 'milb_advanced_stats', h.id, h.prospect_id, h.season,
                   format('%s at %s: ', h.season, h.level) || concat_ws(', ',
                       CASE WHEN h.balls NOT BETWEEN 95 AND 105 THEN format('GB + LD + FB = %s', h.balls) END,
                       CASE WHEN h.sides NOT BETWEEN 95 AND 105 THEN format('Pull + Cent + Oppo = %s', h.sides) END,
                       CASE WHEN h.contact NOT BETWEEN 95 AND 105 THEN format('Soft + Med + Hard = %s', h.contact) END)
            -- All three are 0 for a hitter without a batted ball.
            FROM (SELECT a.id, a.prospect_id, a.season, a.level, nullif(a.gb_percent + a.ld_percent + a.fb_percent, 0) AS balls,
                         nullif(a.pull_percent + a.cent_percent + a.oppo_percent, 0) AS sides,
                         nullif(a.soft_contact_percent + a.medium_contact_percent + a.hard_contact_percent, 0) AS contact
                  FROM dynasty.milb_advanced_stats a) h
            WHERE h.balls NOT BETWEEN 95 AND 105 OR h.sides NOT BETWEEN 95 AND 105 OR h.contact NOT BETWEEN 95 AND 105
            UNION ALL
            SELECT 'advanced_without_games', 'milb_advanced_stats', a.id, a.prospect_id, a.season,
                   format('%s at %s: no game log', a.season, a.level)
            FROM dynasty.milb_advanced_stats a
            WHERE NOT EXISTS (SELECT FROM dynasty.milb_season_stats s
                              WHERE s.prospect_id = a.prospect_id AND s.season = a.season AND s.level = a.level)
        ) f
        JOIN dynasty.data_quality_rules r ON r.rule = f.rule;
        COMMENT ON VIEW dynasty.data_quality IS 'One row per finding in data that the constraints let in and a model should not eat unseen. Reads with the caller''s rights; WHERE prospect_id = n is fast.';
        COMMENT ON COLUMN dynasty.data_quality.rule IS 'Name of the rule, from data_quality_rules.';
        COMMENT ON COLUMN dynasty.data_quality.severity IS 'error: cannot have happened; warning: look at it; info: good to know.';
        COMMENT ON COLUMN dynasty.data_quality.table_name IS 'Table of the row, in schema dynasty.';
        COMMENT ON COLUMN dynasty.data_quality.row_id IS 'Its id.';
        COMMENT ON COLUMN dynasty.data_quality.prospect_id IS 'The player.';
        COMMENT ON COLUMN dynasty.data_quality.season IS 'Season or ranking year. NULL = the finding is about no season.';
        COMMENT ON COLUMN dynasty.data_quality.detail IS 'The finding with its values, to be read by people.';
        made := made || 'dynasty.data_quality'::text;
    END IF;
    RETURN made;
END
$fn$;
