//! A whole book in memory: what the tables' triggers must come to, whatever clients write.

use crate::check;
use crate::error::TradingError;
use crate::fee::FeeSchedule;
use crate::fill::{Fill, Holding, Terms};
use crate::outcome::Outcome;
use crate::position::Mode;
use crate::state::State;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A trade of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trade {
    /// Which market it is in.
    pub market: String,
    /// What its fills come to.
    pub holding: Holding,
    /// What its open stake has brought at the last mark.
    pub current_pnl: Decimal,
    marked: Option<Decimal>,
}

/// The newest price of a side: when, by which snapshot, how much.
type Newest = Option<(i64, i64, Decimal)>;

#[derive(Clone, Debug, Default)]
struct Market {
    newest: [Newest; 2],
    ended: Option<Outcome>,
    trades: Vec<String>,
}

/// What a request that closed a position asked for, and what it was answered.
#[derive(Clone, Debug)]
struct Request {
    asked: (String, Decimal, i64, Option<Decimal>),
    answer: Decimal,
}

/// A book: trades by their id.
#[derive(Clone, Debug)]
pub struct Book {
    state: State,
    mode: Mode,
    trades: BTreeMap<String, Trade>,
    markets: BTreeMap<String, Market>,
    requests: BTreeMap<String, Request>,
}

impl Book {
    /// An empty one; a negative balance is 22023.
    pub fn new(initial_balance: Decimal, mode: Mode) -> Result<Book, TradingError> {
        if initial_balance < Decimal::ZERO {
            return Err(TradingError::invalid("balance", initial_balance, "0 or more"));
        }
        Ok(Book {
            state: State::new(initial_balance)?,
            mode,
            trades: BTreeMap::new(),
            markets: BTreeMap::new(),
            requests: BTreeMap::new(),
        })
    }

    /// What it is worth, at a cost that does not grow with its history.
    pub fn state(&self) -> State {
        self.state
    }

    /// A trade.
    pub fn trade(&self, id: &str) -> Option<&Trade> {
        self.trades.get(id)
    }

    /// Buys. A closed market and too small a balance are 55000, an id that is taken 23505.
    pub fn open(&mut self, id: &str, market: &str, terms: Terms, fees: FeeSchedule) -> Result<Fill, TradingError> {
        if self.trades.contains_key(id) {
            let (what, name) = ("trade_id", id.to_string());
            return Err(TradingError::Duplicate { what, name });
        }
        if self.markets.get(market).is_some_and(|m| m.ended.is_some()) {
            return Err(TradingError::not_now(
                format!("market {market} is closed"),
                "buy in markets that are open",
            ));
        }
        let fill = terms.entry(fees)?;
        let balance = self.state.balance();
        if balance + fill.cash < Decimal::ZERO {
            let why = format!("insufficient balance: {} costs {}, there is {balance}", id, -fill.cash);
            return Err(TradingError::not_now(why, "close positions or buy for less"));
        }
        let trade = Trade {
            market: market.to_string(),
            holding: Holding::new(terms, &fill),
            current_pnl: Decimal::new(0, 2),
            marked: None,
        };
        self.trades.insert(id.to_string(), trade);
        let known = self.markets.entry(market.to_string()).or_default();
        known.trades.push(id.to_string());
        self.state.total_invested += fill.amount;
        self.state.realized += fill.realized;
        self.state.fees += fill.fee;
        self.state.open_positions += 1;
        self.state.trade_count += 1;
        // Prices that are known and newer than the entry hold for it, too: events may arrive in any order.
        self.remark(id)?;
        Ok(fill)
    }

