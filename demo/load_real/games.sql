-- Batting and pitching logs of :season into the temporary table games.
\set texts 'mlb_id game_pk game_date season game_type team opponent is_home level'
\set numbers ''
\set batting_file milb_game_logs_ :season
\set pitching_file milb_pitching_game_logs_ :season
\set file :batting_file
\set stage bat
\set counts 'plate_appearances at_bats runs hits doubles triples home_runs rbi walks intentional_walks strikeouts stolen_bases caught_stealing hit_by_pitch sacrifice_flies sacrifice_hits ground_outs air_outs fly_outs ground_into_double_play pitches_seen left_on_base'
\ir stage.sql
\set file :pitching_file
\set stage pit
\set counts 'games_started outs_recorded batters_faced hits_allowed runs_allowed earned_runs home_runs_allowed walks_allowed intentional_walks strikeouts hit_batsmen wild_pitches pitches_thrown strikes ground_outs air_outs wins losses saves holds'
\ir stage.sql

CREATE INDEX ON pg_temp.bat (mlb_id, game_pk, line_no);
CREATE INDEX ON pg_temp.pit (mlb_id, game_pk, line_no);
-- A game twice in one file: the later line stays.
DELETE FROM pg_temp.bat a USING pg_temp.bat b WHERE b.mlb_id = a.mlb_id AND b.game_pk = a.game_pk AND b.line_no > a.line_no;
SELECT pg_temp.note(:'batting_file', :ROW_COUNT, 'repeat a game of the player, the later line stays');
DELETE FROM pg_temp.pit a USING pg_temp.pit b WHERE b.mlb_id = a.mlb_id AND b.game_pk = a.game_pk AND b.line_no > a.line_no;
SELECT pg_temp.note(:'pitching_file', :ROW_COUNT, 'repeat a game of the player, the later line stays');
ANALYZE pg_temp.bat;
ANALYZE pg_temp.pit;

INSERT INTO pg_temp.games
SELECT CASE WHEN b.line_no IS NOT NULL THEN :'batting_file' END, CASE WHEN p.line_no IS NOT NULL THEN :'pitching_file' END,
       pg_temp.to_int(coalesce(b.mlb_id, p.mlb_id)), pg_temp.to_int(coalesce(b.game_pk, p.game_pk)),
       pg_temp.to_date(coalesce(b.game_date, p.game_date)), pg_temp.to_int(coalesce(b.season, p.season)),
       coalesce(b.game_type, p.game_type), coalesce(b.team, p.team), coalesce(b.opponent, p.opponent),
       CASE coalesce(b.is_home, p.is_home) WHEN 't' THEN true WHEN 'f' THEN false END,
       pg_temp.to_level(coalesce(b.level, p.level), coalesce(b.season, p.season)), coalesce(b.level, p.level),
       pg_temp.to_count(b.plate_appearances), pg_temp.to_count(b.at_bats), pg_temp.to_count(b.runs),
       pg_temp.to_count(b.hits), pg_temp.to_count(b.doubles), pg_temp.to_count(b.triples),
       pg_temp.to_count(b.home_runs), pg_temp.to_count(b.rbi), pg_temp.to_count(b.walks),
       pg_temp.to_count(b.intentional_walks), pg_temp.to_count(b.strikeouts), pg_temp.to_count(b.stolen_bases),
       pg_temp.to_count(b.caught_stealing), pg_temp.to_count(b.hit_by_pitch), pg_temp.to_count(b.sacrifice_flies),
       pg_temp.to_count(b.sacrifice_hits), pg_temp.to_count(b.ground_outs), pg_temp.to_count(b.air_outs),
       pg_temp.to_count(b.fly_outs), pg_temp.to_count(b.ground_into_double_play), pg_temp.to_count(b.pitches_seen),
       pg_temp.to_count(b.left_on_base), pg_temp.to_count(p.games_started), pg_temp.to_count(p.outs_recorded),
       pg_temp.to_count(p.batters_faced), pg_temp.to_count(p.hits_allowed), pg_temp.to_count(p.runs_allowed),
       pg_temp.to_count(p.earned_runs), pg_temp.to_count(p.home_runs_allowed), pg_temp.to_count(p.walks_allowed),
       pg_temp.to_count(p.intentional_walks), pg_temp.to_count(p.strikeouts), pg_temp.to_count(p.hit_batsmen),
       pg_temp.to_count(p.wild_pitches), pg_temp.to_count(p.pitches_thrown), pg_temp.to_count(p.strikes),
       pg_temp.to_count(p.ground_outs), pg_temp.to_count(p.air_outs), pg_temp.to_count(p.wins),
       pg_temp.to_count(p.losses), pg_temp.to_count(p.saves), pg_temp.to_count(p.holds)
FROM pg_temp.bat b FULL JOIN pg_temp.pit p ON p.mlb_id = b.mlb_id AND p.game_pk = b.game_pk;
SELECT pg_temp.note(:'batting_file', (SELECT count(*) FROM pg_temp.games WHERE batting_file = :'batting_file' AND pitching_file IS NOT NULL),
                    'joined with the pitching line of the same game');
