//! One token and weights that are numbers as they are stored: the bytes of a row become vectors and are multiplied.

use std::marker::PhantomData;

use pulp::{Simd, WithSimd};

use super::layout::{Layout, PART};

/// Rows that go side by side: they share each load of the activations, and their sums do not wait for each other.
const ROWS: usize = 4;

/// Some rows of a matrix times one vector.
pub(super) struct One<'a, L, const BYTES: usize> {
    pub(super) layout: PhantomData<L>,
    /// The rows, part after part.
    pub(super) blocks: &'a [[u8; BYTES]],
    /// `(columns)`
    pub(super) x: &'a [f32],
    /// `(rows)`
    pub(super) out: &'a mut [f32],
}

impl<L: Layout<BYTES>, const BYTES: usize> WithSimd for One<'_, L, BYTES> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (x, _) = self.x.as_chunks::<PART>();
        let width = x.len();
        let (fours, rest) = self.out.as_chunks_mut::<ROWS>();
        let (of_fours, of_rest) = self.blocks.split_at(fours.len() * ROWS * width);
        for (blocks, out) in of_fours.chunks_exact(ROWS * width).zip(fours) {
            *out = dots::<S, L, BYTES, ROWS>(simd, blocks, x);
        }
        for (blocks, out) in of_rest.chunks_exact(width).zip(rest) {
            [*out] = dots::<S, L, BYTES, 1>(simd, blocks, x);
        }
    }
}

/// `w · x` for each of `R` rows.
#[inline(always)]
fn dots<S: Simd, L: Layout<BYTES>, const BYTES: usize, const R: usize>(
    simd: S,
    blocks: &[[u8; BYTES]],
    x: &[[f32; PART]],
) -> [f32; R] {
    let width = x.len();
    let mut rows: [&[[u8; BYTES]]; R] = [&[]; R];
    for r in 0..R {
        rows[r] = &blocks[r * width..][..width];
    }
    let mut sums = [simd.splat_f32s(0.0); R];
    for (b, x) in x.iter().enumerate() {
        let (x, _) = S::as_simd_f32s(x);
        for r in 0..R {
            let mut w = [0.0; PART];
            L::numbers(&rows[r][b], 0, &mut w);
            let (w, _) = S::as_simd_f32s(&w);
            for i in 0..PART / S::F32_LANES {
                sums[r] = simd.mul_add_e_f32s(w[i], x[i], sums[r]);
            }
        }
    }
    let mut out = [0.0; R];
    for r in 0..R {
        out[r] = simd.reduce_sum_f32s(sums[r]);
    }
    out
}
