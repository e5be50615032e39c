//! A key/value head with many queries: vectors run along the queries, as in the tiled kernel.

use pulp::{Simd, WithSimd};

use super::element::CacheElement;
use super::head::Head;
use crate::attention::tiled::parts::{
    Aligned, Running, VECTORS, add_values, lanes, normalise, pack_queries, scores, unpack_output,
};

/// Keys of a tile: as `f32` they and the values fit into the second cache beside the queries.
const TILE: usize = 64;

/// All keys of one key/value head for the queries of its group.
pub(super) struct Many<'a, T>(pub(super) Head<'a, T>);

/// As many queries as two vectors hold.
struct Block<S: Simd> {
    queries: Aligned,
    output: Aligned,
    running: Running<S>,
}

impl<T: CacheElement> WithSimd for Many<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Many(Head { q, k, v, out, d_k, d_v }) = self;
        let width = VECTORS * S::F32_LANES;
        let mut blocks: Vec<Block<S>> = Vec::new();
        for q in q.chunks(width * d_k) {
            let mut queries = Aligned::zeros(d_k * width);
            pack_queries(q, d_k, width, queries.as_mut_slice());
            blocks.push(Block { queries, output: Aligned::zeros(d_v * width), running: Running::new(simd) });
        }
        let mut weights = Aligned::zeros(TILE * width);
        let mut wide_k = Aligned::zeros(T::COPIES * TILE * d_k);
        let mut wide_v = Aligned::zeros(T::COPIES * TILE * d_v);
        for (k, v) in k.chunks(TILE * d_k).zip(v.chunks(TILE * d_v)) {
            let tile = &mut weights.as_mut_slice()[..k.len() / d_k * width];
            let k = T::widen(k, wide_k.as_mut_slice());
            let v = T::widen(v, wide_v.as_mut_slice());
            for block in &mut blocks {
                let tile = lanes::<S>(tile);
                scores(simd, k, lanes::<S>(block.queries.as_mut_slice()), tile);
                let alpha = block.running.update(simd, tile);
                add_values(simd, v, tile, alpha, lanes::<S>(block.output.as_mut_slice()));
            }
        }
        for (mut block, out) in blocks.into_iter().zip(out.chunks_mut(width * d_v)) {
            normalise(simd, block.running.sum, lanes::<S>(block.output.as_mut_slice()));
            unpack_output(block.output.as_mut_slice(), width, d_v, out);
        }
    }
}
