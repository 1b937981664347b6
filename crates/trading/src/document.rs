//! Polymarket's documents of markets and events (gamma), as far as the tables have columns for them. Numbers keep their digits; times stay as
//! they are written, for the server to read.

use crate::error::TradingError;
use crate::fee::FeeSchedule;
use crate::money::held;
use crate::outcome::{Prices, number, prices, unquoted};
use dynasty_intake::flat::{self, Object};
use dynasty_numbers::exact::Exact;
use rust_decimal::prelude::ToPrimitive;
use serde_json::value::RawValue;

/// A market.
#[derive(Clone, Debug, PartialEq)]
pub struct Market<'a> {
    /// `id`: it has one.
    pub id: String,
    /// `question`.
    pub question: Option<String>,
    /// `conditionId`.
    pub condition_id: Option<String>,
    /// `slug`.
    pub slug: Option<String>,
    /// `endDate`, as it is written.
    pub end_date: Option<String>,
    /// `liquidity`, else `liquidityNum`.
    pub liquidity: Option<Exact>,
    /// `volume`, else `volumeNum`.
    pub volume: Option<Exact>,
    /// `volume24hr`.
    pub volume_24h: Option<Exact>,
    /// `outcomePrices`: placeholders of negative-risk events have none.
    pub prices: Option<Prices>,
    /// `active`.
    pub active: Option<bool>,
    /// `closed`.
    pub closed: bool,
    /// `negRisk`.
    pub neg_risk: bool,
    /// `feesEnabled` and `feeSchedule`; none where neither says anything.
    pub fees: Option<FeeSchedule>,
    /// `event_id`, `event_title`, `event_end_date`: of filtered files.
    pub event: [Option<String>; 3],
    /// The whole, as it was written.
    pub json: &'a str,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a> {
    /// `id`: it has one.
    pub id: String,
    /// `slug`.
    pub slug: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// `startDate`, as it is written.
    pub start_date: Option<String>,
    /// `endDate`, as it is written.
    pub end_date: Option<String>,
    /// `liquidity`.
    pub liquidity: Option<Exact>,
    /// `volume`.
    pub volume: Option<Exact>,
    /// `volume24hr`.
    pub volume_24h: Option<Exact>,
    /// `negRisk`.
    pub neg_risk: bool,
    /// `markets`, each as it is written.
    pub markets: Vec<&'a str>,
    /// The whole, as it was written.
    pub json: &'a str,
}

