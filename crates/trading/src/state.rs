//! What a book is worth: sums of fills and marks, and the identities between them.

use crate::check;
use crate::error::TradingError;
use rust_decimal::Decimal;

/// A book at one moment. All money has two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct State {
    /// What the book began with: of a strategy its allocation.
    pub initial_balance: Decimal,
    /// Σ(amount - closed_amount) of open positions.
    pub total_invested: Decimal,
    /// What the open stakes have brought at their last marks.
    pub unrealized: Decimal,
    /// Σ realized of all fills, net of fees.
    pub realized: Decimal,
    /// Σ fees of all fills.
    pub fees: Decimal,
    /// How many positions are open.
    pub open_positions: u64,
    /// How many trades there have been.
    pub trade_count: u64,
}

impl State {
    /// Before the first trade; a balance that `numeric(15,2)` does not hold is 22003.
    pub fn new(initial_balance: Decimal) -> Result<State, TradingError> {
        let nothing = Decimal::new(0, 2);
        Ok(State {
            initial_balance: check::money("initial_balance", initial_balance)?,
            total_invested: nothing,
            unrealized: nothing,
            realized: nothing,
            fees: nothing,
            open_positions: 0,
            trade_count: 0,
        })
    }

    /// What can be spent: `initial_balance + realized - total_invested`.
    pub fn balance(&self) -> Decimal {
        self.initial_balance + self.realized - self.total_invested
    }

    /// `unrealized + realized`.
    pub fn total_profit_loss(&self) -> Decimal {
        self.unrealized + self.realized
    }

    /// `balance + total_invested + unrealized`, which is the initial balance and the profit.
    pub fn total_value(&self) -> Decimal {
        self.balance() + self.total_invested + self.unrealized
    }
}

/// What a book must have begun with to be as a JSON file says: `balance + Σopen amount - Σrealized`. (Contract 5.)
pub fn initial_balance(balance: Decimal, open_amount: Decimal, realized: Decimal) -> Option<Decimal> {
    balance.checked_add(open_amount)?.checked_sub(realized)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_began_with() {
        let ten = Decimal::from(10_000);
        // A hundred positions of a hundred, all open, nothing left: it began with ten thousand.
        assert_eq!(initial_balance(Decimal::ZERO, ten, Decimal::ZERO), Some(ten));
        assert_eq!(
            initial_balance(ten, Decimal::ZERO, Decimal::from(31)),
            Some(Decimal::from(9969))
        );
        assert_eq!(initial_balance(Decimal::MAX, Decimal::MAX, Decimal::ZERO), None);
        assert_eq!(State::new(ten).unwrap().total_value(), ten);
        assert_eq!(State::new(Decimal::MAX).unwrap_err().sqlstate(), "22003");
    }
}
