-- The tables that are computed: season totals, features, labels, predictions; and the order in which all are made.
-- See tables.sql for the rules that hold for both files.

CREATE FUNCTION dynasty._create_milb_season_stats() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regclass('dynasty.milb_season_stats') IS NOT NULL THEN
        RETURN '{}';
    END IF;

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
    CREATE UNIQUE INDEX idx_milb_season_pk ON dynasty.milb_season_stats (prospect_id, season, level);
    -- The table has no primary key. In a publication FOR ALL TABLES its UPDATEs, and so all writes to the game logs, would
    -- be refused without a replica identity.
    ALTER TABLE dynasty.milb_season_stats REPLICA IDENTITY USING INDEX idx_milb_season_pk;
    CREATE INDEX idx_milb_season_lookup ON dynasty.milb_season_stats (season, level);
    RETURN '{dynasty.milb_season_stats}';
END
$fn$;

CREATE FUNCTION dynasty._create_norm_stamps() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regclass('dynasty.norm_stamps') IS NOT NULL THEN
        RETURN '{}';
    END IF;

    -- Exactly these columns and no index: the triggers add rows natively (src/pg/norm_stamps.rs).
    CREATE TABLE dynasty.norm_stamps (
        season integer,
        level varchar(20),
        stamp bigint NOT NULL
    );
    -- A publication FOR ALL TABLES must not get in the way of adding the rows up.
    ALTER TABLE dynasty.norm_stamps REPLICA IDENTITY FULL;
    RETURN '{dynasty.norm_stamps}';
END
$fn$;

