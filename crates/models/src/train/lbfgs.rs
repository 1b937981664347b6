//! L-BFGS with a preconditioner, for convex functions.

use std::collections::VecDeque;

/// Pairs that are remembered.
const MEMORY: usize = 20;
/// Points looked at on one line.
const MOST_TRIES: usize = 60;

/// What came of it.
pub(super) struct Minimum {
    pub at: Vec<f64>,
    pub steps: usize,
    /// Whether the last step was below the tolerance; else the steps ran out, or it was asked to stop.
    pub converged: bool,
}

pub(super) struct Settings {
    /// The largest change of a coordinate that still counts as no change.
    pub tolerance: f64,
    pub most_steps: usize,
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 8;
    // Lanes let the compiler use vector instructions; in one order of additions it may not.
    let mut sums = [0.0; LANES];
    let (x, y) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f64 = x.remainder().iter().zip(y.remainder()).map(|(a, b)| a * b).sum();
    for (x, y) in x.zip(y) {
        for k in 0..LANES {
            sums[k] += x[k] * y[k];
        }
    }
    sums.iter().sum::<f64>() + rest
}

pub(super) fn add(to: &mut [f64], factor: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += factor * what);
}

/// `evaluate(x, gradient)` gives the value, or `None` to stop. `precondition` applies an approximate inverse of the second
/// derivative at the start.
pub(super) fn minimise(
    start: Vec<f64>,
    settings: &Settings,
    mut evaluate: impl FnMut(&[f64], &mut [f64]) -> Option<f64>,
    precondition: impl Fn(&mut [f64]),
) -> Option<Minimum> {
    struct Pair {
        s: Vec<f64>,
        y: Vec<f64>,
        sy: f64,
    }
    let n = start.len();
    let mut x = start;
    let mut gradient = vec![0.0; n];
    let mut value = evaluate(&x, &mut gradient)?;
    let mut pairs: VecDeque<Pair> = VecDeque::with_capacity(MEMORY);
    let mut scale = 1.0;
    for step in 0..settings.most_steps {
        let mut d = gradient.clone();
        let mut alphas = Vec::with_capacity(pairs.len());
        for pair in pairs.iter().rev() {
            let alpha = dot(&pair.s, &d) / pair.sy;
            add(&mut d, -alpha, &pair.y);
            alphas.push(alpha);
        }
        precondition(&mut d);
        d.iter_mut().for_each(|v| *v *= scale);
        for (pair, alpha) in pairs.iter().zip(alphas.iter().rev()) {
            let beta = dot(&pair.y, &d) / pair.sy;
            add(&mut d, alpha - beta, &pair.s);
        }
        d.iter_mut().for_each(|v| *v = -*v);
        let done = |at, converged| {
            Some(Minimum {
                at,
                steps: step,
                converged,
            })
        };
        if d.iter().all(|v| v.abs() <= settings.tolerance) {
            return done(x, true);
        }
        let slope = dot(&gradient, &d);
        if slope >= 0.0 {
            return done(x, false);
        }
        // Weak Wolfe conditions by halving and doubling (Lewis and Overton 2013).
        let (mut t, mut low, mut high, mut tries) = (1.0, 0.0, f64::INFINITY, 0);
        let mut next_gradient = vec![0.0; n];
        let (next, next_value) = loop {
            let next: Vec<f64> = x.iter().zip(&d).map(|(x, d)| x + t * d).collect();
            let next_value = evaluate(&next, &mut next_gradient)?;
            // Near the end the gain is below the rounding of the value, which must not stop it.
            let rounding = 1e-13 * value.abs();
            // False for NaN as well: that is too far, too.
            let gains = next_value <= value + 1e-4 * t * slope + rounding;
            if !gains {
                high = t;
            } else if dot(&next_gradient, &d) < 0.9 * slope {
                low = t;
            } else {
                break (next, next_value);
            }
            t = if high.is_finite() { (low + high) / 2.0 } else { 2.0 * t };
            tries += 1;
            if tries == MOST_TRIES {
                return done(x, false);
            }
        };
        let s: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let sy = dot(&s, &y);
        if sy > 1e-14 * dot(&s, &s).sqrt() * dot(&y, &y).sqrt() {
            let mut hy = y.clone();
            precondition(&mut hy);
            scale = sy / dot(&y, &hy);
            if pairs.len() == MEMORY {
                pairs.pop_front();
            }
            pairs.push_back(Pair { s, y, sy });
        }
        (x, value, gradient) = (next, next_value, next_gradient);
    }
    Some(Minimum {
        at: x,
        steps: settings.most_steps,
        converged: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_minimum_of_a_bad_quadratic_and_of_a_curve() {
        let weights = [1.0, 1e3, 1e-3, 50.0];
        let settings = Settings {
            tolerance: 1e-10,
            most_steps: 500,
        };
        let quadratic = |x: &[f64], g: &mut [f64]| {
            let mut value = 0.0;
            for i in 0..4 {
                g[i] = weights[i] * (x[i] - i as f64);
                value += 0.5 * weights[i] * (x[i] - i as f64).powi(2);
            }
            Some(value)
        };
        let found = minimise(vec![9.0; 4], &settings, quadratic, |_| ()).expect("not stopped");
        assert!(found.converged);
        assert!(
            found.at.iter().enumerate().all(|(i, x)| (x - i as f64).abs() < 1e-6),
            "{:?}",
            found.at
        );
        let curve = |x: &[f64], g: &mut [f64]| {
            g[0] = x[0].exp() - 2.0;
            Some(x[0].exp() - 2.0 * x[0])
        };
        let found = minimise(vec![5.0], &settings, curve, |_| ()).expect("not stopped");
        assert!(
            found.converged && (found.at[0] - 2f64.ln()).abs() < 1e-9,
            "{:?} {}",
            found.at,
            found.steps
        );
        assert!(minimise(vec![5.0], &settings, |_, _| None, |_| ()).is_none());
    }

    #[test]
    fn dot_of_any_length() {
        for n in 0..40 {
            let a: Vec<f64> = (0..n).map(f64::from).collect();
            let right: f64 = a.iter().map(|x| x * x).sum();
            assert_eq!(dot(&a, &a), right);
        }
    }
}
