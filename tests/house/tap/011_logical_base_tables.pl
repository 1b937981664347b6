# Logical replication of the base tables alone: the subscriber keeps its own season statistics, labels and norms, in the
# transactions that apply the rows.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Cluster;
use Test::More;
use Dynasty;

my $publisher = new_node('publisher', allows_streaming => 'logical');
my $subscriber = new_node('subscriber');
$_->safe_psql('postgres', 'CREATE EXTENSION dynasty CASCADE') foreach $publisher, $subscriber;
fill($publisher, 'postgres');
my @tables = map { "dynasty.$_" } qw(prospects prospect_identifiers prospect_merges milb_game_logs mlb_stats scouting_grades scouting_editions milb_advanced_stats milb_game_logs_history prospects_history
	scouting_grades_history milb_advanced_stats_history history_transactions);
$publisher->safe_psql('postgres', 'CREATE PUBLICATION base FOR TABLE ' . join(', ', @tables));
my $connection = $publisher->connstr . ' dbname=postgres';
$subscriber->safe_psql('postgres', "CREATE SUBSCRIPTION base CONNECTION '$connection' PUBLICATION base");
$subscriber->wait_for_subscription_sync($publisher, 'base');
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_game_logs'), '4808', 'the first copy');
# This is why there is something to call.
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_season_stats'), '0', 'applied rows fire no statement trigger');
$subscriber->safe_psql('postgres', 'CALL dynasty.maintain_on_subscriber(); CALL dynasty.keep_labels_current(2021, 2023)');
agree('brought up to date');

# What is done on the publisher, and what the subscriber must have of it.
sub after
{
	my ($what, $sql) = @_;
	$publisher->safe_psql('postgres', $sql);
	return agree($what);
}
after('an insert', q{INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, '2023-05-05', 2023, 'AAA', 3, 4)});
after('rows of several lines at once', q{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats)
	SELECT p, date '2023-06-01' + g, 2023, 'AA', g % 3, 4 FROM generate_series(1, 40) p, generate_series(1, 5) g});
after('an update of counts', 'UPDATE dynasty.milb_game_logs SET hits = 4, doubles = 2 WHERE prospect_id = 3');
after('games that move to another season and player', q{UPDATE dynasty.milb_game_logs SET prospect_id = 5, season = 2022, game_date = '2022-09-09', game_number = 3 WHERE prospect_id = 1 AND season = 2023 AND level = 'AAA'});
after('the last game of a line', q{DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 5 AND season = 2022 AND level = 'AAA'});
after('a player with all he has', 'DELETE FROM dynasty.prospects WHERE id = 7');
after('several kinds in one transaction, and a savepoint', q{
	BEGIN;
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (9, '2023-08-01', 2023, 'AA', 1, 4);
	SAVEPOINT s;
	DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 9;
	ROLLBACK TO s;
	UPDATE dynasty.milb_game_logs SET hits = 0 WHERE prospect_id = 9 AND game_date = '2023-08-01';
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (9, '2023-08-02', 2023, 'AA', 2, 4);
	COMMIT});
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM dynasty.ml_labels WHERE prospect_id = 7'), '0', 'his labels are gone');
after('a rolled back transaction', 'BEGIN; DELETE FROM dynasty.milb_game_logs; ROLLBACK');
after('major-league seasons', q{
	INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT id, 2022, 150, 600, 6.5 FROM dynasty.prospects WHERE id % 4 = 0;
	UPDATE dynasty.mlb_stats SET war = 9.9 WHERE prospect_id = 12;
	DELETE FROM dynasty.mlb_stats WHERE prospect_id = 15});

after('a list that is issued once more', q{UPDATE dynasty.scouting_grades SET date_recorded = '2023-03-01', future_value = 30 WHERE prospect_id % 2 = 0});
is($subscriber->safe_psql('postgres', $_), $publisher->safe_psql('postgres', $_), 'the same of lists and their past') foreach
	q{SELECT count(*), sum(future_value), count(*) > 15 FROM dynasty.scouting_editions}, q{SELECT count(*) FROM dynasty.scouting_grades_history};

# The norms: features of everybody move when a birth date of one is corrected.
$_->safe_psql('postgres', 'SELECT dynasty.refresh_features(2022)') foreach $publisher, $subscriber;
is(features($subscriber), features($publisher), 'the same features');
after('a birth date', q{UPDATE dynasty.prospects SET birth_date = birth_date - 900 WHERE id = 11});
isnt($subscriber->safe_psql('postgres', q{SELECT count(*) FROM dynasty.stale_features(2022) WHERE reason = 'norms'}), '0', 'stored vectors know that the norms changed');
$_->safe_psql('postgres', 'SELECT dynasty.refresh_stale_features(2022)') foreach $publisher, $subscriber;
is(features($subscriber), features($publisher), 'and are the same when refreshed');

