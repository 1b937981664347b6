# A standby is watched as its primary is: all that reads answers, also when the primary is gone, and the lag is then told and not 0.
use strict;
use warnings;
use Test::More;
use Dynasty;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->append_conf('postgresql.conf', "jit = off\n");
$primary->start;
$primary->safe_psql('postgres', 'SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE');
$primary->safe_psql('postgres', q{SELECT pg_create_physical_replication_slot('follower', true)});
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->append_conf('postgresql.conf', "primary_slot_name = 'follower'\n");
$standby->start;
$primary->safe_psql('postgres', q{INSERT INTO dynasty_ops.shard_nodes (shard_no, node_name) VALUES (0, 'a')});
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('write'));

is($primary->safe_psql('postgres', 'SELECT role, client_name, state FROM dynasty_ops.replication_status()'), 'primary|standby|streaming', 'the primary sees its follower');
ok($primary->poll_query_until('postgres', 'SELECT lag_bytes = 0 AND lag_seconds < 30 FROM dynasty_ops.replication_status()'), 'and that it is not behind');
is($primary->safe_psql('postgres', 'SELECT slot_name, slot_type, active, retained_bytes >= 0 FROM dynasty_ops.replication_slots()'), 'follower|physical|t|t', 'its slot');
like($primary->safe_psql('postgres', 'SELECT dynasty_ops.metrics()'), qr/^dynasty_replication_lag_seconds\{client="standby"\} /m, 'the metric has its name');
like($primary->safe_psql('postgres', 'SELECT dynasty_ops.metrics()'), qr/^dynasty_replication_slot_retained_bytes\{slot="follower"\} /m, 'and that of the slot');
is($standby->safe_psql('postgres', 'SELECT dynasty_ops.is_primary(), (dynasty_ops.health_check() #>> \'{server,is_primary}\')'), 'f|false', 'a standby knows that it is one');
is($standby->safe_psql('postgres', 'SELECT role, state, lag_seconds FROM dynasty_ops.replication_status()'), 'standby|streaming|0', 'idle and streaming is no lag');

my @readers = ('SELECT dynasty_ops.health_check() ->> \'connectivity\'', 'SELECT count(*) > 10 FROM dynasty_ops.health_report()', 'SELECT count(*) FROM dynasty_ops.check_alerts()',
	'SELECT length(dynasty_ops.metrics()) > 1000', map {"SELECT count(*) >= 0 FROM dynasty_ops.$_()"} qw(connection_usage long_running_queries blocking_locks storage_report bloat_report index_report
	missing_fk_indexes security_report wraparound replication_slots disk_usage replication_status partition_status verify_integrity grants_report describe measures));
sub all_answer
{
	my ($when) = @_;
	foreach my $query (@readers)
	{
		my ($code, $out, $err) = $standby->psql('postgres', $query);
		is($code . $err, 0, "$when: $query");
		isnt($out, '', "with an answer");
	}
	unlike($standby->safe_psql('postgres', 'SELECT dynasty_ops.health_check()'), qr/"error"/, "$when: no part of it fails");
	return;
}
all_answer('with its primary');
foreach my $writer ('enable_partitions()', 'run_maintenance()', q{purge('dynasty_odds.market_odds', '1 day')}, 'capture_slow_queries()')
{
	my ($code, $out, $err) = $standby->psql('postgres', "\\set VERBOSITY verbose\nSELECT * FROM dynasty_ops.$writer");
	like($err, qr/ERROR:  25006: /, "refused: $writer");
}
$primary->stop;
ok($standby->poll_query_until('postgres', q{SELECT state IS DISTINCT FROM 'streaming' AND lag_seconds > 0 FROM dynasty_ops.replication_status()}), 'without its primary it is behind');
my $first = $standby->safe_psql('postgres', 'SELECT lag_seconds FROM dynasty_ops.replication_status()');
ok($standby->poll_query_until('postgres', "SELECT lag_seconds > $first FROM dynasty_ops.replication_status()"), 'and ever more');
all_answer('without its primary');
$standby->safe_psql('postgres', 'SELECT pg_promote()');
is($standby->safe_psql('postgres', 'SELECT dynasty_ops.is_primary(), count(r) FROM (SELECT) one LEFT JOIN dynasty_ops.replication_status() r ON true'), 't|0', 'promoted it is a primary without followers');
$standby->stop;
done_testing();
