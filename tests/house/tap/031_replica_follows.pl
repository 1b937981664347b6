# While writers of all kinds work on the primary, every snapshot of a streaming replica is sound: season lines and games are
# never seen apart, and a vector that is behind its games is known to be. In the end both are the same bytes.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(time sleep);
use Dynasty;
use Recovery;

seeded();
my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->append_conf('postgresql.conf', "jit = off\n");
$primary->start;
league($primary, 'postgres', 60);
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->append_conf('postgresql.conf', "hot_standby_feedback = on\nmax_standby_streaming_delay = -1\n");
$standby->start;

my @writers = (
	[ 'rows', 400, q{INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, at_bats, hits)
		SELECT min(id) + TURN % 60, date '2021-04-01' + TURN % 100, 2021, 'AA', 100 + TURN, 5, TURN % 5 FROM dynasty.prospects;} ],
	[ 'statements', 60, q{BEGIN; UPDATE dynasty.milb_game_logs SET hits = (hits + 1) % 3 WHERE prospect_id % 10 = TURN % 10 AND season = 2021;
		DELETE FROM dynasty.milb_game_logs WHERE game_number > 100 AND prospect_id % 7 = TURN % 7; COMMIT;} ],
	[ 'refreshes', 25, q{SELECT dynasty.refresh_stale_features(2021); SELECT dynasty.refresh_season_stats();} ],
	[ 'majors', 60, q{UPDATE dynasty.mlb_stats SET plate_appearances = TURN * 10 % 700 WHERE prospect_id % 5 = TURN % 5;} ],
	[ 'undone', 60, q{BEGIN; DELETE FROM dynasty.milb_game_logs WHERE prospect_id % 9 = TURN % 9; ROLLBACK;} ]);
my @clients;
foreach my $writer (@writers)
{
	my ($name, $turns, $sql) = @$writer;
	# Two transactions may meet in opposite order: then one is refused (40P01), as it may, and goes on with its next turn.
	my $script = "\\set ON_ERROR_STOP off\n" . join '', map { ($sql =~ s/TURN/$_/gr) . "\n" } 1 .. $turns;
	push @clients, [ $name, client($primary, 'postgres', $script) ];
}
my ($looks, @wrong) = (0);
my $begun = time;
while (time - $begun < 12 && grep { $_->[1]->pumpable && eval { $_->[1]->pump_nb; 1 } } @clients)
{
	my $seen = sound($standby, 'postgres');
	push @wrong, $seen if $seen ne '';
	$looks++;
}
foreach my $client (@clients)
{
	my ($name, $handle, $out, $err) = @$client;
	$handle->finish;
	# What else its transaction had to say is refused after it (25P02).
	is(join("\n", grep { /ERROR/ && !/deadlock detected|current transaction is aborted/ } split /\n/, printed($err)), '', "$name: no error but a deadlock");
}
is($wrong[0] // '', '', "$looks looks at the standby while it was written: sound each time");
cmp_ok($looks, '>', 3, 'more than three looks');
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('write'));
is(fingerprint($standby, 'postgres'), fingerprint($primary, 'postgres'), 'every table is the same');
is(sound($standby, 'postgres'), '', 'the standby is sound');
is(sound($primary, 'postgres'), '', 'and the primary');
recomputed($primary, 'postgres', 'the primary');

# The check itself: what was written behind the triggers' back is noticed.
$primary->safe_psql('postgres', q{UPDATE dynasty.milb_season_stats SET total_hits = total_hits + 1
	WHERE (prospect_id, season, level) = (SELECT prospect_id, season, level FROM dynasty.milb_season_stats WHERE total_hits > 0 LIMIT 1)});
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('write'));
like(sound($standby, 'postgres'), qr/season line .* is wrong/, 'a wrong line is noticed on the standby');
$primary->safe_psql('postgres', q{SELECT dynasty.refresh_season_stats(); SELECT dynasty.refresh_stale_features(2021); UPDATE dynasty.ml_features SET feature_values[1] = 99
	WHERE prospect_id = (SELECT min(prospect_id) FROM dynasty.ml_features)});
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('write'));
like(sound($standby, 'postgres'), qr/vector of .* is wrong and not known/, 'and a wrong vector');

$standby->stop;
$primary->stop;
done_testing();
