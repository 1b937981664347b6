# Every C symbol of the library, called through SQL in ways nobody means: declared by a superuser with other arguments, results and
# attributes, and the extension's own functions in other places: in aggregates of another kind, as window functions, triggers, event
# triggers, in index expressions, with NULL, zero and rubbish. Each answers or raises an error of its own: none is XX000, and the
# server never goes down.
#
# Random, and bounded: `make fuzz-symbols SECONDS=600` goes on for that long (SECONDS_TO_RUN; SEED repeats a run). Left out: symbols that
# end in _wrapper, which are pgrx's, with other types or fewer arguments than their own. Such a declaration is believed there,
# as the server believes any C function's; it takes a superuser.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(time);
use Dynasty;
use Recovery;

my $seconds = $ENV{SECONDS_TO_RUN} // 10;
# In make test the same draws every time: what is found at random must not refuse somebody else's work.
my $seed = $ENV{SEED} // (defined $ENV{SECONDS_TO_RUN} ? time ^ $$ : 1);
srand($seed);
note("SEED=$seed");

my $node = new_node('main');
league($node, 'postgres', 20);
my $library = $node->safe_psql('postgres', q{SELECT setting || '/dynasty.so' FROM pg_config WHERE name = 'PKGLIBDIR'});
open(my $file, '<:raw', $library) or die "$library: $!";
my $bytes = do { local $/; <$file> };
close $file;
my %symbols = map { $_ => 1 } $bytes =~ /\0pg_finfo_(\w+)(?=\0)/g;
my @raw = sort grep { !/_wrapper$/ } keys %symbols;
my @pgrx = sort grep { /_wrapper$/ } keys %symbols;
cmp_ok(scalar @raw, '>', 30, 'symbols of our own: ' . @raw);
cmp_ok(scalar @pgrx, '>', 15, 'symbols of pgrx: ' . @pgrx);
# None is left out: each function in C that the extension has is one of them, and each of them is some function's.
my %declared = map { $_ => 1 } split /\n/, $node->safe_psql('postgres', own('SELECT DISTINCT p.prosrc', q{AND p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')}));
is(join(' ', sort grep { !$symbols{$_} } keys %declared), '', 'every function in C has its symbol here');
is(join(' ', sort grep { !$declared{$_} } keys %symbols), '', 'every symbol is a function\'s');

$node->safe_psql('postgres', q{
	CREATE SCHEMA wrong;
	CREATE TABLE wrong.rows (a int, b text, c jsonb);
	INSERT INTO wrong.rows VALUES (1, 'x', '{}'), (NULL, NULL, NULL), (0, '', '[]');
	CREATE TYPE wrong.own AS (a int)});

my @types = ('internal', 'int4', 'int8', 'int2', 'text', 'text[]', 'int4[]', 'jsonb', 'bytea', 'date', 'float8', 'bool', 'record', 'timestamptz', 'wrong.own', 'anyelement', 'cstring');
my @results = ('internal', 'int4', 'int8', 'text', 'void', 'record', 'SETOF record', 'trigger', 'event_trigger', 'bytea', 'float8', 'float8[]', 'wrong.own', 'SETOF int4', 'TABLE (a int, b text)',
	'dynasty.season_line', 'anyelement', 'bool');
my %values = (
	internal => ['x'], int4 => ['0', '1', '-1', '2147483647', '12345678'], int8 => ['0', '1', '4096', '140000000000000', '-1'], int2 => ['0', '7'], text => [q{''}, q{'x'}, q{repeat('y', 70000)}],
	'text[]' => [q{'{}'}, q{'{NULL,a}'}], 'int4[]' => [q{'{}'}, q{'{1,NULL}'}], jsonb => [q{'{}'}, q{'[1]'}], bytea => [q{''}, q{'\x00'}, q{decode(repeat('ff', 500), 'hex')}],
	date => [q{'2021-01-01'}, q{'infinity'}], float8 => ['0', q{'NaN'}, '1e308'], bool => ['true', 'false'], record => ['ROW(1)', 'ROW()'], timestamptz => [q{'2021-01-01'}], 'wrong.own' => ['ROW(1)'],
	anyelement => ['1::int4', q{'x'::text}], cstring => [q{'x'}]);
my $from = q{FROM XMLTABLE('/a' PASSING ('<a/>'::xml) COLUMNS x internal PATH 'b')};

# The extension's own functions with their arguments.
my @own = map { [split /\|/, $_, -1] } split /\n/, $node->safe_psql('postgres', own(q{SELECT p.oid::regprocedure || '|' || p.pronamespace::regnamespace || '.' || p.proname || '|' || CASE WHEN p.probin IS NULL THEN '' ELSE p.prosrc END || '|' || p.prokind::text || '|' || p.proretset || '|'
	|| p.prorettype::regtype || '|' || array_to_string(ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY u (t, o) ORDER BY o), ';')}, ''));
my @parts = grep { $_->[6] =~ /(^|;)internal/ } @own;
my @of_c = grep { $declared{$_->[2]} } @own;
my ($statements, $batches, %seen) = (0, 0);
my $until = time + $seconds;
my $n = 0;
my @turns = (\&declared_wrongly, \&own_elsewhere, \&mixed_aggregate, \&as_trigger, \&as_event_trigger, \&in_index, \&pgrx_otherwise);
# Each symbol wrongly declared and each function elsewhere once at least, then what chance brings.
my @first = ((map { my $s = $_; sub { declared_wrongly($s) } } @raw), (map { my $f = $_; sub { own_elsewhere($f) } } @own));
do
{
	my @batch = map { my $turn = shift @first // $turns[rand @turns]; $turn->() } 1 .. 40;
	run_batch(@batch);
} while (@first || time < $until);
cmp_ok($seen{'42P13'} // 0, '>', 30, 'declarations that are not ours were refused');
cmp_ok($seen{'0A000'} // 0, '>', 10, 'so were calls outside of an aggregate');
note(join ', ', map { "$_: $seen{$_}" } sort keys %seen);
is($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.season_stats_diff()'), '0', 'nothing was harmed');
pass("$statements statements in $batches batches");
$node->stop;
done_testing();

sub own
{
	my ($select, $and) = @_;
	return qq{$select FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
		AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'dynasty') $and ORDER BY 1};
}

sub one { return $_[rand @_] }

sub value
{
	my ($type) = @_;
	return 'x' if $type eq 'internal';
	return "NULL::$type" if rand() < 0.3 && $type ne 'anyelement' && $type ne 'cstring';
	return "NULL::$type" unless $values{$type};
	return one(@{ $values{$type} }) . ($type =~ /^any|record/ ? '' : "::$type");
}

# A symbol with arguments, result and attributes as they come, then called.
sub declared_wrongly
{
	my ($symbol) = @_;
	$symbol //= one(@raw);
	my @arguments = map { one(@types) } 1 .. int(rand(rand() < 0.1 ? 40 : 5));
	my $result = one(@results);
	push @arguments, 'internal' if $result eq 'internal' && !grep { $_ eq 'internal' } @arguments;
	push @arguments, 'anyelement' if $result eq 'anyelement' && !grep { $_ eq 'anyelement' } @arguments;
	@arguments = () if $result =~ /trigger/;
	my $f = 'wrong.f' . ++$n;
	my $attributes = join ' ', grep { rand() < 0.5 } 'IMMUTABLE', 'STRICT', 'PARALLEL SAFE';
	my @all = ("CREATE FUNCTION $f(" . join(', ', @arguments) . ") RETURNS $result LANGUAGE c $attributes AS '\$libdir/dynasty', '$symbol'");
	my $call = "$f(" . join(', ', map { value($_) } @arguments) . ')';
	push @all, "SELECT $call IS NULL $from", "SELECT $call $from";
	push @all, "SELECT * $from, LATERAL $call AS t (a int, b text)" if $result =~ /record$/;
	if ($result eq 'trigger')
	{
		push @all, "CREATE TRIGGER t$n " . one('BEFORE', 'AFTER') . ' INSERT ON wrong.rows FOR EACH ' . one('ROW', 'STATEMENT') . " EXECUTE FUNCTION $f()",
			'INSERT INTO wrong.rows VALUES (5)', "DROP TRIGGER t$n ON wrong.rows";
	}
	if ($result eq 'event_trigger')
	{
		push @all, "CREATE EVENT TRIGGER e$n ON ddl_command_start EXECUTE FUNCTION $f()", "CREATE TABLE wrong.t$n ()", "DROP EVENT TRIGGER e$n";
	}
	if ($result eq 'internal' || $result eq 'int8' || $result eq 'bytea')
	{
		# As the transition function of an aggregate, whose state then is anything.
		my $first = $result eq 'internal' ? '' : ", initcond = '" . ($result eq 'int8' ? '140000000000000' : '\xff') . q{'};
		push @all, "CREATE FUNCTION $f(state $result, int4) RETURNS $result LANGUAGE c AS '\$libdir/dynasty', '$symbol'",
			"CREATE AGGREGATE wrong.a$n(int4) (sfunc = $f, stype = $result$first)", "SELECT wrong.a$n(a) IS NULL FROM wrong.rows",
			"SELECT wrong.a$n(a) OVER (ROWS 1 PRECEDING) IS NULL FROM wrong.rows";
	}
	return @all;
}

# What the extension has, called where it does not belong, with anything.
sub own_elsewhere
{
	my ($f) = @_;
	$f //= one(@own);
	my ($routine, $name, undef, $kind, $set, $result, $types) = @$f;
	return () if $name =~ /\._|\.(simulate_league|remove_simulated|setup_roles|train_model|install|migrate)$/; # long work, or of the owner's
	my $call = "$name(" . join(', ', map { value($_) } split /;/, $types) . ')';
	return ("CALL $call") if $kind eq 'p';
	return ("SELECT $call IS NULL $from", "SELECT CASE WHEN a = 1 THEN $call IS NULL END $from, wrong.rows", "SELECT count(*) $from WHERE $call IS NULL",
		"SELECT $call OVER () IS NULL $from", "UPDATE wrong.rows SET a = 1 WHERE a > 5 AND $call IS NULL", "SELECT 1 $from, LATERAL (SELECT $call) s ORDER BY 1");
}

# An aggregate made of the parts of others, and of the server's own.
sub mixed_aggregate
{
	my @first = grep { $_->[5] eq 'internal' && $_->[6] =~ /^internal;(?!internal)/ } @parts;
	my ($sfunc, $final) = (one(@first), one(grep { $_->[6] eq 'internal' } @parts));
	my ($combine, $other) = (one(grep { $_->[6] eq 'internal;internal' } @parts), one(grep { $_->[6] =~ /^internal$/ && $_->[5] ne 'bytea' } @parts));
	my (undef, @arguments) = split /;/, $sfunc->[6];
	my $a = 'wrong.m' . ++$n;
	my @all;
	push @all, "CREATE AGGREGATE $a(" . join(', ', map { $_ eq 'record' ? 'wrong.own' : $_ } @arguments) . ") (sfunc = $sfunc->[1], stype = internal, finalfunc = $final->[1]"
		. (rand() < 0.5 ? ", combinefunc = $combine->[1]" : '') . ')';
	my $list = join ', ', map { value($_ eq 'record' ? 'wrong.own' : $_) } @arguments;
	push @all, "SELECT $a($list) FROM wrong.rows", "SELECT $a($list) OVER (ORDER BY a ROWS 1 PRECEDING) FROM wrong.rows", "SELECT $a($list) FROM wrong.rows GROUP BY a";
	# A state of the server's given to us.
	push @all, "CREATE AGGREGATE $a(int8) (sfunc = pg_catalog.int8_avg_accum, stype = internal, finalfunc = $other->[1])", "SELECT $a(a::int8) FROM wrong.rows",
		"CREATE AGGREGATE ${a}w(float8) (sfunc = dynasty.consistency_cv_add, stype = internal, msfunc = dynasty.consistency_cv_add, minvfunc = dynasty.consistency_cv_remove, mstype = internal, "
		. "mfinalfunc = $other->[1])", "SELECT ${a}w(a) OVER (ORDER BY a ROWS 1 PRECEDING) FROM wrong.rows";
	return @all;
}

sub as_trigger
{
	my $f = one(grep { $_->[5] eq 'trigger' } @own);
	my ($moment, $level, $event) = (one('BEFORE', 'AFTER'), one('ROW', 'STATEMENT'), one('INSERT', 'UPDATE', 'DELETE'));
	$n++;
	return ("SELECT $f->[1]()", "CREATE TRIGGER t$n $moment $event ON wrong.rows FOR EACH $level EXECUTE FUNCTION $f->[1]('x')",
		'INSERT INTO wrong.rows VALUES (5)', 'UPDATE wrong.rows SET a = 6 WHERE a = 5', 'DELETE FROM wrong.rows WHERE a = 6', "DROP TRIGGER t$n ON wrong.rows",
		"CREATE CONSTRAINT TRIGGER t$n AFTER INSERT ON wrong.rows DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION $f->[1]()", 'INSERT INTO wrong.rows VALUES (5)',
		"DROP TRIGGER t$n ON wrong.rows");
}

sub as_event_trigger
{
	my $symbol = one(@raw);
	$n++;
	return ("CREATE FUNCTION wrong.e$n() RETURNS event_trigger LANGUAGE c AS '\$libdir/dynasty', '$symbol'", "CREATE EVENT TRIGGER e$n ON " . one('ddl_command_start', 'ddl_command_end', 'sql_drop') . " EXECUTE FUNCTION wrong.e$n()",
		"CREATE TABLE wrong.t$n ()", "DROP TABLE wrong.t$n", "DROP EVENT TRIGGER e$n");
}

sub in_index
{
	my ($symbol, $type) = (one(@raw), one('int4', 'text', 'jsonb'));
	my %column = (int4 => 'a', text => 'b', jsonb => 'c');
	$n++;
	return ("CREATE FUNCTION wrong.i$n($type) RETURNS " . one('int4', 'bytea', 'float8', 'text') . " LANGUAGE c IMMUTABLE AS '\$libdir/dynasty', '$symbol'", "CREATE INDEX ON wrong.rows (wrong.i$n($column{$type}))",
		"ALTER TABLE wrong.rows ADD CHECK (wrong.i$n($column{$type}) IS NOT NULL)", "CREATE CAST ($type AS wrong.own) WITH FUNCTION wrong.i$n($type)",
		"CREATE OPERATOR wrong.!! (rightarg = $type, function = wrong.i$n)", "SELECT OPERATOR(wrong.!!) $column{$type} FROM wrong.rows", "DROP OPERATOR IF EXISTS wrong.!! (NONE, $type)");
}

# Symbols of pgrx with their own types, and more arguments, other attributes, another number of results, every one NULL.
sub pgrx_otherwise
{
	my $f = one(grep { $_->[2] =~ /_wrapper$/ } @of_c);
	my (undef, $name, $symbol, undef, $set, $result, $types) = @$f;
	return () if $name =~ /\.(simulate_league|remove_simulated)$/;
	my @arguments = ((split /;/, $types), map { one('int4', 'text') } 1 .. int rand 3);
	$n++;
	my $nulls = join ', ', map { "NULL::$_" } @arguments;
	return ("CREATE FUNCTION wrong.p$n(" . join(', ', @arguments) . ') RETURNS ' . ($set eq 'true' || $set eq 't' ? 'SETOF record' : $result) . " LANGUAGE c AS '\$libdir/dynasty', '$symbol'",
		"SELECT wrong.p$n($nulls) IS NULL", "SELECT wrong.p$n($nulls)");
}

# Runs statements in one session, each for itself.
sub run_batch
{
	my @batch = @_;
	$batches++;
	$statements += @batch;
	my $script = join '', "\\set VERBOSITY verbose\nSET statement_timeout = '20s'; SET client_min_messages = error; SET max_stack_depth = '1MB';\n", map { s/\n/ /gr . ";\n" } @batch;
	my ($rc, $out, $err) = $node->psql('postgres', $script, on_error_stop => 0, timeout => 300);
	my @bad;
	while ($err =~ /psql:<stdin>:(\d+): ERROR:  (\w{5}): (.*)/g)
	{
		my ($line, $state, $message) = ($1, $2, $3);
		$seen{$state}++;
		push @bad, "$state: $message\n    " . ($batch[$line - 3] // '?') if $state =~ /^XX/;
	}
	my $down = $err =~ /(.*(?:server closed the connection|connection to server was lost|terminating connection).*)/;
	diag($1) if $down;
	is(join("\n", @bad), '', "batch $batches: no internal error") or diag("SEED=$seed");
	ok(!$down, "batch $batches: the server is up")
		or do { diag("SEED=$seed\n" . join("\n", @batch)); BAIL_OUT('the server went down') };
	return;
}
