# What the crash, replica and failover tests share: a league, moments from a seed, a server that dies, and the question
# whether everything derived is what it would be if it were computed now.
package Recovery;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(seeded league trained sound recomputed verbose kill_server kill_at back restarted client printed crash_during);
use IPC::Run;
use PostgreSQL::Test::Utils ();
use Test::More;
use Time::HiRes qw(sleep time);

# Random moments that can be had again: the seed is printed, and DYNASTY_SEED sets it.
sub seeded
{
	my $seed = $ENV{DYNASTY_SEED} // (time * 1000 ^ $$) % 1_000_000_000;
	srand($seed);
	note("seed $seed: DYNASTY_SEED=$seed draws the same moments again");
	return $seed;
}

# A simulated league, its vectors as of 2021 and labels that are kept current; amcheck for sound().
sub league
{
	my ($node, $db, $prospects) = @_;
	$node->safe_psql($db, qq{
		SET client_min_messages = warning;
		CREATE EXTENSION IF NOT EXISTS dynasty CASCADE;
		CREATE EXTENSION IF NOT EXISTS amcheck;
		SELECT dynasty.simulate_league($prospects, 2018, 2022, 23);
		SELECT dynasty.refresh_features(2021);
		CALL dynasty.keep_labels_current(2018, 2022)});
	return;
}

# In a league: a small feature set, a model trained on it with its training set, scouts, and predictions of several years.
sub trained
{
	my ($node, $db) = @_;
	$node->safe_psql($db, q{
		SET client_min_messages = warning;
		SELECT dynasty.register_feature_set('few', '{age,career_ops,max_level}');
		SELECT * FROM dynasty.train_model('a', '1', as_of_years => '{2018,2019}', years_to_evaluate => 3, feature_set_version => 'few',
			lambda => 10, folds => 0);
		SELECT dynasty.register_model('unused', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [-1], "intercept": 20}');
		UPDATE dynasty.scouting_grades SET scout = 'Scout ' || id % 3;
		SELECT dynasty.predict_all('a', y, make_date(y, 12, 31)) FROM generate_series(2018, 2021) y});
	return;
}

# What is wrong in a database, '' in health. Only reads, so a standby can be asked too.
sub sound
{
	my ($node, $db) = @_;
	my $wrong = derived($node, $db);
	return $node->safe_psql($db, 'SELECT pg_is_in_recovery()') eq 't' ? $wrong : $wrong . whole($node, $db);
}

# What is derived and is not as it would be now:
#   season lines: the same bytes as a recount of the games
#   vectors: those that are not reported stale have the values that would be computed now
#   labels of the windows that are kept: as derived now
sub derived
{
	my ($node, $db) = @_;
	# The matrix of a year once, whatever the planner thinks of a function's rows: beneath a join it was computed for every vector.
	return $node->safe_psql($db, q{
		WITH years AS (SELECT DISTINCT as_of_year FROM dynasty.ml_features WHERE feature_set_version = 'v1.0'),
			computed AS MATERIALIZED (SELECT y.as_of_year, a.prospect_id, a.feature_values
				FROM years y CROSS JOIN LATERAL dynasty.feature_matrix(y.as_of_year) a)
		SELECT format('season line %s %s %s is %s', prospect_id, season, level, problem) FROM dynasty.season_stats_diff()
		UNION ALL
		SELECT format('vector of %s as of %s is wrong and not known to be stale', a.prospect_id, a.as_of_year)
		FROM computed a
		JOIN dynasty.ml_features f ON f.prospect_id = a.prospect_id AND f.as_of_year = a.as_of_year
			AND f.feature_set_version = 'v1.0' AND f.feature_values IS DISTINCT FROM a.feature_values
		LEFT JOIN dynasty.stale_features(2021) s ON s.prospect_id = a.prospect_id
		WHERE s.prospect_id IS NULL
		UNION ALL
		SELECT format('label of %s for %s is not as derived', d.prospect_id, w.prospect_year)
		FROM dynasty.label_windows w
		CROSS JOIN LATERAL dynasty.derive_labels(w.prospect_year, w.evaluation_year, NULL, w.config) d
		LEFT JOIN dynasty.ml_labels l ON l.prospect_id = d.prospect_id AND l.prospect_year = d.prospect_year
			AND l.evaluation_year = d.evaluation_year
		WHERE EXISTS (SELECT FROM dynasty.mlb_stats m WHERE m.prospect_id = d.prospect_id)
			AND (l.prospect_id IS NULL OR NOT to_jsonb(l) @> to_jsonb(d))
		LIMIT 20});
}

