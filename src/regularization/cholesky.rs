//! A triangular factor that grows and shrinks by one column.

use super::RegularizationError;
use super::products::dot;
use crate::numerics::tolerance::EXACT_F64;

/// `L` of `G = L Lᵀ`, where columns come and go.
#[derive(Debug, Default)]
pub(super) struct Cholesky {
    /// Row `i` has `i + 1` entries.
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Adds a column by its products with those before and with itself. `false` if it lies in their span up to
    /// rounding: then nothing is added.
    pub(super) fn push(&mut self, products: &[f64], square: f64) -> bool {
        let mut row = self.forward(products);
        let Some(rest) = rest(&row, square) else { return false };
        row.push(rest.sqrt());
        self.rows.push(row);
        true
    }

    /// Does a column lie in the span of those that are there?
    pub(super) fn spans(&self, products: &[f64], square: f64) -> bool {
        rest(&self.forward(products), square).is_none()
    }

    /// Takes a column out: its row goes, and rotations of neighbouring columns restore the triangle.
    pub(super) fn remove(&mut self, at: usize) {
        self.rows.remove(at);
        for i in at..self.rows.len() {
            // Row i has i + 2 entries now; the last one is turned into the one before.
            let (a, b) = (self.rows[i][i], self.rows[i][i + 1]);
            let length = a.hypot(b);
            let (cosine, sine) = (a / length, b / length);
            for row in &mut self.rows[i..] {
                let (a, b) = (row[i], row[i + 1]);
                (row[i], row[i + 1]) = (cosine * a + sine * b, cosine * b - sine * a);
            }
            self.rows[i].truncate(i + 1);
        }
    }

    /// `x` with `L Lᵀ x = b`.
    pub(super) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x = self.forward(b);
        for i in (0..self.rows.len()).rev() {
            let row = &self.rows[i];
            let solved = x[i] / row[i];
            x[i] = solved;
            x[..i].iter_mut().zip(row).for_each(|(x, l)| *x -= solved * l);
        }
        x
    }

    /// `x` with `L x = b`.
    fn forward(&self, b: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(b.len() + 1);
        for (row, &b) in self.rows.iter().zip(b) {
            x.push((b - dot(row, &x)) / row[x.len()]);
        }
        x
    }
}

/// What is left of a column's square outside of the span; nothing where it is rounding.
fn rest(row: &[f64], square: f64) -> Option<f64> {
    let rest = square - dot(row, row);
    (rest > EXACT_F64 * square).then_some(rest)
}

/// `x` with `G x = b`, for a symmetric positive definite `G` given by its rows.
pub(super) fn solve(g: &[Vec<f64>], b: &[f64]) -> Result<Vec<f64>, RegularizationError> {
    let mut factor = Cholesky::default();
    for (i, row) in g.iter().enumerate() {
        if !factor.push(&row[..i], row[i]) {
            return Err(RegularizationError::Singular { column: i });
        }
    }
    Ok(factor.solve(b))
}