impl<'a> Market<'a> {
    /// Reads one; `path` names it. What is no object, an id that is missing and a value that cannot be read are 22P02 with the key, a fee that
    /// is none 22023. (Contract 4.)
    pub fn read(json: &'a str, path: &str) -> Result<Market<'a>, TradingError> {
        let keys = Keys::of(json, path)?;
        let either = |one: &str, other: &str| Ok::<_, TradingError>(keys.number(one)?.or(keys.number(other)?));
        Ok(Market {
            id: keys.id()?,
            question: keys.text("question")?,
            condition_id: keys.text("conditionId")?,
            slug: keys.text("slug")?,
            end_date: keys.text("endDate")?,
            liquidity: either("liquidity", "liquidityNum")?,
            volume: either("volume", "volumeNum")?,
            volume_24h: keys.number("volume24hr")?,
            prices: match keys.value("outcomePrices") {
                Some(value) => prices(value, &keys.path("outcomePrices"))?,
                None => None,
            },
            active: keys.flag("active")?,
            closed: keys.flag("closed")?.unwrap_or(false),
            neg_risk: keys.flag("negRisk")?.unwrap_or(false),
            fees: keys.fees()?,
            event: [
                keys.text("event_id")?,
                keys.text("event_title")?,
                keys.text("event_end_date")?,
            ],
            json,
        })
    }
}

impl<'a> Event<'a> {
    /// Reads one; as [`Market::read`].
    pub fn read(json: &'a str, path: &str) -> Result<Event<'a>, TradingError> {
        let keys = Keys::of(json, path)?;
        let markets = match keys.value("markets") {
            Some(value) if flat::kind(value.get()) == "an array" => {
                let read: Result<Vec<&RawValue>, _> = serde_json::from_str(value.get());
                let read =
                    read.map_err(|why| TradingError::unreadable(keys.path("markets"), why, "an array of markets"));
                read?.into_iter().map(RawValue::get).collect()
            }
            Some(other) => {
                let found = flat::kind(other.get());
                return Err(TradingError::unreadable(
                    keys.path("markets"),
                    found,
                    "an array of markets",
                ));
            }
            None => Vec::new(),
        };
        Ok(Event {
            id: keys.id()?,
            slug: keys.text("slug")?,
            title: keys.text("title")?,
            start_date: keys.text("startDate")?,
            end_date: keys.text("endDate")?,
            liquidity: keys.number("liquidity")?,
            volume: keys.number("volume")?,
            volume_24h: keys.number("volume24hr")?,
            neg_risk: keys.flag("negRisk")?.unwrap_or(false),
            markets,
            json,
        })
    }
}

/// The keys of a document.
struct Keys<'a, 'p> {
    object: Object<'a>,
    path: &'p str,
}

impl<'a, 'p> Keys<'a, 'p> {
    fn of(json: &'a str, path: &'p str) -> Result<Keys<'a, 'p>, TradingError> {
        let object = flat::object(json).map_err(|why| TradingError::unreadable(path, why, "a JSON object"))?;
        Ok(Keys { object, path })
    }

    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    /// What a key has; nothing where it is not there or null.
    fn value(&self, key: &str) -> Option<&'a RawValue> {
        self.object.get(key).copied().filter(|v| v.get() != "null")
    }

    fn number(&self, key: &str) -> Result<Option<Exact>, TradingError> {
        self.value(key).map_or(Ok(None), |v| number(v, &self.path(key)))
    }

    /// A text, or a number as its text: ids come as both.
    fn text(&self, key: &str) -> Result<Option<String>, TradingError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        match flat::kind(value.get()) {
            "a string" => unquoted(value, &self.path(key)).map(Some),
            "a number" => Ok(Some(value.get().to_string())),
            other => Err(TradingError::unreadable(self.path(key), other, "a text")),
        }
    }

    fn id(&self) -> Result<String, TradingError> {
        let missing = || TradingError::unreadable(self.path("id"), "missing", "an id");
        self.text("id")?.filter(|id| !id.trim().is_empty()).ok_or_else(missing)
    }

    fn flag(&self, key: &str) -> Result<Option<bool>, TradingError> {
        match self.value(key).map(RawValue::get) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(other) => Err(TradingError::unreadable(self.path(key), other, "true or false")),
        }
    }

    fn fees(&self) -> Result<Option<FeeSchedule>, TradingError> {
        let (enabled, schedule) = (self.flag("feesEnabled")?, self.value("feeSchedule"));
        let schedule = match (enabled, schedule) {
            (Some(false), _) => return Ok(Some(FeeSchedule::FREE)),
            (_, None) => return Ok(None),
            (_, Some(schedule)) => schedule,
        };
        let path = self.path("feeSchedule");
        let keys = Keys::of(schedule.get(), &path)?;
        let Some(rate) = keys.number("rate")? else {
            return Ok(None);
        };
        let wrong = |key: &str, value: &Exact, wanted| TradingError::invalid(keys.path(key), value, wanted);
        let exponent = match keys.number("exponent")? {
            Some(e) => {
                let whole = held(&e).filter(|d| d.fract().is_zero()).and_then(|d| d.to_i32());
                whole.ok_or_else(|| wrong("exponent", &e, "a whole number of at least 1"))?
            }
            None => 1,
        };
        let rate = held(&rate).ok_or_else(|| wrong("rate", &rate, "a rate of at most 28 digits"))?;
        FeeSchedule::new(rate, exponent).map(Some)
    }
}

#[cfg(test)]
mod tests;
