-- dynasty.milb_season_stats starts with the seed's columns under the seed's names, in its order; contract 3.3's follow,
-- then the two that hold the state of the consistency. season_stats() returns the same but for those two.
\getenv abs_srcdir PG_ABS_SRCDIR
\set view :abs_srcdir '/seed_view.sql'
\set ECHO none
\i :view
\set ECHO all
-- Types of the seed's view: bigint sums as ours; its consistency is numeric, ours double precision (contract 1.4).
SELECT a.attnum, a.attname AS seed, b.attname AS ours, format_type(a.atttypid, a.atttypmod) AS seed_type,
       format_type(b.atttypid, b.atttypmod) AS our_type
FROM pg_attribute a
JOIN pg_attribute b ON b.attrelid = 'dynasty.milb_season_stats'::regclass AND b.attnum = a.attnum
WHERE a.attrelid = 'seed_season_stats'::regclass AND a.attnum > 0
  AND (a.attname <> b.attname OR a.atttypid <> b.atttypid OR a.atttypmod <> b.atttypmod)
ORDER BY a.attnum;
SELECT count(*) AS seed_columns FROM pg_attribute WHERE attrelid = 'seed_season_stats'::regclass AND attnum > 0;
SELECT attnum, attname, format_type(atttypid, atttypmod) AS type
FROM pg_attribute WHERE attrelid = 'dynasty.milb_season_stats'::regclass AND attnum > 26 ORDER BY attnum;
-- The result of season_stats(): the table without its last two columns. Nothing differs.
SELECT p.ord, p.name, a.attname
FROM (SELECT row_number() OVER (ORDER BY ord) AS ord, name, type
      FROM pg_proc, unnest(proargnames, proallargtypes, proargmodes) WITH ORDINALITY AS u (name, type, mode, ord)
      WHERE oid = 'dynasty.season_stats'::regproc AND mode = 't') p
FULL JOIN (SELECT attnum, attname, atttypid FROM pg_attribute
           WHERE attrelid = 'dynasty.milb_season_stats'::regclass AND attnum BETWEEN 1 AND 55) a ON a.attnum = p.ord
WHERE (p.name, p.type) IS DISTINCT FROM (a.attname::text, a.atttypid);
