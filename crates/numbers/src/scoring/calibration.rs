//! Whether probabilities mean what they say: their mean beside the rate, and the logistic line of what happened on the margin.

/// Of a set of probabilities whose outcomes are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// How many.
    pub rows: usize,
    /// The mean probability.
    pub mean: f64,
    /// How often it happened.
    pub rate: f64,
    /// Slope and intercept of ln(odds of the outcome) on ln(odds of the probability): 1 and 0 are right. A slope below 1: the high
    /// ones are too high and the low ones too low. `None` where no line is the likeliest: all margins are equal, nothing or
    /// everything happened, or one value parts what happened from what did not.
    pub line: Option<(f64, f64)>,
}

/// Probabilities are held off 0 and 1 by this much before the odds are taken.
const EDGE: f64 = 1e-12;
/// Newton steps; a handful is usual.
const MOST_STEPS: usize = 100;

/// `floor`: what a probability is held off 0 and 1 by, where they were rounded; at least 1e-12. `None` without rows, with lengths that
/// differ, or with what is no probability.
pub fn calibration(probabilities: &[f64], happened: &[bool], floor: f64) -> Option<Calibration> {
    let n = probabilities.len();
    if n == 0 || n != happened.len() || probabilities.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return None;
    }
    let floor = floor.max(EDGE);
    let margins: Vec<f64> = probabilities
        .iter()
        .map(|p| p.clamp(floor, 1.0 - floor))
        .map(|p| (p / (1.0 - p)).ln())
        .collect();
    Some(Calibration {
        rows: n,
        mean: probabilities.iter().sum::<f64>() / n as f64,
        rate: happened.iter().filter(|y| **y).count() as f64 / n as f64,
        line: line(&margins, happened),
    })
}

