-- A league that could be, and the way back from it.

CREATE FUNCTION dynasty.simulate_league(
    prospects integer DEFAULT 1000,
    first_season integer DEFAULT 2015,
    last_season integer DEFAULT 2024,
    seed bigint DEFAULT 1
) RETURNS TABLE (table_name text, rows bigint) LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'simulate_league_wrapper';

CREATE FUNCTION dynasty.remove_simulated() RETURNS TABLE (table_name text, rows bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    table_name := 'milb_game_logs';
    DELETE FROM dynasty.milb_game_logs l USING dynasty.prospects p
    WHERE l.prospect_id = p.id AND l.data_source = 'simulated' AND p.data_sources @> '{"simulated": true}';
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    table_name := 'mlb_stats';
    DELETE FROM dynasty.mlb_stats s USING dynasty.prospects p
    WHERE s.prospect_id = p.id AND s.data_source = 'simulated' AND p.data_sources @> '{"simulated": true}';
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    -- Of made-up grades that somebody re-issued, what they were.
    DELETE FROM dynasty.scouting_editions e USING dynasty.prospects p
    WHERE e.prospect_id = p.id AND p.data_sources @> '{"simulated": true}'
      AND e.grade_id BETWEEN (p.data_sources -> 'scouting_grades' ->> 0)::integer AND (p.data_sources -> 'scouting_grades' ->> 1)::integer;

    table_name := 'scouting_grades';
    DELETE FROM dynasty.scouting_grades g USING dynasty.prospects p
    WHERE g.prospect_id = p.id AND p.data_sources @> '{"simulated": true}'
      AND g.id BETWEEN (p.data_sources -> 'scouting_grades' ->> 0)::integer AND (p.data_sources -> 'scouting_grades' ->> 1)::integer;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;
    -- No marks of a source tell the trigger that these are made up; nobody was served a vector of them.
    DELETE FROM dynasty.scouting_grades_history h USING dynasty.prospects p
    WHERE h.prospect_id = p.id AND p.data_sources @> '{"simulated": true}'
      AND (h.of_edition AND NOT EXISTS (SELECT FROM dynasty.scouting_editions e WHERE e.id = h.id)
           OR NOT h.of_edition AND h.id BETWEEN (p.data_sources -> 'scouting_grades' ->> 0)::bigint
                                            AND (p.data_sources -> 'scouting_grades' ->> 1)::bigint);

    table_name := 'milb_advanced_stats';
    DELETE FROM dynasty.milb_advanced_stats a USING dynasty.prospects p
    WHERE a.prospect_id = p.id AND a.data_source = 'simulated' AND p.data_sources @> '{"simulated": true}';
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    -- What a user added to a simulated prospect is the user's: then the prospect stays with it.
    table_name := 'prospects';
    DELETE FROM dynasty.prospects p
    WHERE p.data_sources @> '{"simulated": true}'
      AND NOT EXISTS (SELECT FROM dynasty.milb_game_logs x WHERE x.prospect_id = p.id)
      AND NOT EXISTS (SELECT FROM dynasty.mlb_stats x WHERE x.prospect_id = p.id)
      AND NOT EXISTS (SELECT FROM dynasty.scouting_grades x WHERE x.prospect_id = p.id)
      AND NOT EXISTS (SELECT FROM dynasty.scouting_editions x WHERE x.prospect_id = p.id)
      AND NOT EXISTS (SELECT FROM dynasty.milb_advanced_stats x WHERE x.prospect_id = p.id);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;
END
$fn$;

COMMENT ON FUNCTION dynasty.simulate_league(integer, integer, integer, bigint) IS
'Fills dynasty.prospects, milb_game_logs, mlb_stats, scouting_grades and milb_advanced_stats with a believable league: careers from signing to release or the majors, games played plate appearance by plate appearance, doubleheaders, injuries, promotions, scouts'' lists. The same arguments give the same league.
prospects: how many (1 to 200,000; 9,000 over 15 seasons are about 900,000 game logs). first_season, last_season: 1901 to 2100; 2020 has no minor-league season, as it was. Of the prospects of the first season some are already under way.
Marks: data_source ''simulated'' (in scouting_grades the ids named in the prospect''s data_sources), prospects.data_sources {"simulated": true}, mlb_id above 900,000,000. remove_simulated() takes exactly these rows away.
Returns one row per table: its name and the rows that came in. Needs INSERT on the five tables; says how far it is by NOTICE.
Errors: 22004 argument null; 22023 argument out of range; 42501 no right to insert; 0A000 row security applies to the caller, or called inside itself by a trigger; 25006 in a read-only transaction; 53200 out of memory.';

COMMENT ON FUNCTION dynasty.remove_simulated() IS
'Deletes what simulate_league() wrote, with the season lines, features, labels and predictions of those prospects. A simulated prospect to whom other rows were added (game logs, grades, statistics with another data_source) stays, with these rows.
Returns one row per table: its name and the rows deleted; editions of made-up grades, and their history, go with these. Needs DELETE on the five tables, scouting_editions and scouting_grades_history.';
