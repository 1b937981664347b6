-- A session's norms follow every change of a birth date or position, however it came about: one prospect's vector is that of all
-- prospects. The cache is filled before each change.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(80, 2019, 2021, 12);
CREATE FUNCTION differ() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT count(*) FROM dynasty.feature_matrix(2021) m, LATERAL dynasty.prospect_features(m.prospect_id, 2021) f
    WHERE f.feature_values IS DISTINCT FROM m.feature_values $$;
-- The norms as they are now, by what one prospect is compared with: changes when they do.
CREATE FUNCTION norms() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT md5(string_agg(f.feature_values::text, ' ' ORDER BY f.prospect_id)) FROM dynasty.prospect_features(7, 2021) f $$;
SELECT differ();

\echo a trigger that changes what the statement does not name
SELECT norms() AS before \gset
CREATE FUNCTION fix() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.birth_date := NEW.birth_date - 800; RETURN NEW; END $$;
CREATE TRIGGER fix BEFORE UPDATE ON dynasty.prospects FOR EACH ROW EXECUTE FUNCTION fix();
UPDATE dynasty.prospects SET name = name || ' jr' WHERE id <> 7;
SELECT differ(), norms() <> :'before' AS moved;
DROP TRIGGER fix ON dynasty.prospects;

\echo a rule
SELECT norms() AS before \gset
CREATE VIEW people AS SELECT * FROM dynasty.prospects;
CREATE RULE older AS ON UPDATE TO people DO INSTEAD UPDATE dynasty.prospects SET birth_date = birth_date + 400 WHERE id = OLD.id;
UPDATE people SET name = 'x' WHERE id <> 7;
SELECT differ(), norms() <> :'before' AS moved;
DROP VIEW people;

\echo ON CONFLICT, MERGE, a part of WITH
SELECT norms() AS before \gset
INSERT INTO dynasty.prospects (id, name, position) SELECT id, name, position FROM dynasty.prospects WHERE id > 7
ON CONFLICT (id) DO UPDATE SET birth_date = prospects.birth_date - 100;
SELECT differ(), norms() <> :'before' AS moved, norms() AS before \gset one_
\echo :one_differ :one_moved
MERGE INTO dynasty.prospects p USING (SELECT 1) s ON p.id > 7 WHEN MATCHED THEN UPDATE SET position = CASE WHEN position IN ('SP', 'RP') THEN '2B' ELSE 'SP' END;
SELECT differ(), norms() <> :'one_before' AS moved, norms() AS before \gset one_
\echo :one_differ :one_moved
WITH u AS (UPDATE dynasty.prospects SET birth_date = birth_date + 321 WHERE id > 7 RETURNING 1) SELECT count(*) > 0 AS changed FROM u;
SELECT differ(), norms() <> :'one_before' AS moved;

\echo rewritten, renamed, computed
SELECT norms() AS before \gset
DROP VIEW dynasty.data_quality;
ALTER TABLE dynasty.prospects ALTER birth_date TYPE date USING CASE WHEN id <> 7 THEN birth_date - 700 ELSE birth_date END;
SELECT differ(), norms() <> :'before' AS moved, norms() AS before \gset one_
\echo :one_differ :one_moved
ALTER TABLE dynasty.prospects ADD other date;
UPDATE dynasty.prospects SET other = CASE WHEN id <> 7 THEN birth_date + 1000 ELSE birth_date END;
SELECT differ();
ALTER TABLE dynasty.prospects RENAME birth_date TO first_guess;
ALTER TABLE dynasty.prospects RENAME other TO birth_date;
SELECT differ(), norms() <> :'one_before' AS moved;
ALTER TABLE dynasty.prospects DROP birth_date;
ALTER TABLE dynasty.prospects ADD shift integer DEFAULT 0, ADD birth_date date GENERATED ALWAYS AS (first_guess - shift) STORED;
SELECT differ(), norms() AS before \gset one_
\echo :one_differ
UPDATE dynasty.prospects SET shift = 444 WHERE id <> 7;
SELECT differ(), norms() <> :'one_before' AS moved;

\echo a child table, whose statements fire no trigger of its parent
CREATE TABLE more_people () INHERITS (dynasty.prospects);
SELECT norms() AS before \gset
INSERT INTO more_people (id, name, position, first_guess) SELECT id + 100000, name, position, first_guess FROM dynasty.prospects WHERE id > 7;
ALTER TABLE dynasty.milb_game_logs DROP CONSTRAINT milb_game_logs_prospect_id_fkey;
INSERT INTO dynasty.milb_game_logs (prospect_id, season, game_date, game_number, level, plate_appearances, at_bats, hits)
SELECT prospect_id + 100000, season, game_date, game_number, level, 4, 4, 4 FROM dynasty.milb_game_logs WHERE prospect_id > 7;
SELECT differ(), norms() <> :'before' AS moved, norms() AS before \gset one_
\echo :one_differ :one_moved
UPDATE more_people SET shift = 3000;
SELECT differ(), norms() <> :'one_before' AS moved;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id > 100000;
DROP TABLE more_people;
SELECT differ(), norms() = :'before' AS as_before;

\echo everybody goes
TRUNCATE dynasty.prospects CASCADE;
SELECT differ(), norms() IS NULL AS nobody;

\echo stored vectors know of it; names and teams are no change
ALTER TABLE dynasty.prospects ALTER birth_date DROP EXPRESSION;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(40, 2020, 2021, 6);
SELECT dynasty.refresh_features(2021) > 0 AS stored;
SELECT count(*) AS stale FROM dynasty.stale_features(2021);
SELECT count(*) AS stamps FROM dynasty.norm_stamps \gset
UPDATE dynasty.prospects SET name = name || '!', current_team = 'Y', updated_at = now();
SELECT count(*) AS stale, (SELECT count(*) FROM dynasty.norm_stamps) - :stamps AS more_stamps FROM dynasty.stale_features(2021);
CREATE TRIGGER fix BEFORE UPDATE ON dynasty.prospects FOR EACH ROW EXECUTE FUNCTION fix();
UPDATE dynasty.prospects SET birth_date = '1999-09-09' WHERE id = (SELECT min(id) FROM dynasty.prospects);
SELECT count(*) FILTER (WHERE reason = 'inputs') AS inputs, count(*) > 1 AS others FROM dynasty.stale_features(2021);
DROP TRIGGER fix ON dynasty.prospects;

\echo the trigger of an older version, and the journal as nobody made it
DROP TRIGGER norms_people ON dynasty.prospects;
CREATE TRIGGER norms_people AFTER UPDATE OF birth_date, position ON dynasty.prospects FOR EACH STATEMENT EXECUTE FUNCTION dynasty.note_changed_people();
SELECT differ();
UPDATE dynasty.prospects SET birth_date = birth_date - 100;
SELECT differ();
CREATE INDEX ON dynasty.prospects_history (id);
DELETE FROM dynasty.prospects WHERE id = (SELECT min(id) FROM dynasty.prospects);
