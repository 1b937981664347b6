//! What is booked: each fill rounds once, and everything else in the books is a sum of fills.

use crate::check;
use crate::error::TradingError;
use crate::fee::FeeSchedule;
use crate::money::quotient;
use crate::outcome::Outcome;
use crate::position::{Action, Mode, gain};
use rust_decimal::Decimal;

/// What moved the stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was paid.
    Entry,
    /// It was sold, all or a part.
    Close,
    /// Its market ended.
    Resolve,
    /// Its market, or the book, was made void: the stake goes back.
    Void,
}

impl Kind {
    /// As SQL writes it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Entry => "entry",
            Kind::Close => "close",
            Kind::Resolve => "resolve",
            Kind::Void => "void",
        }
    }
}

/// One booking of a trade. Money has two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fill {
    /// What moved the stake.
    pub kind: Kind,
    /// When it happened, which need not be when it became known.
    pub at: i64,
    /// The stake that moved, always above 0.
    pub amount: Decimal,
    /// The price of its side.
    pub price: Decimal,
    /// What the exchange took.
    pub fee: Decimal,
    /// What it brought, net of the fee: of an entry the fee alone.
    pub realized: Decimal,
    /// What it changes the balance by.
    pub cash: Decimal,
}

impl Fill {
    /// One that is in the books already, with what it realized then. What no fill can be is refused: 22023 and 22003.
    pub fn stored(
        kind: Kind,
        at: i64,
        amount: Decimal,
        price: Decimal,
        fee: Decimal,
        realized: Decimal,
    ) -> Result<Fill, TradingError> {
        let amount = check::booked("amount", amount)?;
        let realized = check::money("realized", realized)?;
        let moved = if kind == Kind::Entry { -amount } else { amount };
        Ok(Fill {
            kind,
            at,
            amount,
            price: check::price("price", price)?,
            fee: check::money("fee", fee)?,
            realized,
            cash: moved + realized,
        })
    }
}

/// What was bought: what the later fills of a trade are reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terms {
    /// The side.
    pub action: Action,
    /// The whole stake.
    pub amount: Decimal,
    /// The price paid.
    pub entry_price: Decimal,
    /// When.
    pub entered_at: i64,
}

impl Terms {
    /// Stakes above 0 in whole cents (22023), prices above 0 and at most 1 (22003).
    pub fn new(action: Action, amount: Decimal, entry_price: Decimal, entered_at: i64) -> Result<Terms, TradingError> {
        Ok(Terms {
            action,
            amount: check::booked("amount", amount)?,
            entry_price: check::entry_price("price", entry_price)?,
            entered_at,
        })
    }

    /// The entry: the stake and the fee leave the balance, and the fee is realized at once. (Contract 2 and 4.)
    pub fn entry(&self, fees: FeeSchedule) -> Result<Fill, TradingError> {
        let fee = check::money("fee", fees.to_enter(self.amount, self.entry_price)?)?;
        Ok(Fill {
            kind: Kind::Entry,
            at: self.entered_at,
            amount: self.amount,
            price: self.entry_price,
            fee,
            realized: Decimal::ZERO - fee,
            cash: Decimal::ZERO - self.amount - fee,
        })
    }

    /// Sells a stake of `amount`: `position_pnl(amount) - trade_fee(amount·exit/entry)`, each rounded once. Before the entry, a stake of 0 or
    /// less or in parts of cents are 22023, a price outside of [0, 1] is 22003. (Contract 4.)
    pub fn close(
        &self,
        amount: Decimal,
        exit_price: Decimal,
        at: i64,
        fees: FeeSchedule,
        mode: Mode,
    ) -> Result<Fill, TradingError> {
        let exit = check::price("exit_price", exit_price)?;
        let fee = fees.to_exit(check::booked("amount", amount)?, self.entry_price, exit)?;
        self.booked(
            Kind::Close,
            amount,
            exit,
            at,
            fee,
            gain(amount, self.entry_price, exit, mode)?,
        )
    }

