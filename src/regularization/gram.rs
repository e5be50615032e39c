//! Products of columns, made when they are first needed.

use ndarray::ArrayView1;

use super::{Design, products};

/// Of a table with more columns than rows, so many products are kept: 256 MiB.
const KEPT: usize = 1 << 25;

/// `XᵀX`, row by row.
///
/// Where there are no more columns than rows the whole is made at once; else a row when its column is first used, and
/// kept while there is room: the whole of a wide table can be far larger than the table.
#[derive(Debug)]
pub(super) struct Gram<'a> {
    design: &'a Design,
    /// Empty until it is made.
    rows: Vec<Vec<f64>>,
    /// So many rows may still be kept.
    room: usize,
    /// The last one that was not.
    passing: Vec<f64>,
}

impl<'a> Gram<'a> {
    pub(super) fn new(design: &'a Design) -> Gram<'a> {
        Gram::keeping(design, KEPT)
    }

    fn keeping(design: &'a Design, most: usize) -> Gram<'a> {
        let p = design.width();
        let whole = p <= design.rows();
        let rows = if whole { products::all(design.columns()) } else { vec![Vec::new(); p] };
        Gram { design, rows, room: most / p, passing: Vec::new() }
    }

    /// The products of column `j` with all columns.
    pub(super) fn row(&mut self, j: usize) -> &[f64] {
        if self.keeps(j) {
            return &self.rows[j];
        }
        self.passing = self.made(j);
        &self.passing
    }

    /// The products of column `j` with some, without making a row for it.
    pub(super) fn products(&self, j: usize, others: &[usize]) -> Vec<f64> {
        let x = self.design.column(j);
        let product = |&i: &usize| match self.rows[i].get(j) {
            Some(product) => *product,
            None => self.design.column(i).dot(&x),
        };
        others.iter().map(product).collect()
    }

    /// `c ← c − XᵀX w`
    pub(super) fn subtract(&mut self, c: &mut [f64], w: &[f64]) {
        let active: Vec<usize> = (0..w.len()).filter(|&j| w[j] != 0.0).collect();
        if !active.iter().all(|&j| self.keeps(j)) {
            let through = self.design.predict(ArrayView1::from(w));
            let products = self.design.correlations(through.view());
            c.iter_mut().zip(&products).for_each(|(c, product)| *c -= product);
            return;
        }
        let terms: Vec<(f64, &[f64])> = active.iter().map(|&j| (w[j], &self.rows[j][..])).collect();
        products::subtract(c, &terms);
    }

    /// Is this row there, made now if there is room?
    fn keeps(&mut self, j: usize) -> bool {
        if self.rows[j].is_empty() && self.room > 0 {
            self.rows[j] = self.made(j);
            self.room -= 1;
        }
        !self.rows[j].is_empty()
    }

    fn made(&self, j: usize) -> Vec<f64> {
        self.design.correlations(self.design.column(j)).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regularization::{Scaling, Sparse, sparse_problem};

    /// A wide table whose products find no room gives the same numbers.
    #[test]
    fn what_is_not_kept_is_made_again() {
        let problem =
            sparse_problem(Sparse { rows: 8, columns: 30, relevant: 3, correlation: 0.5, noise: 1.0 }, 7);
        let design = Design::new(problem.x.view(), problem.y.view(), Scaling::UnitNorm).unwrap();
        let w: Vec<f64> = (0..30).map(|j| if j % 4 == 0 { j as f64 - 11.0 } else { 0.0 }).collect();
        let (mut whole, mut narrow) = (Gram::new(&design), Gram::keeping(&design, 60));
        let of = |gram: &mut Gram| {
            let mut c = vec![1.0; 30];
            gram.subtract(&mut c, &w);
            let row = gram.row(29).to_vec();
            (c, row.clone(), gram.products(29, &[0, 3, 29]), [row[0], row[3], row[29]])
        };
        let (kept, made) = (of(&mut whole), of(&mut narrow));
        assert_eq!((whole.rows.iter().filter(|row| !row.is_empty()).count(), narrow.room), (9, 0));
        let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(near(&kept.0, &made.0) && near(&kept.1, &made.1) && near(&kept.2, &made.2));
        assert!(near(&kept.2, &kept.3));
    }
}
