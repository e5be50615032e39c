//! Dot products of drawn queries and keys: their variance, what dependence does to it, and the gradient to the
//! query.

use concepts::numerics::softmax::softmax;
use concepts::numerics::statistics::{mean, variance, variance_ratio_se};
use concepts::numerics::{normal, rng};
use ndarray::{Array1, ArrayView1, Axis};
use rayon::prelude::*;

use super::saturation::{KEYS, SATURATED};

/// `Var(q·k)` over `n` independent pairs of width `d`.
pub(crate) fn dot_variance(d: usize, n: usize, seed: u64) -> f64 {
    variance(&pair_dots(d, n, seed))
}

/// `q·k` of `n` independent pairs. Each chunk has a stream of its own, so that the cores can share the
/// work and the numbers stay the same.
fn pair_dots(d: usize, n: usize, seed: u64) -> Vec<f64> {
    const CHUNK: usize = 1000;
    (0..n.div_ceil(CHUNK))
        .into_par_iter()
        .flat_map_iter(|chunk| {
            let mut rng = rng(seed, &format!("C3 pairs {d} {chunk}"));
            let size = CHUNK.min(n - chunk * CHUNK);
            // (size, d) each
            let (q, k) = (normal((size, d), 1.0, &mut rng), normal((size, d), 1.0, &mut rng));
            (0..size).map(move |i| q.row(i).dot(&k.row(i)))
        })
        .collect()
}

/// Width and number of the correlated pairs.
const CORRELATED_WIDTH: usize = 16;
pub(crate) const CORRELATED: usize = 20_000;

/// Mean and variance of `q·k` over `d_k`, where `qᵢ` and `kᵢ` are correlated.
pub(crate) fn correlated(correlation: f64, seed: u64) -> [f64; 2] {
    const D: usize = CORRELATED_WIDTH;
    let mut rng = rng(seed, "C3 correlated");
    let mut draw = || normal((CORRELATED, D), 1.0, &mut rng);
    // (N, D) each; k = ρ·q + √(1 − ρ²)·noise has unit variance too
    let (q, noise) = (draw(), draw());
    let k = &q * correlation + noise * (1.0 - correlation * correlation).sqrt();
    let dots = (q * k).sum_axis(Axis(1)).to_vec();
    [mean(&dots) / D as f64, variance(&dots) / D as f64]
}

/// The standard errors of [`correlated`]'s mean and variance at correlation `rho`.
pub(crate) fn correlated_errors(rho: f64) -> [f64; 2] {
    const D: usize = CORRELATED_WIDTH;
    // The fourth cumulant of a product of two such normals is 6(1 + 6ρ² + ρ⁴), its variance 1 + ρ².
    let spread = 1.0 + rho * rho;
    let kurtosis = 6.0 * (1.0 + 6.0 * rho * rho + rho.powi(4)) / (spread * spread * D as f64);
    [(spread / (CORRELATED * D) as f64).sqrt(), spread * variance_ratio_se(CORRELATED, kurtosis)]
}

/// Queries whose gradient is measured.
pub(crate) const QUERIES: usize = 100;

/// `‖∂p/∂q‖` over many queries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QueryGradients {
    /// The share of the queries whose softmax is not saturated.
    pub free: f64,
    /// The share of the sum of all norms that those queries carry.
    pub carried: f64,
}

/// `‖∂p/∂q‖`, `∂p/∂q = J K`, at width `d` without scaling.
pub(crate) fn query_gradients(d: usize, seed: u64) -> QueryGradients {
    let mut rng = rng(seed, "C3 query gradients");
    let (q, k) = (normal((QUERIES, d), 1.0, &mut rng), normal((KEYS, d), 1.0, &mut rng));
    // (QUERIES, KEYS)
    let dots = q.dot(&k.t());
    let norm = |row: ArrayView1<f64>| {
        let p = softmax(row);
        // J K, row i: pᵢ (kᵢ − Σⱼ pⱼ kⱼ)
        let centred = &k - &p.dot(&k);
        let squares = centred.axis_iter(Axis(0)).zip(&p).map(|(row, p)| p * p * row.dot(&row));
        (squares.sum::<f64>().sqrt(), is_free(&p))
    };
    summed_up(&dots.axis_iter(Axis(0)).map(norm).collect::<Vec<_>>())
}

fn is_free(p: &Array1<f64>) -> bool {
    p.iter().all(|&x| x <= SATURATED)
}

/// Norms, each with whether its softmax is not saturated.
fn summed_up(norms: &[(f64, bool)]) -> QueryGradients {
    let all: Vec<f64> = norms.iter().map(|(norm, _)| *norm).collect();
    let free: Vec<f64> = norms.iter().filter(|(_, free)| *free).map(|(norm, _)| *norm).collect();
    QueryGradients {
        free: free.len() as f64 / all.len() as f64,
        carried: free.iter().sum::<f64>() / all.iter().sum::<f64>(),
    }
}
