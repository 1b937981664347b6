//! Matrices of correlations: whether one is one, and the nearest that is (contract 3).

use crate::error::PropsError;
use nalgebra::{DMatrix, SymmetricEigen};

/// How far below 0 an eigenvalue may be for rounding.
const SLACK: f64 = 1e-9;
/// The most rows of a matrix that is mended or looked at: its time grows with the cube.
const MOST_ROWS: usize = 200;

/// A matrix as SQL hands it over: row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// The argument `name` of `rows` times `columns` values, row by row. A NULL among them is 22004, another count 2202E.
    pub fn new(name: &str, rows: usize, columns: usize, values: &[Option<f64>]) -> Result<Matrix, PropsError> {
        if rows.checked_mul(columns) != Some(values.len()) {
            return Err(PropsError::shape(
                name,
                values.len(),
                format!("{rows} times {columns} elements"),
            ));
        }
        let values = crate::check::without_nulls(name, values)?;
        Ok(Matrix { rows, columns, values })
    }

    /// Of rows; all must have the length of the first (2202E).
    pub fn from_rows(name: &str, rows: &[Vec<Option<f64>>]) -> Result<Matrix, PropsError> {
        let columns = rows.first().map_or(0, Vec::len);
        match rows.iter().find(|row| row.len() != columns) {
            Some(row) => Err(PropsError::shape(
                name,
                row.len(),
                format!("{columns} elements in each row"),
            )),
            None => Matrix::new(name, rows.len(), columns, &rows.concat()),
        }
    }

    /// One that is square already, by the crate itself.
    pub(crate) fn square(rows: usize, values: Vec<f64>) -> Matrix {
        Matrix {
            rows,
            columns: rows,
            values,
        }
    }

    /// The value in row `i` and column `j`, from 0.
    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.values[i * self.columns + j]
    }

    /// How many columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The values, row by row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Square (else 2202E), of 1 to 200 rows (else 22023).
    fn is_square(&self) -> Result<(), PropsError> {
        if self.rows != self.columns {
            let found = format!("{} times {}", self.rows, self.columns);
            return Err(PropsError::shape("corr", found, "as many rows as columns"));
        }
        if !(1..=MOST_ROWS).contains(&self.rows) {
            let found = format!("{} rows", self.rows);
            return Err(PropsError::invalid(
                "corr",
                found,
                format!("a matrix of 1 to {MOST_ROWS} rows"),
            ));
        }
        Ok(())
    }

    /// Why it is no correlation matrix.
    fn fault(&self) -> Option<String> {
        let n = self.rows;
        for i in 0..n {
            if (self.at(i, i) - 1.0).abs() > SLACK || self.at(i, i).is_nan() {
                return Some(format!("corr[{0}][{0}] is {1:?}, not 1", i + 1, self.at(i, i)));
            }
            for j in 0..i {
                let (a, b) = (self.at(i, j), self.at(j, i));
                if a.is_nan() || a.abs() > 1.0 + SLACK {
                    return Some(format!("corr[{}][{}] is {a:?}, not -1 to 1", i + 1, j + 1));
                }
                if b.is_nan() || (a - b).abs() > SLACK {
                    return Some(format!(
                        "corr[{0}][{1}] is {a:?} and corr[{1}][{0}] is {b:?}: not symmetric",
                        i + 1,
                        j + 1
                    ));
                }
            }
        }
        // Up to two rows there is nothing more to say.
        let least = if n < 3 {
            0.0
        } else {
            self.decomposed().eigenvalues.min()
        };
        (least.is_nan() || least < -SLACK).then(|| format!("its least eigenvalue is {least:.6}, below 0"))
    }

    fn decomposed(&self) -> SymmetricEigen<f64, nalgebra::Dyn> {
        SymmetricEigen::new(DMatrix::from_row_slice(self.rows, self.rows, &self.values))
    }
}

