# The library keeps every C symbol that a script once shipped names, and every function of every version runs on it: users
# upgrade the library first and the extension later, or never.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Utils qw(run_command slurp_file);
use Test::More;
use Dynasty;

my ($sharedir) = run_command([ 'pg_config', '--sharedir' ]);
my ($libdir) = run_command([ 'pg_config', '--pkglibdir' ]);
my @scripts = sort glob("$sharedir/extension/dynasty--*.sql");
cmp_ok(scalar(grep { m{/dynasty--\d+\.\d+\.sql$} } @scripts), '>=', 2, 'install scripts: ' . join(' ', map { m{([^/]+)$} } @scripts));

my ($symbols) = run_command([ 'nm', '-D', '--defined-only', "$libdir/dynasty.so" ]);
my %exported = map { (split)[2] => 1 } grep { / T / } split /\n/, $symbols;
cmp_ok(scalar(keys %exported), '>', 50, 'symbols of the library');
foreach my $script (@scripts)
{
	my $text = slurp_file($script);
	my @named = $text =~ /'(?:MODULE_PATHNAME|\$libdir\/dynasty)'\s*,\s*'(\w+)'/g;
	my @without = grep { !$exported{$_} || !$exported{"pg_finfo_$_"} } @named;
	is("@without", '', "$script: the library has each of its " . @named . ' symbols');
	# What is read here is all there is: no function of the library goes by its SQL name alone.
	my @all = $text =~ /'MODULE_PATHNAME'/g;
	is(scalar(@all), scalar(@named), "$script: every function names its symbol");
}

# A script that is called by the wrong name, or a second one that nobody can reach, would never be noticed.
my $node = new_node('main');
is( $node->safe_psql('postgres', q{SELECT string_agg(source || '>' || target, ' ' ORDER BY source, target) FROM pg_extension_update_paths('dynasty') WHERE path IS NULL}),
	'', 'every version can be reached from every other');
is($node->safe_psql('postgres', q{SELECT default_version FROM pg_available_extensions WHERE name = 'dynasty'}), '1.1', 'the newest is the default');

# The main path of the oldest version, on the library of today.
$node->safe_psql('postgres', q{CREATE EXTENSION dynasty VERSION '1.0' CASCADE});
fill($node, 'postgres');
is(maintained($node, 'postgres'), '0', '1.0: season statistics and labels are kept current');
is($node->safe_psql('postgres', 'SELECT dynasty.refresh_features(2021)'), '40', '1.0: features');
is($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.feature_catalogue()'),
	$node->safe_psql('postgres', 'SELECT max(cardinality(feature_values)) FROM dynasty.feature_matrix(2022)'), '1.0: their names');
is($node->safe_psql('postgres', 'SELECT count(*) > 0 FROM dynasty.simulate_league(10, 2022, 2023, 1)'), 't', '1.0: the simulator');
# Every call of a function without arguments loads its symbol; none of them may be a stranger to the library.
my @callable = split /\n/, $node->safe_psql('postgres', q{
	SELECT p.oid::regproc FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
	WHERE p.pronamespace = 'dynasty'::regnamespace AND l.lanname = 'c' AND p.prokind = 'f' AND p.pronargs = p.pronargdefaults
		AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype) AND p.proname <> 'simulate_league'});
cmp_ok(scalar(@callable), '>', 2, 'functions to call: ' . "@callable");
foreach my $function (@callable)
{
	my ($rc, $out, $err) = $node->psql('postgres', "SELECT count(*) FROM $function()");
	is($rc, 0, "1.0: $function() runs") or diag($err);
}

$node->stop;
done_testing();