# What is broken in heaps and indexes (amcheck): every row readable, and in every index.
sub whole
{
	my ($node, $db) = @_;
	my $broken = $node->safe_psql($db, q{
		SELECT format('%s block %s: %s', c.relname, h.blkno, h.msg)
		FROM pg_class c CROSS JOIN LATERAL verify_heapam(c.oid) h
		WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind = 'r' LIMIT 20;
		SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree' AND c.relkind = 'i'
		WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND i.indisvalid});
	return $broken =~ s/^\n+//r;
}

# Rebuilding writes nothing where nothing was lost; what was stale can be brought up to date, and is then right.
sub recomputed
{
	my ($node, $db, $what) = @_;
	is($node->safe_psql($db, 'SELECT dynasty.refresh_season_stats()'), '0', "$what: a rebuild of the season lines changes none");
	$node->safe_psql($db, 'SELECT dynasty.refresh_stale_features(2021)');
	is( $node->safe_psql($db, q{
			SELECT count(*) FROM dynasty.stale_features(2021)
			UNION ALL
			SELECT count(*) FROM dynasty.feature_matrix(2021) a LEFT JOIN dynasty.ml_features f
				ON f.prospect_id = a.prospect_id AND f.as_of_year = 2021 AND f.feature_set_version = 'v1.0'
			WHERE f.feature_values IS DISTINCT FROM a.feature_values}),
		"0\n0", "$what: refreshed, every vector is what is computed now");
	return;
}

# stderr of a statement with its SQLSTATE.
sub verbose
{
	my ($node, $db, $sql) = @_;
	my ($rc, $out, $err) = $node->psql($db, "\\set VERBOSITY verbose\n$sql", on_error_stop => 0);
	return $err;
}

# The processes that one has started, from /proc: a bare Debian has no ps.
sub children
{
	my ($parent) = @_;
	my @found;
	foreach my $file (glob '/proc/[0-9]*/stat')
	{
		open my $stat, '<', $file or next; # gone meanwhile
		my $line = <$stat> // '';
		push @found, $1 if $line =~ /^(\d+) \(.*\) \S (\d+) / && $2 == $parent;
	}
	return @found;
}

