# The past stays put: several sessions write at random (corrections, new numbers, moves, deletions of games and of prospects, re-inserts,
# birth dates, grades and editions of lists, advanced lines, in short and long transactions, some rolled back), others are served vectors meanwhile; afterwards each moment is asked for
# again, and every vector comes out to the bit. And all along, in sessions with warm and with cold caches, one prospect's vector is that
# of all prospects.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(time sleep);
use Dynasty;
use Recovery;

my $seed = seeded();
my $node = new_node('main');
my $prospects = 60;
$node->safe_psql('postgres', qq{CREATE EXTENSION dynasty CASCADE;
	SELECT count(*) FROM dynasty.simulate_league($prospects, 2019, 2021, 7);
	UPDATE dynasty.milb_game_logs SET data_source = 'api', created_at = game_date + time '23:00';
	UPDATE dynasty.scouting_grades SET created_at = date_recorded;
	UPDATE dynasty.milb_advanced_stats SET data_source = 'api', created_at = make_timestamptz(season, 11, 1, 0, 0, 0);
	UPDATE dynasty.mlb_stats SET created_at = make_timestamptz(season, 11, 1, 0, 0, 0);
	CREATE SEQUENCE numbers START 5000000;
	CREATE TABLE served (serial serial, at timestamptz, till timestamptz, prospect_id integer, v float8[])});

# A write of a kind, about one prospect or a few.
sub write_of
{
	my ($p, $n) = map { 1 + int rand $_ } $prospects, 40;
	my @kinds = (
		"UPDATE dynasty.milb_game_logs SET hits = (coalesce(hits, 0) + 1) % 4, walks = $n % 3 WHERE prospect_id = $p AND id % 3 = $n % 3",
		"UPDATE dynasty.milb_game_logs SET id = nextval('numbers') WHERE prospect_id = $p AND id % 5 = $n % 5",
		"UPDATE dynasty.milb_game_logs SET id = nextval('numbers'), home_runs = $n % 4, created_at = created_at - interval '1 day' WHERE prospect_id = $p AND id % 11 = $n % 11",
		"UPDATE dynasty.milb_game_logs SET prospect_id = (SELECT min(id) FROM dynasty.prospects WHERE id > $n), game_number = nextval('numbers') % 30000 WHERE prospect_id = $p AND id % 13 = $n % 13",
		"DELETE FROM dynasty.milb_game_logs WHERE prospect_id = $p AND id % 7 = $n % 7",
		"WITH gone AS (DELETE FROM dynasty.milb_game_logs WHERE prospect_id = $p AND id % 17 = $n % 17 RETURNING *)
			INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, game_number, at_bats, plate_appearances, hits)
			SELECT nextval('numbers'), prospect_id, game_date, season, level, nextval('numbers') % 30000, 4, 4, $n % 5 FROM gone",
		"INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, at_bats, plate_appearances, hits)
			SELECT id, date '2021-04-01' + $n, 2021, 'AA', nextval('numbers') % 30000, 4, 4, $n % 5 FROM dynasty.prospects WHERE id IN ($p, $n)",
		"UPDATE dynasty.prospects SET birth_date = birth_date + ($n - 20), name = name || 'x' WHERE id IN ($p, $n)",
		"UPDATE dynasty.prospects SET position = CASE position WHEN 'SP' THEN 'SS' ELSE 'SP' END, height_inches = 60 + $n % 20 WHERE id = $p",
		"UPDATE dynasty.prospects SET name = name || 'y'",
		"DELETE FROM dynasty.prospects WHERE id = $p AND $n % 4 = 0",
		"UPDATE dynasty.scouting_grades SET eta_year = eta_year WHERE prospect_id = $p",
		"UPDATE dynasty.scouting_grades SET future_value = 20 + 5 * ($n % 13) WHERE prospect_id IN ($p, $n)",
		"UPDATE dynasty.scouting_grades SET date_recorded = date_recorded + ($n % 3 - 1) * 200, hit_future = 20 + $n WHERE prospect_id IN ($p, $n)",
		"UPDATE dynasty.scouting_grades SET id = nextval('numbers'), risk_level = 'High' WHERE prospect_id = $p AND id % 3 = $n % 3",
		"DELETE FROM dynasty.scouting_grades WHERE prospect_id = $p AND id % 3 = $n % 3",
		"INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value)
			SELECT id, 'fangraphs', 2019 + $n % 3, make_date(2019 + $n % 3, 1, 1) + 30 * $n, 20 + $n FROM dynasty.prospects WHERE id IN ($p, $n)
			ON CONFLICT (prospect_id, source, ranking_year) DO UPDATE SET date_recorded = excluded.date_recorded, future_value = excluded.future_value",
		"SELECT FROM dynasty.ingest_scouting((SELECT coalesce(jsonb_agg(jsonb_build_object('prospect_id', id, 'FV', 20 + $n)), '[]') FROM dynasty.prospects WHERE id IN ($p, $n)),
			'fangraphs', 2021, date '2021-01-01' + 20 * $n)",
		"UPDATE dynasty.scouting_editions SET hit_future = 20 + $n WHERE prospect_id IN ($p, $n)",
		"DELETE FROM dynasty.scouting_editions WHERE prospect_id = $p AND id % 3 = $n % 3",
		"UPDATE dynasty.milb_advanced_stats SET wrc_plus = 80 + $n, woba = NULL WHERE prospect_id IN ($p, $n)",
		"INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus) SELECT id, 2021, 'AA', 100 + $n FROM dynasty.prospects WHERE id IN ($p, $n)
			ON CONFLICT (prospect_id, season, level) DO UPDATE SET wrc_plus = excluded.wrc_plus",
		"DELETE FROM dynasty.milb_advanced_stats WHERE prospect_id = $p AND id % 3 = $n % 3",
		"MERGE INTO dynasty.milb_game_logs l USING (SELECT $p AS p) s ON l.prospect_id = s.p AND l.id % 19 = $n % 19
			WHEN MATCHED AND l.id % 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET strikeouts = $n % 5");
	return $kinds[ int rand @kinds ] . ";\n";
}

