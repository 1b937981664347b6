# A dump carries everything: all rows of all tables, and what the user added to them. Restored by psql in one
# transaction, and by pg_restore with two jobs; season statistics are live again afterwards.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Utils;
use Test::More;
use Dynasty;

my $node = new_node('main');
$node->safe_psql('postgres', 'CREATE DATABASE source');
$node->safe_psql('source', 'CREATE EXTENSION dynasty CASCADE');
fill($node, 'source');

# What a user adds.
$node->safe_psql('source', q{
	CREATE ROLE scout;
	ALTER TABLE dynasty.prospects ADD COLUMN nickname text;
	UPDATE dynasty.prospects SET nickname = 'Lefty' WHERE id % 7 = 0;
	UPDATE dynasty.prospects SET birth_date = birth_date - 1 WHERE id = (SELECT min(id) FROM dynasty.prospects);
	CREATE INDEX my_index ON dynasty.milb_game_logs (team, season);
	ALTER TABLE dynasty.scouting_grades ENABLE ROW LEVEL SECURITY;
	CREATE POLICY only_good ON dynasty.scouting_grades FOR SELECT TO scout USING (future_value >= 50);
	GRANT USAGE ON SCHEMA dynasty TO scout;
	GRANT SELECT ON dynasty.scouting_grades TO scout;
	CREATE VIEW public.leaders AS SELECT prospect_id, ops FROM dynasty.milb_season_stats WHERE total_pa >= 100;
	CREATE MATERIALIZED VIEW public.spread AS
		SELECT season, dynasty.consistency_cv(hits) AS cv FROM dynasty.milb_game_logs GROUP BY season;
});

my $structure = structure('source');
my $before = fingerprint($node, 'source');
like($structure, qr/column\|prospects\.nickname.*index\|my_index.*policy\|only_good/s, 'with what the user added');
like($before, qr/^dynasty\.milb_game_logs 4808\|/m, 'the source is filled');
my @tables = split /\n/, $before;
is(scalar(grep { /\|$/ } @tables), 0, 'no table of the source is empty');
my $leaders = $node->safe_psql('source', 'SELECT * FROM leaders ORDER BY prospect_id, ops');
my $spread = $node->safe_psql('source', 'SELECT * FROM spread ORDER BY 1');

# What a year knew, with the editions that a later list displaced; and what was served before a correction.
my $then = $node->safe_psql('source', q{SELECT min(superseded_at) - interval '1 microsecond' FROM dynasty.scouting_grades_history});
my $known = qq{SELECT md5(string_agg(a.feature_values::text || b.feature_values::text, ' ' ORDER BY prospect_id))
	FROM dynasty.feature_matrix(2022) a JOIN dynasty.feature_matrix(2022, known_at => '$then') b USING (prospect_id)};
my $was_known = $node->safe_psql('source', $known);
is($node->safe_psql('source', q{SELECT feature_vector -> 'future_value' FROM dynasty.prospect_features(10, 2022)}), '40', 'the edition of the year is known');

my $dir = PostgreSQL::Test::Utils::tempdir;
my @from = ('--port', $node->port, '--host', $node->host);
command_ok([ 'pg_dump', @from, '-f', "$dir/plain.sql", 'source' ], 'pg_dump, plain');
command_ok([ 'pg_dump', @from, '-Fc', '-f', "$dir/custom", 'source' ], 'pg_dump, custom');
command_ok([ 'pg_dump', @from, '-Fd', '-j2', '-f', "$dir/directory", 'source' ], 'pg_dump, directory, two jobs');

my %restore = (
	plain => [ 'psql', '-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', @from, '-f', "$dir/plain.sql", '-d' ],
	custom => [ 'pg_restore', '-j2', '--exit-on-error', @from, "$dir/custom", '-d' ],
	directory => [ 'pg_restore', '-j2', '--exit-on-error', @from, "$dir/directory", '-d' ]);
