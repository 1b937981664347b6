//! What a market of Polymarket says of its prices, and whether it is decided.

use crate::check;
use crate::error::TradingError;
use crate::money::{exact, held};
use dynasty_intake::flat;
use dynasty_numbers::exact::{Exact, NotExact};
use rust_decimal::Decimal;
use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;

/// The prices of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    /// Of the first outcome, which is "yes" whatever its name.
    pub yes: Exact,
    /// Of the second.
    pub no: Exact,
}

impl Prices {
    /// How far the sides are apart, with six decimals: [`market_conviction`] of prices with more digits than a decimal has.
    pub fn conviction(&self) -> Exact {
        self.yes.minus(&self.no).magnitude().rounded(6)
    }
}

/// How sure a market is: `|yes - no|`, six decimals. A price outside of [0, 1] is 22003. (Contract 3.)
pub fn market_conviction(yes_price: Decimal, no_price: Decimal) -> Result<Decimal, TradingError> {
    check::price("yes_price", yes_price)?;
    check::price("no_price", no_price)?;
    let prices = Prices {
        yes: exact(yes_price),
        no: exact(no_price),
    };
    held(&prices.conviction()).ok_or_else(|| TradingError::range("yes_price", yes_price, "0 to 1"))
}

const PAIR: &str = "an array of two prices, or one as text";

/// The prices of `["0.65", "0.35"]`, `[0.65, 0.35]` or either as text, `"[\"0.65\", \"0.35\"]"`; with all their digits. None for null, for
/// an array that is not of two, and where one of the two is null. What is no such array, and a price that is no number, are 22P02; one of
/// more than a thousand digits is 22003. (Contract 3.)
pub fn parse_outcome_prices(v: &str) -> Result<Option<Prices>, TradingError> {
    let json: &RawValue = serde_json::from_str(v)
        .map_err(|why| TradingError::unreadable("v", format!("text that is no JSON: {why}"), PAIR))?;
    prices(json, "v")
}

/// The same of a value already found in a document; `path` names it.
pub(crate) fn prices(json: &RawValue, path: &str) -> Result<Option<Prices>, TradingError> {
    if flat::kind(json.get()) != "a string" {
        return pair(json, path);
    }
    let text = unquoted(json, path)?;
    let refused = || TradingError::unreadable(path, format!("{text:?}"), PAIR);
    let inner: &RawValue = serde_json::from_str(&text).map_err(|_| refused())?;
    match flat::kind(inner.get()) {
        "a string" => Err(refused()),
        _ => pair(inner, path),
    }
}

fn pair(json: &RawValue, path: &str) -> Result<Option<Prices>, TradingError> {
    match flat::kind(json.get()) {
        "null" => return Ok(None),
        "an array" => {}
        _ => return Err(TradingError::unreadable(path, json.get(), PAIR)),
    }
    let elements: Vec<&RawValue> =
        serde_json::from_str(json.get()).map_err(|why| TradingError::unreadable(path, why, PAIR))?;
    let [yes, no] = elements[..] else { return Ok(None) };
    let read = |element, side: &str| number(element, &format!("{path}[{side}]"));
    Ok(read(yes, "0")?.zip(read(no, "1")?).map(|(yes, no)| Prices { yes, no }))
}

/// A number, or a text that is one, with its digits; none for null.
pub(crate) fn number(json: &RawValue, path: &str) -> Result<Option<Exact>, TradingError> {
    let wanted = "a number";
    let text = match flat::kind(json.get()) {
        "null" => return Ok(None),
        "a number" => json.get().to_string(),
        "a string" => unquoted(json, path)?,
        other => return Err(TradingError::unreadable(path, other, wanted)),
    };
    Exact::parse(&text).map(Some).map_err(|why| match why {
        NotExact::NoNumber => TradingError::unreadable(path, format!("{text:?}"), wanted),
        NotExact::TooLong => TradingError::range(path, &text, "of at most 1000 digits"),
    })
}

/// The text of a JSON string.
pub(crate) fn unquoted(json: &RawValue, path: &str) -> Result<String, TradingError> {
    serde_json::from_str(json.get()).map_err(|why| TradingError::unreadable(path, why, "a text"))
}

/// How a market ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The first outcome: yes pays 1.
    Yes,
    /// The second: no pays 1.
    No,
    /// Neither: both pay a half.
    Half,
    /// A part to each: yes pays this, no the rest.
    Split(Decimal),
    /// As if it had never been: stakes go back.
    Void,
}

