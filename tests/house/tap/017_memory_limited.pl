# A server that may have little memory (ulimit -v): work that does not fit ends with 53200, the session goes on, and so does
# everybody else's. Limits in steps, so that memory runs out at many different places.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;
use Dynasty;
use Recovery;

system('bash', '-c', 'ulimit -v 4000000') == 0 or plan skip_all => 'ulimit -v cannot be set here';

my $node = new_node('main');
$node->append_conf('postgresql.conf', "shared_buffers = 32MB\nmax_connections = 20\nautovacuum = off\n");
$node->restart;
league($node, 'postgres', 300);
trained($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE TABLE payloads (kind text, payload jsonb);
	INSERT INTO payloads SELECT 'people', jsonb_build_object('people', (SELECT jsonb_agg(jsonb_build_object('id', 9000000 + g, 'fullName', 'x' || g,
		'primaryPosition', '{"abbreviation": "SS"}'::jsonb)) FROM generate_series(1, 80000) g));
	INSERT INTO payloads SELECT 'scouting', (SELECT jsonb_agg(jsonb_build_object('Name', 'y' || g, 'PlayerId', 'sa' || g, 'FV', 40)) FROM generate_series(1, 20000) g);
	INSERT INTO payloads SELECT 'game_logs', jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits',
		(SELECT jsonb_agg(jsonb_build_object('season', 2024, 'date', date '2024-04-01' + g % 150, 'sport', '{"id": 12}'::jsonb,
			'game', jsonb_build_object('gamePk', 500000 + g), 'player', jsonb_build_object('id', 700000 + g / 150), 'stat', '{"atBats": 4, "hits": 1}'::jsonb))
		FROM generate_series(1, 15000) g))));
	INSERT INTO payloads SELECT 'rejects', jsonb_build_object('people', (SELECT jsonb_agg(g) FROM generate_series(1, 500000) g));
	CREATE TABLE documents AS SELECT format('{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": 0%s}', repeat(' ', 8000000)) AS d});

my @jobs = (
	q{SELECT count(*) FROM payloads, dynasty.ingest_people(payload) WHERE kind = 'people'},
	q{SELECT count(*) FROM payloads, dynasty.ingest_scouting(payload, 'x', 2024) WHERE kind = 'scouting'},
	q{SELECT count(*) FROM payloads, dynasty.ingest_game_logs(payload) WHERE kind = 'game_logs'},
	q{SELECT count(*) FROM payloads, dynasty.ingest_people(payload) WHERE kind = 'rejects'},
	q{SELECT count(*) FROM dynasty.all_features(2021)},
	q{SELECT count(*) FROM dynasty.feature_matrix(2021)},
	q{SELECT dynasty.refresh_features(2020)},
	q{SELECT count(*) FROM dynasty.training_set('{2018,2019,2020}', 2)},
	q{SELECT count(*) FROM dynasty.train_model('t', '1', as_of_years => '{2018,2019,2020}', years_to_evaluate => 2, lambda => 10, folds => 2)},
	q{SELECT dynasty.predict_all('a', 2021, '2021-12-30')},
	q{SELECT count(*) FROM dynasty.simulate_league(2000, 2018, 2018, 5)},
	q{SELECT count(*) FROM dynasty.season_stats()},
	q{SELECT dynasty.refresh_season_stats()},
	q{SELECT count(*) FROM dynasty.derive_labels(2018, 2022)},
	q{SELECT dynasty.register_model('big', '1', 'linear', d) FROM documents},
);
$node->stop;

# What a session needs to do nothing, in kB: from there on upwards.
my ($refused, $done, $other) = (0, 0, '');
my $pg_ctl = $node->config_data('--bindir') . '/pg_ctl';
foreach my $mb (map { 130 + 12 * $_ } 0 .. 5)
{
	my $limit = $mb * 1024;
	my $log = $node->logfile;
	next if system('bash', '-c', qq{ulimit -v $limit; exec '$pg_ctl' -D '} . $node->data_dir . qq{' -w -l '$log' start >/dev/null 2>&1}) != 0;
	$node->_update_pid(1);
	my $started = eval { $node->safe_psql('postgres', 'SELECT pg_postmaster_start_time()') };
	if (!defined $started) { $node->stop; next }
	my ($bystander, $bystander_out, $bystander_err) = client($node, 'postgres', 'SELECT pg_sleep(3600)');
	foreach my $sql (@jobs)
	{
		my ($rc, $out, $err) = $node->psql('postgres',
			"\\set VERBOSITY verbose\nSET client_min_messages = error;\nBEGIN;\n$sql;\nROLLBACK;\nSELECT 'still here';", on_error_stop => 0);
		if ($err =~ /ERROR:  53200/) { $refused++ }
		elsif ($err eq '') { $done++ }
		elsif ($err =~ /ERROR:  58P01: could not load library/) { } # the server's own: not even the library found room
		else { $other .= "$mb MB: $sql: $err\n" }
		$other .= "$mb MB: $sql: the session is gone\n" if $out !~ /still here/;
	}
	is($node->safe_psql('postgres', 'SELECT pg_postmaster_start_time()'), $started, "$mb MB: the server went on");
	ok($bystander->pumpable && kill_at($bystander, 0.01), "$mb MB: so did the other session");
	$bystander->kill_kill;
	$node->stop('immediate') if !$node->stop('fast', fail_ok => 1);
}
is($other, '', 'nothing but 53200');
cmp_ok($refused, '>=', 10, "$refused runs were refused");
cmp_ok($done, '>=', 20, "$done runs were done");
unlike(slurp_file($node->logfile), qr/terminated by signal|memory allocation of \d+ bytes failed/, 'no process died');

$node->start;
is(sound($node, 'postgres'), '', 'sound');
$node->stop;
done_testing();
