# What several TAP tests need: a filled database, a fingerprint of all its tables, its catalogs, its dump.
package Dynasty;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(new_node fill fill_odds fingerprint catalog schema_dump same_lines maintained advance_sequences);
use IPC::Run qw(run);
use PostgreSQL::Test::Cluster;
use Test::More ();

# A running server with the settings the tests count on. Options are those of init(), such as allows_streaming.
sub new_node
{
	my ($name, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init(%options);
	$node->append_conf('postgresql.conf', "jit = off\n");
	$node->start;
	return $node;
}

# Rows in every table, by plain SQL, the same on every run. 40 prospects, two seasons, two levels, 60 games each, with
# NULLs, pitchers and a doubleheader.
sub fill
{
	my ($node, $db) = @_;
	$node->safe_psql($db, q{
		INSERT INTO dynasty.prospects (mlb_id, name, position, bats, throws, birth_date, birth_city, data_sources)
		SELECT 600000 + i, 'Player "' || i || E'" O\'Neil\t\\\\', (ARRAY['SS', 'P', 'CF'])[1 + i % 3], 'R', 'L',
			date '2000-01-01' + i * 31, CASE WHEN i % 4 > 0 THEN 'San José' END, jsonb_build_object('mlb', i % 2 = 0)
		FROM generate_series(1, 40) i;
		INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, game_type, team, level, plate_appearances,
			at_bats, hits, doubles, triples, home_runs, runs, rbi, walks, strikeouts, stolen_bases, hit_by_pitch,
			game_number, outs_pitched, batters_faced, hits_allowed, earned_runs, home_runs_allowed, walks_allowed,
			strikeouts_pitched)
		SELECT p.id, make_date(2021 + s, 4, 1) + g, 2021 + s, 'Regular', 'Team ' || g % 2, (ARRAY['A', 'AA'])[1 + g % 2],
			5, 4, (p.id + g) % 4, (p.id + g) % 4 / 2, 0, CASE WHEN g % 7 = 0 THEN 1 ELSE 0 END, g % 3,
			CASE WHEN g % 5 > 0 THEN g % 4 END, 1, (p.id * g) % 5, 0, NULL, 1,
			CASE WHEN p.position = 'P' THEN 15 + g % 4 END, CASE WHEN p.position = 'P' THEN 22 END,
			CASE WHEN p.position = 'P' THEN g % 6 END, CASE WHEN p.position = 'P' THEN g % 4 END,
			CASE WHEN p.position = 'P' THEN 0 END, CASE WHEN p.position = 'P' THEN g % 3 END,
			CASE WHEN p.position = 'P' THEN 5 END
		FROM dynasty.prospects p, generate_series(0, 1) s, generate_series(1, 60) g;
		INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, hits, at_bats)
		SELECT id, '2021-04-02', 2021, 'A', 2, 2, 3 FROM dynasty.prospects WHERE id % 5 = 0;
		INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war)
		SELECT id, 2023, id, id * 10, id / 10.0 FROM dynasty.prospects WHERE id % 3 = 0;
		INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value)
		SELECT id, 'fangraphs', 2022, '2022-02-01', 40 + 5 * (id % 5) FROM dynasty.prospects;
		INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, woba)
		SELECT id, 2022, 'AA', 0.300 + id / 1000.0 FROM dynasty.prospects;
		UPDATE dynasty.scouting_grades SET date_recorded = '2023-02-01', hit_future = 60 WHERE prospect_id % 10 = 0;
		UPDATE dynasty.milb_advanced_stats SET woba = 0.4 WHERE prospect_id % 10 = 0;
		UPDATE dynasty.milb_game_logs SET runs = 5 WHERE prospect_id % 10 = 0 AND game_date = '2022-04-20';
		SELECT dynasty.register_feature_set('mine', '{career_ops,age,power_gap}', '{"power_gap": "career_slg - career_obp"}');
		SELECT dynasty.refresh_features(2022);
		SELECT dynasty.refresh_features(2022, 'mine');
		INSERT INTO dynasty.ml_labels (prospect_id, prospect_year, evaluation_year, years_to_evaluate, window_complete)
		SELECT id, 2020, 2024, 4, false FROM dynasty.prospects;
		CALL dynasty.keep_labels_current(2021, 2023);
		SELECT dynasty.register_model('tap', '1', 'linear',
			'{"kind": "logistic", "feature_names": ["age"], "coef": [-1], "intercept": 20}', metrics => '{"auc": 0.7}',
			training_digest => dynasty.record_training_set('{2021}', 2));
		INSERT INTO dynasty.ml_predictions (prospect_id, model_version, prediction_date, success_probability)
		SELECT id, 'm1', '2023-01-01', id / 100.0 FROM dynasty.prospects;
		INSERT INTO dynasty.prospect_merges (kept_id, dropped_id, record) VALUES (1, 1000000, '{"tables": {}}');
		INSERT INTO dynasty_ops.alerts (name, severity, value, threshold, raised_at) VALUES ('disk_space', 'warning', 90, 85, '2024-01-01');
		INSERT INTO dynasty_ops.slow_query_samples (captured_at, since, queryid, query, calls, mean_ms, max_ms, total_ms, rows) VALUES ('2024-01-02', '2024-01-01', 1, 'SELECT $1', 1, 200, 200, 200, 1);
		INSERT INTO dynasty_ops.slow_query_marks (queryid, calls, rows, hit, read, total_ms, marked_at) VALUES (1, 1, 1, 0, 0, 200, '2024-01-02');
		INSERT INTO dynasty_ops.shard_nodes (shard_no, node_name) VALUES (0, 'one');
		-- Saved by a downgrade once, of a row that is gone.
		INSERT INTO dynasty.migration_saves (version, table_name, row_key, data)
		VALUES ('1.1', 'scouting_grades', '[0, "fangraphs", 2019]', '{"scout": "Somebody"}');
	});
	fill_odds($node, $db);
	return;
}

