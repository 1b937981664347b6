//! What has neither few legs nor one factor: Genz's separation of variables (1992) on a fixed lattice. The same answer on every machine.

use dynasty_numbers::normal::{cdf, density, quantile};

/// A conditional variance below this is none: what is left of a leg is decided by those before it.
pub(crate) const SINGULAR: f64 = 1e-8;
/// After so many points the caller may look whether to stop.
const BETWEEN_PAUSES: usize = 4096;

#[rustfmt::skip]
const PRIMES: [u128; 20] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71];

/// How hard to try where there is no exact answer.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How many points of the lattice: 1,000 to 5,000,000.
    pub samples: i64,
    /// Where the lattice begins.
    pub seed: i64,
    /// Called from time to time; a server looks there whether to stop.
    pub pause: fn(),
}

impl Default for Effort {
    /// 100,000 points, seed 42.
    fn default() -> Self {
        Effort {
            samples: 100_000,
            seed: 42,
            pause: || {},
        }
    }
}

/// The multiples of √2, √3, √5, …, modulo 1, from a place that the seed gives, folded to be periodic (2x below ½, 2 - 2x above), in
/// integers, with weights that fall to 0 at both ends of the row: without them the error falls with 1/n, with them with 1/n².
pub(crate) struct Points {
    state: [u64; 20],
    step: [u64; 20],
    dimensions: usize,
}

impl Points {
    pub(crate) fn new(dimensions: usize, seed: i64) -> Points {
        let mut state = [0; 20];
        let mut mix = seed as u64;
        for s in &mut state {
            // SplitMix64
            mix = mix.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = mix;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *s = z ^ (z >> 31);
        }
        // The 64 bits of √p behind the point.
        let step = PRIMES.map(|p| ((p << 120).isqrt() << 4) as u64);
        Points {
            state,
            step,
            dimensions: dimensions.min(20),
        }
    }

    /// The next point, each coordinate above 0 and below 1.
    pub(crate) fn next(&mut self, point: &mut [f64; 20]) {
        for k in 0..self.dimensions {
            self.state[k] = self.state[k].wrapping_add(self.step[k]);
            let x = ((self.state[k] >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64);
            point[k] = if x < 0.5 { 2.0 * x } else { 2.0 - 2.0 * x };
        }
    }
}

/// The weight of point `i` of `n`: 6t(1-t), which sums to n but for 1/n.
pub(crate) fn weight(i: usize, n: usize) -> f64 {
    let t = (i as f64 + 0.5) / n as f64;
    6.0 * t * (1.0 - t)
}

/// Calls `each` with every point and its weight; the weights sum to 1.
pub(crate) fn each_point(dimensions: usize, n: usize, effort: &Effort, mut each: impl FnMut(&[f64; 20], f64)) {
    let mut points = Points::new(dimensions, effort.seed);
    let total: f64 = (0..n).map(|i| weight(i, n)).sum();
    let mut point = [0.0; 20];
    for i in 0..n {
        if i % BETWEEN_PAUSES == 0 {
            (effort.pause)();
        }
        points.next(&mut point);
        each(&point, weight(i, n) / total);
    }
}

/// A leg given those before it: its bound, the factors of their values, its own.
#[derive(Clone, Debug)]
struct Row {
    bound: f64,
    before: Vec<f64>,
    own: f64,
}

impl Row {
    fn limit(&self, y: &[f64; 20]) -> f64 {
        let known: f64 = self.before.iter().zip(y).map(|(l, y)| l * y).sum();
        (self.bound - known) / self.own
    }
}

/// The legs in the order of integration; with each the rows that its value decides, when the matrix is singular.
struct Plan(Vec<(Row, Vec<Row>)>);

impl Plan {
    /// The least likely leg first (Gibson, Glasbey and Elston 1994), which leaves the least to the later.
    fn of(bounds: &[f64], r: &[f64]) -> Plan {
        let n = bounds.len();
        let mut l = vec![vec![0.0; n]; n];
        let mut left: Vec<usize> = (0..n).collect();
        let mut expected = [0.0; 20];
        let mut rows = Vec::new();
        for k in 0..n {
            let spread = |i: usize| 1.0 - l[i][..k].iter().map(|v| v * v).sum::<f64>();
            let reach = |i: usize| {
                let known: f64 = l[i][..k].iter().zip(&expected).map(|(l, y)| l * y).sum();
                (bounds[i] - known) / spread(i).sqrt()
            };
            let open = (0..left.len()).filter(|&at| spread(left[at]) > SINGULAR);
            let Some(at) = open.min_by(|&a, &b| reach(left[a]).total_cmp(&reach(left[b]))) else {
                break;
            };
            let (t, own) = (reach(left[at]), spread(left[at]).sqrt());
            let chosen = left.remove(at);
            for &i in &left {
                let common: f64 = l[i][..k].iter().zip(&l[chosen][..k]).map(|(a, b)| a * b).sum();
                l[i][k] = (r[i * n + chosen] - common) / own;
            }
            expected[k] = if t > -30.0 { -density(t) / cdf(t) } else { t };
            let row = Row {
                bound: bounds[chosen],
                before: l[chosen][..k].to_vec(),
                own,
            };
            rows.push((row, Vec::new()));
        }
        for i in left {
            let last = (0..rows.len()).rev().find(|&k| l[i][k].abs() > 1e-4).unwrap_or(0);
            rows[last].1.push(Row {
                bound: bounds[i],
                before: l[i][..last].to_vec(),
                own: l[i][last],
            });
        }
        Plan(rows)
    }

    fn at(&self, point: &[f64; 20]) -> f64 {
        let mut y = [0.0; 20];
        let mut product = 1.0;
        for (k, (row, decided)) in self.0.iter().enumerate() {
            let (mut low, mut high) = (f64::NEG_INFINITY, row.limit(&y));
            for other in decided {
                let limit = other.limit(&y);
                if other.own > 0.0 {
                    high = high.min(limit);
                } else {
                    low = low.max(limit);
                }
            }
            let below = if low > f64::NEG_INFINITY { cdf(low) } else { 0.0 };
            let inside = cdf(high) - below;
            if !(inside > 0.0) {
                return 0.0;
            }
            product *= inside;
            y[k] = value(below + point[k] * inside);
        }
        product
    }
}

/// Φ⁻¹ held off what doubles cannot tell from 0 and 1.
pub(crate) fn value(p: f64) -> f64 {
    quantile(p.clamp(1e-300, 1.0 - 1.2e-16))
}

/// The probability that every variable is at most its bound, and how far it may be off. Correlations `r` row by row.
pub(crate) fn joint(bounds: &[f64], r: &[f64], effort: &Effort) -> (f64, f64) {
    let plan = Plan::of(bounds, r);
    let n = effort.samples as usize;
    let (mut sum, mut half, mut half_weight) = (0.0, 0.0, 0.0);
    let mut i = 0;
    each_point(plan.0.len().saturating_sub(1), n, effort, |point, weight| {
        let value = plan.at(point);
        sum += weight * value;
        // The same row with half the points, for the error.
        if i < n / 2 {
            let w = self::weight(i, n / 2);
            half += w * value;
            half_weight += w;
        }
        i += 1;
    });
    (sum.clamp(0.0, 1.0), (sum - half / half_weight).abs())
}