/// The likeliest logistic line through the outcomes.
fn line(margins: &[f64], happened: &[bool]) -> Option<(f64, f64)> {
    let range = |outcome: bool| {
        let of = margins.iter().zip(happened).filter(|(_, y)| **y == outcome);
        of.fold(None, |range: Option<(f64, f64)>, (m, _)| {
            let (low, high) = range.unwrap_or((*m, *m));
            Some((low.min(*m), high.max(*m)))
        })
    };
    let ((low_no, high_no), (low_yes, high_yes)) = (range(false)?, range(true)?);
    // The slope would go on growing for ever.
    if high_no <= low_yes || high_yes <= low_no {
        return None;
    }
    // Standardised, so that the steps are of one size whatever the margins are.
    let n = margins.len() as f64;
    let mean = margins.iter().sum::<f64>() / n;
    let deviation = (margins.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / n).sqrt();
    let z: Vec<f64> = margins.iter().map(|m| (m - mean) / deviation).collect();
    let rate = happened.iter().filter(|y| **y).count() as f64 / n;
    let (mut a, mut b) = ((rate / (1.0 - rate)).ln(), 0.0);
    let mut loss = loss_of(&z, happened, a, b);
    for _ in 0..MOST_STEPS {
        let (mut g, mut h) = ([0.0; 2], [0.0; 3]);
        for (&z, &y) in z.iter().zip(happened) {
            let p = 1.0 / (1.0 + (-(a + b * z)).exp());
            let (residual, weight) = (f64::from(u8::from(y)) - p, p * (1.0 - p));
            g[0] += residual;
            g[1] += residual * z;
            h[0] += weight;
            h[1] += weight * z;
            h[2] += weight * z * z;
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        if determinant <= 0.0 {
            return None;
        }
        let step = [
            (h[2] * g[0] - h[1] * g[1]) / determinant,
            (h[0] * g[1] - h[1] * g[0]) / determinant,
        ];
        // A full step may be too long far from the minimum, which is convex: a shorter one is not.
        let mut part = 1.0;
        let next = loop {
            let (a, b) = (a + part * step[0], b + part * step[1]);
            let next = loss_of(&z, happened, a, b);
            if next <= loss || part < 1e-6 {
                break (a, b, next);
            }
            part *= 0.5;
        };
        (a, b, loss) = next;
        if step.iter().all(|s| s.abs() < 1e-11) {
            break;
        }
    }
    let slope = b / deviation;
    (slope.is_finite() && a.is_finite()).then_some((slope, a - slope * mean))
}

fn loss_of(z: &[f64], happened: &[bool], a: f64, b: f64) -> f64 {
    let of_row = |(z, y): (&f64, &bool)| {
        let m = if *y { -(a + b * z) } else { a + b * z };
        m.max(0.0) + (-m.abs()).exp().ln_1p()
    };
    z.iter().zip(happened).map(of_row).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9 * a.abs().max(1.0)
    }

    /// Of each hundred with a probability as many happened as it says: the line is the diagonal.
    #[test]
    fn right_probabilities() {
        let (mut p, mut y) = (vec![], vec![]);
        for percent in [5, 20, 50, 90] {
            for i in 0..100 {
                p.push(f64::from(percent) / 100.0);
                y.push(i < percent);
            }
        }
        let c = calibration(&p, &y, 0.0).expect("calibration");
        let (slope, intercept) = c.line.expect("a line");
        assert!(close(slope, 1.0) && intercept.abs() < 1e-9, "{slope} {intercept}");
        assert!(close(c.mean, c.rate) && close(c.rate, 0.4125));
        assert_eq!(c.rows, 400);
    }

    /// Margins twice as large as they should be, moved by one: half the slope.
    #[test]
    fn too_sure() {
        let (mut p, mut y) = (vec![], vec![]);
        for percent in [10, 40, 70] {
            let margin = f64::ln(f64::from(percent) / f64::from(100 - percent));
            for i in 0..1000 {
                p.push(1.0 / (1.0 + (-(2.0 * margin + 1.0)).exp()));
                y.push(i < 10 * percent);
            }
        }
        let (slope, intercept) = calibration(&p, &y, 0.0).and_then(|c| c.line).expect("a line");
        assert!(close(slope, 0.5) && close(intercept, -0.5), "{slope} {intercept}");
    }

    #[test]
    fn no_line() {
        let of = |p: &[f64], y: &[bool]| calibration(p, y, 0.0).expect("calibration").line;
        assert_eq!(
            of(&[0.3, 0.3, 0.3], &[true, false, true]),
            None,
            "all margins are equal"
        );
        assert_eq!(of(&[0.3, 0.4], &[true, true]), None, "everything happened");
        assert_eq!(of(&[0.1, 0.2, 0.8], &[false, false, true]), None, "parted");
        assert_eq!(
            of(&[0.1, 0.2, 0.2, 0.8], &[false, false, true, true]),
            None,
            "nearly parted"
        );
        assert_eq!(of(&[0.9, 0.2], &[false, true]), None, "parted the wrong way");
        assert!(of(&[0.1, 0.2, 0.8, 0.15], &[false, true, true, true]).is_none());
        assert!(of(&[0.1, 0.2, 0.8, 0.15], &[false, true, true, false]).is_none());
        assert!(of(&[0.1, 0.2, 0.8, 0.15], &[true, false, true, false]).is_some());
        // An impossible thing that happened is an error of a size, not without end.
        assert!(of(&[0.0, 0.5, 1.0, 0.5], &[true, true, true, false]).is_some());
    }

    #[test]
    fn what_does_not_fit() {
        assert_eq!(calibration(&[], &[], 0.0), None);
        assert_eq!(calibration(&[0.5], &[true, false], 0.0), None);
        assert_eq!(calibration(&[1.5], &[true], 0.0), None);
        assert_eq!(calibration(&[f64::NAN], &[true], 0.0), None);
    }

    proptest! {
        /// At the likeliest line the residuals and their products with the margin add up to 0.
        #[test]
        fn the_gradient_vanishes(rows in prop::collection::vec((0.001..0.999f64, any::<bool>()), 2..60)) {
            let (p, y): (Vec<f64>, Vec<bool>) = rows.into_iter().unzip();
            let found = calibration(&p, &y, 0.0).expect("calibration");
            if let Some((slope, intercept)) = found.line {
                let (mut sum, mut moment) = (0.0, 0.0);
                for (p, y) in p.iter().zip(&y) {
                    let margin = (p / (1.0 - p)).ln();
                    let residual = f64::from(u8::from(*y)) - 1.0 / (1.0 + (-(intercept + slope * margin)).exp());
                    sum += residual;
                    moment += residual * margin;
                }
                prop_assert!(sum.abs() < 1e-6 && moment.abs() < 1e-5, "{sum} {moment} {slope}");
            }
        }
    }
}
