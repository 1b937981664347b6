# What the server was started with changes no answer: errors are the same, to the letter, with RUST_BACKTRACE set, which makes
# Rust's runtime write traces.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;
use Dynasty;

my $node = new_node('main');
$node->safe_psql('postgres', 'CREATE EXTENSION dynasty CASCADE');
fill($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE ROLE nobody; GRANT USAGE ON SCHEMA dynasty TO nobody;
	CREATE TABLE logs (LIKE dynasty.milb_game_logs);
	CREATE TRIGGER t AFTER INSERT ON logs FOR EACH ROW EXECUTE FUNCTION dynasty.maintain_season_stats()});
my @errors = (
	'SELECT dynasty.ingest_people(NULL)',
	q{SELECT dynasty.ingest_people('[1')},
	q{SELECT dynasty.ingest_game_logs('{}')},
	q{SELECT dynasty.ingest_game_logs('{"stats": 3}')},
	q{SELECT * FROM dynasty.prospect_features(1, 1899)},
	q{SELECT * FROM dynasty.all_features(2022, 'v9')},
	q{SELECT * FROM dynasty.explain_feature(1, 2022, 'agee')},
	q{SELECT dynasty.register_feature_set('x', '{age}', '{"b": "age +"}')},
	q{SELECT dynasty.register_feature_set('x', '{age,NULL}')},
	q{SELECT * FROM dynasty.derive_labels(2020, 2019)},
	q{SELECT * FROM dynasty.derive_labels(2020, config => '{"nothing": 1}')},
	q{SELECT dynasty.refresh_labels(20200)},
	q{SELECT dynasty.record_prediction(1, 'm', '2024-01-01', 1.5)},
	q{SELECT dynasty.record_prediction(999, 'm', '2024-01-01', 0.5)},
	q{SELECT * FROM dynasty.simulate_league(-1)},
	q{SELECT dynasty.register_model('x', '1', 'xgboost', '{}')},
	q{SELECT dynasty.register_model('x', '1', 'lightgbm', 'tree')},
	q{SELECT dynasty.register_model('x', '1', 'linear', '{"kind": "logistic", "feature_names": ["agee"], "coef": [1], "intercept": 0}')},
	q{SELECT * FROM dynasty.predict('none', 1, 2022)},
	q{SELECT * FROM dynasty.predict('tap', '{"agee": 1}')},
	q{SELECT dynasty.predict_all('tap', 1492)},
	q{SELECT * FROM dynasty.explain_prediction('none', 1, 2022)},
	q{SELECT * FROM dynasty.training_set('{1492}')},
	q{SELECT * FROM dynasty.train_model('y', '1', as_of_years => '{2021}', lambda => -1)},
	q{SELECT * FROM dynasty.feature_drift('none', 2022)},
	q{SELECT * FROM dynasty.calibration_table('tap', 2022, 0)},
	q{CALL dynasty.install('nothing')},
	q{SELECT dynasty.migrate('7.0')},
	q{INSERT INTO logs (id, prospect_id, game_date, season, level, game_number) VALUES (1, 1, '2020-06-01', 2020, 'A', 1)},
	q{SET ROLE nobody; SELECT * FROM dynasty.season_stats()},
	q{SET ROLE nobody; SELECT * FROM dynasty.feature_matrix(2022)},
	q{SET ROLE nobody; SELECT dynasty.ingest_people('{}')},
	q{BEGIN READ ONLY; SELECT dynasty.refresh_features(2022)},
	# Errors that come from the server below our code, through SPI and through native calls.
	q{ALTER TABLE dynasty.milb_season_stats ADD CONSTRAINT none CHECK (total_hits < 0) NOT VALID; UPDATE dynasty.milb_game_logs SET hits = 4 WHERE prospect_id = 1},
	q{ALTER TABLE dynasty.mlb_stats RENAME TO gone; SELECT * FROM dynasty.derive_labels(2020)},
	q{ALTER TABLE dynasty.milb_game_logs RENAME hits TO gone; SELECT * FROM dynasty.season_stats()},
	q{SET statement_timeout = 1; SELECT count(*) FROM dynasty.all_features(2022), generate_series(1, 1000000)},
);
sub answers
{
	return map {
		my ($rc, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\nBEGIN;\n$_;\n");
		$err =~ s/^LOCATION:.*\n?//mg;
		$err =~ s/^(DETAIL:  Failing row contains) .*/$1/mg; # with a random stamp
		$err =~ s/^psql:<stdin>:\d+: //mg;
		$err
	} @errors;
}

my @plain = answers();
{
	local $ENV{RUST_BACKTRACE} = 'full';
	local $ENV{RUST_LIB_BACKTRACE} = '1';
	$node->restart;
	like(slurp_file('/proc/' . $node->{_pid} . '/environ'), qr/RUST_BACKTRACE=full/, 'the server has it in its environment') if -r '/proc/self/environ';
}
my @traced = answers();
foreach my $i (0 .. $#errors)
{
	like($plain[$i], qr/ERROR:  (?!XX000)[0-9A-Z]{5}: /, "$errors[$i]: an error with a SQLSTATE of its own");
	unlike($traced[$i], qr/backtrace|\.rs:|at .*src|stack/i, "$errors[$i]: shows nothing of the inside");
	is($traced[$i], $plain[$i], "$errors[$i]: the same with RUST_BACKTRACE");
}

$node->stop;
done_testing();
