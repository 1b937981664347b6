# A streaming replica answers every function that only reads, with what the primary answers, and refuses every one that
# writes with 25006, before it has done anything.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;
use Recovery;
use Calls;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->append_conf('postgresql.conf', "jit = off\n");
$primary->start;
league($primary, 'postgres', 120);
trained($primary, 'postgres');
fill_odds($primary, 'postgres');
$primary->safe_psql('postgres', q{SELECT dynasty.register_feature_set('on the primary', '{age}')});
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;
# Something that came by the stream, and is seen in the answers.
$primary->safe_psql('postgres', q{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, at_bats, hits)
	SELECT 3, date '2021-05-01' + g, 2021, 'AAA', 7, 4, g % 4 FROM generate_series(1, 30) g;
	INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (3, 2021, 100, 400, 2.5)
	ON CONFLICT DO NOTHING;
	SELECT dynasty.refresh_features(2021)});
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('write'));

is(missing($primary, 'postgres'), '', 'every public function is called here');
foreach my $query (readers())
{
	my $words = substr($query =~ s/\s+/ /gr, 0, 90);
	my $here = $primary->safe_psql('postgres', $query);
	isnt($here, '', "the primary answers $words");
	is($standby->safe_psql('postgres', $query), $here, "the standby answers the same");
}
foreach my $query (writers())
{
	my $words = substr($query =~ s/\s+/ /gr, 0, 60);
	like(verbose($standby, 'postgres', $query), qr/ERROR:  25006: /, "refused: $words");
}
like(verbose($standby, 'postgres', 'CALL dynasty.install()'), qr/^psql\S* NOTICE:  00000: dynasty: nothing was missing\n(?!.*ERROR)/, 'install() finds nothing to make');
# With parallel workers, and in a session that stays while more comes.
my $total = q{SELECT sum(total_hits), sum(games_played) FROM dynasty.milb_season_stats};
my $parallel = q{SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
	SELECT round(dynasty.consistency_cv(hits)::numeric, 9) FROM dynasty.milb_game_logs};
is($standby->safe_psql('postgres', $parallel), $primary->safe_psql('postgres', $parallel), 'an aggregate with workers');
is(fingerprint($standby, 'postgres'), fingerprint($primary, 'postgres'), 'every table is the same');
is(sound($standby, 'postgres'), '', 'sound');

$standby->stop;
$primary->stop;
done_testing();
