-- Every table starts with the columns of the seed's table, under its names, in its order and of its types. (Typed from the
-- seed, without its constraints; milb_season_stats is in season_columns.)
SET client_min_messages = warning;
CREATE SCHEMA seed;
CREATE TABLE seed.prospects (
    id SERIAL, mlb_id INTEGER, fg_player_id VARCHAR(50), fg_prospect_id VARCHAR(50), ba_player_id VARCHAR(50), name VARCHAR(200), position
    VARCHAR(10), bats VARCHAR(1), throws VARCHAR(1), height_inches INTEGER, weight_lbs INTEGER, birth_date DATE, birth_country VARCHAR(100),
    birth_city VARCHAR(100), draft_year INTEGER, draft_round INTEGER, draft_pick INTEGER, draft_team VARCHAR(100), signing_bonus_usd
    INTEGER, current_team VARCHAR(100), current_organization VARCHAR(100), current_level VARCHAR(20), created_at TIMESTAMP, updated_at
    TIMESTAMP, last_stats_update TIMESTAMP, data_sources JSONB);
CREATE TABLE seed.milb_game_logs (
    id BIGSERIAL, prospect_id INTEGER, game_date DATE, season INTEGER, game_type VARCHAR(10), team VARCHAR(100), opponent VARCHAR(100),
    is_home BOOLEAN, level VARCHAR(20), games_played INTEGER, plate_appearances INTEGER, at_bats INTEGER, runs INTEGER, hits INTEGER,
    doubles INTEGER, triples INTEGER, home_runs INTEGER, rbi INTEGER, walks INTEGER, intentional_walks INTEGER, strikeouts INTEGER,
    stolen_bases INTEGER, caught_stealing INTEGER, hit_by_pitch INTEGER, sacrifice_flies INTEGER, sacrifice_hits INTEGER, batting_avg
    DECIMAL(4,3), on_base_pct DECIMAL(4,3), slugging_pct DECIMAL(4,3), ops DECIMAL(4,3), babip DECIMAL(4,3), ground_outs INTEGER, air_outs
    INTEGER, fly_outs INTEGER, ground_into_double_play INTEGER, pitches_seen INTEGER, left_on_base INTEGER, multi_hit_game BOOLEAN,
    extra_base_hit_game BOOLEAN, golden_sombrero BOOLEAN, created_at TIMESTAMP, data_source VARCHAR(50));
CREATE TABLE seed.mlb_stats (
    id SERIAL, prospect_id INTEGER, season INTEGER, mlb_debut_date DATE, mlb_service_days INTEGER, games_played INTEGER, plate_appearances
    INTEGER, at_bats INTEGER, runs INTEGER, hits INTEGER, doubles INTEGER, triples INTEGER, home_runs INTEGER, rbi INTEGER, walks INTEGER,
    strikeouts INTEGER, stolen_bases INTEGER, caught_stealing INTEGER, batting_avg DECIMAL(4,3), on_base_pct DECIMAL(4,3), slugging_pct
    DECIMAL(4,3), ops DECIMAL(4,3), ops_plus INTEGER, ground_balls INTEGER, fly_balls INTEGER, line_drives INTEGER, war DECIMAL(3,1),
    created_at TIMESTAMP, updated_at TIMESTAMP, data_source VARCHAR(50));
CREATE TABLE seed.scouting_grades (
    id SERIAL, prospect_id INTEGER, source VARCHAR(50), ranking_year INTEGER, rank_overall INTEGER, future_value INTEGER, risk_level
    VARCHAR(10), eta_year INTEGER, eta_season VARCHAR(20), hit_present INTEGER, power_present INTEGER, raw_power_present INTEGER,
    speed_present INTEGER, field_present INTEGER, arm_present INTEGER, hit_future INTEGER, power_future INTEGER, raw_power_future INTEGER,
    speed_future INTEGER, field_future INTEGER, arm_future INTEGER, fastball_grade INTEGER, slider_grade INTEGER, curveball_grade INTEGER,
    changeup_grade INTEGER, control_grade INTEGER, command_grade INTEGER, dynasty_rank INTEGER, redraft_rank INTEGER, scouting_report TEXT,
    date_recorded DATE, created_at TIMESTAMP, updated_at TIMESTAMP);
