-- Every id that a player has had, whoever wrote it: COPY, plain UPDATE, a loader, somebody without a right on the table.
SET client_min_messages = warning;
\set VERBOSITY terse
CREATE VIEW ids AS SELECT i.prospect_id, i.source, i.external_id FROM dynasty.prospect_identifiers i ORDER BY 2, 3;
INSERT INTO dynasty.prospects (id, mlb_id, fg_player_id, fg_prospect_id, ba_player_id, name, position) VALUES (1, 11, 'sa301', 'p1', 'ba-1', 'One', 'SS'), (2, NULL, '', NULL, NULL, 'Two', 'P');
COPY dynasty.prospects (id, mlb_id, name, position) FROM stdin WITH (FORMAT csv);
3,33,Three,C
\.
TABLE ids;
-- An id is replaced, and taken away: it was his.
UPDATE dynasty.prospects SET fg_player_id = '26001' WHERE id = 1;
UPDATE dynasty.prospects SET mlb_id = NULL WHERE id = 3;
TABLE ids;
-- What changes no id writes nothing.
SELECT max(last_seen) AS before FROM dynasty.prospect_identifiers \gset
UPDATE dynasty.prospects SET position = 'C', name = name || ' X';
SELECT count(*) FROM dynasty.prospect_identifiers WHERE last_seen > :'before';
-- An id of two players: of who had it first. When he loses it, the next who gets it takes it over.
INSERT INTO dynasty.prospects (id, fg_player_id, name, position) VALUES (4, '26001', 'Four', 'SS');
SELECT * FROM ids WHERE external_id = '26001';
SELECT prospect_id, other_id, confidence, why FROM dynasty.duplicate_prospects;
UPDATE dynasty.prospects SET fg_player_id = NULL WHERE id = 1;
UPDATE dynasty.prospects SET fg_player_id = NULL WHERE id = 4;
UPDATE dynasty.prospects SET fg_player_id = '26001' WHERE id = 4;
SELECT * FROM ids WHERE external_id = '26001';
-- The key of a player may change, and with him go his ids.
UPDATE dynasty.prospects SET id = 44 WHERE id = 4;
DELETE FROM dynasty.prospects WHERE id = 1;
TABLE ids;
-- No right on the table is needed; an id that another has had stays his then.
CREATE ROLE identity_writer;
GRANT USAGE ON SCHEMA dynasty TO identity_writer;
GRANT INSERT, UPDATE, SELECT ON dynasty.prospects TO identity_writer;
SET ROLE identity_writer;
INSERT INTO dynasty.prospects (id, mlb_id, name, position) VALUES (5, 55, 'Five', 'SS'), (6, 33, 'Six', 'SS');
UPDATE dynasty.prospects SET fg_player_id = 'sa5' WHERE id = 5;
SELECT count(*) FROM dynasty.prospect_identifiers;
RESET ROLE;
SELECT * FROM ids WHERE source IN ('mlb', 'fangraphs');
-- What cannot be an id of a source's is none; what is there without a name is refused.
DROP VIEW dynasty.data_quality;
ALTER TABLE dynasty.prospects ALTER fg_player_id TYPE text;
INSERT INTO dynasty.prospects (id, fg_player_id, name, position) VALUES (7, repeat('x', 51), 'Seven', 'SS'), (8, repeat('y', 50), 'Eight', 'SS');
SELECT prospect_id, length(external_id) FROM ids WHERE prospect_id IN (7, 8);
INSERT INTO dynasty.prospect_identifiers (prospect_id, source, external_id) VALUES (5, '', 'x');
INSERT INTO dynasty.prospect_identifiers (prospect_id, source, external_id) VALUES (5, 'bbref', 'five001');
-- Where the trigger was away, install() fills what is missing and takes nothing away.
DROP TRIGGER prospect_ids_insert ON dynasty.prospects;
INSERT INTO dynasty.prospects (id, mlb_id, fg_player_id, name, position) VALUES (9, 99, 'sa9', 'Nine', 'SS');
CALL dynasty.install();
SELECT * FROM ids WHERE prospect_id IN (5, 9);
DROP TABLE dynasty.prospect_identifiers CASCADE;
CALL dynasty.install();
SELECT prospect_id, source, external_id FROM dynasty.prospect_identifiers ORDER BY 2, 3;
SELECT count(*) AS pairs FROM dynasty.duplicate_prospects;
CREATE TRIGGER strange AFTER DELETE ON dynasty.prospects FOR EACH STATEMENT EXECUTE FUNCTION dynasty.keep_prospect_identifiers();
DELETE FROM dynasty.prospects WHERE id = 9;
DROP TRIGGER strange ON dynasty.prospects;
CREATE TRIGGER strange AFTER INSERT ON dynasty.mlb_stats REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION dynasty.keep_prospect_identifiers();
INSERT INTO dynasty.mlb_stats (prospect_id, season) VALUES (5, 2020);
DROP OWNED BY identity_writer;
DROP ROLE identity_writer;
