//! One step of decoding, fast: many query heads of one token against a cache.
//!
//! The readable twin is `attention`, head by head. A step reads every key and value once and does little
//! with it, so memory decides how long it takes: how many key/value heads there are, and how many bytes a
//! number has.
//!
//! | file | idea |
//! |---|---|
//! | `bf16` | numbers of 16 bits |
//! | `element` | what a cache may be stored as |
//! | `head` | one key/value head and the queries that share it |
//! | `few` | a group of few queries: vectors along the features |
//! | `rows` | the two products of a tile for that |
//! | `many` | a group of many queries: vectors along the queries, as in the tiled kernel |

mod bf16;
mod element;
mod few;
mod head;
mod many;
mod rows;
#[cfg(test)]
mod tests;

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array2, ArrayView2, ArrayView3, Axis, Slice};
use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

pub use self::bf16::Bf16;
pub use self::element::CacheElement;
use self::few::Few;
use self::head::Head;
use self::many::Many;
use super::careful::repair;
use super::mask::same;
use super::readable::check_shapes;
use super::{AttentionError, Mask};

/// From so many queries a key/value head on, vectors run along the queries. Measured with AVX-512, where
/// two of them hold 32: with 8 queries they are half as fast as vectors along the features, with 16 as
/// fast or faster.
const MANY: usize = 12;

/// Keys between two looks at the maximum of the scores, for a group of few queries.
const TILE: usize = 64;

/// One decoding step: the query heads of one token against the keys and values so far, on one thread.
///
/// Query head `h` reads key/value head `h / (heads / kv_heads)`, as in
/// [`MultiHead`](super::MultiHead). Each row of the cache comes from memory once, for all query heads of
/// its group; a step therefore takes about as long as reading the cache. With fewer key/value heads, or
/// with [`Bf16`] instead of `f32`, it reads less. Sums are in `f32` either way.
///
/// The arithmetic stays the same: `2·group / bytes of a number` operations a byte of cache,
/// `group` query heads a key/value head. With 32 on one that is 16 a byte of `f32`, more than a core can do
/// in the time of a byte that is near: then arithmetic is the limit and no longer memory, and the time
/// stops following the bytes.
///
/// The keys are expected as they were turned to their positions; the new token's own key and value are
/// part of the cache.
///
/// # Formula
/// `oₕ = softmax(K_g qₕ / √d_k)ᵀ V_g`, `g = h / (heads / kv_heads)`, tile by tile with an online softmax
///
/// # Shapes
/// `q (heads, d_k)`, `k (kv_heads, n, d_k)`, `v (kv_heads, n, d_v)` → `(heads, d_v)`
///
/// A view that is not in standard layout is copied first. A NaN makes the output NaN; a row that is not
/// finite in `f32` is computed again in `f64`.
///
/// # Errors
/// [`AttentionError`] if a dimension is 0, two arrays disagree, or the heads cannot share evenly.
///
/// # Reference
/// Shazeer 2019, *Fast Transformer Decoding: One Write-Head is All You Need*, section 3; Ainslie et al. 2023,
/// *GQA*.
///
/// # Examples
/// ```
/// use concepts::attention::{Bf16, decode_step};
/// use ndarray::{Array3, array};
/// // Two query heads share one key/value head. Each matches another key.
/// let q = array![[100.0, 0.0], [0.0, 100.0]];
/// let k = array![[[1.0, 0.0], [0.0, 1.0]]];
/// let v = array![[[1.0, 2.0], [3.0, 4.0]]];
/// assert_eq!(decode_step(q.view(), k.view(), v.view())?, array![[1.0, 2.0], [3.0, 4.0]]);
/// // The same with a cache of half the size.
/// let [k, v]: [Array3<Bf16>; 2] = [k, v].map(|x| x.mapv(Bf16::from));
/// assert_eq!(decode_step(q.view(), k.view(), v.view())?, array![[1.0, 2.0], [3.0, 4.0]]);
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub fn decode_step<T: CacheElement>(
    q: ArrayView2<f32>,
    k: ArrayView3<T>,
    v: ArrayView3<T>,
) -> Result<Array2<f32>, AttentionError> {
    run(q, k, v, |sizes, inputs, out| {
        for (g, out) in out.chunks_exact_mut(sizes.group * sizes.d_v).enumerate() {
            Arch::new().dispatch(Task(inputs.head(sizes, g, out)));
        }
    })
}

