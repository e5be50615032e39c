//! Gated products, written out.

use concepts::activation::Activation;
use concepts::numerics::{normal, rng};
use ndarray::Array2;

/// Input and the two matrices of a gate.
#[derive(Clone)]
pub(crate) struct Parts {
    pub x: Array2<f64>,
    pub w: Array2<f64>,
    pub v: Array2<f64>,
}

/// Rows of input that are tried.
const ROWS: usize = 5;

impl Parts {
    pub(crate) fn random(d: usize, d_ff: usize, seed: u64) -> Parts {
        let mut rng = rng(seed, "activations gate");
        let spread = 1.0 / (d as f64).sqrt();
        let x = normal((ROWS, d), 1.0, &mut rng);
        Parts { x, w: normal((d, d_ff), spread, &mut rng), v: normal((d, d_ff), spread, &mut rng) }
    }

    pub(crate) fn scaled(&self, by: f64) -> Parts {
        Parts { x: &self.x * by, ..self.clone() }
    }

    /// `f(xW) ⊙ xV`, number by number.
    pub(crate) fn by_hand(&self, f: Activation) -> Array2<f64> {
        let sum = |m: &Array2<f64>, i: usize, j: usize| {
            (0..m.nrows()).map(|k| self.x[[i, k]] * m[[k, j]]).sum::<f64>()
        };
        let (rows, columns) = (self.x.nrows(), self.w.ncols());
        Array2::from_shape_fn((rows, columns), |(i, j)| f.of(sum(&self.w, i, j)) * sum(&self.v, i, j))
    }

    /// `f(xW) ⊙ xV`.
    pub(crate) fn right(&self, f: Activation) -> Option<Array2<f64>> {
        Some(self.x.dot(&self.w).mapv(|a| f.of(a)) * self.x.dot(&self.v))
    }

    /// `f(x) * (xW) ⊙ (xV)`, as the answer writes it. `None` where the shapes do not allow it.
    pub(crate) fn written(&self, f: Activation) -> Option<Array2<f64>> {
        let fits = self.x.ncols() == self.w.ncols();
        fits.then(|| self.x.mapv(|x| f.of(x)) * self.x.dot(&self.w) * self.x.dot(&self.v))
    }

    /// `f(x) ⊙ xV`: the gate without its matrix.
    pub(crate) fn ungated_input(&self, f: Activation) -> Option<Array2<f64>> {
        let fits = self.x.ncols() == self.v.ncols();
        fits.then(|| self.x.mapv(|x| f.of(x)) * self.x.dot(&self.v))
    }
}

/// How a product is formed.
pub(crate) type Form = fn(&Parts) -> Option<Array2<f64>>;

/// The power of a large input with which the output grows.
pub(crate) fn degree(d: usize, seed: u64, form: Form) -> f64 {
    let parts = Parts::random(d, d, seed);
    let size = |by| form(&parts.scaled(by)).map_or(f64::NAN, |y: Array2<f64>| (&y * &y).sum().sqrt());
    (size(1e5) / size(1e4)).log10()
}