# Whether a process is there and has not ended: one that waits to be reaped holds nothing any more.
sub alive
{
	my ($pid) = @_;
	open my $stat, '<', "/proc/$pid/stat" or return 0;
	return (<$stat> // '') =~ /^\d+ \(.*\) [^ZX] /;
}

# kill -9 of the postmaster and of every process it started: nobody gets to tidy up.
sub kill_server
{
	my ($node) = @_;
	my $postmaster = $node->{_pid};
	kill 'STOP', $postmaster; # so that it starts nothing between the list and its end
	my @children = children($postmaster);
	Test::More::BAIL_OUT('the server has no processes to be killed') unless @children;
	$node->kill9;
	kill 'KILL', @children;
	foreach (1 .. 1000)
	{
		last unless grep { alive($_) } $postmaster, @children;
		sleep 0.01;
	}
	# Until init has reaped it, which in a container may take seconds, the next server would take this one for alive by its lock files.
	unlink $node->data_dir . '/postmaster.pid', $node->host . '/.s.PGSQL.' . $node->port . '.lock';
	return;
}

# After a kill: start again; the kernel may need a moment to let go of the shared memory.
sub back
{
	my ($node) = @_;
	foreach (1 .. 100)
	{
		return if $node->start(fail_ok => 1);
		sleep 0.1;
	}
	BAIL_OUT('the server did not come back');
	return;
}

# Waits until a server that restarts by itself answers. The query goes by -c: a psql that cannot connect does not read its standard
# input, and who writes into it (as poll_query_until does) may end of that.
sub restarted
{
	my ($node) = @_;
	my ($out, $err) = ('', '');
	foreach (1 .. 10 * $PostgreSQL::Test::Utils::timeout_default)
	{
		IPC::Run::run([ 'psql', '-XAtq', '-d', $node->connstr('postgres'), '-c', 'SELECT NOT pg_is_in_recovery()' ], '<', \undef, '>', \$out, '2>', \$err);
		return if $out eq "t\n";
		sleep 0.1;
	}
	BAIL_OUT("the server did not restart: $err");
	return;
}

# psql in the background: (its handle, the files with what it printed and with its errors). Through files, so that it goes on
# while nobody here looks.
my $clients = 0;
sub client
{
	my ($node, $db, $sql) = @_;
	my $file = PostgreSQL::Test::Utils::tempdir . '/client' . ++$clients;
	PostgreSQL::Test::Utils::append_to_file("$file.sql", $sql);
	my $handle = IPC::Run::start(
		[ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($db), '-f', "$file.sql" ],
		'<', \undef, '>', "$file.out", '2>', "$file.err");
	return ($handle, "$file.out", "$file.err");
}

# What a client has printed.
sub printed
{
	my ($file) = @_;
	return PostgreSQL::Test::Utils::slurp_file($file);
}

# Waits until the moment has come or the client is done; true when it is still at work.
sub kill_at
{
	my ($handle, $seconds) = @_;
	my $until = time + $seconds;
	while (time < $until)
	{
		return 0 unless $handle->pumpable;
		eval { $handle->pump_nb; 1 } or return 0;
		sleep 0.002;
	}
	return $handle->pumpable;
}

# Crashes during a job, each at a random moment of its run:
#   name, crashes   what and how often
#   before, sql     brings the database to where the run begins; the run
#   unsound         what is derived is wrong until the run is done
#   check           ->(what it printed, words): looks at what was left
sub crash_during
{
	my ($node, $db, %job) = @_;
	my ($name, $check) = ($job{name}, $job{check});
	my ($crashes, $tries) = (0, 0);
	# Once without a crash: how long it takes.
	$node->safe_psql($db, $job{before});
	my $begun = time;
	my ($handle, $out, $err) = client($node, $db, $job{sql});
	ok($handle->finish, "$name: undisturbed") or diag(printed($err));
	my $lasts = time - $begun;
	$check->(printed($out), "$name, undisturbed");
	while ($crashes < $job{crashes} && $tries < 10 + 4 * $job{crashes})
	{
		$tries++;
		$node->safe_psql($db, $job{before});
		my $moment = rand($lasts * 0.95);
		($handle, $out, $err) = client($node, $db, $job{sql});
		my $at_work = kill_at($handle, $moment);
		kill_server($node);
		eval { $handle->finish; };
		back($node);
		my $what = sprintf('%s, killed after %.3f of %.2f s', $name, $moment, $lasts);
		is($job{unsound} ? whole($node, $db) : sound($node, $db), '', "$what: sound");
		$check->(printed($out), $what);
		recomputed($node, $db, $what) unless $job{unsound};
		$crashes++ if $at_work;
		# The first run may have been the slow one: on a busy machine, or on cold caches.
		$lasts *= 0.8 unless $at_work;
	}
	is($crashes, $job{crashes}, "$name: $job{crashes} crashes while it was at work, in $tries tries");
	return;
}

1;
