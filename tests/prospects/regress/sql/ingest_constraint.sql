-- A row that breaks a user's own constraint, or that his trigger refuses, is rejected with the message; the others are kept.
BEGIN;
ALTER TABLE dynasty.milb_game_logs ADD CONSTRAINT no_tenth_hit CHECK (hits < 10);
SELECT received, inserted, updated, unchanged, rejected, rejects FROM dynasty.ingest_game_logs((
  SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits', jsonb_agg(
    jsonb_build_object('season', 2024, 'date', '2024-06-01', 'sport', '{"id": 14}'::jsonb, 'game', jsonb_build_object('gamePk', 9100000 + n),
      'player', '{"id": 900003, "fullName": "Sam Slugger"}'::jsonb, 'stat', jsonb_build_object('hits', n)) ORDER BY n))))
  FROM generate_series(1, 12) n));
SELECT count(*), min(hits), max(hits) FROM dynasty.milb_game_logs WHERE game_pk BETWEEN 9100001 AND 9100012;
ROLLBACK;
