# Long work stops within a second of being cancelled, wherever it is: parsing, looking up players, writing. Each job runs under a
# statement_timeout at several moments of its run; how long after it the error comes is measured by the server's clock.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(time);
use Dynasty;
use Recovery;

seeded();
my $node = new_node('main');
league($node, 'postgres', 300);
trained($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE TABLE payloads (kind text, payload jsonb);
	INSERT INTO payloads SELECT 'people', jsonb_build_object('people', (SELECT jsonb_agg(jsonb_build_object('id', 9000000 + g, 'fullName', 'x' || g,
		'primaryPosition', '{"abbreviation": "SS"}'::jsonb)) FROM generate_series(1, 400000) g));
	INSERT INTO payloads SELECT 'game_logs', jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits',
		(SELECT jsonb_agg(jsonb_build_object('season', 2024, 'date', date '2024-04-01' + g % 150, 'sport', '{"id": 12}'::jsonb,
			'game', jsonb_build_object('gamePk', 500000 + g), 'player', jsonb_build_object('id', 700000 + g / 150), 'stat', '{"atBats": 4, "hits": 1}'::jsonb))
		FROM generate_series(1, 200000) g))));
	INSERT INTO payloads SELECT 'rejects', jsonb_build_object('people', (SELECT jsonb_agg(g) FROM generate_series(1, 3000000) g));
	INSERT INTO payloads SELECT 'scouting', (SELECT jsonb_agg(jsonb_build_object('Name', 'Namesake ' || g % 50000, 'FV', 40)) FROM generate_series(1, 200000) g)});

my %jobs = (
	people => q{SELECT count(*) FROM payloads, dynasty.ingest_people(payload) WHERE kind = 'people'},
	game_logs => q{SELECT count(*) FROM payloads, dynasty.ingest_game_logs(payload) WHERE kind = 'game_logs'},
	rejects => q{SELECT count(*) FROM payloads, dynasty.ingest_people(payload) WHERE kind = 'rejects'},
	scouting => q{SELECT count(*) FROM payloads, dynasty.ingest_scouting(payload, 'x', 2024) WHERE kind = 'scouting'},
	all_features => q{SELECT count(*) FROM generate_series(2018, 2022) y, dynasty.all_features(y)},
	training_set => q{SELECT count(*) FROM dynasty.training_set('{2018,2019,2020}', 2)},
	train_model => q{SELECT count(*) FROM dynasty.train_model('t', '1', as_of_years => '{2018,2019,2020}', years_to_evaluate => 2)},
	predict_all => q{SELECT dynasty.predict_all('a', y, make_date(y, 12, 30)) FROM generate_series(2018, 2022) y},
	simulate_league => q{SELECT * FROM dynasty.simulate_league(20000, 2018, 2020, 5)},
	feature_drift => q{SELECT count(*) FROM generate_series(1, 10), dynasty.training_set_drift((SELECT digest FROM dynasty.training_sets LIMIT 1), 2021)},
);
foreach my $job (sort keys %jobs)
{
	my ($met, $worst, @errors) = (0, 0);
	foreach my $ms (5, 15, 40, 150, 400, 900, 1500, 2500, 4000)
	{
		my ($rc, $out, $err) = $node->psql('postgres', qq{
			\\set VERBOSITY verbose
			SET client_min_messages = error;
			BEGIN;
			SELECT 'begun ' || extract(epoch FROM clock_timestamp());
			SET statement_timeout = $ms;
			$jobs{$job};
			ROLLBACK;
			SELECT 'ended ' || extract(epoch FROM clock_timestamp());}, on_error_stop => 0);
		my ($begun) = $out =~ /begun ([\d.]+)/;
		my ($ended) = $out =~ /ended ([\d.]+)/;
		push @errors, $err if $err ne '' && $err !~ /57014: canceling statement due to statement timeout/;
		last if $err eq '';
		$met++;
		my $late = $ended - $begun - $ms / 1000;
		$worst = $late if $late > $worst;
	}
	is(join("\n", @errors), '', "$job: no other error");
	ok($met, "$job: the timeout met it at work ($met times)");
	cmp_ok($worst, '<', 1, sprintf('%s: stops within a second (%.3f s)', $job, $worst));
}
is(sound($node, 'postgres'), '', 'sound');
$node->stop;
done_testing();
