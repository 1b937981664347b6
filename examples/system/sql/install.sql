-- What the machinery finds of this system (sql/machinery/systems.sql).

CREATE FUNCTION dynasty_example._relations() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$ SELECT '{umpires,umpire_games,umpire_list}'::text[] $fn$;

CREATE FUNCTION dynasty_example._make_tables() RETURNS text[]
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $fn$ SELECT dynasty_example._make_umpire_tables() $fn$;

CREATE FUNCTION dynasty_example._make_views() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF NOT dynasty._missing('dynasty_example.umpire_list'::text) THEN
        RETURN '{}';
    END IF;
    CREATE VIEW dynasty_example.umpire_list WITH (security_invoker) AS
    SELECT u.name, count(g.umpire_id) AS games, dynasty_example.accuracy_bound(sum(g.correct), sum(g.called)) AS at_least
    FROM dynasty_example.umpires u LEFT JOIN dynasty_example.umpire_games g ON g.umpire_id OPERATOR(pg_catalog.=) u.id
    GROUP BY u.id, u.name;
    COMMENT ON VIEW dynasty_example.umpire_list IS 'Umpires with the least that their rate is likely to be.';
    RETURN '{dynasty_example.umpire_list}';
END
$fn$;
