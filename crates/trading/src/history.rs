//! What a book was worth at past moments: its fills and snapshots in the order in which they happened, whenever they became known.

use crate::error::TradingError;
use crate::fill::{Fill, Kind, Terms};
use crate::position::{Mode, gain};
use crate::state::State;
use rust_decimal::Decimal;

/// A price of the tables, in millionths: `numeric(10,6)`, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price(u32);

impl Price {
    /// Certainty.
    pub const ONE: Price = Price(1_000_000);
    /// The other certainty.
    pub const ZERO: Price = Price(0);

    /// So many millionths; none above 1.
    pub fn of_millionths(millionths: u32) -> Option<Price> {
        (millionths <= 1_000_000).then_some(Price(millionths))
    }

    /// As the column rounds it; none outside of [0, 1].
    pub fn of(value: Decimal) -> Option<Price> {
        if !(Decimal::ZERO..=Decimal::ONE).contains(&value) {
            return None;
        }
        let mut value = value.round_dp_with_strategy(6, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        value.rescale(6);
        u32::try_from(value.mantissa()).ok().and_then(Price::of_millionths)
    }

    /// How many millionths it is.
    pub fn millionths(self) -> u32 {
        self.0
    }

    /// As a decimal of six places.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0.into(), 6)
    }
}

/// A snapshot of a market. Those of one market are told apart by (at, id); a side may lack its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Which market: a number that the caller gives.
    pub market: u32,
    /// When.
    pub at: i64,
    /// Which one of those at that moment.
    pub id: i64,
    /// The price of yes.
    pub yes: Option<Price>,
    /// The price of no.
    pub no: Option<Price>,
}

/// A trade and its fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which market: the number that its snapshots have.
    pub market: u32,
    /// What was bought.
    pub terms: Terms,
    /// Its fills, in any order.
    pub fills: Vec<Fill>,
}

/// From when on a snapshot marks a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Later than the entry: the books. (Contract 4.)
    AfterEntry,
    /// At the entry, too: backtests, which enter at a snapshot's price and a slippage.
    FromEntry,
}

impl Marks {
    /// Whether a snapshot of this moment marks a position.
    fn holds(self, at: i64, terms: &Terms) -> bool {
        at > terms.entered_at || self == Marks::FromEntry && at == terms.entered_at
    }
}

/// A position while history goes by.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    stake: Decimal,
    pnl: Decimal,
}

/// What the markets say, and who listens.
#[derive(Clone, Debug, Default)]
struct Market {
    newest: [Option<(i64, Price)>; 2],
    records: Vec<u32>,
    is_stale: bool,
}

/// A walk through the history of a book, forwards.
pub struct Walk<'a> {
    state: State,
    mode: Mode,
    rule: Marks,
    records: &'a [Record],
    open: Vec<Open>,
    /// Fills by when they happened, the last first: (at, whether it is an exit, record, fill). What was bought and sold at one moment was
    /// bought first.
    fills: Vec<(i64, bool, u32, u32)>,
    /// Snapshots by (at, id), the last first, with the place of their market.
    snapshots: Vec<(&'a Snapshot, u32)>,
    markets: Vec<Market>,
    /// The place of each record's market.
    places: Vec<u32>,
    stale: Vec<u32>,
}