impl Outcome {
    /// The outcome of these words; `yes_payout` belongs to `split` alone, as a price of 0 to 1. (Contract 4 and 7: all else is 22023.)
    pub fn new(outcome: &str, yes_payout: Option<Decimal>) -> Result<Outcome, TradingError> {
        let found = outcome.parse()?;
        match (found, yes_payout) {
            (Outcome::Split(_), Some(payout)) if (Decimal::ZERO..=Decimal::ONE).contains(&payout) => {
                Ok(Outcome::Split(payout))
            }
            (Outcome::Split(_), other) => {
                let value = other.map_or("null".into(), |p| p.normalize().to_string());
                Err(TradingError::invalid("yes_payout", value, "0 to 1 in a split"))
            }
            (_, Some(payout)) if found.payout(true) != Some(payout) => {
                let wanted = format!("null when the outcome is {outcome}");
                Err(TradingError::invalid("yes_payout", payout.normalize(), wanted))
            }
            _ => Ok(found),
        }
    }

    /// As SQL writes it.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Yes => "yes",
            Outcome::No => "no",
            Outcome::Half => "half",
            Outcome::Split(_) => "split",
            Outcome::Void => "void",
        }
    }

    /// What a share of a side is paid; none where it is void.
    pub fn payout(self, of_yes: bool) -> Option<Decimal> {
        let yes = match self {
            Outcome::Yes => Decimal::ONE,
            Outcome::No => Decimal::ZERO,
            Outcome::Half => Decimal::new(5, 1),
            Outcome::Split(payout) => payout,
            Outcome::Void => return None,
        };
        Some(if of_yes { yes } else { Decimal::ONE - yes })
    }
}

impl FromStr for Outcome {
    type Err = TradingError;

    fn from_str(text: &str) -> Result<Outcome, TradingError> {
        Ok(match text {
            "yes" => Outcome::Yes,
            "no" => Outcome::No,
            "half" => Outcome::Half,
            "split" => Outcome::Split(Decimal::ZERO),
            "void" => Outcome::Void,
            _ => {
                let wanted = "yes, no, half, split or void";
                return Err(TradingError::invalid("outcome", format!("{text:?}"), wanted));
            }
        })
    }
}

/// What a market that is decided pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// `yes`, `no`, `half` or `split`.
    pub outcome: &'static str,
    /// What a share of yes is paid: 1, 0, 0.5, or the price with all its digits.
    pub yes_payout: Exact,
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.outcome, self.yes_payout)
    }
}

/// How a market document ended; none where that is not final. Final is: `closed`, prices that sum to 1, and `umaResolutionStatus` 'resolved'
/// or the key absent and the prices exactly 1 and 0. Prices alone decide nothing while disputes are open, and neither do prices outside of
/// [0, 1]. 22P02: what is no object, prices that are none, `closed` that is not true, false or null. (Contract 3.)
pub fn resolution_of(market: &str) -> Result<Option<Resolution>, TradingError> {
    let document = flat::object(market).map_err(|why| TradingError::unreadable("market", why, "a JSON object"))?;
    let closed = match document.get("closed").map(|v| v.get()) {
        None | Some("null" | "false") => false,
        Some("true") => true,
        Some(other) => return Err(TradingError::unreadable("market.closed", other, "true or false")),
    };
    let found = match document.get("outcomePrices") {
        Some(json) => prices(json, "market.outcomePrices")?,
        None => None,
    };
    let status = document.get("umaResolutionStatus").map(|v| v.get());
    Ok(found.filter(|_| closed).and_then(|prices| decided(prices, status)))
}

fn decided(prices: Prices, status: Option<&str>) -> Option<Resolution> {
    let (zero, half, one) = (Exact::new(0, 0), Exact::new(5, 1), Exact::new(1, 0));
    if prices.yes.plus(&prices.no) != one || prices.yes < zero || prices.yes > one {
        return None;
    }
    let (outcome, yes_payout) = match prices.yes {
        yes if yes == one => ("yes", one),
        yes if yes == zero => ("no", zero),
        yes if yes == half => ("half", half),
        yes => ("split", yes),
    };
    let is_final = match status {
        Some(word) => word == "\"resolved\"",
        None => matches!(outcome, "yes" | "no"),
    };
    is_final.then_some(Resolution { outcome, yes_payout })
}

#[cfg(test)]
mod tests;
