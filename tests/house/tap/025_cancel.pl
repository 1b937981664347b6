# Work that is cancelled at random moments, by pg_cancel_backend(), statement_timeout and pg_terminate_backend(): the error is
# the one Postgres has for it, nothing is left half done, and the same session goes on.
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
league($node, 'postgres', 200);
trained($node, 'postgres');

foreach my $job (jobs())
{
	$node->safe_psql('postgres', $job->{before});
	my $begun = time;
	$node->safe_psql('postgres', $job->{sql});
	my $lasts = time - $begun;

	# A few of each, and on until each has met it at work: the machine may be busy, and the run above the slow one.
	my ($timeouts, $cancels, $ends) = (0, 0, 0);
	my @errors;
	my $span = $lasts;
	foreach my $try (1 .. 60)
	{
		last if $try > 6 && $timeouts;
		$node->safe_psql('postgres', $job->{before});
		my $ms = 1 + int(rand(900 * $span));
		# The session goes on after the error: what it does then must work.
		my ($rc, $out, $err) = $node->psql('postgres',
			"\\set VERBOSITY verbose\nSET client_min_messages = error; SET statement_timeout = $ms;\n$job->{sql};\nRESET statement_timeout;\n"
			. 'SELECT count(*) FROM dynasty.season_stats_diff(); SELECT count(*) FROM dynasty.stale_features(2021);',
			on_error_stop => 0);
		$timeouts++ if $err =~ /57014/;
		$span *= 0.9 unless $timeouts;
		push @errors, $err if $err ne '' && $err !~ /57014: canceling statement due to statement timeout/;
		push @errors, "after the error: $out" if $out !~ /^\d+\n\d+$/m;
	}
	foreach my $how ('pg_cancel_backend', 'pg_terminate_backend')
	{
		$span = $lasts;
		foreach my $try (1 .. 60)
		{
			my $met = $how eq 'pg_cancel_backend' ? $cancels : $ends;
			last if $try > 3 && $met;
			$span *= 0.9 unless $met;
			$node->safe_psql('postgres', $job->{before});
			# It waits in the server for the work to begin: a client that starts when the moment has come is too late for what is short.
			my $moment = rand($span);
			my ($canceller) = client($node, 'postgres', qq{DO \$\$ BEGIN
				FOR i IN 1 .. 2000 LOOP
					PERFORM pg_stat_clear_snapshot();
					IF EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'victim' AND state = 'active') THEN
						PERFORM pg_sleep($moment);
						PERFORM pg_stat_clear_snapshot();
						PERFORM $how(pid) FROM pg_stat_activity WHERE application_name = 'victim' AND state = 'active';
						EXIT;
					END IF;
					PERFORM pg_sleep(0.0005);
				END LOOP;
			END \$\$});
			my ($handle, $out, $err) = client($node, 'postgres', "\\set VERBOSITY verbose\nSET application_name = 'victim'; SET client_min_messages = error;\n$job->{sql};\n");
			$handle->finish;
			$canceller->finish;
			my $said = printed($err);
			$cancels++ if $said =~ /57014: canceling statement due to user request/;
			$ends++ if $said =~ /57P01: terminating connection/;
			push @errors, $said if $said ne '' && $said !~ /57014: canceling statement due to user request|57P01: terminating connection/;
		}
	}
	is(join("\n", @errors), '', "$job->{name}: no other error");
	ok($timeouts && $cancels && $ends, "$job->{name}: $timeouts timeouts, $cancels cancels, $ends terminations met it at work");
	like($node->safe_psql('postgres', $job->{state}), $job->{states}, "$job->{name}: whole or as far as it had committed");
	$node->safe_psql('postgres', $job->{sql});
	like($node->safe_psql('postgres', $job->{state}), $job->{done}, "$job->{name}: again, to its end");
	is(sound($node, 'postgres'), '', "$job->{name}: sound");
}

$node->stop;
done_testing();
