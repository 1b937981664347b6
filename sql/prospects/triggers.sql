-- The statement triggers that keep dynasty.milb_season_stats exact in the transaction that changes the game logs, the one that
-- notes when the people behind the norms change, those that keep superseded game logs and those that seal feature sets.
-- Which they are stands in trigger_health.sql: one per event, because a trigger with transition tables may have only one.
-- They are what ties the released tables to the extension: DROP EXTENSION without CASCADE is refused while they stand.

CREATE FUNCTION dynasty._attach_prospects_triggers() RETURNS text[]
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT dynasty._attach_triggers('always'::text)
$fn$;
