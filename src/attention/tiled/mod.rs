//! Fast attention in `f32`, one tile of keys at a time.
//!
//! The readable twin is `attention`; the readable twin of the *algorithm* is `OnlineSoftmax`. The work
//! is cut as follows.
//!
//! | file | idea |
//! |---|---|
//! | `forward` | cuts the output into blocks of queries and shares them out |
//! | `block` | one block of queries: walks over the tiles of keys |
//! | `product` | the two matrix products of a tile, held in registers |
//! | `softmax` | the online softmax of a tile |
//! | `visibility` | what a mask means for a tile |
//! | `aligned` | working memory that starts on a cache line |

mod aligned;
mod block;
mod forward;
mod product;
mod softmax;
#[cfg(test)]
mod tests;
mod visibility;

/// What the decoding kernel is built from too.
pub(super) mod parts {
    pub(in crate::attention) use super::VECTORS;
    pub(in crate::attention) use super::aligned::Aligned;
    pub(in crate::attention) use super::block::{lanes, normalise, pack_queries, unpack_output};
    pub(in crate::attention) use super::product::{add_values, scores};
    pub(in crate::attention) use super::softmax::Running;
    pub(in crate::attention) use crate::numerics::exp2;
}

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array3, ArrayView3};
use pulp::{Arch, Simd};

use self::forward::{Forward, Sizes, Threads};
use self::visibility::Visibility;
use super::careful::repair;
use super::mask::same;
use super::readable::check_shapes;
use super::{AttentionError, Mask};

/// A block of queries is this many vectors wide. Two leave room for the rows of a microkernel in the
/// registers, and a narrow block wastes little on the diagonal of a causal mask.
pub(in crate::attention) const VECTORS: usize = 2;

/// A tile has this many keys: with the queries and the output of a block it fills the first cache.
/// Measured: 64 and 256 are as fast within the noise.
const TILE_KEYS: usize = 128;

/// One number for each query of a block.
pub(in crate::attention) type Lanes<S> = [<S as Simd>::f32s; VECTORS];

/// Scaled dot-product attention in `f32`, fast, on one thread.
///
/// The weights `(n_q, n_k)` never exist as a whole: keys pass by in tiles, and a running maximum and
/// a running sum of each query turn the scores of a tile into weights at once. The working memory is
/// that of one tile, 32 KiB for heads of width 64 on AVX-512, whatever the number of tokens.
///
/// The best instruction set of the machine is chosen when the function is called (AVX-512, AVX2,
/// NEON or none), so the last bits may differ from machine to machine. On one machine the result is
/// always the same.
///
/// A causal mask costs nothing above the diagonal and a window nothing before its start: tiles that no
/// query of a block may see are not computed, and only tiles that are visible in part look at the mask. One vector holds as many
/// queries as it has lanes; with a single query most of them idle.
///
/// # Formula
/// `O = softmax(Q Kᵀ / √d_k) V` for each head. For a tile `B` of keys with scores `x_B`:
/// `m' = max(m, max x_B)`, `l' = l·e^(m−m') + Σ e^(x−m')`, `o' = o·e^(m−m') + Σ e^(x−m') v`; at the
/// end `O = o / l`.
///
/// # Shapes
/// `q (heads, n_q, d_k)`, `k (heads, n_k, d_k)`, `v (heads, n_k, d_v)` → `(heads, n_q, d_v)`
///
/// A view that is not in standard layout is copied first. A query that may see no key at all gets
/// the output 0, never NaN. What a hidden value holds counts for nothing; a NaN that is seen makes the
/// output NaN. A row that is not finite in `f32` is computed again in `f64`.
///
/// # Errors
/// [`AttentionError`] if a dimension is 0, two arrays disagree, or the mask does not fit.
///
/// # Reference
/// Dao et al. 2022, *FlashAttention*, algorithm 1; the online softmax is from Milakov and Gimelshein
/// 2018, *Online normalizer calculation for softmax*.
///
/// # Examples
/// ```
/// use concepts::attention::{Mask, tiled_attention};
/// use ndarray::array;
/// // One head. The first query sees only the first key; the second matches the second key.
/// let q = array![[[0.0, 0.0], [0.0, 100.0]]];
/// let k = array![[[1.0, 0.0], [0.0, 1.0]]];
/// let v = array![[[1.0, 2.0], [3.0, 4.0]]];
/// let out = tiled_attention(q.view(), k.view(), v.view(), &Mask::Causal)?;
/// assert_eq!(out, array![[[1.0, 2.0], [3.0, 4.0]]]);
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub fn tiled_attention(
    q: ArrayView3<f32>,
    k: ArrayView3<f32>,
    v: ArrayView3<f32>,
    mask: &Mask,
) -> Result<Array3<f32>, AttentionError> {
    run(q, k, v, mask, Threads::One)
}

