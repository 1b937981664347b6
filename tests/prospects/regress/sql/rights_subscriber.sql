-- What a subscription's worker takes along when a prospect is deleted: the tables of the owner of prospects, not those of strangers,
-- whose triggers would run as the worker.
SET client_min_messages = warning;
CREATE ROLE rights_stranger;
CREATE SCHEMA own AUTHORIZATION rights_stranger;
GRANT USAGE ON SCHEMA dynasty TO rights_stranger;
GRANT REFERENCES ON dynasty.prospects TO rights_stranger;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS'), (2, 'Two', 'SS');
INSERT INTO dynasty.mlb_stats (prospect_id, season) VALUES (1, 2020), (2, 2020);
CREATE TABLE ours (prospect_id integer REFERENCES dynasty.prospects ON DELETE CASCADE);
INSERT INTO ours VALUES (1), (2);
SET ROLE rights_stranger;
CREATE TABLE own.ran (as_whom name);
CREATE TABLE own.notes (prospect_id integer REFERENCES dynasty.prospects ON DELETE CASCADE);
CREATE FUNCTION own.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO own.ran VALUES (current_user); RETURN OLD; END $$;
CREATE TRIGGER t BEFORE DELETE ON own.notes FOR EACH ROW EXECUTE FUNCTION own.note();
ALTER TABLE own.notes ENABLE ALWAYS TRIGGER t;
RESET ROLE;
INSERT INTO own.notes VALUES (1), (2);
CALL dynasty.maintain_on_subscriber();
-- As a worker applies: no statement triggers, no foreign keys.
SET session_replication_role = replica;
DELETE FROM dynasty.prospects WHERE id = 1;
RESET session_replication_role;
SELECT * FROM own.ran;
SELECT (SELECT count(*) FROM dynasty.mlb_stats) AS seasons, (SELECT count(*) FROM ours) AS ours, (SELECT count(*) FROM own.notes) AS notes_of_the_stranger;
-- By an ordinary DELETE PostgreSQL takes them along, as their owner.
DELETE FROM own.notes WHERE prospect_id = 1;
TRUNCATE own.ran;
DELETE FROM dynasty.prospects WHERE id = 2;
SELECT * FROM own.ran;
SELECT count(*) AS notes_of_the_stranger FROM own.notes;
DROP OWNED BY rights_stranger CASCADE;
DROP ROLE rights_stranger;
