-- What the machinery finds of prospects (sql/machinery/systems.sql). Its triggers and what is to be done about them: triggers.sql; its
-- views: quality.sql, views.sql; who may do what: grants.sql.

CREATE FUNCTION dynasty._relations() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT '{prospects,prospect_identifiers,prospect_merges,prospects_history,scouting_grades,scouting_editions,scouting_grades_history,milb_game_logs,milb_game_logs_history,history_transactions,milb_season_stats,mlb_stats,milb_advanced_stats,milb_advanced_stats_history,norm_stamps,feature_sets,feature_set_members,ml_features,ml_labels,label_windows,ml_models,ml_predictions,training_sets,data_quality_rules,data_quality,duplicate_prospects,feature_freshness,model_list,model_freshness}'::text[]
$fn$;
COMMENT ON FUNCTION dynasty._relations() IS 'Internal: the tables and views of prospects.';
GRANT EXECUTE ON FUNCTION dynasty._relations() TO PUBLIC;

CREATE FUNCTION dynasty._make_tables() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    RETURN dynasty._make_player_tables() -- first: the foreign keys point to it
        || dynasty._make_identity_tables()
        || dynasty._make_game_tables() || dynasty._make_season_tables() || dynasty._make_edition_tables()
        || dynasty._make_feature_tables()
        || dynasty._make_label_tables() || dynasty._make_model_tables() || dynasty._make_training_tables();
END
$fn$;
COMMENT ON FUNCTION dynasty._make_tables() IS 'Internal: makes every table of prospects that is missing, and names those it made.';

CREATE FUNCTION dynasty._after_install(made text[]) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    derived text[] := '{}';
    new_seasons CONSTANT boolean := 'dynasty.milb_season_stats' = ANY (made);
BEGIN
    -- Games may have come, changed or gone while no trigger looked (DROP EXTENSION ... CASCADE); and logs that outlived
    -- a dropped milb_season_stats need their totals.
    IF (NOT new_seasons AND EXISTS (SELECT FROM unnest(made) m WHERE m LIKE 'trigger %')
        OR new_seasons AND NOT 'dynasty.milb_game_logs' = ANY (made))
       AND dynasty._mine('milb_season_stats'::text) AND dynasty._mine('milb_game_logs'::text) THEN
        PERFORM dynasty.refresh_season_stats();
        derived := derived || 'the season statistics anew from the game logs'::text;
    END IF;
    IF EXISTS (SELECT FROM unnest(made) m WHERE m IN ('dynasty.prospect_identifiers', 'dynasty.prospects') OR m LIKE 'trigger prospect_ids_%')
       AND dynasty._mine('prospect_identifiers'::text) AND dynasty._mine('prospects'::text) THEN
        -- Ids given while no trigger looked. An id in two rows is that of who was there first.
        INSERT INTO dynasty.prospect_identifiers (prospect_id, source, external_id)
        SELECT p.id, i.source, i.external_id
        FROM dynasty.prospects p CROSS JOIN LATERAL to_jsonb(p) r (row)
        CROSS JOIN (VALUES ('mlb', 'mlb_id'), ('fangraphs', 'fg_player_id'), ('fangraphs_prospect', 'fg_prospect_id'), ('ba', 'ba_player_id')) s (source, held)
        CROSS JOIN LATERAL (SELECT s.source, r.row ->> s.held AS external_id) i
        WHERE i.external_id <> '' AND length(i.external_id) <= 50 ORDER BY i.source, i.external_id, p.id
        ON CONFLICT DO NOTHING;
        IF FOUND THEN
            derived := derived || 'the ids of players from their rows'::text;
        END IF;
    END IF;
    RETURN derived || dynasty._resume_label_windows();
END
$fn$;
COMMENT ON FUNCTION dynasty._after_install(text[]) IS 'Internal, of dynasty.install(): derives anew what triggers had not kept while they were away.';
