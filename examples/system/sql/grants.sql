CREATE FUNCTION dynasty_example._grants() RETURNS TABLE (role text, object text, privileges text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$ VALUES
    ('dynasty_reader', 'umpires', 'SELECT'),
    ('dynasty_reader', 'umpire_games', 'SELECT'),
    ('dynasty_ingest', 'umpires', 'SELECT, INSERT, UPDATE'),
    ('dynasty_ingest', 'umpire_games', 'SELECT, INSERT, UPDATE'),
    ('dynasty_ingest', 'record_game', 'EXECUTE')
$fn$;
