//! The best slips of a board, as a full enumeration would find them (contract 4): branch and bound over props sorted by what they add.

use crate::check;
use crate::error::PropsError;
use std::collections::HashMap;

/// After so many nodes the search ends with what it has: `exact` is false then.
const MOST_NODES: u64 = 200_000_000;

/// A prop on its likelier side.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its id, as text; decides between equals.
    pub id: String,
    /// Probability of the side.
    pub prob: f64,
    /// Multiplier of the side.
    pub multiplier: f64,
    /// The key of the player's name.
    pub player: String,
    /// The team; `None` is a team of its own.
    pub team: Option<String>,
    /// The game; `None` is a game of its own.
    pub game: Option<String>,
}

/// What a slip has to keep to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// How many slips at most.
    pub top: usize,
    /// Legs of one player.
    pub max_per_player: usize,
    /// Legs of one team.
    pub max_per_team: usize,
    /// Legs of one game.
    pub max_per_game: usize,
    /// Least probability of a leg.
    pub min_prob: f64,
    /// The expected profit per unit has to be above this.
    pub min_ev: f64,
}

/// A slip that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// Places of its legs in the candidates, by id.
    pub legs: Vec<usize>,
    /// P(all hit).
    pub hit_prob: f64,
    /// Expected profit per unit.
    pub ev: f64,
}

struct Item {
    prob: f64,
    multiplier: f64,
    player: usize,
    team: usize,
    game: usize,
    at: usize,
}

struct Search<'a> {
    items: Vec<Item>,
    /// Largest probability and multiplier from each item on.
    ahead: Vec<(f64, f64)>,
    payouts: &'a [f64],
    /// For bounds: the most that so many hits or fewer pay.
    envelope: Vec<f64>,
    /// For bounds: what a multiplier counts at least.
    least_boost: f64,
    limits: Limits,
    names: &'a [Candidate],
    used: [Vec<usize>; 3],
    chosen: Vec<usize>,
    found: Vec<Best>,
    nodes: u64,
}

/// Expected payout: hits of independent legs against payouts boosted by the largest multipliers.
fn expected(legs: &[(f64, f64)], payouts: &[f64]) -> f64 {
    let mut hits = [0.0; 21];
    hits[0] = 1.0;
    let mut boosts = [0.0; 20];
    for (n, &(p, m)) in legs.iter().enumerate() {
        for h in (0..=n).rev() {
            hits[h + 1] += hits[h] * p;
            hits[h] *= 1.0 - p;
        }
        boosts[n] = m;
        // Kept descending.
        let mut at = n;
        while at > 0 && boosts[at - 1] < boosts[at] {
            boosts.swap(at - 1, at);
            at -= 1;
        }
    }
    let (mut sum, mut product) = (0.0, 1.0);
    for h in 0..=legs.len() {
        if h > 0 {
            product *= boosts[h - 1];
        }
        sum += hits[h] * payouts[h] * product;
    }
    sum
}

impl Search<'_> {
    /// Evs that differ by rounding only are one.
    fn rounded(ev: f64) -> f64 {
        (ev * 1e12).round()
    }

    fn worst(&self) -> f64 {
        let full = self.found.len() >= self.limits.top;
        let least = full.then(|| self.found.last().map(|b| b.ev)).flatten();
        least.unwrap_or(self.limits.min_ev).max(self.limits.min_ev)
    }

    fn go(&mut self, from: usize, legs: &mut Vec<(f64, f64)>) {
        let wanted = self.payouts.len() - 1;
        let left = wanted - legs.len();
        for at in from..self.items.len() {
            if self.items.len() - at < left || self.nodes >= MOST_NODES {
                return;
            }
            self.nodes += 1;
            // Even with the best that follows in every open place.
            let mut hopeful = [self.ahead[at]; 12];
            for (place, &(p, m)) in hopeful.iter_mut().zip(legs.iter()) {
                *place = (p, m);
            }
            for place in &mut hopeful {
                place.1 = place.1.max(self.least_boost);
            }
            let most = expected(&hopeful[..wanted], &self.envelope) - 1.0;
            if most < self.worst() - 1e-9 {
                return;
            }
            let item = &self.items[at];
            let groups = [
                (item.player, self.limits.max_per_player),
                (item.team, self.limits.max_per_team),
                (item.game, self.limits.max_per_game),
            ];
            if groups
                .iter()
                .zip(&self.used)
                .any(|(&(group, most), used)| used[group] >= most)
            {
                continue;
            }
            legs.push((item.prob, item.multiplier));
            for (used, (group, _)) in self.used.iter_mut().zip(groups) {
                used[group] += 1;
            }
            self.chosen.push(at);
            if left == 1 {
                self.keep(legs);
            } else {
                self.go(at + 1, legs);
            }
            self.chosen.pop();
            for (used, (group, _)) in self.used.iter_mut().zip(groups) {
                used[group] -= 1;
            }
            legs.pop();
        }
    }

    fn keep(&mut self, legs: &[(f64, f64)]) {
        let ev = expected(legs, self.payouts) - 1.0;
        if ev <= self.limits.min_ev || ev < self.worst() - 1e-9 {
            return;
        }
        let team = self.items[self.chosen[0]].team;
        if self.chosen.iter().all(|&at| self.items[at].team == team) {
            return;
        }
        let mut ids: Vec<usize> = self.chosen.iter().map(|&at| self.items[at].at).collect();
        ids.sort_unstable_by(|&a, &b| self.names[a].id.cmp(&self.names[b].id));
        let key = |best: &Best| {
            (
                -Self::rounded(best.ev),
                best.legs.iter().map(|&i| self.names[i].id.as_str()).collect::<Vec<_>>(),
            )
        };
        let best = Best {
            legs: ids,
            hit_prob: legs.iter().map(|l| l.0).product(),
            ev,
        };
        let mine = key(&best);
        let at = self.found.partition_point(|other| {
            let other = key(other);
            other.0.total_cmp(&mine.0).then_with(|| other.1.cmp(&mine.1)).is_lt()
        });
        if at < self.limits.top {
            self.found.insert(at, best);
            self.found.truncate(self.limits.top);
        }
    }
}

