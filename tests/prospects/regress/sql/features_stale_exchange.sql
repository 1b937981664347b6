-- Two games of one season that exchange their days in one statement: sums and sets of values stay, the order of the games
-- does not, and with it streaks. Each of many exchanges is noticed.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'Shortstop', 'SS', '2000-07-01');
INSERT INTO dynasty.milb_game_logs (id, game_pk, prospect_id, game_date, season, level, plate_appearances, at_bats, hits, home_runs, walks)
SELECT 10 + n, 10 + n, 1, date '2020-06-01' + n, 2020, 'A', 4, 4, n % 4, 0, 0 FROM generate_series(1, 24) n;
SELECT dynasty.refresh_features(2020) AS written;
SELECT dynasty.refresh_features(2020) AS written, (SELECT count(*) FROM dynasty.stale_features(2020)) AS stale;
CREATE TEMP TABLE unnoticed (a bigint, b bigint);
DO $$
DECLARE
    a bigint;
    b bigint;
    before bigint;
BEGIN
    FOR a, b IN SELECT x, y FROM generate_series(11, 34) x, generate_series(11, 34) y WHERE x < y LOOP
        SELECT s.stamp INTO before FROM dynasty.milb_season_stats s;
        UPDATE dynasty.milb_game_logs l SET game_date = o.game_date
        FROM dynasty.milb_game_logs o WHERE (l.id, o.id) IN ((a, b), (b, a));
        INSERT INTO unnoticed SELECT a, b FROM dynasty.milb_season_stats s WHERE s.stamp = before;
    END LOOP;
END $$;
SELECT * FROM unnoticed;
SELECT reason FROM dynasty.stale_features(2020);
-- The days came out in the reverse order: no streak changed, and that is known from now on.
SELECT dynasty.refresh_stale_features(2020) AS written;
SELECT count(*) AS stale FROM dynasty.stale_features(2020);
ROLLBACK;
