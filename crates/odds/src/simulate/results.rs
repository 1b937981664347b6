//! Chances of results: of goals by Poisson, of points by a bell.

/// e^x with nothing but multiplication: a power of two from halving, a series for the rest.
fn exp(x: f64) -> f64 {
    let x = x.clamp(-700.0, 700.0);
    let y = x / 1024.0;
    let mut power = 1.0 + y * (1.0 + y / 2.0 * (1.0 + y / 3.0 * (1.0 + y / 4.0 * (1.0 + y / 5.0 * (1.0 + y / 6.0)))));
    for _ in 0..10 {
        power *= power;
    }
    power
}

/// Close to a normal distribution.
pub(super) struct Bell {
    mean: f64,
    spread: f64,
}

impl Bell {
    pub(super) fn new(mean: f64, spread: f64) -> Bell {
        Bell { mean, spread }
    }

    pub(super) fn above(&self, x: f64) -> f64 {
        1.0 / (1.0 + exp(-1.702 * (self.mean - x) / self.spread))
    }
}

/// Chances of results, up to ten more goals for each side.
pub(super) struct Goals {
    chance: [[f64; 11]; 2],
    score: [i32; 2],
}

impl Goals {
    pub(super) fn new(means: [f64; 2], score: [i32; 2]) -> Goals {
        let chance = means.map(|mean| {
            let mut row = [0.0; 11];
            let mut term = exp(-mean);
            for (n, place) in row.iter_mut().enumerate() {
                *place = term;
                term *= mean / (n + 1) as f64;
            }
            let sum: f64 = row.iter().sum();
            row.map(|x| x / sum)
        });
        Goals { chance, score }
    }

    fn each(&self, mut f: impl FnMut(f64, f64, f64)) {
        for (i, x) in self.chance[0].iter().enumerate() {
            for (j, y) in self.chance[1].iter().enumerate() {
                let goals = |side: usize, more: usize| f64::from(self.score[side]) + more as f64;
                f(goals(0, i), goals(1, j), x * y);
            }
        }
    }

    pub(super) fn three(&self) -> [f64; 3] {
        let mut sums = [0.0; 3];
        self.each(|home, away, p| {
            let at = if home > away { 0 } else { 1 + usize::from(home < away) };
            sums[at] += p;
        });
        sums
    }

    pub(super) fn both(&self) -> f64 {
        let mut sum = 0.0;
        self.each(|home, away, p| {
            if home > 0.0 && away > 0.0 {
                sum += p;
            }
        });
        sum
    }

    /// The part of the stakes that wins where x is above 0; a quarter line is two bets.
    pub(super) fn share(&self, x: impl Fn(f64, f64) -> f64) -> f64 {
        let (mut won, mut lost) = (0.0, 0.0);
        self.each(|home, away, p| {
            let x = x(home, away);
            // Halves and whole lines are exact in binary, so a push is 0; beside it lie the halves of quarter lines.
            let part = (x * 4.0).clamp(-2.0, 2.0) / 2.0;
            if part > 0.0 {
                won += p * part;
            } else {
                lost -= p * part;
            }
        });
        won / (won + lost)
    }
}