impl<'a> Walk<'a> {
    /// From before everything. Markets that no trade is in cost nothing but their reading. A balance that the tables do not hold is 22003.
    pub fn new(
        initial_balance: Decimal,
        mode: Mode,
        rule: Marks,
        records: &'a [Record],
        snapshots: &'a [Snapshot],
    ) -> Result<Walk<'a>, TradingError> {
        let mut known: Vec<u32> = records.iter().map(|r| r.market).collect();
        known.sort_unstable();
        known.dedup();
        let place = |market: u32| known.binary_search(&market).ok().map(|at| at as u32);
        let mut of_traded: Vec<_> = snapshots.iter().filter_map(|s| Some((s, place(s.market)?))).collect();
        of_traded.sort_unstable_by_key(|(s, _)| std::cmp::Reverse((s.at, s.id)));
        let mut fills = Vec::with_capacity(records.len() * 2);
        for (record, r) in records.iter().enumerate() {
            for (fill, f) in r.fills.iter().enumerate() {
                fills.push((f.at, f.kind != Kind::Entry, record as u32, fill as u32));
            }
        }
        fills.sort_unstable_by(|a, b| b.cmp(a));
        Ok(Walk {
            state: State::new(initial_balance)?,
            mode,
            rule,
            records,
            open: vec![Open::default(); records.len()],
            fills,
            snapshots: of_traded,
            markets: vec![Market::default(); known.len()],
            places: records.iter().filter_map(|r| place(r.market)).collect(),
            stale: Vec::new(),
        })
    }

    /// The book as it was at `at`, its fills and the newest snapshots up to then; `at` must not be before that of the last call.
    pub fn at(&mut self, at: i64) -> Result<State, TradingError> {
        while self.fills.last().is_some_and(|f| f.0 <= at)
            && let Some((_, _, record, fill)) = self.fills.pop()
        {
            self.book(record, fill);
        }
        while self.snapshots.last().is_some_and(|(s, _)| s.at <= at)
            && let Some((snapshot, place)) = self.snapshots.pop()
        {
            let market = &mut self.markets[place as usize];
            for (newest, price) in market.newest.iter_mut().zip([snapshot.yes, snapshot.no]) {
                *newest = price.map(|p| (snapshot.at, p)).or(*newest);
            }
            self.set_stale(place);
        }
        // Marked once per moment that is asked for, however many snapshots came since.
        while let Some(market) = self.stale.pop() {
            self.mark(market)?;
        }
        Ok(self.state)
    }

    fn set_stale(&mut self, market: u32) {
        let at = &mut self.markets[market as usize];
        if !at.is_stale {
            at.is_stale = true;
            self.stale.push(market);
        }
    }

    fn book(&mut self, record: u32, fill: u32) {
        let (r, place) = (&self.records[record as usize], self.places[record as usize]);
        let (fill, open) = (&r.fills[fill as usize], &mut self.open[record as usize]);
        self.state.realized += fill.realized;
        self.state.fees += fill.fee;
        if fill.kind == Kind::Entry {
            open.stake += fill.amount;
            self.state.total_invested += fill.amount;
            self.state.open_positions += 1;
            self.state.trade_count += 1;
            self.markets[place as usize].records.push(record);
        } else {
            open.stake -= fill.amount;
            self.state.total_invested -= fill.amount;
            if open.stake <= Decimal::ZERO {
                self.state.open_positions = self.state.open_positions.saturating_sub(1);
            }
        }
        self.set_stale(place);
    }

    /// Marks the open positions of a market by the newest price of their side.
    fn mark(&mut self, market: u32) -> Result<(), TradingError> {
        let market = &mut self.markets[market as usize];
        market.is_stale = false;
        let mut failed = Ok(());
        let (records, open, state) = (self.records, &mut self.open, &mut self.state);
        let (mode, rule, newest) = (self.mode, self.rule, market.newest);
        market.records.retain(|record| {
            let (terms, open) = (&records[*record as usize].terms, &mut open[*record as usize]);
            let holds = open.stake > Decimal::ZERO;
            let pnl = match newest[terms.action.side(0, 1)] {
                Some((at, price)) if holds && rule.holds(at, terms) => {
                    gain(open.stake, terms.entry_price, price.decimal(), mode)
                }
                _ => Ok(Decimal::new(0, 2)),
            };
            match pnl {
                Ok(pnl) => {
                    state.unrealized += pnl - open.pnl;
                    open.pnl = pnl;
                }
                Err(why) => failed = Err(why),
            }
            holds
        });
        failed
    }
}

/// The book as it was at `at`: what [`Walk::at`] says, in one pass and without putting anything in order.
pub fn state_at(
    initial_balance: Decimal,
    mode: Mode,
    rule: Marks,
    records: &[Record],
    snapshots: &[Snapshot],
    at: i64,
) -> Result<State, TradingError> {
    let mut state = State::new(initial_balance)?;
    let mut open: Vec<(u32, &Terms, Decimal)> = Vec::new();
    for r in records {
        let (mut stake, mut entered) = (Decimal::ZERO, 0);
        for fill in r.fills.iter().filter(|f| f.at <= at) {
            state.realized += fill.realized;
            state.fees += fill.fee;
            if fill.kind == Kind::Entry {
                stake += fill.amount;
                entered = 1;
            } else {
                stake -= fill.amount;
            }
        }
        state.trade_count += entered;
        if stake > Decimal::ZERO {
            state.total_invested += stake;
            state.open_positions += 1;
            open.push((r.market, &r.terms, stake));
        }
    }
    let mut markets: Vec<u32> = open.iter().map(|o| o.0).collect();
    markets.sort_unstable();
    markets.dedup();
    let place = |market: u32| markets.binary_search(&market).ok();
    // Of each market that is held the newest price of each side.
    let mut newest: Vec<[Option<(i64, i64, Price)>; 2]> = vec![[None; 2]; markets.len()];
    for s in snapshots.iter().filter(|s| s.at <= at) {
        let Some(market) = place(s.market) else { continue };
        for (newest, price) in newest[market].iter_mut().zip([s.yes, s.no]) {
            if let Some(price) = price
                && newest.is_none_or(|(when, id, _)| (s.at, s.id) > (when, id))
            {
                *newest = Some((s.at, s.id, price));
            }
        }
    }
    for (market, terms, stake) in open {
        let newest = place(market).and_then(|m| newest[m][terms.action.side(0, 1)]);
        if let Some((_, _, price)) = newest.filter(|(when, ..)| rule.holds(*when, terms)) {
            state.unrealized += gain(stake, terms.entry_price, price.decimal(), mode)?;
        }
    }
    Ok(state)
}

#[cfg(test)]
mod tests;
