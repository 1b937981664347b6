//! The fit of one set of rows: the loss, its gradient, and a preconditioner from the second moments of the columns.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::Options;
use super::design::{Design, Rows};
use super::lbfgs::{Settings, add, dot, minimise};
use crate::link::{sigmoid, softplus};

/// Rows whose second moments are looked at. More would not make it a better guide.
const SAMPLE: usize = 16_384;
/// Rows per matrix product.
const BLOCK: usize = 256;

/// Coefficients of standardised columns, outputs by columns, and an intercept per output.
pub(super) struct Fit {
    pub coef: Vec<f64>,
    pub intercept: Vec<f64>,
    pub steps: usize,
    pub converged: bool,
}

/// The second moments of the columns (a column of ones last), as if for all rows.
pub(super) fn moments(rows: Rows<'_>, design: &Design) -> DMatrix<f64> {
    let width = design.columns() + 1;
    let stride = rows.labels.len().div_ceil(SAMPLE).max(1);
    let mut total = DMatrix::zeros(width, width);
    let sample: Vec<usize> = rows.indices().step_by(stride).collect();
    for block in sample.chunks(BLOCK) {
        let mut columns = DMatrix::zeros(width, block.len());
        for (&i, mut to) in block.iter().zip(columns.column_iter_mut()) {
            let to = to.as_mut_slice();
            to[width - 1] = 1.0;
            design.fill(rows.row(i), &mut to[..width - 1]);
            let root = rows.weight(i).sqrt();
            to.iter_mut().for_each(|v| *v *= root);
        }
        let transposed = columns.transpose();
        total.gemm(stride as f64, &columns, &transposed, 1.0);
    }
    total
}

impl Fit {
    /// Where another fit may start.
    fn point(&self, columns: usize) -> Vec<f64> {
        let mut at = Vec::with_capacity(self.coef.len() + self.intercept.len());
        for (k, intercept) in self.intercept.iter().enumerate() {
            at.extend_from_slice(&self.coef[k * columns..][..columns]);
            at.push(*intercept);
        }
        at
    }
}

/// `None` when it was asked to stop. `counts`: the weight of each class. `near`: the fit of the same columns with another penalty,
/// to start from.
pub(super) fn fit(
    rows: Rows<'_>,
    design: &Design,
    moments: &DMatrix<f64>,
    counts: &[f64],
    options: &Options,
    near: Option<&Fit>,
    stop: &mut dyn FnMut() -> bool,
) -> Option<Fit> {
    let outputs = if counts.len() == 2 { 1 } else { counts.len() };
    let (columns, width) = (design.columns(), design.columns() + 1);
    let total: f64 = counts.iter().sum();
    let share = |class: usize| counts[class] / total;
    // Where nothing but the intercept is known.
    let mut start = vec![0.0; outputs * width];
    let mut curvature: Vec<Option<Cholesky<f64, Dyn>>> = Vec::with_capacity(outputs);
    for output in 0..outputs {
        let p = share(if outputs == 1 { 1 } else { output });
        start[output * width + columns] = if outputs == 1 { (p / (1.0 - p)).ln() } else { p.ln() };
        let mut hessian = moments * (p * (1.0 - p));
        // A touch more than the penalty: the intercept has none, and the moments may be singular by rounding.
        for k in 0..columns {
            hessian[(k, k)] += options.penalty;
        }
        hessian[(columns, columns)] += 1e-9 * total;
        curvature.push(Cholesky::new(hessian));
    }
    if let Some(near) = near {
        start = near.point(columns);
    }
    let precondition = |d: &mut [f64]| {
        for (d, curvature) in d.chunks_exact_mut(width).zip(&curvature) {
            if let Some(curvature) = curvature {
                let mut solved = DVector::from_column_slice(d);
                curvature.solve_mut(&mut solved);
                d.copy_from_slice(solved.as_slice());
            }
        }
    };
    let settings = Settings {
        tolerance: options.tolerance,
        most_steps: options.most_steps,
    };
    let mut z = vec![0.0; width];
    z[columns] = 1.0;
    let mut margin = vec![0.0; outputs];
    let evaluate = |w: &[f64], gradient: &mut [f64]| {
        if stop() {
            return None;
        }
        gradient.fill(0.0);
        let mut loss = 0.0;
        for i in rows.indices() {
            design.fill(rows.row(i), &mut z[..columns]);
            for (m, w) in margin.iter_mut().zip(w.chunks_exact(width)) {
                *m = dot(w, &z);
            }
            let weight = rows.weight(i);
            loss += weight * residuals(&mut margin, rows.labels[i] as usize);
            for (r, gradient) in margin.iter().zip(gradient.chunks_exact_mut(width)) {
                add(gradient, weight * r, &z);
            }
        }
        for (gradient, w) in gradient.chunks_exact_mut(width).zip(w.chunks_exact(width)) {
            let (coef, gradient) = (&w[..columns], &mut gradient[..columns]);
            loss += 0.5 * options.penalty * dot(coef, coef);
            add(gradient, options.penalty, coef);
        }
        Some(loss)
    };
    let found = minimise(start, &settings, evaluate, precondition)?;
    let mut coef = Vec::with_capacity(outputs * columns);
    let mut intercept = Vec::with_capacity(outputs);
    for w in found.at.chunks_exact(width) {
        coef.extend_from_slice(&w[..columns]);
        intercept.push(w[columns]);
    }
    if outputs > 1 {
        // Softmax does not change when all intercepts do by the same: the one that scikit-learn finds adds up to 0.
        let mean = intercept.iter().sum::<f64>() / outputs as f64;
        intercept.iter_mut().for_each(|b| *b -= mean);
    }
    Some(Fit {
        coef,
        intercept,
        steps: found.steps,
        converged: found.converged,
    })
}

/// Turns the margins of a row into the gradient by them and returns the loss.
fn residuals(margin: &mut [f64], label: usize) -> f64 {
    if let [m] = margin {
        let y = label as f64;
        let loss = softplus(*m) - y * *m;
        *m = sigmoid(*m) - y;
        return loss;
    }
    let most = margin.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let hit = margin[label];
    let mut sum = 0.0;
    for m in margin.iter_mut() {
        *m = (*m - most).exp();
        sum += *m;
    }
    margin.iter_mut().for_each(|m| *m /= sum);
    margin[label] -= 1.0;
    sum.ln() + most - hit
}
