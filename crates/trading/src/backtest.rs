//! What signals would have brought on the snapshots that are stored. Money is booked as in the ledger, by the same code, and nothing is
//! known before it happened.

use crate::check;
use crate::daily::{Curve, Tally, daily_pnl};
use crate::days::day_of;
use crate::error::TradingError;
use crate::fill::{Fill, Terms};
use crate::history::{Marks, Price, Record, Snapshot, Walk};
use crate::outcome::Outcome;
use crate::position::{Action, gain};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

mod config;

pub use config::Config;

/// A signal to buy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// Its id.
    pub id: i64,
    /// Which market: the number that its snapshots have.
    pub market: u32,
    /// When it was given.
    pub at: i64,
    /// The side.
    pub action: Action,
    /// The stake.
    pub amount: Decimal,
}

/// Why a trade ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The price became 0 or 1.
    Resolved,
    /// The price reached `take_profit`.
    TakeProfit,
    /// The price fell to `stop_loss`.
    StopLoss,
    /// It was held for `max_hold`.
    MaxHold,
    /// It did not: it is valued at its last price.
    Open,
}

impl Exit {
    /// As SQL writes it.
    pub fn word(self) -> &'static str {
        match self {
            Exit::Resolved => "resolved",
            Exit::TakeProfit => "take_profit",
            Exit::StopLoss => "stop_loss",
            Exit::MaxHold => "max_hold",
            Exit::Open => "open",
        }
    }
}

/// A trade of a backtest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trade {
    /// Its signal.
    pub signal: Signal,
    /// What was bought, and when: with the stake that was used.
    pub terms: Terms,
    /// When it ended; none while it is open.
    pub exit_at: Option<i64>,
    /// The price it was sold at, or is valued at.
    pub exit_price: Decimal,
    /// Why.
    pub reason: Exit,
    /// What was taken at both ends.
    pub fees: Decimal,
    /// What it brought, net of fees.
    pub pnl: Decimal,
}

/// What a backtest comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The trades in the order of their entries.
    pub trades: Vec<Trade>,
    /// How many signals found no price in time, or no cash.
    pub skipped: usize,
    /// The trades that ended.
    pub tally: Tally,
    /// Σ pnl of all trades, those that are open too.
    pub total_pnl: Decimal,
    /// Σ fees.
    pub fees: Decimal,
    /// What there is in the end: what there was and the profit.
    pub end_value: Decimal,
    /// Returns by day, from the day of `from_at` to the last with a fill or a snapshot before `to_at`.
    pub curve: Curve,
}

/// Trades the signals of `from_at <= at < to_at` on the snapshots, which may come in any order.
///
/// Entry: the market's first snapshot after the signal, at most `max_wait` later and before `to_at`, whose price p of the side is above 0 with
/// `p + slippage < 1`, at `p + slippage`. Exit: the first snapshot later than the entry and before `to_at` with p of 0 or 1 (resolved,
/// without slippage or fee), else `p >= take_profit`, else `p <= stop_loss`, else `max_hold` after the entry, at `max(p - slippage, 0)`; else
/// it is open, valued at its last p. Stake and fee above the cash skip the signal. At one moment exits go before entries, entries by
/// (signal, id). `from_at >= to_at` is 22023. (Contract 4, Backtest.)
pub fn backtest(
    signals: &[Signal],
    snapshots: &[Snapshot],
    from_at: i64,
    to_at: i64,
    config: &Config,
) -> Result<Run, TradingError> {
    if from_at >= to_at {
        return Err(TradingError::invalid(
            "from_at",
            from_at,
            format!("before to_at, {to_at}"),
        ));
    }
    let mut known: Vec<&Snapshot> = snapshots.iter().filter(|s| s.at >= from_at && s.at < to_at).collect();
    known.sort_unstable_by_key(|s| (s.market, s.at, s.id));
    let of_market = |market: u32| {
        let start = known.partition_point(|s| s.market < market);
        &known[start..start + known[start..].partition_point(|s| s.market == market)]
    };
    let mut entries = Vec::new();
    let mut skipped = 0;
    for signal in signals.iter().filter(|s| s.at >= from_at && s.at < to_at) {
        let prices = of_market(signal.market);
        match entry(signal, prices, config) {
            Some((place, price)) => entries.push((prices[place].at, signal, &prices[place..], price)),
            None => skipped += 1,
        }
    }
    entries.sort_unstable_by_key(|(at, signal, ..)| (*at, signal.at, signal.id));

    let mut cash = check::money("initial_balance", config.initial_balance)?;
    let mut returning: BinaryHeap<Reverse<(i64, Decimal)>> = BinaryHeap::new();
    let (mut trades, mut records) = (Vec::new(), Vec::new());
    for (at, signal, prices, price) in entries {
        while let Some(Reverse((_, back))) = returning.peek().filter(|back| back.0.0 <= at) {
            cash += back;
            returning.pop();
        }
        let terms = Terms::new(signal.action, config.amount.unwrap_or(signal.amount), price, at)?;
        let bought = terms.entry(config.fees)?;
        if cash + bought.cash < Decimal::ZERO {
            skipped += 1;
            continue;
        }
        cash += bought.cash;
        let (trade, sold) = held(signal, terms, &bought, prices, config)?;
        returning.extend(sold.map(|fill| Reverse((fill.at, fill.cash))));
        let fills = std::iter::once(bought).chain(sold).collect();
        records.push(Record {
            market: signal.market,
            terms,
            fills,
        });
        trades.push(trade);
    }
    summary(trades, skipped, &records, &known, from_at, config)
}

