-- A market as a whole: its margin, fair probabilities, arbitrage (crates/odds).

CREATE FUNCTION dynasty_odds.overround(odds double precision[]) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'overround_wrapper';
COMMENT ON FUNCTION dynasty_odds.overround(double precision[]) IS
'How far the implied probabilities of a market exceed 1: sum(1/o) - 1. NULL for NULL. Errors: 22004 a NULL in it; 22023 fewer than 2 or more than 200 outcomes, NaN or infinity; 22003 a price of at most 1.';

CREATE FUNCTION dynasty_odds.hold(odds double precision[]) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hold_wrapper';
COMMENT ON FUNCTION dynasty_odds.hold(double precision[]) IS
'The part of all stakes that the book keeps: 1 - 1/sum(1/o). NULL for NULL. Errors: as overround().';

CREATE FUNCTION dynasty_odds.devig(odds double precision[], method text DEFAULT 'multiplicative', target double precision DEFAULT 1) RETURNS double precision[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'devig_wrapper';
COMMENT ON FUNCTION dynasty_odds.devig(double precision[], text, double precision) IS
'Fair probabilities of a market in the order of its prices: the margin taken out so that they add up to target, the number of outcomes that win. Methods: multiplicative, additive, power, odds_ratio, goto, shin (and the names of R implied and penaltyblog: basic, wpo, differential_margin_weighting, or, logarithmic). NULL for NULL. Errors: as overround(); 22023 another method, target not from 1 to below the number of outcomes, shin with another target than 1, or an outcome that would get no probability between 0 and 1.';

CREATE FUNCTION dynasty_odds._fair(odds double precision[], method text, target double precision) RETURNS double precision[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'fair_wrapper';
COMMENT ON FUNCTION dynasty_odds._fair(double precision[], text, double precision) IS
'Internal: devig(), but NULL for a market that the method has no answer for, so that a scan passes over it.';

CREATE FUNCTION dynasty_odds.shin_z(odds double precision[]) RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'shin_z_wrapper';
COMMENT ON FUNCTION dynasty_odds.shin_z(double precision[]) IS
'The share of insiders that explains the margin (Shin 1993), 0 to below 1; 0 where there is no margin. NULL for NULL. Errors: as overround().';

CREATE FUNCTION dynasty_odds.fair_odds(odds double precision[], method text DEFAULT 'multiplicative') RETURNS double precision[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'fair_odds_wrapper';
COMMENT ON FUNCTION dynasty_odds.fair_odds(double precision[], text) IS
'Prices without the margin: 1/devig(odds, method). NULL for NULL. Errors: as devig().';

CREATE FUNCTION dynasty_odds.arbitrage(best double precision[]) RETURNS TABLE (is_arbitrage boolean, profit double precision, stakes double precision[])
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 1 AS 'MODULE_PATHNAME', 'arbitrage';
COMMENT ON FUNCTION dynasty_odds.arbitrage(double precision[]) IS
'Whether backing every outcome at its best price brings more than it costs: profit per unit staked, 1/sum(1/o) - 1, and what to stake on each of one unit. No row for NULL. Errors: as overround().';
