//! Rows times tokens with vectors along the columns: neither side has to be rearranged.
//!
//! A microkernel keeps the sums of 4 rows and 3 tokens in registers: 12 of 16, beside what they are made from. In the
//! end each sum is added up across its vector: that pays only where tokens do not fill vectors, as
//! [`across`](super::across) needs it.

use pulp::Simd;

/// Rows and tokens of a microkernel.
const ROWS: usize = 4;
const TOKENS: usize = 3;

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
pub(super) fn products<S: Simd>(simd: S, columns: usize, panel: &[f32], x: &[f32], out: &mut [f32]) {
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
