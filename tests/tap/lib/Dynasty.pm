# What several TAP tests need: a filled database, and a fingerprint of all its tables.
package Dynasty;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(new_node fill fingerprint);
use PostgreSQL::Test::Cluster;

# A running server with the settings the tests count on.
sub new_node
{
	my ($name) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init;
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
		INSERT INTO dynasty.ml_features (prospect_id, as_of_year, feature_set_version, feature_values)
		SELECT id, 2022, 'v1.0', ARRAY[id, NULL, 1.0 / 3]::float8[] FROM dynasty.prospects;
		INSERT INTO dynasty.ml_labels (prospect_id, prospect_year, evaluation_year, years_to_evaluate, window_complete)
		SELECT id, 2020, 2024, 4, false FROM dynasty.prospects;
		INSERT INTO dynasty.ml_predictions (prospect_id, model_version, prediction_date, success_probability)
		SELECT id, 'm1', '2023-01-01', id / 100.0 FROM dynasty.prospects;
	});
	return;
}

# One line per table of schema dynasty: name, rows, md5 of all rows as text in a fixed order.
sub fingerprint
{
	my ($node, $db) = @_;
	my $tables = $node->safe_psql($db,
		q{SELECT c.oid::regclass FROM pg_class c WHERE relnamespace = 'dynasty'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname});
	my @lines;
	foreach my $table (split /\n/, $tables)
	{
		push @lines, $table . ' ' . $node->safe_psql($db,
			qq{SELECT count(*), md5(string_agg(t::text, E'\n' ORDER BY t::text COLLATE "C")) FROM $table t});
	}
	return join "\n", @lines;
}

1;
