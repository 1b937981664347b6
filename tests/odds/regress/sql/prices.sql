-- The values of the contract's table, and what is refused; each answer beside what it has to be.
SET search_path = dynasty_odds, pg_catalog;
CREATE FUNCTION pg_temp.state(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text;
BEGIN
    EXECUTE 'SELECT (' || call || ')::text' INTO answer;
    RETURN coalesce('answered ' || answer, 'NULL');
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
-- Conversions.
SELECT american_to_decimal(150), american_to_decimal(-110), american_to_decimal(-200), american_to_decimal(100), american_to_decimal(-100), decimal_to_american(2.5), decimal_to_american(1.909091), decimal_to_american(2);
SELECT fractional_to_decimal('6/4'), fractional_to_decimal('evens'), fractional_to_decimal(' 10 / 11 '), implied_probability(2.5);
-- Every American price comes back (-100 as 100: even money).
SELECT count(*) AS prices, count(*) FILTER (WHERE decimal_to_american(american_to_decimal(a)) IS DISTINCT FROM CASE a WHEN -100 THEN 100 ELSE a END) AS lost
FROM (SELECT generate_series(-10000, -100) UNION ALL SELECT generate_series(100, 10000)) p (a);
-- Margins and fair prices, to nine places.
SELECT c.what, c.right_answer, round(c.answer::numeric, 12) AS answer, abs(c.answer - c.right_answer) <= 1.000001e-9 AS ok
FROM (VALUES
    ('overround', overround('{1.909091,1.909091}'), 0.047618998),
    ('overround below 1', overround('{2.1,2.1}'), -0.047619048),
    ('overround of three', overround('{2.6,2.4,4.3}'), 0.033840191),
    ('fair_odds', (fair_odds('{2.6,2.4,4.3}'))[1], 2.687984496),
    ('fair_odds additive', (fair_odds('{1.5,2.7}', 'additive'))[2], 2.842105263),
    ('multiplicative', (devig('{1.5,2.7}'))[1], 0.642857143),
    ('additive', (devig('{1.5,2.7}', 'additive'))[1], 0.648148148),
    ('power', (devig('{1.5,2.7}', 'power'))[1], 0.650822366),
    ('shin', (devig('{1.5,2.7}', 'shin'))[1], 0.648148148),
    ('odds_ratio', (devig('{1.5,2.7}', 'odds_ratio'))[1], 0.648371295),
    ('goto', (devig('{1.5,2.7}', 'goto'))[1], 0.651067977),
    ('shin of three', (devig('{2.6,2.4,4.3}', 'shin'))[2], 0.404779411),
    ('shin_z of three', shin_z('{2.6,2.4,4.3}'), 0.016942513),
    ('shin_z', shin_z('{1.05,11}'), 0.048459664),
    ('power of three', (devig('{2.6,2.4,4.3}', 'power'))[3], 0.221908428),
    ('shin of a favourite', (devig('{1.02,12,26}', 'shin'))[3], 0.015790824),
    ('additive of a favourite', (devig('{1.02,12,26}', 'additive'))[3], 0.004399196),
    ('two winners', (devig('{1.25,1.3,1.6}', 'power', 2))[1], 0.747647106),
    ('clv_fair', clv_fair(1.95, '{1.8,2.1}', 1), 0.053542868),
    ('clv_fair multiplicative', clv_fair(1.95, '{1.8,2.1}', 1, 'multiplicative'), 0.05),
    ('clv', clv(2.1, 2.0), 0.05),
    ('expected_value', expected_value(0.55, 2.0, 100), 10),
    ('kelly_fraction', kelly_fraction(0.25, 5, 0.5), 0.03125),
    ('effective back', effective_odds(3, 0.05), 2.9),
    ('effective lay', effective_odds(3, 0.05, 'lay'), 1.475),
    ('lay_stake', lay_stake(100, 3, 3.1, 0.05), 98.360655738),
    ('hold', hold('{2.6,2.4,4.3}'), 0.032732516)
) AS c (what, answer, right_answer);
SELECT is_arbitrage, round(profit::numeric, 12), stakes FROM arbitrage('{2.1,2.1}');
SELECT is_arbitrage, round(profit::numeric, 9), stakes[1]::numeric(10, 9), stakes[3]::numeric(10, 9) FROM arbitrage('{3.4,3.6,2.75}');
SELECT * FROM arbitrage('{2,2}');
-- Aliases are the same methods; the order of outcomes is kept.
SELECT devig('{1.5,2.7}', 'basic') = devig('{1.5,2.7}', 'multiplicative') AND devig('{1.5,2.7}', 'wpo') = devig('{1.5,2.7}', 'additive')
   AND devig('{1.5,2.7}', 'differential_margin_weighting') = devig('{1.5,2.7}', 'additive') AND devig('{1.5,2.7}', 'or') = devig('{1.5,2.7}', 'odds_ratio')
   AND devig('{1.5,2.7}', 'logarithmic') = devig('{1.5,2.7}', 'odds_ratio') AS aliases;
-- Settlement and what it pays.
SELECT settle('totals', 'over', 2.25, 1, 1) AS quarter, settle('spreads', 'home', -0.75, 2, 1) AS half_won, settle('spreads', 'home', -1, 2, 1) AS push,
       settle('h2h', 'home', NULL, 1, 1) AS tie, settle('1x2', 'home', NULL, 1, 1) AS lost, settle('btts', 'yes', NULL, 1, 0) AS no_goal,
       settle('double_chance', 'home_draw', NULL, 1, 1) AS double, settle('totals', 'under', 2.5, NULL, 1) AS no_score;
SELECT payout(2.5, 1), payout(2.5, 0.5), payout(2.5, 0), payout(2.5, -0.5), payout(2.5, -1), payout(4, 1, 10, 2);
-- One offer, one fingerprint, whatever the order and however a number is written.
SELECT content_hash('[{"market":"h2h","period":0,"line":null,"outcome":"away","price":1.950},{"market":"h2h","outcome":"home","price":1.91}]') = -5270842898980122384 AS same,
       content_hash('[{"market":"h2h","outcome":"home","price":1.91,"suspended":true},{"market":"h2h","outcome":"away","price":1.95}]') = -4599044099665304389 AS suspended,
       content_hash('[]') = -2039914840885289964 AS empty;
-- NULL for NULL, whichever it is.
SELECT num_nonnulls(american_to_decimal(NULL), decimal_to_american(NULL), fractional_to_decimal(NULL), implied_probability(NULL), overround(NULL), hold(NULL), devig(NULL), devig('{2,2}', NULL),
    devig('{2,2}', 'power', NULL), shin_z(NULL), fair_odds(NULL), expected_value(NULL, 2), kelly_fraction(0.5, NULL), clv(NULL, 2), clv_fair(2, '{2,2}', NULL), effective_odds(2, NULL),
    lay_stake(1, 2, NULL), settle(NULL, 'home', NULL, 1, 1), settle('h2h', NULL, NULL, 1, 1), payout(2, NULL), content_hash(NULL)) AS answers;
SELECT count(*) FROM arbitrage(NULL);
-- What is refused, with its code and what was wrong.
SELECT c.call, pg_temp.state(c.call) FROM (VALUES
    ('american_to_decimal(99)'), ('american_to_decimal(-99.9)'), ('american_to_decimal(''NaN'')'), ('american_to_decimal(''-Infinity'')'), ('american_to_decimal(1e40)'),
    ('decimal_to_american(1)'), ('decimal_to_american(1e20)'), ('decimal_to_american(''NaN'')'), ('fractional_to_decimal(''6-4'')'), ('fractional_to_decimal(''5/0'')'),
    ('implied_probability(1)'), ('implied_probability(''Infinity'')'), ('overround(''{2}'')'), ('overround(''{2,NULL}'')'), ('overround(''{2,1}'')'), ('overround(''{2,NaN}'')'),
    ('overround(array_fill(2.0::float8, ARRAY[201]))'), ('devig(''{2,2}'', ''best'')'), ('devig(''{2,2}'', ''shin'', 1.5)'), ('devig(''{2,2}'', ''power'', 2)'),
    ('devig(''{1.02,12,26}'', ''goto'')'), ('expected_value(1.2, 2)'), ('expected_value(0.5, 2, -1)'), ('kelly_fraction(0.5, 2, 1.5)'), ('clv(1, 2)'), ('clv_fair(2, ''{2,2}'', 3)'),
    ('effective_odds(2, 1)'), ('effective_odds(2, 0.1, ''both'')'), ('lay_stake(-1, 2, 2)'), ('settle(''h2h'', ''draw'', NULL, 1, 1)'), ('settle(''golf'', ''home'', NULL, 1, 1)'),
    ('settle(''totals'', ''over'', NULL, 1, 1)'), ('settle(''h2h'', ''home'', 1, 1, 1)'), ('settle(''totals'', ''over'', 2.3, 1, 1)'), ('settle(''totals'', ''over'', ''NaN'', 1, 1)'),
    ('settle(''totals'', ''over'', 2.25000000000000000000000000000000000001, 1, 1)'), ('payout(2, 0.7)'), ('payout(2, 1, 1, 0)'), ('payout(2, ''NaN'')'),
    ('content_hash(''null'')'), ('content_hash(''{}'')'), ('content_hash(''[{"market":"h2h","outcome":"home","price":0.99}]'')'), ('content_hash(''[{"market":"h2h","outcome":"home","price":"abc"}]'')'),
    ('content_hash(''[{"market":"h2h","outcome":"home","price":2},{"market":"h2h","outcome":"home","price":3}]'')'), ('content_hash(''[{"market":"h2h","period":10,"outcome":"home","price":2}]'')')
) AS c (call);
-- In one query: 30 runners by six methods add up.
SELECT m.method, CASE WHEN m.method IN ('additive', 'goto') THEN left(pg_temp.state(format('devig(%L, %L)', r.prices, m.method)), 5)
                      ELSE round((SELECT sum(p) FROM unnest(devig(r.prices, m.method)) p)::numeric, 9)::text END AS total
FROM (SELECT array_agg(3.5 + (i * i * 0.55)::float8 ORDER BY i) AS prices FROM generate_series(0, 29) i) r,
     unnest('{multiplicative,additive,power,odds_ratio,goto,shin}'::text[]) m (method);