# Of every table of odds some rows; full and unchanged snapshots of two days.
sub fill_odds
{
	my ($node, $db) = @_;
	$node->safe_psql($db, q{
		INSERT INTO dynasty_odds.sports (id, key, name) VALUES (1, 'baseball', 'Baseball');
		INSERT INTO dynasty_odds.tournaments (id, sport_id, name) VALUES (1, 1, 'League');
		INSERT INTO dynasty_odds.bookmakers (id, key, name, commission) VALUES (1, 'alpha', 'Alpha', 0), (2, 'exchange', 'Exchange', 0.05);
		INSERT INTO dynasty_odds.events (id, tournament_id, name, home_team, away_team, kickoff)
		SELECT g, 1, 'Game ' || g, 'Home ' || g, 'Away ' || g, timestamptz '2024-05-02 00:00Z' + make_interval(hours => g) FROM generate_series(1, 5) g;
		UPDATE dynasty_odds.events SET kickoff = kickoff + '1 hour'::interval, status = 'finished', home_score = 3, away_score = 1 WHERE id = 2;
		INSERT INTO dynasty_odds.event_bookmakers (event_id, bookmaker_id, external_event_id, source, first_seen_at, last_seen_at) SELECT e.id, b.id, 'x' || e.id, 'flat', '2024-05-01', '2024-05-01' FROM dynasty_odds.events e, dynasty_odds.bookmakers b;
		INSERT INTO dynasty_odds.team_aliases VALUES (1, 'The  HOMEs', 'Home 1');
		INSERT INTO dynasty_odds.market_kinds (id, key, name) VALUES (100, 'first_homer', 'First to hit one');
		INSERT INTO dynasty_odds.scrape_runs (id, source, started_at, finished_at, status, errors) VALUES (1, 'flat', '2024-05-01 10:00Z', '2024-05-01 10:01Z', 'partial', 1);
		INSERT INTO dynasty_odds.scrape_errors (scrape_run_id, event_id, kind, message, occurred_at) VALUES (1, 1, 'parse', 'no price', '2024-05-01 10:00Z');
		INSERT INTO dynasty_odds.odds_snapshots (id, event_id, bookmaker_id, captured_at, scrape_run_id, content_hash, market_count, raw_response)
		SELECT e.id * 10 + b.id + d * 100, e.id, b.id, timestamptz '2024-05-01 10:00Z' + make_interval(days => d), 1, e.id, 1, '{"a": 1}' FROM dynasty_odds.events e, dynasty_odds.bookmakers b, generate_series(0, 1) d;
		INSERT INTO dynasty_odds.odds_snapshots (id, event_id, bookmaker_id, captured_at, is_unchanged, same_as_id, same_as_captured_at, content_hash)
		SELECT s.id + 1000, s.event_id, s.bookmaker_id, s.captured_at + '5 minutes'::interval, true, s.id, s.captured_at, s.content_hash FROM dynasty_odds.odds_snapshots s;
		INSERT INTO dynasty_odds.market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, line, outcome, price)
		SELECT s.id, s.captured_at, s.event_id, s.bookmaker_id, k.id, CASE WHEN k.has_line THEN 2.5 END, o.outcome, 1.9 + s.event_id / 100.0
		FROM dynasty_odds.odds_snapshots s, dynasty_odds.market_kinds k, unnest(k.outcomes) o (outcome) WHERE NOT s.is_unchanged AND k.key IN ('h2h', 'totals');
		INSERT INTO dynasty_odds.closing_odds (event_id, bookmaker_id, market_kind_id, period, outcome, open_price, close_price, open_at, close_at, was_open, kickoff, fair_prob)
		SELECT e.id, 1, 1, 0, 'home', 1.9, 1.95, '2024-05-01 10:00Z', '2024-05-01 10:05Z', true, e.kickoff, 0.5 FROM dynasty_odds.events e;
	});
	return;
}