sub writer
{
	my ($turns) = @_;
	my $script = "\\set ON_ERROR_STOP off\nSET deadlock_timeout = '50ms';\n";
	foreach (1 .. $turns)
	{
		# What only adds is noted when it takes more than 10 ms (src/prospects/native/moments.rs).
		my $write = write_of();
		if ($write !~ /^(INSERT|SELECT)/ && rand() < 0.4) { $script .= $write; next }
		$script .= "BEGIN;\n";
		foreach (1 .. 1 + int rand 4)
		{
			$script .= rand() < 0.2 ? "SAVEPOINT s;\n" . write_of() . "ROLLBACK TO s;\n" : write_of();
			$script .= sprintf "SELECT pg_sleep(%.3f);\n", 0.011 + rand 0.05;
		}
		$script .= rand() < 0.2 ? "ROLLBACK;\n" : "COMMIT;\n";
	}
	return $script;
}
my @clients = map { [ client($node, 'postgres', writer(100)) ] } 1 .. 3;

# A session that keeps its norms all the while, looking with every statement whether one prospect is all prospects.
my $one_is_all = q{SELECT count(*) FROM dynasty.feature_matrix(2021) m, LATERAL dynasty.prospect_features(m.prospect_id, 2021) f
	WHERE f.feature_values IS DISTINCT FROM m.feature_values};
my ($warm, $warm_out, $warm_err) = client($node, 'postgres', "$one_is_all;\nSELECT pg_sleep(0.05) WHERE false;\n" x 150);

# The snapshot of what is served is taken between the two clocks.
my $serve = q{INSERT INTO served (at, till, prospect_id, v)
	SELECT statement_timestamp(), clock_timestamp(), m.prospect_id, m.feature_values FROM dynasty.feature_matrix(2021) m};
