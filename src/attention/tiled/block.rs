//! One block of queries of one head: everything between its rows of `Q` and its rows of the output.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::aligned::Aligned;
use super::product::{add_values, scores};
use super::softmax::Running;
use super::visibility::{Seen, Visibility};
use super::{Lanes, TILE_KEYS, VECTORS};

/// The working memory of one thread. It depends on the tile alone, not on the number of tokens.
pub(super) struct Scratch {
    queries: Aligned,
    scores: Aligned,
    output: Aligned,
}

impl Scratch {
    /// For blocks of `block` queries.
    pub(super) fn new(block: usize, d_k: usize, d_v: usize) -> Self {
        Self {
            queries: Aligned::zeros(d_k * block),
            scores: Aligned::zeros(TILE_KEYS * block),
            output: Aligned::zeros(d_v * block),
        }
    }
}

/// The rows of one block and what they look at.
pub(super) struct Block<'a> {
    /// The block's rows of `Q`, `(queries.len(), d_k)`.
    pub(super) q: &'a [f32],
    /// All keys of the head, `(n_k, d_k)`.
    pub(super) k: &'a [f32],
    /// All values of the head, `(n_k, d_v)`.
    pub(super) v: &'a [f32],
    /// The block's rows of the output, `(queries.len(), d_v)`.
    pub(super) out: &'a mut [f32],
    /// Where the rows of the block lie among all queries.
    pub(super) queries: Range<usize>,
    pub(super) visibility: &'a Visibility<'a>,
    pub(super) d_k: usize,
    pub(super) d_v: usize,
    pub(super) scratch: &'a mut Scratch,
}

impl WithSimd for Block<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let block = VECTORS * S::F32_LANES;
        pack_queries(self.q, self.d_k, block, self.scratch.queries.as_mut_slice());
        self.scratch.output.as_mut_slice().fill(0.0);

        let queries = lanes::<S>(self.scratch.queries.as_mut_slice());
        let output = lanes::<S>(self.scratch.output.as_mut_slice());
        let mut running = Running::new(simd);
        let start = self.visibility.keys_start(&self.queries);
        let end = self.visibility.keys_end(&self.queries);
        for first in (start..end).step_by(TILE_KEYS) {
            let keys = first..(first + TILE_KEYS).min(end);
            let seen = self.visibility.of_tile(&self.queries, &keys);
            if seen == Seen::Nothing {
                continue;
            }
            let flat = &mut self.scratch.scores.as_mut_slice()[..keys.len() * block];
            scores(simd, &self.k[keys.start * self.d_k..], queries, lanes::<S>(flat));
            if seen == Seen::Some {
                self.visibility.hide(&self.queries, &keys, block, flat);
            }
            let tile = lanes::<S>(flat);
            let alpha = running.update(simd, tile);
            add_values(simd, &self.v[keys.start * self.d_v..], tile, alpha, output);
        }

        normalise(simd, running.sum, output);
        unpack_output(self.scratch.output.as_mut_slice(), block, self.d_v, self.out);
    }
}

/// The same numbers, seen as rows of vectors.
#[inline(always)]
pub(in crate::attention) fn lanes<S: Simd>(flat: &mut [f32]) -> &mut [Lanes<S>] {
    let (vectors, _) = S::as_mut_simd_f32s(flat);
    pulp::as_arrays_mut(vectors).0
}

/// `Qᵀ · log₂ e / √d_k`: one row a feature, and a score that is ready for `2^x`.
pub(in crate::attention) fn pack_queries(q: &[f32], d_k: usize, block: usize, packed: &mut [f32]) {
    let scale = std::f64::consts::LOG2_E / (d_k as f64).sqrt();
    for (i, row) in q.chunks_exact(d_k).enumerate() {
        for (to, &x) in packed[i..].iter_mut().step_by(block).zip(row) {
            *to = x * scale as f32;
        }
    }
}

/// `O / l`, and NaN where no key had any weight: `repair` looks at those rows again.
#[inline(always)]
pub(in crate::attention) fn normalise<S: Simd>(simd: S, sum: Lanes<S>, output: &mut [Lanes<S>]) {
    let mut factor = sum;
    for c in 0..VECTORS {
        factor[c] = simd.div_f32s(simd.splat_f32s(1.0), sum[c]);
    }
    for row in output {
        for c in 0..VECTORS {
            row[c] = simd.mul_f32s(row[c], factor[c]);
        }
    }
}

/// Back to one row a query.
pub(in crate::attention) fn unpack_output(packed: &[f32], block: usize, d_v: usize, out: &mut [f32]) {
    for (i, row) in out.chunks_exact_mut(d_v).enumerate() {
        for (to, &x) in row.iter_mut().zip(packed[i..].iter().step_by(block)) {
            *to = x;
        }
    }
}
