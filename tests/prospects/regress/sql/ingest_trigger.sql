-- A user's trigger that refuses a row costs that row; one that may not write at all is an error that loses nothing silently.
BEGIN;
CREATE FUNCTION pg_temp.no_mondays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF extract(isodow FROM NEW.game_date) = 1 THEN RAISE EXCEPTION 'no games on Mondays: %', NEW.game_date; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_mondays BEFORE INSERT ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION pg_temp.no_mondays();
SELECT inserted, rejected, rejects #>> '{0,reason}' AS reason FROM dynasty.ingest_game_logs('{"stats": [{"type": "gameLog", "group": "hitting", "splits": [
    {"season": 2024, "date": "2024-06-02", "sport": {"id": 13}, "player": {"id": 900081}, "game": {"gamePk": 9400001}, "stat": {"hits": 1}},
    {"season": 2024, "date": "2024-06-03", "sport": {"id": 13}, "player": {"id": 900081}, "game": {"gamePk": 9400002}, "stat": {"hits": 2}},
    {"season": 2024, "date": "2024-06-04", "sport": {"id": 13}, "player": {"id": 900081}, "game": {"gamePk": 9400003}, "stat": {"hits": 3}}]}]}');
SELECT game_date FROM dynasty.milb_game_logs WHERE game_pk BETWEEN 9400001 AND 9400003 ORDER BY 1;
CREATE ROLE dynasty_regress_reader;
GRANT USAGE ON SCHEMA dynasty TO dynasty_regress_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO dynasty_regress_reader;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dynasty TO dynasty_regress_reader;
SET LOCAL ROLE dynasty_regress_reader;
SELECT inserted FROM dynasty.ingest_game_logs('{"stats": [{"type": "gameLog", "group": "hitting", "splits": [
    {"season": 2024, "date": "2024-06-05", "sport": {"id": 13}, "player": {"id": 900081}, "game": {"gamePk": 9400004}, "stat": {"hits": 1}}]}]}');
ROLLBACK;
