CREATE FUNCTION dynasty_example.accuracy_bound(correct bigint, called bigint) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'accuracy_bound_wrapper';
COMMENT ON FUNCTION dynasty_example.accuracy_bound(bigint, bigint) IS
'The least that an umpire''s rate of right calls is likely to be: the lower end of the 95 % score interval (Wilson 1927) of correct of called, 0 to 1. NULL for a NULL argument or no calls. Errors: 22023 for negative counts or more right calls than calls.';

CREATE FUNCTION dynasty_example.record_game(umpire text, day date, calls integer, right_calls integer) RETURNS integer
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH him AS (
        INSERT INTO dynasty_example.umpires (name) VALUES (umpire) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id)
    INSERT INTO dynasty_example.umpire_games AS g (umpire_id, game_date, called, correct)
    SELECT him.id, day, calls, right_calls FROM him
    ON CONFLICT (umpire_id, game_date) DO UPDATE SET called = excluded.called, correct = excluded.correct
    RETURNING g.umpire_id
$fn$;
COMMENT ON FUNCTION dynasty_example.record_game(text, date, integer, integer) IS
'Notes the calls of an umpire''s game, or corrects them, and answers with his id. Errors: 23502 for NULL; 23514 for more right calls than calls, or a blank name; 42501.';
