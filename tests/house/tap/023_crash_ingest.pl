# The server is killed while replies of an API come in, one call each. A confirmed reply is there whole and a second time
# changes nothing; of one that was not confirmed there is all or nothing, and its players too.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Dynasty;
use Recovery;

seeded();
my $node = new_node('main');
league($node, 'postgres', 40);
# 150 replies, each a season of a player nobody knows yet, with one game that is refused.
$node->safe_psql('postgres', q{
	CREATE TABLE public.replies AS
	SELECT i, jsonb_build_object('stats', jsonb_build_array(jsonb_build_object(
		'type', '{"displayName": "gameLog"}'::jsonb, 'group', '{"displayName": "hitting"}'::jsonb, 'splits', (
			SELECT jsonb_agg(jsonb_build_object('season', '2021', 'date', date '2021-04-10' + g, 'gameType', 'R',
				'sport', '{"id": 12}'::jsonb, 'team', '{"name": "Team"}'::jsonb, 'game', jsonb_build_object('gamePk', 1000 * i + g),
				'player', jsonb_build_object('id', 500000 + i, 'fullName', 'Newcomer ' || i),
				'stat', jsonb_build_object('atBats', 4, 'hits', CASE WHEN g = 13 THEN -1 ELSE (i + g) % 5 END)))
			FROM generate_series(1, 40) g)))) AS body
	FROM generate_series(1, 150) i});
my $calls = join '', map { "SELECT $_, received, inserted, rejected FROM public.replies, dynasty.ingest_game_logs(body) WHERE i = $_;\n" } 1 .. 150;

crash_during($node, 'postgres', name => 'ingest_game_logs', crashes => 6, sql => $calls,
	before => 'DELETE FROM dynasty.prospects WHERE mlb_id BETWEEN 500001 AND 500150',
	check => sub {
		my ($out, $what) = @_;
		my @confirmed = $out =~ /^(\d+)\|40\|39\|1$/mg;
		my $there = $node->safe_psql('postgres', q{
			SELECT string_agg(DISTINCT format('%s games', games), ',' ORDER BY format('%s games', games)) || '|' || count(*) FROM (
				SELECT p.id, count(l.id) AS games FROM dynasty.prospects p LEFT JOIN dynasty.milb_game_logs l ON l.prospect_id = p.id
				WHERE p.mlb_id BETWEEN 500001 AND 500150 GROUP BY p.id) s});
		my ($games, $players) = $there =~ /^(.*)\|(\d+)$/ ? ($1, $2) : ('39 games', 0);
		is($games, '39 games', "$what: no part of a reply");
		ok($players == @confirmed || $players == @confirmed + 1, "$what: " . @confirmed . " confirmed, $players there");
		my $last = @confirmed;
		is( $node->safe_psql('postgres', qq{SELECT coalesce(sum(inserted + updated), 0), coalesce(sum(unchanged), 0)
				FROM public.replies, dynasty.ingest_game_logs(body) WHERE i <= $last}),
			'0|' . 39 * $last, "$what: what was confirmed changes nothing a second time");
	});

$node->stop;
done_testing();
