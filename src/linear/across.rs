//! Rows times tokens with vectors across the tokens: a lane for each.
//!
//! Nothing is added up across a vector, and a number of a row, spread over a vector, serves all tokens of it. So the
//! processor does little beside multiplying and adding. For that the activations are turned, once for all rows; the
//! rows stay as they are.

use pulp::{Simd, WithSimd};
use rayon::prelude::*;

use super::threads::Threads;
use crate::numerics::Scratch;

/// Vectors of tokens of a microkernel.
const WIDE: usize = 2;

/// Rows of a microkernel where there are 32 registers, and where there are 16: with two vectors of tokens 24 or 12 of
/// them are sums.
const MANY: usize = 12;
const FEW: usize = 6;

/// Rows that go together best.
pub(super) const ROWS: usize = MANY;

/// [`turned`] for the processor at hand.
pub(super) struct Turn<'a> {
    pub(super) x: &'a [f32],
    pub(super) columns: usize,
    pub(super) threads: Threads,
}

impl WithSimd for Turn<'_> {
    type Output = Scratch;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Scratch {
        turned::<S>(self.x, self.columns, self.threads)
    }
}

/// Activations, as many tokens as fill whole vectors.
///
/// # Shapes
/// `x (n, columns)` → `(n / lanes, columns, lanes)`
#[inline(always)]
pub(crate) fn turned<S: Simd>(x: &[f32], columns: usize, threads: Threads) -> Scratch {
    let size = S::F32_LANES * columns;
    let mut turned = Scratch::new(x.len() / size * size);
    let vector = |(to, from): (&mut [f32], &[f32])| turn(from, columns, S::F32_LANES, to);
    match threads {
        Threads::One => turned.chunks_exact_mut(size).zip(x.chunks_exact(size)).for_each(vector),
        Threads::All => turned.par_chunks_exact_mut(size).zip(x.par_chunks_exact(size)).for_each(vector),
    }
    turned
}

/// Columns that are turned at a time.
const SQUARE: usize = 16;

/// `(rows, columns)` to `(columns, rows)`, square by square.
#[inline(always)]
fn turn(from: &[f32], columns: usize, rows: usize, to: &mut [f32]) {
    for (i, to) in to.chunks_mut(SQUARE * rows).enumerate() {
        for r in 0..rows {
            let from = &from[r * columns + i * SQUARE..][..to.len() / rows];
            for (to, from) in to[r..].iter_mut().step_by(rows).zip(from) {
                *to = *from;
            }
        }
    }
}

/// Every row times every token.
///
/// # Shapes
/// `rows (rows, columns)`, `x (vectors, columns, lanes)` → the rows from `first` on of each of `out`, one for a token
#[inline(always)]
pub(super) fn products<S: Simd>(
    simd: S,
    columns: usize,
    rows: &[f32],
    x: &[f32],
    first: usize,
    out: &mut [&mut [f32]],
) {
    let (x, _) = S::as_simd_f32s(x);
    let tokens = x.chunks(WIDE * columns).zip(out.chunks_mut(WIDE * S::F32_LANES));
    for (x, out) in tokens {
        match x.len() / columns {
            WIDE => all_rows::<S, WIDE>(simd, columns, rows, x, first, out),
            _ => all_rows::<S, 1>(simd, columns, rows, x, first, out),
        }
    }
}

/// All rows times `V` vectors of tokens.
#[inline(always)]
fn all_rows<S: Simd, const V: usize>(
    simd: S,
    columns: usize,
    rows: &[f32],
    x: &[S::f32s],
    first: usize,
    out: &mut [&mut [f32]],
) {
    let count = rows.len() / columns;
    let mut r = 0;
    while r < count {
        let some = &rows[r * columns..];
        r += match count - r {
            left if left >= MANY && S::REGISTER_COUNT >= 32 => {
                some_rows::<S, MANY, V>(simd, columns, some, x, first + r, out)
            }
            left if left >= FEW => some_rows::<S, FEW, V>(simd, columns, some, x, first + r, out),
            left if left >= 2 => some_rows::<S, 2, V>(simd, columns, some, x, first + r, out),
            _ => some_rows::<S, 1, V>(simd, columns, some, x, first + r, out),
        };
    }
}

/// `R` rows times `V` vectors of tokens, turned back as they are written; how many rows these were.
#[inline(always)]
fn some_rows<S: Simd, const R: usize, const V: usize>(
    simd: S,
    columns: usize,
    rows: &[f32],
    x: &[S::f32s],
    first: usize,
    out: &mut [&mut [f32]],
) -> usize {
    // Numbers that have an address do not stay in registers: the sums themselves must have none.
    let mut kept = [[simd.splat_f32s(0.0); V]; R];
    sums::<S, R, V>(simd, columns, rows, x, &mut kept);
    for (v, out) in out.chunks_exact_mut(S::F32_LANES).enumerate() {
        let mut lanes: [&[f32]; R] = [&[]; R];
        for r in 0..R {
            lanes[r] = pulp::bytemuck::cast_slice(std::slice::from_ref(&kept[r][v]));
            lanes[r] = &lanes[r][..S::F32_LANES];
        }
        for (t, out) in out.iter_mut().enumerate() {
            let out = &mut out[first..][..R];
            for r in 0..R {
                out[r] = lanes[r][t];
            }
        }
    }
    R
}

/// Columns whose products are added up before they join the others: so rounding grows with the root of this many
/// columns and not of all.
const RUN: usize = 192;

/// The sums stay in registers over a run of columns.
#[inline(always)]
fn sums<S: Simd, const R: usize, const V: usize>(
    simd: S,
    columns: usize,
    rows: &[f32],
    x: &[S::f32s],
    kept: &mut [[S::f32s; V]; R],
) {
    for first in (0..columns).step_by(RUN) {
        let length = RUN.min(columns - first);
        let mut w: [&[f32]; R] = [&[]; R];
        for r in 0..R {
            w[r] = &rows[r * columns + first..][..length];
        }
        let mut tokens: [&[S::f32s]; V] = [&[]; V];
        for v in 0..V {
            tokens[v] = &x[v * columns + first..][..length];
        }
        let mut sums = [[simd.splat_f32s(0.0); V]; R];
        for i in 0..length {
            let mut token = [simd.splat_f32s(0.0); V];
            for v in 0..V {
                token[v] = tokens[v][i];
            }
            for r in 0..R {
                let weight = simd.splat_f32s(w[r][i]);
                for v in 0..V {
                    sums[r][v] = simd.mul_add_e_f32s(weight, token[v], sums[r][v]);
                }
            }
        }
        for r in 0..R {
            for v in 0..V {
                kept[r][v] = simd.add_f32s(kept[r][v], sums[r][v]);
            }
        }
    }
}
