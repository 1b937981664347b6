-- Each CHECK of prospects, scouting_grades, mlb_stats and milb_advanced_stats: what it refuses (23514) and the border it takes.
CREATE FUNCTION try(relation regclass, cells jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    name text;
    list text := (SELECT string_agg(quote_ident(k), ', ') FROM jsonb_object_keys(cells) k);
BEGIN
    EXECUTE format('INSERT INTO %s (%s) SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $1)', relation, list) USING cells;
    EXECUTE format('DELETE FROM %s WHERE created_at = now()', relation);
    RETURN 'ok';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS name = CONSTRAINT_NAME;
    RETURN concat_ws(' ', SQLSTATE, coalesce(nullif(name, ''), SQLERRM));
END
$$;
SELECT cells, try('dynasty.prospects', '{"name": "A B", "position": "SS"}' || cells) FROM unnest(ARRAY[
    '{}', '{"position": "P"}', '{"position": "UT"}', '{"position": "ss"}', '{"position": null}', '{"name": null}',
    '{"bats": "S", "throws": "S"}', '{"bats": "L", "throws": "R"}', '{"bats": "B", "throws": "R"}', '{"bats": "B"}', '{"throws": "r"}', '{"bats": null, "throws": "L"}',
    '{"height_inches": 30}', '{"height_inches": 29}', '{"height_inches": 120}', '{"height_inches": 121}',
    '{"weight_lbs": 50}', '{"weight_lbs": 49}', '{"weight_lbs": 600}', '{"weight_lbs": 601}', '{"height_inches": 20, "weight_lbs": null}',
    '{"birth_date": "1800-01-01"}', '{"birth_date": "1799-12-31"}', '{"birth_date": "infinity"}',
    '{"draft_year": 1870}', '{"draft_year": 1869}', '{"draft_year": 2201}', '{"draft_round": 1, "draft_pick": 1}', '{"draft_round": 0}', '{"draft_pick": 0, "draft_round": 3}',
    '{"signing_bonus_usd": 0}', '{"signing_bonus_usd": -1}']::jsonb[]) cells;
INSERT INTO dynasty.prospects (id, name, position, created_at) VALUES (1, 'Shortstop', 'SS', '2000-01-01');
SELECT cells, try('dynasty.scouting_grades', '{"prospect_id": 1, "source": "fangraphs", "ranking_year": 2020, "date_recorded": "2020-03-01"}' || cells) FROM unnest(ARRAY[
    '{}', '{"future_value": 20}', '{"future_value": 80}', '{"future_value": 19}', '{"future_value": 81}', '{"risk_level": "Safe"}', '{"risk_level": "low"}',
    '{"hit_present": 20, "arm_future": 80}', '{"hit_present": 19}', '{"command_grade": 81}', '{"fastball_grade": 15, "slider_grade": 60}',
    '{"rank_overall": 1}', '{"rank_overall": 0}', '{"dynasty_rank": -1}', '{"ranking_year": 1869}', '{"eta_year": 2201}', '{"date_recorded": "infinity"}', '{"date_recorded": null}']::jsonb[]) cells;
SELECT cells, try('dynasty.mlb_stats', '{"prospect_id": 1, "season": 2020}' || cells) FROM unnest(ARRAY[
    '{}', '{"season": 2201}', '{"hits": 0, "saves": 0}', '{"hits": -1}', '{"saves": -1, "hits": 3}', '{"war": -2.5}', '{"war": 12.5}', '{"war": "NaN"}',
    '{"batting_avg": 0}', '{"batting_avg": -0.001}', '{"ops": "NaN"}', '{"slugging_pct": 4}', '{"mlb_debut_date": "infinity"}']::jsonb[]) cells;
SELECT cells, try('dynasty.milb_advanced_stats', '{"prospect_id": 1, "season": 2020, "level": "A"}' || cells) FROM unnest(ARRAY[
    '{}', '{"season": 1869}', '{"gb_percent": 0, "fb_percent": 100}', '{"gb_percent": -0.1}', '{"contact_percent": 100.1}', '{"zone_percent": "NaN"}',
    '{"wrc_plus": -40, "wraa": -8}', '{"woba": -0.001}', '{"woba": "NaN"}', '{"hr_per_fb": 300}', '{"wbsr": -3.5}', '{"level": null}']::jsonb[]) cells;
-- No count of the majors and no tool was forgotten.
SELECT count(*) AS counts, count(*) FILTER (WHERE try('dynasty.mlb_stats', jsonb_build_object('prospect_id', 1, 'season', 2020, col, -1)) = '23514 ck_mlb_stats_counts') AS refused
FROM (SELECT attname AS col FROM pg_attribute WHERE attrelid = 'dynasty.mlb_stats'::regclass AND attnum > 0 AND atttypid = 'int4'::regtype
      AND attname NOT IN ('id', 'prospect_id', 'season', 'ops_plus')) c;
SELECT count(*) AS tools, count(*) FILTER (WHERE try('dynasty.scouting_grades', '{"prospect_id": 1, "source": "ba", "ranking_year": 2020, "date_recorded": "2020-03-01"}' || jsonb_build_object(col, 19)) LIKE '23514%'
      AND try('dynasty.scouting_grades', '{"prospect_id": 1, "source": "ba", "ranking_year": 2020, "date_recorded": "2020-03-01"}' || jsonb_build_object(col, 81)) LIKE '23514%') AS refused
FROM (SELECT attname AS col FROM pg_attribute WHERE attrelid = 'dynasty.scouting_grades'::regclass AND attname ~ '_(present|future|grade)$' OR attrelid = 'dynasty.scouting_grades'::regclass AND attname = 'future_value') c;
