-- Who may be one man. Like feature_freshness the view calls functions of the extension: DROP EXTENSION ... CASCADE takes it, dynasty.install()
-- makes it again.

CREATE FUNCTION dynasty.organization_key(name text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'organization_key_wrapper';
COMMENT ON FUNCTION dynasty.organization_key(text) IS
'The abbreviation of a major-league organization by any of its names: "BAL", "Orioles", "Baltimore" and "Baltimore Orioles" are BAL. NULL for anything else (a farm club, a place that two clubs share), and for NULL.';

CREATE FUNCTION dynasty._make_identity_views() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
BEGIN
    IF dynasty._missing('dynasty.duplicate_prospects'::text) THEN
        CREATE VIEW dynasty.duplicate_prospects WITH (security_invoker = true) AS
        WITH p AS MATERIALIZED (
            -- Through the row as a document: a table of prospects that was there before the extension may have fewer columns.
            SELECT q.id, q.name, j.row ->> 'mlb_id' AS mlb_id, j.row ->> 'fg_player_id' AS fg_player_id, j.row ->> 'fg_prospect_id' AS fg_prospect_id,
                   j.row ->> 'ba_player_id' AS ba_player_id, j.birth_date,
                   dynasty.name_key(q.name::text) AS key, dynasty.organization_key(j.row ->> 'current_organization') AS organization,
                   CASE WHEN q.position IN ('P', 'SP', 'RP', 'RHP', 'LHP') THEN 'pitcher' WHEN q.position <> 'IF' THEN 'batter' END AS role,
                   CASE WHEN j.row ->> 'fg_player_id' ~ '^sa[0-9]+$' THEN 'sa' WHEN j.row ->> 'fg_player_id' <> '' THEN 'number' END AS fg_kind,
                   coalesce(extract(year FROM j.birth_date) + extract(doy FROM j.birth_date) / 366,
                            CASE jsonb_typeof(j.row #> '{data_sources,birth_year_about}') WHEN 'number' THEN (j.row #>> '{data_sources,birth_year_about}')::numeric END) AS born
            FROM dynasty.prospects q
            CROSS JOIN LATERAL (SELECT r.row, CASE WHEN r.row ->> 'birth_date' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN (r.row ->> 'birth_date')::date END AS birth_date
                                FROM to_jsonb(q) r (row)) j
        ), by_id AS (
            SELECT least(p.id, i.prospect_id) AS a, greatest(p.id, i.prospect_id) AS b, min(format('the %s id %s is in the row of the one and among the ids of the other', i.source, i.external_id)) AS why
            FROM p CROSS JOIN LATERAL (VALUES ('mlb', p.mlb_id), ('fangraphs', p.fg_player_id), ('fangraphs_prospect', p.fg_prospect_id), ('ba', p.ba_player_id)) v (source, external_id)
            JOIN dynasty.prospect_identifiers i ON i.source = v.source AND i.external_id = v.external_id AND i.prospect_id <> p.id
            GROUP BY 1, 2
        ), by_name AS (
            SELECT a.id AS a, b.id AS b,
                   -- A date that was reckoned from an age of two decimals is off by up to two days.
                   abs(a.birth_date - b.birth_date) <= 4 AS same_day, abs(a.born - b.born) <= 1 AS same_year, a.role = b.role AS same_role, a.organization = b.organization AS same_club,
                   a.fg_kind <> b.fg_kind AS succeeds
            FROM p a JOIN p b ON b.key = a.key AND b.id > a.id
            WHERE a.key <> ''
              -- Born on one day they are listed whatever else differs; otherwise what says that they are two keeps them out.
              AND (a.birth_date = b.birth_date
                   OR (a.mlb_id = b.mlb_id) IS NOT FALSE AND (a.role = b.role) IS NOT FALSE AND (abs(a.born - b.born) <= 1) IS NOT FALSE
                      AND (a.fg_kind <> b.fg_kind) IS NOT FALSE)
        )
        SELECT pair.a AS prospect_id, pair.b AS other_id, x.name, y.name AS other_name, pair.confidence, pair.why
        FROM (
            SELECT i.a, i.b, 'certain'::text AS confidence, i.why FROM by_id i
            UNION ALL
            SELECT n.a, n.b,
                   CASE WHEN n.same_day AND n.same_role IS NOT FALSE OR n.same_year AND n.same_role AND n.same_club THEN 'likely'
                        WHEN n.same_club AND n.same_role AND n.succeeds THEN 'likely' ELSE 'possible' END,
                   concat_ws(', ', 'the same name', CASE WHEN n.same_day THEN 'date of birth' WHEN n.same_year THEN 'year of birth, within one' END,
                             CASE WHEN n.same_role THEN 'role' END, CASE WHEN n.same_club THEN 'organization' END,
                             CASE WHEN n.succeeds THEN 'a FanGraphs id of the minors and one of the majors' END)
                   || coalesce('; but ' || nullif(concat_ws(', ', CASE WHEN NOT n.same_role THEN 'another role' END, CASE WHEN NOT n.same_club THEN 'another organization' END), ''), '')
            FROM by_name n WHERE NOT EXISTS (SELECT FROM by_id i WHERE (i.a, i.b) = (n.a, n.b))
        ) pair
        JOIN p x ON x.id = pair.a JOIN p y ON y.id = pair.b;
        COMMENT ON VIEW dynasty.duplicate_prospects IS 'Pairs of prospects that may be one man; dynasty.merge_prospects() makes them one. Reads with the caller''s rights.';
        COMMENT ON COLUMN dynasty.duplicate_prospects.prospect_id IS 'The one that was there first.';
        COMMENT ON COLUMN dynasty.duplicate_prospects.other_id IS 'The other.';
        COMMENT ON COLUMN dynasty.duplicate_prospects.name IS 'Name of the one.';
        COMMENT ON COLUMN dynasty.duplicate_prospects.other_name IS 'Name of the other.';
        COMMENT ON COLUMN dynasty.duplicate_prospects.confidence IS 'certain: they share an id; likely: name, role and birth or organization agree; possible: one name, and nothing that says they are two.';
        COMMENT ON COLUMN dynasty.duplicate_prospects.why IS 'What they have in common.';
        made := made || 'dynasty.duplicate_prospects'::text;
    END IF;
    RETURN made;
END
$fn$;
