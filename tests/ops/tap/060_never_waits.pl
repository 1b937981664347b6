# Monitoring never waits: with ACCESS EXCLUSIVE locks on the largest table of ours, on a default partition and on the tables it reads
# itself, and busy sessions all around, every question is answered, and says what is locked. The latencies are told; make bench holds
# them to 50 ms.
use strict;
use warnings;
use Time::HiRes qw(time);
use Test::More;
use Dynasty;

my $node = PostgreSQL::Test::Cluster->new('watched');
$node->init;
$node->append_conf('postgresql.conf', "jit = off\nmax_connections = 150\n");
$node->start;
$node->safe_psql('postgres', 'SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE');
fill($node, 'postgres');
# One default partition with rows in it, which is the one that will be locked.
$node->safe_psql('postgres', q{
	TRUNCATE dynasty_odds.odds_snapshots, dynasty_odds.market_odds;
	CREATE TABLE ticks (at timestamptz NOT NULL) PARTITION BY RANGE (at);
	CREATE TABLE ticks_default PARTITION OF ticks DEFAULT;
	INSERT INTO ticks VALUES (now());
	INSERT INTO dynasty_ops.retention_policies (parent_table, control, partition_interval) VALUES ('public.ticks', 'at', '1 day')});

my @busy;
foreach my $n (1 .. 20)
{
	# Mostly reading, some of them idle in a transaction.
	my $session = $node->background_psql('postgres', on_error_stop => 0);
	$session->query_until(qr/begun/, "BEGIN;\n\\echo begun\nSELECT count(*) FROM dynasty.milb_game_logs a, dynasty.milb_game_logs b, dynasty.prospects c;\n") if $n % 2;
	push @busy, $session;
}
my $holder = $node->background_psql('postgres');
my %questions = (
	health_check => 'SELECT dynasty_ops.health_check()',
	health_report => 'SELECT * FROM dynasty_ops.health_report()',
	check_alerts => 'SELECT * FROM dynasty_ops.check_alerts()',
	metrics => 'SELECT dynasty_ops.metrics()');
sub answers
{
	my ($when, $tables, %says) = @_;
	$holder->query_safe("BEGIN; LOCK TABLE $tables IN ACCESS EXCLUSIVE MODE");
	foreach my $question (sort keys %questions)
	{
		my $begun = time;
		my ($code, $out, $err) = $node->psql('postgres', "SET statement_timeout = '20s'; $questions{$question}");
		note(sprintf '%s beside %s: %.0f ms', $question, $when, 1000 * (time - $begun));
		is($code, 0, "$question answers: $when") or diag($err);
		like($out, $says{$question}, "$question says so: $when") if $says{$question};
	}
	$holder->query_safe('COMMIT');
	return;
}
answers('the largest table is locked', 'dynasty.milb_season_stats');
answers('a default partition is locked', 'ticks, ticks_default', health_report => qr/^default_partition_rows\|unknown\|/m, health_check => qr/"partitions": \{"error": "locked"\}/);
answers('the thresholds are locked', 'dynasty_ops.alert_thresholds', health_report => qr/^alert_thresholds\|unknown\|.*cannot be read now/m);
answers('alerts, rules, samples and versions are locked', 'dynasty_ops.alerts, dynasty_ops.retention_policies, dynasty_ops.slow_query_marks, dynasty.schema_versions',
	health_report => qr/^slow_query_threshold\|unknown\|.*locked/m, health_check => qr/"error": "locked"/, metrics => qr/^dynasty_up 1$/m);
# Somebody waits behind a lock, and it is told by whom he is held.
$holder->query_safe('BEGIN; LOCK TABLE ticks IN ACCESS EXCLUSIVE MODE');
my $waiter = $node->background_psql('postgres', on_error_stop => 0);
$waiter->query_until(qr/begun/, "\\echo begun\nSELECT count(*) FROM ticks;\n");
$node->poll_query_until('postgres', 'SELECT count(*) = 1 FROM dynasty_ops.blocking_locks()') or die 'nobody waits';
is($node->safe_psql('postgres', q{SELECT depth, lock_type, relation, root_state, root_query_head LIKE '%LOCK TABLE ticks%' FROM dynasty_ops.blocking_locks()}),
	'1|relation|public.ticks|idle in transaction|t', 'who holds whom, and what');
like($node->safe_psql('postgres', 'SELECT dynasty_ops.metrics()'), qr/^dynasty_blocked_queries 1$/m, 'counted');
$holder->query_safe('COMMIT');
# A prepared transaction holds too, and is no session.
$waiter->quit;
$holder->quit;
$_->{run}->kill_kill foreach @busy;
$node->stop('immediate');
done_testing();
