# A call of every public function of the extension, for tests that must not miss one: missing() names those without a call.
# To add one: one line.
package Calls;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(readers writers missing);

# Functions that only read. Each query has rows in a league of Recovery.pm with a model (trained()).
my @readers = (
	q{SELECT * FROM dynasty.season_stats()},
	q{SELECT * FROM dynasty.season_stats('{Regular}', '{1,2,3}')},
	q{SELECT count(*) FROM dynasty.season_stats_diff()},
	q{SELECT prospect_id, dynasty.hit_consistency_cv(prospect_id, season, level) FROM dynasty.milb_season_stats ORDER BY 1, 2},
	q{SELECT level, dynasty.consistency_cv(hits) FROM dynasty.milb_game_logs GROUP BY level ORDER BY 1},
	q{SELECT id, dynasty.consistency_cv(hits) OVER (ORDER BY id ROWS 20 PRECEDING) FROM dynasty.milb_game_logs ORDER BY 1},
	q{SELECT season, (dynasty.batting_line(game_date, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks,
		strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies)).* FROM dynasty.milb_game_logs GROUP BY season ORDER BY 1},
	q{SELECT season, (dynasty.season_line(game_date, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi, walks,
		intentional_walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits,
		ground_into_double_play, games_started, outs_pitched, batters_faced, hits_allowed, runs_allowed, earned_runs,
		home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen, pitches_thrown, wins, losses, saves)).*
		FROM dynasty.milb_game_logs GROUP BY season ORDER BY 1},
	q{SELECT * FROM dynasty.prospect_features(3, 2021)},
	q{SELECT * FROM dynasty.all_features(2021)},
	q{SELECT * FROM dynasty.all_features(2020, known_at => '2100-01-01')},
	q{SELECT * FROM dynasty.feature_matrix(2022)},
	q{SELECT * FROM dynasty.feature_stamps(2021)},
	q{SELECT count(*) FROM dynasty.stale_features(2021)},
	q{SELECT * FROM dynasty.stale_features(2020)},
	q{SELECT * FROM dynasty.explain_feature(3, 2021, 'age')},
	q{SELECT * FROM dynasty.feature_catalogue()},
	q{SELECT dynasty.feature_names()},
	q{SELECT * FROM dynasty.optional_indexes()},
	q{SELECT * FROM dynasty.derive_label(3, 2018)},
	q{SELECT * FROM dynasty.derive_labels(2018, 2022)},
	q{SELECT * FROM dynasty.label_window(2018)},
	q{SELECT dynasty.in_restore()},
	q{SELECT dynasty.name_key(name), dynasty.organization_key(current_organization) FROM dynasty.prospects ORDER BY id},
	q{SELECT count(*) FROM dynasty.duplicate_prospects},
	q{SELECT * FROM dynasty.data_quality_rules ORDER BY 1},
	q{SELECT count(*) FROM dynasty.data_quality},
	q{SELECT * FROM dynasty.feature_freshness ORDER BY 1},
	q{SELECT season, dynasty.game_features(2021, 'SS', g ORDER BY game_date, game_number, id) FROM dynasty.milb_game_logs g
		WHERE prospect_id = 3 GROUP BY season ORDER BY 1},
	q{SELECT dynasty.model_version_of('a')},
	q{SELECT * FROM dynasty.predict('a', 3, 2021)},
	q{SELECT * FROM dynasty.predict('a', 3, 2021, '2100-01-01')},
	q{SELECT * FROM dynasty.predict('a', '{"age": 20, "career_ops": 0.8, "max_level": 4}')},
	q{SELECT * FROM dynasty.predict_matrix('a', 2021) ORDER BY 1},
	q{SELECT * FROM dynasty.explain_prediction('a', 3, 2021)},
	q{SELECT * FROM dynasty.comparable_players(3, 2021, 5, '{2018,2019}')},
	q{SELECT * FROM dynasty.prediction_history(3, 'a')},
	q{SELECT * FROM dynasty.prediction_history_chart(3, 'a')},
	q{SELECT * FROM dynasty.population('{2018,2019}', 'active') ORDER BY 1, 2},
	q{SELECT * FROM dynasty.training_set('{2018,2019}', 3) ORDER BY 1, 2},
	q{SELECT * FROM dynasty.training_set_summary('{2018,2019}', 3)},
	q{SELECT dynasty.training_set_query('{2018,2019}', 3)},
	q{SELECT * FROM dynasty.leak_report('{2018,2019}'::integer[], 3)},
	q{SELECT * FROM dynasty.calibration_line('{0.1,0.4,0.3,0.8}', '{f,t,f,f}')},
	q{SELECT t.* FROM dynasty.training_sets s, dynasty.check_training_set(s.digest) t},
	q{SELECT t.* FROM dynasty.training_sets s, dynasty.training_set_drift(s.digest, 2021) t ORDER BY 1},
	q{SELECT document, penalty, metrics FROM dynasty.fit_model('{2018,2019}', 3, 'few', kind => 'logistic', lambda => 10, folds => 0)},
	q{SELECT dynasty.data_marks()},
	q{SELECT * FROM dynasty.feature_drift('a', 2021) ORDER BY 1},
	q{SELECT * FROM dynasty.judged_predictions('a', 2019) ORDER BY 2},
	q{SELECT * FROM dynasty.model_performance('a')},
	q{SELECT * FROM dynasty.calibration_table('a')},
	q{SELECT * FROM dynasty.calibration_chart('a', 2019)},
	q{SELECT * FROM dynasty.lift_table('a')},
	q{SELECT * FROM dynasty.tier_confusion('a')},
	q{SELECT * FROM dynasty.model_freshness ORDER BY 1},
	q{SELECT * FROM dynasty.scout_record()},
	q{SELECT * FROM dynasty.migration_status()},
	# Odds.
	q{SELECT * FROM dynasty_odds.latest_odds ORDER BY event_id, bookmaker_id, market, outcome},
	q{SELECT * FROM dynasty_odds.event_overview ORDER BY event_id},
	q{SELECT run_id, status, duration, error_rate FROM dynasty_odds.run_summary WHERE finished_at IS NOT NULL ORDER BY 1},
	q{SELECT dynasty_odds.american_to_decimal(-110), dynasty_odds.decimal_to_american(1.909091), dynasty_odds.fractional_to_decimal('6/4'), dynasty_odds.implied_probability(2.5)},
	q{SELECT dynasty_odds.overround('{1.9,2.1}'), dynasty_odds.hold('{1.9,2.1}'), dynasty_odds.devig('{1.9,2.1}', 'power'), dynasty_odds.shin_z('{1.9,2.1}'), dynasty_odds.fair_odds('{1.9,2.1}')},
	q{SELECT dynasty_odds.expected_value(0.5, 2.1), dynasty_odds.kelly_fraction(0.5, 2.1), dynasty_odds.clv(2.1, 2), dynasty_odds.clv_fair(2.1, '{1.9,2.1}', 2)},
	q{SELECT dynasty_odds.effective_odds(2.1, 0.05), dynasty_odds.lay_stake(10, 2.1, 2.2), dynasty_odds.settle('totals', 'over', 2.25, 1, 1), dynasty_odds.payout(2.1, 0.5), dynasty_odds.content_hash('[]')},
	q{SELECT * FROM dynasty_odds.arbitrage('{2.1,2.1}')},
	q{SELECT * FROM dynasty_odds.odds_at(1, '2024-05-02 10:07Z')},
	q{SELECT * FROM dynasty_odds.best_odds(1, 'h2h', '2024-05-02 10:07Z')},
	q{SELECT * FROM dynasty_odds.line_movement(1, 'totals')},
	q{SELECT * FROM dynasty_odds.fair_market(1, 'totals', '2024-05-02 10:07Z')},
	q{SELECT * FROM dynasty_odds.event_clv(1, 'h2h', 'home', 2.0)},
	q{SELECT * FROM dynasty_odds.price_bars(1, 'h2h', '1 day', fill => true)},
	q{SELECT * FROM dynasty_odds.main_lines(1, 'totals')},
	q{SELECT * FROM dynasty_odds.consensus(1, 'h2h', '2024-05-02 10:07Z')},
	q{SELECT * FROM dynasty_odds.scan_value('2024-05-01 10:07Z', -1)},
	q{SELECT * FROM dynasty_odds.scan_arbitrage('2024-05-01 10:07Z', -1)},
	q{SELECT count(*) FROM dynasty_odds.steam_moves('2024-05-01 10:02Z', '2024-05-03', min_books => 1, min_change => 0)},
	q{SELECT * FROM dynasty_odds.stale_prices('2024-05-01 10:12Z', '4 minutes') UNION ALL SELECT 0, 0, NULL, NULL, NULL},
	q{SELECT * FROM dynasty_odds.export_odds('2024-05-01', '2024-05-02')},
	q{SELECT * FROM dynasty_odds.parse_odds('[{"event_id": 1, "bookmaker": "b", "market": "h2h", "outcome": "home", "price": 2}]', 'flat')},
	# Operations: what is said of a server is another thing on each.
	(map {"SELECT count(*) >= 0 FROM dynasty_ops.$_"} qw{connection_usage() long_running_queries() blocking_locks() replication_status() replication_slots() wraparound()
		disk_usage() storage_report() bloat_report() index_report() health_report() measures() partition_status() check_alerts()}),
	(map {"SELECT count(*) FROM dynasty_ops.$_"} qw{missing_fk_indexes() security_report() slow_queries(NULL)}),
	(map {"SELECT * FROM dynasty_ops.$_"} qw{grants_report() describe() verify_integrity()}),
	q{SELECT dynasty_ops.failure_rate() >= 0 OR true},
	q{SELECT dynasty_ops.is_primary() IS NOT NULL},
	q{SELECT dynasty_ops.health_check() ->> 'connectivity'},
	q{SELECT dynasty_ops.check_database_health() ->> 'connectivity'},
	q{SELECT left(dynasty_ops.metrics(), 20)},
	q{SELECT dynasty_ops.cache_keys('dynasty_props', 'prop_markets', '{"league": "NFL", "week": 5}')},
);

