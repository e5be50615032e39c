use ndarray::Axis;

use super::{counted_core, counted_scores};
use crate::numerics::softmax::softmax_rows;
use crate::numerics::{Tally, Tracked};

/// The gradient of the core of attention: `[dQ, dK, dV]`.
///
/// What the forward pass has left behind is free: its output `O`, and without `recompute` its weights
/// `A`, of `n_q·n_k` elements. With `recompute` only `O` was kept, and `A` costs the scores again.
///
/// # Formula
/// As [`attention_backward`](crate::attention::attention_backward).
///
/// # Shapes
/// `q (n_q, d_k)`, `k (n_k, d_k)`, `v (n_k, d_v)`, `upstream (n_q, d_v)` → `dQ`, `dK`, `dV` as `q`, `k`, `v`
///
/// # Panics
/// If the shapes do not fit.
pub fn counted_backward(
    tally: &mut Tally,
    q: &Tracked,
    k: &Tracked,
    v: &Tracked,
    upstream: &Tracked,
    recompute: bool,
) -> [Tracked; 3] {
    let root = (q.ncols() as f64).sqrt();
    // The forward pass is another bill.
    let mut forward = Tally::default();
    let output = Tracked::input(counted_core(&mut forward, q, k, v).value().clone());
    // (n_q, n_k)
    let weights = if recompute {
        counted_scores(tally, q, k).map(softmax_rows)
    } else {
        Tracked::input(counted_scores(&mut forward, q, k).map(softmax_rows).value().clone())
    };
    // (n_k, n_q) · (n_q, d_v) → (n_k, d_v)
    let dv = tally.product(&weights.transpose(), upstream);
    // (n_q, d_v) · (d_v, n_k) → (n_q, n_k)
    let d_weights = tally.product(upstream, &v.transpose());
    // (n_q, 1)
    let row_dot = upstream.zip(&output, |g, o| (g * o).sum_axis(Axis(1)).insert_axis(Axis(1)));
    // (n_q, n_k)
    let d_scores = d_weights.zip(&row_dot, |da, d| da - d).zip(&weights, |x, a| a * x / root);
    // (n_q, n_k) · (n_k, d_k) → (n_q, d_k)
    let dq = tally.product(&d_scores, k);
    // (n_k, n_q) · (n_q, d_k) → (n_k, d_k)
    let dk = tally.product(&d_scores.transpose(), q);
    [dq, dk, dv]
}
