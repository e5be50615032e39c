//! Why queries and keys have matrices of their own: with one matrix for both, scores are symmetric and a token
//! matches itself best.

use concepts::numerics::{max_abs, normal, rng};
use ndarray::Array2;

/// Tokens, and the width of model and head.
pub(crate) const TOKENS: usize = 64;
const WIDTH: usize = 64;

/// Scores of drawn tokens under one choice of matrices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scores {
    /// The largest |Sᵢⱼ − Sⱼᵢ|.
    pub asymmetry: f64,
    /// The share of the tokens that match themselves best.
    pub own: f64,
}

/// Scores with one matrix for queries and keys, and with two.
pub(crate) fn scores(seed: u64) -> [Scores; 2] {
    let mut rng = rng(seed, "one matrix");
    let x = normal((TOKENS, WIDTH), 1.0, &mut rng);
    let mut draw = || normal((WIDTH, WIDTH), 1.0 / (WIDTH as f64).sqrt(), &mut rng);
    let (w_q, w_k) = (draw(), draw());
    [&w_q, &w_k].map(|w_k| measured(&(x.dot(&w_q).dot(&x.dot(w_k).t()) / (WIDTH as f64).sqrt())))
}

fn measured(s: &Array2<f64>) -> Scores {
    let best = |i: usize| s.row(i).iter().all(|score| *score <= s[[i, i]]);
    let own = (0..s.nrows()).filter(|&i| best(i)).count();
    Scores { asymmetry: max_abs(&(s - &s.t())), own: own as f64 / s.nrows() as f64 }
}
