-- simulate_league(): arguments it refuses, and who may call it; nothing is written then.
\set SHOW_CONTEXT never
SET client_min_messages = warning;
\set VERBOSITY default
DO $$
DECLARE
    call text;
    state text;
    message text;
BEGIN
    FOREACH call IN ARRAY ARRAY['0, 2015, 2016, 1', '-5, 2015, 2016, 1', '200001, 2015, 2016, 1', '10, 1900, 2016, 1', '10, 2015, 2101, 1',
                                '10, 2016, 2015, 1', 'NULL, 2015, 2016, 1', '10, NULL, 2016, 1', '10, 2015, NULL, 1', '10, 2015, 2016, NULL']
    LOOP
        BEGIN
            EXECUTE 'SELECT * FROM dynasty.simulate_league(' || call || ')';
            RAISE WARNING '(%) was taken', call;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
            RAISE WARNING '(%): % %', call, state, message;
        END;
    END LOOP;
END $$;

CREATE ROLE regress_dynasty_player;
GRANT USAGE ON SCHEMA dynasty TO regress_dynasty_player;
SET ROLE regress_dynasty_player;
SELECT * FROM dynasty.simulate_league(10, 2015, 2016, 1);
SELECT * FROM dynasty.remove_simulated();
RESET ROLE;
-- With the right to call it he still needs the right to write.
GRANT EXECUTE ON FUNCTION dynasty.simulate_league(integer, integer, integer, bigint) TO regress_dynasty_player;
GRANT SELECT, INSERT ON dynasty.prospects TO regress_dynasty_player;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO regress_dynasty_player;
GRANT ALL ON ALL SEQUENCES IN SCHEMA dynasty TO regress_dynasty_player;
SET ROLE regress_dynasty_player;
SELECT * FROM dynasty.simulate_league(10, 2015, 2016, 1);
RESET ROLE;
-- Row security applies to him: COPY cannot check his rows one by one.
GRANT INSERT ON ALL TABLES IN SCHEMA dynasty TO regress_dynasty_player;
ALTER TABLE dynasty.milb_game_logs ENABLE ROW LEVEL SECURITY;
SET ROLE regress_dynasty_player;
SELECT * FROM dynasty.simulate_league(10, 2015, 2016, 1);
RESET ROLE;
ALTER TABLE dynasty.milb_game_logs DISABLE ROW LEVEL SECURITY;
SELECT count(*) FROM dynasty.prospects;
-- And with all of these rights he may.
SET ROLE regress_dynasty_player;
SELECT count(*) FROM dynasty.simulate_league(10, 2015, 2016, 1);
RESET ROLE;
SELECT count(*) FROM dynasty.prospects;
SELECT count(*) AS differing_lines FROM dynasty.season_stats_diff();
DROP OWNED BY regress_dynasty_player;
DROP ROLE regress_dynasty_player;
