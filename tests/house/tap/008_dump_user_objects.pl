# What users make of the tables survives a dump: partitions, inherited tables, foreign keys to ours, triggers, rules, row
# security, statistics, privileges of columns, other owners, publications; restored with jobs into a database of another name.
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
my $source = 'Ñame with "quotes" and spaces';
(my $quoted = $source) =~ s/"/""/g;
$node->safe_psql('postgres', qq{CREATE DATABASE "$quoted"});
# Game logs in partitions by season, made by the user before anything of ours stands.
$node->safe_psql($source, q{
	CREATE EXTENSION dynasty CASCADE;
	DROP EXTENSION dynasty CASCADE;
	CREATE TABLE dynasty.new_logs (LIKE dynasty.milb_game_logs INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS) PARTITION BY RANGE (season);
	CREATE SEQUENCE dynasty.logs_ids;
	ALTER TABLE dynasty.new_logs ALTER id SET DEFAULT nextval('dynasty.logs_ids');
	DROP TABLE dynasty.milb_game_logs CASCADE;
	ALTER TABLE dynasty.new_logs RENAME TO milb_game_logs;
	CREATE TABLE dynasty.logs_2021 PARTITION OF dynasty.milb_game_logs FOR VALUES FROM (2021) TO (2022);
	CREATE SCHEMA archive;
	CREATE TABLE archive."logs of 2022" PARTITION OF dynasty.milb_game_logs FOR VALUES FROM (2022) TO (2023);
	CREATE TABLE dynasty.logs_rest PARTITION OF dynasty.milb_game_logs DEFAULT;
	CREATE INDEX ON dynasty.milb_game_logs (prospect_id, season);
	CREATE EXTENSION dynasty});
fill($node, $source);
$node->safe_psql($source, q{
	CREATE ROLE club; CREATE ROLE analyst;
	ALTER TABLE dynasty.mlb_stats ADD COLUMN salary_usd bigint, ADD CONSTRAINT paid CHECK (salary_usd > 0) NOT VALID;
	UPDATE dynasty.mlb_stats SET salary_usd = 700000 + id;
	CREATE TABLE public.contracts (prospect_id integer PRIMARY KEY REFERENCES dynasty.prospects ON DELETE CASCADE, signed date);
	INSERT INTO public.contracts SELECT id, '2022-01-01' FROM dynasty.prospects WHERE id <= 10;
	CREATE TABLE public.changes (what text, at timestamptz DEFAULT now());
	CREATE FUNCTION public.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN INSERT INTO public.changes (what) VALUES (TG_TABLE_NAME || ' ' || TG_OP); RETURN NULL; END $$;
	CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON dynasty.prospects FOR EACH STATEMENT EXECUTE FUNCTION public.note_change();
	CREATE TRIGGER a_row_trigger AFTER INSERT ON dynasty.milb_game_logs FOR EACH ROW WHEN (NEW.home_runs > 3) EXECUTE FUNCTION public.note_change();
	ALTER TABLE dynasty.milb_game_logs ENABLE ALWAYS TRIGGER season_stats_insert;
	CREATE RULE no_delete AS ON DELETE TO dynasty.ml_predictions DO INSTEAD NOTHING;
	ALTER TABLE dynasty.prospects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
	CREATE POLICY own ON dynasty.prospects FOR ALL TO club USING (current_organization IS NULL) WITH CHECK (current_organization = 'ours');
	GRANT USAGE ON SCHEMA dynasty TO club, analyst;
	GRANT SELECT (id, name), UPDATE (name) ON dynasty.prospects TO club;
	GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO analyst WITH GRANT OPTION;
	GRANT EXECUTE ON FUNCTION dynasty.refresh_season_stats() TO analyst;
	REVOKE EXECUTE ON FUNCTION dynasty.ingest_people(jsonb) FROM PUBLIC;
	ALTER DEFAULT PRIVILEGES IN SCHEMA dynasty GRANT SELECT ON TABLES TO analyst;
	ALTER TABLE dynasty.ml_labels OWNER TO analyst;
	CREATE STATISTICS dynasty.ages ON birth_date, position FROM dynasty.prospects;
	ALTER TABLE dynasty.prospects ALTER name SET STATISTICS 500;
	ALTER TABLE dynasty.scouting_grades SET (fillfactor = 70, autovacuum_enabled = off);
	ALTER TABLE dynasty.scouting_grades CLUSTER ON idx_scouting_fv;
	SELECT dynasty.create_optional_index('idx_ml_features_vector');
	CREATE INDEX expression ON dynasty.prospects (lower(name) text_pattern_ops) WHERE birth_date IS NOT NULL;
	COMMENT ON TABLE dynasty.prospects IS 'our boys';
	CREATE TABLE dynasty_odds.odds_snapshots_june PARTITION OF dynasty_odds.odds_snapshots FOR VALUES FROM ('2024-06-01Z') TO ('2024-06-02Z');
	CREATE TABLE archive.prices_june PARTITION OF dynasty_odds.market_odds FOR VALUES FROM ('2024-06-01Z') TO ('2024-06-02Z');
	INSERT INTO dynasty_odds.odds_snapshots (id, event_id, bookmaker_id, captured_at) VALUES (9000, 1, 1, '2024-06-01 10:00Z');
	INSERT INTO dynasty_odds.odds_snapshots (id, event_id, bookmaker_id, captured_at, is_unchanged, same_as_id, same_as_captured_at) VALUES (9001, 1, 1, '2024-06-01 10:05Z', true, 9000, '2024-06-01 10:00Z');
	INSERT INTO dynasty_odds.market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (9000, '2024-06-01 10:00Z', 1, 1, 1, 'home', 1.9);
	CREATE PUBLICATION everything FOR ALL TABLES;
	CREATE PUBLICATION part FOR TABLE dynasty.prospects (id, name), dynasty.scouting_grades WHERE (ranking_year > 2000);
	ALTER DATABASE "Ñame with ""quotes"" and spaces" SET dynasty.game_log_history = 'off'});

