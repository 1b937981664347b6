# A dump of version 1.0 restored where 1.1 is installed: it is noticed, explained and migrated when asked, and then as upgraded.
# And the other way: tables taken to 1.0 for an older installation.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Utils;
use Test::More;
use Dynasty;

my $node = new_node('main');
my @server = ('--host', $node->host, '--port', $node->port);
my $dir = PostgreSQL::Test::Utils::tempdir;
$node->safe_psql('postgres', 'CREATE DATABASE source');
$node->safe_psql('source', q{CREATE EXTENSION dynasty VERSION '1.0' CASCADE});
fill($node, 'source');
# Values that a downgrade has saved travel with the dump.
$node->safe_psql('source', q{ALTER EXTENSION dynasty UPDATE; UPDATE dynasty.scouting_grades SET scout = 'Scout ' || id WHERE id <= 3; ALTER EXTENSION dynasty UPDATE TO '1.0'});
my $original = fingerprint($node, 'source');
command_ok([ 'pg_dump', '-Fc', @server, '-f', "$dir/older", 'source' ], 'dump of 1.0');

$node->safe_psql('postgres', 'CREATE DATABASE restored');
command_ok([ 'pg_restore', '--exit-on-error', @server, '-d', 'restored', "$dir/older" ], 'restored under 1.1');
is(fingerprint($node, 'restored'), $original, 'with every row');
is($node->safe_psql('restored', 'SELECT * FROM dynasty.migration_status()'), '1.1|1.0|1.1|{"SELECT dynasty.migrate()"}|{1.0}|f', 'migration_status() notices');
my ($rc, $out, $err) = $node->psql('restored', "\\set VERBOSITY verbose\nSELECT * FROM dynasty.scout_record()");
like($err, qr/55000: .*tables are older than version 1\.1.*HINT:  SELECT dynasty\.migrate\(\);/s, 'a function that needs the newer tables explains');
$node->safe_psql('restored', 'CREATE ROLE reader');
$node->safe_psql('restored', 'GRANT USAGE ON SCHEMA dynasty TO reader');
($rc, $out, $err) = $node->psql('restored', "\\set VERBOSITY verbose\nSET ROLE reader; SELECT * FROM dynasty.scout_record()");
like($err, qr/55000/, 'also to one who may read nothing');
($rc, $out, $err) = $node->psql('restored', "\\set VERBOSITY verbose\nSET ROLE reader; SELECT dynasty.migrate()");
like($err, qr/42501/, 'who may not migrate');
is(maintained($node, 'restored'), '0', 'all other functions work');
$node->safe_psql('restored', q{INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, '2023-05-05', 2023, 'AAA', 3, 4)});
is(maintained($node, 'restored'), '0', 'and triggers');
$node->psql('restored', 'CALL dynasty.install()', stderr => \$err);
like($err, qr/tables are of version 1\.0, the functions of 1\.1: see dynasty\.migration_status/, 'dynasty.install() says so and changes nothing');
is($node->safe_psql('restored', 'SELECT tables_version FROM dynasty.migration_status()'), '1.0', 'nothing at all');

is($node->safe_psql('restored', 'SELECT dynasty.migrate()'), '1.1', 'migrate()');
is($node->safe_psql('restored', 'SELECT dynasty.migrate()'), '1.1', 'twice is the same');
is($node->safe_psql('restored', 'SELECT ok FROM dynasty.migration_status()'), 't', 'nothing is pending');
is($node->safe_psql('restored', q{SELECT string_agg(direction || ' ' || coalesce(notes, ''), ', ' ORDER BY applied_at) FROM dynasty.schema_versions WHERE version = '1.1'}),
	'upgrade , upgrade dynasty.migrate()', 'the history tells which way it came');
