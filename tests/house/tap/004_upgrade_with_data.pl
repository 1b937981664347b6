# ALTER EXTENSION dynasty UPDATE, up and down, with rows in the tables: none changes, values of a column that goes come back,
# and what cannot be done leaves everything as it was.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;

my $node = new_node('main');
$node->safe_psql('postgres', q{CREATE EXTENSION dynasty VERSION '1.0' CASCADE});
fill($node, 'postgres');
# All tables but the two that note what is done.
sub rows_of { return join "\n", grep { !/schema_versions|migration_saves/ } split /\n/, fingerprint($node, $_[0]) }
sub update { my ($to, $db) = @_; return $node->safe_psql($db // 'postgres', "ALTER EXTENSION dynasty UPDATE TO '$to'") }
my $scouts = q{SELECT string_agg(id || scout, ',' ORDER BY id) FROM dynasty.scouting_grades WHERE scout IS NOT NULL};
my $saves = q{SELECT count(*) FROM dynasty.migration_saves WHERE row_key <> '[0, "fangraphs", 2019]'};
my $at_1_0 = rows_of('postgres');
my $catalog_1_0 = catalog($node, 'postgres');

update('1.1');
(my $without_scout = rows_of('postgres')) =~ s/^dynasty\.scouting_grades.*$//m;
(my $was = $at_1_0) =~ s/^dynasty\.scouting_grades.*$//m;
is($without_scout, $was, 'up: no row of any other table changed');
is(maintained($node, 'postgres'), '0', 'and what is derived agrees');
$node->safe_psql('postgres', q{
	UPDATE dynasty.scouting_grades SET scout = 'Scout ' || id % 3 WHERE id % 2 = 0;
	UPDATE dynasty.scouting_grades SET scout = E'O\'Neil "\\ José' WHERE id = 40});
is($node->safe_psql('postgres', q{SELECT string_agg(scout || ':' || grades || ':' || mean_future_value, ' ' ORDER BY scout) FROM dynasty.scout_record() WHERE scout LIKE 'Scout%'}),
	'Scout 0:6:49.2 Scout 1:6:51.7 Scout 2:7:50.7', 'the new function');
my ($at_1_1, $catalog_1_1, $values) = (rows_of('postgres'), catalog($node, 'postgres'), $node->safe_psql('postgres', $scouts));

update('1.0');
same_lines(rows_of('postgres'), $at_1_0, 'down: the rows as they were in 1.0');
same_lines(catalog($node, 'postgres'), $catalog_1_0, 'and every object');
is($node->safe_psql('postgres', $saves), '20', 'the values are kept');
# One of the rows goes while they are away, and one gets another key.
$node->safe_psql('postgres', 'CREATE DATABASE other TEMPLATE postgres');
$node->safe_psql('other', q{
	DELETE FROM dynasty.scouting_grades WHERE id = 2;
	INSERT INTO dynasty.scouting_grades (id, prospect_id, source, ranking_year, date_recorded) VALUES (2, 2, 'mlb', 2022, '2022-03-01')});

update('1.1');
same_lines(rows_of('postgres'), $at_1_1, 'up again: every row, with the values that had gone');
same_lines(catalog($node, 'postgres'), $catalog_1_1, 'and every object');
is($node->safe_psql('postgres', $saves), '0', 'nothing is kept twice');
update('1.1', 'other');
is($node->safe_psql('other', $scouts), $values =~ s/2Scout 2,//r, 'a row with the number of one that went does not get its value');
is($node->safe_psql('other', $saves), '1', 'which stays where it is kept');

# What the user made stays, and holds up what would take it away.
$node->safe_psql('postgres', q{
	CREATE VIEW public.scouted AS SELECT id, scout FROM dynasty.scouting_grades;
	ALTER TABLE dynasty.scouting_grades ADD COLUMN mine text DEFAULT 'mine';
	CREATE INDEX my_index ON dynasty.scouting_grades (mine)});
my $before = rows_of('postgres');
my ($rc, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\nALTER EXTENSION dynasty UPDATE TO '1.0'");
like($err, qr/2BP01: .*scout.*view public.scouted depends/s, 'down: refused while a view of the user needs the column');
is(rows_of('postgres'), $before, 'and nothing changed');
is($node->safe_psql('postgres', 'SELECT installed, tables_version, ok FROM dynasty.migration_status()'), '1.1|1.1|t', 'neither version');
$node->safe_psql('postgres', 'DROP VIEW public.scouted');

# A writer that is not through yet: the downgrade waits for him, and keeps what he wrote.
my $writer = $node->background_psql('postgres');
$writer->query_safe(q{BEGIN; UPDATE dynasty.scouting_grades SET scout = 'At the last minute' WHERE id = 1});
my $downgrade = $node->background_psql('postgres');
$downgrade->query_until(qr/waits/, "\\echo waits\nALTER EXTENSION dynasty UPDATE TO '1.0';\n");
$node->poll_query_until('postgres', q{SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'dynasty.scouting_grades'::regclass})
	or die 'nobody waits';
$writer->query_safe('COMMIT');
$writer->quit;
$downgrade->quit;
is($node->safe_psql('postgres', q{SELECT data ->> 'scout' FROM dynasty.migration_saves WHERE row_key = '[1, "fangraphs", 2022]'}),
	'At the last minute', 'down: a value written at the last minute is kept');
is($node->safe_psql('postgres', q{SELECT count(*) FROM dynasty.scouting_grades WHERE mine = 'mine'}), '40', q{the user's column stays});
is($node->safe_psql('postgres', q{SELECT to_regclass('dynasty.my_index') IS NOT NULL}), 't', 'and his index');

# An upgrade that fails on the way is as if it had never begun.
$before = rows_of('postgres');
my $catalog = catalog($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE FUNCTION public.no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END';
	CREATE TRIGGER no BEFORE UPDATE ON dynasty.scouting_grades FOR EACH ROW EXECUTE FUNCTION public.no()});
($rc, $out, $err) = $node->psql('postgres', 'ALTER EXTENSION dynasty UPDATE');
isnt($rc, 0, 'up: fails when a trigger of the user refuses the values');
$node->safe_psql('postgres', 'DROP TRIGGER no ON dynasty.scouting_grades; DROP FUNCTION public.no()');
is(rows_of('postgres'), $before, 'with no row changed');
same_lines(catalog($node, 'postgres'), $catalog, 'and no object');
($rc, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\nBEGIN ISOLATION LEVEL REPEATABLE READ; ALTER EXTENSION dynasty UPDATE");
like($err, qr/0A000: .*READ COMMITTED/, 'nor under REPEATABLE READ, where it could not see what to keep');

# In a big table the index is left to be made by hand.
$node->safe_psql('postgres', q{UPDATE pg_class SET reltuples = 1e6 WHERE oid = 'dynasty.scouting_grades'::regclass});
update('1.1');
my $by_hand = $node->safe_psql('postgres', 'SELECT pending[1] FROM dynasty.migration_status()');
like($by_hand, qr/^CREATE INDEX CONCURRENTLY idx_scouting_scout ON dynasty\.scouting_grades/, 'a big table: the index is to be made by hand');
$node->safe_psql('postgres', $by_hand);
is($node->safe_psql('postgres', 'SELECT ok FROM dynasty.migration_status()'), 't', 'and then nothing is pending');
# What is made by hand is described by hand: install() leaves what is there as it is.
$node->safe_psql('postgres', 'CALL dynasty.install()');
is($node->safe_psql('postgres', q{SELECT obj_description('dynasty.idx_scouting_scout'::regclass, 'pg_class')}), '', 'install() adds no words to it');
$node->safe_psql('postgres', q{COMMENT ON INDEX dynasty.idx_scouting_scout IS 'A scout''s grades.'});
$node->safe_psql('postgres', 'ALTER TABLE dynasty.scouting_grades DROP COLUMN mine');
same_lines(catalog($node, 'postgres'), $catalog_1_1, 'and all is as installed');

# Many values come back in a time that grows with their number, not with its square.
$node->safe_psql('postgres', q{
	INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, scout)
	SELECT p.id, 'list ' || i, 2021, '2021-02-01', 'Scout ' || i FROM dynasty.prospects p, generate_series(1, 500) i});
my $many = $node->safe_psql('postgres', $scouts);
update('1.0');
$node->safe_psql('postgres', q{SET statement_timeout = '60s'; ALTER EXTENSION dynasty UPDATE TO '1.1'});
is($node->safe_psql('postgres', $scouts), $many, '20000 values put back within a minute');

# A column of this name that the user had before is his, up and down.
$node->safe_psql('postgres', 'CREATE DATABASE theirs');
$node->safe_psql('theirs', q{CREATE EXTENSION dynasty VERSION '1.0' CASCADE; ALTER TABLE dynasty.scouting_grades ADD COLUMN scout text});
fill($node, 'theirs');
$node->safe_psql('theirs', q{UPDATE dynasty.scouting_grades SET scout = repeat('x', 200)});
$before = rows_of('theirs');
update('1.1', 'theirs');
is($node->safe_psql('theirs', 'SELECT length(scout), grades FROM dynasty.scout_record()'), '200|40', 'a column that was there serves');
update('1.0', 'theirs');
is(rows_of('theirs'), $before, 'and is not taken away');

$node->stop;
done_testing();
