-- A correction of one column alone reaches the line, whichever column it is: also one that no feature reads (RBI, wins).
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
-- The columns after whose correction the line was not what the games say. A line of its own for each: one that this
-- transaction has computed from its games would be computed so again.
CREATE FUNCTION pg_temp.missed(number integer, correction text) RETURNS TABLE (missed_column text) LANGUAGE plpgsql AS $fn$
DECLARE
    year integer := 1900 + 60 * number;
BEGIN
    FOR missed_column IN
        SELECT attname FROM pg_attribute
        WHERE attrelid = 'dynasty.milb_game_logs'::regclass AND attnum > 0 AND NOT attisdropped AND atttypid = 'integer'::regtype
          AND attname NOT IN ('prospect_id', 'season')
        ORDER BY attnum
    LOOP
        year := year + 1;
        EXECUTE format('INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, game_pk, season, level, %1$I)
                        VALUES (1, ''2020-06-01'', 2 * %2$s, %2$s, ''A'', 2), (1, ''2020-06-02'', 2 * %2$s + 1, %2$s, ''A'', 3)', missed_column, year);
        EXECUTE format('UPDATE dynasty.milb_game_logs SET %1$I = ' || correction || ' WHERE season = %2$s', missed_column, year);
        IF EXISTS (SELECT FROM dynasty.season_stats_diff() WHERE season = year) THEN
            RETURN NEXT;
        END IF;
    END LOOP;
END
$fn$;
SELECT * FROM pg_temp.missed(0, '%1$I + 1');
SELECT * FROM pg_temp.missed(1, 'NULLIF(%1$I, 3)');
SELECT * FROM pg_temp.missed(2, 'NULL');
SELECT * FROM pg_temp.missed(3, '0');
SELECT * FROM healthy;
