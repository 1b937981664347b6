# Work of some length that a crash, a cancel or a failover may interrupt. To add one: one entry.
#   before   brings the database to where the work begins
#   sql      the work; doing it again after an interruption finishes it
#   unsound  what is derived is wrong before the work is done, that is what it is for
#   crashes  how often the crash test kills the server during it
#   state    a query that tells how far it is; its answer is always one of states, and done when all is done
package Jobs;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(jobs);

# How many vectors of 2021 are not as they would be computed now, of how many prospects.
my $stale = q{SELECT CASE count(s.prospect_id) WHEN 0 THEN 'all' WHEN count(*) THEN 'none' ELSE 'some' END || ' done'
	FROM dynasty.prospects p LEFT JOIN dynasty.stale_features(2021) s ON s.prospect_id = p.id};

my @jobs = (
	{
		name => 'refresh_features',
		before => 'DELETE FROM dynasty.ml_features',
		sql => 'SELECT dynasty.refresh_features(2021)',
		crashes => 6,
		state => $stale,
		states => qr/^(all|none) done$/,
		done => qr/^all done$/,
	},
	{
		name => 'refresh_features_in_batches',
		before => 'DELETE FROM dynasty.ml_features',
		sql => 'CALL dynasty.refresh_features_in_batches(2021, batch_size => 1)',
		crashes => 6,
		state => $stale,
		states => qr/^(all|none|some) done$/,
		done => qr/^all done$/,
	},
	{
		name => 'refresh_season_stats',
		# Lines that nobody kept: half of them gone, the others wrong.
		before => q{DELETE FROM dynasty.milb_season_stats WHERE prospect_id % 2 = 0;
			UPDATE dynasty.milb_season_stats SET games_played = games_played + 1},
		sql => 'SELECT dynasty.refresh_season_stats()',
		crashes => 6,
		unsound => 1, # until it is done: that is what it is for
		state => q{SELECT CASE count(*) WHEN 0 THEN 'all' WHEN (SELECT count(*) FROM dynasty.season_stats()) THEN 'none' ELSE 'some' END || ' done'
			FROM dynasty.season_stats_diff()},
		states => qr/^(all|none) done$/,
		done => qr/^all done$/,
	},
	{
		name => 'refresh_labels',
		before => 'DELETE FROM dynasty.ml_labels',
		sql => 'SELECT dynasty.refresh_labels(2018, 2022), dynasty.refresh_labels(2019, 2023), dynasty.refresh_labels(2020, 2024)',
		crashes => 2,
		unsound => 1, # the kept labels were taken away above
		state => q{SELECT CASE (SELECT count(DISTINCT prospect_year) FROM dynasty.ml_labels) WHEN 0 THEN 'none' WHEN 3 THEN 'all' ELSE 'some' END || ' done'},
		states => qr/^(all|none) done$/,
		done => qr/^all done$/,
	},
	{
		# Year after year, each its own transaction; with reasons. What is there is what the model says now.
		name => 'predict_all',
		before => 'DELETE FROM dynasty.ml_predictions',
		sql => join('; ', map { "SELECT dynasty.predict_all('a', $_, '$_-12-31')" } 2016 .. 2022),
		crashes => 20,
		state => q{SELECT CASE WHEN count(*) FILTER (WHERE n NOT IN (0, of)) > 0 THEN 'part of a year' WHEN sum(n) = 0 THEN 'none'
				WHEN count(*) FILTER (WHERE n = 0) = 0 THEN 'all' ELSE 'some' END || ' done' || CASE WHEN sum(wrong) > 0 THEN ', wrong' ELSE '' END
			FROM (SELECT y, count(p.prospect_id) AS n, count(*) AS of,
					count(*) FILTER (WHERE p.margin <> m.margins[1] OR p.prospect_id > 0 AND (p.shap_values IS NULL OR p.prediction_narrative IS NULL)) AS wrong
				FROM generate_series(2016, 2022) y CROSS JOIN LATERAL dynasty.predict_matrix('a', y) m
				LEFT JOIN dynasty.ml_predictions p ON p.prospect_id = m.prospect_id AND p.as_of_year = y AND p.model_version = 'a:1'
				GROUP BY y) s},
		states => qr/^(all|none|some) done$/,
		done => qr/^all done$/,
	},
	{
		# Training set, fit and model are one transaction.
		name => 'train_model',
		before => q{DELETE FROM dynasty.ml_models WHERE name = 't'; DELETE FROM dynasty.training_sets s WHERE s.digest NOT IN (
			SELECT training_digest FROM dynasty.ml_models WHERE training_digest IS NOT NULL)},
		sql => q{SELECT model FROM dynasty.train_model('t', '1', as_of_years => '{2018,2019}', years_to_evaluate => 3, test_share => 0.3)
			WHERE NOT EXISTS (SELECT FROM dynasty.ml_models WHERE name = 't')},
		crashes => 4,
		state => q{SELECT CASE WHEN models = 1 AND sets = 2 THEN 'all' WHEN models = 0 AND sets = 1 THEN 'none' ELSE 'some' END || ' done'
			FROM (SELECT count(*) AS models FROM dynasty.ml_models WHERE name = 't') m, (SELECT count(*) AS sets FROM dynasty.training_sets) s},
		states => qr/^(all|none) done$/,
		done => qr/^all done$/,
	},
	{
		name => 'simulate_league',
		before => 'SELECT 1',
		sql => 'SELECT dynasty.simulate_league(150, 2018, 2020, 99)',
		crashes => 2,
		state => q{SELECT CASE WHEN count(*) % 50 = 0 THEN 'whole' ELSE 'part of a' END || ' league' FROM dynasty.prospects},
		states => qr/^whole league$/,
		done => qr/^whole league$/,
	},
	{
		name => 'simulate_board',
		before => 'SELECT 1',
		sql => 'SELECT dynasty_odds.simulate_board(30, 6, 12, 99)',
		crashes => 2,
		state => q{SELECT CASE WHEN count(*) % 30 = 0 AND NOT EXISTS (SELECT FROM dynasty_odds.scrape_runs WHERE status = 'running') THEN 'whole' ELSE 'part of a' END || ' board' FROM dynasty_odds.events},
		states => qr/^whole board$/,
		done => qr/^whole board$/,
	},
);

sub jobs { return @jobs; }

1;
