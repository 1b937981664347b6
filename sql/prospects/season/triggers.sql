-- The trigger functions behind dynasty.milb_season_stats (src/prospects). Which triggers call them: ../triggers.sql.

CREATE FUNCTION dynasty.maintain_season_stats() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME', 'maintain_season_stats';
COMMENT ON FUNCTION dynasty.maintain_season_stats() IS
'Statement trigger that keeps dynasty.milb_season_stats equal to dynasty.season_stats() after INSERT, UPDATE, DELETE and TRUNCATE on dynasty.milb_game_logs. Needs the transition tables (REFERENCING OLD TABLE / NEW TABLE). Asks for no rights of the caller on milb_season_stats; triggers, constraints and defaults that users put there work as for an ordinary statement, as the caller. Errors: 39P01 when called otherwise or for another table, 0A000 for a table that Citus has distributed, 40001 under REPEATABLE READ when another transaction changed the same line, 42703 and 42804 when a column is missing or of another type, 27000 when a trigger of the user''s changes the key of a line or writes the line that fired it.';

CREATE FUNCTION dynasty.recompute_season_line() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME', 'recompute_season_line';
COMMENT ON FUNCTION dynasty.recompute_season_line() IS
'Row trigger that computes the lines of dynasty.milb_season_stats anew that a row of dynasty.milb_game_logs was or is in: for rows that logical replication applies, where statement triggers do not fire (dynasty.maintain_on_subscriber()). Errors: 39P01 when called otherwise or for another table, 0A000 for a table that Citus has distributed.';