    /// Sells a part, or all that is open. The same request again is answered as it was; with other arguments it is 23505. An unknown trade
    /// is P0002, a closed one 55000.
    pub fn close(
        &mut self,
        id: &str,
        exit_price: Decimal,
        at: i64,
        amount: Option<Decimal>,
        fees: FeeSchedule,
        request_id: Option<&str>,
    ) -> Result<Decimal, TradingError> {
        let asked = (id.to_string(), exit_price, at, amount);
        if let Some(name) = request_id
            && let Some(request) = self.requests.get(name)
        {
            if request.asked == asked {
                return Ok(request.answer);
            }
            let (what, name) = ("request_id", name.to_string());
            return Err(TradingError::Duplicate { what, name });
        }
        let holding = self
            .trades
            .get(id)
            .ok_or_else(|| TradingError::unknown("trade", id))?
            .holding;
        if !holding.is_open() {
            return Err(TradingError::not_now(
                format!("trade {id} is closed"),
                "a position is closed once",
            ));
        }
        let amount = amount.unwrap_or(holding.open_amount());
        let fill = holding.terms.close(amount, exit_price, at, fees, self.mode)?;
        self.exit(id, &fill)?;
        if let Some(name) = request_id {
            let answer = fill.realized;
            self.requests.insert(name.to_string(), Request { asked, answer });
        }
        Ok(fill.realized)
    }

    /// Ends a market: what each open trade in it realized. The same outcome again ends nothing more, another is 55000.
    pub fn resolve(&mut self, market: &str, outcome: Outcome, at: i64) -> Result<Vec<(String, Decimal)>, TradingError> {
        let known = self.markets.entry(market.to_string()).or_default();
        match known.ended {
            Some(ended) if ended == outcome => return Ok(Vec::new()),
            Some(ended) => {
                let why = format!(
                    "market {market} has ended with {}, not {}",
                    ended.word(),
                    outcome.word()
                );
                return Err(TradingError::not_now(why, "an outcome is final"));
            }
            None => {}
        }
        let mut fills = Vec::new();
        for id in known.trades.clone() {
            if let Some(trade) = self.trades.get(&id).filter(|t| t.holding.is_open()) {
                let holding = &trade.holding;
                fills.push((
                    id,
                    holding.terms.resolve(holding.open_amount(), outcome, at, self.mode)?,
                ));
            }
        }
        // Nothing is booked before all can be.
        self.markets.entry(market.to_string()).or_default().ended = Some(outcome);
        let book = |(id, fill): (String, Fill)| self.exit(&id, &fill).map(|()| (id, fill.realized));
        fills.into_iter().map(book).collect()
    }

    /// Takes a snapshot: per side the newest (at, id) with that price marks the positions that were entered before it.
    pub fn mark(&mut self, market: &str, at: i64, id: i64, prices: [Option<Decimal>; 2]) -> Result<(), TradingError> {
        let known = self.markets.entry(market.to_string()).or_default();
        for (newest, price) in known.newest.iter_mut().zip(prices) {
            if let Some(price) = price
                && newest.is_none_or(|(when, by, _)| (at, id) > (when, by))
            {
                *newest = Some((at, id, check::price("price", price)?));
            }
        }
        known.trades.clone().iter().try_for_each(|id| self.remark(id))
    }

    fn exit(&mut self, id: &str, fill: &Fill) -> Result<(), TradingError> {
        let trade = self
            .trades
            .get_mut(id)
            .ok_or_else(|| TradingError::unknown("trade", id))?;
        trade.holding.exit(fill)?;
        self.state.total_invested -= fill.amount;
        self.state.realized += fill.realized;
        self.state.fees += fill.fee;
        if !trade.holding.is_open() {
            self.state.open_positions -= 1;
        }
        self.remark(id)
    }

    /// The mark of a trade, from the newest price of its side that is later than its entry.
    fn remark(&mut self, id: &str) -> Result<(), TradingError> {
        let Some(trade) = self.trades.get_mut(id) else {
            return Ok(());
        };
        let terms = &trade.holding.terms;
        if let Some(market) = self.markets.get(&trade.market)
            && let Some((at, _, price)) = market.newest[terms.action.side(0, 1)]
            && at > terms.entered_at
        {
            trade.marked = Some(price);
        }
        let pnl = match trade.marked {
            Some(price) => trade.holding.marked(price, self.mode)?,
            None => Decimal::new(0, 2),
        };
        self.state.unrealized += pnl - trade.current_pnl;
        trade.current_pnl = pnl;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