/// Whether a matrix is one of correlations: symmetric, with 1 in its diagonal, no value beyond ±1, no eigenvalue below -1e-9. One
/// that is not square is none.
pub fn is_correlation_matrix(corr: &Matrix) -> bool {
    corr.is_square().is_ok() && corr.fault().is_none()
}

/// What the correlations of `n` legs must be: n times n (else 2202E) and a correlation matrix (else 22023). Comes back exactly symmetric,
/// with exact ones.
pub(crate) fn checked(corr: &Matrix, n: usize) -> Result<Matrix, PropsError> {
    if corr.rows != n || corr.columns != n {
        let found = format!("{} times {}", corr.rows, corr.columns);
        return Err(PropsError::shape(
            "corr",
            found,
            format!("{n} times {n} elements, as there are legs"),
        ));
    }
    if let Some(reason) = corr.fault() {
        return Err(PropsError::NotCorrelation { reason });
    }
    let value = |at: usize| {
        let (i, j) = (at / n, at % n);
        if i == j {
            1.0
        } else {
            (0.5 * (corr.at(i, j) + corr.at(j, i))).clamp(-1.0, 1.0)
        }
    };
    Ok(Matrix::square(n, (0..n * n).map(value).collect()))
}

/// The nearest correlation matrix. `higham`: nearest in the Frobenius norm, by alternating projections with Dykstra's correction
/// (Higham 2002); `clip`: eigenvalues of less than 1e-8 set to that and the diagonal scaled to 1. What is valid comes back as it is; what is not
/// symmetric is averaged first. Another method is 22023; not square 2202E; a value that is no number 22003.
pub fn nearest_correlation(corr: &Matrix, method: &str) -> Result<Matrix, PropsError> {
    let clip = match method {
        "higham" => false,
        "clip" => true,
        other => return Err(PropsError::invalid("method", other, "higham or clip")),
    };
    corr.is_square()?;
    crate::check::all("corr", &corr.values, |v| v.abs() <= 1e6, "at most 1e6 in size")?;
    if corr.fault().is_none() {
        return Ok(corr.clone());
    }
    let n = corr.rows;
    let given = DMatrix::from_row_slice(n, n, &corr.values);
    let given = (&given + given.transpose()) * 0.5;
    let found = if clip { clipped(given) } else { alternating(given) };
    let value = |at: usize| {
        let (i, j) = (at / n, at % n);
        if i == j {
            1.0
        } else {
            (0.5 * (found[(i, j)] + found[(j, i)])).clamp(-1.0, 1.0)
        }
    };
    Ok(Matrix::square(n, (0..n * n).map(value).collect()))
}

/// With every eigenvalue at least `least`.
fn lifted(matrix: DMatrix<f64>, least: f64) -> DMatrix<f64> {
    let mut parts = SymmetricEigen::new(matrix);
    parts.eigenvalues.apply(|v| *v = v.max(least));
    parts.recompose()
}

fn clipped(mut given: DMatrix<f64>) -> DMatrix<f64> {
    given.fill_diagonal(1.0);
    let mut found = lifted(given, 1e-8);
    let scale: Vec<f64> = (0..found.nrows()).map(|i| found[(i, i)].sqrt()).collect();
    for i in 0..scale.len() {
        for j in 0..scale.len() {
            found[(i, j)] /= scale[i] * scale[j];
        }
    }
    found
}

