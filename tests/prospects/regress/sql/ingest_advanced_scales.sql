-- A share means the same quoted or not: the document says whether numbers are fractions or percent, a percent sign says it for itself,
-- and what does not fit is remarked.
BEGIN;
CREATE TEMP TABLE sheets AS
SELECT s.factor, s.quoted, jsonb_agg(jsonb_build_object('PlayerName', 'Scale ' || s.n, 'playerids', format('sa%s%s', s.n, k.k), 'Season', '2024', 'aLevel', 'AA')
    || (SELECT jsonb_object_agg(v.label, CASE WHEN s.quoted THEN to_jsonb((v.x * s.factor)::text) ELSE to_jsonb(v.x * s.factor) END)
        FROM (VALUES ('GB%', 0.410000001), ('LD%', 0.19), ('FB%', 0.399999999), ('SwStr%', 0.1123), ('IFFB%', 0.095), ('HR/FB', 0.125)) v (label, x))) AS p
FROM (VALUES (1, 1, false), (2, 1, true), (3, 100, false), (4, 100, true)) s (n, factor, quoted), generate_series(1, 2) k (k) GROUP BY s.n, s.factor, s.quoted;
SELECT s.factor, s.quoted, i.received, i.inserted, i.rejected FROM sheets s, dynasty.ingest_advanced(s.p) i ORDER BY 1, 2;
SELECT DISTINCT gb_percent, ld_percent, fb_percent, swing_strike_percent, iffb_percent, hr_per_fb FROM dynasty.milb_advanced_stats;
SELECT count(*) FROM dynasty.data_quality WHERE rule = 'shares_off_scale';
ROLLBACK;
-- A row that cannot say it itself is read as the others of its document are; a sign is percent anywhere.
BEGIN;
SELECT i.inserted FROM dynasty.ingest_advanced('[{"Name": "Ann Alone", "PlayerId": "sa1", "Season": 2024, "Level": "A", "SwStr%": "0.9"},
    {"Name": "Bea Beside", "PlayerId": "sa2", "Season": 2024, "Level": "A", "SwStr%": "12.5"},
    {"Name": "Cat Signed", "PlayerId": "sa3", "Season": 2024, "Level": "A", "SwStr%": "0.5 %"}]') i;
SELECT i.inserted FROM dynasty.ingest_advanced('[{"Name": "Dot Alone", "PlayerId": "sa4", "Season": 2024, "Level": "A", "SwStr%": "0.09", "Contact%": "75.5 %"}]') i;
SELECT p.name, a.swing_strike_percent, a.contact_percent FROM dynasty.milb_advanced_stats a JOIN dynasty.prospects p ON p.id = a.prospect_id ORDER BY 1;
ROLLBACK;
-- Remarks: fractions under the columns' own names; a column of another scale than its neighbours; shares that make no whole.
BEGIN;
SELECT i.inserted FROM dynasty.ingest_advanced('[{"PlayerId": "sa1", "season": 2024, "level": "A", "gb_percent": 0.4, "ld_percent": "0.2", "fb_percent": 0.4}]') i;
WITH p AS (SELECT jsonb_agg(jsonb_build_object('PlayerId', 'sa' || k, 'Season', 2023, 'Level', 'A',
    'GB%', 40, 'LD%', 20, 'FB%', 40, 'SwStr%', 0.1 + k / 100.0)) AS p FROM generate_series(2, 6) k)
SELECT i.inserted FROM p, dynasty.ingest_advanced(p.p) i;
SELECT i.inserted FROM dynasty.ingest_advanced('[{"PlayerId": "sa1", "Season": 2022, "Level": "A", "GB%": 40, "LD%": 20, "FB%": 4}]') i;
SELECT season, gb_percent, swing_strike_percent FROM dynasty.milb_advanced_stats a JOIN dynasty.prospects p ON p.id = a.prospect_id ORDER BY season, p.fg_player_id;
SELECT rule, severity, detail FROM dynasty.data_quality WHERE rule = 'shares_off_scale';
ROLLBACK;
-- Other loaders: what is a number in one reply and text in the next is the same value.
BEGIN;
SELECT i.inserted, i.rejects FROM dynasty.ingest_people('{"people": [
  {"id": 1, "fullName": "Num Bers", "primaryPosition": {"abbreviation": "SS"}, "height": 73, "weight": 200, "draftYear": 2020, "drafts": [{"year": 2020, "pickRound": 2, "pickNumber": 50, "signingBonus": 1000000}]},
  {"id": "2", "fullName": "Tex Ts", "primaryPosition": {"abbreviation": "SS"}, "height": "73", "weight": "200", "draftYear": "2020", "drafts": [{"year": "2020", "pickRound": "2", "pickNumber": "50", "signingBonus": "$1,000,000"}]}]}') i;
SELECT height_inches, weight_lbs, draft_round, draft_pick, signing_bonus_usd, count(*) FROM dynasty.prospects GROUP BY 1, 2, 3, 4, 5;
SELECT i.inserted, i.rejects FROM dynasty.ingest_game_logs('{"stats": [{"type": "gameLog", "group": "hitting", "splits": [
  {"season": "2024", "date": "2024-05-01", "isHome": "true", "sport": {"id": "11"}, "game": {"gamePk": "5", "gameNumber": "1"}, "player": {"id": "1"}, "stat": {"atBats": "4"}},
  {"season": 2024, "date": "2024-05-02", "isHome": true, "sport": {"id": 11}, "game": {"gamePk": 6, "gameNumber": 1}, "player": {"id": 1}, "stat": {"atBats": 4}}]}]}') i;
SELECT is_home, at_bats, count(*) FROM dynasty.milb_game_logs GROUP BY 1, 2;
ROLLBACK;