CREATE FUNCTION dynasty._create_game_log_history() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regclass('dynasty.milb_game_logs_history') IS NOT NULL THEN
        RETURN '{}';
    END IF;

    -- What the features read of a game log, as it was. No foreign key: a row may outlive its game. No constraints: it was let
    -- in where it stood.
    CREATE TABLE dynasty.milb_game_logs_history (
        history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        superseded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        id bigint NOT NULL,
        -- NULL: before that moment no game had this id (it was another's, or is given anew).
        prospect_id integer,
        game_date date,
        season integer,
        game_number smallint,
        game_type varchar(10),
        level varchar(20),
        is_home boolean,
        plate_appearances integer,
        at_bats integer,
        runs integer,
        hits integer,
        doubles integer,
        triples integer,
        home_runs integer,
        walks integer,
        intentional_walks integer,
        strikeouts integer,
        stolen_bases integer,
        caught_stealing integer,
        hit_by_pitch integer,
        sacrifice_flies integer,
        sacrifice_hits integer,
        ground_outs integer,
        air_outs integer,
        pitches_seen integer,
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
        pitches_thrown integer,
        strikes_thrown integer,
        ground_outs_pitched integer,
        air_outs_pitched integer,
        created_at timestamptz,
        -- Which transaction (dynasty.history_transactions says when it committed), and which of its commands.
        transaction bigint,
        command integer
    );
    CREATE INDEX idx_milb_history_id ON dynasty.milb_game_logs_history (id, superseded_at);
    CREATE INDEX idx_milb_history_superseded ON dynasty.milb_game_logs_history (superseded_at);
    RETURN '{dynasty.milb_game_logs_history}';
END
$fn$;

CREATE FUNCTION dynasty._create_people_history() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
BEGIN
    -- Exactly these columns and no index: rows are added natively (src/pg/journal.rs).
    IF to_regclass('dynasty.prospects_history') IS NULL THEN
        CREATE TABLE dynasty.prospects_history (
            superseded_at timestamptz NOT NULL,
            transaction bigint NOT NULL,
            command integer NOT NULL,
            id integer NOT NULL,
            position text,
            bats text,
            throws text,
            height_inches integer,
            weight_lbs integer,
            birth_date date,
            birth_country text,
            draft_year integer,
            draft_round integer,
            draft_pick integer,
            signing_bonus_usd integer
        );
        -- A publication FOR ALL TABLES must not get in the way of pruning.
        ALTER TABLE dynasty.prospects_history REPLICA IDENTITY FULL;
        made := made || 'dynasty.prospects_history'::text;
    END IF;
    IF to_regclass('dynasty.history_transactions') IS NULL THEN
        CREATE TABLE dynasty.history_transactions (
            transaction bigint NOT NULL,
            started_at timestamptz NOT NULL,
            committed_at timestamptz NOT NULL
        );
        ALTER TABLE dynasty.history_transactions REPLICA IDENTITY FULL;
        made := made || 'dynasty.history_transactions'::text;
    END IF;
    RETURN made;
END
$fn$;

CREATE FUNCTION dynasty._create_feature_sets() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regclass('dynasty.feature_sets') IS NOT NULL THEN
        RETURN '{}';
    END IF;

    CREATE TABLE dynasty.feature_sets (
        version varchar(20) PRIMARY KEY,
        description text,
        feature_count integer NOT NULL CHECK (feature_count > 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by name NOT NULL DEFAULT current_user
    );
    CREATE TABLE dynasty.feature_set_members (
        version varchar(20) NOT NULL REFERENCES dynasty.feature_sets (version) ON DELETE CASCADE,
        ordinal integer NOT NULL,
        name varchar(63) NOT NULL,
        expression text,
        category varchar(20) NOT NULL,
        applies_to varchar(10) NOT NULL,
        unit text NOT NULL,
        description text NOT NULL,
        PRIMARY KEY (version, ordinal),
        UNIQUE (version, name)
    );
    RETURN '{dynasty.feature_sets,dynasty.feature_set_members}';
END
$fn$;

CREATE FUNCTION dynasty._create_ml_features() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regclass('dynasty.ml_features') IS NOT NULL THEN
        RETURN '{}';
    END IF;

    CREATE TABLE dynasty.ml_features (
        id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
        prospect_id integer NOT NULL REFERENCES dynasty.prospects (id) ON DELETE CASCADE,
        feature_set_version varchar(20) NOT NULL,
        as_of_year integer NOT NULL,
        bio_features jsonb,
        scouting_features jsonb,
        milb_performance jsonb,
        milb_progression jsonb,
        milb_consistency jsonb,
        derived_features jsonb,
        feature_vector jsonb,
        created_at timestamptz DEFAULT now(),
        updated_at timestamptz DEFAULT now(),
        feature_values double precision[],
        -- What the values were computed from: his own rows, and the levels he played at.
        inputs_stamp bigint,
        norms_stamp bigint,
        UNIQUE (prospect_id, as_of_year, feature_set_version),
        CONSTRAINT ck_ml_features_as_of_year CHECK (as_of_year BETWEEN 1870 AND 2200)
    );
    CREATE INDEX idx_ml_features_prospect ON dynasty.ml_features (prospect_id);
    CREATE INDEX idx_ml_features_year ON dynasty.ml_features (as_of_year);
    CREATE INDEX idx_ml_features_version ON dynasty.ml_features (feature_set_version);
    CREATE INDEX idx_ml_features_vector ON dynasty.ml_features USING gin (feature_vector);
    RETURN '{dynasty.ml_features}';
END
$fn$;

CREATE FUNCTION dynasty._create_ml_labels() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regclass('dynasty.ml_labels') IS NOT NULL THEN
        RETURN '{}';
    END IF;

    CREATE TABLE dynasty.ml_labels (
        id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
        prospect_id integer NOT NULL REFERENCES dynasty.prospects (id) ON DELETE CASCADE,
        prospect_year integer NOT NULL,
        evaluation_year integer NOT NULL,
        years_to_evaluate integer DEFAULT 4,
        reached_mlb boolean,
        mlb_debut_date date,
        years_to_mlb integer,
        total_pa integer,
        total_games integer,
        total_innings_pitched numeric(5,1),
        peak_war numeric(3,1),
        cumulative_war numeric(4,1),
        is_success boolean,
        success_tier varchar(20),
        created_at timestamptz DEFAULT now(),
        updated_at timestamptz DEFAULT now(),
        total_outs_pitched integer,
        tier_basis varchar(20),
        window_complete boolean NOT NULL,
        UNIQUE (prospect_id, prospect_year, evaluation_year),
        CONSTRAINT ck_ml_labels_window CHECK (
            prospect_year BETWEEN 1870 AND 2200 AND evaluation_year BETWEEN 1870 AND 2200
            AND evaluation_year > prospect_year AND years_to_evaluate >= 1),
        CONSTRAINT ck_ml_labels_debut CHECK (mlb_debut_date BETWEEN DATE '1870-01-01' AND DATE '2200-12-31'),
        CONSTRAINT ck_ml_labels_counts CHECK (
            least(total_pa, total_games, total_outs_pitched) >= 0 AND total_innings_pitched >= 0),
        CONSTRAINT ck_ml_labels_finite CHECK (
            total_innings_pitched < 10000 AND peak_war < 100 AND cumulative_war < 1000),
        CONSTRAINT ck_ml_labels_tier CHECK (
            success_tier IN ('Star', 'Solid', 'Marginal', 'Failed') AND tier_basis IN ('war', 'playing_time'))
    );
    CREATE INDEX idx_ml_labels_prospect ON dynasty.ml_labels (prospect_id);
    CREATE INDEX idx_ml_labels_year ON dynasty.ml_labels (prospect_year);
    CREATE INDEX idx_ml_labels_success ON dynasty.ml_labels (is_success);
    RETURN '{dynasty.ml_labels}';
END
$fn$;

-- The windows whose labels follow mlb_stats (label_windows.sql).
CREATE FUNCTION dynasty._create_label_windows() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regclass('dynasty.label_windows') IS NOT NULL THEN
        RETURN '{}';
    END IF;

    CREATE TABLE dynasty.label_windows (
        prospect_year integer,
        evaluation_year integer,
        config jsonb NOT NULL DEFAULT '{}',
        window_complete boolean NOT NULL,
        refreshed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (prospect_year, evaluation_year),
        CONSTRAINT ck_label_windows_window CHECK (
            prospect_year BETWEEN 1870 AND 2200 AND evaluation_year BETWEEN 1870 AND 2200 AND evaluation_year > prospect_year),
        CONSTRAINT ck_label_windows_config CHECK (jsonb_typeof(config) = 'object')
    );
    RETURN '{dynasty.label_windows}';
END
$fn$;

CREATE FUNCTION dynasty._create_ml_predictions() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regclass('dynasty.ml_predictions') IS NOT NULL THEN
        RETURN '{}';
    END IF;

    CREATE TABLE dynasty.ml_predictions (
        id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
        prospect_id integer NOT NULL REFERENCES dynasty.prospects (id) ON DELETE CASCADE,
        model_version varchar(20) NOT NULL,
        prediction_date date NOT NULL,
        success_probability numeric(4,3),
        predicted_class boolean,
        confidence_level varchar(10),
        prob_star numeric(4,3),
        prob_solid numeric(4,3),
        prob_marginal numeric(4,3),
        prob_failed numeric(4,3),
        feature_importance jsonb,
        shap_values jsonb,
        prediction_narrative text,
        key_strengths text[],
        key_concerns text[],
        comparable_players text[],
        created_at timestamptz DEFAULT now(),
        -- What dynasty.predict_all() adds: the year of the features, and the margin that shap_values add up to from base_value.
        as_of_year integer,
        margin double precision,
        base_value double precision,
        UNIQUE (prospect_id, model_version, prediction_date),
        CONSTRAINT ck_ml_predictions_probabilities CHECK (
            least(success_probability, prob_star, prob_solid, prob_marginal, prob_failed) >= 0
            AND greatest(success_probability, prob_star, prob_solid, prob_marginal, prob_failed) <= 1),
        CONSTRAINT ck_ml_predictions_date CHECK (prediction_date BETWEEN DATE '1870-01-01' AND DATE '2200-12-31')
    );
    CREATE INDEX idx_predictions_prospect ON dynasty.ml_predictions (prospect_id);
    CREATE INDEX idx_predictions_model ON dynasty.ml_predictions (model_version);
    CREATE INDEX idx_predictions_date ON dynasty.ml_predictions (prediction_date DESC);
    CREATE INDEX idx_predictions_prob ON dynasty.ml_predictions (success_probability DESC);
    RETURN '{dynasty.ml_predictions}';
END
$fn$;

CREATE FUNCTION dynasty._create_prospects_tables() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[];
BEGIN
    made := dynasty._create_prospects_table();      -- first: the foreign keys point to it
    made := made || dynasty._create_milb_game_logs();
    made := made || dynasty._create_milb_season_stats();
    made := made || dynasty._create_mlb_stats();
    made := made || dynasty._create_scouting_grades();
    made := made || dynasty._create_milb_advanced_stats();
    made := made || dynasty._create_norm_stamps();
    made := made || dynasty._create_game_log_history();
    made := made || dynasty._create_people_history();
    made := made || dynasty._create_feature_sets();
    made := made || dynasty._create_ml_features();
    made := made || dynasty._create_ml_labels();
    made := made || dynasty._create_label_windows();
    made := made || dynasty._create_ml_models();
    made := made || dynasty._create_training_sets();
    made := made || dynasty._create_ml_predictions();
    made := made || dynasty._create_schema_versions();
    RETURN made;
END
$fn$;
