# Recovery to points in time, from a base backup and archived WAL, taken while writers worked: at each point the season lines,
# features and labels are those of the games that are there, and it is the state that had the name.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;
use Recovery;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(has_archiving => 1, allows_streaming => 1);
$primary->append_conf('postgresql.conf', "jit = off\n");
$primary->start;
league($primary, 'postgres', 60);
# The base backup is taken while rows are written, so that its pages are from different moments.
my ($writer, $out, $err) = client($primary, 'postgres', join '', map { qq{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, at_bats, hits)
	SELECT min(id) + $_ % 60, date '2021-04-01' + $_ % 90, 2021, 'AA', 300 + $_, 4, $_ % 4 FROM dynasty.prospects;\n} } 1 .. 800);
$primary->backup('base');
$writer->finish;
is(printed($err), '', 'written while the backup was taken');

my @steps = (
	[ 'refreshed', 'SELECT dynasty.refresh_features(2021)' ],
	[ 'deleted', 'DELETE FROM dynasty.milb_game_logs WHERE prospect_id % 2 = 0; UPDATE dynasty.mlb_stats SET war = 1.5' ],
	[ 'mistake', 'TRUNCATE dynasty.milb_game_logs; DELETE FROM dynasty.prospects WHERE id % 3 = 0' ]);
my %state;
foreach my $step (@steps)
{
	my ($name, $sql) = @$step;
	$primary->safe_psql('postgres', $sql);
	$state{$name} = fingerprint($primary, 'postgres');
	$primary->safe_psql('postgres', "SELECT pg_create_restore_point('$name')");
}
my $last = $primary->safe_psql('postgres', 'SELECT pg_walfile_name(pg_switch_wal())');
$primary->poll_query_until('postgres', "SELECT last_archived_wal >= '$last' FROM pg_stat_archiver");
$primary->stop;

foreach my $step (@steps)
{
	my ($name) = @$step;
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init_from_backup($primary, 'base', has_restoring => 1, standby => 0);
	$node->append_conf('postgresql.conf', "recovery_target_name = '$name'\nrecovery_target_action = promote\n"
		# What it goes on to write is a history of its own: it must not get into the archive.
		. "recovery_target_timeline = current\narchive_mode = off\n");
	$node->start;
	$node->poll_query_until('postgres', 'SELECT NOT pg_is_in_recovery()');
	is(fingerprint($node, 'postgres'), $state{$name}, "$name: every table as it was");
	is(sound($node, 'postgres'), '', "$name: sound");
	recomputed($node, 'postgres', $name);
	$node->stop;
}
done_testing();
