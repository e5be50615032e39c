//! One token: the bytes of a row become numbers in registers and are multiplied there.

use std::marker::PhantomData;

use pulp::{Simd, WithSimd};

use super::layout::{Layout, PART};

/// Rows that go side by side: they share each load of the activations, and their sums do not wait for each other.
const ROWS: usize = 4;

/// Some rows of a matrix times one vector.
pub(super) struct One<'a, L, const BYTES: usize> {
    pub(super) layout: PhantomData<L>,
    /// The rows, block after block.
    pub(super) blocks: &'a [[u8; BYTES]],
    /// `(columns)`
    pub(super) x: &'a [f32],
    /// `(rows)`
    pub(super) out: &'a mut [f32],
}

/// `d` and `m` of the rows that are at work, part after part.
struct Scales {
    d: Vec<f32>,
    m: Vec<f32>,
}

impl<L: Layout<BYTES>, const BYTES: usize> WithSimd for One<'_, L, BYTES> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (x, _) = self.x.as_chunks::<PART>();
        let width = x.len() / L::PARTS;
        let room = |there: bool| vec![0.0; usize::from(there) * ROWS * x.len()];
        let mut scales = Scales { d: room(L::SCALED), m: room(L::MINIMA) };
        let (fours, rest) = self.out.as_chunks_mut::<ROWS>();
        let (of_fours, of_rest) = self.blocks.split_at(fours.len() * ROWS * width);
        for (blocks, out) in of_fours.chunks_exact(ROWS * width).zip(fours) {
            *out = dots::<S, L, BYTES, ROWS>(simd, blocks, x, &mut scales);
        }
        for (blocks, out) in of_rest.chunks_exact(width).zip(rest) {
            [*out] = dots::<S, L, BYTES, 1>(simd, blocks, x, &mut scales);
        }
    }
}

/// `Σ_p d_p (q_p · x_p) + m_p Σ x_p` for each of `R` rows.
#[inline(always)]
fn dots<S: Simd, L: Layout<BYTES>, const BYTES: usize, const R: usize>(
    simd: S,
    blocks: &[[u8; BYTES]],
    x: &[[f32; PART]],
    scales: &mut Scales,
) -> [f32; R] {
    let width = blocks.len() / R;
    let parts = width * L::PARTS * R;
    let (d_room, m_room) = (usize::from(L::SCALED) * parts, usize::from(L::MINIMA) * parts);
    L::scales(blocks, &mut scales.d[..d_room], &mut scales.m[..m_room]);
    let mut rows: [&[[u8; BYTES]]; R] = [&[]; R];
    let mut d: [&[f32]; R] = [&[]; R];
    let mut m: [&[f32]; R] = [&[]; R];
    for r in 0..R {
        rows[r] = &blocks[r * width..][..width];
        if L::SCALED {
            d[r] = &scales.d[r * x.len()..][..x.len()];
        }
        if L::MINIMA {
            m[r] = &scales.m[r * x.len()..][..x.len()];
        }
    }
    let mut sums = [simd.splat_f32s(0.0); R];
    for (b, x) in x.chunks_exact(L::PARTS).enumerate().take(width) {
        for (p, x) in x.iter().enumerate() {
            let (x, _) = S::as_simd_f32s(x);
            let sum_x = if L::MINIMA { total(simd, x) } else { x[0] };
            for r in 0..R {
                let mut q = [0.0; PART];
                L::numbers(&rows[r][b], p, &mut q);
                let (q, _) = S::as_simd_f32s(&q);
                if L::SCALED {
                    let dot = product(simd, q, x, simd.mul_f32s(q[0], x[0]));
                    let d = simd.splat_f32s(d[r][b * L::PARTS + p]);
                    sums[r] = simd.mul_add_e_f32s(d, dot, sums[r]);
                } else {
                    sums[r] = product(simd, q, x, simd.mul_add_e_f32s(q[0], x[0], sums[r]));
                }
                if L::MINIMA {
                    let m = simd.splat_f32s(m[r][b * L::PARTS + p]);
                    sums[r] = simd.mul_add_e_f32s(m, sum_x, sums[r]);
                }
            }
        }
    }
    let mut out = [0.0; R];
    for r in 0..R {
        out[r] = simd.reduce_sum_f32s(sums[r]);
    }
    out
}

/// `first + Σ_{i > 0} a_i b_i` over a part, lane by lane. A loop of a constant length, so that it is unrolled.
#[inline(always)]
fn product<S: Simd>(simd: S, a: &[S::f32s], b: &[S::f32s], first: S::f32s) -> S::f32s {
    let mut sum = first;
    for i in 1..PART / S::F32_LANES {
        sum = simd.mul_add_e_f32s(a[i], b[i], sum);
    }
    sum
}

/// The sum of a part, lane by lane.
#[inline(always)]
fn total<S: Simd>(simd: S, x: &[S::f32s]) -> S::f32s {
    let mut sum = x[0];
    for i in 1..PART / S::F32_LANES {
        sum = simd.add_f32s(sum, x[i]);
    }
    sum
}
