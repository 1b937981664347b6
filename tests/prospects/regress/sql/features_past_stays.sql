-- known_at after everything that can happen to a game, to its key and to the people behind the norms: each vector comes out as it
-- was served, to the bit.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(60, 2019, 2021, 4);
UPDATE dynasty.milb_game_logs SET data_source = 'api', created_at = game_date + time '23:00';
UPDATE dynasty.scouting_grades SET created_at = date_recorded;
UPDATE dynasty.milb_advanced_stats SET created_at = make_timestamptz(season, 11, 1, 0, 0, 0);
UPDATE dynasty.mlb_stats SET created_at = make_timestamptz(season, 11, 1, 0, 0, 0);

CREATE TABLE served (what text, at timestamptz, prospect_id integer, v float8[]);
CREATE PROCEDURE serve(before text) LANGUAGE plpgsql AS $$
DECLARE at timestamptz := clock_timestamp();
BEGIN
    INSERT INTO served SELECT before, at, prospect_id, feature_values FROM dynasty.feature_matrix(2021);
END $$;
-- By the moment: how many vectors were served, how many of those prospects are still there, and which come out otherwise.
CREATE FUNCTION compared() RETURNS TABLE (what text, served bigint, asked bigint, differ bigint) LANGUAGE sql AS $$
    SELECT s.what, count(*), count((s.m).prospect_id), count(*) FILTER (WHERE (s.m).feature_values IS DISTINCT FROM s.v AND (s.m).prospect_id IS NOT NULL)
    FROM (SELECT DISTINCT s.at FROM served s) t
    CROSS JOIN LATERAL ( -- each moment's matrix once, and not for every vector
        SELECT s.*, f AS m FROM served s LEFT JOIN dynasty.feature_matrix(2021, known_at => t.at) f USING (prospect_id) WHERE s.at = t.at OFFSET 0) s
    GROUP BY s.what, s.at ORDER BY s.at $$;

CALL serve('renumbered');
UPDATE dynasty.milb_game_logs SET id = id + 1000000 WHERE id % 3 = 0;
CALL serve('renumbered back and corrected, in one statement');
UPDATE dynasty.milb_game_logs SET id = id - 1000000, hits = at_bats WHERE id > 1000000;
CALL serve('two games that exchange their ids');
ALTER TABLE dynasty.milb_game_logs DROP CONSTRAINT milb_game_logs_pkey;
UPDATE dynasty.milb_game_logs SET id = 30001 - id WHERE id IN (10000, 20001);
ALTER TABLE dynasty.milb_game_logs ADD CONSTRAINT milb_game_logs_pkey PRIMARY KEY (id);
CALL serve('an id that was another game''s');
DELETE FROM dynasty.milb_game_logs WHERE id = 50;
UPDATE dynasty.milb_game_logs SET id = 50 WHERE id = 51;
CALL serve('games that move to another prospect');
UPDATE dynasty.milb_game_logs SET prospect_id = 3, game_number = 2 WHERE prospect_id = 4 AND season = 2021;
CALL serve('a later created_at');
UPDATE dynasty.milb_game_logs SET created_at = now() WHERE id % 50 = 0;
CALL serve('an earlier created_at');
UPDATE dynasty.milb_game_logs SET created_at = '2019-01-01' WHERE id % 50 = 0;
CALL serve('several corrections of one game in one transaction');
BEGIN;
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE prospect_id = 5;
SAVEPOINT a;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 5;
ROLLBACK TO a;
UPDATE dynasty.milb_game_logs SET hits = at_bats, id = id + 2000000 WHERE prospect_id = 5;
UPDATE dynasty.milb_game_logs SET walks = coalesce(walks, 0) + 1 WHERE prospect_id = 5;
COMMIT;
CALL serve('what is rolled back');
BEGIN; DELETE FROM dynasty.prospects WHERE id % 2 = 0; ROLLBACK;
CALL serve('by ON CONFLICT and MERGE');
INSERT INTO dynasty.milb_game_logs (id, prospect_id, season, game_date, level)
SELECT id, prospect_id, season, game_date, level FROM dynasty.milb_game_logs WHERE prospect_id = 6
ON CONFLICT (id) DO UPDATE SET hits = 0, id = excluded.id + 3000000;
MERGE INTO dynasty.milb_game_logs l USING (SELECT 7 AS prospect_id) s ON l.prospect_id = s.prospect_id
WHEN MATCHED AND l.id % 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET id = l.id + 3000000;
CALL serve('a birth date and a position of others');
UPDATE dynasty.prospects SET birth_date = birth_date - 900, position = CASE WHEN position = 'SP' THEN 'SS' ELSE 'SP' END WHERE id % 3 = 0;
CALL serve('his own height and country');
UPDATE dynasty.prospects SET height_inches = 80, birth_country = 'Japan', signing_bonus_usd = 5 WHERE id = 8;
UPDATE dynasty.prospects SET height_inches = 81, bats = NULL WHERE id = 8;
CALL serve('prospects who go, with their games');
DELETE FROM dynasty.prospects WHERE id % 4 = 0;
CALL serve('a prospect who goes with corrections of his games, in one transaction');
BEGIN;
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE prospect_id = 9;
UPDATE dynasty.prospects SET birth_date = '1990-01-01' WHERE id = 9;
DELETE FROM dynasty.prospects WHERE id = 9;
COMMIT;
CALL serve('now');
SELECT * FROM compared();
-- The same for one prospect, and by the documents.
SELECT count(*) AS asked, count(*) FILTER (WHERE one.feature_values IS DISTINCT FROM s.v OR whole.feature_values IS DISTINCT FROM s.v) AS differ
FROM served s, LATERAL dynasty.prospect_features(s.prospect_id, 2021, 'v1.0', s.at) one,
     LATERAL dynasty.all_features(2021, 'v1.0', ARRAY[s.prospect_id], s.at) whole
WHERE s.prospect_id = 3;

\echo a statement inside another one: the correction outside comes first, though its trigger runs last
CREATE FUNCTION correct_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        UPDATE dynasty.milb_game_logs SET hits = 99, at_bats = 99 WHERE id = NEW.id;
        UPDATE dynasty.prospects SET birth_date = birth_date - 5000 WHERE id = NEW.prospect_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER zz_again AFTER UPDATE ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION correct_again();
CALL serve('nested');
UPDATE dynasty.milb_game_logs SET hits = 50, at_bats = 50 WHERE prospect_id IN (10, 11);
DROP TRIGGER zz_again ON dynasty.milb_game_logs;
SELECT * FROM compared() WHERE what = 'nested';

\echo what a prospect is called leaves no history; what was kept can be taken away
SELECT count(*) AS people FROM dynasty.prospects_history \gset
UPDATE dynasty.prospects SET name = name || ' jr', current_team = 'X', updated_at = now();
SELECT count(*) - :people AS more FROM dynasty.prospects_history;
SET dynasty.game_log_history = off;
UPDATE dynasty.prospects SET weight_lbs = 250;
SELECT count(*) - :people AS more FROM dynasty.prospects_history;
RESET dynasty.game_log_history;
SELECT dynasty.prune_game_log_history('1 hour') AS none;
SELECT dynasty.prune_game_log_history('0') > :people AS pruned;
SELECT (SELECT count(*) FROM dynasty.prospects_history) AS people, (SELECT count(*) FROM dynasty.milb_game_logs_history) AS games;
