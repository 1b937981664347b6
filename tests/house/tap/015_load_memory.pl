# What a load takes of memory, and that it gives it back: the session's private memory is looked at while loads of 16 MB run. A
# load takes at most eight times its payload, and what is left after it is small.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;
use Time::HiRes qw(sleep);
use Dynasty;
use Recovery;

plan skip_all => 'needs /proc' unless -r "/proc/$$/status";

my $node = new_node('main');
$node->safe_psql('postgres', 'CREATE EXTENSION dynasty CASCADE');

# Payloads whose elements are as small as they can be take the most; and those of an ordinary size.
my %payloads = (
	people => q{jsonb_build_object('people', (SELECT jsonb_agg(jsonb_build_object('id', 9000000 + g, 'fullName', 'x' || g,
		'primaryPosition', '{"abbreviation": "SS"}'::jsonb)) FROM generate_series(1, 200000) g))},
	scouting => q{(SELECT jsonb_agg(jsonb_build_object('PlayerId', 'sa' || g, 'Name', 'y' || g, 'FV', 40, 'Hit', '40 / 50', 'Spd', '50 / 50',
		'Position', 'SS', 'ETA', 2026, 'Risk', 'High', 'scouting_report', repeat('Has a plan. ', 5))) FROM generate_series(1, 80000) g)},
	game_logs => q{jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits',
		(SELECT jsonb_agg(jsonb_build_object('season', 2024, 'date', date '2024-04-01' + g % 150, 'sport', '{"id": 12}'::jsonb,
			'team', '{"id": 5, "name": "Tulsa"}'::jsonb, 'game', jsonb_build_object('gamePk', 500000 + g, 'gameNumber', 1),
			'player', jsonb_build_object('id', 700000 + g / 150, 'fullName', 'P ' || g / 150),
			'stat', '{"plateAppearances": 5, "atBats": 4, "hits": 1, "runs": 0, "doubles": 0, "triples": 0, "homeRuns": 0, "rbi": 0,
				"baseOnBalls": 1, "strikeOuts": 1, "stolenBases": 0, "caughtStealing": 0, "hitByPitch": 0}'::jsonb))
		FROM generate_series(1, 35000) g))))},
	mlb_stats => q{(SELECT jsonb_agg(jsonb_build_object('mlb_id', 600000 + g, 'season', 2020, 'war', 1.5, 'plate_appearances', 500, 'home_runs', 20,
		'walks', 30, 'strikeouts', 100)) FROM generate_series(1, 60000) g)},
	# Nothing in it is anything: a reject for every five bytes.
	rejects => q{jsonb_build_object('people', (SELECT jsonb_agg(g % 1000) FROM generate_series(1, 3000000) g))},
);
my %functions = (rejects => 'people');
$node->safe_psql('postgres', 'CREATE TABLE payloads (kind text, payload jsonb)');
$node->safe_psql('postgres', "INSERT INTO payloads SELECT '$_', $payloads{$_}") foreach sort keys %payloads;

sub anonymous_mb
{
	my ($pid) = @_;
	return eval { slurp_file("/proc/$pid/status") =~ /RssAnon:\s+(\d+) kB/ ? $1 / 1024 : 0 } // 0;
}

foreach my $kind (sort keys %payloads)
{
	my $mb = $node->safe_psql('postgres', "SELECT octet_length(payload::text) / 1048576.0 FROM payloads WHERE kind = '$kind'");
	my $function = 'ingest_' . ($functions{$kind} // $kind);
	# What the first call of a session takes stays, and is not the payload's.
	my ($handle, $out, $err) = client($node, 'postgres', qq{
		SET client_min_messages = warning;
		SELECT 'pid ' || pg_backend_pid();
		SELECT count(*) FROM dynasty.ingest_people('{"people": [{"id": 1, "fullName": "A", "primaryPosition": {"abbreviation": "SS"}}]}');
		SELECT 'warm'; SELECT pg_sleep(0.5);
		BEGIN; SELECT count(*) FROM payloads, dynasty.$function(payload) WHERE kind = '$kind'; ROLLBACK;
		SELECT 'done'; SELECT pg_sleep(2)});
	my ($before, $peak, $after) = (0, 0);
	while (kill_at($handle, 0.01))
	{
		my $said = printed($out);
		my ($pid) = $said =~ /^pid (\d+)$/m or next;
		my $now = anonymous_mb($pid);
		if ($said =~ /^done$/m) { $after //= $now; last }
		elsif ($said =~ /^warm$/m) { $before ||= $now; $peak = $now if $now > $peak }
	}
	$handle->finish;
	is(printed($err), '', "$kind: loaded");
	ok($before > 0 && defined $after, "$kind: seen before, at work and after");
	my $took = $peak - $before;
	cmp_ok($took, '<=', 8 * $mb, sprintf('%s: %.1f MB take at most 8 times as much (%.1f MB, %.1f times)', $kind, $mb, $took, $took / $mb));
	cmp_ok(($after // 1e9) - $before, '<=', 1.5 * $mb, sprintf('%s: and give it back (%.1f MB are left)', $kind, ($after // 1e9) - $before));
}

$node->stop;
done_testing();