/// [`tiled_attention`] on all threads of the current rayon pool.
///
/// A task is one block of queries of one head, and each task does the same as it would on one
/// thread. The result is therefore the same bit for bit, whatever the number of threads.
///
/// # Formula
/// As [`tiled_attention`].
///
/// # Shapes
/// As [`tiled_attention`].
///
/// # Errors
/// As [`tiled_attention`].
///
/// # Reference
/// Dao 2023, *FlashAttention-2*, section 3.2: the blocks of queries are independent.
///
/// # Examples
/// ```
/// use concepts::attention::{Mask, tiled_attention, tiled_attention_parallel};
/// use ndarray::Array3;
/// let x = Array3::from_shape_fn((2, 100, 8), |(h, i, j)| ((h + 3 * i + 7 * j) % 11) as f32);
/// let one = tiled_attention(x.view(), x.view(), x.view(), &Mask::Causal)?;
/// let all = tiled_attention_parallel(x.view(), x.view(), x.view(), &Mask::Causal)?;
/// assert_eq!(one, all);
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub fn tiled_attention_parallel(
    q: ArrayView3<f32>,
    k: ArrayView3<f32>,
    v: ArrayView3<f32>,
    mask: &Mask,
) -> Result<Array3<f32>, AttentionError> {
    run(q, k, v, mask, Threads::All)
}

/// Checks the shapes, lays the inputs out and picks the instruction set.
fn run(
    q: ArrayView3<f32>,
    k: ArrayView3<f32>,
    v: ArrayView3<f32>,
    mask: &Mask,
    threads: Threads,
) -> Result<Array3<f32>, AttentionError> {
    let sizes = check(q.dim(), k.dim(), v.dim(), mask)?;
    let (q, k, v) = (q.as_standard_layout(), k.as_standard_layout(), v.as_standard_layout());
    let mut out = Array3::zeros((sizes.heads, sizes.n_q, sizes.d_v));
    Arch::new().dispatch(Forward {
        q: q.as_slice().expect("in standard layout"),
        k: k.as_slice().expect("in standard layout"),
        v: v.as_slice().expect("in standard layout"),
        out: out.as_slice_mut().expect("in standard layout"),
        visibility: Visibility::new(mask, sizes.n_q, sizes.n_k),
        sizes,
        threads,
    });
    let heads = q.outer_iter().zip(k.outer_iter()).zip(v.outer_iter());
    for (((q, k), v), out) in heads.zip(out.outer_iter_mut()) {
        repair(out, q, (k, v), |i, j| mask.allows(i, j, sizes.n_q, sizes.n_k));
    }
    Ok(out)
}

/// The checks of the readable attention, and that of the heads.
fn check(
    (heads, n_q, d_q): (usize, usize, usize),
    (heads_k, n_k, d_k): (usize, usize, usize),
    (heads_v, n_v, d_v): (usize, usize, usize),
    mask: &Mask,
) -> Result<Sizes, AttentionError> {
    same(Dimension::HeadCount, (Operand::Q, heads), (Operand::K, heads_k))?;
    same(Dimension::HeadCount, (Operand::K, heads_k), (Operand::V, heads_v))?;
    if heads == 0 {
        return Err(AttentionError::Empty { what: Dimension::HeadCount });
    }
    check_shapes((n_q, d_q), (n_k, d_k), (n_v, d_v), mask)?;
    Ok(Sizes { heads, n_q, n_k, d_k, d_v })
}
