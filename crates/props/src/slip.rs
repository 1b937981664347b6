//! What a slip is worth: its payouts against the probabilities of hits (contract 3).

use crate::check;
use crate::copula::{Effort, categories, joint_probability, linked, spread};
use crate::correlation::Matrix;
use crate::error::PropsError;
use crate::kelly::kelly_multi;
use crate::risk::risk_of;

/// A slip of independent legs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parlay {
    /// P = Πp.
    pub hit_prob: f64,
    /// D = Πo.
    pub odds: f64,
    /// stake (PD - 1).
    pub ev: f64,
    /// stake² D² P (1 - P).
    pub variance: f64,
    /// Its root.
    pub stddev: f64,
}

/// A parlay whose legs are independent. Lengths that differ are 2202E, odds of 1 or less, a stake of 0 or less and what is no
/// probability 22003.
pub fn parlay(probs: &[f64], odds: &[f64], stake: f64) -> Result<Parlay, PropsError> {
    check::legs("probs", probs.len())?;
    check::as_many("odds", odds.len(), probs.len())?;
    check::probabilities("probs", probs)?;
    check::all("odds", odds, |o| o > 1.0, "above 1")?;
    check::stake(stake)?;
    let (p, d) = (probs.iter().product::<f64>(), odds.iter().product::<f64>());
    let variance = check::result((stake * d) * (stake * d) * (p * (1.0 - p)))?;
    Ok(Parlay {
        hit_prob: p,
        odds: check::result(d)?,
        ev: check::result(stake * (p * d - 1.0))?,
        variance,
        stddev: variance.sqrt(),
    })
}

/// The probability per leg at which an all-or-nothing payout breaks even: payout^(-1/legs). A payout of 0 or less is 22003, legs beyond
/// 1 to 20 are 22023.
pub fn break_even_prob(payout: f64, legs: i32) -> Result<f64, PropsError> {
    check::legs("legs", usize::try_from(legs).unwrap_or(0))?;
    check::ranged("payout", payout, |v| v > 0.0, "above 0")?;
    check::result(libm::pow(payout, -1.0 / f64::from(legs)))
}