# A local writer on the subscriber (a row of its own) is counted once.
advance_sequences($subscriber, 'postgres');
$subscriber->safe_psql('postgres', q{INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, hits, at_bats) VALUES (1000000, 2, '2023-09-09', 2023, 'AAA', 2, 4)});
is($subscriber->safe_psql('postgres', q{SELECT games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 2 AND season = 2023 AND level = 'AAA'}), '1|2', 'a row of its own, once');
is(maintained($subscriber, 'postgres'), '0', 'and all agrees');
$subscriber->safe_psql('postgres', 'DELETE FROM dynasty.milb_game_logs WHERE id = 1000000');
# Even where somebody turned all triggers on for everything.
$subscriber->safe_psql('postgres', q{
	ALTER TABLE dynasty.milb_game_logs ENABLE ALWAYS TRIGGER season_stats_insert;
	ALTER TABLE dynasty.milb_game_logs ENABLE ALWAYS TRIGGER season_stats_applied;
	INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, hits, at_bats)
	SELECT 1000000 + g, 2, date '2023-09-09' + g, 2023, 'AAA', 2, 4 FROM generate_series(1, 3) g});
is($subscriber->safe_psql('postgres', q{SELECT games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 2 AND season = 2023 AND level = 'AAA'}), '3|6', 'both triggers at once count once');
$subscriber->safe_psql('postgres', q{
	DELETE FROM dynasty.milb_game_logs WHERE id > 1000000;
	ALTER TABLE dynasty.milb_game_logs ENABLE TRIGGER season_stats_insert;
	ALTER TABLE dynasty.milb_game_logs ENABLE REPLICA TRIGGER season_stats_applied});

after('TRUNCATE', 'TRUNCATE dynasty.milb_game_logs, dynasty.mlb_stats');
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_season_stats'), '0', 'empties the statistics');
# A second copy, with the triggers in place: they count it, too.
$subscriber->safe_psql('postgres', 'ALTER SUBSCRIPTION base DISABLE');
$subscriber->safe_psql('postgres', 'ALTER SUBSCRIPTION base SET (slot_name = NONE); DROP SUBSCRIPTION base; TRUNCATE ' . join(', ', @tables) . ' CASCADE');
$publisher->safe_psql('postgres', q{SELECT pg_drop_replication_slot('base')});
$publisher->safe_psql('postgres', q{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats)
	SELECT p.id, date '2021-06-01' + g, 2021, 'AA', g % 3, 4 FROM dynasty.prospects p, generate_series(1, 20) g});
$subscriber->safe_psql('postgres', "CREATE SUBSCRIPTION base CONNECTION '$connection' PUBLICATION base");
$subscriber->wait_for_subscription_sync($publisher, 'base');
# Players without a season get their labels when they are asked for.
$subscriber->safe_psql('postgres', 'SELECT dynasty.refresh_labels(2021, 2023)');
agree('a copy while the triggers stand');
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_season_stats'), '39', 'has been counted');

$subscriber->safe_psql('postgres', 'CALL dynasty.maintain_on_subscriber(false)');
is($subscriber->safe_psql('postgres', q{SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%applied%'}), '0', 'and taken back');
is($subscriber->safe_psql('postgres', q{SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'season_stats_%'}), '4', 'the ordinary triggers stay');

sub features { return $_[0]->safe_psql('postgres', 'SELECT md5(string_agg(prospect_id || feature_values::text, E\'\n\' ORDER BY prospect_id)) FROM dynasty.all_features(2022)') }

sub agree
{
	my ($what) = @_;
	$publisher->wait_for_catchup('base');
	is(maintained($subscriber, 'postgres'), '0', "$what: season statistics and labels follow");
	my $lines = q{SELECT md5(string_agg((to_jsonb(s) - 'stamp')::text, ' ' ORDER BY prospect_id, season, level COLLATE "C")) FROM dynasty.milb_season_stats s};
	return is($subscriber->safe_psql('postgres', $lines), $publisher->safe_psql('postgres', $lines), "$what: the same lines on both");
}

$_->stop foreach $subscriber, $publisher;
done_testing();
