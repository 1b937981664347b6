-- Several triggers that do the same: a row is counted once, and kept once.
\set VERBOSITY terse
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
CREATE FUNCTION twins(prefix text, condition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON dynasty.milb_game_logs REFERENCING NEW TABLE AS n FOR EACH STATEMENT %s EXECUTE FUNCTION dynasty.maintain_season_stats()', prefix || 'i', condition);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT %s EXECUTE FUNCTION dynasty.maintain_season_stats()', prefix || 'u', condition);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS o FOR EACH STATEMENT %s EXECUTE FUNCTION dynasty.maintain_season_stats()', prefix || 'd', condition);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT %s EXECUTE FUNCTION dynasty.keep_game_log_history()', prefix || 'h', condition);
END $$;
CREATE PROCEDURE work() LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits)
    VALUES (1, 1, '2020-06-01', 2020, 'A', 4, 2), (2, 1, '2020-06-02', 2020, 'A', 4, 1), (3, 1, '2020-06-03', 2020, 'A', 4, 3);
    INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits)
    VALUES (3, 1, '2020-06-03', 2020, 'A', 4, 3), (4, 1, '2020-06-04', 2020, 'A', 4, 0) ON CONFLICT (id) DO UPDATE SET hits = 4;
    UPDATE dynasty.milb_game_logs SET hits = hits - 1 WHERE id = 1;
    DELETE FROM dynasty.milb_game_logs WHERE id = 2;
END $$;
-- Before and after ours in the order of names.
SELECT twins('a', ''), twins('z', '');
CALL work();
SELECT * FROM lines; -- {1, 4, 0} of 12
SELECT * FROM healthy;
SELECT id, hits FROM dynasty.milb_game_logs_history ORDER BY history_id;
CALL dynasty.install();
SELECT pending, ok FROM dynasty.migration_status();
-- The first is disabled: the next does the work.
TRUNCATE dynasty.milb_game_logs, dynasty.milb_game_logs_history;
ALTER TABLE dynasty.milb_game_logs DISABLE TRIGGER ai, DISABLE TRIGGER au, DISABLE TRIGGER ad, DISABLE TRIGGER ah;
CALL work();
SELECT * FROM lines;
SELECT * FROM healthy;
SELECT count(*) FROM dynasty.milb_game_logs_history;
-- With conditions, true or not, beside ours and alone.
TRUNCATE dynasty.milb_game_logs, dynasty.milb_game_logs_history;
SELECT twins('1', 'WHEN (false)'), twins('2', 'WHEN (true)');
CALL work();
SELECT * FROM lines;
SELECT * FROM healthy;
TRUNCATE dynasty.milb_game_logs, dynasty.milb_game_logs_history;
DROP TRIGGER season_stats_insert ON dynasty.milb_game_logs;
DROP TRIGGER season_stats_update ON dynasty.milb_game_logs;
DROP TRIGGER season_stats_delete ON dynasty.milb_game_logs;
ALTER TABLE dynasty.milb_game_logs DISABLE TRIGGER zi, DISABLE TRIGGER zu, DISABLE TRIGGER zd;
SELECT twins('3', 'WHEN (true)');
CALL work();
SELECT * FROM lines;
SELECT * FROM healthy;
