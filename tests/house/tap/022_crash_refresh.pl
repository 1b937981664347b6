# The server is killed during the functions that compute and store: each ends whole or not at all, the batched ones keep
# what they had committed and go on from there.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;
use Recovery;
use Jobs;

seeded();
my $node = new_node('main');
league($node, 'postgres', 250);
trained($node, 'postgres');
foreach my $job (jobs())
{
	crash_during($node, 'postgres', %$job,
		check => sub {
			my ($out, $what) = @_;
			my $state = $node->safe_psql('postgres', $job->{state});
			like($state, $job->{states}, "$what: $state");
		});
	# Once more from whatever the last crash left: it comes to its end.
	$node->safe_psql('postgres', $job->{sql});
	like($node->safe_psql('postgres', $job->{state}), $job->{done}, "$job->{name}: and then it can be done");
	is(sound($node, 'postgres'), '', "$job->{name}: sound");
}

$node->stop;
done_testing();
