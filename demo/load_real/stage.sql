-- Reads DIR/:file.csv.gz into the temporary table :stage: every column text, empty cells NULL, line_no the order of
-- the file. The columns named in :texts, :counts (whole, not negative) and :numbers are there afterwards, whether the
-- file has them or not.
\set path :data '/' :file '.csv.gz'
\setenv DYNASTY_FILE :path
DROP TABLE IF EXISTS pg_temp.raw, pg_temp.header;
CREATE TEMP TABLE header (line text);
\copy pg_temp.header FROM PROGRAM 'test ! -f "$DYNASTY_FILE" || zcat "$DYNASTY_FILE" | head -n 1 | tr -d "\r"'
SELECT format('CREATE TEMP TABLE raw (%s)', string_agg(format('%I text', btrim(c)), ', ' ORDER BY o))
FROM pg_temp.header, string_to_table(line, ',') WITH ORDINALITY AS s (c, o)
HAVING count(*) > 0 \gexec
CREATE TEMP TABLE IF NOT EXISTS raw ();
\copy pg_temp.raw FROM PROGRAM 'test ! -f "$DYNASTY_FILE" || zcat "$DYNASTY_FILE"' (FORMAT csv, HEADER)
SELECT format('ALTER TABLE pg_temp.raw ADD COLUMN IF NOT EXISTS %I text', c)
FROM regexp_split_to_table(btrim(concat_ws(' ', :'texts', :'counts', :'numbers')), '\s+') c WHERE c <> '' \gexec
ALTER TABLE pg_temp.raw ADD COLUMN line_no bigint GENERATED ALWAYS AS IDENTITY;
DROP TABLE IF EXISTS pg_temp.:stage;
ALTER TABLE pg_temp.raw RENAME TO :stage;
ANALYZE pg_temp.:stage;
INSERT INTO pg_temp.load_report (file, rows_read) SELECT :'file', count(*) FROM pg_temp.:stage;
SELECT pg_temp.remark(:'file', 'the file is not there') WHERE NOT EXISTS (SELECT FROM pg_temp.header);
SELECT pg_temp.remark(:'file', 'no row could be read, see the messages above')
WHERE EXISTS (SELECT FROM pg_temp.header) AND NOT EXISTS (SELECT FROM pg_temp.:stage);
-- Cells that are not what they should be become unknown; here they are counted.
SELECT format('SELECT pg_temp.note(%L, sum(x), ''cells that are no number or no count, left unknown'') FROM (SELECT %s AS x FROM pg_temp.%I) q',
              :'file', string_agg(format('(coalesce(%I, ''0'') !~ %L)::int', n, pattern), ' + '), :'stage')
FROM (SELECT n, '^\d{1,6}(\.0*)?$' AS pattern FROM regexp_split_to_table(:'counts', '\s+') n
      UNION ALL SELECT n, '^-?\d*\.?\d+$' FROM regexp_split_to_table(:'numbers', '\s+') n) q
WHERE n <> ''
HAVING count(*) > 0 \gexec
