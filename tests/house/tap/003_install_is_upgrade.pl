# However a database came to a version, it is the same: an install of 1.1 is an install of 1.0 upgraded, a downgraded 1.1 is
# an install of 1.0, and going up and down leaves no trace. By the catalogs, and by what pg_dump makes of them.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;

my $node = new_node('main');

# Every version that can be installed, and every way from one to another.
$node->safe_psql('postgres', 'CREATE EXTENSION dynasty CASCADE');
my $versions = q{SELECT name || '|' || version FROM pg_available_extension_versions WHERE name = 'dynasty' ORDER BY string_to_array(version, '.')::int[]};
my @versions = map { s/dynasty\|//r } split /\n/, $node->safe_psql('postgres', $versions);
is("@versions", '1.0 1.1', 'the versions');

my (%catalog, %dump);
foreach my $version (@versions)
{
	my $db = "fresh_$version";
	$node->safe_psql('postgres', qq{CREATE DATABASE "$db"});
	$node->safe_psql($db, qq{CREATE EXTENSION dynasty VERSION '$version' CASCADE});
	is( $node->safe_psql($db, q{SELECT direction, version, from_version FROM dynasty.schema_versions}),
		"install|$version|", "$version: from its own install script, in one go");
	is($node->safe_psql($db, q{SELECT installed, tables_version FROM dynasty.migration_status()}), "$version|$version", "$version: knows what it is");
	($catalog{$version}, $dump{$version}) = (catalog($node, $db), schema_dump($node, $db));
	cmp_ok(scalar(split /\n/, $catalog{$version}), '>', 500, "$version: a catalog to compare");
	like($dump{$version}, qr/CREATE TABLE dynasty\.prospects.*CREATE TRIGGER/s, "$version: a dump to compare");
	unlike($catalog{$version}, qr/^member (table|view|sequence|schema)/m, "$version: tables, sequences, views and the schema belong to the database");
}
isnt($catalog{'1.0'}, $catalog{'1.1'}, 'the versions differ');

foreach my $from (@versions)
{
	foreach my $to (@versions)
	{
		same_after([ $from, $to ]) if $from ne $to;
	}
}
same_after([ '1.0', '1.1', '1.0', '1.1' ]);
same_after([ '1.1', '1.0', '1.1', '1.0' ]);

# In one transaction, too.
$node->safe_psql('postgres', 'CREATE DATABASE at_once');
$node->safe_psql('at_once', q{
	BEGIN;
	CREATE EXTENSION pg_trgm; CREATE EXTENSION pgcrypto;
	CREATE EXTENSION dynasty VERSION '1.0';
	ALTER EXTENSION dynasty UPDATE;
	ALTER EXTENSION dynasty UPDATE TO '1.0';
	ALTER EXTENSION dynasty UPDATE TO '1.1';
	COMMIT});
same_lines(catalog($node, 'at_once'), $catalog{'1.1'}, 'up, down and up in one transaction');
is( $node->safe_psql('at_once', q{SELECT string_agg(direction || ' ' || version, ', ' ORDER BY applied_at) FROM dynasty.schema_versions}),
	'install 1.0, upgrade 1.1, downgrade 1.0, upgrade 1.1', 'and the history of it');

# A database without tables has none after an upgrade, and the right ones when they are asked for.
$node->safe_psql('postgres', 'CREATE DATABASE bare');
$node->safe_psql('bare', q{
	SET dynasty.create_tables = off;
	CREATE EXTENSION dynasty VERSION '1.0' CASCADE;
	ALTER EXTENSION dynasty UPDATE});
is($node->safe_psql('bare', q{SELECT count(*) FROM pg_class WHERE relnamespace = 'dynasty'::regnamespace AND relkind IN ('r', 'v', 'S')}), '0', 'no tables: none to upgrade');
is($node->safe_psql('bare', q{SELECT tables_version IS NULL, pending FROM dynasty.migration_status()}), 't|{"CALL dynasty.install()"}', 'what to do');
$node->safe_psql('bare', 'CALL dynasty.install()');
same_lines(catalog($node, 'bare'), $catalog{'1.1'}, 'dynasty.install() makes those of the version');
is($node->safe_psql('bare', q{SELECT ok FROM dynasty.migration_status()}), 't', 'nothing is pending');

# The functions go, the tables stay, and 1.0 comes over the tables of 1.1: it works, says so, and the way up is open.
$node->safe_psql('at_once', q{DROP EXTENSION dynasty CASCADE; CREATE EXTENSION dynasty VERSION '1.0'});
is($node->safe_psql('at_once', q{SELECT tables_version, pending FROM dynasty.migration_status()}), '1.1|{"ALTER EXTENSION dynasty UPDATE"}', 'tables newer than the functions');
my ($rc, $out, $err) = $node->psql('at_once', "\\set VERBOSITY verbose\nSELECT dynasty.migrate()");
like($err, qr/55000: the tables are of version 1\.1, newer than the extension's 1\.0.*HINT:  ALTER EXTENSION dynasty UPDATE;/s, 'migrate() sends there');
$node->safe_psql('at_once', 'ALTER EXTENSION dynasty UPDATE');
same_lines(catalog($node, 'at_once'), $catalog{'1.1'}, 'and all is as installed');
# The other way round: the tables wait for migrate().
$node->safe_psql('at_once', q{ALTER EXTENSION dynasty UPDATE TO '1.0'; DROP EXTENSION dynasty CASCADE; CREATE EXTENSION dynasty});
is($node->safe_psql('at_once', q{SELECT tables_version, pending FROM dynasty.migration_status()}), '1.0|{"SELECT dynasty.migrate()"}', 'never a silent migration');
$node->safe_psql('at_once', 'SELECT dynasty.migrate()');
same_lines(catalog($node, 'at_once'), $catalog{'1.1'}, 'until it is asked for');

sub same_after
{
	my ($route) = @_;
	my ($db, $last) = ('by_' . join('_', @$route), $route->[-1]);
	my ($first, @rest) = @$route;
	$node->safe_psql('postgres', qq{CREATE DATABASE "$db"});
	$node->safe_psql($db, qq{CREATE EXTENSION dynasty VERSION '$first' CASCADE});
	$node->safe_psql($db, qq{ALTER EXTENSION dynasty UPDATE TO '$_'}) foreach @rest;
	same_lines(catalog($node, $db), $catalog{$last}, join(' to ', @$route) . ': every object as installed');
	same_lines(schema_dump($node, $db), $dump{$last}, join(' to ', @$route) . ': the same dump');
	is($node->safe_psql($db, 'SELECT installed, tables_version FROM dynasty.migration_status()'), "$last|$last", join(' to ', @$route) . ': its status');
	return;
}

$node->stop;
done_testing();
