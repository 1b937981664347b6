# pg_upgrade, which moves a whole server to another version: its check, and the move, by copy and by hard links. Between two
# clusters of the same version, as there is no second one here; the way through the dump of definitions is the same.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Dynasty;

my $old = new_node('old');
$old->safe_psql('postgres', q{CREATE DATABASE app; CREATE DATABASE older; CREATE ROLE scout});
$old->safe_psql('app', q{CREATE EXTENSION dynasty CASCADE});
$old->safe_psql('older', q{CREATE EXTENSION dynasty VERSION '1.0' CASCADE});
fill($old, $_) foreach 'app', 'older';
$old->safe_psql('app', q{
	SELECT dynasty.refresh_features(2022);
	ALTER TABLE dynasty.prospects ADD COLUMN nickname text DEFAULT 'Lefty';
	CREATE INDEX my_index ON dynasty.milb_game_logs (team, season);
	CREATE MATERIALIZED VIEW public.spread AS SELECT season, dynasty.consistency_cv(hits) AS cv FROM dynasty.milb_game_logs GROUP BY season;
	GRANT USAGE ON SCHEMA dynasty TO scout; GRANT SELECT ON dynasty.scouting_grades TO scout});
my %rows = map { $_ => fingerprint($old, $_) } 'app', 'older';
my %objects = map { $_ => objects($old, $_) } 'app', 'older';
my %versions = map { $_ => $old->safe_psql($_, 'SELECT * FROM dynasty.migration_status()') } 'app', 'older';
my ($bindir) = run_command([ 'pg_config', '--bindir' ]);
$old->stop;

foreach my $mode ('copy', 'link')
{
	my $new = PostgreSQL::Test::Cluster->new("new_$mode");
	$new->init;
	my @command = ('pg_upgrade', '--no-sync', '-d', $old->data_dir, '-D', $new->data_dir, '-b', $bindir, '-B', $bindir,
		'-s', $new->host, '-p', $old->port, '-P', $new->port);
	# It writes its reports into the directory it runs in.
	chdir $new->basedir or die $!;
	command_ok([ @command, '--check' ], 'pg_upgrade --check') if $mode eq 'copy';
	command_ok([ @command, $mode eq 'link' ? '--link' : () ], "pg_upgrade, $mode");
	$new->start;
	foreach my $db ('app', 'older')
	{
		is(fingerprint($new, $db), $rows{$db}, "$mode $db: every row of every table");
		same_lines(objects($new, $db), $objects{$db}, "$mode $db: every object");
		is($new->safe_psql($db, 'SELECT * FROM dynasty.migration_status()'), $versions{$db}, "$mode $db: both versions");
		is(maintained($new, $db), '0', "$mode $db: what is derived agrees");
		$new->safe_psql($db, q{
			INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, '2023-05-05', 2023, 'AAA', 3, 4)});
		is($new->safe_psql($db, q{SELECT avg FROM dynasty.milb_season_stats WHERE prospect_id = 1 AND season = 2023}), '0.750', "$mode $db: triggers fire");
	}
	is($new->safe_psql('app', 'SELECT count(*) FROM dynasty.stale_features(2022)'), '0', "$mode: stored vectors are as fresh as before");
	$new->safe_psql('app', q{INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (1, '2022-09-30', 2022, 'AAA', 3, 4)});
	is($new->safe_psql('app', q{SELECT prospect_id FROM dynasty.stale_features(2022) WHERE reason = 'inputs'}), '1', "$mode: and know when a game comes");
	$new->safe_psql('older', 'ALTER EXTENSION dynasty UPDATE');
	is($new->safe_psql('older', 'SELECT ok FROM dynasty.migration_status()'), 't', "$mode: the older database is updated there");
	$new->stop;
}

sub objects { return join "\n", map { s/: .*//r } split /\n/, catalog($_[0], $_[1]) }

done_testing();
