-- Every loader takes time in proportion to rows and prospects: eight times the rows among eight times the prospects takes about eight times
-- as long. What grows with the square of either, or with their product, takes sixty-four times.
SET client_min_messages = warning;
-- What the process has computed so far, in hundredths of a second: a busy machine has it wait, and that does not count.
CREATE FUNCTION pg_temp.computed() RETURNS integer LANGUAGE sql VOLATILE AS $$
    SELECT f[12]::integer + f[13]::integer FROM regexp_split_to_array(regexp_replace(pg_read_file('/proc/self/stat'), '^.*\) ', ''), ' ') f
$$;
CREATE FUNCTION pg_temp.board(n integer, more jsonb, by text DEFAULT 'mlb_id') RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_agg(CASE by WHEN 'mlb_id' THEN jsonb_build_object('mlb_id', g) WHEN 'name' THEN jsonb_build_object('PlayerId', 'sa' || g, 'Name', 'Player Number ' || g)
                     WHEN 'a name of many' THEN jsonb_build_object('PlayerId', 'sb' || g, 'Name', 'Player Number ' || g % 20)
                     ELSE jsonb_build_object('PlayerId', 'sc' || g, 'Name', 'New Player ' || g) END || more)
    FROM generate_series(1, n) g
$$;
CREATE FUNCTION pg_temp.games(n integer, keyed boolean, hits integer) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits', jsonb_agg(jsonb_build_object(
        'season', '2023', 'date', date '2023-04-01' + g / 20 % 150, 'gameType', 'R', 'sport', '{"id": 12}'::jsonb, 'team', '{"name": "Hosts"}'::jsonb,
        'player', jsonb_build_object('id', 1 + g % 20 + 20 * (g / 2000)),
        'game', CASE WHEN keyed THEN jsonb_build_object('gamePk', g) ELSE '{}' END, 'stat', jsonb_build_object('plateAppearances', 4, 'atBats', 4, 'hits', hits))))))
    FROM generate_series(1, n) g
$$;
CREATE TABLE jobs (n integer, name text, before text, statement text);
INSERT INTO jobs VALUES
    (1, 'people', NULL, $$SELECT inserted + updated FROM dynasty.ingest_people((SELECT jsonb_build_object('people', jsonb_agg(jsonb_build_object('id', g + :n / 2,
        'fullName', 'Player Number ' || g, 'primaryPosition', '{"abbreviation": "SS"}'::jsonb, 'mlbDebutDate', '2023-05-01'))) FROM generate_series(1, :n) g))$$),
    (2, 'game logs', NULL, $$SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games(:n, true, 1))$$),
    (3, 'game logs, corrected', $$SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games(:n, true, 1))$$,
        $$SELECT updated FROM dynasty.ingest_game_logs(pg_temp.games(:n, true, 2))$$),
    (4, 'game logs that get their keys', $$SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games(:n, false, 1))$$,
        $$SELECT updated FROM dynasty.ingest_game_logs(pg_temp.games(:n, true, 1))$$),
    (5, 'game logs, complete', $$SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.games(:n, true, 1))$$,
        $$SELECT unchanged + removed FROM dynasty.ingest_game_logs(pg_temp.games(:n / 2, true, 1), complete => true)$$),
    (6, 'box score', NULL, $$SELECT inserted FROM dynasty.ingest_boxscore((SELECT jsonb_build_object('gamePk', 1, 'gameData', '{"game": {"type": "R", "season": "2023", "pk": 1, "gameNumber": 1},
        "datetime": {"officialDate": "2023-05-01"}, "teams": {"home": {"name": "Hosts", "sport": {"id": 12}}, "away": {"name": "Guests", "sport": {"id": 12}}}}'::jsonb,
        'liveData', jsonb_build_object('boxscore', jsonb_build_object('teams', jsonb_build_object('away', '{"team": {"name": "Guests"}, "players": {}}'::jsonb,
            'home', jsonb_build_object('team', '{"name": "Hosts"}'::jsonb, 'players', jsonb_object_agg('ID' || g, jsonb_build_object('person', jsonb_build_object('id', g, 'fullName', 'Player Number ' || g),
            'stats', '{"batting": {"plateAppearances": 4, "atBats": 4, "hits": 1}}'::jsonb))))))) FROM generate_series(1, :n) g))$$),
    (7, 'majors', NULL, $$SELECT inserted FROM dynasty.ingest_mlb_stats((SELECT jsonb_agg(jsonb_build_object('mlb_id', g, 'season', 2023, 'games_played', 3, 'war', 0.1)) FROM generate_series(1, :n) g))$$),
    (8, 'board', NULL, $$SELECT inserted FROM dynasty.ingest_scouting(pg_temp.board(:n, '{"FV": 45}'), 'fangraphs', 2023, '2023-02-01')$$),
    (9, 'board by name', NULL, $$SELECT inserted FROM dynasty.ingest_scouting(pg_temp.board(:n, '{"FV": 45}', 'name'), 'fangraphs', 2023, '2023-02-01')$$),
    (10, 'board of namesakes', NULL, $$SELECT inserted FROM dynasty.ingest_scouting(pg_temp.board(:n, '{"FV": 45}', 'a name of many'), 'fangraphs', 2023, '2023-02-01')$$),
    (11, 'board of new players', NULL, $$SELECT inserted FROM dynasty.ingest_scouting(pg_temp.board(:n, '{"FV": 45}', 'new'), 'fangraphs', 2023, '2023-02-01')$$),
    (12, 'board, later edition', $$SELECT inserted FROM dynasty.ingest_scouting(pg_temp.board(:n, '{"FV": 45}'), 'fangraphs', 2023, '2023-02-01')$$,
        $$SELECT updated FROM dynasty.ingest_scouting(pg_temp.board(:n, '{"FV": 50}'), 'fangraphs', 2023, '2024-02-01')$$),
    (13, 'board, earlier edition', $$SELECT inserted FROM dynasty.ingest_scouting(pg_temp.board(:n, '{"FV": 45}'), 'fangraphs', 2023, '2023-02-01')$$,
        $$SELECT inserted FROM dynasty.ingest_scouting(pg_temp.board(:n, '{"FV": 50}'), 'fangraphs', 2023, '2022-12-01')$$),
    (14, 'advanced', NULL, $$SELECT inserted FROM dynasty.ingest_advanced(pg_temp.board(:n, '{"Season": 2023, "aLevel": "AA", "PA": 100, "wOBA": 0.33}'))$$),
    (15, 'advanced by name', NULL, $$SELECT inserted FROM dynasty.ingest_advanced(pg_temp.board(:n, '{"Season": 2023, "aLevel": "AA", "PA": 100, "wOBA": 0.33}', 'name'))$$);
