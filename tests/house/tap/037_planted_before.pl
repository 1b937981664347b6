# Whoever owns the database makes schema dynasty and its tables before a superuser makes the extension. None of his code runs as the
# superuser; the owner finishes the install himself; and what he has is dumped and restored with partitions and their triggers.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use PostgreSQL::Test::Utils;
use Test::More;
use Dynasty;

my $node = new_node('main');
my @server = ('--host', $node->host, '--port', $node->port);
my $dir = PostgreSQL::Test::Utils::tempdir;
my @as_owner = (extra_params => [ '-U', 'dbo' ]);
$node->safe_psql('postgres', 'CREATE ROLE dbo LOGIN; CREATE DATABASE shape; CREATE DATABASE planted OWNER dbo');
$node->safe_psql('shape', 'CREATE EXTENSION dynasty CASCADE');
command_ok([ 'pg_dump', '--schema-only', '--no-comments', '-t', 'dynasty.*', '-O', '-x', @server, '-f', "$dir/shape.sql", 'shape' ], q{the tables' definitions});
my $shape = PostgreSQL::Test::Utils::slurp_file("$dir/shape.sql");
$shape =~ s/^(?:CREATE (?:VIEW|TRIGGER) .*?;\n|\\.*?\n)//smg;
$shape =~ s/public\.gin_trgm_ops/gin_trgm_ops/g;
$shape =~ s/^SELECT pg_catalog.set_config.'search_path'.*$//m;
$node->safe_psql('planted', 'CREATE EXTENSION pg_trgm; CREATE EXTENSION pgcrypto');
$node->safe_psql('planted', "CREATE SCHEMA dynasty;\n$shape", @as_owner);
$node->safe_psql('planted', q{
	CREATE SCHEMA mine;
	CREATE TABLE mine.log (who text);
	GRANT ALL ON SCHEMA mine TO PUBLIC; GRANT ALL ON mine.log TO PUBLIC;
	CREATE FUNCTION mine.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO mine.log VALUES (current_user); RETURN coalesce(NEW, OLD); END';
	SELECT set_config('search_path', 'mine, public', false);
	DO $$
	DECLARE t text;
	BEGIN
		FOR t IN SELECT relname FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%' AND relkind = 'r' LOOP
			EXECUTE format('CREATE TRIGGER planted BEFORE INSERT OR UPDATE OR DELETE ON dynasty.%I FOR EACH ROW EXECUTE FUNCTION mine.note()', t);
		END LOOP;
	END $$;
	INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
	INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits, game_number) VALUES (1, 1, '2020-06-01', 2020, 'A', 4, 2, 1)}, @as_owner);
my ($rc, $out, $err) = $node->psql('planted', 'CREATE EXTENSION dynasty');
is($rc, 0, 'the superuser makes the extension') or diag $err;
like($err, qr/NOTICE: +dynasty: left alone what belongs to dbo: .*\nHINT: +GRANT USAGE, CREATE ON SCHEMA dynasty, dynasty_odds, dynasty_ops TO dbo; GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO dbo; then, as dbo: CALL dynasty.install\(\);/, 'and is told what was left alone');
is($node->safe_psql('planted', q{SELECT count(*) FROM mine.log WHERE who <> 'dbo'}), '0', 'none of the code of the owner ran as the superuser');
is($node->safe_psql('planted', q{SELECT ok FROM dynasty.migration_status()}), 'f', 'something is pending');

# As the hint says.
$node->safe_psql('planted', 'GRANT USAGE, CREATE ON SCHEMA dynasty, dynasty_odds, dynasty_ops TO dbo; GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO dbo');
($rc, $out, $err) = $node->psql('planted', 'CALL dynasty.install()', @as_owner);
is($rc, 0, 'the owner finishes') or diag $err;
is($node->safe_psql('planted', q{SELECT total_hits FROM dynasty.milb_season_stats}, @as_owner), '2', 'the games are counted');
is($node->safe_psql('planted', q{SELECT pending, ok FROM dynasty.migration_status()}, @as_owner), '{"SELECT dynasty.migrate()"}|f', 'his tables are taken for the oldest');
$node->safe_psql('planted', 'SELECT dynasty.migrate()', @as_owner);
is($node->safe_psql('planted', q{SELECT pending, ok FROM dynasty.migration_status()}), '{}|t', 'until he migrates');
$node->safe_psql('planted', q{ALTER EXTENSION dynasty UPDATE TO '1.0'; ALTER EXTENSION dynasty UPDATE; CALL dynasty.install()});
is($node->safe_psql('planted', q{SELECT count(*) FROM mine.log WHERE who <> 'dbo'}), '0', 'nor in updates');

# Functions that an update has made anew are granted anew.
$node->safe_psql('planted', 'GRANT USAGE, CREATE ON SCHEMA dynasty, dynasty_odds, dynasty_ops TO dbo; GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO dbo');

# Partitions of a plain role's: the event triggers work with his rights, and a dump brings all back.
$node->safe_psql('planted', q{
	DROP VIEW dynasty.data_quality;
	CREATE TABLE mine.logs_shape (LIKE dynasty.milb_game_logs);
	DROP TABLE dynasty.milb_game_logs;
	CREATE TABLE dynasty.milb_game_logs (LIKE mine.logs_shape) PARTITION BY RANGE (season)}, @as_owner);
$node->safe_psql('planted', q{
	CALL dynasty.install();
	CREATE TABLE mine.logs_2020 PARTITION OF dynasty.milb_game_logs FOR VALUES FROM (2020) TO (2021);
	CREATE TABLE mine.logs_2021 (LIKE mine.logs_shape);
	INSERT INTO mine.logs_2021 (id, prospect_id, game_date, season, level, at_bats, hits, game_number) VALUES (2, 1, '2021-06-01', 2021, 'A', 4, 3, 1);
	ALTER TABLE dynasty.milb_game_logs ATTACH PARTITION mine.logs_2021 FOR VALUES FROM (2021) TO (2022);
	INSERT INTO mine.logs_2020 (id, prospect_id, game_date, season, level, at_bats, hits, game_number) VALUES (3, 1, '2020-06-01', 2020, 'A', 4, 1, 1)}, @as_owner);
my $lines = q{SELECT string_agg(season || ':' || total_hits, ' ' ORDER BY season) FROM dynasty.milb_season_stats};
is($node->safe_psql('planted', $lines), '2020:1 2021:3', 'lines follow partitions of a plain role');
my $triggers = q{SELECT string_agg(tgrelid::regclass || ' ' || tgname, ',' ORDER BY 1) FROM (SELECT * FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgrelid::regclass::text, tgname) t};
my $there = $node->safe_psql('planted', $triggers);
command_ok([ 'pg_dump', '-Fc', @server, '-f', "$dir/dump", 'planted' ], 'dumped');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
command_ok([ 'pg_restore', '-j2', '--exit-on-error', @server, '-d', 'restored', "$dir/dump" ], 'restored');
is($node->safe_psql('restored', $triggers), $there, 'with the triggers of the partitions, none twice');
is($node->safe_psql('restored', $lines), '2020:1 2021:3', 'and the lines');
is($node->safe_psql('restored', 'SELECT count(*) FROM pg_event_trigger'), '2', q{the event triggers are the new extension's});
$node->safe_psql('restored', 'DROP TABLE mine.logs_2021', @as_owner);
is($node->safe_psql('restored', $lines), '2020:1', 'which follow there');

# An owner without rights on the functions changes his tables all the same; what is to be done is told.
$node->safe_psql('restored', 'REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA dynasty, dynasty_odds, dynasty_ops FROM dbo');
($rc, $out, $err) = $node->psql('restored', 'CREATE TABLE mine.logs_2022 PARTITION OF dynasty.milb_game_logs FOR VALUES FROM (2022) TO (2023)', @as_owner);
is($rc, 0, 'a partition by an owner without rights on the functions') or diag $err;
is($node->safe_psql('restored', q{SELECT pending FROM dynasty.migration_status()}), '{"CALL dynasty.install()"}', 'its triggers are pending');
$node->stop;
done_testing();
