-- The settings of the extension exist as soon as its library is loaded, with their defaults and descriptions.
LOAD 'dynasty';
SELECT name, setting, context, short_desc FROM pg_settings WHERE name LIKE 'dynasty.%' ORDER BY name;
SET dynasty.systems = 'prospects';
SHOW dynasty.systems;
RESET dynasty.systems;
SHOW dynasty.systems;
