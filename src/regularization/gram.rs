//! Products of columns, made when they are first needed.

use super::{Design, products};

/// `XᵀX`, row by row.
///
/// Where there are no more columns than rows the whole is made at once; else a row when its column is first used.
#[derive(Debug)]
pub(super) struct Gram<'a> {
    design: &'a Design,
    /// Empty until it is made.
    rows: Vec<Vec<f64>>,
}

impl<'a> Gram<'a> {
    pub(super) fn new(design: &'a Design) -> Gram<'a> {
        let p = design.width();
        let whole = p <= design.rows();
        let rows = if whole { products::all(design.columns()) } else { vec![Vec::new(); p] };
        Gram { design, rows }
    }

    /// The products of column `j` with all columns.
    pub(super) fn row(&mut self, j: usize) -> &[f64] {
        if self.rows[j].is_empty() {
            self.rows[j] = self.design.correlations(self.design.column(j)).to_vec();
        }
        &self.rows[j]
    }

    /// `c ← c − XᵀX w`
    pub(super) fn subtract(&mut self, c: &mut [f64], w: &[f64]) {
        let active: Vec<usize> = (0..w.len()).filter(|&j| w[j] != 0.0).collect();
        for &j in &active {
            self.row(j);
        }
        let terms: Vec<(f64, &[f64])> = active.iter().map(|&j| (w[j], &self.rows[j][..])).collect();
        products::subtract(c, &terms);
    }
}
