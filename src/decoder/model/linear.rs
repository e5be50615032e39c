//! A matrix in `f32` that computes in `f64`, and its bias.

use ndarray::{Array1, Array2, Axis, Slice};
use rayon::prelude::*;

/// Rows that are turned into `f64` at a time.
const PANEL: usize = 64;

/// `y = x Wᵀ + b`.
///
/// The weights stay in `f32`, which holds every encoding of files exactly and takes half the memory; all
/// arithmetic is in `f64`. Panels of rows are shared out among the processor's cores: each number is one sum in
/// one order, whatever the number of threads.
///
/// # Shapes
/// `weight (out, in)`, `bias (out)`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Linear {
    weight: Array2<f32>,
    bias: Option<Array1<f64>>,
}

impl Linear {
    pub(super) fn new(weight: Array2<f32>, bias: Option<Array1<f64>>) -> Linear {
        Linear { weight, bias }
    }

    /// `x (n, in)` → `(n, out)`
    pub(crate) fn apply(&self, x: &Array2<f64>) -> Array2<f64> {
        let out = self.weight.nrows();
        let starts: Vec<usize> = (0..out).step_by(PANEL).collect();
        let panels: Vec<Array2<f64>> = starts
            .par_iter()
            .map(|&start| {
                let rows = self.weight.slice_axis(Axis(0), Slice::from(start..out.min(start + PANEL)));
                // (n, in) · (in, ≤ 64) → (n, ≤ 64)
                x.dot(&rows.mapv(f64::from).t())
            })
            .collect();
        // (n, out)
        let mut y = Array2::zeros((x.nrows(), out));
        for (&start, panel) in starts.iter().zip(&panels) {
            y.slice_axis_mut(Axis(1), Slice::from(start..start + panel.ncols())).assign(panel);
        }
        match &self.bias {
            Some(bias) => y + bias,
            None => y,
        }
    }

    /// One row, as a table of embeddings is read.
    pub(crate) fn row(&self, row: usize) -> Array1<f64> {
        self.weight.row(row).mapv(f64::from)
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.weight.nrows()
    }

    /// Number of weights and biases.
    pub(crate) fn parameters(&self) -> usize {
        self.weight.len() + self.bias.as_ref().map_or(0, Array1::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::{max_difference, normal, rng, tolerance::EXACT_F64};

    #[test]
    fn panels_give_the_product_of_the_whole() {
        for (n, inputs, outputs) in [(1, 1, 1), (1, 7, 63), (3, 5, 64), (2, 9, 65), (17, 33, 200)] {
            let mut rng = rng(7, "linear");
            let weight = normal((outputs, inputs), 1.0, &mut rng).mapv(|w| w as f32);
            let x = normal((n, inputs), 1.0, &mut rng);
            let bias = normal((1, outputs), 1.0, &mut rng).row(0).to_owned();
            let whole = x.dot(&weight.mapv(f64::from).t()) + &bias;
            let panels = Linear::new(weight, Some(bias)).apply(&x);
            assert!(max_difference(&panels, &whole) < EXACT_F64, "{n} {inputs} {outputs}");
        }
    }
}
