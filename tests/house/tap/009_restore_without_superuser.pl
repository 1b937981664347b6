# Where only somebody else may create extensions (a hosted server): the superuser makes the extension, a plain role owns the
# tables, dumps them, and restores the dump into a database where the extension is.
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
$node->safe_psql('postgres', 'CREATE ROLE owner LOGIN CREATEDB');
# The functions by the superuser, the tables by their owner-to-be.
sub new_database
{
	my ($db) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $db OWNER owner");
	$node->safe_psql($db, q{
		SET dynasty.create_tables = off;
		CREATE EXTENSION dynasty CASCADE;
		ALTER SCHEMA dynasty OWNER TO owner; ALTER SCHEMA dynasty_odds OWNER TO owner; ALTER SCHEMA dynasty_ops OWNER TO owner;
		GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO owner;
		GRANT EXECUTE ON ALL PROCEDURES IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO owner});
	return;
}
new_database('source');
my @as_owner = (extra_params => [ '-U', 'owner' ]);
$node->safe_psql('source', 'CALL dynasty.install()', @as_owner);
is($node->safe_psql('source', q{SELECT string_agg(DISTINCT relowner::regrole::text, ' ') FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%' AND relkind IN ('r', 'v', 'S')}),
	'owner', 'the tables are his');
# Filled by him, too.
{
	no warnings 'redefine';
	my $plain = \&PostgreSQL::Test::Cluster::safe_psql;
	local *PostgreSQL::Test::Cluster::safe_psql = sub { my ($self, $db, $sql, %rest) = @_; return $plain->($self, $db, $sql, @as_owner, %rest) };
	fill($node, 'source');
}
my $original = fingerprint($node, 'source');
is($node->safe_psql('source', 'SELECT count(*) FROM dynasty.season_stats_diff()', @as_owner), '0', 'he works with them');
command_ok([ 'pg_dump', '-Fc', '-U', 'owner', @server, '-f', "$dir/dump", 'source' ], 'he dumps them');

new_database('target');
# What belongs to the extension and its schema is there already and not his to make or comment.
my ($list) = run_command([ 'pg_restore', '--list', "$dir/dump" ]);
open my $file, '>', "$dir/list" or die $!;
print $file join "\n", grep { !/ (EXTENSION|SCHEMA) / && !/ COMMENT - (EXTENSION|SCHEMA)/ && !/ ACL - SCHEMA/ } split /\n/, $list;
close $file;
command_ok([ 'pg_restore', '-U', 'owner', '-j2', '--exit-on-error', '-L', "$dir/list", @server, '-d', 'target', "$dir/dump" ], 'and restores them elsewhere');
is(fingerprint($node, 'target'), $original, 'every row');
is(maintained($node, 'target'), '0', 'what is derived agrees');
$node->safe_psql('target', q{INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, '2023-05-05', 2023, 'AAA', 3, 4)}, @as_owner);
is($node->safe_psql('target', q{SELECT avg FROM dynasty.milb_season_stats WHERE prospect_id = 1 AND season = 2023}, @as_owner), '0.750', 'triggers fire');
is($node->safe_psql('target', 'SELECT tables_version, ok FROM dynasty.migration_status()', @as_owner), '1.1|t', 'the version is known');

# Tables change hands with their version: the owner migrates, the superuser updates.
is($node->safe_psql('target', q{SELECT dynasty.migrate('1.0')}, @as_owner), '1.0', 'the owner takes them down');
is($node->safe_psql('target', 'SELECT dynasty.migrate()', @as_owner), '1.1', 'and up');
my ($rc, $out, $err) = $node->psql('target', q{ALTER EXTENSION dynasty UPDATE TO '1.0'}, @as_owner);
like($err, qr/must be owner of extension/, 'the extension is not his');
$node->safe_psql('target', q{ALTER EXTENSION dynasty UPDATE TO '1.0'; ALTER EXTENSION dynasty UPDATE});
is($node->safe_psql('target', q{SELECT string_agg(DISTINCT relowner::regrole::text, ' ') FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%' AND relkind IN ('r', 'v', 'S')}),
	'owner', 'after an update by the superuser all is still his');

# Another role that may create in the schema cannot have its own code run by the superuser's update.
$node->safe_psql('target', 'CREATE ROLE guest LOGIN; GRANT CREATE, USAGE ON SCHEMA dynasty TO guest');
$node->safe_psql('target', q{
	CREATE FUNCTION dynasty._up_1_1__9_9(made text[] DEFAULT NULL) RETURNS jsonb LANGUAGE plpgsql AS 'BEGIN ALTER ROLE guest SUPERUSER; RETURN ''{}''; END';
	CREATE FUNCTION dynasty._down_9_9__1_1() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER ROLE guest SUPERUSER; END'}, extra_params => [ '-U', 'guest' ]);
$node->safe_psql('target', q{ALTER EXTENSION dynasty UPDATE TO '1.0'; ALTER EXTENSION dynasty UPDATE; SELECT dynasty.migrate(); CALL dynasty.install()});
is($node->safe_psql('target', q{SELECT rolsuper FROM pg_roles WHERE rolname = 'guest'}), 'f', 'steps of strangers are not run');
is($node->safe_psql('target', 'SELECT tables_version FROM dynasty.migration_status()'), '1.1', 'nor known');

$node->stop;
done_testing();
