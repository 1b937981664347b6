-- What he did by season: the totals of the game logs, the majors, the advanced lines; and the journal behind the norms.

CREATE FUNCTION dynasty._make_season_tables() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
BEGIN
    IF dynasty._missing('dynasty.milb_season_stats'::text) THEN
        -- The seed's materialized view, as a table that triggers keep exact. A quarter of each page stays free so that
        -- the update after every game finds room beside the old version (HOT) instead of touching both indexes.
        -- No foreign key: the triggers take the rows away, and a key would lock prospects on every game.
        CREATE TABLE dynasty.milb_season_stats (
            prospect_id integer NOT NULL,
            season integer NOT NULL,
            level varchar(20) NOT NULL,
            games_played bigint NOT NULL,
            total_pa bigint,
            total_ab bigint,
            total_hits bigint,
            total_2b bigint,
            total_3b bigint,
            total_hr bigint,
            total_r bigint,
            total_rbi bigint,
            total_bb bigint,
            total_so bigint,
            total_sb bigint,
            total_cs bigint,
            avg numeric,
            obp numeric,
            slg numeric,
            bb_percent numeric,
            k_percent numeric,
            multi_hit_games bigint NOT NULL,
            extra_base_hit_games bigint NOT NULL,
            hit_consistency_cv double precision,
            season_start date NOT NULL,
            season_end date NOT NULL,
            total_ibb bigint,
            total_hbp bigint,
            total_sf bigint,
            total_sh bigint,
            total_gidp bigint,
            ops numeric,
            iso numeric,
            golden_sombrero_games bigint NOT NULL,
            games_pitched bigint NOT NULL,
            games_started bigint,
            total_outs bigint,
            total_bf bigint,
            total_hits_allowed bigint,
            total_runs_allowed bigint,
            total_er bigint,
            total_hr_allowed bigint,
            total_bb_allowed bigint,
            total_so_pitched bigint,
            total_hit_batsmen bigint,
            total_pitches_thrown bigint,
            total_wins bigint,
            total_losses bigint,
            total_saves bigint,
            innings_pitched numeric,
            era numeric,
            whip numeric,
            fip numeric,
            k_per_9 numeric,
            bb_per_9 numeric,
            -- The exact state behind hit_consistency_cv; with total_hits it gives the same double as a recount.
            hits_known_games bigint NOT NULL,
            hits_squared numeric,
            -- Another number each time the line is written: what has been computed from these games knows by it that they changed.
            stamp bigint
        ) WITH (fillfactor = 75);
        COMMENT ON TABLE dynasty.milb_season_stats IS 'Season totals per player, season and level over all game types, kept exact by triggers on milb_game_logs in the same transaction. Do not write to it; dynasty.refresh_season_stats() rebuilds it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.prospect_id IS 'The player.';
        COMMENT ON COLUMN dynasty.milb_season_stats.season IS 'Season.';
        COMMENT ON COLUMN dynasty.milb_season_stats.level IS 'Level of the league.';
        COMMENT ON COLUMN dynasty.milb_season_stats.games_played IS 'Rows of the game log.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_pa IS 'Sum of plate_appearances. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_ab IS 'Sum of at_bats. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_hits IS 'Sum of hits. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_2b IS 'Sum of doubles. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_3b IS 'Sum of triples. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_hr IS 'Sum of home_runs. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_r IS 'Sum of runs. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_rbi IS 'Sum of rbi. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_bb IS 'Sum of walks. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_so IS 'Sum of strikeouts. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_sb IS 'Sum of stolen_bases. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_cs IS 'Sum of caught_stealing. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.avg IS 'Batting average: hits / at-bats, 3 decimals. NULL = no at-bat or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.obp IS 'On-base percentage: (H + BB + HBP) / (AB + BB + HBP + SF), 3 decimals; HBP and SF count as 0 when unknown. NULL = undefined or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.slg IS 'Slugging percentage: total bases / at-bats, 3 decimals. NULL = no at-bat or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.bb_percent IS 'Walks per hundred plate appearances, 1 decimal. NULL = no plate appearance or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.k_percent IS 'Strikeouts per hundred plate appearances, 1 decimal. NULL = no plate appearance or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.multi_hit_games IS 'Games with two hits or more.';
        COMMENT ON COLUMN dynasty.milb_season_stats.extra_base_hit_games IS 'Games with a double, triple or home run.';
        COMMENT ON COLUMN dynasty.milb_season_stats.hit_consistency_cv IS 'Sample standard deviation of hits per game over their mean, unrounded; lower is steadier. NULL = fewer than two games with hits known, or no hit.';
        COMMENT ON COLUMN dynasty.milb_season_stats.season_start IS 'Date of the first game.';
        COMMENT ON COLUMN dynasty.milb_season_stats.season_end IS 'Date of the last game.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_ibb IS 'Sum of intentional_walks. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_hbp IS 'Sum of hit_by_pitch. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_sf IS 'Sum of sacrifice_flies. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_sh IS 'Sum of sacrifice_hits. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_gidp IS 'Sum of ground_into_double_play. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.ops IS 'On-base plus slugging, from their unrounded values, 3 decimals. NULL = either is.';
        COMMENT ON COLUMN dynasty.milb_season_stats.iso IS 'Isolated power: (2B + 2*3B + 3*HR) / AB, 3 decimals. NULL = no at-bat or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.golden_sombrero_games IS 'Games with four strikeouts or more.';
        COMMENT ON COLUMN dynasty.milb_season_stats.games_pitched IS 'Games with an out or a batter faced on the mound.';
        COMMENT ON COLUMN dynasty.milb_season_stats.games_started IS 'Sum of games_started. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_outs IS 'Sum of outs_pitched. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_bf IS 'Sum of batters_faced. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_hits_allowed IS 'Sum of hits_allowed. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_runs_allowed IS 'Sum of runs_allowed. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_er IS 'Sum of earned_runs. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_hr_allowed IS 'Sum of home_runs_allowed. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_bb_allowed IS 'Sum of walks_allowed. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_so_pitched IS 'Sum of strikeouts_pitched. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_hit_batsmen IS 'Sum of hit_batsmen. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_pitches_thrown IS 'Sum of pitches_thrown. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_wins IS 'Sum of wins. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_losses IS 'Sum of losses. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.total_saves IS 'Sum of saves. NULL = no row reports it.';
        COMMENT ON COLUMN dynasty.milb_season_stats.innings_pitched IS 'Innings as a true decimal: outs / 3, 1 decimal (16 outs = 5.3). NULL = no row reports outs.';
        COMMENT ON COLUMN dynasty.milb_season_stats.era IS 'Earned runs per nine innings, 2 decimals. NULL = no out or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.whip IS 'Walks and hits per inning, 3 decimals. NULL = no out or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.fip IS 'Fielding-independent pitching with the constant 3.10, 2 decimals. NULL = no out or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.k_per_9 IS 'Strikeouts per nine innings, 2 decimals. NULL = no out or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.bb_per_9 IS 'Walks per nine innings, 2 decimals. NULL = no out or not known.';
        COMMENT ON COLUMN dynasty.milb_season_stats.hits_known_games IS 'Games with hits known: the n behind hit_consistency_cv.';
        COMMENT ON COLUMN dynasty.milb_season_stats.hits_squared IS 'Sum of hits squared over those games, exact. NULL = there is none.';
        COMMENT ON COLUMN dynasty.milb_season_stats.stamp IS 'Another number each time the line is written: by it features know that games changed.';
        CREATE UNIQUE INDEX idx_milb_season_pk ON dynasty.milb_season_stats (prospect_id, season, level);
        COMMENT ON INDEX dynasty.idx_milb_season_pk IS 'One line per player, season and level.';
        -- The table has no primary key. In a publication FOR ALL TABLES its UPDATEs, and so all writes to the game logs, would
        -- be refused without a replica identity.
        ALTER TABLE dynasty.milb_season_stats REPLICA IDENTITY USING INDEX idx_milb_season_pk;
        CREATE INDEX idx_milb_season_lookup ON dynasty.milb_season_stats (season, level);
        COMMENT ON INDEX dynasty.idx_milb_season_lookup IS 'The lines of a league level in a season.';
        made := made || 'dynasty.milb_season_stats'::text;
    END IF;

    IF dynasty._missing('dynasty.mlb_stats'::text) THEN
        CREATE TABLE dynasty.mlb_stats (
            id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            prospect_id integer NOT NULL REFERENCES dynasty.prospects (id) ON DELETE CASCADE,
            season integer NOT NULL,
            mlb_debut_date date,
            mlb_service_days integer,
            games_played integer,
            plate_appearances integer,
            at_bats integer,
            runs integer,
            hits integer,
            doubles integer,
            triples integer,
            home_runs integer,
            rbi integer,
            walks integer,
            strikeouts integer,
            stolen_bases integer,
            caught_stealing integer,
            batting_avg numeric(4,3),
            on_base_pct numeric(4,3),
            slugging_pct numeric(4,3),
            ops numeric(4,3),
            ops_plus integer,
            ground_balls integer,
            fly_balls integer,
            line_drives integer,
            war numeric(3,1),
            created_at timestamptz DEFAULT now(),
            updated_at timestamptz DEFAULT now(),
            data_source varchar(50) DEFAULT 'mlb_api',
            -- Additions to the seed: pitching, and what OBP needs.
            games_pitched integer,
            games_started integer,
            outs_pitched integer,
            batters_faced integer,
            hits_allowed integer,
            runs_allowed integer,
            earned_runs integer,
            home_runs_allowed integer,
            walks_allowed integer,
            strikeouts_pitched integer,
            hit_batsmen integer,
            hit_by_pitch integer,
            sacrifice_flies integer,
            wins integer,
            losses integer,
            saves integer,
            UNIQUE (prospect_id, season),
            CONSTRAINT ck_mlb_stats_season CHECK (season BETWEEN 1870 AND 2200),
            CONSTRAINT ck_mlb_stats_debut CHECK (mlb_debut_date BETWEEN DATE '1870-01-01' AND DATE '2200-12-31'),
            CONSTRAINT ck_mlb_stats_counts CHECK (least(
                mlb_service_days, games_played, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs,
                rbi, walks, strikeouts, stolen_bases, caught_stealing, ground_balls, fly_balls, line_drives,
                games_pitched, games_started, outs_pitched, batters_faced, hits_allowed, runs_allowed, earned_runs,
                home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen, hit_by_pitch, sacrifice_flies,
                wins, losses, saves) >= 0),
            -- numeric(4,3) ends at 9.999, so "< 10" refuses NaN alone.
            CONSTRAINT ck_mlb_stats_rates CHECK (
                least(batting_avg, on_base_pct, slugging_pct, ops) >= 0
                AND greatest(batting_avg, on_base_pct, slugging_pct, ops) < 10),
            -- WAR may be below zero; this refuses NaN, which would win every MAX(war).
            CONSTRAINT ck_mlb_stats_war CHECK (war < 100)
        );
        COMMENT ON TABLE dynasty.mlb_stats IS 'One row per player and major-league season, stints summed: what labels are derived from.';
        COMMENT ON COLUMN dynasty.mlb_stats.id IS 'Key of the row.';
        COMMENT ON COLUMN dynasty.mlb_stats.prospect_id IS 'The player. His rows go with him.';
        COMMENT ON COLUMN dynasty.mlb_stats.season IS 'Major-league season.';
        COMMENT ON COLUMN dynasty.mlb_stats.mlb_debut_date IS 'Date of the first major-league game, the same in all rows of a player. NULL = not known.';
        COMMENT ON COLUMN dynasty.mlb_stats.mlb_service_days IS 'Days of major-league service. NULL = not known.';
        COMMENT ON COLUMN dynasty.mlb_stats.games_played IS 'Games in any role. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.plate_appearances IS 'Plate appearances. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.at_bats IS 'At-bats. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.runs IS 'Runs scored. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.hits IS 'Hits. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.doubles IS 'Doubles. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.triples IS 'Triples. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.home_runs IS 'Home runs. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.rbi IS 'Runs batted in. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.walks IS 'Walks, intentional ones included. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.strikeouts IS 'Strikeouts at bat. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.stolen_bases IS 'Stolen bases. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.caught_stealing IS 'Times caught stealing. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.batting_avg IS 'Batting average as the source gave it. NULL = undefined or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.on_base_pct IS 'On-base percentage as the source gave it. NULL = undefined or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.slugging_pct IS 'Slugging percentage as the source gave it. NULL = undefined or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.ops IS 'OPS as the source gave it. NULL = undefined or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.ops_plus IS 'OPS against the league, 100 = average; may be negative. NULL = not known.';
        COMMENT ON COLUMN dynasty.mlb_stats.ground_balls IS 'Ground balls hit. NULL = not known.';
        COMMENT ON COLUMN dynasty.mlb_stats.fly_balls IS 'Fly balls hit. NULL = not known.';
        COMMENT ON COLUMN dynasty.mlb_stats.line_drives IS 'Line drives hit. NULL = not known.';
        COMMENT ON COLUMN dynasty.mlb_stats.war IS 'Wins above replacement, batting and pitching together; may be negative. NULL = not known.';
        COMMENT ON COLUMN dynasty.mlb_stats.created_at IS 'When the row was made.';
        COMMENT ON COLUMN dynasty.mlb_stats.updated_at IS 'When the row was last changed by a loader.';
        COMMENT ON COLUMN dynasty.mlb_stats.data_source IS 'Where the row came from.';
        COMMENT ON COLUMN dynasty.mlb_stats.games_pitched IS 'Games pitched. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.games_started IS 'Games started on the mound. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.outs_pitched IS 'Innings pitched in thirds, as a whole number of outs. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.batters_faced IS 'Batters faced. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.hits_allowed IS 'Hits allowed. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.runs_allowed IS 'Runs allowed, earned or not. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.earned_runs IS 'Earned runs allowed. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.home_runs_allowed IS 'Home runs allowed. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.walks_allowed IS 'Walks allowed, intentional ones included. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.strikeouts_pitched IS 'Batters struck out. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.hit_batsmen IS 'Batters hit by a pitch. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.hit_by_pitch IS 'Times hit by a pitch. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.sacrifice_flies IS 'Sacrifice flies. NULL = not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.wins IS 'Wins. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.losses IS 'Losses. NULL = did not pitch or not reported.';
        COMMENT ON COLUMN dynasty.mlb_stats.saves IS 'Saves. NULL = did not pitch or not reported.';
        COMMENT ON CONSTRAINT ck_mlb_stats_season ON dynasty.mlb_stats IS '1870 to 2200.';
        COMMENT ON CONSTRAINT ck_mlb_stats_debut ON dynasty.mlb_stats IS '1870 to 2200; no infinite date.';
        COMMENT ON CONSTRAINT ck_mlb_stats_counts ON dynasty.mlb_stats IS 'No count is negative.';
        COMMENT ON CONSTRAINT ck_mlb_stats_rates ON dynasty.mlb_stats IS 'No rate is negative or NaN.';
        COMMENT ON CONSTRAINT ck_mlb_stats_war ON dynasty.mlb_stats IS 'Not NaN.';
        COMMENT ON CONSTRAINT mlb_stats_prospect_id_season_key ON dynasty.mlb_stats IS 'One row per player and season: stints are summed.';
        COMMENT ON CONSTRAINT mlb_stats_prospect_id_fkey ON dynasty.mlb_stats IS 'The player is there, and his rows go with him.';
        CREATE INDEX idx_mlb_stats_prospect ON dynasty.mlb_stats (prospect_id);
        COMMENT ON INDEX dynasty.idx_mlb_stats_prospect IS 'A player''s seasons in the majors: how labels are derived.';
        CREATE INDEX idx_mlb_stats_season ON dynasty.mlb_stats (season);
        COMMENT ON INDEX dynasty.idx_mlb_stats_season IS 'Everybody of a season.';
        made := made || 'dynasty.mlb_stats'::text;
    END IF;

    IF dynasty._missing('dynasty.milb_advanced_stats'::text) THEN
        CREATE TABLE dynasty.milb_advanced_stats (
            id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            prospect_id integer NOT NULL REFERENCES dynasty.prospects (id) ON DELETE CASCADE,
            season integer NOT NULL,
            level varchar(20) NOT NULL,
            wrc integer,
            wraa integer,
            woba numeric(4,3),
            wrc_plus integer,
            iso numeric(4,3),
            gb_percent numeric(4,1),
            fb_percent numeric(4,1),
            ld_percent numeric(4,1),
            iffb_percent numeric(4,1),
            hr_per_fb numeric(4,1),
            pull_percent numeric(4,1),
            oppo_percent numeric(4,1),
            cent_percent numeric(4,1),
            swing_strike_percent numeric(4,1),
            contact_percent numeric(4,1),
            zone_percent numeric(4,1),
            o_swing_percent numeric(4,1),
            z_swing_percent numeric(4,1),
            speed_score numeric(3,1),
            wbsr numeric(4,1),
            hard_contact_percent numeric(4,1),
            soft_contact_percent numeric(4,1),
            medium_contact_percent numeric(4,1),
            created_at timestamptz DEFAULT now(),
            data_source varchar(50) DEFAULT 'fangraphs',
            UNIQUE (prospect_id, season, level),
            CONSTRAINT ck_milb_advanced_stats_season CHECK (season BETWEEN 1870 AND 2200),
            -- Only true shares end at 100: HR/FB reaches 300 % where a park gives up line-drive homers, wRC+ and the
            -- run values go below zero.
            CONSTRAINT ck_milb_advanced_stats_percents CHECK (
                least(gb_percent, fb_percent, ld_percent, iffb_percent, pull_percent, oppo_percent, cent_percent,
                      swing_strike_percent, contact_percent, zone_percent, o_swing_percent, z_swing_percent,
                      hard_contact_percent, soft_contact_percent, medium_contact_percent) >= 0
                AND greatest(gb_percent, fb_percent, ld_percent, iffb_percent, pull_percent, oppo_percent, cent_percent,
                      swing_strike_percent, contact_percent, zone_percent, o_swing_percent, z_swing_percent,
                      hard_contact_percent, soft_contact_percent, medium_contact_percent) <= 100),
            CONSTRAINT ck_milb_advanced_stats_values CHECK (
                least(woba, iso, hr_per_fb) >= 0 AND greatest(woba, iso, hr_per_fb, speed_score, wbsr) < 1000)
        );
        COMMENT ON TABLE dynasty.milb_advanced_stats IS 'One row per player, season and level: FanGraphs measures the MLB Stats API lacks. Percents are 0 to 100.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.id IS 'Key of the row.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.prospect_id IS 'The player. His rows go with him.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.season IS 'Minor-league season.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.level IS 'Level of the league, named as in milb_game_logs.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.wrc IS 'Weighted runs created, in whole runs. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.wraa IS 'Weighted runs above average, in whole runs; may be negative. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.woba IS 'Weighted on-base average. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.wrc_plus IS 'wRC+, 100 = league average; -100 to over 300 in a few plate appearances. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.iso IS 'Isolated power, slugging minus average. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.gb_percent IS 'Ground balls, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.fb_percent IS 'Fly balls, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.ld_percent IS 'Line drives, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.iffb_percent IS 'Infield flies, percent of fly balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.hr_per_fb IS 'Home runs per hundred fly balls; may exceed 100. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.pull_percent IS 'Pulled, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.oppo_percent IS 'To the opposite field, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.cent_percent IS 'To center, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.swing_strike_percent IS 'Swinging strikes, percent of pitches. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.contact_percent IS 'Contact, percent of swings. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.zone_percent IS 'In the zone, percent of pitches. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.o_swing_percent IS 'Swings at pitches outside the zone, percent. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.z_swing_percent IS 'Swings at pitches in the zone, percent. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.speed_score IS 'Speed score (Spd), about 0 to 10. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.wbsr IS 'Weighted baserunning, in runs; may be negative. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.hard_contact_percent IS 'Hard contact, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.soft_contact_percent IS 'Soft contact, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.medium_contact_percent IS 'Medium contact, percent of batted balls. NULL = not known.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.created_at IS 'When the row was made.';
        COMMENT ON COLUMN dynasty.milb_advanced_stats.data_source IS 'Where the row came from.';
        COMMENT ON CONSTRAINT ck_milb_advanced_stats_season ON dynasty.milb_advanced_stats IS '1870 to 2200.';
        COMMENT ON CONSTRAINT ck_milb_advanced_stats_percents ON dynasty.milb_advanced_stats IS 'Shares are 0 to 100.';
        COMMENT ON CONSTRAINT ck_milb_advanced_stats_values ON dynasty.milb_advanced_stats IS 'wOBA, ISO and HR/FB are not negative; nothing is NaN.';
        COMMENT ON CONSTRAINT milb_advanced_stats_prospect_id_season_level_key ON dynasty.milb_advanced_stats IS 'One row per player, season and level.';
        COMMENT ON CONSTRAINT milb_advanced_stats_prospect_id_fkey ON dynasty.milb_advanced_stats IS 'The player is there, and his rows go with him.';
        CREATE INDEX idx_milb_advanced_prospect ON dynasty.milb_advanced_stats (prospect_id);
        COMMENT ON INDEX dynasty.idx_milb_advanced_prospect IS 'A player''s advanced lines.';
        CREATE INDEX idx_milb_advanced_season ON dynasty.milb_advanced_stats (season, level);
        COMMENT ON INDEX dynasty.idx_milb_advanced_season IS 'The advanced lines of a league level in a season.';
        made := made || 'dynasty.milb_advanced_stats'::text;
    END IF;

    IF dynasty._missing('dynasty.norm_stamps'::text) THEN
        -- Exactly these columns and no index: the triggers add rows natively (src/pg/norm_stamps.rs).
        CREATE TABLE dynasty.norm_stamps (
            season integer,
            level varchar(20),
            stamp bigint NOT NULL
        );
        COMMENT ON TABLE dynasty.norm_stamps IS 'A journal of the seasons and levels whose games changed: sessions that keep norms for single prospects see by the sum of the stamps whether theirs are still good. Kept by triggers, added up by them now and then; nothing is lost when it is emptied.';
        COMMENT ON COLUMN dynasty.norm_stamps.season IS 'Season. NULL = all.';
        COMMENT ON COLUMN dynasty.norm_stamps.level IS 'Level of the league. NULL = all.';
        COMMENT ON COLUMN dynasty.norm_stamps.stamp IS 'A number of the transaction''s own.';
        -- A publication FOR ALL TABLES must not get in the way of adding the rows up.
        ALTER TABLE dynasty.norm_stamps REPLICA IDENTITY FULL;
        made := made || 'dynasty.norm_stamps'::text;
    END IF;
    RETURN made;
END
$fn$;