/// The common probability of independent legs at which a table of payouts by hits breaks even. A table that pays back at least the stake
/// whatever happens, or never enough, has none (22003).
pub fn break_even_of(payouts: &[f64]) -> Result<f64, PropsError> {
    let legs = payouts.len().saturating_sub(1);
    check::legs("payouts", legs)?;
    check::payouts("payouts", payouts, legs)?;
    let over = |p: f64| {
        let hits = independent(&vec![p; legs]);
        hits.iter().zip(payouts).map(|(h, m)| h * m).sum::<f64>() - 1.0
    };
    let (mut low, mut high) = (0.0, 1.0);
    if !(payouts[0] < 1.0 && payouts[legs] >= 1.0) {
        let wanted = "1 or more for all hits and less for none";
        return Err(PropsError::range("payouts", payouts[legs], wanted));
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if over(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(high)
}

fn independent(probs: &[f64]) -> Vec<f64> {
    let mut hits = vec![1.0];
    for p in probs {
        hits.push(0.0);
        for h in (0..hits.len()).rev() {
            let from_below = if h > 0 { hits[h - 1] * p } else { 0.0 };
            hits[h] = hits[h] * (1.0 - p) + from_below;
        }
    }
    hits
}

/// The probabilities of 0 to n hits.
pub fn hits_distribution(probs: &[f64], corr: Option<&Matrix>, effort: &Effort) -> Result<Vec<f64>, PropsError> {
    check::legs("probs", probs.len())?;
    let corr = ready(probs, None, corr, effort)?;
    if corr.is_none() {
        return Ok(independent(probs));
    }
    let legs: Vec<_> = probs.iter().map(|&p| categories(p, 0.0, [1, 0, 0])).collect();
    Ok(spread(&legs, corr.as_ref(), probs.len() + 1, effort).0)
}

/// What is asked of legs and their correlations: how many, whether lengths fit, then ranges.
fn ready(
    win: &[f64],
    push: Option<&[f64]>,
    corr: Option<&Matrix>,
    effort: &Effort,
) -> Result<Option<Matrix>, PropsError> {
    let name = if push.is_some() { "win" } else { "probs" };
    check::legs(name, win.len())?;
    if let Some(push) = push {
        check::as_many("push", push.len(), win.len())?;
    }
    if let Some(corr) = corr.filter(|c| c.rows() != win.len() || c.columns() != win.len()) {
        crate::correlation::checked(corr, win.len())?;
    }
    check::probabilities(name, win)?;
    if let Some(push) = push {
        check::probabilities("push", push)?;
        for (at, (p, q)) in win.iter().zip(push).enumerate() {
            if p + q > 1.0 + 1e-12 {
                let wanted = "1 or less together with push";
                return Err(PropsError::range(format!("win[{}]", at + 1), p + q, wanted));
            }
        }
    }
    linked(win.len(), corr, effort)
}

/// How likely it is that so many legs hit and so many push.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcomes {
    /// Legs that hit.
    pub hits: usize,
    /// Legs that tie.
    pub pushes: usize,
    /// The probability.
    pub prob: f64,
}

/// All numbers of hits and pushes that n legs can have, by pushes, then hits. `push` `None`: no leg can tie.
pub fn outcome_distribution(
    win: &[f64],
    push: Option<&[f64]>,
    corr: Option<&Matrix>,
    effort: &Effort,
) -> Result<Vec<Outcomes>, PropsError> {
    let n = win.len();
    let none = vec![0.0; n];
    let push = push.unwrap_or(&none);
    let corr = ready(win, Some(push), corr, effort)?;
    let legs: Vec<_> = win
        .iter()
        .zip(push)
        .map(|(&p, &q)| categories(p, q, [1, n + 1, 0]))
        .collect();
    let (found, _) = spread(&legs, corr.as_ref(), (n + 1) * (n + 1), effort);
    let all = (0..=n).flat_map(|pushes| (0..=n - pushes).map(move |hits| (hits, pushes)));
    Ok(all
        .map(|(hits, pushes)| Outcomes {
            hits,
            pushes,
            prob: found[pushes * (n + 1) + hits],
        })
        .collect())
}

/// How much likelier the correlations make all hits: P(all)/Πp. `None` when Πp is 0.
pub fn correlation_lift(probs: &[f64], corr: &Matrix, effort: &Effort) -> Result<Option<f64>, PropsError> {
    let joint = joint_probability(probs, Some(corr), effort)?;
    let apart: f64 = probs.iter().product();
    Ok((apart > 0.0).then_some(joint / apart))
}

/// Of a table of payouts by hits.
#[derive(Clone, Debug, PartialEq)]
pub struct FlexEv {
    /// stake (E[payout] - 1).
    pub ev: f64,
    /// stake² Var[payout].
    pub variance: f64,
    /// The probabilities of 0 to n hits.
    pub hit_dist: Vec<f64>,
}

/// Mean and variance of multipliers.
pub(crate) fn moments(probs: &[f64], payouts: &[f64]) -> (f64, f64) {
    let mean: f64 = probs.iter().zip(payouts).map(|(p, m)| p * m).sum();
    let variance = probs
        .iter()
        .zip(payouts)
        .map(|(p, m)| p * (m - mean) * (m - mean))
        .sum();
    (mean, variance)
}

/// Expected profit of a table of payouts by hits: as many as legs and one more (2202E), none negative (22003).
pub fn flex_ev(
    probs: &[f64],
    payouts: &[f64],
    stake: f64,
    corr: Option<&Matrix>,
    effort: &Effort,
) -> Result<FlexEv, PropsError> {
    check::legs("probs", probs.len())?;
    check::payouts("payouts", payouts, probs.len())?;
    check::stake(stake)?;
    let hit_dist = hits_distribution(probs, corr, effort)?;
    let (mean, variance) = moments(&hit_dist, payouts);
    Ok(FlexEv {
        ev: check::result(stake * (mean - 1.0))?,
        variance: check::result(stake * stake * variance)?,
        hit_dist,
    })
}

/// Everything about a slip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlipMetrics {
    /// P(every leg hits).
    pub hit_prob: f64,
    /// What all hits pay, per unit.
    pub odds: f64,
    /// Expected profit.
    pub ev: f64,
    /// Its variance.
    pub variance: f64,
    /// The root of that.
    pub stddev: f64,
    /// Value at risk at alpha; positive is a loss.
    pub var_alpha: f64,
    /// Expected shortfall at alpha.
    pub cvar_alpha: f64,
    /// The part of the bankroll that grows it fastest.
    pub kelly: f64,
    /// odds^(-1/n); `None` when all hits pay nothing.
    pub break_even: Option<f64>,
}

