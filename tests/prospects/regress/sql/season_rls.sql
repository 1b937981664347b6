-- Row security: who may write only his club's games keeps right lines for all; season_stats() shows him what he may see.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
CREATE ROLE dynasty_club_loader;
GRANT USAGE ON SCHEMA dynasty TO dynasty_club_loader;
GRANT SELECT, INSERT, UPDATE, DELETE ON dynasty.milb_game_logs TO dynasty_club_loader;
GRANT SELECT ON dynasty.prospects, dynasty.milb_season_stats TO dynasty_club_loader;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, team, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 'Owls', 4, 2), (1, '2020-06-02', 2020, 'A', 'Bears', 4, 1), (2, '2020-06-01', 2020, 'AA', 'Bears', 3, 3);
ALTER TABLE dynasty.milb_game_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_club ON dynasty.milb_game_logs TO dynasty_club_loader USING (team = 'Owls') WITH CHECK (team = 'Owls');
SET ROLE dynasty_club_loader;
-- He adds to a line of which he sees one game, corrects that one, and takes one away: none of the Bears' games is lost.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, team, at_bats, hits)
VALUES (1, '2020-06-03', 2020, 'A', 'Owls', 5, 3), (1, '2020-06-04', 2020, 'A', 'Owls', 2, 0);
UPDATE dynasty.milb_game_logs SET hits = 4 WHERE game_date = '2020-06-01';
DELETE FROM dynasty.milb_game_logs WHERE game_date IN ('2020-06-02', '2020-06-04');
-- What the policy does not let through changes nothing.
\set VERBOSITY terse
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, team, at_bats, hits) VALUES (2, '2020-06-02', 2020, 'AA', 'Bears', 3, 3);
-- From scratch only the games he sees: {4, 3} of 4 + 5 at-bats. The maintained table, without a policy of its own, is whole.
SELECT prospect_id, season, level, games_played, total_ab, total_hits, avg FROM dynasty.season_stats();
SELECT count(*) FROM dynasty.season_stats(prospect_ids => '{2}');
SELECT count(*) FROM dynasty.season_stats('{Playoffs}');
SELECT prospect_id, season, level, games_played, total_ab, total_hits, avg FROM dynasty.milb_season_stats ORDER BY 1;
-- A comparison with half of the games would report nonsense.
\set VERBOSITY default
SELECT * FROM dynasty.season_stats_diff();
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
SELECT * FROM lines; -- player 1: {4, 1, 3} of 4 + 4 + 5
SELECT * FROM healthy;
-- An owner is bound by his policies where they are forced: season_stats() does not read past them.
ALTER TABLE dynasty.milb_game_logs FORCE ROW LEVEL SECURITY;
ALTER TABLE dynasty.milb_game_logs OWNER TO dynasty_club_loader;
SET ROLE dynasty_club_loader;
SELECT count(*) AS lines, sum(games_played) AS games FROM dynasty.season_stats();
RESET ROLE;
ALTER TABLE dynasty.milb_game_logs OWNER TO CURRENT_USER;
DROP OWNED BY dynasty_club_loader;
DROP ROLE dynasty_club_loader;
