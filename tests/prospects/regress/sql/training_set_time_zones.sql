-- data_marks() says the same in every session, and a recorded training set is known again from everywhere.
SET client_min_messages = warning;
SET timezone = 'UTC';
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(80, 2015, 2024, 1);
-- Moments on both sides of a change of the clocks, and in the hour that comes twice (New York, 2024-11-03).
UPDATE dynasty.prospects SET created_at = '2024-11-03 05:30:00.123456+00', updated_at = '2024-07-01 12:00+00' WHERE id = (SELECT min(id) FROM dynasty.prospects);
SELECT dynasty.record_training_set(ARRAY[2017, 2018]) AS digest \gset
SELECT dynasty.data_marks() AS marks \gset
CREATE TABLE zones (zone text);
INSERT INTO zones VALUES ('UTC'), ('America/New_York'), ('Asia/Kathmandu'), ('Pacific/Apia'), ('Europe/London'), ('<+1234>-12:34');
CREATE FUNCTION seen_from(zone text, datestyle text, digits integer, digest text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('timezone', zone, true), set_config('datestyle', datestyle, true), set_config('extra_float_digits', digits::text, true), set_config('intervalstyle', 'iso_8601', true);
    RETURN (SELECT is_same || ' ' || changed_tables::text FROM dynasty.check_training_set(digest)) || ' ' || md5(dynasty.data_marks()::text);
END $$;
SELECT count(*) AS sessions, count(DISTINCT seen) AS ways, count(*) FILTER (WHERE seen = 'true {} ' || md5(:'marks')) AS the_same
FROM zones, (VALUES ('ISO, MDY'), ('German'), ('SQL, DMY'), ('Postgres')) s (style), (VALUES (1), (0), (-15)) d (digits), LATERAL (SELECT seen_from(zone, style, digits, :'digest') AS seen) x;

-- As 1.0 recorded them: the same moments, as the session's zone of that time writes them.
CREATE FUNCTION as_recorded_by_1_0(marks jsonb, zone text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('timezone', zone, true);
    RETURN (SELECT jsonb_object_agg(t.key, (SELECT jsonb_object_agg(m.key, CASE WHEN jsonb_typeof(m.value) = 'string' THEN to_jsonb((m.value #>> '{}')::timestamptz) ELSE m.value END) FROM jsonb_each(t.value) m))
            FROM jsonb_each(marks) t);
END $$;
SELECT zone, as_recorded_by_1_0(:'marks', zone) -> 'prospects' ->> 'max_created_at' ~ '\+00:00$' AS in_utc, as_recorded_by_1_0(:'marks', zone) = :'marks' AS to_the_letter FROM zones ORDER BY zone COLLATE "C";
CREATE FUNCTION recorded_and_seen(recorded_in text, seen_in text, digest text, marks jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dynasty.training_sets SET data_marks = as_recorded_by_1_0(marks, recorded_in);
    PERFORM set_config('timezone', seen_in, true);
    RETURN (SELECT changed_tables::text FROM dynasty.check_training_set(digest));
END $$;
SELECT a.zone AS recorded_in, string_agg(DISTINCT recorded_and_seen(a.zone, b.zone, :'digest', :'marks'), ' ') AS changed FROM zones a, zones b GROUP BY 1 ORDER BY a.zone COLLATE "C";
-- What has changed is still seen, also by a microsecond, and in the other of the two hours.
SET timezone = 'America/New_York';
UPDATE dynasty.training_sets SET data_marks = as_recorded_by_1_0(:'marks', 'Asia/Kathmandu');
CREATE FUNCTION moved(by interval, digest text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    changed text[];
BEGIN
    UPDATE dynasty.mlb_stats SET created_at = created_at + by WHERE created_at = (SELECT max(created_at) FROM dynasty.mlb_stats);
    SELECT changed_tables INTO changed FROM dynasty.check_training_set(digest);
    RAISE SQLSTATE 'ZZZZZ';
EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN
    RETURN changed;
END $$;
SELECT moved('0', :'digest') AS not_at_all, moved('1 microsecond', :'digest') AS a_microsecond, moved('1 hour', :'digest') AS an_hour;
-- What somebody else has put there is compared as it is, and fails nothing.
UPDATE dynasty.training_sets SET data_marks = data_marks || '{"prospects": {"rows": 80, "max_created_at": "2023-02-29T25:00:00+00:00"}, "mlb_stats": "2023-02-31T00:00:00+00:00", "scouting_grades": null, "milb_advanced_stats": [1]}';
SELECT changed_tables FROM dynasty.check_training_set(:'digest');
UPDATE dynasty.training_sets SET data_marks = data_marks || '{"prospects": {"max_created_at": "2023-02-29T00:00:00+00:00", "max_updated_at": "infinity"}, "mlb_stats": {"max_created_at": "9999-12-31T23:59:59+15:59:59"}}';
SELECT changed_tables FROM dynasty.check_training_set(:'digest');
-- A query for a training set keeps its numbers to the last digit.
SET extra_float_digits = -15;
SELECT dynasty.training_set_query(ARRAY[2017], test_share => 0.123456789012345678) ~ '0\.12345678901234568' AS exact;
