-- What verify_integrity() is to look at: what came past the triggers, by COPY into a partition or with triggers off.

CREATE FUNCTION dynasty_odds._verify() RETURNS TABLE (check_name text, ok boolean, bad bigint, sample text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT 'prices_have_their_snapshot', count(*) = 0, count(*), min(format('(%s, %s)', m.snapshot_id, m.captured_at))
    FROM dynasty_odds.market_odds m LEFT JOIN dynasty_odds.odds_snapshots s ON s.id = m.snapshot_id AND s.captured_at = m.captured_at
    WHERE s.id IS NULL OR s.event_id <> m.event_id OR s.bookmaker_id <> m.bookmaker_id OR s.is_unchanged
    UNION ALL
    SELECT 'unchanged_point_to_full', count(*) = 0, count(*), min(format('(%s, %s)', u.id, u.captured_at))
    FROM dynasty_odds.odds_snapshots u
    LEFT JOIN dynasty_odds.odds_snapshots f ON f.id = u.same_as_id AND f.captured_at = u.same_as_captured_at AND NOT f.is_unchanged
        AND f.event_id = u.event_id AND f.bookmaker_id = u.bookmaker_id AND f.scope = u.scope AND f.captured_at < u.captured_at
    WHERE u.is_unchanged AND f.id IS NULL
    UNION ALL
    SELECT 'snapshots_not_of_the_future', count(*) = 0, count(*), min(format('(%s, %s)', s.id, s.captured_at))
    FROM dynasty_odds.odds_snapshots s WHERE s.captured_at > now() + '1 day'::interval
$fn$;
COMMENT ON FUNCTION dynasty_odds._verify() IS 'Internal, of verify_integrity(): prices without their snapshot, unchanged snapshots whose full one is gone, snapshots of the future.';
