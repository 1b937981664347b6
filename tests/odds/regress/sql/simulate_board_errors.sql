-- simulate_board(): arguments it refuses, and who may call it; nothing is written then.
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET timezone = 'UTC';
DO $$
DECLARE
    call text;
    state text;
    message text;
BEGIN
    FOREACH call IN ARRAY ARRAY['0', '-1', '2001', '1, 0', '1, 25', '1, 1, 0', '1, 1, 721', '2000, 24, 720', 'NULL', '1, NULL', '1, 1, NULL', '1, 1, 1, NULL', '1, 1, 1, 1, NULL', '1, 1, 1, 1, now(), NULL',
                                $q$1, 1, 1, 1, 'infinity'$q$, $q$1, 1, 1, 1, '-infinity'$q$, $q$1, 1, 1, 1, '9999-01-01'$q$, $q$1, 1, 1, 1, '1850-01-01'$q$, $q$1, 1, 1, 1, '4000-01-01 BC'$q$]
    LOOP
        BEGIN
            EXECUTE 'SELECT * FROM dynasty_odds.simulate_board(' || call || ')';
            RAISE WARNING '(%) was taken', call;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
            RAISE WARNING '(%): % %', call, state, message;
        END;
    END LOOP;
END $$;
SELECT count(*) FROM dynasty_odds.simulate_board(1, 1, 1, -9223372036854775808, '1901-01-01');
SELECT sum(rows) > 0 AS removed FROM dynasty_odds.remove_simulated();

-- A kind that is shipped has to be there.
BEGIN;
UPDATE dynasty_odds.market_kinds SET key = 'both' WHERE key = 'btts';
SELECT count(*) FROM dynasty_odds.simulate_board(1, 1, 1);
ROLLBACK;
BEGIN READ ONLY;
SELECT count(*) FROM dynasty_odds.simulate_board(1, 1, 1);
ROLLBACK;

CREATE ROLE regress_dynasty_player;
GRANT USAGE ON SCHEMA dynasty_odds, dynasty TO regress_dynasty_player;
SET ROLE regress_dynasty_player;
SELECT * FROM dynasty_odds.simulate_board(1, 1, 1);
SELECT * FROM dynasty_odds.remove_simulated();
RESET ROLE;
-- With the right to call it he still needs the right to write.
GRANT EXECUTE ON FUNCTION dynasty_odds.simulate_board, dynasty_odds.remove_simulated TO regress_dynasty_player;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty_odds TO regress_dynasty_player;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA dynasty_odds TO regress_dynasty_player;
SET ROLE regress_dynasty_player;
SELECT * FROM dynasty_odds.simulate_board(1, 1, 1);
SELECT * FROM dynasty_odds.remove_simulated();
RESET ROLE;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA dynasty_odds TO regress_dynasty_player;
-- Row security applies to him: COPY cannot check his rows one by one.
ALTER TABLE dynasty_odds.events ENABLE ROW LEVEL SECURITY;
SET ROLE regress_dynasty_player;
SELECT * FROM dynasty_odds.simulate_board(1, 1, 1);
RESET ROLE;
ALTER TABLE dynasty_odds.events DISABLE ROW LEVEL SECURITY;
SELECT count(*) FROM dynasty_odds.events;
SET ROLE regress_dynasty_player;
SELECT count(*) FROM dynasty_odds.simulate_board(2, 2, 1);
SELECT sum(rows) > 0 AS removed FROM dynasty_odds.remove_simulated();
RESET ROLE;
DROP OWNED BY regress_dynasty_player;
DROP ROLE regress_dynasty_player;
