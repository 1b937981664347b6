# One backend is killed with SIGKILL, as the kernel does when memory is short: the server restarts by itself, other sessions
# lose their connection and nothing else. Long work, each piece of lib/Jobs.pm once.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(sleep time);
use Dynasty;
use Recovery;
use Jobs;

seeded();
my $node = new_node('main');
$node->append_conf('postgresql.conf', "restart_after_crash = on\n");
$node->restart;
league($node, 'postgres', 200);
trained($node, 'postgres');

foreach my $job (jobs())
{
	$node->safe_psql('postgres', $job->{before});
	my $begun = time;
	$node->safe_psql('postgres', $job->{sql});
	my $lasts = time - $begun;
	my $hit = 0;
	foreach my $try (1 .. 40)
	{
		$node->safe_psql('postgres', $job->{before});
		my ($handle, $out, $err) = client($node, 'postgres', "SELECT pg_backend_pid();\n$job->{sql};\n");
		sleep 0.001 until printed($out) =~ /^(\d+)\n/;
		my $pid = $1;
		kill_at($handle, rand($lasts * 0.8));
		kill 'KILL', $pid if $handle->pumpable;
		$handle->finish;
		# Killed between its work and its end, the client knows nothing of it, and the server restarts all the same. It has
		# begun to when the process is gone: until then it might still take a connection.
		sleep 0.001 while kill 0, $pid;
		restarted($node);
		$hit = printed($err) =~ /terminat|closed the connection|lost/;
		last if $hit;
		$lasts *= 0.8; # the first run may have been the slow one
	}
	ok($hit, "$job->{name}: its backend was killed at work");
	like($node->safe_psql('postgres', $job->{state}), $job->{states}, "$job->{name}: whole or as far as it had committed");
	is(Recovery::whole($node, 'postgres'), '', "$job->{name}: heaps and indexes are whole");
	$node->safe_psql('postgres', $job->{sql});
	like($node->safe_psql('postgres', $job->{state}), $job->{done}, "$job->{name}: again, to its end");
	is(sound($node, 'postgres'), '', "$job->{name}: sound");
}

$node->stop;
done_testing();
