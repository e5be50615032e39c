//! Cuts the output into blocks of queries and shares them out among threads.

use pulp::{Simd, WithSimd};
use rayon::prelude::*;

use super::VECTORS;
use super::block::{Block, Scratch};
use super::visibility::Visibility;

/// All dimensions, none of them 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    pub(super) heads: usize,
    pub(super) n_q: usize,
    pub(super) n_k: usize,
    pub(super) d_k: usize,
    pub(super) d_v: usize,
}

/// Who does the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Threads {
    /// The caller alone.
    One,
    /// The current rayon pool.
    All,
}

/// The whole forward pass, waiting for an instruction set.
pub(super) struct Forward<'a> {
    /// `(heads, n_q, d_k)`
    pub(super) q: &'a [f32],
    /// `(heads, n_k, d_k)`
    pub(super) k: &'a [f32],
    /// `(heads, n_k, d_v)`
    pub(super) v: &'a [f32],
    /// `(heads, n_q, d_v)`
    pub(super) out: &'a mut [f32],
    pub(super) visibility: Visibility<'a>,
    pub(super) sizes: Sizes,
    pub(super) threads: Threads,
}

impl WithSimd for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Forward { q, k, v, out, visibility, sizes, threads } = self;
        let Sizes { n_q, n_k, d_k, d_v, .. } = sizes;
        let width = VECTORS * S::F32_LANES;

        let compute = |scratch: &mut Scratch, head: usize, index: usize, out: &mut [f32]| {
            let queries = index * width..((index + 1) * width).min(n_q);
            let block = Block {
                q: &q[(head * n_q + queries.start) * d_k..][..queries.len() * d_k],
                k: &k[head * n_k * d_k..][..n_k * d_k],
                v: &v[head * n_k * d_v..][..n_k * d_v],
                out,
                queries,
                visibility: &visibility,
                d_k,
                d_v,
                scratch,
            };
            // The closure may run on another thread, outside the code compiled for `S`: enter again.
            simd.vectorize(block);
        };
        let scratch = || Scratch::new(width, d_k, d_v);

        match threads {
            Threads::One => {
                let mut scratch = scratch();
                for (head, out) in out.chunks_mut(n_q * d_v).enumerate() {
                    for (index, out) in out.chunks_mut(width * d_v).enumerate() {
                        compute(&mut scratch, head, index, out);
                    }
                }
            }
            Threads::All => out.par_chunks_mut(n_q * d_v).enumerate().for_each(|(head, out)| {
                let blocks = out.par_chunks_mut(width * d_v).enumerate();
                blocks.for_each_init(scratch, |scratch, (index, out)| compute(scratch, head, index, out));
            }),
        }
    }
}
