//! Many tokens: a panel of rows is unpacked once, and all tokens use it.
//!
//! Vectors run along the columns, so that neither the weights nor the activations have to be rearranged. A microkernel
//! keeps the sums of 4 rows and 3 tokens in registers: 12 of 16, beside what they are made from.

use std::marker::PhantomData;

use pulp::{Simd, WithSimd};

use super::layout::{Layout, PART};

/// Rows that are unpacked together.
const PANEL: usize = 16;

/// Rows and tokens of a microkernel.
const ROWS: usize = 4;
const TOKENS: usize = 3;

/// Where the numbers of a row come from.
pub(super) trait Source {
    /// The weights of row `row`, zeros behind the last.
    fn unpack<S: Simd>(&self, simd: S, row: usize, to: &mut [f32], scales: &mut [Vec<f32>; 2]);
}

/// Rows that vectors unpack.
pub(super) struct Packed<'a, L, const BYTES: usize> {
    pub(super) layout: PhantomData<L>,
    pub(super) blocks: &'a [[u8; BYTES]],
    /// Blocks of a row.
    pub(super) width: usize,
}

/// Rows that somebody else decodes.
pub(super) struct Decoded<F>(pub(super) F);

/// Some rows of a matrix times many vectors.
pub(super) struct Many<'a, W> {
    pub(super) source: W,
    /// `(n, columns)`, columns a multiple of [`PART`]
    pub(super) x: &'a [f32],
    pub(super) columns: usize,
    /// `(rows, n)`
    pub(super) out: &'a mut [f32],
}

impl<L: Layout<BYTES>, const BYTES: usize> Source for Packed<'_, L, BYTES> {
    #[inline(always)]
    fn unpack<S: Simd>(&self, simd: S, row: usize, to: &mut [f32], scales: &mut [Vec<f32>; 2]) {
        let blocks = &self.blocks[row * self.width..][..self.width];
        let [d, m] = scales;
        let parts = if L::SCALED { self.width * L::PARTS } else { 0 };
        d.resize(parts, 1.0);
        m.resize(if L::MINIMA { parts } else { 0 }, 0.0);
        L::scales(blocks, d, m);
        let (to, _) = to.as_chunks_mut::<PART>();
        for (i, to) in to.iter_mut().enumerate() {
            L::numbers(&blocks[i / L::PARTS], i % L::PARTS, to);
            let (to, _) = S::as_mut_simd_f32s(to);
            for to in to {
                if L::SCALED {
                    *to = simd.mul_f32s(*to, simd.splat_f32s(d[i]));
                }
                if L::MINIMA {
                    *to = simd.add_f32s(*to, simd.splat_f32s(m[i]));
                }
            }
        }
    }
}

impl<F: Fn(usize, &mut [f32])> Source for Decoded<F> {
    #[inline(always)]
    fn unpack<S: Simd>(&self, _: S, row: usize, to: &mut [f32], _: &mut [Vec<f32>; 2]) {
        (self.0)(row, to);
    }
}

impl<W: Source> WithSimd for Many<'_, W> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Many { source, x, columns, out } = self;
        let n = x.len() / columns;
        let mut panel = vec![0.0; PANEL.min(out.len() / n) * columns];
        let mut scales = [Vec::new(), Vec::new()];
        for (p, out) in out.chunks_mut(PANEL * n).enumerate() {
            let panel = &mut panel[..out.len() / n * columns];
            for (r, to) in panel.chunks_exact_mut(columns).enumerate() {
                source.unpack(simd, p * PANEL + r, to, &mut scales);
            }
            products(simd, columns, panel, x, out);
        }
    }
}

#[derive(Clone, Copy)]
struct Sizes {
    n: usize,
    columns: usize,
}

/// Every row times every token, three tokens at a time, so that these stay near while the rows pass by.
///
/// # Shapes
/// `rows (rows, columns)`, `x (n, columns)`, columns a multiple of 16 → `out (rows, n)`
#[inline(always)]
pub(crate) fn products<S: Simd>(simd: S, columns: usize, panel: &[f32], x: &[f32], out: &mut [f32]) {
    let n = x.len() / columns;
    let sizes = Sizes { n, columns };
    let mut first = 0;
    while first < n {
        let tokens = &x[first * columns..];
        let step = step(n - first);
        match step {
            TOKENS => all_rows::<S, TOKENS>(simd, sizes, panel, tokens, &mut out[first..]),
            2 => all_rows::<S, 2>(simd, sizes, panel, tokens, &mut out[first..]),
            _ => all_rows::<S, 1>(simd, sizes, panel, tokens, &mut out[first..]),
        }
        first += step;
    }
}

/// How many of the tokens that are left go next. Four go as two and two: a single one leaves the sums waiting for
/// each other.
fn step(left: usize) -> usize {
    match left {
        1 | 2 => left,
        4 => 2,
        _ => TOKENS,
    }
}

/// All rows of a panel times `T` tokens.
#[inline(always)]
fn all_rows<S: Simd, const T: usize>(simd: S, sizes: Sizes, panel: &[f32], x: &[f32], out: &mut [f32]) {
    let Sizes { n, columns } = sizes;
    let rows = panel.len() / columns;
    let whole = rows / ROWS * ROWS;
    for r in (0..whole).step_by(ROWS) {
        dots::<S, ROWS, T>(simd, sizes, &panel[r * columns..], x, &mut out[r * n..]);
    }
    for r in whole..rows {
        dots::<S, 1, T>(simd, sizes, &panel[r * columns..], x, &mut out[r * n..]);
    }
}

/// `R` rows times `T` tokens; the sums stay in registers over all columns.
#[inline(always)]
fn dots<S: Simd, const R: usize, const T: usize>(
    simd: S,
    Sizes { n, columns }: Sizes,
    rows: &[f32],
    tokens: &[f32],
    out: &mut [f32],
) {
    let vectors = columns / S::F32_LANES;
    let mut w: [&[S::f32s]; R] = [&[]; R];
    let mut x: [&[S::f32s]; T] = [&[]; T];
    for r in 0..R {
        (w[r], _) = S::as_simd_f32s(&rows[r * columns..][..columns]);
        w[r] = &w[r][..vectors];
    }
    for t in 0..T {
        (x[t], _) = S::as_simd_f32s(&tokens[t * columns..][..columns]);
        x[t] = &x[t][..vectors];
    }
    let mut sums = [[simd.splat_f32s(0.0); T]; R];
    for i in 0..vectors {
        // The tokens first: three of them and one row beside twelve sums are all registers there are.
        let mut token = [simd.splat_f32s(0.0); T];
        for t in 0..T {
            token[t] = x[t][i];
        }
        for r in 0..R {
            let row = w[r][i];
            for t in 0..T {
                sums[r][t] = simd.mul_add_e_f32s(row, token[t], sums[r][t]);
            }
        }
    }
    for r in 0..R {
        for t in 0..T {
            out[r * n + t] = simd.reduce_sum_f32s(sums[r][t]);
        }
    }
}
