-- Loads real files into the tables of the prospects system:   psql -X -q -v data=DIR -f demo/load_real.sql
--
-- Every file is read into a temporary table of text, so that no odd value stops a COPY, and goes from there into the
-- tables in one statement, with the mappings that are counted in the report at the end. A file that is absent or
-- unusable costs its own rows only; loading twice adds nothing.
\set ON_ERROR_STOP off
\pset pager off
\pset footer off
\o /dev/null
SET client_min_messages = warning;
SET search_path = pg_catalog;
SET work_mem = '256MB';

CREATE TEMP TABLE load_report (ord int GENERATED ALWAYS AS IDENTITY, file text PRIMARY KEY, rows_read bigint, loaded bigint);
CREATE TEMP TABLE load_notes (ord int GENERATED ALWAYS AS IDENTITY, file text, n bigint, note text);

\ir load_real/helpers.sql
\ir load_real/games_table.sql
\set season 2025
\ir load_real/games.sql
\set season 2026
\ir load_real/games.sql
\ir load_real/majors.sql
\ir load_real/people.sql
\ir load_real/insert_games.sql
\ir load_real/insert_majors.sql
\ir load_real/scouting.sql
\ir load_real/advanced.sql
\ir load_real/others.sql

-- What is neither loaded nor skipped was there before.
SELECT pg_temp.note(r.file, r.rows_read - coalesce(r.loaded, 0) - coalesce(n.explained, 0), 'were there already')
FROM pg_temp.load_report r
LEFT JOIN (SELECT file, sum(CASE WHEN note LIKE 'stubs%' THEN -n WHEN note LIKE 'skipped%' OR note LIKE 'repeat%' THEN n END) AS explained,
                  bool_or(note LIKE 'read for%' OR note LIKE 'not loaded%') AS other
           FROM pg_temp.load_notes GROUP BY file) n ON n.file = r.file
WHERE n.other IS NOT TRUE;

\o
\echo
\echo '=== What was loaded'
SELECT r.file AS "File", r.rows_read AS "Rows read", coalesce(r.loaded, 0) AS "Loaded",
       coalesce(n.notes, '') AS "Mapped or skipped"
FROM pg_temp.load_report r
LEFT JOIN (SELECT file, string_agg(concat_ws(' ', n, note), E'\n' ORDER BY ord) AS notes
           FROM pg_temp.load_notes GROUP BY file) n USING (file)
ORDER BY r.ord;
