//! Profit and equity by UTC day, and what a curve and its trades come to.

use crate::days::end_of;
use crate::error::TradingError;
use crate::history::Walk;
use crate::performance::{PERIODS, max_drawdown, sharpe, simple_returns, sortino};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// How many days one answer may have: 273 years.
const MOST_DAYS: i64 = 100_000;

/// A day of a book.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    /// Days since 2000-01-01, UTC.
    pub day: i64,
    /// What was realized, net of fees.
    pub realized: Decimal,
    /// By how much the open stakes' profit changed.
    pub unrealized_change: Decimal,
    /// The fees that were paid.
    pub fees: Decimal,
    /// `realized + unrealized_change`, which is the change of equity.
    pub total: Decimal,
    /// What the book was worth when the day ended.
    pub equity: Decimal,
    /// `total / equity of the day before`; none where that is 0 or less.
    pub day_return: Option<f64>,
}

/// Every day from one to another, both among them; and what the book was worth before the first. A range that ends before it begins, or
/// is longer than 100,000 days, is 22023. (Contract 4.)
pub fn daily_pnl(walk: &mut Walk, from_day: i64, to_day: i64) -> Result<(Decimal, Vec<Day>), TradingError> {
    if from_day > to_day {
        return Err(TradingError::invalid(
            "from_day",
            from_day,
            format!("not after to_day, {to_day}"),
        ));
    }
    if to_day.saturating_sub(from_day) >= MOST_DAYS {
        let wanted = format!("less than {MOST_DAYS} days after from_day");
        return Err(TradingError::invalid("to_day", to_day, wanted));
    }
    let mut before = walk.at(end_of(from_day.saturating_sub(1)))?;
    let start = before.total_value();
    let mut days = Vec::new();
    for day in from_day..=to_day {
        let now = walk.at(end_of(day))?;
        let (realized, unrealized_change) = (now.realized - before.realized, now.unrealized - before.unrealized);
        let total = realized + unrealized_change;
        days.push(Day {
            day,
            realized,
            unrealized_change,
            fees: now.fees - before.fees,
            total,
            equity: now.total_value(),
            day_return: part_of(total, before.total_value()),
        });
        before = now;
    }
    Ok((start, days))
}

/// A part of what is above 0, as a double.
fn part_of(part: Decimal, whole: Decimal) -> Option<f64> {
    if whole <= Decimal::ZERO {
        return None;
    }
    Some(part.to_f64()? / whole.to_f64()?)
}

/// [`sharpe`] or [`sortino`].
type Ratio = fn(&[f64], f64, f64) -> Result<Option<f64>, TradingError>;

/// What a curve of equity comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Curve {
    /// `end / start - 1`.
    pub total_return: Option<f64>,
    /// Of the daily returns, 365 days a year.
    pub sharpe: Option<f64>,
    /// The same.
    pub sortino: Option<f64>,
    /// From the value before the first day on.
    pub max_drawdown: Option<f64>,
}

impl Curve {
    /// Of the value before the first day and those after each. Where a value is 0 or less there are no returns from it on: what needs them
    /// is none. (Contract 4, Metrics.)
    pub fn of(start: Decimal, equity: impl Iterator<Item = Decimal>) -> Curve {
        let values: Vec<Decimal> = std::iter::once(start).chain(equity).collect();
        let doubles: Option<Vec<f64>> = values.iter().map(ToPrimitive::to_f64).collect();
        let (Some(doubles), Some(end)) = (doubles, values.last()) else {
            return Curve::default();
        };
        let returns = simple_returns(&doubles).ok();
        let of = |ratio: Ratio| returns.as_ref().and_then(|r| ratio(r, PERIODS, 0.0).ok().flatten());
        Curve {
            total_return: end.checked_sub(start).and_then(|change| part_of(change, start)),
            sharpe: of(sharpe),
            sortino: of(sortino),
            max_drawdown: max_drawdown(&doubles).ok(),
        }
    }
}

/// What closed trades come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub closed: u64,
    /// How many of them realized more than 0.
    pub wins: u64,
    /// The sum of what those realized that gained.
    pub gains: Decimal,
    /// The sum of what the others lost, above 0.
    pub losses: Decimal,
    /// What all realized, net of fees.
    pub realized: Decimal,
    /// What was staked on them.
    pub staked: Decimal,
}

impl Tally {
    /// Counts a closed trade.
    pub fn add(&mut self, realized: Decimal, staked: Decimal) {
        self.closed += 1;
        if realized > Decimal::ZERO {
            self.wins += 1;
            self.gains += realized;
        } else {
            self.losses -= realized;
        }
        self.realized += realized;
        self.staked += staked;
    }

    /// `wins / closed`; none of none.
    pub fn win_rate(&self) -> Option<f64> {
        (self.closed > 0).then(|| self.wins as f64 / self.closed as f64)
    }

    /// `gains / losses`; none without a loss.
    pub fn profit_factor(&self) -> Option<f64> {
        part_of(self.gains, self.losses)
    }

    /// `realized / closed`; none of none.
    pub fn avg_pnl(&self) -> Option<f64> {
        part_of(self.realized, self.closed.into())
    }

    /// `realized / staked`; none of none.
    pub fn roi(&self) -> Option<f64> {
        part_of(self.realized, self.staked)
    }
}

/// One pair of series.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation<'a> {
    /// The first by its name.
    pub a: &'a str,
    /// The second.
    pub b: &'a str,
    /// Over how many days.
    pub days: usize,
    /// Pearson's; none where one of them does not vary.
    pub correlation: Option<f64>,
}

/// Of every pair of series of daily totals, each of every day of the range, Pearson's correlation, by name. Series that are not as long are
/// 2202E. (Contract 4.)
pub fn trade_correlation<'a>(series: &'a [(String, Vec<f64>)]) -> Result<Vec<Correlation<'a>>, TradingError> {
    let mut sorted: Vec<&(String, Vec<f64>)> = series.iter().collect();
    sorted.sort_by(|x, y| x.0.cmp(&y.0));
    let mut pairs = Vec::new();
    for (at, (a, x)) in sorted.iter().map(|s| (&s.0, &s.1)).enumerate() {
        for (b, y) in sorted[at + 1..].iter().map(|s| (&s.0, &s.1)) {
            if x.len() != y.len() {
                let (first, second) = ((a.clone(), x.len()), (b.clone(), y.len()));
                return Err(TradingError::LengthsDiffer { first, second });
            }
            pairs.push(Correlation {
                a,
                b,
                days: x.len(),
                correlation: dynasty_numbers::sums::correlation(x, y),
            });
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests;
