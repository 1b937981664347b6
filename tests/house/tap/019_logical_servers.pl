# Logical replication to a newer server, the way to change servers without a long stop: all tables with the derived ones, and the base tables
# alone. Then the subscriber takes over. (011 and 012 look at more, between two servers of one version.)
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use IPC::Run qw(run);
use PostgreSQL::Test::Cluster;
use Test::More;
use Dynasty;
use Servers;

foreach my $step (steps())
{
	my ($from, $to) = @$step;
	my $way = "$from to $to";
	my $publisher = server($from, "publisher_$from", allows_streaming => 'logical');
	my $subscriber = server($to, "subscriber_$to");
	$_->start foreach $publisher, $subscriber;
	$publisher->safe_psql('postgres', 'CREATE DATABASE base; CREATE DATABASE everything');
	$subscriber->safe_psql('postgres', 'CREATE DATABASE base; CREATE DATABASE everything');
	$publisher->safe_psql($_, 'CREATE EXTENSION dynasty CASCADE') foreach 'base', 'everything';
	fill($publisher, $_) foreach 'base', 'everything';

	# The definitions by the newer server's pg_dump, as one would.
	my ($definitions, $err);
	run [ place($to) . '/bin/pg_dump', '--schema-only', '--host', $publisher->host, '--port', $publisher->port, 'everything' ], '>', \$definitions, '2>', \$err
		or die "pg_dump: $err";
	$definitions =~ s/^\\(?:un)?restrict .*\n//mg;
	# Some minor versions keep a number of their own with every column (of any table), which other versions refuse: docs/operations.md.
	$definitions =~ s/^ALTER .* SET \(pg_attver=\d+\);\n//mg;
	# Not by safe_psql(), which repeats the whole text when one statement fails.
	run [ place($to) . '/bin/psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '--host', $subscriber->host, '--port', $subscriber->port, 'everything' ],
		'<', \$definitions, '>', \my $out, '2>', \$err or die "psql: $err";
	$publisher->safe_psql('everything', 'CREATE PUBLICATION everything FOR TABLES IN SCHEMA dynasty, dynasty_odds, dynasty_ops');
	subscribe($publisher, $subscriber, 'everything');

	# The page's own list of base tables.
	$subscriber->safe_psql('base', 'CREATE EXTENSION dynasty CASCADE');
	$publisher->safe_psql('base', q{
		CREATE PUBLICATION base FOR TABLE dynasty.prospects, dynasty.prospect_identifiers, dynasty.prospect_merges, dynasty.milb_game_logs, dynasty.milb_game_logs_history,
			dynasty.prospects_history, dynasty.history_transactions, dynasty.mlb_stats, dynasty.scouting_grades, dynasty.scouting_editions,
			dynasty.scouting_grades_history, dynasty.milb_advanced_stats, dynasty.milb_advanced_stats_history});
	subscribe($publisher, $subscriber, 'base');
	$subscriber->safe_psql('base', 'CALL dynasty.maintain_on_subscriber(); CALL dynasty.keep_labels_current(2021, 2023)');

	is(fingerprint($subscriber, 'everything'), fingerprint($publisher, 'everything'), "$way: the first copy, every row of every table");
	foreach my $db ('base', 'everything')
	{
		$publisher->safe_psql($db, q{
			INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats, data_source)
			SELECT p, date '2023-06-01' + g, 2023, 'AA', g % 3, 4, 'mlb' FROM generate_series(1, 40) p, generate_series(1, 5) g;
			UPDATE dynasty.milb_game_logs SET hits = 4 WHERE prospect_id = 3;
			DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 4;
			DELETE FROM dynasty.prospects WHERE id = 8;
			INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT id, 2022, 150, 600, 6.5 FROM dynasty.prospects WHERE id % 4 = 0});
		$publisher->wait_for_catchup("${db}_to");
		is(season_lines($subscriber, $db), season_lines($publisher, $db), "$way, $db: the same season lines after all kinds of writes");
		is(maintained($subscriber, $db), '0', "$way, $db: what is derived agrees");
	}
	is(fingerprint($subscriber, 'everything'), fingerprint($publisher, 'everything'), "$way: every row of every table");
	is(features($subscriber, 'base'), features($publisher, 'base'), "$way: the same features, computed on both");

	# It takes over.
	foreach my $db ('base', 'everything')
	{
		$subscriber->safe_psql($db, "DROP SUBSCRIPTION ${db}_to");
		advance_sequences($subscriber, $db);
		$subscriber->safe_psql($db, q{
			INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, '2023-05-05', 2023, 'AAA', 3, 4)});
		is($subscriber->safe_psql($db, q{SELECT avg FROM dynasty.milb_season_stats WHERE level = 'AAA'}), '0.750', "$way, $db: on its own, triggers fire");
		is(maintained($subscriber, $db), '0', "$way, $db: and everything agrees");
	}
	$_->stop foreach $subscriber, $publisher;
}

sub subscribe
{
	my ($publisher, $subscriber, $db) = @_;
	my $connection = $publisher->connstr . " dbname=$db";
	$subscriber->safe_psql($db, "CREATE SUBSCRIPTION ${db}_to CONNECTION '$connection' PUBLICATION $db");
	return $subscriber->wait_for_subscription_sync($publisher, "${db}_to", $db);
}

sub season_lines
{
	my ($node, $db) = @_;
	return $node->safe_psql($db, q{SELECT count(*), md5(string_agg(format('%s %s %s %s %s %s %s', prospect_id, season, level, games_played, total_hits, avg, ops), E'\n'
		ORDER BY prospect_id, season, level)) FROM dynasty.milb_season_stats});
}

sub features
{
	my ($node, $db) = @_;
	return $node->safe_psql($db, q{SELECT md5(string_agg(f::text, E'\n' ORDER BY f::text COLLATE "C")) FROM dynasty.all_features(2022) f});
}

done_testing();
