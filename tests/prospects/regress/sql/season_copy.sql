-- COPY is an INSERT of many rows: one statement, all lines right at its end. A bad line in the data loads nothing.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
COPY dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) FROM STDIN;
1	2020-05-01	2020	A	4	2
2	2020-05-01	2020	AA	3	0
1	2020-05-02	2020	A	4	\N
1	2020-05-03	2020	A	2	2
\.
SELECT * FROM lines;
COPY dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) FROM STDIN (FORMAT csv, NULL '-');
1,2020-06-03,2020,A,4,1
3,2020-06-03,2020,Rookie,-,-
\.
SELECT * FROM lines;
SAVEPOINT s;
COPY dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) FROM STDIN (FORMAT csv);
1,2020-07-03,2020,A,4,1
3,2020-07-03,2020,Rookie,4,one
\.
ROLLBACK TO s;
SELECT * FROM healthy;
ROLLBACK;