my ($looks, $wrong, $begun) = (0, 0, time);
while (time - $begun < 60 && grep { $_->[0]->pumpable && eval { $_->[0]->pump_nb; 1 } } @clients)
{
	$node->safe_psql('postgres', $serve);
	$wrong++ if $node->safe_psql('postgres', $one_is_all) ne '0';
	$looks++;
	sleep 0.02 + rand 0.05;
}
foreach my $client (@clients)
{
	my ($handle, $out, $err) = @$client;
	$handle->finish;
	# Where a deadlock met it before the savepoint, that could not be made either.
	is(join("\n", grep { /ERROR/ && !/deadlock detected|current transaction is aborted|savepoint "s" does not exist|duplicate key|foreign key/ } split /\n/, printed($err)), '', 'a writer: no error but of meeting another one');
}
$warm->finish;
is(printed($warm_err), '', 'the warm session: no error');
is(join(' ', grep { $_ ne '0' } split /\n/, printed($warm_out)), '', 'the warm session: one prospect is all prospects, always');
is($wrong, 0, "$looks fresh sessions: the same");
cmp_ok($looks, '>', 5, 'more than five looks');

# Now each moment. Where a transaction ended between the clocks, or so little before that its end was still being written, the snapshot
# may be that of before or of after: those moments are asked for, too.
my $moments = $node->safe_psql('postgres', q{SELECT min(at), max(till), min(at) - interval '50 ms' FROM served GROUP BY at ORDER BY at});
my ($exact, $asked, @moved) = (0, 0);
foreach my $look (split /\n/, $moments)
{
	my ($at, $till, $from) = split /\|/, $look;
	my $ends = $node->safe_psql('postgres', qq{
		SELECT m FROM (SELECT committed_at - interval '1 microsecond' AS m FROM dynasty.history_transactions
) x
		WHERE m BETWEEN '$from' AND '$till' ORDER BY 1});
	my $differ = sub {
		return $node->safe_psql('postgres', qq{SELECT count(*) FROM served s JOIN dynasty.feature_matrix(2021, known_at => '$_[0]') m USING (prospect_id)
			WHERE s.at = '$at' AND m.feature_values IS DISTINCT FROM s.v});
	};
	my $found = $differ->($at) == 0;
	$exact += $found;
	my @else = $found ? () : ($till, split /\n/, $ends);
	my @left = map { my $left = $differ->($_); $found ||= $left == 0; "$_: $left" } @else;
	$asked++;
	push @moved, "$at (" . join(', ', @left) . ')' unless $found;
}
is(join(', ', @moved), '', "$asked moments: every vector as it was served");
cmp_ok($exact, '>', $asked / 2, "$exact of them by the clock alone");
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.prospects'), '<', $prospects, 'and prospects were deleted meanwhile');
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM dynasty.milb_game_logs_history WHERE prospect_id IS NULL'), '>', 0, 'and games renumbered');
cmp_ok($node->safe_psql('postgres', "SELECT count(*) FROM dynasty.$_"), '>', 0, "and rows in $_")
	foreach qw(scouting_editions scouting_grades_history milb_advanced_stats_history);
my $first = $node->safe_psql('postgres', 'SELECT min(at) FROM served');
is($node->safe_psql('postgres', qq{SELECT count(*) FROM dynasty.feature_matrix(2021, known_at => '$first') m, LATERAL dynasty.prospect_features(m.prospect_id, 2021, 'v1.0', '$first') o,
		LATERAL dynasty.all_features(2021, 'v1.0', ARRAY[m.prospect_id], '$first') a WHERE (o.feature_values, a.feature_values) IS DISTINCT FROM (m.feature_values, m.feature_values)}),
	'0', 'the same by the other forms');

# The check itself: a row that slips into the past is noticed.
$node->safe_psql('postgres', q{SET dynasty.game_log_history = off; UPDATE dynasty.milb_game_logs l SET hits = coalesce(hits, 0) + 1, at_bats = 9
	WHERE NOT EXISTS (SELECT FROM dynasty.milb_game_logs_history h WHERE h.id = l.id)});
cmp_ok($node->safe_psql('postgres', qq{SELECT count(*) FROM served s JOIN dynasty.feature_matrix(2021, known_at => '$first') m USING (prospect_id)
	WHERE s.at = '$first' AND m.feature_values IS DISTINCT FROM s.v}), '>', 0, 'a correction without history is');
$node->stop;
done_testing();
