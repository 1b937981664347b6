# The primary dies in the middle of a batched procedure and the standby is promoted: what had arrived is whole, the same
# procedure called there goes on with the rest, and what is written there is maintained from the first statement.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(time);
use Dynasty;
use Recovery;
use Jobs;

seeded();
my $primary = PostgreSQL::Test::Cluster->new('primary1');
$primary->init(allows_streaming => 1);
$primary->append_conf('postgresql.conf', "jit = off\n");
$primary->start;
league($primary, 'postgres', 250);

my ($job) = grep { $_->{name} eq 'refresh_features_in_batches' } jobs();
my $done = 'SELECT count(*) FROM dynasty.ml_features';
$primary->safe_psql('postgres', $job->{before});
my $begun = time;
$primary->safe_psql('postgres', $job->{sql});
my $lasts = time - $begun;

foreach my $round (1 .. 2)
{
	$primary->backup("base$round");
	my $standby = PostgreSQL::Test::Cluster->new('primary' . ($round + 1));
	$standby->init_from_backup($primary, "base$round", has_streaming => 1);
	$standby->start;
	my ($some, $what);
	foreach my $try (1 .. 10)
	{
		$primary->safe_psql('postgres', $job->{before});
		my ($handle) = client($primary, 'postgres', $job->{sql});
		my $moment = $lasts * (0.3 + rand(0.6));
		my $at_work = kill_at($handle, $moment);
		$what = sprintf 'round %d, killed after %.2f of %.2f s', $round, $moment, $lasts;
		$some = $primary->safe_psql('postgres', $done);
		last if $at_work && $some > 0 && $some < 250;
		$handle->finish;
	}
	kill_server($primary);
	$standby->promote;
	my $arrived = $standby->safe_psql('postgres', $done);
	ok($some > 0 && $arrived < 250 && $arrived >= 0, "$what: $arrived of 250 had arrived");
	is(sound($standby, 'postgres'), '', "$what: sound");
	my ($rc, $out, $err) = $standby->psql('postgres', $job->{sql});
	is($rc, 0, "$what: the same call on the new primary");
	my $left = 250 - $arrived;
	like($err, qr/$left of $left prospects \(100 %\), $left vectors written/, "$what: goes on with the $left that were left");
	is($standby->safe_psql('postgres', $done), '250', "$what: and all are there");
	is(sound($standby, 'postgres'), '', "$what: sound after it");
	$standby->safe_psql('postgres', qq{
		INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, at_bats, hits)
		SELECT p.id, date '2021-05-01', 2021, 'AAA', 70 + $round, 4, 2 FROM dynasty.prospects p;
		DELETE FROM dynasty.milb_game_logs WHERE prospect_id % 5 = 0 AND season = 2020 + $round});
	is(sound($standby, 'postgres'), '', "$what: written there, sound");
	recomputed($standby, 'postgres', $what);
	$primary = $standby;
}

$primary->stop;
done_testing();