/// The best slips of `payouts.len() - 1` legs (2 to 12, else 22023) by expected profit, above `min_ev`, of legs that are independent, with payouts
/// boosted by their multipliers; limits hold, at least two teams, equal profits by ids. Also whether it is what a full enumeration gives.
pub fn best_slips(candidates: &[Candidate], payouts: &[f64], limits: &Limits) -> Result<(Vec<Best>, bool), PropsError> {
    let legs = payouts.len().saturating_sub(1);
    if !(2..=12).contains(&legs) {
        return Err(PropsError::invalid("legs", legs, "2 to 12"));
    }
    check::payouts("payouts", payouts, legs)?;
    check::ranged("min_prob", limits.min_prob, |p| (0.0..=1.0).contains(&p), "0 to 1")?;
    check::ranged("min_ev", limits.min_ev, |_| true, "a finite number")?;
    for (name, value, most) in [
        ("top", limits.top, 10_000),
        ("max_per_player", limits.max_per_player, usize::MAX),
        ("max_per_team", limits.max_per_team, usize::MAX),
        ("max_per_game", limits.max_per_game, usize::MAX),
    ] {
        if !(1..=most).contains(&value) {
            return Err(PropsError::invalid(name, value, "1 or more, and 10000 at most for top"));
        }
    }
    let mut groups: [HashMap<&str, usize>; 3] = Default::default();
    let mut sizes = [0; 3];
    let mut items = Vec::new();
    for (at, c) in candidates.iter().enumerate() {
        check::ranged("prob", c.prob, |p| (0.0..=1.0).contains(&p), "0 to 1")?;
        if c.prob < limits.min_prob || !(c.multiplier > 0.0 && c.multiplier.is_finite()) {
            continue;
        }
        let names = [Some(c.player.as_str()), c.team.as_deref(), c.game.as_deref()];
        let mut numbers = [0; 3];
        for (kind, name) in names.into_iter().enumerate() {
            // No name is a group of its own.
            let known = name.and_then(|name| groups[kind].get(name).copied());
            numbers[kind] = known.unwrap_or(sizes[kind]);
            if known.is_none() {
                sizes[kind] += 1;
            }
            if let Some(name) = name {
                groups[kind].insert(name, numbers[kind]);
            }
        }
        let [player, team, game] = numbers;
        items.push(Item {
            prob: c.prob,
            multiplier: c.multiplier,
            player,
            team,
            game,
            at,
        });
    }
    // Legs of equal figures come in one order, so that equal slips have equal profits to the last bit.
    items.sort_by(|a, b| {
        let key = |i: &Item| (i.prob * i.multiplier, i.prob);
        key(b)
            .partial_cmp(&key(a))
            .unwrap_or(std::cmp::Ordering::Equal)
            .then_with(|| candidates[a.at].id.cmp(&candidates[b.at].id))
    });
    let mut ahead = vec![(0.0f64, 0.0f64); items.len()];
    let mut best = (0.0f64, 0.0f64);
    for (at, item) in items.iter().enumerate().rev() {
        best = (best.0.max(item.prob), best.1.max(item.multiplier));
        ahead[at] = best;
    }
    let mut most = 0.0f64;
    let envelope = payouts.iter().map(|&p| {
        most = most.max(p);
        most
    });
    let envelope: Vec<f64> = envelope.collect();
    // Boosts below 1 make more hits pay less, and likelier hits then bound nothing: for bounds they count as 1. (Not where only all hits pay.)
    let below = items.iter().any(|i| i.multiplier < 1.0) && payouts[..legs].iter().any(|&p| p > 0.0);
    let least_boost = if below { 1.0 } else { 0.0 };
    let used = sizes.map(|n| vec![0; n]);
    let mut search = Search {
        items,
        ahead,
        payouts,
        envelope,
        least_boost,
        limits: *limits,
        names: candidates,
        used,
        chosen: Vec::new(),
        found: Vec::new(),
        nodes: 0,
    };
    search.go(0, &mut Vec::with_capacity(legs));
    let exact = search.nodes < MOST_NODES;
    Ok((search.found, exact))
}

#[cfg(test)]
mod tests;
