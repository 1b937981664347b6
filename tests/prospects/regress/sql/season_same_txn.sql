-- The line is right at once: for the next statement, within a function, in a trigger fired after ours, before COMMIT.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
SELECT total_hits, dynasty.hit_consistency_cv(1, 2020, 'A') IS NULL AS one_game FROM dynasty.milb_season_stats;
DO $$
BEGIN
    FOR i IN 2..4 LOOP
        INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, date '2020-06-01' + i, 2020, 'A', 4, 0);
        RAISE NOTICE '% games, average %', (SELECT games_played FROM dynasty.milb_season_stats), (SELECT avg FROM dynasty.milb_season_stats);
    END LOOP;
END
$$;
-- A user's statement trigger whose name sorts after ours sees the line of its own statement.
CREATE FUNCTION pg_temp.tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE '% leaves % games', TG_OP, (SELECT games_played FROM dynasty.milb_season_stats);
    RETURN NULL;
END
$$;
CREATE TRIGGER tell AFTER INSERT OR DELETE ON dynasty.milb_game_logs FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.tell();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-07-01', 2020, 'A', 4, 2);
DELETE FROM dynasty.milb_game_logs WHERE hits = 0;
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
