# Logical replication of all tables, derived ones too: the subscriber needs nothing of its own. The triggers there keep out
# of the way, and when it takes over (the subscription goes) they work at once.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Cluster;
use Test::More;
use Dynasty;

my $publisher = new_node('publisher', allows_streaming => 'logical');
my $subscriber = new_node('subscriber');
$publisher->safe_psql('postgres', 'CREATE EXTENSION dynasty CASCADE');
fill($publisher, 'postgres');
# The definitions by pg_dump, as one would; the windows' triggers come with them.
$subscriber->safe_psql('postgres', schema_dump($publisher, 'postgres'));
$publisher->safe_psql('postgres', 'CREATE PUBLICATION everything FOR TABLES IN SCHEMA dynasty, dynasty_odds, dynasty_ops');
my $connection = $publisher->connstr . ' dbname=postgres';
$subscriber->safe_psql('postgres', "CREATE SUBSCRIPTION everything CONNECTION '$connection' PUBLICATION everything");
$subscriber->wait_for_subscription_sync($publisher, 'everything');
same('the first copy');

# Every writer of the publisher works with the publication in place, and everything arrives.
$publisher->safe_psql('postgres', q{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats, data_source)
	SELECT p, date '2023-06-01' + g, 2023, 'AA', g % 3, 4, 'mlb' FROM generate_series(1, 40) p, generate_series(1, 5) g;
	UPDATE dynasty.milb_game_logs SET hits = 4 WHERE prospect_id = 3;
	DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 4;
	DELETE FROM dynasty.prospects WHERE id = 8;
	INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT id, 2022, 150, 600, 6.5 FROM dynasty.prospects WHERE id % 4 = 0;
	SELECT dynasty.refresh_features(2022);
	SELECT dynasty.refresh_labels(2020, 2023);
	SELECT dynasty.record_prediction(1, 'm', '2024-01-01', 0.7);
	UPDATE dynasty.milb_season_stats SET games_played = 0 WHERE prospect_id = 5;
	SELECT dynasty.refresh_season_stats()});
same('all kinds of writes');
$publisher->safe_psql('postgres', q{CALL dynasty.refresh_features_in_batches(2023)});
# (Labels of new players come with their first season, or when they are asked for.)
$publisher->safe_psql('postgres', q{SELECT dynasty.simulate_league(20, 2021, 2022, 1); SELECT dynasty.refresh_labels(2021, 2023)});
same('the simulator');
$publisher->safe_psql('postgres', 'TRUNCATE dynasty.milb_game_logs');
same('TRUNCATE');

# It takes over.
$subscriber->safe_psql('postgres', 'DROP SUBSCRIPTION everything');
advance_sequences($subscriber, 'postgres');
$subscriber->safe_psql('postgres', q{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, '2023-05-05', 2023, 'AAA', 3, 4)});
is($subscriber->safe_psql('postgres', 'SELECT avg FROM dynasty.milb_season_stats'), '0.750', 'on its own: triggers fire');
is(maintained($subscriber, 'postgres'), '0', 'and everything agrees');

sub same
{
	my ($what) = @_;
	$publisher->wait_for_catchup('everything');
	is(fingerprint($subscriber, 'postgres'), fingerprint($publisher, 'postgres'), "$what: every row of every table");
	return is(maintained($subscriber, 'postgres'), '0', "$what: what is derived agrees");
}

$_->stop foreach $subscriber, $publisher;
done_testing();