/// [`decode_step`] on all threads of the current rayon pool, one key/value head a task. With a single
/// key/value head there is only one task.
///
/// The result is the same bit for bit, whatever the number of threads.
///
/// # Formula
/// As [`decode_step`].
///
/// # Shapes
/// As [`decode_step`].
///
/// # Errors
/// As [`decode_step`].
pub fn decode_step_parallel<T: CacheElement>(
    q: ArrayView2<f32>,
    k: ArrayView3<T>,
    v: ArrayView3<T>,
) -> Result<Array2<f32>, AttentionError> {
    run(q, k, v, |sizes, inputs, out| {
        out.par_chunks_exact_mut(sizes.group * sizes.d_v).enumerate().for_each(|(g, out)| {
            Arch::new().dispatch(Task(inputs.head(sizes, g, out)));
        });
    })
}

/// All dimensions, none of them 0.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    /// Query heads of one key/value head.
    group: usize,
    n: usize,
    d_k: usize,
    d_v: usize,
}

/// Everything that is read, in standard layout.
#[derive(Clone, Copy)]
struct Inputs<'a, T> {
    q: &'a [f32],
    k: &'a [T],
    v: &'a [T],
}

impl<'a, T> Inputs<'a, T> {
    /// What belongs to key/value head `g`.
    fn head(&self, sizes: Sizes, g: usize, out: &'a mut [f32]) -> Head<'a, T> {
        let Sizes { group, n, d_k, d_v } = sizes;
        Head {
            q: &self.q[g * group * d_k..][..group * d_k],
            k: &self.k[g * n * d_k..][..n * d_k],
            v: &self.v[g * n * d_v..][..n * d_v],
            out,
            d_k,
            d_v,
        }
    }
}

/// Checks the shapes and lays the inputs out.
fn run<T: CacheElement>(
    q: ArrayView2<f32>,
    k: ArrayView3<T>,
    v: ArrayView3<T>,
    compute: impl Fn(Sizes, Inputs<'_, T>, &mut [f32]),
) -> Result<Array2<f32>, AttentionError> {
    let sizes = check(q.dim(), k.dim(), v.dim())?;
    let (q, k, v) = (q.as_standard_layout(), k.as_standard_layout(), v.as_standard_layout());
    let inputs = Inputs {
        q: q.as_slice().expect("in standard layout"),
        k: k.as_slice().expect("in standard layout"),
        v: v.as_slice().expect("in standard layout"),
    };
    let mut out = Array2::zeros((q.nrows(), sizes.d_v));
    compute(sizes, inputs, out.as_slice_mut().expect("in standard layout"));
    for (g, (k, v)) in k.outer_iter().zip(v.outer_iter()).enumerate() {
        let heads = Slice::from(g * sizes.group..(g + 1) * sizes.group);
        let of_group = out.slice_axis_mut(Axis(0), heads);
        repair(of_group, q.slice_axis(Axis(0), heads), (k, v), |_, _| true);
    }
    Ok(out)
}

/// The checks of the readable attention, and those of the heads.
fn check(
    (heads, d_q): (usize, usize),
    (kv_heads, n_k, d_k): (usize, usize, usize),
    (heads_v, n_v, d_v): (usize, usize, usize),
) -> Result<Sizes, AttentionError> {
    same(Dimension::KvHeadCount, (Operand::K, kv_heads), (Operand::V, heads_v))?;
    for (what, size) in [(Dimension::Heads, heads), (Dimension::KvHeads, kv_heads)] {
        if size == 0 {
            return Err(AttentionError::Empty { what });
        }
    }
    if !heads.is_multiple_of(kv_heads) {
        return Err(AttentionError::KvHeadsDoNotDivide { heads, kv_heads });
    }
    check_shapes((1, d_q), (n_k, d_k), (n_v, d_v), &Mask::None)?;
    Ok(Sizes { group: heads / kv_heads, n: n_k, d_k, d_v })
}

/// One key/value head, waiting for an instruction set.
struct Task<'a, T>(Head<'a, T>);

impl<T: CacheElement> WithSimd for Task<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.0.q.len() / self.0.d_k {
            group if group < MANY => Few(self.0).with_simd(simd),
            _ => Many(self.0).with_simd(simd),
        }
    }
}
