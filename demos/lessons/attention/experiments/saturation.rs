//! What √d_k does to the softmax.
//!
//! Queries and keys with independent entries of mean 0 and variance 1 have dot products of variance
//! `d_k`. Left like that, the softmax saturates as `d_k` grows: one weight goes to 1, and the Jacobian
//! `diag(p) − p pᵀ`, through which every gradient to the scores must pass, goes to 0.

use concepts::numerics::softmax::{softmax, softmax_jacobian_norm};
use concepts::numerics::statistics::quantile;
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis};

/// The widths that are compared.
pub(crate) const WIDTHS: [usize; 5] = [4, 16, 64, 256, 1024];
/// Keys that a query chooses between.
pub(crate) const KEYS: usize = 64;
/// Queries that share one set of keys.
const QUERIES: usize = 100;
/// Sets of keys.
const SETS: usize = 4;
/// Softmaxes measured at each width.
pub(crate) const SAMPLES: usize = QUERIES * SETS;
/// A softmax whose largest weight is above this counts as saturated.
pub(crate) const SATURATED: f64 = 0.999;

/// What is the dot product divided by?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scaling {
    /// `s = q·k`
    Unscaled,
    /// `s = q·k / √d_k`
    Scaled,
    /// `s = q·k / d_k`: a mistake.
    ByWidth,
}

impl Scaling {
    /// What the dot product is multiplied by.
    pub(crate) fn factor(self, d_k: usize) -> f64 {
        match self {
            Scaling::Unscaled => 1.0,
            Scaling::Scaled => 1.0 / (d_k as f64).sqrt(),
            Scaling::ByWidth => 1.0 / d_k as f64,
        }
    }
}

/// How the softmaxes of one width behaved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    /// Median of ‖∂p/∂s‖.
    pub median: f64,
    /// The quartiles.
    pub quartiles: (f64, f64),
    /// Median of the largest weight.
    pub largest: f64,
    /// How many softmaxes were saturated.
    pub saturated: usize,
}

/// The dot products of one width, `(SAMPLES, KEYS)`.
pub(crate) fn dots(d_k: usize, seed: u64) -> Array2<f64> {
    let mut rng = rng(seed, &format!("saturation {d_k}"));
    let mut dots = Array2::zeros((SAMPLES, KEYS));
    for mut set in dots.axis_chunks_iter_mut(Axis(0), QUERIES) {
        // (QUERIES, d_k) · (d_k, KEYS) → (QUERIES, KEYS)
        let q = normal((QUERIES, d_k), 1.0, &mut rng);
        let k = normal((KEYS, d_k), 1.0, &mut rng);
        set.assign(&q.dot(&k.t()));
    }
    dots
}

/// How the softmaxes over these dot products behave.
pub(crate) fn spread(dots: &Array2<f64>, d_k: usize, scaling: Scaling) -> Spread {
    let factor = scaling.factor(d_k);
    let weights: Vec<_> = dots.axis_iter(Axis(0)).map(|row| softmax((&row * factor).view())).collect();
    let norms: Vec<f64> = weights.iter().map(|p| softmax_jacobian_norm(p.view())).collect();
    let largest: Vec<f64> = weights.iter().map(|p| p.fold(0.0, |a: f64, &b| a.max(b))).collect();
    let saturated = largest.iter().filter(|&&weight| weight > SATURATED).count();
    Spread {
        median: quantile(&norms, 0.5),
        quartiles: (quantile(&norms, 0.25), quantile(&norms, 0.75)),
        largest: quantile(&largest, 0.5),
        saturated,
    }
}

/// Every scaling at one width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Width of queries and keys.
    pub d_k: usize,
    /// With `s = q·k`.
    pub unscaled: Spread,
    /// With `s = q·k / √d_k`.
    pub scaled: Spread,
    /// With `s = q·k / d_k`.
    pub by_width: Spread,
}

impl Row {
    /// How the softmaxes behaved under this scaling.
    pub(crate) fn of(&self, scaling: Scaling) -> Spread {
        match scaling {
            Scaling::Unscaled => self.unscaled,
            Scaling::Scaled => self.scaled,
            Scaling::ByWidth => self.by_width,
        }
    }
}

/// Every scaling at every width.
pub(crate) fn sweep(seed: u64) -> Vec<Row> {
    use rayon::prelude::*;
    // Widest first: it takes longest, and the other core can do all the rest meanwhile.
    let mut rows: Vec<Row> = WIDTHS
        .par_iter()
        .rev()
        .map(|&d_k| {
            let dots = dots(d_k, seed);
            let of = |scaling| spread(&dots, d_k, scaling);
            let (unscaled, scaled) = (of(Scaling::Unscaled), of(Scaling::Scaled));
            Row { d_k, unscaled, scaled, by_width: of(Scaling::ByWidth) }
        })
        .collect();
    rows.reverse();
    rows
}
