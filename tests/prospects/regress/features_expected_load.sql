-- Loads :file of the directory $EXPECTED into :table, or, where :table is new, into a table of numbers made for it.
-- \copy knows no variables, but a variable may hold a \copy.
\setenv FILE :file
\set columns `head -n 1 "$EXPECTED/$FILE" | tr -d '\r'`
SELECT format('CREATE TABLE %s (%s float8)', :'table', replace(:'columns', ',', ' float8, ')) WHERE to_regclass(:'table') IS NULL \gexec
\set load '\\copy ' :table ' (' :columns ') FROM ''' :expected '/' :file ''' WITH (FORMAT csv, HEADER)'
:load
