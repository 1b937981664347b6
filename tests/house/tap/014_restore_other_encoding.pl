# A database in LATIN1 or EUC_JP, dumped and restored into one in UTF-8: every name, document and text is the same text, and what is
# computed from them (vectors, stamps, digests of training sets, predictions and their reasons) the same to the last bit.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/lib";
use Encode qw(encode);
use PostgreSQL::Test::Utils;
use Test::More;
use Dynasty;

my $node = new_node('main');
my @server = ('--host', $node->host, '--port', $node->port);
my $dir = PostgreSQL::Test::Utils::tempdir;
$ENV{PGCLIENTENCODING} = 'UTF8';

my %letters = (LATIN1 => 'Ñandú', EUC_JP => '漢字');
foreach my $encoding (sort keys %letters)
{
	my $from = lc "from_$encoding";
	my $to = lc "to_utf8_$encoding";
	$node->safe_psql('postgres', "CREATE DATABASE $from ENCODING '$encoding' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
	$node->safe_psql('postgres', "CREATE DATABASE $to ENCODING 'UTF8' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
	$node->safe_psql($from, 'CREATE EXTENSION dynasty CASCADE');
	my $l = encode('UTF-8', $letters{$encoding});
	$node->safe_psql($from, qq{
		SELECT dynasty.simulate_league(60, 2016, 2022, 3);
		UPDATE dynasty.prospects SET name = name || ' $l', birth_country = '$l';
		UPDATE dynasty.milb_game_logs SET team = '$l' WHERE prospect_id % 3 = 0;
		SELECT dynasty.ingest_people('{"people": [{"id": 5, "fullName": "$l", "primaryPosition": {"abbreviation": "SS"}}]}');
		SELECT dynasty.register_feature_set('$l', '{age,twice,career_ops,max_level}', '{"twice": {"expression": "age * 2", "unit": "$l"}}');
		CALL dynasty.keep_labels_current(2016, 2022);
		SELECT model FROM dynasty.train_model('$l', '1', as_of_years => '{2016,2017,2018}', years_to_evaluate => 3, feature_set_version => '$l', lambda => 10, folds => 0);
		SELECT dynasty.register_model('own', '$l', 'linear', '{"kind": "linear", "feature_names": ["$l", "b"], "coef": [1, 2], "intercept": 0}', feature_set_version => NULL);
		SELECT dynasty.predict_all('$l', 2021, '2021-12-31');
		SELECT dynasty.refresh_features(2021);
		SELECT dynasty.refresh_features(2021, '$l');
		SELECT dynasty.record_training_set('{2016,2017}', 3, '$l')});
	my $tables = tables($from);
	my $computed = computed($from, $l);
	like($tables, qr/^dynasty\.ml_predictions [1-9].*^dynasty\.prospects 61 /ms, "$encoding: the source is filled");

	command_ok([ 'pg_dump', @server, '-Fc', '-f', "$dir/$from", $from ], "$encoding: dumped");
	command_ok([ 'pg_restore', '-j2', '--exit-on-error', @server, '-d', $to, "$dir/$from" ], "$encoding: restored in UTF-8");
	is(tables($to), $tables, "$encoding: every text of every row");
	is(computed($to, $l), $computed, "$encoding: everything that is computed");
	is($node->safe_psql($to, "SELECT count(*) FROM dynasty.prospects WHERE name LIKE '% $l'"), '60', "$encoding: the names");
	is($node->safe_psql($to, 'SELECT count(*) FROM dynasty.season_stats_diff()'), '0', "$encoding: season statistics agree");
	is($node->safe_psql($to, 'SELECT dynasty.refresh_stale_features(2021)'), '0', "$encoding: no stored vector is stale");
	is($node->safe_psql($to, "SELECT dynasty.predict_all('$l', 2021, '2021-12-31')"), '0', "$encoding: no prediction and no reason is another");
}

# Every row of every table as text, as UTF-8, whatever the database's encoding.
sub tables
{
	my ($db) = @_;
	my @names = split /\n/, $node->safe_psql($db, q{SELECT oid::regclass FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%' AND relkind = 'r' ORDER BY oid::regclass::text});
	return join "\n", map {
		"$_ " . $node->safe_psql($db, qq{SELECT count(*) || ' ' || coalesce(md5(string_agg(r, '\\x0a' ORDER BY r)), '') FROM (SELECT convert_to(t::text, 'UTF8') AS r FROM $_ t) s})
	} @names;
}

sub computed
{
	my ($db, $l) = @_;
	return $node->safe_psql($db, qq{
		SELECT md5(string_agg(m::text, '' ORDER BY prospect_id)) FROM dynasty.feature_matrix(2021) m;
		SELECT md5(convert_to(string_agg(f::text, '' ORDER BY prospect_id), 'UTF8')) FROM dynasty.all_features(2021, '$l') f;
		SELECT md5(convert_to(string_agg(f::text, '' ORDER BY ordinal), 'UTF8')) FROM dynasty.feature_catalogue('$l') f;
		SELECT md5(string_agg(s::text, '' ORDER BY prospect_id)) FROM dynasty.feature_stamps(2021) s;
		SELECT s::text FROM dynasty.training_set_summary('{2016,2017}', 3, '$l') s;
		SELECT md5(string_agg(p::text, '' ORDER BY prospect_id)) FROM dynasty.predict_matrix('$l', 2021) p;
		SELECT margins FROM dynasty.predict('own:$l', '{"$l": 2, "b": 1}'::jsonb);
		SELECT md5(convert_to(string_agg(c::text, '' ORDER BY rank), 'UTF8')) FROM dynasty.comparable_players(10, 2021, 10, '{2017,2018}') c;
		SELECT md5(convert_to(string_agg(e::text, '' ORDER BY rank), 'UTF8')) FROM dynasty.explain_prediction('$l', 10, 2021) e});
}

$node->stop;
done_testing();
