//! Several slips together: the joint outcomes of the props under their legs, what the slips pay in each, stakes and risk (contract 4).

use crate::check;
use crate::copula::{Effort, spread};
use crate::correlation::{Matrix, is_correlation_matrix, nearest_correlation};
use crate::error::PropsError;
use crate::kelly::kelly_simultaneous;
use crate::legs::Leg;
use crate::risk::risk_of;
use crate::settle::{Outcome, SlipTerms, per_unit};
use std::collections::HashMap;

/// So many props are enumerated; of more, outcomes are drawn.
const EXACT: usize = 12;
/// The most props and slips of one portfolio.
const MOST_PROPS: usize = 200;
const MOST_SLIPS: usize = 100;

/// A slip of a portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct PortfolioSlip {
    /// Its legs.
    pub legs: Vec<Leg>,
    /// Their correlations; `None` is independence.
    pub corr: Option<Matrix>,
    /// What it pays.
    pub terms: SlipTerms,
}

/// A prop under one or more legs: its side "over" decides the sense of its latent variable.
struct Prop<'a> {
    first: &'a Leg,
    /// Where a category ends, as a probability, ascending.
    ends: Vec<f64>,
}

/// Outcomes of all slips and how likely they are together: returns net per unit, a row per scenario.
struct Scenarios {
    probs: Vec<f64>,
    returns: Vec<f64>,
}

/// The over side's ends of its categories, of a leg on either side.
fn ends(leg: &Leg) -> [f64; 2] {
    if leg.over {
        [leg.prob, leg.prob + leg.push_prob]
    } else {
        [1.0 - leg.prob - leg.push_prob, 1.0 - leg.prob]
    }
}

/// What a prop's latent place makes of a leg on it.
fn outcome(leg: &Leg, place: f64) -> Outcome {
    let [low, high] = ends(leg);
    if place > low && place < high {
        Outcome::Push
    } else if (place < 0.5 * (low + high)) == leg.over {
        Outcome::Win
    } else {
        Outcome::Loss
    }
}

fn scenarios(slips: &[PortfolioSlip], effort: &Effort) -> Result<Scenarios, PropsError> {
    if !(1..=MOST_SLIPS).contains(&slips.len()) {
        return Err(PropsError::invalid(
            "slips",
            format!("{} of them", slips.len()),
            format!("1 to {MOST_SLIPS}"),
        ));
    }
    let mut props: Vec<Prop<'_>> = Vec::new();
    let mut places: Vec<Vec<usize>> = Vec::new();
    for slip in slips {
        check::legs("legs", slip.legs.len())?;
        let mut mine = Vec::new();
        for leg in &slip.legs {
            let at = props.iter().position(|p| p.first.same_prop(leg)).unwrap_or_else(|| {
                props.push(Prop {
                    first: leg,
                    ends: Vec::new(),
                });
                props.len() - 1
            });
            props[at].ends.extend(ends(leg));
            mine.push(at);
        }
        places.push(mine);
    }
    let n = props.len();
    if n > MOST_PROPS {
        return Err(PropsError::invalid(
            "slips",
            format!("{n} different legs"),
            format!("at most {MOST_PROPS}"),
        ));
    }
    for prop in &mut props {
        prop.ends.retain(|&e| e > 1e-12 && e < 1.0 - 1e-12);
        prop.ends.sort_unstable_by(f64::total_cmp);
        prop.ends.dedup_by(|a, b| (*a - *b).abs() < 1e-12);
    }
    let corr = together(slips, &places, n)?;
    // Per prop the middle of each category.
    let middles = |prop: &Prop<'_>| -> Vec<(f64, f64)> {
        let mut low = 0.0;
        let upto = prop.ends.iter().copied().chain([1.0]);
        upto.map(|high| {
            let part = (0.5 * (low + high), high - low);
            low = high;
            part
        })
        .collect()
    };
    let parts: Vec<Vec<(f64, f64)>> = props.iter().map(middles).collect();
    let mut sums: HashMap<Vec<u64>, f64> = HashMap::new();
    let mut order: Vec<Vec<u64>> = Vec::new();
    let mut add = |at: &[f64], p: f64| -> Result<(), PropsError> {
        let mut row = Vec::with_capacity(slips.len());
        for (slip, mine) in slips.iter().zip(&places) {
            let outcomes: Vec<Outcome> = slip
                .legs
                .iter()
                .zip(mine)
                .map(|(leg, &prop)| outcome(leg, at[prop]))
                .collect();
            row.push((per_unit(&slip.terms, &outcomes)?.1 - 1.0).to_bits());
        }
        let sum = sums.entry(row).or_insert_with_key(|row| {
            order.push(row.clone());
            0.0
        });
        *sum += p;
        Ok(())
    };
    let states = parts
        .iter()
        .map(Vec::len)
        .try_fold(1usize, |a, b| a.checked_mul(b))
        .filter(|&s| s <= 600_000);
    if let Some(states) = states.filter(|_| n <= EXACT) {
        let mut unit = 1;
        let mut categories = Vec::new();
        for part in &parts {
            categories.push(
                part.iter()
                    .enumerate()
                    .map(|(c, p)| (c * unit, p.1))
                    .collect::<Vec<_>>(),
            );
            unit *= part.len();
        }
        let (found, _) = spread(&categories, corr.as_ref(), states, effort);
        for (state, &p) in found.iter().enumerate().filter(|s| *s.1 > 0.0) {
            let mut rest = state;
            let at: Vec<f64> = parts
                .iter()
                .map(|part| {
                    let middle = part[rest % part.len()].0;
                    rest /= part.len();
                    middle
                })
                .collect();
            add(&at, p)?;
        }
    } else {
        crate::lattice::each_drawn(n, corr.as_ref(), effort, |at, p| add(at, p))?;
    }
    let probs: Vec<f64> = order.iter().map(|row| sums[row]).collect();
    let returns = order.iter().flatten().map(|&bits| f64::from_bits(bits)).collect();
    Ok(Scenarios { probs, returns })
}

