//! Many tokens: a panel of rows is unpacked once, and all tokens use it.
//!
//! As many as fill whole vectors are computed [`across`], a lane for each; the few that are left by [`dots`]. What
//! unpacks is compiled for every encoding, what multiplies only once: the two meet in memory, a panel at a time.

use std::marker::PhantomData;

use pulp::{Arch, Simd, WithSimd};

use super::layout::{Layout, PART};
use super::{across, dots};
use crate::numerics::Scratch;

/// Rows that are unpacked together, for few tokens and for many: with few they stay as near as can be, with many the
/// tokens pass by less often.
const SHORT: usize = across::ROWS;
pub(super) const TALL: usize = 4 * across::ROWS;

/// Tokens from which panels are tall.
const MANY: usize = 64;

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
pub(super) struct Many<'a, 'o, W> {
    pub(super) source: W,
    /// `(n, columns)`, columns a multiple of [`PART`]
    pub(super) x: &'a [f32],
    /// The same, [turned](across::Turn).
    pub(super) turned: &'a [f32],
    pub(super) columns: usize,
    /// For each token as many as there are rows.
    pub(super) out: &'a mut [&'o mut [f32]],
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
        // As slices: where a vector begins would be read anew for each part, lest the row lie over it.
        let (d, m) = (&d[..], &m[..]);
        let (to, _) = to.as_chunks_mut::<PART>();
        for (i, to) in to.iter_mut().enumerate() {
            // Not in place: what is written and read again at once is waited for.
            let mut q = [0.0; PART];
            L::numbers(&blocks[i / L::PARTS], i % L::PARTS, &mut q);
            let (q, _) = S::as_simd_f32s(&q);
            let (to, _) = S::as_mut_simd_f32s(to);
            for (to, &q) in to.iter_mut().zip(q) {
                let scaled = if L::SCALED { simd.mul_f32s(q, simd.splat_f32s(d[i])) } else { q };
                *to = if L::MINIMA { simd.add_f32s(scaled, simd.splat_f32s(m[i])) } else { scaled };
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

impl<W: Source> Many<'_, '_, W> {
    pub(super) fn run(self) {
        let Many { source, x, turned, columns, out } = self;
        let rows = out.first().map_or(0, |out| out.len());
        let most = if out.len() >= MANY { TALL } else { SHORT }.min(rows);
        let mut panel = Scratch::new(most * columns);
        let mut scales = [Vec::new(), Vec::new()];
        let arch = Arch::new(); // asked once: what a processor has takes longer to find out than a row to unpack
        for first in (0..rows).step_by(most) {
            let panel = &mut panel[..most.min(rows - first) * columns];
            let scales = &mut scales;
            arch.dispatch(Unpack { source: &source, first, columns, panel, scales });
            arch.dispatch(Products { columns, rows: panel, x: [x, turned], first, out });
        }
    }
}

/// Some rows of a source, from the first on.
struct Unpack<'a, W> {
    source: &'a W,
    first: usize,
    columns: usize,
    /// `(rows, columns)`
    panel: &'a mut [f32],
    scales: &'a mut [Vec<f32>; 2],
}

impl<W: Source> WithSimd for Unpack<'_, W> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for (r, to) in self.panel.chunks_exact_mut(self.columns).enumerate() {
            self.source.unpack(simd, self.first + r, to, self.scales);
        }
    }
}

/// Every row times every token.
///
/// # Shapes
/// `rows (rows, columns)`, `x (n, columns)` and [`turned`](across::turned) → the rows from `first` on of each of `out`,
/// one for a token
pub(crate) fn products(columns: usize, rows: &[f32], x: [&[f32]; 2], first: usize, out: &mut [&mut [f32]]) {
    Arch::new().dispatch(Products { columns, rows, x, first, out });
}

/// The same, for the kind of vectors that is chosen.
pub(super) struct Products<'a, 'o> {
    pub(super) columns: usize,
    pub(super) rows: &'a [f32],
    pub(super) x: [&'a [f32]; 2],
    pub(super) first: usize,
    pub(super) out: &'a mut [&'o mut [f32]],
}

impl WithSimd for Products<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Products { columns, rows, x: [x, turned], first, out } = self;
        let (whole, few) = out.split_at_mut(turned.len() / columns);
        across::products(simd, columns, rows, turned, first, whole);
        if few.is_empty() {
            return;
        }
        let n = few.len();
        let mut products = Scratch::new(rows.len() / columns * n);
        dots::products(simd, columns, rows, &x[whole.len() * columns..], &mut products);
        for (t, out) in few.iter_mut().enumerate() {
            let products = products[t..].iter().step_by(n);
            out[first..].iter_mut().zip(products).for_each(|(to, y)| *to = *y);
        }
    }
}
