//! The rows of one tile. The loops are plain; the compiler vectorises them for the instruction set that
//! was chosen when the program started.

use pulp::{Simd, WithSimd};

use super::Layout;

/// Some rows of one head, and the rows of the table for their positions.
pub(super) struct Tile<'a> {
    /// `(rows, head_dim)`
    pub(super) x: &'a mut [f32],
    /// `(rows, 2, pairs)`
    pub(super) table: &'a [f32],
    pub(super) head_dim: usize,
    pub(super) layout: Layout,
}

impl WithSimd for Tile<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let rotary_dim = self.table.len() / (self.x.len() / self.head_dim);
        let rows = self.x.chunks_exact_mut(self.head_dim).zip(self.table.chunks_exact(rotary_dim));
        let pairs = rotary_dim / 2;
        match self.layout {
            Layout::Halves => rows.for_each(
                #[inline(always)]
                |(row, table)| halves(&mut row[..rotary_dim], table.split_at(pairs)),
            ),
            Layout::Interleaved => rows.for_each(
                #[inline(always)]
                |(row, table)| interleaved(&mut row[..rotary_dim], table.split_at(pairs)),
            ),
        }
    }
}

/// The pairs `(i, i + pairs)`.
#[inline(always)]
fn halves(row: &mut [f32], (cos, sin): (&[f32], &[f32])) {
    let (first, second) = row.split_at_mut(cos.len());
    for (((a, b), c), s) in first.iter_mut().zip(second).zip(cos).zip(sin) {
        (*a, *b) = (*a * c - *b * s, *b * c + *a * s);
    }
}

/// The pairs `(2i, 2i + 1)`.
#[inline(always)]
fn interleaved(row: &mut [f32], (cos, sin): (&[f32], &[f32])) {
    for ((pair, c), s) in row.chunks_exact_mut(2).zip(cos).zip(sin) {
        let (a, b) = (pair[0], pair[1]);
        (pair[0], pair[1]) = (a * c - b * s, b * c + a * s);
    }
}
