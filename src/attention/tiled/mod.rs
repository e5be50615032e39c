//! Fast attention in `f32`: tiles of keys, online softmax, register-tiled products.

mod aligned;
mod block;
mod exp2;
mod product;
mod softmax;
mod visibility;

use ndarray::{Array3, ArrayView3};
use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use self::block::{Block, Scratch};
use self::visibility::Visibility;
use super::readable::check_shapes;
use super::{AttentionError, Mask};

/// A block of queries is this many vectors wide.
const VECTORS: usize = 2;

/// A tile has this many keys.
const TILE_KEYS: usize = 128;

/// One number for each query of a block.
type Lanes<S> = [<S as Simd>::f32s; VECTORS];

/// one thread
pub fn tiled_attention(
    q: ArrayView3<f32>,
    k: ArrayView3<f32>,
    v: ArrayView3<f32>,
    mask: &Mask,
) -> Result<Array3<f32>, AttentionError> {
    forward(q, k, v, mask, false)
}

/// many
pub fn tiled_attention_parallel(
    q: ArrayView3<f32>,
    k: ArrayView3<f32>,
    v: ArrayView3<f32>,
    mask: &Mask,
) -> Result<Array3<f32>, AttentionError> {
    forward(q, k, v, mask, true)
}

fn forward(
    q: ArrayView3<f32>,
    k: ArrayView3<f32>,
    v: ArrayView3<f32>,
    mask: &Mask,
    parallel: bool,
) -> Result<Array3<f32>, AttentionError> {
    let (heads, n_q, d_k) = q.dim();
    let (_, n_k, d_v) = v.dim();
    check_shapes((n_q, d_k), (k.dim().1, k.dim().2), (n_k, d_v), mask)?;
    let (q, k, v) = (q.as_standard_layout(), k.as_standard_layout(), v.as_standard_layout());
    let mut out = vec![0.0f32; heads * n_q * d_v];
    let visibility = Visibility::new(mask, n_q, n_k);
    Arch::new().dispatch(Forward {
        q: q.as_slice().unwrap(),
        k: k.as_slice().unwrap(),
        v: v.as_slice().unwrap(),
        out: &mut out,
        visibility: &visibility,
        n_q,
        n_k,
        d_k,
        d_v,
        parallel,
    });
    Ok(Array3::from_shape_vec((heads, n_q, d_v), out).unwrap())
}

struct Forward<'a> {
    q: &'a [f32],
    k: &'a [f32],
    v: &'a [f32],
    out: &'a mut [f32],
    visibility: &'a Visibility<'a>,
    n_q: usize,
    n_k: usize,
    d_k: usize,
    d_v: usize,
    parallel: bool,
}

impl WithSimd for Forward<'_> {
    type Output = ();
    fn with_simd<S: Simd>(self, simd: S) {
        let Forward { q, k, v, out, visibility, n_q, n_k, d_k, d_v, parallel } = self;
        let block = VECTORS * S::F32_LANES;
        let per_head = n_q.div_ceil(block);
        let run = |scratch: &mut Scratch, h: usize, b: usize, out: &mut [f32]| {
            let queries = b * block..((b + 1) * block).min(n_q);
            simd.vectorize(Block {
                q: &q[(h * n_q + queries.start) * d_k..(h * n_q + queries.end) * d_k],
                k: &k[h * n_k * d_k..(h + 1) * n_k * d_k],
                v: &v[h * n_k * d_v..(h + 1) * n_k * d_v],
                out,
                queries,
                visibility,
                d_k,
                d_v,
                scratch,
            });
        };
        let scratch = || Scratch::new(block, d_k, d_v);
        let _ = per_head;
        if parallel {
            out.par_chunks_mut(n_q * d_v).enumerate().for_each(|(h, head)| {
                head.par_chunks_mut(block * d_v)
                    .enumerate()
                    .for_each_init(scratch, |scratch, (b, out)| run(scratch, h, b, out));
            });
        } else {
            let mut scratch = scratch();
            for (h, head) in out.chunks_mut(n_q * d_v).enumerate() {
                for (b, out) in head.chunks_mut(block * d_v).enumerate() {
                    run(&mut scratch, h, b, out);
                }
            }
        }
    }
}