# Functions and procedures that write, by their arguments where they would have something to do.
my $reply = q{'{"stats": [{"type": {"displayName": "gameLog"}, "group": {"displayName": "hitting"}, "splits": [{"season": "2021",
	"date": "2021-06-01", "gameType": "R", "sport": {"id": 12}, "team": {"name": "A"}, "game": {"gamePk": 1},
	"player": {"id": 7, "fullName": "New"}, "stat": {"atBats": 4, "hits": 1}}]}]}'};
my @writers = (
	q{SELECT dynasty.refresh_season_stats()},
	q{SELECT dynasty.refresh_features(2020)},
	q{SELECT dynasty.merge_prospects(1, 2)},
	q{SELECT dynasty.unmerge_prospects(1)},
	q{SELECT dynasty.refresh_stale_features(2020)},
	q{CALL dynasty.refresh_features_in_batches(2020)},
	q{SELECT dynasty.refresh_labels(2017, 2021)},
	q{CALL dynasty.keep_labels_current(2017, 2021)},
	q{SELECT dynasty.register_feature_set('mine', '{age}')},
	q{SELECT dynasty.create_optional_index('idx_ml_features_vector')},
	q{SELECT dynasty.drop_feature_set('on the primary')},
	q{SELECT dynasty.record_prediction(3, 'm', '2022-01-01', 0.5)},
	q{SELECT dynasty.simulate_league(5, 2020, 2021, 3)},
	q{SELECT dynasty.remove_simulated()},
	q{SELECT dynasty_odds.simulate_board(3, 2, 1)},
	q{SELECT dynasty_odds.remove_simulated()},
	q{SELECT dynasty.prune_game_log_history('0')},
	q{SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [-1], "intercept": 20}')},
	q{SELECT dynasty.drop_model('unused', '1')},
	q{SELECT dynasty.predict_all('a', 2021)},
	q{SELECT dynasty.predict_all('a', 2020, '2020-12-31', explain => false)},
	q{SELECT dynasty.record_training_set('{2018}', 3)},
	q{SELECT * FROM dynasty.train_model('b', '1', as_of_years => '{2018,2019}', years_to_evaluate => 3, feature_set_version => 'few', lambda => 10, folds => 0)},
	q{CALL dynasty.export_training_set('wide', '{2018}', 3)},
	q{SELECT * FROM dynasty.setup_roles()},
	q{SELECT dynasty.migrate('1.0')},
	q{SELECT dynasty_odds.capture_closing()},
	q{SELECT * FROM dynasty_ops.enable_partitions()},
	q{SELECT * FROM dynasty_ops.run_maintenance()},
	q{SELECT dynasty_ops.purge('dynasty_odds.market_odds', '1 day')},
	q{SELECT dynasty_odds.start_run('flat', 'b')},
	q{SELECT dynasty_odds.finish_run(1)},
	q{SELECT dynasty_odds.log_error(1, 'http', 'no answer')},
	q{SELECT * FROM dynasty_odds.record_snapshot(1, 1, '[]')},
	q{SELECT * FROM dynasty_odds.ingest('[{"event_ref": "1", "sport": "s", "home": "H", "away": "A", "kickoff": "2021-06-01T18:00Z", "bookmaker": "b", "market": "h2h", "outcome": "home", "price": 2}]', 'flat')},
	q{SELECT * FROM dynasty_odds.ingest_scores('[{"event_ref": "1", "sport": "s", "home": "H", "away": "A", "kickoff": "2021-06-01T18:00Z", "home_score": 1, "away_score": 0}]', 'flat')},
	q{SELECT dynasty_ops.capture_slow_queries()},
	q{SELECT dynasty_ops.enable_cache_notices('dynasty', 'prospects')},
	q{CALL dynasty.maintain_on_subscriber()},
	q{ALTER EXTENSION dynasty UPDATE TO '1.0'},
	qq{SELECT dynasty.ingest_game_logs($reply)},
	q{SELECT dynasty.ingest_people('{"people": [{"id": 8, "fullName": "Newer", "primaryPosition": {"abbreviation": "SS"}}]}')},
	q{SELECT dynasty.ingest_mlb_stats('{"stats": [{"type": {"displayName": "yearByYear"}, "group": {"displayName": "hitting"}, "splits": [
		{"season": "2021", "sport": {"id": 1}, "gameType": "R", "player": {"id": 9, "fullName": "Newest"}, "stat": {"gamesPlayed": 3, "plateAppearances": 9}}]}]}')},
	q{SELECT dynasty.ingest_scouting('[{"playerName": "Some One", "FV": "50", "Position": "SS", "Ovr_Rank": 1, "minorMasterId": "sa300"}]', 'fangraphs', 2021, '2021-02-01')},
	q{SELECT dynasty.ingest_advanced('{"data": [{"xMLBAMID": 10, "PlayerName": "Other", "Season": 2021, "aLevel": "AA", "wOBA": 0.3}]}')},
	q{SELECT dynasty.ingest_boxscore('{"gamePk": 3, "gameData": {"game": {"season": "2021", "type": "R"}, "datetime": {"officialDate": "2021-05-01"},
		"teams": {"home": {"name": "H", "sport": {"id": 12}}, "away": {"name": "A", "sport": {"id": 12}}}},
		"liveData": {"boxscore": {"teams": {"home": {"team": {"name": "H"}, "players": {"ID11": {"person": {"id": 11, "fullName": "Eleven"},
		"stats": {"batting": {"gamesPlayed": 1, "atBats": 3, "hits": 1}, "pitching": {}}}}}, "away": {"team": {"name": "A"}, "players": {}}}}}}')},
);

sub readers { return @readers; }
sub writers { return @writers; }

# The public functions that no call above names, one per line. Names that begin with _ and support functions of aggregates
# are the extension's own; install() writes only where something is missing.
sub missing
{
	my ($node, $db) = @_;
	my @names = split /\n/, $node->safe_psql($db, q{
		SELECT DISTINCT proname FROM pg_proc p
		WHERE pronamespace::regnamespace::text LIKE 'dynasty%' AND proname !~ '^_' AND proname <> 'install'
			AND prorettype <> 'trigger'::regtype
			AND NOT EXISTS (SELECT FROM pg_aggregate a WHERE p.oid IN (aggtransfn, aggfinalfn, aggcombinefn, aggserialfn,
				aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn))
		ORDER BY 1});
	my $calls = join "\n", @readers, @writers;
	return join "\n", grep { $calls !~ /dynasty\w*\.\Q$_\E\(/ } @names;
}

1;
