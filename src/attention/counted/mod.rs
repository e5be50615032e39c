//! The same computations, run through a [`Tally`]: costs that are counted, not claimed.
//!
//! Every function computes its real result, and tests hold that result against the readable twin and
//! the count against the closed form in [`cost`](super::cost). Nothing is masked unless it says so,
//! and all functions panic where a product of matrices does not fit, as [`Tally::product`] does.
//!
//! | | file | what it counts |
//! |---|---|---|
//! | 1 | `mod` | attention, its core, linear attention |
//! | 2 | `blockwise` | the core in blocks of keys and queries |
//! | 3 | `backward` | the gradient, with and without recomputation |
//! | 4 | `sequence` | a recurrent layer; generating tokens, with and without a cache |

mod backward;
mod blockwise;
mod sequence;
#[cfg(test)]
mod tests;

use ndarray::{Array2, Axis};

use crate::numerics::softmax::softmax_rows;
use crate::numerics::{Tally, Tracked};

pub use backward::counted_backward;
pub use blockwise::counted_tiled;
pub use sequence::{counted_decode_attention, counted_rnn};

/// Attention with its three input projections: 3 stages, for any number of tokens.
///
/// # Formula
/// `Attention(X_q W_Q, X_kv W_K, X_kv W_V)`
///
/// # Shapes
/// `x_q (n_q, d)`, `x_kv (n_k, d)`, `w_q` and `w_k (d, d_k)`, `w_v (d, d_v)` → `(n_q, d_v)`
///
/// # Panics
/// If the shapes do not fit.
///
/// # Examples
/// ```
/// use concepts::attention::counted::counted_attention;
/// use concepts::numerics::{Tally, Tracked};
/// use ndarray::Array2;
/// let ones = |m, n| Tracked::input(Array2::ones((m, n)));
/// let mut tally = Tally::default();
/// let (x, w) = (ones(10, 4), ones(4, 4));
/// let _ = counted_attention(&mut tally, &x, &x, &w, &w, &w);
/// assert_eq!(tally.multiply_adds(), 3 * 10 * 4 * 4 + 2 * 10 * 10 * 4);
/// assert_eq!(tally.stages(), 3);
/// ```
pub fn counted_attention(
    tally: &mut Tally,
    x_q: &Tracked,
    x_kv: &Tracked,
    w_q: &Tracked,
    w_k: &Tracked,
    w_v: &Tracked,
) -> Tracked {
    // The three projections do not wait for one another.
    let q = tally.product(x_q, w_q);
    let k = tally.product(x_kv, w_k);
    let v = tally.product(x_kv, w_v);
    counted_core(tally, &q, &k, &v)
}

/// The core of attention: scores and weighted sum.
///
/// # Formula
/// `softmax(Q Kᵀ / √d_k) V`
///
/// # Shapes
/// `q (n_q, d_k)`, `k (n_k, d_k)`, `v (n_k, d_v)` → `(n_q, d_v)`
///
/// # Panics
/// If the shapes do not fit.
pub fn counted_core(tally: &mut Tally, q: &Tracked, k: &Tracked, v: &Tracked) -> Tracked {
    let weights = counted_scores(tally, q, k).map(softmax_rows);
    // (n_q, n_k) · (n_k, d_v) → (n_q, d_v)
    tally.product(&weights, v)
}

/// `Q Kᵀ / √d_k`, `(n_q, n_k)`.
fn counted_scores(tally: &mut Tally, q: &Tracked, k: &Tracked) -> Tracked {
    let root = (q.ncols() as f64).sqrt();
    // (n_q, d_k) · (d_k, n_k) → (n_q, n_k)
    tally.product(q, &k.transpose()).map(|dots| dots / root)
}

/// Linear attention: without the softmax the products may be taken in another order, and no `n × n`
/// matrix appears. It is a *different* function of its inputs, not a faster way to the same one.
///
/// # Formula
/// `φ(Q) (φ(K)ᵀ V) / φ(Q) (φ(K)ᵀ 1)`, `φ(x) = elu(x) + 1`
///
/// # Shapes
/// `q (n_q, d_k)`, `k (n_k, d_k)`, `v (n_k, d_v)` → `(n_q, d_v)`
///
/// # Panics
/// If the shapes do not fit.
///
/// # Reference
/// Katharopoulos et al. 2020, *Transformers are RNNs*, equations 5 and 7.
pub fn counted_linear_attention(tally: &mut Tally, q: &Tracked, k: &Tracked, v: &Tracked) -> Tracked {
    let (phi_q, phi_k) = (q.map(feature_map), k.map(feature_map));
    // (d_k, n_k) · (n_k, d_v) → (d_k, d_v): the memory, whatever n is
    let memory = tally.product(&phi_k.transpose(), v);
    // (n_q, d_k) · (d_k, d_v) → (n_q, d_v)
    let read = tally.product(&phi_q, &memory);
    // (d_k, 1): a sum over the keys
    let total = phi_k.map(|x| x.sum_axis(Axis(0)).insert_axis(Axis(1)));
    // (n_q, d_k) · (d_k, 1) → (n_q, 1)
    let norm = tally.product(&phi_q, &total);
    read.zip(&norm, |read, norm| read / norm)
}

/// `elu(x) + 1`: positive, so that the weights are.
fn feature_map(x: &Array2<f64>) -> Array2<f64> {
    x.mapv(|x| if x > 0.0 { x + 1.0 } else { libm::exp(x) })
}