is($node->safe_psql('restored', q{SELECT count(*) FROM dynasty.scouting_grades WHERE scout = 'Scout ' || id}), '3', 'the values are back');
is($node->safe_psql('restored', 'SELECT count(*) FROM dynasty.scout_record()'), '3', 'and the function answers');
$node->safe_psql('postgres', 'CREATE DATABASE fresh');
$node->safe_psql('fresh', 'CREATE EXTENSION dynasty CASCADE');
$node->safe_psql('restored', 'REVOKE USAGE ON SCHEMA dynasty FROM reader; DROP ROLE reader');
# Constraints are written in another way after pg_dump has read them once; the names tell.
my ($migrated, $fresh) = map { join "\n", map { s/: .*//r } grep { !/^trigger .* labels_/ } split /\n/, catalog($node, $_) } 'restored', 'fresh';
same_lines($migrated, $fresh, 'every object of a fresh install is there, and no other');

# For an older installation: down, dump, and into a database where 1.0 is.
is($node->safe_psql('restored', q{SELECT dynasty.migrate('1.0')}), '1.0', 'down by migrate()');
is($node->safe_psql('restored', 'SELECT installed, tables_version FROM dynasty.migration_status()'), '1.1|1.0', 'the functions stay');
my $down = fingerprint($node, 'restored');
command_ok([ 'pg_dump', @server, '-f', "$dir/for_1_0.sql", 'restored' ], 'dump for 1.0');
foreach my $db ('older', 'newer')
{
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql($db, q{SET dynasty.create_tables = off; CREATE EXTENSION dynasty VERSION '1.0' CASCADE; DROP SCHEMA IF EXISTS nothing});
}
# The extension and its schema are there: the dump's own CREATE SCHEMA is the only thing that is refused.
$node->command_checks_all([ 'psql', '-X', '-q', @server, '-d', 'older', '-f', "$dir/for_1_0.sql" ], 0, [qr/^/], [qr/schema "dynasty" already exists/], 'restored where 1.0 is');
is(fingerprint($node, 'older'), $down, 'with every row');
is($node->safe_psql('older', 'SELECT installed, tables_version FROM dynasty.migration_status()'), '1.0|1.0', 'at home there');
is(maintained($node, 'older'), '0', 'and everything works');

# A dump of 1.1 where 1.0 is: also noticed.
$node->safe_psql('restored', 'SELECT dynasty.migrate()');
command_ok([ 'pg_dump', @server, '-f', "$dir/newer.sql", 'restored' ], 'dump of 1.1');
$node->command_checks_all([ 'psql', '-X', '-q', @server, '-d', 'newer', '-f', "$dir/newer.sql" ], 0, [qr/^/], [qr/schema "dynasty" already exists/], 'restored where 1.0 is');
is($node->safe_psql('newer', 'SELECT pending FROM dynasty.migration_status()'), '{"ALTER EXTENSION dynasty UPDATE"}', 'it says what to do');
$node->safe_psql('newer', 'ALTER EXTENSION dynasty UPDATE');
is(fingerprint($node, 'newer'), fingerprint($node, 'restored'), 'which changes no row');
is($node->safe_psql('newer', 'SELECT ok FROM dynasty.migration_status()'), 't', 'and is all there is to do');

# No tables, or tables nobody knows the version of.
$node->safe_psql('postgres', 'CREATE DATABASE bare');
$node->safe_psql('bare', 'SET dynasty.create_tables = off; CREATE EXTENSION dynasty CASCADE');
($rc, $out, $err) = $node->psql('bare', "\\set VERBOSITY verbose\nSELECT dynasty.migrate()");
like($err, qr/55000: .*HINT:  CALL dynasty\.install\(\);/s, 'migrate() without tables');
($rc, $out, $err) = $node->psql('restored', "\\set VERBOSITY verbose\nSELECT dynasty.migrate('2.0')");
like($err, qr/22023: target "2\.0" .*HINT:  Available: 1\.0, 1\.1\./s, 'a version that does not exist');
# Without the record: taken for the oldest, and the step finds that nothing is to be done.
$node->safe_psql('fresh', 'DROP TABLE dynasty.schema_versions; CALL dynasty.install()');
is($node->safe_psql('fresh', 'SELECT tables_version, notes FROM dynasty.migration_status(), dynasty.schema_versions'), '1.0|some tables were there already', 'a lost record');
my $before = catalog($node, 'fresh');
is($node->safe_psql('fresh', 'SELECT dynasty.migrate()'), '1.1', 'is made good');
is(catalog($node, 'fresh'), $before, 'without changing anything');

$node->stop;
done_testing();