    /// Ends a stake of `amount` as its market ended, without a fee; void gives the stake back, at its entry price. (Contract 4.)
    pub fn resolve(&self, amount: Decimal, outcome: Outcome, at: i64, mode: Mode) -> Result<Fill, TradingError> {
        let free = Decimal::new(0, 2);
        match outcome.payout(self.action == Action::BuyYes) {
            Some(payout) => {
                let gain = gain(check::booked("amount", amount)?, self.entry_price, payout, mode)?;
                self.booked(Kind::Resolve, amount, payout, at, free, gain)
            }
            None => self.booked(Kind::Void, amount, self.entry_price, at, free, free),
        }
    }

    fn booked(
        &self,
        kind: Kind,
        amount: Decimal,
        price: Decimal,
        at: i64,
        fee: Decimal,
        gain: Decimal,
    ) -> Result<Fill, TradingError> {
        let amount = check::booked("amount", amount)?;
        if at < self.entered_at {
            return Err(TradingError::invalid(
                "at",
                at,
                format!("not before the entry at {}", self.entered_at),
            ));
        }
        let fee = check::money("fee", fee)?;
        let realized = check::money("the result", check::money("the result", gain)? - fee)?;
        Ok(Fill {
            kind,
            at,
            amount,
            price,
            fee,
            realized,
            cash: amount + realized,
        })
    }
}

/// What a trade's fills come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// What was bought.
    pub terms: Terms,
    /// The stake that has been moved out.
    pub closed_amount: Decimal,
    /// The sum of what its fills realized; none before one did: a new position without a fee.
    pub realized: Option<Decimal>,
    /// The sum of its fees.
    pub fees: Decimal,
    /// The last exit.
    pub exited_at: Option<i64>,
    /// Σ(amount·price) of its exits.
    exits: Decimal,
}

impl Holding {
    /// After its entry.
    pub fn new(terms: Terms, entry: &Fill) -> Holding {
        Holding {
            terms,
            closed_amount: Decimal::new(0, 2),
            realized: (!entry.realized.is_zero()).then_some(entry.realized),
            fees: entry.fee,
            exited_at: None,
            exits: Decimal::ZERO,
        }
    }

    /// The stake that is still there.
    pub fn open_amount(&self) -> Decimal {
        self.terms.amount - self.closed_amount
    }

    /// Whether any is.
    pub fn is_open(&self) -> bool {
        self.closed_amount < self.terms.amount
    }

    /// Takes an exit; one larger than what is open is 22023, and what is closed already 55000. (Contract 7.)
    pub fn exit(&mut self, fill: &Fill) -> Result<(), TradingError> {
        if !self.is_open() {
            return Err(TradingError::not_now(
                "the position is closed",
                "a position is closed once",
            ));
        }
        let open = self.open_amount();
        if fill.amount > open {
            return Err(TradingError::invalid(
                "amount",
                fill.amount,
                format!("at most {open}, which is open"),
            ));
        }
        // A price of the tables has six decimals; one of 28 times a stake is cut where a decimal ends.
        let exits = fill
            .amount
            .checked_mul(fill.price)
            .and_then(|e| self.exits.checked_add(e));
        self.exits = exits.ok_or_else(|| TradingError::range("price", fill.price, "of fewer digits"))?;
        self.closed_amount += fill.amount;
        self.realized = Some(self.realized.unwrap_or_default() + fill.realized);
        self.fees += fill.fee;
        self.exited_at = Some(fill.at);
        Ok(())
    }

    /// `Σ(amount·price)/Σamount` of the exits, six decimals; none without one. (Contract 4.)
    pub fn exit_price(&self) -> Option<Decimal> {
        quotient(&[self.exits], &[self.closed_amount], 6)
    }

    /// What the open stake has brought at a price of its side.
    pub fn marked(&self, price: Decimal, mode: Mode) -> Result<Decimal, TradingError> {
        if !self.is_open() {
            return Ok(Decimal::new(0, 2));
        }
        gain(
            self.open_amount(),
            self.terms.entry_price,
            check::price("price", price)?,
            mode,
        )
    }
}

#[cfg(test)]
mod tests;
