# The server is killed while versions go down and up, by ALTER EXTENSION ... UPDATE and by migrate(), at random moments: each
# step is there whole or not at all, extension and tables agree, no value of the column that comes and goes is lost, and the
# way can be gone to its end afterwards.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;
use Recovery;

seeded();
my $node = new_node('main');
league($node, 'postgres', 60);
# Enough grades with scouts that saving and putting them back takes a while.
$node->safe_psql('postgres', q{
	INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value, scout)
	SELECT p.id, 'mlb', 1950 + y, make_date(1950 + y, 2, 1), 40 + 5 * (p.id % 5), 'Scout ' || p.id * y FROM dynasty.prospects p, generate_series(1, 50) y});

# Where an update may stand, by what is installed and what the tables are: the catalog there, and every row.
my @ways = (
	[ '1.1|1.1', q{ALTER EXTENSION dynasty UPDATE TO '1.0';} ],
	[ '1.0|1.0', q{ALTER EXTENSION dynasty UPDATE TO '1.1';} ],
	[ '1.1|1.1', q{SELECT dynasty.migrate('1.0');} ],
	[ '1.1|1.0', q{SELECT dynasty.migrate();} ]);
my $where = 'SELECT installed, tables_version FROM dynasty.migration_status()';
# Every scout, in the column or kept, by the grade that he gave.
my $scouts = q{
	SELECT count(*), md5(string_agg(key || ' ' || scout, ',' ORDER BY key)) FROM (
		SELECT format('%s %s %s', prospect_id, source, ranking_year) AS key, to_jsonb(g) ->> 'scout' AS scout FROM dynasty.scouting_grades g
		UNION ALL
		SELECT format('%s %s %s', row_key::jsonb ->> 0, row_key::jsonb ->> 1, row_key::jsonb ->> 2), data ->> 'scout' FROM dynasty.migration_saves) s
	WHERE scout IS NOT NULL};
# Not the vectors: a rewritten grade makes them stale, and each round refreshes them.
sub others { return join "\n", grep { !/schema_versions|migration_saves|scouting_grades|norm_stamps|ml_features/ } split /\n/, fingerprint($node, 'postgres') }
my %catalog;
foreach my $i (0 .. $#ways)
{
	my ($from, $sql) = @{ $ways[$i] };
	is($node->safe_psql('postgres', $where), $from, "at $from");
	$catalog{$from} = catalog($node, 'postgres');
	$node->safe_psql('postgres', $sql);
}
my ($rows, $values) = (others(), $node->safe_psql('postgres', $scouts));
like($values, qr/^3000\|/, '3000 scouts');

# The ways five times around; each says where it has come.
my $around = join '', map { "$_->[1]\nSELECT 'at';\n" } (@ways) x 5;
crash_during($node, 'postgres', name => 'versions', crashes => 20,
	before => q{ALTER EXTENSION dynasty UPDATE TO '1.1'; SELECT dynasty.migrate()},
	sql => $around,
	check => sub {
		my ($out, $what) = @_;
		my $confirmed = () = $out =~ /^at$/mg;
		my $at = $node->safe_psql('postgres', $where);
		my @possible = map { $ways[ $_ % 4 ][0] } $confirmed, $confirmed + 1;
		ok((grep { $_ eq $at } @possible), "$what: $confirmed steps confirmed, at $at");
		same_lines(catalog($node, 'postgres'), $catalog{$at} // '', "$what: every object of $at");
		is($node->safe_psql('postgres', $scouts), $values, "$what: every value");
	});
is(others(), $rows, 'after all of them: every row of every other table as before');
$node->safe_psql('postgres', q{ALTER EXTENSION dynasty UPDATE; SELECT dynasty.migrate()});
is($node->safe_psql('postgres', 'SELECT ok FROM dynasty.migration_status()'), 't', 'and it comes to its end');
is($node->safe_psql('postgres', q{SELECT count(*) FROM dynasty.migration_saves}), '0', 'with nothing left behind');
is($node->safe_psql('postgres', $scouts), $values, 'and every value');

$node->stop;
done_testing();
