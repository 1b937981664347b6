-- One transaction that changes one line by thousands of statements: each takes as long as the first ones, whatever versions of the
-- line lie about. (The same work in plain SQL, an upsert by the key, takes five times as long at the end.)
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'A', 'SS'), (2, 'B', 'SS');
-- What the process has computed so far, in hundredths of a second: a busy machine has it wait, and that does not count.
CREATE FUNCTION pg_temp.computed() RETURNS integer LANGUAGE sql VOLATILE AS $$
    SELECT f[12]::integer + f[13]::integer FROM regexp_split_to_array(regexp_replace(pg_read_file('/proc/self/stat'), '^.*\) ', ''), ' ') f
$$;
CREATE TABLE took (part integer, hundredths integer);
DO $$
DECLARE
    begun integer;
BEGIN
    FOR part IN 1..5 LOOP
        begun := pg_temp.computed();
        FOR i IN 1..2000 LOOP
            INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, date '1900-01-01' + 2000 * part + i, 2020, 'A', 4, 1);
        END LOOP;
        INSERT INTO took VALUES (part, pg_temp.computed() - begun);
    END LOOP;
END $$;
-- Two hundredths more for the clock's steps.
SELECT count(*), (SELECT hundredths FROM took WHERE part = 5) <= 2 + 2 * (SELECT hundredths FROM took WHERE part = 1) AS as_fast_as_the_first FROM took;
SELECT games_played, total_hits FROM dynasty.milb_season_stats;
-- The place that is remembered is looked at: what was rolled back, deleted, truncated or made again is not taken for the line.
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-05-01', 2020, 'A', 4, 1);
SAVEPOINT s;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-05-02', 2020, 'A', 4, 2);
ROLLBACK TO s;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-05-03', 2020, 'A', 4, 4);
SELECT games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 2;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 2;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-05-04', 2020, 'A', 4, 3);
SELECT games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 2;
-- The user takes the line away, changes its key, puts it where another was.
DELETE FROM dynasty.milb_season_stats WHERE prospect_id = 2;
UPDATE dynasty.milb_game_logs SET hits = 2 WHERE prospect_id = 2;
SELECT games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 2;
UPDATE dynasty.milb_season_stats SET level = 'AA' WHERE prospect_id = 2;
UPDATE dynasty.milb_game_logs SET hits = 1 WHERE prospect_id = 2;
SELECT level, games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 2 ORDER BY level;
DELETE FROM dynasty.milb_season_stats WHERE prospect_id = 2 AND level = 'AA';
SAVEPOINT t;
TRUNCATE dynasty.milb_season_stats;
SELECT dynasty.refresh_season_stats();
UPDATE dynasty.milb_game_logs SET hits = 4 WHERE prospect_id = 2;
SELECT games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 2;
ROLLBACK TO t;
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE prospect_id = 2;
SELECT games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 2;
ALTER TABLE dynasty.milb_season_stats ADD COLUMN mine integer DEFAULT 7, ALTER COLUMN total_hits SET STORAGE plain;
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE prospect_id = 2;
SELECT games_played, total_hits, mine FROM dynasty.milb_season_stats WHERE prospect_id = 2;
COMMIT;
SELECT count(*) FROM dynasty.season_stats_diff();