CREATE TABLE seed.milb_advanced_stats (
    id SERIAL, prospect_id INTEGER, season INTEGER, level VARCHAR(20), wrc INTEGER, wraa INTEGER, woba DECIMAL(4,3), wrc_plus INTEGER, iso
    DECIMAL(4,3), gb_percent DECIMAL(4,1), fb_percent DECIMAL(4,1), ld_percent DECIMAL(4,1), iffb_percent DECIMAL(4,1), hr_per_fb
    DECIMAL(4,1), pull_percent DECIMAL(4,1), oppo_percent DECIMAL(4,1), cent_percent DECIMAL(4,1), swing_strike_percent DECIMAL(4,1),
    contact_percent DECIMAL(4,1), zone_percent DECIMAL(4,1), o_swing_percent DECIMAL(4,1), z_swing_percent DECIMAL(4,1), speed_score
    DECIMAL(3,1), wbsr DECIMAL(4,1), hard_contact_percent DECIMAL(4,1), soft_contact_percent DECIMAL(4,1), medium_contact_percent
    DECIMAL(4,1), created_at TIMESTAMP, data_source VARCHAR(50));
CREATE TABLE seed.ml_features (
    id SERIAL, prospect_id INTEGER, feature_set_version VARCHAR(20), as_of_year INTEGER, bio_features JSONB, scouting_features JSONB,
    milb_performance JSONB, milb_progression JSONB, milb_consistency JSONB, derived_features JSONB, feature_vector JSONB, created_at
    TIMESTAMP, updated_at TIMESTAMP);
CREATE TABLE seed.ml_labels (
    id SERIAL, prospect_id INTEGER, prospect_year INTEGER, evaluation_year INTEGER, years_to_evaluate INTEGER, reached_mlb BOOLEAN,
    mlb_debut_date DATE, years_to_mlb INTEGER, total_pa INTEGER, total_games INTEGER, total_innings_pitched DECIMAL(5,1), peak_war
    DECIMAL(3,1), cumulative_war DECIMAL(4,1), is_success BOOLEAN, success_tier VARCHAR(20), created_at TIMESTAMP, updated_at TIMESTAMP);
CREATE TABLE seed.ml_predictions (
    id SERIAL, prospect_id INTEGER, model_version VARCHAR(20), prediction_date DATE, success_probability DECIMAL(4,3), predicted_class
    BOOLEAN, confidence_level VARCHAR(10), prob_star DECIMAL(4,3), prob_solid DECIMAL(4,3), prob_marginal DECIMAL(4,3), prob_failed
    DECIMAL(4,3), feature_importance JSONB, shap_values JSONB, prediction_narrative TEXT, key_strengths TEXT[], key_concerns TEXT[],
    comparable_players TEXT[], created_at TIMESTAMP);
-- What differs: only the timestamps, which are timestamptz here (docs/decisions/prospects.md).
SELECT t.relname AS relation, a.attnum, a.attname AS seed, b.attname AS ours, format_type(a.atttypid, a.atttypmod) AS seed_type,
       format_type(b.atttypid, b.atttypmod) AS our_type
FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0
LEFT JOIN pg_attribute b ON b.attrelid = to_regclass('dynasty.' || t.relname) AND b.attnum = a.attnum
WHERE t.relnamespace = 'seed'::regnamespace AND t.relkind = 'r'
  AND (a.attname, a.atttypid, a.atttypmod) IS DISTINCT FROM (b.attname, b.atttypid, b.atttypmod)
  AND NOT (a.attname = b.attname AND a.atttypid = 'timestamp'::regtype AND b.atttypid = 'timestamptz'::regtype)
ORDER BY 1, 2;
SELECT t.relname AS relation, max(a.attnum) AS seed_columns,
       (SELECT string_agg(b.attname, ' ' ORDER BY b.attnum) FROM pg_attribute b
        WHERE b.attrelid = to_regclass('dynasty.' || t.relname) AND b.attnum > max(a.attnum)) AS added
FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid WHERE t.relnamespace = 'seed'::regnamespace AND t.relkind = 'r' GROUP BY t.oid, t.relname ORDER BY 1;
DROP SCHEMA seed CASCADE;
