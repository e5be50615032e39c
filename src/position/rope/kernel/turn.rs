//! The loop over heads, positions and pairs. It is plain: the compiler vectorises it for the instruction
//! set that is chosen when the program runs.

use pulp::{Simd, WithSimd};

use super::Layout;

/// Pairs that are turned side by side. Measured: 8 (half of the widest vector) is faster than 16, since
/// numbers that do not start on a cache line then straddle two lines only half as often.
const LANES: usize = 8;

/// All of the work, waiting for an instruction set.
pub(super) struct Turn<'a> {
    /// `(heads, n, head_dim)`
    pub(super) x: &'a mut [f32],
    /// `(n, 2, pairs)`
    pub(super) table: &'a [f32],
    pub(super) n: usize,
    pub(super) head_dim: usize,
    pub(super) layout: Layout,
}

impl WithSimd for Turn<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        match self.layout {
            Layout::Halves => self.each_row(halves),
            Layout::Interleaved => self.each_row(interleaved),
        }
    }
}

impl Turn<'_> {
    /// The rotated features of each row, with the cosines and sines of its position.
    #[inline(always)]
    fn each_row(self, turn: impl Fn(&mut [f32], (&[f32], &[f32]))) {
        let rotary_dim = self.table.len() / self.n;
        for head in self.x.chunks_exact_mut(self.n * self.head_dim) {
            let rows = head.chunks_exact_mut(self.head_dim).zip(self.table.chunks_exact(rotary_dim));
            for (row, table) in rows {
                turn(&mut row[..rotary_dim], table.split_at(rotary_dim / 2));
            }
        }
    }
}

/// The pairs `(i, i + pairs)`.
#[inline(always)]
fn halves(row: &mut [f32], (cos, sin): (&[f32], &[f32])) {
    let (first, second) = row.split_at_mut(cos.len());
    let (firsts, first) = first.as_chunks_mut::<LANES>();
    let (seconds, second) = second.as_chunks_mut::<LANES>();
    let (coss, cos) = cos.as_chunks::<LANES>();
    let (sins, sin) = sin.as_chunks::<LANES>();
    for (((a, b), c), s) in firsts.iter_mut().zip(seconds).zip(coss).zip(sins) {
        let (x, y) = (*a, *b);
        let mut turned = [[0.0; LANES]; 2];
        for l in 0..LANES {
            turned[0][l] = x[l] * c[l] - y[l] * s[l];
            turned[1][l] = y[l] * c[l] + x[l] * s[l];
        }
        [*a, *b] = turned;
    }
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