/// One matrix of all props: what several slips say of a pair is averaged; what is no correlation matrix then, the nearest.
fn together(slips: &[PortfolioSlip], places: &[Vec<usize>], n: usize) -> Result<Option<Matrix>, PropsError> {
    let mut sums = vec![(0.0, 0.0); n * n];
    for (slip, mine) in slips.iter().zip(places) {
        let Some(corr) = &slip.corr else { continue };
        let corr = crate::correlation::checked(corr, mine.len())?;
        for (i, &a) in mine.iter().enumerate() {
            for (j, &b) in mine.iter().enumerate() {
                if a != b {
                    let turned = slip.legs[i].over != slip.legs[j].over;
                    let rho = if turned { -corr.at(i, j) } else { corr.at(i, j) };
                    sums[a * n + b].0 += rho;
                    sums[a * n + b].1 += 1.0;
                }
            }
        }
    }
    if sums.iter().all(|s| s.0 == 0.0) {
        return Ok(None);
    }
    let value = |(at, (sum, count)): (usize, (f64, f64))| match (at / n == at % n, count) {
        (true, _) => 1.0,
        (false, c) if c > 0.0 => sum / c,
        _ => 0.0,
    };
    let matrix = Matrix::square(n, sums.into_iter().enumerate().map(value).collect());
    if is_correlation_matrix(&matrix) {
        return Ok(Some(matrix));
    }
    nearest_correlation(&matrix, "higham").map(Some)
}

/// What to stake on each slip: `kelly` times the optimum of all together, drawn down if that is more than `max_total` of the bankroll. Per slip
/// the fraction and the stake.
pub fn allocate_stakes(
    slips: &[PortfolioSlip],
    bankroll: f64,
    kelly: f64,
    max_total: f64,
    effort: &Effort,
) -> Result<Vec<(f64, f64)>, PropsError> {
    check::ranged("bankroll", bankroll, |b| b > 0.0, "above 0")?;
    check::ranged("kelly", kelly, |k| k > 0.0 && k <= 1.0, "above 0, to 1")?;
    check::ranged("max_total", max_total, |m| m > 0.0 && m <= 1.0, "above 0, to 1")?;
    let found = scenarios(slips, effort)?;
    let cells: Vec<Option<f64>> = found.returns.iter().copied().map(Some).collect();
    let returns = Matrix::new("returns", found.probs.len(), slips.len(), &cells)?;
    let full = kelly_simultaneous(&found.probs, &returns, 1.0)?;
    let total: f64 = full.iter().sum::<f64>() * kelly;
    let scale = if total > max_total { max_total / total } else { 1.0 };
    let stake = |f: f64| (f * kelly * scale, f * kelly * scale * bankroll);
    Ok(full.into_iter().map(stake).collect())
}

/// The risk of slips with their stakes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PortfolioRisk {
    /// How many slips.
    pub n: usize,
    /// What is staked.
    pub stake: f64,
    /// Expected profit.
    pub ev: f64,
    /// Its standard deviation.
    pub stddev: f64,
    /// Value at risk.
    pub var_alpha: f64,
    /// Expected shortfall.
    pub cvar_alpha: f64,
}

/// The risk of slips together; `stakes` one per slip (2202E), above 0. None of them is no risk.
pub fn slip_portfolio_risk(
    slips: &[PortfolioSlip],
    stakes: &[f64],
    alpha: f64,
    effort: &Effort,
) -> Result<PortfolioRisk, PropsError> {
    check::as_many("stakes", stakes.len(), slips.len())?;
    check::all("stakes", stakes, |s| s > 0.0, "above 0")?;
    check::alpha(alpha)?;
    let stake = check::result(stakes.iter().sum())?;
    if slips.is_empty() {
        let none = 0.0;
        return Ok(PortfolioRisk {
            n: 0,
            stake,
            ev: none,
            stddev: none,
            var_alpha: none,
            cvar_alpha: none,
        });
    }
    let found = scenarios(slips, effort)?;
    let pnl = |row: &[f64]| row.iter().zip(stakes).map(|(r, s)| r * s).sum::<f64>();
    let profits: Vec<f64> = found.returns.chunks_exact(slips.len()).map(pnl).collect();
    let (ev, variance) = crate::slip::moments(&found.probs, &profits);
    let risk = risk_of(profits.iter().zip(&found.probs).map(|(v, p)| (-v, *p)).collect(), alpha);
    Ok(PortfolioRisk {
        n: slips.len(),
        stake,
        ev: check::result(ev)?,
        stddev: check::result(variance.sqrt())?,
        var_alpha: check::result(risk.value_at_risk)?,
        cvar_alpha: check::result(risk.expected_shortfall)?,
    })
}

#[cfg(test)]
mod tests;
