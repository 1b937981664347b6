//! How a backtest trades.

use crate::error::TradingError;
use crate::fee::FeeSchedule;
use crate::money::held;
use crate::outcome::{number, unquoted};
use crate::position::Mode;
use dynasty_intake::flat;
use dynasty_intake::nearest::nearest;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::value::RawValue;

/// An hour in microseconds: how long a signal waits for a price where nothing else is said.
const HOUR: i64 = 3_600_000_000;

const KEYS: [&str; 9] = [
    "amount",
    "fee_exponent",
    "fee_rate",
    "initial_balance",
    "max_hold",
    "max_wait",
    "slippage",
    "stop_loss",
    "take_profit",
];

/// What a backtest does with its signals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Config {
    /// How long after its signal an entry may be, in microseconds.
    pub(crate) max_wait: i64,
    /// How much worse than the price is bought and sold: 0 to below 1.
    pub(crate) slippage: Decimal,
    /// Sell at this price of the side or above.
    pub(crate) take_profit: Option<Decimal>,
    /// Sell at this price of the side or below.
    pub(crate) stop_loss: Option<Decimal>,
    /// Sell so long after the entry, in microseconds.
    pub(crate) max_hold: Option<i64>,
    /// Stake this instead of what the signal says.
    pub(crate) amount: Option<Decimal>,
    /// What there is to spend.
    pub(crate) initial_balance: Decimal,
    /// What is taken at entry and exit.
    pub(crate) fees: FeeSchedule,
    /// How profit is counted.
    pub(crate) mode: Mode,
}

impl Config {
    /// What holds where nothing is said: the book's own balance, fees and mode.
    pub fn new(initial_balance: Decimal, fees: FeeSchedule, mode: Mode) -> Config {
        Config {
            max_wait: HOUR,
            slippage: Decimal::ZERO,
            take_profit: None,
            stop_loss: None,
            max_hold: None,
            amount: None,
            initial_balance,
            fees,
            mode,
        }
    }

    /// These with what a JSON object says. `interval` reads an interval of SQL as microseconds. An unknown key and a value out of range are
    /// 22023, what cannot be read 22P02; null is as if the key were not there. (Contract 4.)
    pub fn read(self, json: &str, interval: &dyn Fn(&str) -> Option<i64>) -> Result<Config, TradingError> {
        let document = flat::object(json).map_err(|why| TradingError::unreadable("config", why, "a JSON object"))?;
        let mut config = self;
        let (mut rate, mut exponent) = (None, None);
        for (key, value) in &document {
            let path = format!("config.{key}");
            let decimal = |holds: fn(Decimal) -> bool, wanted| decimal(value, &path, holds, wanted);
            let span = || span(value, &path, interval);
            let is_price = |v| (Decimal::ZERO..=Decimal::ONE).contains(&v);
            match key.as_str() {
                "max_wait" => config.max_wait = span()?.unwrap_or(config.max_wait),
                "max_hold" => config.max_hold = span()?.or(config.max_hold),
                "slippage" => {
                    let found = decimal(|v| v >= Decimal::ZERO && v < Decimal::ONE, "0 to below 1")?;
                    config.slippage = found.unwrap_or(config.slippage);
                }
                "take_profit" => config.take_profit = decimal(is_price, "0 to 1")?.or(config.take_profit),
                "stop_loss" => config.stop_loss = decimal(is_price, "0 to 1")?.or(config.stop_loss),
                "amount" => config.amount = decimal(is_stake, "above 0, in whole cents")?.or(config.amount),
                "initial_balance" => {
                    let found = decimal(is_stake, "above 0, in whole cents")?;
                    config.initial_balance = found.unwrap_or(config.initial_balance);
                }
                "fee_rate" => rate = decimal(|v| v >= Decimal::ZERO, "0 or more")?,
                "fee_exponent" => exponent = decimal(is_exponent, "a whole number of at least 1")?,
                other => {
                    let meant = nearest(other, KEYS)
                        .first()
                        .map(|k| format!(" ({k}?)"))
                        .unwrap_or_default();
                    let wanted = format!("made of {}{meant}", KEYS.join(", "));
                    return Err(TradingError::invalid("config", format!("key {other:?}"), wanted));
                }
            }
        }
        config.fees = config.fees.with(rate, exponent.and_then(|e| e.to_i32()))?;
        Ok(config)
    }
}

fn is_stake(value: Decimal) -> bool {
    value > Decimal::ZERO && value.normalize().scale() <= 2 && value < Decimal::from(10_000_000_000_000i64)
}

fn is_exponent(value: Decimal) -> bool {
    value >= Decimal::ONE && value.fract().is_zero() && value <= Decimal::from(i32::MAX)
}

fn decimal(
    value: &RawValue,
    path: &str,
    holds: fn(Decimal) -> bool,
    wanted: &str,
) -> Result<Option<Decimal>, TradingError> {
    let Some(exact) = number(value, path)? else {
        return Ok(None);
    };
    match held(&exact).filter(|v| holds(*v)) {
        Some(found) => Ok(Some(found)),
        None => Err(TradingError::invalid(path, exact, wanted)),
    }
}

fn span(value: &RawValue, path: &str, interval: &dyn Fn(&str) -> Option<i64>) -> Result<Option<i64>, TradingError> {
    let wanted = "an interval as text, '1 hour'";
    let text = match flat::kind(value.get()) {
        "null" => return Ok(None),
        "a string" => unquoted(value, path)?,
        other => return Err(TradingError::unreadable(path, other, wanted)),
    };
    match interval(&text) {
        Some(span) if span >= 0 => Ok(Some(span)),
        Some(_) => Err(TradingError::invalid(
            path,
            format!("{text:?}"),
            "an interval of 0 or more",
        )),
        None => Err(TradingError::unreadable(path, format!("{text:?}"), wanted)),
    }
}