foreach my $kind (sort keys %restore)
{
	$node->safe_psql('postgres', "CREATE DATABASE $kind");
	command_ok([ @{ $restore{$kind} }, $kind ], "restore, $kind");
	restored_whole($kind);
}

# The definitions in schema dynasty by name and kind. Not their expressions: Postgres writes some of them differently
# after it has read them once (IN lists, nested ANDs), for any table.
sub structure
{
	my ($db) = @_;
	return $node->safe_psql($db, q{
		SELECT * FROM (
			SELECT 'column', c.relname || '.' || a.attname, format('%s %s %s %s %s', c.relkind,
				format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated)
			FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
			WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND a.attnum > 0 AND NOT a.attisdropped
			UNION ALL
			SELECT 'constraint', conrelid::regclass || '.' || conname, format('%s %s %s', contype, conkey, confdeltype)
			FROM pg_constraint WHERE connamespace::regnamespace::text LIKE 'dynasty%' AND conrelid <> 0
			UNION ALL
			SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname LIKE 'dynasty%'
			UNION ALL
			SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
			UNION ALL
			SELECT 'policy', polname, pg_get_expr(polqual, polrelid) FROM pg_policy
			UNION ALL
			SELECT 'comment', objoid::regclass || '.' || objsubid, description FROM pg_description d
			JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND c.relnamespace::regnamespace::text LIKE 'dynasty%'
			UNION ALL
			SELECT 'rights', relname, format('%s %s', relacl, relrowsecurity) FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%'
			UNION ALL
			SELECT 'member', pg_describe_object(classid, objid, 0), '' FROM pg_depend
			WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'dynasty') AND deptype = 'e'
		) o (kind, name, definition)
		ORDER BY kind COLLATE "C", name COLLATE "C", definition COLLATE "C"});
}

sub restored_whole
{
	my ($db) = @_;
	is(fingerprint($node, $db), $before, "$db: every row of every table");
	is(structure($db), $structure, "$db: every column, constraint, index, trigger, policy, comment, right and member");
	is($node->safe_psql($db, $known), $was_known, "$db: what was known, as of a year and at a moment");
	is($node->safe_psql($db, q{SELECT count(*) FROM dynasty.prospects WHERE nickname = 'Lefty'}), '5', "$db: the user's column");
	is($node->safe_psql($db, q{SET ROLE scout; SELECT min(future_value) FROM dynasty.scouting_grades}), '50',
		"$db: row-level security holds");
	is($node->safe_psql($db, 'SELECT * FROM leaders ORDER BY prospect_id, ops'), $leaders, "$db: the user's view");
	is($node->safe_psql($db, 'SELECT * FROM spread ORDER BY 1'), $spread, "$db: the user's materialized view");
	is($node->safe_psql($db, 'SELECT count(*) FROM dynasty.season_stats_diff()'), '0', "$db: season statistics agree");
	my $compression = q{SELECT count(*), min(attcompression), max(attcompression) FROM pg_attribute WHERE attrelid = 'dynasty.ml_features'::regclass AND atttypid = 'jsonb'::regtype};
	is($node->safe_psql($db, $compression), $node->safe_psql('source', $compression), "$db: vectors are compressed as they were");
	is($node->safe_psql($db, q{SELECT is_there FROM dynasty.optional_indexes() WHERE name = 'idx_ml_features_vector'}), 'f', "$db: an optional index that nobody made is not there");

	# Triggers are back and sequences go on where they were.
	$node->safe_psql($db, q{
		INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats)
		VALUES (1, '2023-05-05', 2023, 'AAA', 3, 4)});
	is($node->safe_psql($db, q{SELECT total_hits, avg FROM dynasty.milb_season_stats WHERE prospect_id = 1 AND season = 2023}),
		'3|0.750', "$db: a new game is in its season line");

	# And a dump of the restored database restores again.
	command_ok([ 'pg_dump', @from, '-Fc', '-f', "$dir/again_$db", $db ], "$db: dumped again");
	return;
}

$node->stop;
done_testing();