fn alternating(given: DMatrix<f64>) -> DMatrix<f64> {
    let mut found = given;
    let mut correction = DMatrix::zeros(found.nrows(), found.nrows());
    // Converges linearly; a hundred steps are usual, and 20,000 of three rows take milliseconds.
    let most = 2_000_000 / found.nrows().pow(2).max(100);
    for _ in 0..most {
        let shifted = &found - &correction;
        let positive = lifted(shifted.clone(), 0.0);
        correction = &positive - shifted;
        let mut next = positive;
        next.fill_diagonal(1.0);
        let step = (&next - &found).norm();
        found = next;
        if step < 1e-12 {
            break;
        }
    }
    // Within rounding of positive semidefinite: the last projection was onto the diagonal.
    let least = SymmetricEigen::new(found.clone()).eigenvalues.min();
    if least < -SLACK / 2.0 {
        found = clipped(found);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(rows: &[&[f64]]) -> Matrix {
        let rows: Vec<Vec<_>> = rows.iter().map(|r| r.iter().copied().map(Some).collect()).collect();
        Matrix::from_rows("corr", &rows).unwrap()
    }
    fn distance(a: &Matrix, b: &Matrix) -> f64 {
        a.values
            .iter()
            .zip(&b.values)
            .map(|(a, b)| (a - b) * (a - b))
            .sum::<f64>()
            .sqrt()
    }

    #[test]
    fn the_contracts_example() {
        let given = of(&[&[1.0, 0.9, 0.1], &[0.9, 1.0, 0.9], &[0.1, 0.9, 1.0]]);
        for (method, right, off) in [
            ("higham", [0.769639, 0.184689, 0.769639], 0.286915),
            ("clip", [0.756936, 0.145905, 0.756936], 0.293400),
        ] {
            let found = nearest_correlation(&given, method).unwrap();
            for (value, right) in [found.at(0, 1), found.at(0, 2), found.at(1, 2)].iter().zip(right) {
                assert!((value - right).abs() < 1e-6, "{method}: {value} {right}");
            }
            assert!((distance(&given, &found) - off).abs() < 1e-6, "{method}");
        }
    }

    #[test]
    fn what_is_none() {
        for rows in [
            &[&[1.0, 0.3][..], &[0.2, 1.0]][..],
            &[&[1.0, f64::NAN], &[f64::NAN, 1.0]],
            &[&[2.0]],
            &[&[1.0, 0.3]],
            &[&[1.0, 1.1], &[1.1, 1.0]],
        ] {
            assert!(!is_correlation_matrix(&of(rows)), "{rows:?}");
        }
        assert!(is_correlation_matrix(&of(&[&[1.0, -1.0], &[-1.0, 1.0]])));
        let state = |m: &Matrix, method| nearest_correlation(m, method).unwrap_err().sqlstate();
        assert_eq!(state(&of(&[&[1.0, 0.3]]), "clip"), "2202E");
        assert_eq!(state(&of(&[&[1.0]]), "Higham"), "22023");
        assert_eq!(state(&of(&[&[f64::NAN]]), "higham"), "22003");
        assert_eq!(Matrix::new("corr", 2, 2, &[Some(1.0)]).unwrap_err().sqlstate(), "2202E");
        assert_eq!(
            Matrix::new("corr", 1, 1, &[None]).unwrap_err().to_string(),
            "corr[1] must not be null"
        );
        // Averaged, and then valid.
        let found = nearest_correlation(&of(&[&[1.0, 0.3], &[0.2, 1.0]]), "higham").unwrap();
        assert!((found.at(0, 1) - 0.25).abs() < 1e-12);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_nearest_is_one_and_nearer_than_clipping(n in 2..7usize, values in prop::collection::vec(-1.0..1.0f64, 49)) {
            let symmetric = |at: usize| {
                let (i, j) = (at / n, at % n);
                if i == j { 1.0 } else { values[i.max(j) * 7 + i.min(j)] }
            };
            let given = Matrix::square(n, (0..n * n).map(symmetric).collect());
            let higham = nearest_correlation(&given, "higham").unwrap();
            let clip = nearest_correlation(&given, "clip").unwrap();
            prop_assert!(is_correlation_matrix(&higham) && is_correlation_matrix(&clip));
            prop_assert!(distance(&given, &higham) <= distance(&given, &clip) + 1e-7);
            let again = nearest_correlation(&higham, "higham").unwrap();
            prop_assert_eq!(again, higham);
        }
    }
}
