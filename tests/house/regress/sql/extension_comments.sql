-- Everything a user meets in our schemas says what it is: each list of what lacks a comment is empty. A partition has its own comment; its
-- columns, constraints and indexes are spoken for by those of its table.
SELECT p.oid::regprocedure AS function FROM pg_proc p
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND obj_description(p.oid, 'pg_proc') IS NULL;
SELECT c.oid::regclass AS relation FROM pg_class c
WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND obj_description(c.oid, 'pg_class') IS NULL;
SELECT a.attrelid::regclass AS relation, a.attname AS "column" FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
  AND col_description(a.attrelid, a.attnum) IS NULL;
SELECT t.oid::regtype AS type FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE t.typnamespace::regnamespace::text LIKE 'dynasty%' AND (t.typtype IN ('b', 'd', 'e', 'r') AND t.typelem = 0 OR c.relkind = 'c') AND obj_description(t.oid, 'pg_type') IS NULL;
SELECT k.conname AS "constraint" FROM pg_constraint k
WHERE k.connamespace::regnamespace::text LIKE 'dynasty%' AND k.contype NOT IN ('t', 'n') AND k.conparentid = 0 AND k.coninhcount = 0 AND obj_description(k.oid, 'pg_constraint') IS NULL;
-- The index of a constraint is spoken for by the constraint.
SELECT c.oid::regclass AS index FROM pg_class c
WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('i', 'I') AND NOT c.relispartition AND obj_description(c.oid, 'pg_class') IS NULL
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid);
SELECT t.tgrelid::regclass AS relation, t.tgname AS trigger FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND NOT t.tgisinternal AND obj_description(t.oid, 'pg_trigger') IS NULL;
SELECT obj_description('dynasty'::regnamespace, 'pg_namespace') IS NOT NULL AS schema,
       (SELECT obj_description(oid, 'pg_extension') IS NOT NULL FROM pg_extension WHERE extname = 'dynasty') AS extension;
-- None is an empty phrase.
SELECT objoid::regclass, objsubid, description FROM pg_description
WHERE classoid = 'pg_class'::regclass AND objoid IN (SELECT oid FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%') AND length(btrim(description)) < 5;
-- What is there keeps the words it has, or has none; what is made anew comes with its own.
COMMENT ON INDEX dynasty.idx_milb_logs_date IS 'mine';
COMMENT ON TRIGGER season_stats_insert ON dynasty.milb_game_logs IS 'mine, too';
COMMENT ON SEQUENCE dynasty.prospects_id_seq IS NULL;
COMMENT ON TABLE dynasty.prospects IS NULL;
DROP TRIGGER season_stats_delete ON dynasty.milb_game_logs;
DROP VIEW dynasty.model_list, dynasty.model_freshness;
DROP TABLE dynasty.ml_models;
SET client_min_messages = warning;
CALL dynasty.install();
SELECT obj_description('dynasty.idx_milb_logs_date'::regclass, 'pg_class') AS index,
       (SELECT obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgname = 'season_stats_insert') AS trigger,
       (SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'milb_game_logs_prospect_id_fkey') AS reference,
       obj_description('dynasty.prospects_id_seq'::regclass, 'pg_class') AS sequence, obj_description('dynasty.prospects'::regclass, 'pg_class') AS "table";
SELECT (SELECT obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgname = 'season_stats_delete') AS trigger,
       obj_description('dynasty.model_list'::regclass, 'pg_class') AS view, col_description('dynasty.model_list'::regclass, 1) AS "column",
       obj_description('dynasty.ml_models_id_seq'::regclass, 'pg_class') AS sequence,
       (SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'ml_models_pkey') AS key;
