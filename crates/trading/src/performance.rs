//! How well an equity curve did: drawdown, returns, and what they were worth for their risk. The same bits on every machine.

use crate::check::{all_finite, finite, result};
use crate::error::TradingError;
use dynasty_numbers::sums::{Mean, all_equal, largest, length, normaliser};

/// Periods of a year where none are given: a prediction market never closes.
pub const PERIODS: f64 = 365.0;

/// The greatest loss from a peak so far: what [`max_drawdown`] keeps while it reads, and its aggregate from row to row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drawdown {
    peak: Option<f64>,
    worst: f64,
}

impl Drawdown {
    /// Takes the next value. The first has to be above 0 (22003), all finite (22023); `argument` names it in messages.
    pub fn push(&mut self, argument: &str, value: f64) -> Result<(), TradingError> {
        let value = finite(argument, value)?;
        match self.peak {
            Some(peak) if value <= peak => {
                let lost = (peak - value) / peak;
                // The difference alone may be more than a double holds.
                let lost = if lost.is_finite() { lost } else { 1.0 - value / peak };
                self.worst = self.worst.max(result(lost)?);
            }
            None if value <= 0.0 => return Err(TradingError::range(argument, format!("{value:?}"), "above 0")),
            _ => self.peak = Some(value),
        }
        Ok(())
    }

    /// The greatest so far; none before the first value.
    pub fn worst(&self) -> Option<f64> {
        self.peak.map(|_| self.worst)
    }
}

/// The greatest loss from a peak, as a part of it: `max (peak - v)/peak`. The first value is the first peak and must be above 0 (22003);
/// above 1 only if equity turns negative. No values at all are 22023. (Contract 3.)
pub fn max_drawdown(equity: &[f64]) -> Result<f64, TradingError> {
    not_empty("equity", equity)?;
    all_finite("equity", equity)?;
    let mut drawdown = Drawdown::default();
    for (at, value) in equity.iter().enumerate() {
        // The first alone can be refused for what it is; a name for each would cost more than the sum.
        drawdown.push(if at == 0 { "equity[1]" } else { "equity" }, *value)?;
    }
    Ok(drawdown.worst)
}

/// The change of each value from the one before, as a part of that: `(v - u)/u`. A base of 0 or less has no return (22003); no values at
/// all are 22023, one has none. (Contract 3.)
pub fn simple_returns(equity: &[f64]) -> Result<Vec<f64>, TradingError> {
    not_empty("equity", equity)?;
    all_finite("equity", equity)?;
    let mut returns = Vec::with_capacity(equity.len() - 1);
    for (at, pair) in equity.windows(2).enumerate() {
        if let [base, next] = *pair {
            if base <= 0.0 {
                return Err(TradingError::range(
                    format!("equity[{}]", at + 1),
                    format!("{base:?}"),
                    "above 0",
                ));
            }
            let change = (next - base) / base;
            returns.push(result(if change.is_finite() { change } else { next / base - 1.0 })?);
        }
    }
    // One value that is no equity has no returns either, but is refused as a longer curve is.
    if let [only] = *equity
        && only <= 0.0
    {
        return Err(TradingError::range("equity[1]", format!("{only:?}"), "above 0"));
    }
    Ok(returns)
}

/// Returns for their spread: `mean(r - rf) / sd(r)·√periods`, with the sample's standard deviation, in two passes. None for fewer than two
/// or where all are equal. Periods of 0 or less are 22003. (Contract 3; Sharpe 1994.)
pub fn sharpe(returns: &[f64], periods_per_year: f64, rf_per_period: f64) -> Result<Option<f64>, TradingError> {
    let root = root_of(periods_per_year)?;
    let rf = finite("rf_per_period", rf_per_period)?;
    all_finite("returns", returns)?;
    if returns.len() < 2 || all_equal(returns) {
        return Ok(None);
    }
    // The spread in the size of the returns alone: beside a huge rf it would vanish.
    let (beside, alone) = (Scaled::of(returns, rf), Scaled::of(returns, 0.0));
    let (Some(excess), Some(mean)) = (beside.excess(), Mean::of(&alone.values)) else {
        return Ok(None);
    };
    let deviations: Vec<f64> = alone.values.iter().map(|r| mean.deviation(*r)).collect();
    ratio(
        excess,
        &deviations,
        (returns.len() - 1) as f64,
        alone.factor / beside.factor * root,
    )
}

/// Returns for the risk of falling short: `mean(r - target) / √(Σmin(r - target, 0)²/n)·√periods`. None where nothing falls short. Periods
/// of 0 or less are 22003. (Contract 3; Sortino and van der Meer 1991.)
pub fn sortino(returns: &[f64], periods_per_year: f64, target: f64) -> Result<Option<f64>, TradingError> {
    let root = root_of(periods_per_year)?;
    let target = finite("target", target)?;
    all_finite("returns", returns)?;
    let scaled = Scaled::of(returns, target);
    let Some(excess) = scaled.excess() else { return Ok(None) };
    let short: Vec<f64> = scaled.values.iter().map(|r| (r - scaled.base).min(0.0)).collect();
    ratio(excess, &short, returns.len() as f64, root)
}

/// Values and what they are compared with, times one power of two that brings the largest near 1: neither sums nor differences can
/// overflow, and a ratio of them is what it was.
struct Scaled {
    values: Vec<f64>,
    base: f64,
    factor: f64,
}

impl Scaled {
    fn of(values: &[f64], base: f64) -> Scaled {
        let factor = normaliser(largest(values).max(base.abs()));
        Scaled {
            values: values.iter().map(|v| v * factor).collect(),
            base: base * factor,
            factor,
        }
    }

    /// The mean less the base; none of nothing.
    fn excess(&self) -> Option<f64> {
        Some(Mean::of(&self.values)?.less(self.base))
    }
}

/// `excess / √(Σd²/n) · root`; none where all d are 0.
fn ratio(excess: f64, deviations: &[f64], n: f64, root: f64) -> Result<Option<f64>, TradingError> {
    let (length, factor) = length(deviations);
    if length == 0.0 {
        return Ok(None);
    }
    // The deviations were multiplied by the factor, so the quotient is.
    result(excess / (length / n.sqrt()) * factor * root).map(Some)
}

fn root_of(periods: f64) -> Result<f64, TradingError> {
    if finite("periods_per_year", periods)? > 0.0 {
        Ok(periods.sqrt())
    } else {
        Err(TradingError::range(
            "periods_per_year",
            format!("{periods:?}"),
            "above 0",
        ))
    }
}

fn not_empty(argument: &str, values: &[f64]) -> Result<(), TradingError> {
    if values.is_empty() {
        return Err(TradingError::invalid(argument, "an empty array", "at least one value"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