CREATE TABLE took (n integer, rows integer, hundredths integer, answer bigint);
CREATE PROCEDURE pg_temp.measure(job jobs, rows integer) LANGUAGE plpgsql AS $$
DECLARE begun integer; took integer; answer bigint; payload text;
BEGIN
    BEGIN
        IF job.before IS NOT NULL THEN EXECUTE replace(job.before, ':n', rows::text); END IF;
        begun := pg_temp.computed();
        EXECUTE replace(job.statement, ':n', rows::text) INTO answer;
        took := pg_temp.computed() - begun;
        RAISE EXCEPTION USING ERRCODE = 'P0003';
    EXCEPTION WHEN SQLSTATE 'P0003' THEN
    END;
    INSERT INTO took VALUES (job.n, rows, took, answer);
END $$;
INSERT INTO dynasty.prospects (mlb_id, name, position) SELECT g, 'Player Number ' || g, 'SS' FROM generate_series(1, 1500) g;
ANALYZE dynasty.prospects;
DO $$ DECLARE j jobs; BEGIN FOR j IN SELECT * FROM jobs ORDER BY n LOOP CALL pg_temp.measure(j, 750); END LOOP; END $$;
INSERT INTO dynasty.prospects (mlb_id, name, position) SELECT g, 'Player Number ' || g, 'SS' FROM generate_series(1501, 12000) g;
-- Statistics are of the small table: what a database is like that has just been filled.
DO $$ DECLARE j jobs; BEGIN FOR j IN SELECT * FROM jobs ORDER BY n LOOP CALL pg_temp.measure(j, 6000); END LOOP; END $$;
-- Twice eight times; two hundredths of the small one are for the clock's steps.
SELECT j.name, s.answer AS of_750, l.answer AS of_6000,
       CASE WHEN l.hundredths <= 16 * (2 + s.hundredths) THEN 'in proportion' ELSE format('%s hundredths of a second, then %s', s.hundredths, l.hundredths) END AS time
FROM jobs j JOIN took s ON s.n = j.n AND s.rows = 750 JOIN took l ON l.n = j.n AND l.rows = 6000 ORDER BY j.n;
-- A whole board, known by name alone, in a full database.
CREATE TEMP TABLE whole AS SELECT pg_temp.computed() AS begun, pg_temp.board(1250, '{"FV": 45}', 'name') AS board;
SELECT inserted FROM dynasty.ingest_scouting((SELECT board FROM whole), 'fangraphs', 2023, '2023-02-01');
SELECT pg_temp.computed() - begun < 200 AS below_two_seconds FROM whole;
