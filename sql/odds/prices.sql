-- Prices and what a bet at them is worth (crates/odds). Prices are decimal odds: what one unit staked brings back.

CREATE FUNCTION dynasty_odds.american_to_decimal(american numeric) RETURNS numeric
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'american_to_decimal_wrapper';
COMMENT ON FUNCTION dynasty_odds.american_to_decimal(numeric) IS
'The decimal price of an American one: 1 + a/100 from 100, 1 + 100/|a| from -100 down, to six decimals, halves away from zero. NULL for NULL. Errors: 22003 between -100 and 100, or what is larger than a price can be; 22023 NaN or infinity.';

CREATE FUNCTION dynasty_odds.decimal_to_american(odds numeric) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'decimal_to_american_wrapper';
COMMENT ON FUNCTION dynasty_odds.decimal_to_american(numeric) IS
'The American price of a decimal one: (d-1)*100 from 2, else -100/(d-1), rounded, halves away from zero. NULL for NULL. Errors: 22003 at most 1, or the result is no integer; 22023 NaN or infinity.';

CREATE FUNCTION dynasty_odds.fractional_to_decimal(frac text) RETURNS numeric
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'fractional_to_decimal_wrapper';
COMMENT ON FUNCTION dynasty_odds.fractional_to_decimal(text) IS
'The decimal price of a British one: a/b is 1 + a/b, evens is 2; to six decimals. NULL for NULL. Errors: 22P02 anything else.';

CREATE FUNCTION dynasty_odds.implied_probability(odds double precision) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'implied_probability_wrapper';
COMMENT ON FUNCTION dynasty_odds.implied_probability(double precision) IS
'What a price implies: 1/d, the margin still in it. NULL for NULL. Errors: 22003 at most 1; 22023 NaN or infinity.';

CREATE FUNCTION dynasty_odds.expected_value(p double precision, odds double precision, stake double precision DEFAULT 1) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'expected_value_wrapper';
COMMENT ON FUNCTION dynasty_odds.expected_value(double precision, double precision, double precision) IS
'What a bet brings on average: stake * (p*d - 1), p the probability of winning. NULL for NULL. Errors: 22003 p outside 0 to 1, a price of at most 1, a negative stake; 22023 NaN or infinity.';

CREATE FUNCTION dynasty_odds.kelly_fraction(p double precision, odds double precision, multiplier double precision DEFAULT 1) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'kelly_fraction_wrapper';
COMMENT ON FUNCTION dynasty_odds.kelly_fraction(double precision, double precision, double precision) IS
'The part of the bank that makes it grow fastest (Kelly 1956): max(0, (p*d - 1)/(d - 1)) * multiplier. NULL for NULL. Errors: 22003 p or multiplier outside 0 to 1, a price of at most 1; 22023 NaN or infinity.';

CREATE FUNCTION dynasty_odds.clv(bet_odds double precision, closing_odds double precision) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_wrapper';
COMMENT ON FUNCTION dynasty_odds.clv(double precision, double precision) IS
'Closing line value: bet/close - 1. NULL for NULL. Errors: 22003 a price of at most 1; 22023 NaN or infinity.';

CREATE FUNCTION dynasty_odds.clv_fair(bet_odds double precision, closing double precision[], outcome integer, method text DEFAULT 'power') RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_fair_wrapper';
COMMENT ON FUNCTION dynasty_odds.clv_fair(double precision, double precision[], integer, text) IS
'Closing line value without the book''s margin: bet * devig(closing, method)[outcome] - 1, outcome counted from 1. NULL for NULL. Errors: as devig(); 22003 an outcome that closing does not have.';

CREATE FUNCTION dynasty_odds.effective_odds(odds double precision, commission double precision, side text DEFAULT 'back') RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'effective_odds_wrapper';
COMMENT ON FUNCTION dynasty_odds.effective_odds(double precision, double precision, text) IS
'What a price is worth after commission c of what is won: back 1 + (d-1)(1-c); lay 1 + (1-c)/(d-1), the price at which backing the complement would be the same bet. NULL for NULL. Errors: 22003 a price of at most 1, commission not 0 to below 1; 22023 another side, NaN or infinity.';

CREATE FUNCTION dynasty_odds.lay_stake(stake double precision, back_odds double precision, lay_odds double precision, commission double precision DEFAULT 0) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'lay_stake_wrapper';
COMMENT ON FUNCTION dynasty_odds.lay_stake(double precision, double precision, double precision, double precision) IS
'What to lay against a back bet for the same profit either way: stake * b/(l-c). NULL for NULL. Errors: 22003 a price of at most 1, a negative stake, commission not 0 to below 1; 22023 NaN or infinity.';

CREATE FUNCTION dynasty_odds.settle(market text, outcome text, line numeric, home_score numeric, away_score numeric) RETURNS double precision
LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'settle_wrapper';
COMMENT ON FUNCTION dynasty_odds.settle(text, text, numeric, numeric, numeric) IS
'How a bet ended: 1 won, 0.5 half won, 0 push, -0.5 half lost, -1 lost; NULL without a score, market or outcome. totals: sign of home + away - line, under negated; spreads: sign of home + line - away (the home side''s line), away negated; on quarter lines the mean of the two half lines. h2h, draw_no_bet: a tie is a push; 1x2, double_chance, btts as named. Errors: 22023 an unknown market or outcome, a line that is missing, needless or no multiple of 0.25, NaN.';

CREATE FUNCTION dynasty_odds.payout(price double precision, result double precision, stake double precision DEFAULT 1, dead_heat integer DEFAULT 1) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'payout_wrapper';
COMMENT ON FUNCTION dynasty_odds.payout(double precision, double precision, double precision, integer) IS
'What a bet pays back by its result of settle(): stake times d/dead_heat for 1, (d+1)/2 for 0.5, 1 for 0, 0.5 for -0.5, 0 for -1; dead_heat is how many share the place. NULL for NULL. Errors: 22023 another result, NaN or infinity; 22003 a price of at most 1, a negative stake, dead_heat below 1.';

CREATE FUNCTION dynasty_odds.content_hash(odds jsonb) RETURNS bigint
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'content_hash_wrapper';
COMMENT ON FUNCTION dynasty_odds.content_hash(jsonb) IS
'The fingerprint of an offer, [{"market", "period", "line", "outcome", "price", "suspended"}]: the first 8 bytes of the SHA-256 of its sorted canonical lines, so order and the spelling of numbers do not matter. NULL for NULL. Errors, with the path of what is wrong: 22P02, 22023, 22004 for JSON''s null, 23505 an outcome that stands twice.';