my $original = fingerprint($node, $source);
my $objects = definitions($source);
like($objects, qr/paid.*a_row_trigger.*publication everything/s, 'with what the user made');
command_ok([ 'pg_dump', '-Fd', '-j2', @server, '-f', "$dir/d", $source ], 'dump, two jobs');
$node->safe_psql('postgres', 'CREATE DATABASE target');
command_ok([ 'pg_restore', '-j2', '--exit-on-error', @server, '-d', 'target', "$dir/d" ], 'restored with two jobs');
is(fingerprint($node, 'target'), $original, 'every row of every table');
same_lines(definitions('target'), $objects, 'every object, also those of the user');
is($node->safe_psql('target', 'SELECT count(*), count(DISTINCT tableoid) FROM dynasty.milb_game_logs'), '4808|2', 'in their partitions');
is($node->safe_psql('target', q{SELECT string_agg(tableoid::regclass || ' ' || price, ', ') FROM dynasty_odds.market_odds WHERE captured_at >= '2024-06-01Z'}), 'archive.prices_june 1.900000', 'prices in theirs');
is(maintained($node, 'target'), '0', 'season statistics agree');
is($node->safe_psql('target', q{SELECT is_there FROM dynasty.optional_indexes() WHERE name = 'idx_ml_features_vector'}), 't', 'an optional index that was made stays');
$node->safe_psql('target', q{
	INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats, home_runs, plate_appearances)
	VALUES (1, '2022-10-05', 2022, 'AAA', 4, 4, 4, 4), (1, '2030-05-05', 2030, 'AAA', 3, 4, 0, 4)});
is($node->safe_psql('target', q{SELECT total_hits FROM dynasty.milb_season_stats WHERE prospect_id = 1 AND level = 'AAA' ORDER BY season}), "4\n3", 'triggers fire in every partition');
is($node->safe_psql('target', q{SELECT what FROM public.changes WHERE what LIKE '%INSERT' ORDER BY at DESC LIMIT 1}), 'logs of 2022 INSERT', q{and the user's});
is(maintained($node, 'target'), '0', 'and they agree');
is($node->safe_psql('target', q{SET ROLE analyst; SELECT count(DISTINCT prospect_id) FROM dynasty.ml_labels}), '40', 'rights');
my ($rc, $out, $err) = $node->psql('target', q{SET ROLE club; SELECT birth_date FROM dynasty.prospects});
like($err, qr/permission denied/, 'and what is not among them');
($rc, $out, $err) = $node->psql('target', q{SET ROLE analyst; SELECT dynasty.ingest_people('{}')});
like($err, qr/permission denied for function ingest_people/, 'a revoked function stays revoked');

# Once more: nothing depends on being restored for the first time.
command_ok([ 'pg_dump', '-Fc', @server, '-f', "$dir/again", 'target' ], 'dumped again');
$node->safe_psql('postgres', 'CREATE DATABASE again');
command_ok([ 'pg_restore', '--exit-on-error', '-1', @server, '-d', 'again', "$dir/again" ], 'and restored in one transaction');
is(fingerprint($node, 'again'), fingerprint($node, 'target'), 'every row');
same_lines(catalog($node, 'again'), catalog($node, 'target'), 'every definition, to the letter');

# As lines; definitions of constraints and views are written in another way after they were read once, so only their names.
sub definitions
{
	my ($db) = @_;
	my $catalog = join "\n", map { /^(constraint|relation|index)/ ? s/: .*//r : $_ } grep { !/^function dynasty\._/ } split /\n/, catalog($node, $db);
	return $catalog . "\n" . $node->safe_psql($db, q{
		SELECT 'publication ' || pubname || ' ' || puballtables || ' ' || coalesce((SELECT string_agg(format('%s %s %s', tablename, attnames, rowfilter), ',' ORDER BY tablename)
			FROM pg_publication_tables t WHERE t.pubname = p.pubname AND NOT puballtables), '') FROM pg_publication p
		UNION ALL SELECT 'owner ' || relname || ' ' || relowner::regrole || ' ' || coalesce(relacl::text, '') || coalesce(reloptions::text, '') FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%'
		UNION ALL SELECT 'rule ' || tablename || ' ' || rulename FROM pg_rules WHERE schemaname LIKE 'dynasty%'
		UNION ALL SELECT 'statistics ' || pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
		UNION ALL SELECT 'target ' || attname || attstattarget FROM pg_attribute WHERE attrelid = 'dynasty.prospects'::regclass AND attstattarget > 0
		UNION ALL SELECT 'clustered ' || indexrelid::regclass FROM pg_index WHERE indisclustered
		UNION ALL SELECT 'default ' || defaclacl::text FROM pg_default_acl
		ORDER BY 1});
}

$node->stop;
done_testing();
