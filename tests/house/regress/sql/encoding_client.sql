-- What the client speaks changes nothing of what is stored. (COPY takes its data to be the client's, also data that comes from within.)
SET client_encoding = 'LATIN1';
SELECT * FROM dynasty.simulate_league(60, 2018, 2019, 1);
SET client_encoding = 'UTF8';
CREATE TABLE spoken AS SELECT name, birth_place FROM (SELECT name, birth_city AS birth_place, mlb_id FROM dynasty.prospects ORDER BY mlb_id) p;
SELECT name FROM dynasty.prospects WHERE name ~ '[áéíñóú]' ORDER BY mlb_id LIMIT 3;
SELECT dynasty.remove_simulated() IS NOT NULL AS removed LIMIT 1;
SELECT count(*) FROM dynasty.simulate_league(60, 2018, 2019, 1);
SELECT count(*) FROM (SELECT name FROM spoken EXCEPT ALL SELECT name FROM dynasty.prospects) other;
-- An encoding that has no accents has plain names: the same players otherwise.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/encoding_setup.sql'
\set end :abs_srcdir '/encoding_end.sql'
\set encoding koi8r
\i :setup
SELECT * FROM dynasty.simulate_league(60, 2018, 2019, 1);
SELECT name FROM dynasty.prospects WHERE name LIKE 'Jos%' ORDER BY mlb_id LIMIT 3;
SELECT count(*) FROM dynasty.prospects WHERE name ~ '[^[:ascii:]]';
SELECT dynasty.feature_names('ж');
\i :end
