-- Files that have no place in these tables: read and counted, so that the report is complete.
\set texts level
\set counts ''
\set numbers ''
\set stage other
\set file mlb_game_logs_2016_2019
\ir stage.sql
SELECT pg_temp.note(:'file', count(*), 'skipped: major-league games are no minor-league games') FROM pg_temp.other;
\set file mlb_pitching_game_logs_2019
\ir stage.sql
SELECT pg_temp.note(:'file', count(*), 'skipped: major-league games are no minor-league games') FROM pg_temp.other;
\set file milb_advanced_pitching_2025
\ir stage.sql
SELECT pg_temp.note(:'file', count(*), 'skipped: milb_advanced_stats is about batting') FROM pg_temp.other;
\set file milb_to_mlb_transitions
\ir stage.sql
SELECT pg_temp.note(:'file', count(*), 'skipped: joined season lines, its sources are loaded') FROM pg_temp.other;
\set file mlb_career_war
\ir stage.sql
SELECT pg_temp.note(:'file', count(*), 'skipped: WAR of a career, not of a season') FROM pg_temp.other;
