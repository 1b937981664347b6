//! The mathematics of prices (crate `dynasty-odds`), as functions of SQL. STRICT there; a declaration of somebody else's may not be,
//! so every argument may be NULL here, and the answer is then NULL.

use crate::odds::errors::answered;
use crate::pg::call::{Call, raw_function};
use crate::pg::float_array::float8_array;
use crate::pg::jsonb::JsonbText;
use crate::pg::sql_text::Text;
use crate::shared::arguments::Of;
use crate::shared::decimals::{decimal, numeric};
use dynasty_odds::{self as odds, Method, OddsError, Side};
use pgrx::prelude::*;

fn elements(name: &str, array: &[Option<f64>]) -> Result<Vec<f64>, OddsError> {
    odds::without_nulls(name, array)
}

/// The decimal price of an American one, six decimals.
#[pg_extern(sql = false)]
fn american_to_decimal(american: Option<AnyNumeric>) -> Option<AnyNumeric> {
    const OF: Of = Of("american_to_decimal");
    let answer = odds::american_to_decimal(decimal(OF, "american", &american?, false));
    Some(numeric(answered(OF, answer)))
}

/// The American price of a decimal one.
#[pg_extern(sql = false)]
fn decimal_to_american(price: Option<AnyNumeric>) -> Option<i32> {
    const OF: Of = Of("decimal_to_american");
    Some(answered(
        OF,
        odds::decimal_to_american(decimal(OF, "odds", &price?, false)),
    ))
}

/// The decimal price of a fractional one, six decimals.
#[pg_extern(sql = false)]
fn fractional_to_decimal(frac: Option<Text>) -> Option<AnyNumeric> {
    const OF: Of = Of("fractional_to_decimal");
    Some(numeric(answered(OF, odds::fractional_to_decimal(&frac?))))
}

/// What a price implies: `1/d`.
#[pg_extern(sql = false)]
fn implied_probability(price: Option<f64>) -> Option<f64> {
    Some(answered(Of("implied_probability"), odds::implied_probability(price?)))
}

/// How far the implied probabilities exceed 1.
#[pg_extern(sql = false)]
fn overround(prices: Option<Vec<Option<f64>>>) -> Option<f64> {
    let answer = elements("odds", &prices?).and_then(|o| odds::overround(&o));
    Some(answered(Of("overround"), answer))
}

/// The part of all stakes that the book keeps.
#[pg_extern(sql = false)]
fn hold(prices: Option<Vec<Option<f64>>>) -> Option<f64> {
    let answer = elements("odds", &prices?).and_then(|o| odds::hold(&o));
    Some(answered(Of("hold"), answer))
}

/// Fair probabilities: the margin taken out.
#[pg_extern(sql = false)]
fn devig(prices: Option<Vec<Option<f64>>>, method: Option<Text>, target: Option<f64>) -> Option<Vec<f64>> {
    let (prices, method, target) = (prices?, method?, target?);
    let answer = || odds::devig(&elements("odds", &prices)?, method.parse::<Method>()?, target);
    Some(answered(Of("devig"), answer()))
}

/// The same where a market that the method has no answer for is to be passed over: NULL for it. An unknown method is an error still.
#[pg_extern(sql = false)]
fn fair(prices: Option<Vec<Option<f64>>>, method: Option<Text>, target: Option<f64>) -> Option<Vec<f64>> {
    let (prices, method, target) = (prices?, method?, target?);
    let method = answered(Of("devig"), method.parse::<Method>());
    elements("odds", &prices)
        .and_then(|prices| odds::devig(&prices, method, target))
        .ok()
}

/// Shin's share of insiders.
#[pg_extern(sql = false)]
fn shin_z(prices: Option<Vec<Option<f64>>>) -> Option<f64> {
    let answer = elements("odds", &prices?).and_then(|o| odds::shin_z(&o));
    Some(answered(Of("shin_z"), answer))
}

/// Prices without the margin.
#[pg_extern(sql = false)]
fn fair_odds(prices: Option<Vec<Option<f64>>>, method: Option<Text>) -> Option<Vec<f64>> {
    let (prices, method) = (prices?, method?);
    let answer = || odds::fair_odds(&elements("odds", &prices)?, method.parse::<Method>()?);
    Some(answered(Of("fair_odds"), answer()))
}

