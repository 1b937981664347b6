-- One MERGE that inserts, updates and deletes: three triggers fire, the lines are right at its end.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 0), (1, '2020-06-03', 2020, 'A', 4, 1),
       (2, '2020-06-01', 2020, 'A', 4, 1);
MERGE INTO dynasty.milb_game_logs g
USING (VALUES (1, date '2020-06-01', 4, 3),       -- corrected
              (1, date '2020-06-02', NULL, NULL), -- annulled
              (1, date '2020-06-04', 4, 4),       -- new
              (2, date '2020-06-01', NULL, NULL), -- annulled: the line goes
              (3, date '2020-06-01', 3, 1)        -- new: a line comes
      ) AS v (prospect_id, game_date, at_bats, hits)
ON g.prospect_id = v.prospect_id AND g.game_date = v.game_date
WHEN MATCHED AND v.at_bats IS NULL THEN DELETE
WHEN MATCHED THEN UPDATE SET hits = v.hits
WHEN NOT MATCHED THEN INSERT (prospect_id, game_date, season, level, at_bats, hits)
    VALUES (v.prospect_id, v.game_date, 2020, 'A', v.at_bats, v.hits);
SELECT * FROM lines; -- player 1: {3, 1, 4}, 8/12
-- Out of one line into another within one MERGE: deleted there, inserted here.
MERGE INTO dynasty.milb_game_logs g
USING (VALUES (3, date '2020-06-01'), (3, date '2020-06-02')) AS v (prospect_id, game_date)
ON g.prospect_id = v.prospect_id AND g.game_date = v.game_date
WHEN MATCHED THEN DELETE
WHEN NOT MATCHED THEN INSERT (prospect_id, game_date, season, level, at_bats, hits) VALUES (3, v.game_date, 2020, 'A', 5, 5);
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
