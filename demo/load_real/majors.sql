-- Major-league season lines, batting and pitching of one season joined, into the temporary table majors.
\set texts 'mlb_id season mlb_debut_date'
\set file mlb_stats
\set stage mlb_bat
\set counts 'games_played plate_appearances at_bats runs hits doubles triples home_runs rbi walks strikeouts stolen_bases caught_stealing hit_by_pitch sacrifice_flies'
\set numbers 'batting_avg on_base_pct slugging_pct ops war'
\ir stage.sql
\set file mlb_pitching_stats
\set stage mlb_pit
\set counts 'games_played games_started outs_recorded batters_faced hits_allowed runs_allowed earned_runs home_runs_allowed walks_allowed strikeouts hit_batsmen wins losses saves'
\set numbers war
\ir stage.sql

-- War is batting + pitching; where only one of the two is known the other was not worth a line of its source. Games
-- count in any role, so the larger number of the two files is the number of games.
CREATE TEMP TABLE majors AS
SELECT b.line_no IS NOT NULL AS bats, p.line_no IS NOT NULL AS pitches,
       pg_temp.to_int(coalesce(b.mlb_id, p.mlb_id)) AS mlb_id, pg_temp.to_int(coalesce(b.season, p.season)) AS season,
       coalesce(pg_temp.to_date(b.mlb_debut_date), pg_temp.to_date(p.mlb_debut_date)) AS mlb_debut_date,
       greatest(pg_temp.to_count(b.games_played), pg_temp.to_count(p.games_played)) AS games_played,
       pg_temp.to_count(b.plate_appearances) AS plate_appearances, pg_temp.to_count(b.at_bats) AS at_bats,
       pg_temp.to_count(b.runs) AS runs, pg_temp.to_count(b.hits) AS hits, pg_temp.to_count(b.doubles) AS doubles,
       pg_temp.to_count(b.triples) AS triples, pg_temp.to_count(b.home_runs) AS home_runs, pg_temp.to_count(b.rbi) AS rbi,
       pg_temp.to_count(b.walks) AS walks, pg_temp.to_count(b.strikeouts) AS strikeouts,
       pg_temp.to_count(b.stolen_bases) AS stolen_bases, pg_temp.to_count(b.caught_stealing) AS caught_stealing,
       pg_temp.to_decimal(b.batting_avg, 3, 10) AS batting_avg, pg_temp.to_decimal(b.on_base_pct, 3, 10) AS on_base_pct,
       pg_temp.to_decimal(b.slugging_pct, 3, 10) AS slugging_pct, pg_temp.to_decimal(b.ops, 3, 10) AS ops,
       CASE WHEN b.war IS NOT NULL OR p.war IS NOT NULL
            THEN pg_temp.to_decimal((coalesce(pg_temp.to_decimal(b.war, 3, 100), 0)
                                     + coalesce(pg_temp.to_decimal(p.war, 3, 100), 0))::text, 1, 100) END AS war,
       CASE WHEN p.line_no IS NOT NULL THEN pg_temp.to_count(p.games_played) END AS games_pitched,
       pg_temp.to_count(p.games_started) AS games_started, pg_temp.to_count(p.outs_recorded) AS outs_pitched,
       pg_temp.to_count(p.batters_faced) AS batters_faced, pg_temp.to_count(p.hits_allowed) AS hits_allowed,
       pg_temp.to_count(p.runs_allowed) AS runs_allowed, pg_temp.to_count(p.earned_runs) AS earned_runs,
       pg_temp.to_count(p.home_runs_allowed) AS home_runs_allowed, pg_temp.to_count(p.walks_allowed) AS walks_allowed,
       pg_temp.to_count(p.strikeouts) AS strikeouts_pitched, pg_temp.to_count(p.hit_batsmen) AS hit_batsmen,
       pg_temp.to_count(b.hit_by_pitch) AS hit_by_pitch, pg_temp.to_count(b.sacrifice_flies) AS sacrifice_flies,
       pg_temp.to_count(p.wins) AS wins, pg_temp.to_count(p.losses) AS losses, pg_temp.to_count(p.saves) AS saves
FROM pg_temp.mlb_bat b FULL JOIN pg_temp.mlb_pit p ON p.mlb_id = b.mlb_id AND p.season = b.season;
