# Somebody else's objects on the extension's tables (lib/Strangers.pm), a handful at random, and then writes, reads, loads and
# refreshes at random: by a superuser, and by the club who owns the tables and is none. Whatever the objects do, each statement is
# done rightly or refused by an error of its own: the server stays up, nothing is an internal error or a warning, season lines are
# what plain SQL counts of the games (or season_stats_diff() says where a stranger's trigger made them otherwise), stored vectors
# are those that are computed, these are those of a database with the same rows and no stranger in it, and no code of the club's
# ever ran with other rights than the session's.
#
# STRANGERS_SECONDS (40): how long; make strangers SECONDS=600. DYNASTY_SEED and STRANGERS_ROUND repeat one round, STRANGERS_SHOW tells all.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(time);
use IPC::Run qw(run);
use Dynasty;
use Recovery;
use Calls;
use Strangers;

# In make test the same draws every time: what is found at random must not refuse somebody else's work. make strangers draws anew.
$ENV{DYNASTY_SEED} //= 1 unless defined $ENV{STRANGERS_SECONDS};
my $seed = seeded();
my $until = time + ($ENV{STRANGERS_SECONDS} // 40);
my $node = new_node('main');
$node->append_conf('postgresql.conf', "max_connections = 30\nmax_stack_depth = 2MB\nwal_level = logical\nrestart_after_crash = on\n");
$node->restart;
# Two templates: one with a league, one without rows; both belong to the club as far as tables go.
foreach my $db (qw(league clean))
{
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql($db, 'SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE');
}
league($node, 'league', 40);
trained($node, 'league');
$node->safe_psql('league', stranger_functions() . q{
	CREATE ROLE club LOGIN;
	GRANT ALL ON SCHEMA dynasty, dynasty_odds, dynasty_ops TO club;
	GRANT ALL ON ALL ROUTINES IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO club;
	GRANT CREATE ON DATABASE league TO club;
	ALTER SCHEMA strange OWNER TO club;
	SELECT format('ALTER TABLE %s OWNER TO club', oid::regclass) FROM pg_class
	WHERE relnamespace IN ('dynasty'::regnamespace, 'strange'::regnamespace) AND relkind IN ('r', 'v') \gexec
	SELECT format('ALTER %s %s OWNER TO club', CASE WHEN typtype = 'd' THEN 'DOMAIN' END, oid::regtype) FROM pg_type
	WHERE typnamespace = 'strange'::regnamespace AND typtype = 'd' \gexec
});

# A statement by psql: what it printed and its errors, shown with their SQLSTATE.
sub statement
{
	my ($db, $user, $sql, @settings) = @_;
	my ($out, $err) = ('', '');
	my $begin = join '', "\\set VERBOSITY verbose\n", 'SELECT setseed(' . sprintf('%.6f', rand) . ") \\g /dev/null\n",
	  "SET statement_timeout = '20s';\n", map { "$_;\n" } @settings;
	run [ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($db) . " user=$user" ], '<', \($begin . ($sql =~ /\n\\\.$/ ? "$sql\n" : "$sql;\n")), '>', \$out, '2>', \$err;
	chomp $out;
	return ($out, $err);
}

# The season lines by plain SQL, apart from what the product counts them with: the lines that are another, missing or left over.
my $recount = q{
	SELECT count(*) FROM (
		SELECT prospect_id::text, season::text, trim(level::text) AS level, count(*)::numeric AS games, sum(hits::text::numeric) AS hits, sum(at_bats::text::numeric) AS at_bats,
			sum(home_runs::text::numeric) AS home_runs, sum(walks::text::numeric) AS walks, sum(outs_pitched::text::numeric) AS outs, max(game_date::text::date) AS last,
			round(sum(hits::text::numeric) / nullif(sum(at_bats::text::numeric), 0), 3) AS avg
		FROM dynasty.milb_game_logs GROUP BY 1, 2, 3) g
	FULL JOIN (
		SELECT prospect_id::text, season::text, trim(level::text) AS level, games_played::text::numeric AS games, total_hits::text::numeric AS hits, total_ab::text::numeric AS at_bats,
			total_hr::text::numeric AS home_runs, total_bb::text::numeric AS walks, total_outs::text::numeric AS outs, season_end::text::date AS last, round(avg::text::numeric, 3) AS avg
		FROM dynasty.milb_season_stats) s USING (prospect_id, season, level)
	WHERE (g.games, g.hits, g.at_bats, g.home_runs, g.walks, g.outs, g.last, g.avg) IS DISTINCT FROM (s.games, s.hits, s.at_bats, s.home_runs, s.walks, s.outs, s.last, s.avg)};
my $vectors = q{
	SELECT count(*) FROM dynasty.feature_matrix(2021) a JOIN dynasty.ml_features f ON f.prospect_id = a.prospect_id AND f.as_of_year = 2021
		AND f.feature_set_version = 'v1.0' AND f.feature_values IS DISTINCT FROM a.feature_values
	LEFT JOIN dynasty.stale_features(2021) s ON s.prospect_id = a.prospect_id WHERE s.prospect_id IS NULL};
# What the product computes of the rows, as text that two databases can be compared by.
my $computed = q{
	SELECT md5(string_agg(s::text, ';' ORDER BY prospect_id, season, level)) FROM dynasty.season_stats() s;
	SELECT md5(string_agg(format('%s %s', prospect_id, feature_values), ';' ORDER BY prospect_id)) FROM dynasty.feature_matrix(2021)};
is($node->safe_psql('league', $recount), '0', 'the recount in plain SQL is the lines, without a stranger');
is($node->safe_psql('league', $vectors), '0', 'and the vectors are those that are stored');

my @game = qw(prospect_id game_date season level plate_appearances at_bats hits home_runs walks outs_pitched game_number);
sub game
{
	return sprintf "(%d, date '2021-04-01' + %d, %d, '%s', 5, 4, %d, %d, 1, %s, %d)", 1 + int(rand(40)), int(rand(150)), 2019 + int(rand(3)),
	  pick(qw(A A+ AA AAA)), int(rand(5)), int(rand(2)), pick('NULL', int(rand(20))), 100 + int(rand(30000));
}
sub games { my ($n) = @_; return join ', ', map { game() } 1 .. $n; }

# A statement at random. Functions that change versions or take the league away have tests of their own.
my @calls = grep { !/migrate|ALTER EXTENSION|simulate|remove_simulated|setup_roles|export_training/ } writers();
sub work
{
	my $columns = join ', ', @game;
	my $someone = 1 + int(rand(40));
	my $what = int(rand(16));
	return "INSERT INTO dynasty.milb_game_logs ($columns) VALUES " . games($what ? 1 + int(rand(40)) : 1) if $what < 3;
	return "COPY dynasty.milb_game_logs ($columns) FROM STDIN;\n" . join("\n", map { game() =~ s/^\(|\)$//gr =~ s/date '2021-04-01' \+ (\d+)/'2021-04-' . (1 + $1 % 30)/er =~ s/'//gr =~ s/NULL/\\N/gr =~ s/, /\t/gr } 1 .. 20) . "\n\\." if $what == 3;
	return "UPDATE dynasty.milb_game_logs SET hits = (hits + 1) % 5 WHERE prospect_id = $someone AND game_date < '2020-06-01'" if $what == 4;
	return "UPDATE dynasty.milb_game_logs SET season = 2019 + (id % 3)::int, level = 'AA' WHERE prospect_id = $someone AND id % 5 = 0" if $what == 5;
	return "DELETE FROM dynasty.milb_game_logs WHERE prospect_id = $someone AND id % 3 = 0" if $what == 6;
	return "INSERT INTO dynasty.milb_game_logs AS l ($columns) VALUES " . game() . ' ON CONFLICT (id) DO UPDATE SET hits = l.hits + 1' if $what == 7;
	return "MERGE INTO dynasty.milb_game_logs l USING (VALUES " . games(5) . ") v ($columns) ON l.prospect_id = v.prospect_id AND l.game_date = v.game_date
		WHEN MATCHED AND l.id % 2 = 0 THEN UPDATE SET hits = v.hits WHEN MATCHED THEN DELETE
		WHEN NOT MATCHED THEN INSERT ($columns) VALUES (" . join(', ', map { "v.$_" } @game) . ')' if $what == 8;
	return "BEGIN; DELETE FROM dynasty.milb_game_logs WHERE prospect_id = $someone; SAVEPOINT s; TRUNCATE dynasty.milb_game_logs; ROLLBACK TO s; INSERT INTO dynasty.milb_game_logs ($columns) VALUES "
	  . games(3) . '; ' . pick('COMMIT', 'ROLLBACK') if $what == 9;
	return pick("UPDATE dynasty.prospects SET birth_date = birth_date + 200, name = name || 'x' WHERE id = $someone", "DELETE FROM dynasty.prospects WHERE id = $someone",
		"UPDATE dynasty.prospects SET name = 'Renamed' WHERE id % 2 = 0", "INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES ($someone, 2021, 10, 40, 0.5)
		ON CONFLICT (prospect_id, season) DO UPDATE SET plate_appearances = 50") if $what == 10;
	return pick('SELECT dynasty.refresh_season_stats()', 'CALL dynasty.install()') if $what == 11;
	return pick('SELECT dynasty.refresh_features(2021)', 'SELECT dynasty.refresh_stale_features(2021)', 'CALL dynasty.refresh_features_in_batches(2021, batch_size => 5)',
		'SELECT dynasty.predict_all(\'a\', 2021)', 'SELECT dynasty.refresh_labels(2018, 2022)') if $what <= 13;
	return pick(@calls) if $what == 14;
	return 'SELECT count(*) FROM (' . pick(readers()) . ') q';
}

# The answers of several queries by their names, none for one that was refused; and the errors.
sub states
{
	my ($db, @queries) = @_;
	my ($out, $err, $sql) = ('', '', "\\set VERBOSITY verbose\nSET statement_timeout = '20s';\n");
	while (my ($name, $query) = splice @queries, 0, 2) { $sql .= "\\echo $name\n$query;\n"; }
	run [ 'psql', '-XAtq', '-d', $node->connstr($db) . ' user=postgres' ], '<', \$sql, '>', \$out, '2>', \$err;
	return ($out =~ /^([a-z]+)\n(\d+)$/mg, errors => $err);
}

# What is wrong about the errors of a statement, '' when nothing is.
sub odd
{
	my ($err) = @_;
	# The server's own word for a rule that takes a foreign key's cascade away.
	$err =~ s/XX000: referential integrity query .*gave unexpected result/27000: a rule in the way of a cascade/g;
	return 'a warning' if $err =~ /WARNING: /;
	return 'an internal error' if $err =~ /(ERROR|FATAL|PANIC):  XX/ || $err =~ /panicked|already borrowed|unwrap/;
	return 'the session ended' if $err =~ /server closed the connection|terminating connection|connection to server/;
	return 'an error without a SQLSTATE' if $err =~ /ERROR:  (?![0-9A-Z]{5}: )/;
	return '';
}

my (%tally, %seen);
my $failures = 0;
my $round = $ENV{STRANGERS_ROUND} // 0;
my $last = $ENV{STRANGERS_ROUND};
while (defined $last ? $round <= $last : (time < $until || $round < 8) && $failures < 15)
{
	srand($seed * 1000 + $round);
	my $db = 'stranger';
	my (@story, %may);
	my $wrong = sub {
		my ($what, $more) = @_;
		$failures++;
		fail("round $round: $what");
		diag(join "\n", "DYNASTY_SEED=$seed STRANGERS_ROUND=$round", @story, $more // '');
		return;
	};
	$node->safe_psql('postgres', "DROP DATABASE IF EXISTS $db WITH (FORCE)");
	$node->safe_psql('postgres', "CREATE DATABASE $db TEMPLATE league STRATEGY file_copy");
	my ($as_it_was) = statement($db, 'postgres', $computed);
	my $sound = 1;
	foreach (1 .. 2 + int(rand(5)))
	{
		my $object = draw($node, $db);
		my $who = $object->{root} ? 'postgres' : 'club';
		statement($db, $who, $object->{before}) if $object->{before};
		my (undef, $err) = statement($db, $who, "BEGIN; $object->{sql}; COMMIT");
		my ($line) = $err =~ /(ERROR: .*)/;
		push @story, "$who: $object->{sql}" . ($line ? "  -- $line" : '');
		if (my $odd = odd($err)) { $wrong->("$odd at an object", $err); $sound = 0; last; }
		next if $line;
		$tally{objects}++;
		$may{$_} = 1 foreach @{ $object->{may} // [] };
	}
	# The same values in other types and places: the same is computed, or it is refused.
	if ($sound && !$may{lines})
	{
		my ($now, $err) = statement($db, 'postgres', $computed);
		if (my $odd = odd($err)) { $wrong->("$odd in a reader", $err); $sound = 0; }
		elsif ($err eq '' && $now ne $as_it_was) { $wrong->('other features or statistics by objects alone', "was\n$as_it_was\nis\n$now"); $sound = 0; }
	}
	foreach (1 .. 10)
	{
		last unless $sound;
		my $who = pick('postgres', 'club', 'club');
		my @settings = pick([], [], [], ['SET search_path = strange, public'], ['SET jit = off', 'SET enable_indexscan = off']);
		my $sql = work();
		my (undef, $err) = statement($db, $who, $sql, @{ $settings[0] });
		my ($line) = $err =~ /(ERROR: .*)/;
		push @story, "$who: @{$settings[0]}" . (length $sql > 300 ? substr($sql, 0, 300) . '...' : $sql) . ($line ? "  -- $line" : '');
		$tally{ $line ? 'refused' : 'done' }++;
		if (my $odd = odd($err))
		{
			$wrong->($odd, $err);
			# A server that went down comes back by itself.
			foreach (1 .. 100) { last if (statement('postgres', 'postgres', 'SELECT 1'))[0] eq '1'; select undef, undef, undef, 0.1; }
			$sound = 0;
			last;
		}
		my %is = states($db, recount => $recount, told => 'SELECT count(*) FROM dynasty.season_stats_diff()', rand() < 0.3 || $sql =~ /features/ ? (vectors => $vectors) : ());
		if (my $odd = odd($is{errors})) { $wrong->("$odd in a reader", $is{errors}); $sound = 0; last; }
		my ($differ, $told) = @is{qw(recount told)};
		if (!defined $differ) { $tally{'recounts that could not be'}++; }
		elsif ($differ)
		{
			if (!$may{lines}) { $wrong->("$differ season lines are wrong, season_stats_diff() says " . ($told // $is{errors})); $sound = 0; }
			elsif (defined $told && !$told) { $wrong->("$differ season lines are other than the games and season_stats_diff() is silent"); $sound = 0; }
		}
		elsif ($told && !$may{lines} && !$may{unlike}) { $wrong->("season_stats_diff() tells of $told lines that are right"); $sound = 0; }
		if ($is{vectors} && !$may{vectors}) { $wrong->("$is{vectors} stored vectors are neither right nor stale"); $sound = 0; }
	}
	# Nobody's code as somebody else: what the club's sessions fired ran as the club.
	my ($others) = statement($db, 'postgres', q{SELECT string_agg(DISTINCT format('%s as %s', what, who), ', ') FROM strange.ran WHERE session = 'club' AND who <> 'club'});
	$wrong->("code of the club's ran with other rights: $others") if $others;
	# The same rows where no stranger is.
	if ($sound && !$may{lines})
	{
		$node->safe_psql('postgres', 'DROP DATABASE IF EXISTS twin');
		$node->safe_psql('postgres', 'CREATE DATABASE twin TEMPLATE clean STRATEGY file_copy');
		my $copied = 1;
		foreach my $table (qw(prospects milb_game_logs mlb_stats scouting_grades milb_advanced_stats))
		{
			my ($names) = statement('clean', 'postgres', qq{SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
				WHERE attrelid = 'dynasty.$table'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''});
			my $from = join ', ', map { "trim(trailing from $_\::text)" } split /, /, $names;
			my ($rows, $err) = statement($db, 'postgres', "COPY (SELECT $from FROM dynasty.$table) TO STDOUT");
			(undef, $err) = statement('twin', 'postgres', "COPY dynasty.$table ($names) FROM STDIN;\n$rows\n\\.") if !$err;
			if ($err) { push @story, "$table cannot be copied: $err"; $copied = 0; last; }
		}
		if ($copied)
		{
			my ($here, $err) = statement($db, 'postgres', $computed);
			my ($there) = statement('twin', 'postgres', $computed);
			$tally{twins}++ if $err eq '';
			if ($err eq '' && $here ne $there) { $wrong->('the same rows without a stranger give other features or statistics', "here\n$here\nthere\n$there"); }
		}
	}
	note(join "\n", "round $round", @story) if $ENV{STRANGERS_SHOW};
	$round++;
	$tally{rounds}++;
}
my $told = join ', ', map { "$_ $tally{$_}" } sort keys %tally;
note($told);
ok($failures == 0, "nothing came of strangers' objects: $told");
# Refusing everything would be no proof.
ok(($tally{done} // 0) > ($tally{refused} // 0) / 3, 'most of what was asked was done') unless defined $last;
ok(($tally{twins} // 0) > 0, 'and compared with the same rows without a stranger') unless defined $last;
$node->stop;
done_testing();