fn summary(
    trades: Vec<Trade>,
    skipped: usize,
    records: &[Record],
    known: &[&Snapshot],
    from_at: i64,
    config: &Config,
) -> Result<Run, TradingError> {
    let mut tally = Tally::default();
    let (mut total_pnl, mut fees) = (Decimal::new(0, 2), Decimal::new(0, 2));
    for trade in &trades {
        total_pnl += trade.pnl;
        fees += trade.fees;
        if trade.reason != Exit::Open {
            tally.add(trade.pnl, trade.terms.amount);
        }
    }
    // Fills are at snapshots, so the last snapshot is the last of both.
    let from_day = day_of(from_at);
    let to_day = known.iter().map(|s| day_of(s.at)).max().unwrap_or(from_day);
    let snapshots: Vec<Snapshot> = known.iter().map(|s| **s).collect();
    let mut walk = Walk::new(
        config.initial_balance,
        config.mode,
        Marks::FromEntry,
        records,
        &snapshots,
    )?;
    let (start, days) = daily_pnl(&mut walk, from_day, to_day)?;
    Ok(Run {
        trades,
        skipped,
        tally,
        total_pnl,
        fees,
        end_value: start + total_pnl,
        curve: Curve::of(start, days.iter().map(|day| day.equity)),
    })
}

/// Where a signal is entered, and the price that is paid.
fn entry(signal: &Signal, prices: &[&Snapshot], config: &Config) -> Option<(usize, Decimal)> {
    let first = prices.partition_point(|s| s.at <= signal.at);
    let latest = signal.at.saturating_add(config.max_wait);
    prices[first..]
        .iter()
        .take_while(|s| s.at <= latest)
        .enumerate()
        .find_map(|(n, s)| {
            let price = side(s, signal.action)?.decimal().checked_add(config.slippage)?;
            (side(s, signal.action)? > Price::ZERO && price < Decimal::ONE).then_some((first + n, price))
        })
}

fn side(snapshot: &Snapshot, action: Action) -> Option<Price> {
    action.side(snapshot.yes, snapshot.no)
}

/// What becomes of an entry at the first of these snapshots: the trade, and the fill that ends it.
fn held(
    signal: &Signal,
    terms: Terms,
    bought: &Fill,
    prices: &[&Snapshot],
    config: &Config,
) -> Result<(Trade, Option<Fill>), TradingError> {
    // Compared in millionths: a threshold between two of them is reached by the next one.
    let at_least = config.take_profit.map(|p| (p * Decimal::from(1_000_000)).ceil());
    let at_most = config.stop_loss.map(|p| (p * Decimal::from(1_000_000)).floor());
    let (at_least, at_most) = (at_least.and_then(|p| p.to_u32()), at_most.and_then(|p| p.to_u32()));
    let until = config.max_hold.map(|span| terms.entered_at.saturating_add(span));
    let mut last = prices
        .first()
        .and_then(|s| side(s, signal.action))
        .unwrap_or(Price::ZERO);
    let mut found = None;
    for snapshot in prices {
        let Some(p) = side(snapshot, signal.action) else {
            continue;
        };
        last = p;
        if snapshot.at <= terms.entered_at {
            // What was bought at this moment is sold at a later one.
            continue;
        }
        let reason = if p == Price::ZERO || p == Price::ONE {
            Exit::Resolved
        } else if at_least.is_some_and(|least| p.millionths() >= least) {
            Exit::TakeProfit
        } else if at_most.is_some_and(|most| p.millionths() <= most) {
            Exit::StopLoss
        } else if until.is_some_and(|until| snapshot.at >= until) {
            Exit::MaxHold
        } else {
            continue;
        };
        found = Some((snapshot.at, reason));
        break;
    }
    let trade = |exit_at, exit_price, reason, fees, gained| Trade {
        signal: *signal,
        terms,
        exit_at,
        exit_price,
        reason,
        fees: bought.fee + fees,
        pnl: bought.realized + gained,
    };
    let price = last.decimal();
    let (fill, reason) = match found {
        None => {
            let gained = gain(terms.amount, terms.entry_price, price, config.mode)?;
            let gained = check::money("the result", gained)?;
            return Ok((trade(None, price, Exit::Open, Decimal::new(0, 2), gained), None));
        }
        Some((at, Exit::Resolved)) => {
            let outcome = Outcome::Split(terms.action.side(price, Decimal::ONE - price));
            (terms.resolve(terms.amount, outcome, at, config.mode)?, Exit::Resolved)
        }
        Some((at, reason)) => {
            let exit = (price - config.slippage).max(Decimal::ZERO);
            (terms.close(terms.amount, exit, at, config.fees, config.mode)?, reason)
        }
    };
    Ok((
        trade(Some(fill.at), fill.price, reason, fill.fee, fill.realized),
        Some(fill),
    ))
}

#[cfg(test)]
mod tests;
