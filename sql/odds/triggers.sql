-- What keeps the tables of odds true. All run with the rights of who writes: a writer reads what he writes to (grants.sql).

-- The first kickoff stays, however often it moves.
CREATE FUNCTION dynasty_odds.keep_original_kickoff() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    -- A restore and a copy from elsewhere bring their own.
    NEW.original_kickoff := CASE TG_OP WHEN 'INSERT' THEN coalesce(NEW.original_kickoff, NEW.kickoff) ELSE OLD.original_kickoff END;
    RETURN NEW;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.keep_original_kickoff() IS 'Trigger: an event keeps the kickoff that it had first.';

CREATE FUNCTION dynasty_odds.end_run() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF NEW.status <> 'running' AND NEW.finished_at IS NULL THEN
        NEW.finished_at := greatest(now(), NEW.started_at);
    END IF;
    RETURN NEW;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.end_run() IS 'Trigger: a run that is not running any more ended now, unless it says when.';

CREATE FUNCTION dynasty_odds._plain_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT lower(btrim(regexp_replace(name, '\s+', ' ', 'g')))
$fn$;
COMMENT ON FUNCTION dynasty_odds._plain_name(text) IS 'Internal: a team''s name as aliases are stored: lower case, no blanks around, single ones inside.';

CREATE FUNCTION dynasty_odds.plain_alias() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    NEW.alias := dynasty_odds._plain_name(NEW.alias);
    RETURN NEW;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.plain_alias() IS 'Trigger: an alias is stored in lower case with single blanks.';

CREATE FUNCTION dynasty_odds.tell_event_status() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    -- A hundred at most: who is told of more than that looks for himself.
    PERFORM pg_notify('dynasty_odds', CASE WHEN c.n > 100 THEN jsonb_build_object('events', c.n) ELSE c.told END::text)
    FROM (
        SELECT count(*) OVER () AS n, row_number() OVER () AS at,
               jsonb_build_object('event_id', n.id, 'status', n.status, 'was', o.status) AS told
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.status <> o.status) c
    WHERE c.n <= 100 OR c.at = 1;
    RETURN NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.tell_event_status() IS
'Trigger: tells channel dynasty_odds when the status of an event changes, {"event_id", "status", "was"}; {"events": n} for more than 100 in one statement.';