/// What a bet brings on average.
#[pg_extern(sql = false)]
fn expected_value(p: Option<f64>, price: Option<f64>, stake: Option<f64>) -> Option<f64> {
    Some(answered(Of("expected_value"), odds::expected_value(p?, price?, stake?)))
}

/// The part of the bank to stake.
#[pg_extern(sql = false)]
fn kelly_fraction(p: Option<f64>, price: Option<f64>, multiplier: Option<f64>) -> Option<f64> {
    Some(answered(
        Of("kelly_fraction"),
        odds::kelly_fraction(p?, price?, multiplier?),
    ))
}

/// Closing line value against the closing price.
#[pg_extern(sql = false)]
fn clv(bet_odds: Option<f64>, closing_odds: Option<f64>) -> Option<f64> {
    Some(answered(Of("clv"), odds::clv(bet_odds?, closing_odds?)))
}

/// Closing line value against the closing market without its margin.
#[pg_extern(sql = false)]
fn clv_fair(
    bet_odds: Option<f64>,
    closing: Option<Vec<Option<f64>>>,
    outcome: Option<i32>,
    method: Option<Text>,
) -> Option<f64> {
    let (bet, closing, outcome, method) = (bet_odds?, closing?, outcome?, method?);
    let answer = || odds::clv_fair(bet, &elements("closing", &closing)?, outcome, method.parse::<Method>()?);
    Some(answered(Of("clv_fair"), answer()))
}

raw_function!(arbitrage, pg_finfo_arbitrage, arbitrage_call);

/// Whether the best prices of all outcomes make an arbitrage; one row.
fn arbitrage_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    let Some(best) = call.float8_array(0) else {
        return call.null();
    };
    let answer = elements("best", &best).and_then(|b| odds::arbitrage(&b));
    let found = answered(Of("arbitrage"), answer);
    let stakes: Vec<Option<f64>> = found.stakes.into_iter().map(Some).collect();
    rows.put(
        &mut [
            pg_sys::Datum::from(found.is_arbitrage),
            pg_sys::Datum::from(found.profit.to_bits()),
            float8_array(&stakes),
        ],
        &mut [false; 3],
    );
    call.null()
}

/// What a price is worth after commission.
#[pg_extern(sql = false)]
fn effective_odds(price: Option<f64>, commission: Option<f64>, side: Option<Text>) -> Option<f64> {
    let (price, commission, side) = (price?, commission?, side?);
    let answer = || odds::effective_odds(price, commission, side.parse::<Side>()?);
    Some(answered(Of("effective_odds"), answer()))
}

/// What to lay against a back bet.
#[pg_extern(sql = false)]
fn lay_stake(
    stake: Option<f64>,
    back_odds: Option<f64>,
    lay_odds: Option<f64>,
    commission: Option<f64>,
) -> Option<f64> {
    let answer = odds::lay_stake(stake?, back_odds?, lay_odds?, commission?);
    Some(answered(Of("lay_stake"), answer))
}

/// How a bet ended. Market and outcome have to be there; without a score there is no answer.
#[pg_extern(sql = false)]
fn settle(
    market: Option<Text>,
    outcome: Option<Text>,
    line: Option<AnyNumeric>,
    home_score: Option<AnyNumeric>,
    away_score: Option<AnyNumeric>,
) -> Option<f64> {
    const OF: Of = Of("settle");
    let (market, outcome) = (market?, outcome?);
    let number = |name, value: Option<AnyNumeric>| value.map(|v| decimal(OF, name, &v, true));
    let (line, home, away) = (
        number("line", line),
        number("home_score", home_score),
        number("away_score", away_score),
    );
    answered(OF, odds::settle(&market, &outcome, line, home, away))
}

/// What a bet pays back.
#[pg_extern(sql = false)]
fn payout(price: Option<f64>, result: Option<f64>, stake: Option<f64>, dead_heat: Option<i32>) -> Option<f64> {
    let answer = odds::payout(price?, result?, stake?, dead_heat?);
    Some(answered(Of("payout"), answer))
}

/// The fingerprint of an offer.
#[pg_extern(sql = false)]
fn content_hash(offer: Option<JsonbText>) -> Option<i64> {
    Some(answered(Of("content_hash"), odds::content_hash(&offer?.0)))
}