# One line per table of schema dynasty: name, rows, md5 of all rows as text in a fixed order.
sub fingerprint
{
	my ($node, $db) = @_;
	my $tables = $node->safe_psql($db,
		q{SELECT c.oid::regclass FROM pg_class c WHERE relnamespace::regnamespace::text LIKE 'dynasty%' AND relkind IN ('r', 'p') ORDER BY relname});
	my @lines;
	foreach my $table (split /\n/, $tables)
	{
		push @lines, $table . ' ' . $node->safe_psql($db,
			qq{SELECT count(*), md5(string_agg(t::text, E'\n' ORDER BY t::text COLLATE "C")) FROM $table t});
	}
	return join "\n", @lines;
}

# All that stands in the catalogs about schema dynasty and the extension: one line per object, without numbers that differ
# between databases, such as the pg_attver that some servers keep. Columns by their order; a dropped one leaves nothing.
sub catalog
{
	my ($node, $db) = @_;
	return $node->safe_psql($db, q{
		SET search_path = pg_catalog;
		SELECT o.kind || ' ' || o.name || ': ' || replace(coalesce(o.definition, ''), E'\n', '\n') AS line FROM (
			SELECT 'schema', nspname::text, format('%s %s', nspacl, obj_description(oid, 'pg_namespace'))
			FROM pg_namespace WHERE nspname LIKE 'dynasty%'
			UNION ALL
			SELECT 'function', p.oid::regprocedure::text, format('%s %s %s', p.proacl, obj_description(p.oid, 'pg_proc'),
				CASE p.prokind WHEN 'a' THEN (
					SELECT format('%s %s %s %s %s %s %s %s', p.proparallel, p.provolatile, a.aggtransfn, a.aggfinalfn, a.aggcombinefn,
						a.aggserialfn, a.aggdeserialfn, format_type(a.aggtranstype, NULL))
					FROM pg_aggregate a WHERE a.aggfnoid = p.oid)
				ELSE pg_get_functiondef(p.oid) END)
			FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%'
			UNION ALL
			SELECT 'relation', c.oid::regclass::text, format('%s %s %s %s %s %s %s %s', c.relkind, c.relacl, c.reloptions, c.relreplident,
				c.relrowsecurity, c.relforcerowsecurity, obj_description(c.oid, 'pg_class'),
				CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid)
					WHEN 'i' THEN pg_get_indexdef(c.oid) || (SELECT format('%s %s', i.indisvalid, i.indisreplident) FROM pg_index i WHERE i.indexrelid = c.oid)
					WHEN 'S' THEN (SELECT format('%s %s %s %s %s', seqtypid::regtype, seqstart, seqincrement, seqmax, seqcycle) FROM pg_sequence WHERE seqrelid = c.oid) END)
			FROM pg_class c WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%'
			UNION ALL
			SELECT 'column', format('%s.%s %s', a.attrelid::regclass, row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum), a.attname),
				format('%s %s %s %s %s %s %s %s', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
					a.attacl, ARRAY(SELECT o FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg_attver=%'), pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
			FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND a.attnum > 0 AND NOT a.attisdropped
			UNION ALL
			SELECT 'constraint', format('%s %s', k.conrelid::regclass, k.conname),
				format('%s %s %s', pg_get_constraintdef(k.oid), k.convalidated, obj_description(k.oid, 'pg_constraint'))
			FROM pg_constraint k WHERE k.connamespace::regnamespace::text LIKE 'dynasty%'
			UNION ALL
			SELECT 'trigger', format('%s %s', t.tgrelid::regclass, t.tgname), format('%s %s', pg_get_triggerdef(t.oid), t.tgenabled)
			FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND NOT t.tgisinternal
			UNION ALL
			SELECT 'policy', format('%s %s', p.polrelid::regclass, p.polname), format('%s %s %s', p.polcmd, pg_get_expr(p.polqual, p.polrelid), p.polroles::regrole[])
			FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%'
			UNION ALL
			SELECT 'type', t.oid::regtype::text, format('%s %s', t.typtype, obj_description(t.oid, 'pg_type'))
			FROM pg_type t WHERE t.typnamespace::regnamespace::text LIKE 'dynasty%'
			UNION ALL
			SELECT 'member', pg_describe_object(d.classid, d.objid, d.objsubid), NULL FROM pg_depend d
			WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
				AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'dynasty')
		) o (kind, name, definition)
		ORDER BY o.kind COLLATE "C", o.name COLLATE "C", o.definition COLLATE "C"});
}

