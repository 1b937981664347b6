# pg_upgrade to newer servers, one after the other, with a filled database: every row, what is derived, triggers and versions
# arrive each time, by copy and by hard links. (010 looks at more, between two clusters of one version.)
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Dynasty;
use Servers;

my @steps = steps();
my $old = server($steps[0][0], "from_$steps[0][0]");
$old->start;
$old->safe_psql('postgres', q{CREATE DATABASE app; CREATE DATABASE older; CREATE ROLE scout});
$old->safe_psql('app', q{CREATE EXTENSION dynasty CASCADE});
$old->safe_psql('older', q{CREATE EXTENSION dynasty VERSION '1.0' CASCADE});
fill($old, $_) foreach 'app', 'older';
$old->safe_psql('app', q{
	SELECT dynasty.simulate_league(30, 2019, 2022, 1);
	SELECT dynasty.refresh_labels(2021, 2023);
	SELECT dynasty.refresh_features(2022);
	ALTER TABLE dynasty.prospects ADD COLUMN nickname text DEFAULT 'Lefty';
	CREATE MATERIALIZED VIEW public.spread AS SELECT season, dynasty.consistency_cv(hits) AS cv FROM dynasty.milb_game_logs GROUP BY season;
	GRANT USAGE ON SCHEMA dynasty TO scout; GRANT SELECT ON dynasty.scouting_grades TO scout;
	-- The rows of odds came with numbers of their own.
	SELECT setval(oid::regclass, 10000) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'dynasty_odds'::regnamespace});

foreach my $step (@steps)
{
	my ($from, $to) = @$step;
	my $way = "$from to $to";
	like($old->safe_psql('postgres', 'SHOW server_version'), qr/^$from\b/, "$way: the old server is $from");
	my %rows = map { $_ => fingerprint($old, $_) } 'app', 'older';
	my %objects = map { $_ => objects_everywhere(catalog($old, $_)) } 'app', 'older';
	my %versions = map { $_ => $old->safe_psql($_, 'SELECT * FROM dynasty.migration_status()') } 'app', 'older';
	my %features = map { $_ => features($old, $_) } 'app', 'older';
	$old->stop;
	# Links are tried last: with them the old directory is no server any more.
	foreach my $mode ('copy', 'link')
	{
		my $new = server($to, "${mode}_$to");
		my @command = (place($to) . '/bin/pg_upgrade', '--no-sync', '-d', $old->data_dir, '-D', $new->data_dir, '-b', place($from) . '/bin', '-B', place($to) . '/bin',
			'-s', $new->host, '-p', $old->port, '-P', $new->port);
		# It writes its reports into the directory it runs in.
		chdir $new->basedir or die $!;
		command_ok([ @command, '--check' ], "$way: pg_upgrade --check") if $mode eq 'copy';
		command_ok([ @command, $mode eq 'link' ? '--link' : () ], "$way: pg_upgrade, $mode");
		$new->start;
		like($new->safe_psql('postgres', 'SHOW server_version'), qr/^$to\b/, "$way, $mode: the new server is $to");
		foreach my $db ('app', 'older')
		{
			is(fingerprint($new, $db), $rows{$db}, "$way, $mode, $db: every row of every table");
			same_lines(objects_everywhere(catalog($new, $db)), $objects{$db}, "$way, $mode, $db: every object");
			is($new->safe_psql($db, 'SELECT * FROM dynasty.migration_status()'), $versions{$db}, "$way, $mode, $db: both versions");
			is(maintained($new, $db), '0', "$way, $mode, $db: what is derived agrees");
			is(features($new, $db), $features{$db}, "$way, $mode, $db: every feature computed anew");
		}
		is($new->safe_psql('app', 'SELECT count(*) FROM dynasty.stale_features(2022)'), '0', "$way, $mode: stored vectors are as fresh as before");
		if ($mode eq 'copy') { $new->stop; next; }
		# It lives on here, and goes one further.
		foreach my $db ('app', 'older')
		{
			$new->safe_psql($db, qq{
				INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, '2023-05-$to', 2023, 'AAA', 3, 4)});
			is($new->safe_psql($db, q{SELECT avg FROM dynasty.milb_season_stats WHERE prospect_id = 1 AND season = 2023}), '0.750', "$way, $db: triggers fire");
			is(maintained($new, $db), '0', "$way, $db: and all agrees");
		}
		$old = $new;
	}
}
$old->safe_psql('older', 'ALTER EXTENSION dynasty UPDATE');
is($old->safe_psql('older', 'SELECT ok FROM dynasty.migration_status()'), 't', 'the older database is updated on the last server');
is($old->safe_psql('app', q{SELECT count(*) FROM dynasty_ops.verify_integrity() WHERE NOT ok}), '0', 'verify_integrity() finds nothing');
$old->stop;

sub features
{
	my ($node, $db) = @_;
	return $node->safe_psql($db, q{SELECT md5(string_agg(f::text, E'\n' ORDER BY f::text COLLATE "C")) FROM dynasty.all_features(2022) f});
}

done_testing();
