# Objects that somebody else hangs on the extension's tables, drawn at random: triggers of every timing, retyped and added columns,
# domains, checks, keys, rules, views, children, policies, renamed and disabled triggers, indexes, casts. draw() gives one: what it
# is (sql) and what it may change by itself (may):
#   lines      season lines may differ from the games, and season_stats_diff() has to tell of it
#   unlike     season_stats_diff() may tell of lines that are right, since their types are others
#   vectors    what is stored as a vector may be another than was computed
# Nothing of it may end a session, give an internal error or a warning, or run as somebody else.
package Strangers;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(stranger_functions draw pick);

sub pick { return $_[ int(rand(@_)) ]; }

# Tables that our code reads or writes natively or by SQL of its own.
my @base = qw(milb_game_logs prospects mlb_stats scouting_grades milb_advanced_stats);
my @derived = qw(milb_season_stats milb_game_logs_history norm_stamps ml_features ml_labels ml_predictions);
my @rare = qw(feature_sets feature_set_members label_windows ml_models training_sets);

# Every trigger notes whose rights it runs with. The functions belong to the club, who is no superuser and owns the tables.
sub stranger_functions
{
	return q{
		CREATE SCHEMA strange;
		GRANT ALL ON SCHEMA strange TO PUBLIC;
		CREATE TABLE strange.ran (session name, who name, what text);
		CREATE TABLE strange.counted (what text, rows bigint);
		CREATE SEQUENCE strange.numbers;
		CREATE DOMAIN strange.whole AS integer CHECK (VALUE >= 0);
		CREATE DOMAIN strange.whole_known AS integer NOT NULL;
		CREATE DOMAIN strange.word AS text CHECK (length(VALUE) < 1000);
		CREATE DOMAIN strange.decimal AS numeric CHECK (VALUE = VALUE);
		CREATE FUNCTION strange.note(what text) RETURNS boolean LANGUAGE plpgsql AS $$
			BEGIN INSERT INTO strange.ran VALUES (session_user, current_user, what); RETURN true; END $$;
		CREATE FUNCTION strange.watch() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN PERFORM strange.note(TG_NAME); IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;
		CREATE FUNCTION strange.counts() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN PERFORM strange.note(TG_NAME); INSERT INTO strange.counted SELECT TG_NAME, count(*) FROM changed; RETURN NULL; END $$;
		CREATE FUNCTION strange.refuses() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN IF random() < 0.2 THEN RAISE EXCEPTION 'the stranger refuses'; END IF; -- one's own SQLSTATE: docs/limits.md
				IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;
		CREATE FUNCTION strange.skips() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN IF random() < 0.3 THEN RETURN NULL; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;
		CREATE FUNCTION strange.changes() RETURNS trigger LANGUAGE plpgsql AS $$
			DECLARE one jsonb := to_jsonb(NEW); name text;
			BEGIN
				FOREACH name IN ARRAY '{hits,total_hits,games_played,plate_appearances,future_value,success_probability,stamp,birth_date}'::text[] LOOP
					IF jsonb_typeof(one -> name) = 'number' THEN one := one || jsonb_build_object(name, (one ->> name)::numeric + 1); EXIT; END IF;
					IF name = 'birth_date' AND jsonb_typeof(one -> name) = 'string' THEN one := one || jsonb_build_object(name, (one ->> name)::date + 400); END IF;
				END LOOP;
				RETURN jsonb_populate_record(NEW, one - ARRAY['multi_hit_game','extra_base_hit_game','golden_sombrero']);
			END $$;
		CREATE FUNCTION strange.moves() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				IF random() < 0.5 THEN RETURN NEW; END IF;
				RETURN jsonb_populate_record(NEW, CASE WHEN random() < 0.5 THEN '{"level": "AA"}'::jsonb ELSE '{"season": 2020}' END);
			END $$;
		-- Writes games of somebody else, from within a write.
		CREATE FUNCTION strange.writes() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				IF pg_trigger_depth() < 3 THEN
					INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, game_number)
					VALUES (2 + (random() * 6)::int, date '2021-05-01' + (random() * 60)::int, 2020 + (random())::int, 'AA', 4, (random() * 4)::int, nextval('strange.numbers')::int % 32000 + 1);
					UPDATE dynasty.milb_game_logs SET hits = (hits + 1) % 5 WHERE prospect_id = 3 AND game_date = '2021-05-20';
				END IF;
				IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;
			END $$;
		-- Asks the extension, from within.
		CREATE FUNCTION strange.asks() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				IF pg_trigger_depth() < 3 AND random() < 0.3 THEN
					PERFORM count(*) FROM dynasty.feature_matrix(2021);
					PERFORM count(*) FROM dynasty.season_stats(prospect_ids => '{1,2,3}');
					PERFORM count(*) FROM dynasty.prospect_features(3, 2021);
					PERFORM dynasty.consistency_cv(hits) FROM dynasty.milb_game_logs WHERE prospect_id = 3;
				END IF;
				IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;
			END $$;
		CREATE FUNCTION strange.rebuilds() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				IF pg_trigger_depth() < 2 AND random() < 0.3 THEN PERFORM dynasty.refresh_season_stats(); END IF;
				IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;
			END $$;
		CREATE FUNCTION strange.loads() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				IF pg_trigger_depth() < 2 THEN
					PERFORM dynasty.ingest_people('{"people": [{"id": 8, "fullName": "Newer", "primaryPosition": {"abbreviation": "SS"}}]}');
				END IF;
				IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;
			END $$;
		CREATE FUNCTION strange.known() RETURNS double precision LANGUAGE plpgsql AS $$
			BEGIN PERFORM strange.note('default'); RETURN (SELECT sum(feature_values[1]) FROM dynasty.feature_matrix(2021)); END $$;
		CREATE FUNCTION strange.fine(integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
			BEGIN PERFORM strange.note('check'); PERFORM count(*) FROM dynasty.season_stats(prospect_ids => ARRAY[$1]); RETURN true; END $$;
		CREATE FUNCTION strange.place(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
			BEGIN PERFORM strange.note('index'); RETURN $1 % 7; END $$;
		CREATE FUNCTION strange.seen(integer) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN $1 % 4 > 0; END $$;
		CREATE FUNCTION strange.number_of(text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 77 $$;
		CREATE FUNCTION strange.same(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT true $$;
		CREATE OPERATOR strange.= (FUNCTION = strange.same, LEFTARG = integer, RIGHTARG = integer);
		GRANT ALL ON ALL TABLES IN SCHEMA strange TO PUBLIC;
		GRANT ALL ON ALL SEQUENCES IN SCHEMA strange TO PUBLIC;
	};
}

my $number = 0;

sub trigger
{
	my $table = pick(@base, @derived, 'milb_game_logs', 'milb_season_stats', 'ml_features');
	my $name = 'stranger_' . ++$number;
	my @events = qw(INSERT UPDATE DELETE);
	my $what = pick(1 .. 5);
	if ($what == 1)
	{
		my $event = pick(@events);
		my $rows = $event eq 'DELETE' ? 'OLD' : 'NEW';
		my $level = pick('STATEMENT', 'STATEMENT', 'ROW');
		return { sql => "CREATE TRIGGER $name AFTER $event ON dynasty.$table REFERENCING $rows TABLE AS changed FOR EACH $level EXECUTE FUNCTION strange.counts()" };
	}
	if ($what == 2)
	{
		my $function = pick(qw(watch refuses writes asks rebuilds loads));
		my $timing = pick(qw(BEFORE AFTER));
		return { sql => "CREATE TRIGGER $name $timing INSERT OR UPDATE OR DELETE ON dynasty.$table FOR EACH STATEMENT EXECUTE FUNCTION strange.$function()" };
	}
	if ($what == 3)
	{
		my $function = pick(qw(watch refuses writes asks rebuilds loads));
		my $constraint = pick('', '', 'CONSTRAINT');
		my $deferred = $constraint ? pick('DEFERRABLE INITIALLY DEFERRED', '') : '';
		return { sql => "CREATE $constraint TRIGGER $name AFTER " . join(' OR ', grep { rand() < 0.7 || $_ eq 'UPDATE' } @events)
			  . " ON dynasty.$table $deferred FOR EACH ROW EXECUTE FUNCTION strange.$function()" };
	}
	my $function = pick(qw(watch refuses skips changes moves writes asks loads));
	my $events = $function =~ /changes|moves/ ? 'INSERT OR UPDATE' : join(' OR ', grep { rand() < 0.7 || $_ eq 'INSERT' } @events);
	my @may;
	if ($function =~ /skips|changes|moves/)
	{
		# Staleness is read off the lines: one that was kept from being written says nothing of its games.
		@may = ('lines', 'vectors') if $table eq 'milb_season_stats';
		@may = ('vectors') if $table =~ /ml_features|norm_stamps/;
	}
	return { sql => "CREATE TRIGGER $name BEFORE $events ON dynasty.$table FOR EACH ROW EXECUTE FUNCTION strange.$function()", may => \@may };
}

my %other = (
	integer => [ qw(bigint numeric text smallint strange.whole strange.decimal), 'double precision', 'real' ],
	bigint => [ qw(integer numeric text strange.decimal), 'double precision' ],
	smallint => [qw(integer bigint numeric text strange.whole)],
	numeric => [ 'double precision', 'text', 'numeric(12,6)', 'strange.decimal' ],
	'double precision' => [ 'numeric', 'text', 'real' ],
	'character varying' => [ 'text', 'varchar(400)', 'char(30)', 'strange.word' ],
	text => [ 'varchar(4000)', 'strange.word' ],
	date => [ 'timestamp', 'text' ],
	boolean => [ 'text', 'integer' ],
	jsonb => [ 'json', 'text' ],
	'timestamp with time zone' => [ 'timestamp', 'text' ],
);

# A column of another type with the same values. The view of the table goes first, as whoever does this would find out.
sub retype
{
	my ($node, $db) = @_;
	my $table = pick(@base, @derived, 'milb_game_logs', 'milb_season_stats', pick(@rare));
	my @columns = split /\n/, $node->safe_psql($db, qq{
		SELECT attname || '|' || regexp_replace(format_type(atttypid, NULL), '[(].*[)]', '') FROM pg_attribute
		WHERE attrelid = to_regclass('dynasty.$table') AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum});
	return trigger() unless @columns;
	my ($column, $type) = split /\|/, pick(@columns);
	return trigger() unless $other{$type};
	my $to = pick(@{ $other{$type} });
	my @may;
	push @may, 'unlike' if $table eq 'milb_season_stats';
	push @may, 'vectors' if $table eq 'ml_features';
	return { may => \@may, sql => "ALTER TABLE dynasty.$table ALTER COLUMN \"$column\" TYPE $to USING \"$column\"::$to",
		before => 'DROP VIEW IF EXISTS dynasty.data_quality, dynasty.duplicate_prospects, dynasty.feature_freshness, dynasty.model_freshness CASCADE' };
}

sub added
{
	my $table = pick(@base, @derived);
	my $column = 'strange_' . ++$number;
	my $key = $table eq 'norm_stamps' ? 'season' : $table eq 'prospects' ? 'id' : 'prospect_id';
	my $what = pick(
		"ADD COLUMN $column double precision, ALTER COLUMN $column SET DEFAULT random()",
		"ADD COLUMN $column double precision, ALTER COLUMN $column SET DEFAULT strange.known()",
		"ADD COLUMN $column timestamptz DEFAULT clock_timestamp()",
		"ADD COLUMN $column bigint DEFAULT nextval('strange.numbers')",
		"ADD COLUMN $column integer GENERATED ALWAYS AS IDENTITY",
		"ADD COLUMN $column bigint GENERATED ALWAYS AS ($key * 2) STORED",
		"ADD COLUMN $column strange.whole DEFAULT 3",
		"ADD COLUMN $column strange.whole_known DEFAULT 3",
		"ADD COLUMN $column strange.whole_known DEFAULT 3, ALTER COLUMN $column DROP DEFAULT",
		"ADD COLUMN $column text NOT NULL DEFAULT 'x', ALTER COLUMN $column DROP DEFAULT",
		"ADD COLUMN $column integer DEFAULT 5 CHECK ($column < 5) NOT VALID",
		"ADD CONSTRAINT $column CHECK (strange.fine($key)) NOT VALID",
		"ADD CONSTRAINT $column CHECK ($key <> 3) NOT VALID");
	return { sql => "ALTER TABLE dynasty.$table $what" };
}

sub other
{
	my $name = 'strange_' . ++$number;
	my $table = pick(@base, @derived);
	my $key = $table eq 'norm_stamps' ? 'season' : $table eq 'prospects' ? 'id' : 'prospect_id';
	my $delete = pick('ON DELETE CASCADE', 'ON DELETE SET NULL', '', 'ON UPDATE CASCADE ON DELETE CASCADE', 'DEFERRABLE INITIALLY DEFERRED');
	my $renamed = pick(qw(season_stats_insert season_stats_update season_stats_delete history_update history_delete));
	return pick(
		{ sql => "CREATE TABLE strange.$name AS SELECT prospect_id, season, level FROM dynasty.milb_season_stats LIMIT 5;
			ALTER TABLE strange.$name ADD FOREIGN KEY (prospect_id, season, level) REFERENCES dynasty.milb_season_stats (prospect_id, season, level) $delete" },
		{ sql => "ALTER TABLE dynasty.milb_season_stats ADD FOREIGN KEY (prospect_id) REFERENCES dynasty.prospects (id) $delete" },
		{ sql => "ALTER TABLE dynasty.ml_features ADD CONSTRAINT $name FOREIGN KEY (prospect_id) REFERENCES dynasty.prospects (id) ON DELETE CASCADE" },
		{ sql => "CREATE TABLE strange.$name (level varchar(20) PRIMARY KEY); INSERT INTO strange.$name VALUES ('AAA'), ('AA'), ('A+'), ('A'), ('Rookie'), ('Complex');
			ALTER TABLE dynasty.milb_game_logs ADD FOREIGN KEY (level) REFERENCES strange.$name" },
		{ sql => "CREATE RULE $name AS ON " . pick('INSERT', 'UPDATE', 'DELETE') . " TO dynasty.$table DO ALSO SELECT strange.note('rule')" },
		{ sql => "CREATE RULE $name AS ON " . pick('INSERT', 'UPDATE', 'DELETE') . " TO dynasty." . pick(@base) . " DO INSTEAD NOTHING" },
		{ sql => "CREATE TABLE strange.$name () INHERITS (dynasty.$table)" },
		{ sql => "CREATE TABLE strange.$name () INHERITS (dynasty.milb_game_logs); INSERT INTO strange.$name (prospect_id, game_date, season, level, at_bats, hits, game_number)
			VALUES (3, '2021-06-01', 2021, 'AA', 4, 3, 31000)", may => ['lines'] },
		{ sql => "ALTER TABLE dynasty.$table RENAME TO $name; CREATE VIEW dynasty.$table AS SELECT * FROM dynasty.$name", may => [ $table eq 'milb_season_stats' ? ('lines', 'unlike') : () ] },
		{ sql => "ALTER TABLE dynasty.$table ENABLE ROW LEVEL SECURITY" . pick('', ", FORCE ROW LEVEL SECURITY") . "; CREATE POLICY $name ON dynasty.$table USING (strange.seen($key)) WITH CHECK (true)",
			may => [qw(lines vectors)] },
		{ sql => "ALTER TRIGGER $renamed ON dynasty.milb_game_logs RENAME TO $name" . pick('', '; CALL dynasty.install()') },
		{ sql => "ALTER TABLE dynasty.milb_game_logs DISABLE TRIGGER $renamed" . pick('', '; CALL dynasty.install()'), may => [qw(lines vectors)] },
		{ sql => "ALTER TABLE dynasty.milb_game_logs ENABLE ALWAYS TRIGGER $renamed" },
		{ sql => "CREATE INDEX $name ON dynasty.$table (strange.place($key))" },
		{ sql => "CREATE INDEX $name ON dynasty.$table ($key) WHERE strange.place($key) > 2" },
		{ sql => "CREATE CAST (text AS integer) WITH FUNCTION strange.number_of(text) AS " . pick('IMPLICIT', 'ASSIGNMENT'), root => 1 },
		{ sql => "ALTER TABLE dynasty.milb_season_stats DROP COLUMN total_gidp, ADD COLUMN total_gidp bigint", may => ['unlike'] },
		{ sql => "ALTER TABLE dynasty.milb_season_stats DROP COLUMN " . pick(qw(fip total_pa stamp hits_squared)), may => [ 'unlike', 'lines' ] },
		{ sql => "ALTER TABLE dynasty.$table REPLICA IDENTITY NOTHING; CREATE PUBLICATION $name FOR TABLE dynasty.$table", root => 1 },
		{ sql => "CREATE VIEW strange.$name AS SELECT * FROM dynasty.$table; CREATE STATISTICS strange.s$name ON $key, ($key % 3) FROM dynasty.$table" },
	);
}

# One object at random.
sub draw
{
	my ($node, $db) = @_;
	my $what = rand();
	return $what < 0.45 ? trigger() : $what < 0.65 ? retype($node, $db) : $what < 0.8 ? added() : other();
}

1;
