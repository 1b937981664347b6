# The tables belong to the database: DROP EXTENSION is refused while triggers need it, CASCADE takes functions and
# triggers but no row, and CREATE EXTENSION again takes the tables as they are and brings the season statistics up to date.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;

my $node = new_node('main');
$node->safe_psql('postgres', 'CREATE EXTENSION dynasty CASCADE');
fill($node, 'postgres');
my $before = fingerprint($node, 'postgres');

my ($rc, $out, $err) = $node->psql('postgres', '\set VERBOSITY verbose
DROP EXTENSION dynasty');
isnt($rc, 0, 'DROP EXTENSION is refused');
like($err, qr/2BP01/, 'because others depend on it');
is(fingerprint($node, 'postgres'), $before, 'and nothing changed');

$node->safe_psql('postgres', 'DROP EXTENSION dynasty CASCADE');
is(fingerprint($node, 'postgres'), $before, 'DROP EXTENSION CASCADE takes no row');
is( $node->safe_psql('postgres', q{SELECT count(*) FROM pg_trigger
	WHERE tgrelid = 'dynasty.milb_game_logs'::regclass AND NOT tgisinternal}),
	'0', 'but the triggers');

# Games come and go while nobody looks.
$node->safe_psql('postgres', q{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats)
	VALUES (1, '2023-05-05', 2023, 'AAA', 3, 4);
	DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 2 AND season = 2021;
	UPDATE dynasty.milb_game_logs SET hits = 4 WHERE prospect_id = 3 AND season = 2022;
});
my $logs = $node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_game_logs');

$node->safe_psql('postgres', 'CREATE EXTENSION dynasty');
is($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_game_logs'), $logs, 'CREATE EXTENSION again keeps the rows');
is($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.season_stats_diff()'), '0', 'season statistics are current');
is($node->safe_psql('postgres', q{SELECT avg FROM dynasty.milb_season_stats WHERE prospect_id = 1 AND season = 2023}),
	'0.750', 'with the game that came meanwhile');
is($node->safe_psql('postgres', q{SELECT count(*) FROM dynasty.milb_season_stats WHERE prospect_id = 2 AND season = 2021}),
	'0', 'and without the season that went');

$node->safe_psql('postgres', q{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats)
	VALUES (1, '2023-05-06', 2023, 'AAA', 0, 4)});
is($node->safe_psql('postgres', q{SELECT avg FROM dynasty.milb_season_stats WHERE prospect_id = 1 AND season = 2023}),
	'0.375', 'triggers are attached again');

# The schema may even be older than the extension: dropped and made again, twice.
$node->safe_psql('postgres', 'DROP EXTENSION dynasty CASCADE; CREATE EXTENSION dynasty;') for 1 .. 2;
is($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.season_stats_diff()'), '0', 'and again and again');
is($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_game_logs'), $logs + 1, 'with every row');

$node->stop;
done_testing();
