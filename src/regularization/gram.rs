//! Products of columns, made when they are first needed.

use ndarray::Axis;

use super::Design;

/// `XᵀX`, row by row.
///
/// Where there are no more columns than rows the whole is made at once, by a matrix product in blocks; else a row
/// when its column is first used.
#[derive(Debug)]
pub(super) struct Gram<'a> {
    design: &'a Design,
    /// Empty until it is made.
    rows: Vec<Vec<f64>>,
}

/// Rows of a block: as many columns as stay in a processor's cache together.
const BLOCK: usize = 128;

impl<'a> Gram<'a> {
    pub(super) fn new(design: &'a Design) -> Gram<'a> {
        let p = design.width();
        let mut gram = Gram { design, rows: vec![Vec::new(); p] };
        if p <= design.rows() {
            gram.fill();
        }
        gram
    }

    /// The products of column `j` with all columns.
    pub(super) fn row(&mut self, j: usize) -> &[f64] {
        if self.rows[j].is_empty() {
            self.rows[j] = self.design.correlations(self.design.column(j)).to_vec();
        }
        &self.rows[j]
    }

    /// All rows. The matrix is symmetric: of each block only what lies on and right of it is multiplied.
    fn fill(&mut self) {
        let (p, columns) = (self.rows.len(), self.design.columns());
        self.rows.iter_mut().for_each(|row| row.resize(p, 0.0));
        for first in (0..p).step_by(BLOCK) {
            let (_, from_here) = columns.split_at(Axis(0), first);
            let (block, _) = from_here.split_at(Axis(0), BLOCK.min(p - first));
            let products = block.dot(&from_here.t());
            for ((i, j), &product) in products.indexed_iter() {
                self.rows[first + i][first + j] = product;
                self.rows[first + j][first + i] = product;
            }
        }
    }
}