# pg_dump without the rows. Newer minor versions put a random word into it, against psql commands in hostile dumps.
sub schema_dump
{
	my ($node, $db, @options) = @_;
	my ($out, $err);
	run [ 'pg_dump', '--schema-only', @options, '--host', $node->host, '--port', $node->port, $db ], '>', \$out, '2>', \$err
		or die "pg_dump: $err";
	$out =~ s/^\\(?:un)?restrict .*\n//mg;
	return $out;
}

# is() for long texts: shows the lines that only one of them has.
sub same_lines
{
	my ($got, $expected, $name) = @_;
	my (%got, %expected);
	$got{$_} = 1 foreach split /\n/, $got;
	$expected{$_} = 1 foreach split /\n/, $expected;
	Test::More::ok($got eq $expected, $name) and return;
	Test::More::diag("superfluous: $_") foreach sort grep { !$expected{$_} } keys %got;
	Test::More::diag("missing: $_") foreach sort grep { !$got{$_} } keys %expected;
	return;
}

# What is derived equals what it is derived from: the number of season lines and labels that do not, which is 0.
sub maintained
{
	my ($node, $db) = @_;
	return $node->safe_psql($db, q{
		SELECT (SELECT count(*) FROM dynasty.season_stats_diff())
			+ (SELECT count(*)
				FROM (SELECT d.* FROM dynasty.label_windows w
					CROSS JOIN LATERAL dynasty.derive_labels(w.prospect_year, w.evaluation_year, NULL, w.config) d) n
				FULL JOIN (SELECT l.* FROM dynasty.ml_labels l JOIN dynasty.label_windows w USING (prospect_year, evaluation_year)) l
					USING (prospect_id, prospect_year, evaluation_year)
				WHERE (n.is_success, n.success_tier, n.cumulative_war, n.total_games, n.window_complete)
					IS DISTINCT FROM (l.is_success, l.success_tier, l.cumulative_war, l.total_games, l.window_complete))});
}

# Logical replication leaves sequences behind: what docs/operations.md says to do before writing on a former subscriber.
sub advance_sequences
{
	my ($node, $db) = @_;
	return $node->safe_psql($db, q{
		SELECT format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT coalesce(max(%I), 0) + 1 FROM %s), false)',
			c.oid::regclass, a.attname, a.attname, c.oid::regclass)
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
		WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND a.attidentity <> '' \gexec});
}

1;