CREATE FUNCTION dynasty_odds.check_snapshots() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    bad record;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        IF EXISTS (SELECT FROM dynasty_odds.market_odds) THEN
            RAISE EXCEPTION 'odds_snapshots: there are prices of its snapshots in market_odds' USING ERRCODE = 'foreign_key_violation',
                HINT = 'TRUNCATE dynasty_odds.odds_snapshots, dynasty_odds.market_odds;';
        END IF;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT n.id, n.captured_at INTO bad FROM new_rows n WHERE n.captured_at > now() + '1 day'::interval LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'odds_snapshots: captured_at % is more than a day ahead', bad.captured_at
                USING ERRCODE = 'check_violation', SCHEMA = 'dynasty_odds', TABLE = 'odds_snapshots', CONSTRAINT = 'ck_odds_snapshots_captured_at';
        END IF;
        SELECT r.run INTO bad FROM (SELECT DISTINCT n.scrape_run_id AS run FROM new_rows n WHERE n.scrape_run_id IS NOT NULL) r
        WHERE NOT EXISTS (SELECT FROM dynasty_odds.scrape_runs x WHERE x.id = r.run)
          -- A run may be purged before its snapshots.
          AND TG_OP = 'INSERT' LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'odds_snapshots: there is no run %', bad.run
                USING ERRCODE = 'foreign_key_violation', SCHEMA = 'dynasty_odds', TABLE = 'odds_snapshots', CONSTRAINT = 'fk_odds_snapshots_scrape_run_id_scrape_runs';
        END IF;
        SELECT n.id, n.captured_at, n.same_as_id, n.same_as_captured_at INTO bad FROM new_rows n
        WHERE n.is_unchanged AND NOT EXISTS (
            SELECT FROM dynasty_odds.odds_snapshots f
            WHERE f.id = n.same_as_id AND f.captured_at = n.same_as_captured_at AND NOT f.is_unchanged AND f.captured_at < n.captured_at
              AND f.event_id = n.event_id AND f.bookmaker_id = n.bookmaker_id AND f.scope = n.scope) LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'odds_snapshots: snapshot (%, %) points to (%, %), which is no earlier full snapshot of its event, bookmaker and scope',
                bad.id, bad.captured_at, bad.same_as_id, bad.same_as_captured_at
                USING ERRCODE = 'foreign_key_violation', SCHEMA = 'dynasty_odds', TABLE = 'odds_snapshots', CONSTRAINT = 'fk_odds_snapshots_same_as';
        END IF;
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NULL;
    END IF;
    -- Full snapshots that are gone, or are something else now, with some that still point to them.
    IF TG_OP = 'DELETE' THEN
        SELECT o.id, o.captured_at, s.id AS pointer INTO bad FROM old_rows o
        JOIN dynasty_odds.odds_snapshots s ON s.event_id = o.event_id AND s.bookmaker_id = o.bookmaker_id AND s.scope = o.scope
            AND s.captured_at > o.captured_at AND s.same_as_captured_at = o.captured_at AND s.same_as_id = o.id
        WHERE NOT o.is_unchanged LIMIT 1;
    ELSE
        SELECT o.id, o.captured_at, s.id AS pointer INTO bad FROM old_rows o
        JOIN dynasty_odds.odds_snapshots s ON s.event_id = o.event_id AND s.bookmaker_id = o.bookmaker_id AND s.scope = o.scope
            AND s.captured_at > o.captured_at AND s.same_as_captured_at = o.captured_at AND s.same_as_id = o.id
        WHERE NOT o.is_unchanged AND NOT EXISTS (
            SELECT FROM new_rows n WHERE n.id = o.id AND n.captured_at = o.captured_at AND NOT n.is_unchanged
              AND n.event_id = o.event_id AND n.bookmaker_id = o.bookmaker_id AND n.scope = o.scope) LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'odds_snapshots: snapshot % points to snapshot (%, %)', bad.pointer, bad.id, bad.captured_at
            USING ERRCODE = 'foreign_key_violation', SCHEMA = 'dynasty_odds', TABLE = 'odds_snapshots', CONSTRAINT = 'fk_odds_snapshots_same_as',
                  HINT = 'Delete the later ones first, or whole UTC days.';
    END IF;
    IF TG_OP = 'DELETE' THEN
        DELETE FROM dynasty_odds.market_odds m USING old_rows o WHERE m.snapshot_id = o.id AND m.captured_at = o.captured_at;
        RETURN NULL;
    END IF;
    SELECT o.id, o.captured_at INTO bad FROM old_rows o
    WHERE NOT EXISTS (SELECT FROM new_rows n WHERE n.id = o.id AND n.captured_at = o.captured_at AND n.event_id = o.event_id AND n.bookmaker_id = o.bookmaker_id)
      AND EXISTS (SELECT FROM dynasty_odds.market_odds m WHERE m.snapshot_id = o.id AND m.captured_at = o.captured_at) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'odds_snapshots: snapshot (%, %) has prices in market_odds', bad.id, bad.captured_at
            USING ERRCODE = 'foreign_key_violation', SCHEMA = 'dynasty_odds', TABLE = 'odds_snapshots', CONSTRAINT = 'fk_market_odds_snapshot_id_odds_snapshots';
    END IF;
    RETURN NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.check_snapshots() IS
'Trigger: a snapshot is of today or earlier (23514), its run is there when it comes, what an unchanged one points to is there and stays (23503); the prices of a deleted snapshot go with it.';