/// What [`slip_metrics`] takes beside the legs.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Decimal odds of the legs; not needed with payouts.
    pub odds: Option<&'a [f64]>,
    /// What is staked.
    pub stake: f64,
    /// Payouts by hits, instead of the product of odds.
    pub payouts: Option<&'a [f64]>,
    /// The level of the risk.
    pub alpha: f64,
}

/// All figures of a slip: all-or-nothing at the product of its odds, or by a table of payouts. Without either 22004.
pub fn slip_metrics(
    probs: &[f64],
    terms: &Terms<'_>,
    corr: Option<&Matrix>,
    effort: &Effort,
) -> Result<SlipMetrics, PropsError> {
    check::legs("probs", probs.len())?;
    let n = probs.len();
    let (hit_prob, odds, outcomes): (f64, f64, Vec<(f64, f64)>) = match (terms.payouts, terms.odds) {
        (None, None) => {
            let argument = "odds".into();
            return Err(PropsError::Null { argument });
        }
        (Some(payouts), odds) => {
            check::payouts("payouts", payouts, n)?;
            if let Some(odds) = odds {
                check::as_many("odds", odds.len(), n)?;
                check::all("odds", odds, |o| o > 1.0, "above 1")?;
            }
            let hits = hits_distribution(probs, corr, effort)?;
            (
                hits[n],
                payouts[n],
                hits.into_iter().zip(payouts.iter().copied()).collect(),
            )
        }
        (None, Some(odds)) => {
            check::as_many("odds", odds.len(), n)?;
            let joint = joint_probability(probs, corr, effort)?;
            check::all("odds", odds, |o| o > 1.0, "above 1")?;
            let all = check::result(odds.iter().product())?;
            (joint, all, vec![(1.0 - joint, 0.0), (joint, all)])
        }
    };
    let stake = check::stake(terms.stake)?;
    let alpha = check::alpha(terms.alpha)?;
    let (p, m): (Vec<f64>, Vec<f64>) = outcomes.iter().copied().unzip();
    let (mean, spread) = moments(&p, &m);
    let variance = check::result(stake * stake * spread)?;
    let losses = outcomes.iter().map(|&(p, m)| (stake * (1.0 - m), p)).collect();
    let risk = risk_of(losses, alpha);
    let net: Vec<f64> = m.iter().map(|m| m - 1.0).collect();
    Ok(SlipMetrics {
        hit_prob,
        odds,
        ev: check::result(stake * (mean - 1.0))?,
        variance,
        stddev: variance.sqrt(),
        var_alpha: check::result(risk.value_at_risk)?,
        cvar_alpha: check::result(risk.expected_shortfall)?,
        kelly: kelly_multi(&p, &net)?,
        break_even: (odds > 0.0).then(|| libm::pow(odds, -1.0 / n as f64)),
    })
}
