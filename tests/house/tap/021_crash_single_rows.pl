# The server is killed while two sessions write game logs row by row. Every confirmed row is there, and its season line too.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(sleep);
use Dynasty;
use Recovery;

seeded();
my $node = new_node('main');
league($node, 'postgres', 60);
$node->safe_psql('postgres', q{
	CREATE TABLE public.wrote (session integer, turn integer, PRIMARY KEY (session, turn))});

# A session: insert, update and delete one game after another, each its own transaction, together with a row that says so.
sub session
{
	my ($number) = @_;
	my $sql = '';
	foreach my $turn (1 .. 600)
	{
		my $prospect = "(SELECT min(id) + ($turn * 7 + $number) % 60 FROM dynasty.prospects)";
		my $write =
		  $turn % 5 == 0 ? "UPDATE dynasty.milb_game_logs SET hits = ($turn + 1) % 5 WHERE team = 'Session $number' AND game_number = $turn - 1"
		  : $turn % 7 == 0 ? "DELETE FROM dynasty.milb_game_logs WHERE team = 'Session $number' AND game_number = $turn - 2"
		  : "INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, team, game_number, at_bats, hits)
		       VALUES ($prospect, date '2021-05-01' + $turn % 90, 2021, 'AA', 'Session $number', $turn, 5, $turn % 5)";
		$sql .= "BEGIN; $write; INSERT INTO public.wrote VALUES ($number, $turn); COMMIT;\nSELECT $turn;\n";
	}
	return $sql;
}

my ($crashes, $tries) = (0, 0);
while ($crashes < 6 && $tries < 20)
{
	$tries++;
	$node->safe_psql('postgres', q{
		DELETE FROM dynasty.milb_game_logs WHERE team LIKE 'Session %'; TRUNCATE public.wrote});
	my @sessions = map { [ client($node, 'postgres', session($_)) ] } 1 .. 2;
	my $moment = 0.05 + rand(0.9);
	my $at_work = kill_at($sessions[0][0], $moment);
	kill_server($node);
	eval { $_->[0]->finish } foreach @sessions;
	back($node);
	$crashes++ if $at_work;
	my $what = sprintf 'killed after %.3f s', $moment;
	is(sound($node, 'postgres'), '', "$what: sound");
	foreach my $number (1 .. 2)
	{
		my $confirmed = () = printed($sessions[ $number - 1 ][1]) =~ /^\d+$/mg;
		my ($rows, $last) = split /\|/,
		  $node->safe_psql('postgres', "SELECT count(*), coalesce(max(turn), 0) FROM public.wrote WHERE session = $number");
		is($rows, $last, "$what: session $number lost none between");
		ok($last == $confirmed || $last == $confirmed + 1, "$what: session $number, $confirmed confirmed, $last there");
		is( $node->safe_psql('postgres', qq{
				SELECT count(*) FROM public.wrote w WHERE session = $number AND turn % 5 <> 0 AND turn % 7 <> 0
				AND NOT EXISTS (SELECT FROM public.wrote d WHERE d.session = w.session AND d.turn % 7 = 0 AND d.turn % 5 <> 0 AND d.turn = w.turn + 2)
				AND NOT EXISTS (SELECT FROM dynasty.milb_game_logs l WHERE l.team = 'Session $number' AND l.game_number = w.turn)}),
			'0', "$what: session $number, every game that was written is there");
	}
	recomputed($node, 'postgres', $what);
}
is($crashes, 6, "6 crashes while both were at work, in $tries tries");

$node->stop;
done_testing();
