# A dump restored piece by piece: section by section, definitions and rows apart, or the rows alone into a fresh install.
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
$node->safe_psql('source', 'CREATE EXTENSION dynasty CASCADE');
fill($node, 'source');
my $original = fingerprint($node, 'source');
# Names only: constraints are written in another way after pg_dump has read them once.
sub objects { return join "\n", map { s/: .*//r } split /\n/, catalog($node, $_[0]) }
my $objects = objects('source');
command_ok([ 'pg_dump', '-Fc', @server, '-f', "$dir/all", 'source' ], 'dump');

$node->safe_psql('postgres', 'CREATE DATABASE sections');
foreach my $section ('pre-data', 'data', 'post-data')
{
	command_ok([ 'pg_restore', "--section=$section", '--exit-on-error', @server, '-d', 'sections', "$dir/all" ], "section $section");
	if ($section eq 'pre-data')
	{
		is($node->safe_psql('sections', q{SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal}), '0', 'no trigger stands before the rows come');
	}
	if ($section eq 'data')
	{
		is(fingerprint($node, 'sections'), $original, 'no row was computed on the way in');
	}
}
whole('sections');

# The same, written by pg_dump in pieces and read by psql.
$node->safe_psql('postgres', 'CREATE DATABASE pieces');
foreach my $section ('pre-data', 'data', 'post-data')
{
	command_ok([ 'pg_dump', "--section=$section", @server, '-f', "$dir/$section.sql", 'source' ], "dump of $section");
	command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', @server, '-d', 'pieces', '-f', "$dir/$section.sql" ], "$section by psql");
}
whole('pieces');

# Definitions first, rows later: with the triggers off, as pg_restore does it for a superuser.
$node->safe_psql('postgres', 'CREATE DATABASE two_steps');
command_ok([ 'pg_restore', '--schema-only', '--exit-on-error', @server, '-d', 'two_steps', "$dir/all" ], 'definitions');
command_ok([ 'pg_restore', '--data-only', '--disable-triggers', '--exit-on-error', @server, '-d', 'two_steps', "$dir/all" ], 'rows');
whole('two_steps');

# The rows alone, into a database that has an install of its own.
$node->safe_psql('postgres', 'CREATE DATABASE rows_only');
# What it ships would be there twice.
$node->safe_psql('rows_only', 'CREATE EXTENSION dynasty CASCADE; TRUNCATE dynasty_ops.alert_thresholds, dynasty_ops.cache_rules, dynasty_ops.retention_policies, dynasty_odds.market_kinds CASCADE');
command_ok([ 'pg_restore', '--data-only', '--disable-triggers', '--exit-on-error', @server, '-d', 'rows_only', "$dir/all" ], 'rows into a fresh install');
is(rows_but_versions('rows_only'), rows_but_versions('source'), 'every row');
is($node->safe_psql('rows_only', 'SELECT tables_version, pending FROM dynasty.migration_status()'), '1.1|{"CALL dynasty.install()"}', 'of its own version, and the windows are to be started');
# What is registered in the rows (windows whose labels are kept current) starts to work with this.
$node->safe_psql('rows_only', 'CALL dynasty.install()');
is($node->safe_psql('rows_only', 'SELECT ok FROM dynasty.migration_status()'), 't', 'they are');
alive('rows_only');
# With the triggers on, the base tables suffice: what is derived comes by itself.
$node->safe_psql('postgres', 'CREATE DATABASE base_only');
$node->safe_psql('base_only', 'CREATE EXTENSION dynasty CASCADE');
foreach my $table (qw(prospects milb_game_logs mlb_stats scouting_grades milb_advanced_stats))
{
	command_ok([ 'pg_restore', '--data-only', '-n', 'dynasty', '-t', $table, '--exit-on-error', @server, '-d', 'base_only', "$dir/all" ], "rows of $table");
}
is(lines('base_only'), lines('source'), 'season statistics of the base tables alone');
is(maintained($node, 'base_only'), '0', 'which agree');

# One table alone, with its definition.
command_ok([ 'pg_dump', '-Fc', '-t', 'dynasty.milb_season_stats', @server, '-f', "$dir/one", 'source' ], 'dump of one table');
$node->safe_psql('rows_only', 'DROP TABLE dynasty.milb_season_stats CASCADE');
command_ok([ 'pg_restore', '--exit-on-error', @server, '-d', 'rows_only', "$dir/one" ], 'and back');
$node->safe_psql('rows_only', 'CALL dynasty.install()');
same_lines(objects('rows_only'), $objects, 'install() makes the view that went with it');
is(maintained($node, 'rows_only'), '1', 'the lines are those of the dump: one is missing that came later');
is($node->safe_psql('rows_only', 'SELECT dynasty.refresh_season_stats()'), '1', 'refresh_season_stats() writes that one');
is(maintained($node, 'rows_only'), '0', 'and all agree');

sub rows_but_versions { return join "\n", grep { !/schema_versions/ } split /\n/, fingerprint($node, $_[0]) }
sub lines { return $node->safe_psql($_[0], q{SELECT md5(string_agg((s.*)::text, ' ' ORDER BY s.prospect_id, s.season, s.level COLLATE "C")) FROM (SELECT prospect_id, season, level, games_played, total_hits, avg, era, hit_consistency_cv FROM dynasty.milb_season_stats) s}) }

sub whole
{
	my ($db) = @_;
	is(fingerprint($node, $db), $original, "$db: every row of every table");
	same_lines(objects($db), $objects, "$db: every object");
	return alive($db);
}

sub alive
{
	my ($db) = @_;
	is(maintained($node, $db), '0', "$db: what is derived agrees");
	$node->safe_psql($db, q{
		INSERT INTO dynasty.prospects (name, position) VALUES ('New', 'SS');
		INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats)
		SELECT max(id), '2023-05-05', 2023, 'AAA', 3, 4 FROM dynasty.prospects;
		INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war)
		SELECT max(id), 2023, 1, 4, 0.1 FROM dynasty.prospects});
	is($node->safe_psql($db, 'SELECT total_games FROM dynasty.ml_labels ORDER BY prospect_id DESC LIMIT 1'), '1', "$db: labels follow");
	is($node->safe_psql($db, q{SELECT avg FROM dynasty.milb_season_stats WHERE season = 2023}), '0.750', "$db: ids go on and triggers fire");
	return is(maintained($node, $db), '0', "$db: and it agrees");
}

$node->stop;
done_testing();