CREATE FUNCTION dynasty_odds.check_prices() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    bad record;
BEGIN
    SELECT n.snapshot_id, n.captured_at, s.id AS snapshot, s.is_unchanged, s.event_id, s.bookmaker_id, n.event_id AS own_event, n.bookmaker_id AS own_bookmaker INTO bad
    FROM (SELECT DISTINCT r.snapshot_id, r.captured_at, r.event_id, r.bookmaker_id FROM new_rows r) n
    LEFT JOIN dynasty_odds.odds_snapshots s ON s.id = n.snapshot_id AND s.captured_at = n.captured_at
    WHERE s.id IS NULL OR s.event_id <> n.event_id OR s.bookmaker_id <> n.bookmaker_id OR s.is_unchanged
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'market_odds: %', CASE
            WHEN bad.snapshot IS NULL THEN format('there is no snapshot (%s, %s)', bad.snapshot_id, bad.captured_at)
            WHEN bad.is_unchanged THEN format('snapshot (%s, %s) is unchanged: its prices are those of the one it points to', bad.snapshot_id, bad.captured_at)
            ELSE format('snapshot (%s, %s) is of event %s and bookmaker %s, not of %s and %s', bad.snapshot_id, bad.captured_at,
                        bad.event_id, bad.bookmaker_id, bad.own_event, bad.own_bookmaker) END
            USING ERRCODE = 'foreign_key_violation', SCHEMA = 'dynasty_odds', TABLE = 'market_odds', CONSTRAINT = 'fk_market_odds_snapshot_id_odds_snapshots';
    END IF;
    RETURN NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.check_prices() IS
'Trigger: the snapshot of a price is there, full, and of the same event and bookmaker (23503). COPY straight into a partition goes past it: verify_integrity() counts what came that way.';

CREATE FUNCTION dynasty_odds._make_triggers() RETURNS text[]
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT coalesce(array_agg(m.name ORDER BY t.ord, m.ord), '{}')
    FROM (VALUES
        (1, 'events', 'set_updated_at', 'BEFORE UPDATE', 'FOR EACH ROW', 'dynasty_ops.set_updated_at', 'Keeps updated_at.'),
        (2, 'events', 'keep_original_kickoff', 'BEFORE INSERT OR UPDATE', 'FOR EACH ROW', 'dynasty_odds.keep_original_kickoff', 'Keeps the first kickoff.'),
        (3, 'events', 'tell_status', 'AFTER UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT', 'dynasty_odds.tell_event_status', 'Tells channel dynasty_odds of a new status.'),
        (4, 'team_aliases', 'plain_alias', 'BEFORE INSERT OR UPDATE', 'FOR EACH ROW', 'dynasty_odds.plain_alias', 'Aliases are lower case with single blanks.'),
        (5, 'scrape_runs', 'end_run', 'BEFORE INSERT OR UPDATE', 'FOR EACH ROW', 'dynasty_odds.end_run', 'A run that is over has an end.'),
        (6, 'odds_snapshots', 'check_snapshots_insert', 'AFTER INSERT', 'REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT', 'dynasty_odds.check_snapshots', 'Not of the future; what it points to is there.'),
        (7, 'odds_snapshots', 'check_snapshots_update', 'AFTER UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT', 'dynasty_odds.check_snapshots', 'What points to it stays true.'),
        (8, 'odds_snapshots', 'check_snapshots_delete', 'AFTER DELETE', 'REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT', 'dynasty_odds.check_snapshots', 'Nothing points to it any more; its prices go with it.'),
        (9, 'odds_snapshots', 'check_snapshots_truncate', 'AFTER TRUNCATE', 'FOR EACH STATEMENT', 'dynasty_odds.check_snapshots', 'Not without the prices.'),
        (10, 'market_odds', 'check_prices_insert', 'AFTER INSERT', 'REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT', 'dynasty_odds.check_prices', 'The snapshot of a price is there.'),
        (11, 'market_odds', 'check_prices_update', 'AFTER UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT', 'dynasty_odds.check_prices', 'The snapshot of a price is there.')
    ) AS t (ord, relation, name, events, rest, function, body),
    LATERAL unnest(dynasty._make_trigger('dynasty_odds.' || t.relation, t.name, t.events, t.rest, t.function, t.body)) WITH ORDINALITY m (name, ord)
$fn$;
COMMENT ON FUNCTION dynasty_odds._make_triggers() IS 'Internal: attaches the triggers of odds that are missing, and names them.';
