-- Who may do what with tables and functions of prospects (sql/machinery/roles.sql).

CREATE FUNCTION dynasty._grants() RETURNS TABLE (role text, object text, privileges text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT 'dynasty_reader', r.name, 'SELECT' FROM unnest(dynasty._relations()) r (name)
    UNION ALL
    SELECT g.role, o.name, g.privileges FROM (VALUES
        ('dynasty_ingest', '{prospects,prospect_identifiers,milb_game_logs,mlb_stats,scouting_grades,scouting_editions,milb_advanced_stats}'::text[], 'INSERT, UPDATE'),
        -- Labels that are kept current are written with the rights of who writes the seasons.
        ('dynasty_ingest', '{ml_labels}', 'INSERT, UPDATE'),
        ('dynasty_ingest', '{label_windows}', 'UPDATE'),
        ('dynasty_app', '{ml_predictions}', 'INSERT, UPDATE, DELETE'),
        ('dynasty_monitor', '{norm_stamps,history_transactions,label_windows,feature_sets}', 'SELECT'),
        ('dynasty_reader', '{export_training_set}', 'EXECUTE'),
        ('dynasty_ingest', '{ingest_people,ingest_game_logs,ingest_boxscore,ingest_mlb_stats,ingest_scouting,ingest_advanced,refresh_labels}', 'EXECUTE'),
        ('dynasty_app', '{record_prediction,predict_all}', 'EXECUTE'),
        ('dynasty_admin', '{refresh_season_stats,refresh_features,refresh_stale_features,refresh_features_in_batches,register_feature_set,drop_feature_set,keep_labels_current,maintain_on_subscriber,prune_game_log_history,merge_prospects,unmerge_prospects,simulate_league,remove_simulated,register_model,drop_model,train_model,record_training_set,create_optional_index}', 'EXECUTE')
    ) AS g (role, objects, privileges), unnest(g.objects) o (name)
$fn$;
COMMENT ON FUNCTION dynasty._grants() IS 'Internal, of setup_roles(): which role may do what with the tables and functions of prospects.';
