# The server is killed while payloads of odds come in, one call each. A confirmed one is there whole, and a second time writes nothing; of
# one that was not confirmed there is all or nothing: no event without its books' offers, no snapshot without its prices.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../../house/tap/lib";
use Test::More;
use Dynasty;
use Recovery;

seeded();
my $node = new_node('main');
$node->safe_psql('postgres', q{SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE; CREATE EXTENSION amcheck;
	CREATE TABLE public.payloads AS
	SELECT i, (SELECT jsonb_agg(jsonb_build_object('id', format('e%s-%s', i, e), 'sport_key', 's', 'home_team', format('Home %s %s', i, e), 'away_team', 'Away', 'commence_time', '2026-11-05T18:00Z', 'bookmakers',
			(SELECT jsonb_agg(jsonb_build_object('key', 'b' || b, 'markets', jsonb_build_array(jsonb_build_object('key', 'totals', 'outcomes',
				(SELECT jsonb_agg(jsonb_build_object('name', n, 'price', 1.5 + (i + e + b) % 7 * 0.1, 'point', p)) FROM generate_series(1, 10) p, unnest('{Over,Under}'::text[]) n)))))
			 FROM generate_series(1, 4) b))) FROM generate_series(1, 5) e) AS body
	FROM generate_series(1, 100) i});
# 5 events, 20 snapshots, 400 prices each.
my $calls = join '', map { "SELECT $_, r.* FROM public.payloads, dynasty_odds.ingest(body, 'the_odds_api', '2026-11-01 10:00+00') r WHERE i = $_;\n" } 1 .. 100;

crash_during($node, 'postgres', name => 'ingest of odds', crashes => 6, sql => $calls,
	before => 'TRUNCATE dynasty_odds.odds_snapshots, dynasty_odds.market_odds; DELETE FROM dynasty_odds.events',
	check => sub {
		my ($out, $what) = @_;
		my @confirmed = $out =~ /^(\d+)\|5\|20\|0\|400\|0$/mg;
		my $there = $node->safe_psql('postgres', q{
			SELECT count(*), count(*) FILTER (WHERE snapshots = 4 AND prices = 80 AND ids = 4), count(*) % 5 FROM (
				SELECT e.id, (SELECT count(*) FROM dynasty_odds.odds_snapshots s WHERE s.event_id = e.id) AS snapshots,
					(SELECT count(*) FROM dynasty_odds.market_odds m WHERE m.event_id = e.id) AS prices,
					(SELECT count(*) FROM dynasty_odds.event_bookmakers x WHERE x.event_id = e.id) AS ids
				FROM dynasty_odds.events e) s});
		my ($events, $whole, $rest) = split /\|/, $there;
		is("$whole|$rest", "$events|0", "$what: no part of a payload");
		ok($events == 5 * @confirmed || $events == 5 * (@confirmed + 1), "$what: " . @confirmed . " confirmed, $events events there");
		is($node->safe_psql('postgres', q{SELECT count(*) FROM dynasty_odds._verify() WHERE NOT ok}), '0', "$what: whole");
		my $last = @confirmed;
		is( $node->safe_psql('postgres', qq{SELECT coalesce(sum(r.snapshots + r.odds + r.errors), 0), coalesce(sum(r.unchanged), 0)
				FROM public.payloads, dynasty_odds.ingest(body, 'the_odds_api', '2026-11-01 10:00+00') r WHERE i <= $last}),
			'0|' . 20 * $last, "$what: what was confirmed is written once");
	});

$node->stop;
done_testing();
