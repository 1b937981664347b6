-- Real games: the season lines are the seed's, to the digit, and the maintained are the recomputed, to the byte.
\ir ../regress/seed_view.sql
INSERT INTO verdicts
SELECT 'season lines', count(*) > 10000, format('%s lines of %s games', count(*), sum(games_played)) FROM dynasty.milb_season_stats
UNION ALL SELECT 'season lines are the seed''s', count(*) = 0, format('%s differ', count(*)) FROM seed_differences
UNION ALL SELECT 'maintained is recomputed', count(*) = 0, format('%s differ', count(*)) FROM dynasty.season_stats_diff()
UNION ALL SELECT 'a rebuild changes nothing', dynasty.refresh_season_stats() = 0, '';
