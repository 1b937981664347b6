-- The settings of the extension exist as soon as its library is loaded, with their defaults and descriptions.
LOAD 'dynasty';
SELECT name, setting, context, short_desc FROM pg_settings WHERE name LIKE 'dynasty.%' ORDER BY name;
SET dynasty.systems = 'prospects';
SHOW dynasty.systems;
RESET dynasty.systems;
SHOW dynasty.systems;
-- A word that means nothing is refused, and so is a name that nobody has registered.
SELECT name, vartype, enumvals FROM pg_settings WHERE name LIKE 'dynasty.%' ORDER BY name;
SET dynasty.create_tables = 'perhaps';
SET dynasty.create_tables = 'OFF';
SHOW dynasty.create_tables;
SELECT dynasty.in_restore();
RESET dynasty.create_tables;
SELECT dynasty.in_restore();
SET dynasty.game_log_history = 'perhaps';
SET dynasty.game_log_history = false;
SHOW dynasty.game_log_history;
RESET dynasty.game_log_history;
SET dynasty.create_table = 'off';
SELECT set_config('dynasty.game_logs_history', 'off', false);
SHOW dynasty.create_table;
-- Set before the library is loaded, as a restore does: what is registered holds, in SQL already before.
\c
SET dynasty.create_tables = 'off';
SET dynasty.game_log_history = 'off';
SELECT dynasty.in_restore();
LOAD 'dynasty';
SHOW dynasty.create_tables;
SHOW dynasty.game_log_history;
SELECT dynasty.in_restore();
-- What is not is told and taken away.
\c
SET dynasty.create_tables = 'perhaps';
SET dynasty.create_table = 'off';
SELECT dynasty.in_restore();
LOAD 'dynasty';
SHOW dynasty.create_tables;
SHOW dynasty.create_table;
