-- For encoding_*: a database of its own in the encoding that the variable `encoding` names, and the connection there. psql speaks UTF-8.
-- encoding_end.sql takes it away again.
\encoding UTF8
SET client_min_messages = warning;
\set home :DBNAME
\set elsewhere regress_ :encoding
DROP DATABASE IF EXISTS :elsewhere;
CREATE DATABASE :elsewhere ENCODING :'encoding' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C';
\c :elsewhere
\encoding UTF8
SET client_min_messages = warning;
CREATE EXTENSION dynasty CASCADE;
