# The server is killed during COPY into milb_game_logs, at random moments. A COPY that was confirmed is there whole, one that
# was not is not there at all, and season lines, features and indexes agree with what is there.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Utils;
use Test::More;
use Dynasty;
use Recovery;

seeded();
my $node = new_node('main');
league($node, 'postgres', 200);
my $dir = PostgreSQL::Test::Utils::tempdir;

# The league's games in eight files, each with games of everybody, so that season lines are made by one and go on in others.
my $columns = $node->safe_psql('postgres', q{SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
	WHERE attrelid = 'dynasty.milb_game_logs'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''});
my @sizes;
foreach my $part (0 .. 7)
{
	$node->safe_psql('postgres', "COPY (SELECT $columns FROM dynasty.milb_game_logs WHERE id % 8 = $part) TO '$dir/$part'");
	push @sizes, $node->safe_psql('postgres', "SELECT count(*) FROM dynasty.milb_game_logs WHERE id % 8 = $part");
}
my $copies = join '', map { "COPY dynasty.milb_game_logs ($columns) FROM '$dir/$_';\nSELECT 'copied';\n" } 0 .. 7;

crash_during($node, 'postgres', name => 'COPY', crashes => 20, before => 'TRUNCATE dynasty.milb_game_logs', sql => $copies,
	check => sub {
		my ($out, $what) = @_;
		my $confirmed = () = $out =~ /copied/g;
		my $rows = $node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_game_logs');
		# What was confirmed, and perhaps the one whose confirmation did not arrive.
		my @possible;
		foreach my $n ($confirmed .. $confirmed + 1)
		{
			next if $n > 8;
			my $sum = 0;
			$sum += $_ foreach @sizes[ 0 .. $n - 1 ];
			push @possible, $sum;
		}
		ok((grep { $_ == $rows } @possible), "$what: $confirmed COPY confirmed, $rows rows");
	});

$node->stop;
done_testing();
