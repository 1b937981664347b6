# Game logs written in prepared transactions, which outlive a crash: nothing of them shows until COMMIT PREPARED, then the
# games and their season lines together; ROLLBACK PREPARED leaves no trace. Who waits for a prepared season line gets it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;
use Recovery;

my $node = new_node('main');
$node->append_conf('postgresql.conf', "max_prepared_transactions = 5\n");
$node->restart;
league($node, 'postgres', 60);
my $line = q{SELECT games_played, total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 1 AND season = 2024 AND level = 'AAA'};
sub games
{
	my ($from, $to) = @_;
	return qq{INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, at_bats, hits)
		SELECT 1, date '2024-05-01' + g, 2024, 'AAA', g, 4, 2 FROM generate_series($from, $to) g};
}

$node->safe_psql('postgres', games(1, 10));
my $before = $node->safe_psql('postgres', $line);
is($before, '10|20', 'ten games');
my $fingerprint = fingerprint($node, 'postgres');

$node->safe_psql('postgres', 'BEGIN; ' . games(11, 15) . q{; DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 1 AND game_number = 1 AND season = 2024;
	PREPARE TRANSACTION 'games'});
$node->safe_psql('postgres', q{BEGIN; DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 2; UPDATE dynasty.mlb_stats SET plate_appearances = 700;
	PREPARE TRANSACTION 'undone'});
is($node->safe_psql('postgres', $line), $before, 'prepared: nothing to be seen');
is(sound($node, 'postgres'), '', 'prepared: sound');

kill_server($node);
back($node);
is($node->safe_psql('postgres', 'SELECT count(*) FROM pg_prepared_xacts'), '2', 'both outlive a crash');
is($node->safe_psql('postgres', $line), $before, 'after the crash: nothing to be seen');
is(fingerprint($node, 'postgres'), $fingerprint, 'after the crash: every table as it was');

like(verbose($node, 'postgres', 'SET lock_timeout = 300; ' . games(16, 16)), qr/55P03/, 'another writer of the line waits');
is($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.stale_features(2021)'), '0', 'readers do not wait');

my ($waiter, $out, $err) = client($node, 'postgres', games(16, 16) . ';');
$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'});
$node->safe_psql('postgres', q{COMMIT PREPARED 'games'});
ok($waiter->finish, 'a writer that had waited goes on') or diag(printed($err));
is($node->safe_psql('postgres', $line), '15|30', 'and the line has the games of both');
$node->safe_psql('postgres', q{ROLLBACK PREPARED 'undone'});
is(sound($node, 'postgres'), '', 'sound');
recomputed($node, 'postgres', 'in the end');

$node->stop;
done_testing();
