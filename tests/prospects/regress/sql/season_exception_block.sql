-- A caught error in plpgsql undoes the games of its block and their statistics, and nothing else.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
CREATE FUNCTION pg_temp.load(hits integer[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    loaded integer := 0;
    h integer;
BEGIN
    FOREACH h IN ARRAY hits LOOP
        BEGIN
            INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
            VALUES (1, date '2020-06-01' + loaded, 2020, 'A', 4, h);
            IF h > 4 THEN
                RAISE EXCEPTION 'more hits than at-bats';
            END IF;
            loaded := loaded + 1;
        EXCEPTION WHEN raise_exception OR check_violation THEN
            -- The line as the handler sees it is that without the game.
            RAISE NOTICE '% refused, the line has % games', h, (SELECT games_played FROM dynasty.milb_season_stats);
        END;
    END LOOP;
    RETURN loaded;
END
$$;
SELECT pg_temp.load('{2,9,0,-1,3}');
SELECT * FROM lines; -- {2, 0, 3}: 5/12, cv 1.5275/1.6667 = .9165
SELECT * FROM healthy;
ROLLBACK;
