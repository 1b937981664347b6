-- A refresh writes the vectors that changed, and of these the documents that did: the others stay where they are.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(120, 2019, 2022, 11);
SELECT dynasty.refresh_features(2021) > 0 AS written;
CREATE VIEW differ AS
SELECT count(*) FROM dynasty.all_features(2021) a FULL JOIN (SELECT * FROM dynasty.ml_features WHERE as_of_year = 2021 AND feature_set_version = 'v1.0') f
    USING (prospect_id)
WHERE (a.bio_features, a.scouting_features, a.milb_performance, a.milb_progression, a.milb_consistency, a.derived_features, a.feature_vector, a.feature_values)
    IS DISTINCT FROM
      (f.bio_features, f.scouting_features, f.milb_performance, f.milb_progression, f.milb_consistency, f.derived_features, f.feature_vector, f.feature_values);

-- Which documents an UPDATE is given anew, said by a trigger. What it is not given is the old value.
CREATE TABLE given (prospect_id integer, bio boolean, scouting boolean, performance boolean, progression boolean, consistency boolean, derived boolean, vector boolean);
CREATE FUNCTION note_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.given VALUES (NEW.prospect_id, NEW.bio_features <> OLD.bio_features, NEW.scouting_features <> OLD.scouting_features,
        NEW.milb_performance <> OLD.milb_performance, NEW.milb_progression <> OLD.milb_progression, NEW.milb_consistency <> OLD.milb_consistency,
        NEW.derived_features <> OLD.derived_features, NEW.feature_vector <> OLD.feature_vector);
    RETURN NULL;
END $$;
CREATE TRIGGER note_given AFTER UPDATE OF feature_values ON dynasty.ml_features FOR EACH ROW EXECUTE FUNCTION note_given();
CREATE TABLE inserts_asked (n integer);
CREATE FUNCTION note_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.inserts_asked VALUES (1); RETURN NULL; END $$;
CREATE TRIGGER note_insert BEFORE INSERT ON dynasty.ml_features FOR EACH STATEMENT EXECUTE FUNCTION note_insert();

-- Where a document is kept is told by the chunks of the TOAST table: those of what did not change are the same ones.
SELECT reltoastrelid::regclass AS toast FROM pg_class WHERE oid = 'dynasty.ml_features'::regclass \gset
CREATE TABLE chunks AS SELECT DISTINCT chunk_id FROM :toast;
CREATE TABLE places AS SELECT prospect_id, ctid AS place FROM dynasty.ml_features;

\echo one man is taller
SELECT id AS who FROM dynasty.prospects ORDER BY id LIMIT 1 \gset
UPDATE dynasty.prospects SET height_inches = 84 WHERE id = :who;
SELECT dynasty.refresh_features(2021) AS written;
TABLE differ;
SELECT prospect_id = :who AS his, bio, scouting, performance, progression, consistency, derived, vector FROM given;
SELECT count(*) AS rows_moved FROM places p JOIN dynasty.ml_features f USING (prospect_id) WHERE f.ctid <> p.place;
SELECT count(*) AS only_the_vector FROM (SELECT chunk_id FROM :toast EXCEPT SELECT chunk_id FROM chunks) fresh;
SELECT count(*) AS upserts FROM inserts_asked;

\echo a norm moves: the rows written are those that are stale, and those whose values change get no document anew in which nothing did
TRUNCATE given, places;
SELECT dynasty.refresh_stale_features(2021) AS brought_up_to_date;
INSERT INTO places SELECT prospect_id, ctid FROM dynasty.ml_features;
INSERT INTO dynasty.milb_game_logs (prospect_id, season, game_date, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts)
SELECT prospect_id, 2021, '2021-09-30', 'A', 5, 4, 4, 0, 0, 1, 1, 0 FROM dynasty.milb_game_logs WHERE season = 2021 AND level = 'A' ORDER BY prospect_id LIMIT 1
RETURNING prospect_id AS who \gset
CREATE TABLE stale AS SELECT * FROM dynasty.stale_features(2021);
CREATE TABLE changing AS SELECT m.prospect_id FROM dynasty.feature_matrix(2021) m JOIN dynasty.ml_features f USING (prospect_id)
WHERE f.as_of_year = 2021 AND f.feature_values IS DISTINCT FROM m.feature_values;
SELECT count(*) > 1 AS several, count(*) < (SELECT count(*) FROM dynasty.ml_features) AS not_all FROM stale;
SELECT dynasty.refresh_features(2021) = (SELECT count(*) FROM changing) AS those_that_change;
TABLE differ;
SELECT count(*) AS moved_and_not_stale_or_the_reverse
FROM places p JOIN dynasty.ml_features f USING (prospect_id) LEFT JOIN stale s USING (prospect_id) WHERE (f.ctid <> p.place) <> (s.prospect_id IS NOT NULL);
SELECT count(*) AS given_and_not_changing_or_the_reverse FROM given g FULL JOIN changing c USING (prospect_id) WHERE g IS NULL OR c IS NULL;
SELECT count(*) AS others_with_other_documents FROM given WHERE prospect_id <> :who AND (bio OR scouting OR consistency OR NOT performance AND NOT progression AND NOT derived OR NOT vector);
SELECT count(*) AS upserts FROM inserts_asked;

\echo what is not as a refresh leaves it is written whole: two by an upsert, and the one of other values by an update of all its documents
UPDATE dynasty.ml_features SET bio_features = NULL WHERE prospect_id = :who;
UPDATE dynasty.ml_features SET feature_values = feature_values[1:10] WHERE prospect_id = (SELECT max(prospect_id) FROM dynasty.ml_features);
UPDATE dynasty.ml_features SET inputs_stamp = NULL, feature_values[1] = 99 WHERE prospect_id = (SELECT max(prospect_id) - 1 FROM dynasty.ml_features);
UPDATE dynasty.prospects SET height_inches = 70 WHERE id = :who;
SELECT dynasty.refresh_features(2021) AS written;
TABLE differ;
SELECT count(*) AS upserts FROM inserts_asked;

\echo another set
SELECT dynasty.register_feature_set('two', '{age,career_ops,height_inches}');
SELECT dynasty.refresh_features(2021, 'two') = (SELECT count(*) FROM dynasty.prospects) AS all_of_them;
UPDATE dynasty.prospects SET height_inches = 71 WHERE id = :who;
SELECT dynasty.refresh_features(2021, 'two') AS written;
SELECT count(*) AS differing FROM dynasty.all_features(2021, 'two') a JOIN dynasty.ml_features f ON f.prospect_id = a.prospect_id AND f.feature_set_version = 'two'
WHERE (a.bio_features, a.milb_performance, a.feature_vector, a.feature_values) IS DISTINCT FROM (f.bio_features, f.milb_performance, f.feature_vector, f.feature_values);
