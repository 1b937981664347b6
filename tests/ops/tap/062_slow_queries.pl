# The history of slow statements by differences: nothing is counted twice, nothing is reset, and it goes on after somebody else's reset,
# an eviction and a restart.
use strict;
use warnings;
use Test::More;
use Dynasty;

my $node = PostgreSQL::Test::Cluster->new('slow');
$node->init;
$node->append_conf('postgresql.conf', "jit = off\nshared_preload_libraries = 'pg_stat_statements'\npg_stat_statements.max = 100\n");
$node->start;
$node->safe_psql('postgres', 'SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE; CREATE EXTENSION pg_stat_statements SCHEMA public');
$node->safe_psql('postgres', q{CREATE FUNCTION slow(of text) RETURNS void LANGUAGE sql AS 'SELECT pg_sleep(0.2)'});
sub slow { $node->safe_psql('postgres', 'SELECT slow($$x$$) AS "slow one"') foreach 1 .. $_[0]; return; }
sub captured { return $node->safe_psql('postgres', 'SELECT dynasty_ops.capture_slow_queries()'); }
my $latest = q{SELECT s.calls, round(s.mean_ms) BETWEEN 200 AND 5000, s.total_ms >= 200 * s.calls, s.max_ms >= s.mean_ms - 0.001, s.rows, s.since < s.captured_at
	FROM dynasty_ops.slow_query_samples s WHERE s.query LIKE '%slow one%' ORDER BY s.id DESC LIMIT 1};
my $all = q{SELECT coalesce(sum(calls), 0) FROM dynasty_ops.slow_query_samples WHERE query LIKE '%slow one%'};

slow(2);
is($node->safe_psql('postgres', q{SELECT value IS NULL FROM dynasty_ops.measures() WHERE metric = 'slowest_mean'}), 't', 'before the first capture nothing is known');
is(captured(), 0, 'the first only marks');
is($node->safe_psql('postgres', q{SELECT value FROM dynasty_ops.measures() WHERE metric = 'slowest_mean'}), '0', 'and nothing was slow since');
slow(3);
cmp_ok(captured(), '>=', 1, 'the second stores');
is($node->safe_psql('postgres', $latest), '3|t|t|t|3|t', 'what came since, and not what came before');
captured();
is($node->safe_psql('postgres', $all), '3', 'nothing new: nothing is stored');
is($node->safe_psql('postgres', 'SELECT count(*) > 0 FROM pg_stat_statements WHERE query LIKE \'%slow one%\' AND calls = 5'), 't', 'the statistics are not reset');
# Another user's calls are of the same statement.
$node->safe_psql('postgres', 'CREATE ROLE other; GRANT USAGE ON SCHEMA public TO other');
$node->safe_psql('postgres', q{SET ROLE other; SELECT slow($$x$$) AS "slow one"});
slow(1);
captured();
is($node->safe_psql('postgres', $latest), '2|t|t|t|2|t', 'users are summed');
# Somebody else resets.
slow(1);
$node->safe_psql('postgres', 'SELECT pg_stat_statements_reset()');
slow(2);
captured();
is($node->safe_psql('postgres', $latest), '2|t|t|t|2|t', 'after a reset it counts from 0');
# One entry goes and comes back, as by eviction.
$node->safe_psql('postgres', q{SELECT pg_stat_statements_reset(0, 0, s.queryid) FROM (SELECT DISTINCT queryid FROM pg_stat_statements WHERE query LIKE 'SELECT slow%') s});
slow(1);
captured();
is($node->safe_psql('postgres', $latest), '1|t|t|t|1|t', 'after its eviction it counts from 0');
is($node->safe_psql('postgres', $all), '8', 'in all what was called between captures');
# Evicted by many others; its mark is forgotten, and when it comes back nothing is counted twice.
$node->safe_psql('postgres', join(';', map {"SELECT $_ AS c$_, 'evicts'"} 1 .. 300)) foreach 1 .. 2;
captured();
slow(2);
captured();
is($node->safe_psql('postgres', $all), '10', 'evicted by others, and back');
$node->restart;
slow(1);
captured();
is($node->safe_psql('postgres', $all), '11', 'after a restart');
# The alert is of the last interval, so that it ends.
# (By statements of more than a second: on a busy machine any other may take a tenth.)
sub very_slow { return $node->safe_psql('postgres', 'SELECT dynasty_ops.capture_slow_queries(1000)'); }
very_slow();
$node->safe_psql('postgres', 'SELECT pg_sleep(1.5)');
very_slow();
is($node->safe_psql('postgres', q{SELECT firing FROM dynasty_ops.check_alerts() WHERE name = 'slow_query_threshold'}), 't', 'it fires');
very_slow();
is($node->safe_psql('postgres', q{SELECT firing, value FROM dynasty_ops.check_alerts() WHERE name = 'slow_query_threshold'}), 'f|0', 'and ends');
is($node->safe_psql('postgres', q{SELECT count(*), count(cleared_at) FROM dynasty_ops.alerts}), '1|1', 'once');
# A high bar keeps all out; the marks move on.
slow(1);
is($node->safe_psql('postgres', 'SELECT dynasty_ops.capture_slow_queries(100000)'), '0', 'a higher bar');
captured();
is($node->safe_psql('postgres', $all), '11', 'what was below it is not told later');
# Now: shares add up to 100, the largest first, the statement's own figures.
is($node->safe_psql('postgres', 'SELECT sum(pct_of_total) FROM dynasty_ops.slow_queries(100000)'), '100.00', 'shares add up');
is($node->safe_psql('postgres', q{SELECT bool_and(q.mean_ms = q.total_ms / q.calls AND (q.total_ms <= before OR before IS NULL))
	FROM (SELECT *, lag(total_ms) OVER (ORDER BY total_ms DESC, queryid) AS before FROM dynasty_ops.slow_queries(100000)) q}), 't', 'in order');
is($node->safe_psql('postgres', q{SELECT count(*) FROM dynasty_ops.slow_queries(1)}), '1', 'as many as asked for');
is($node->safe_psql('postgres', q{SELECT count(*) FROM dynasty_ops.slow_queries(100000, 100) WHERE mean_ms < 100}), '0', 'none below the bar');
like($node->safe_psql('postgres', 'SELECT dynasty_ops.metrics()'), qr/^dynasty_statements_calls_total \d+$/m, 'and the metrics have totals');
unlike($node->safe_psql('postgres', 'SELECT dynasty_ops.metrics()'), qr/slow one/, 'but no text');
# Two captures at once: one after the other, each difference once.
slow(2);
my @at_once = map {$node->background_psql('postgres')} 1 .. 4;
$_->{run}->pump_nb foreach @at_once;
$_->query_until(qr/sent/, "\\echo sent\nSELECT dynasty_ops.capture_slow_queries();\n") foreach @at_once;
$_->quit foreach @at_once;
is($node->safe_psql('postgres', $all), '13', 'captures at once');
$node->stop;
done_testing();
