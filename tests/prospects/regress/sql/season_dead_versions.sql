-- Season lines that are rewritten in many short transactions leave dead versions behind, which the index look-up of the
-- trigger marks as such. What it remembers of them must outlive the line it is working on (it once did not: a crash).
INSERT INTO dynasty.prospects (id, name, position) SELECT i, 'Player ' || i, 'SS' FROM generate_series(1, 200) i;
DO $$
BEGIN
    FOR day IN 1 .. 120 LOOP
        INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits)
        SELECT i, date '2021-04-01' + day, 2021, (ARRAY['A', 'AA'])[1 + day * i % 2], 4, 4, (day + i) % 4
        FROM generate_series(1, 200) i;
        COMMIT;
    END LOOP;
END
$$;
SELECT count(*), sum(games_played), sum(total_hits) FROM dynasty.milb_season_stats;
SELECT count(*), sum(hits) FROM dynasty.milb_game_logs;
SELECT count(*) AS differ FROM dynasty.season_stats_diff();
