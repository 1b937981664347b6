-- Partitions and children of dynasty.milb_game_logs come and go with their games (src/prospects/partitions.rs).
-- Members of the extension: they go with it and are in no dump. Two events, since a partition that was dropped is not known
-- to have been one afterwards. The tags are those of commands that can change what belongs to a table; DROP EXTENSION is
-- left out, so that the extension can be dropped where its library is missing.

CREATE FUNCTION dynasty._follow_partitions() RETURNS event_trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'follow_partitions';

COMMENT ON FUNCTION dynasty._follow_partitions() IS
'Internal: event trigger that rebuilds dynasty.milb_season_stats in the transaction of a command by which a partition or child of dynasty.milb_game_logs came or went with games (ATTACH, DETACH, INHERIT, NO INHERIT, DROP). Errors: 39P03 when called otherwise; 40P01, 40001 as for any writer of the lines.';

CREATE EVENT TRIGGER dynasty_partitions_before ON ddl_command_start
WHEN TAG IN ('ALTER TABLE', 'ALTER FOREIGN TABLE', 'CREATE TABLE', 'CREATE FOREIGN TABLE', 'CREATE SCHEMA', 'DROP TABLE', 'DROP FOREIGN TABLE',
             'DROP SCHEMA', 'DROP OWNED', 'DROP TYPE', 'DROP SERVER', 'DROP FOREIGN DATA WRAPPER', 'DROP ACCESS METHOD')
EXECUTE FUNCTION dynasty._follow_partitions();

CREATE EVENT TRIGGER dynasty_partitions ON ddl_command_end
WHEN TAG IN ('ALTER TABLE', 'ALTER FOREIGN TABLE', 'CREATE TABLE', 'CREATE FOREIGN TABLE', 'CREATE SCHEMA', 'DROP TABLE', 'DROP FOREIGN TABLE',
             'DROP SCHEMA', 'DROP OWNED', 'DROP TYPE', 'DROP SERVER', 'DROP FOREIGN DATA WRAPPER', 'DROP ACCESS METHOD')
EXECUTE FUNCTION dynasty._follow_partitions();

COMMENT ON EVENT TRIGGER dynasty_partitions_before IS 'Notes which tables belong to dynasty.milb_game_logs, for dynasty_partitions.';
COMMENT ON EVENT TRIGGER dynasty_partitions IS 'Keeps dynasty.milb_season_stats right when a partition or child of dynasty.milb_game_logs comes or goes.';
