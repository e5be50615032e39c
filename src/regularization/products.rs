//! Products of vectors in `f64`: one, many added up, and all of a table's columns.

use ndarray::ArrayView2;
use pulp::{Arch, Simd, WithSimd};

/// Sums that run side by side: a single one would wait for each addition to end before the next begins.
const LANES: usize = 8;
/// A tile: so many columns by so many, each product in a register of its own.
const TALL: usize = 4;
const WIDE: usize = 3;
/// Rows of a chunk, and columns that meet all others in it: they stay in the nearest cache.
const CHUNK: usize = 512;
const BLOCK: usize = 2 * WIDE;

/// `Σ aᵢ bᵢ`, over the shorter one's length.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let shorter = a.len().min(b.len());
    let (a, b) = (a[..shorter].chunks_exact(LANES), b[..shorter].chunks_exact(LANES));
    let last: f64 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    let mut sums = [0.0; LANES];
    for (a, b) in a.zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    last + sums.iter().sum::<f64>()
}

/// `c ← c − Σ wᵢ gᵢ`, four at a time, so that `c` is read and written once for all four.
pub(super) fn subtract(c: &mut [f64], terms: &[(f64, &[f64])]) {
    let fours = terms.chunks_exact(4);
    for &(w, g) in fours.remainder() {
        c.iter_mut().zip(g).for_each(|(c, g)| *c -= w * g);
    }
    for four in fours {
        let [w0, w1, w2, w3] = [0, 1, 2, 3].map(|i| four[i].0);
        let pairs = four[0].1.iter().zip(four[1].1).zip(four[2].1.iter().zip(four[3].1));
        for (c, ((g0, g1), (g2, g3))) in c.iter_mut().zip(pairs) {
            *c -= (w0 * g0 + w1 * g1) + (w2 * g2 + w3 * g3);
        }
    }
}

/// The products of all columns, which are the rows of `columns (p, n)`, with one another: `p` rows of `p`.
///
/// They are symmetric, so that half of them are made, in tiles; the others are copied.
pub(super) fn all(columns: ArrayView2<f64>) -> Vec<Vec<f64>> {
    let columns = columns.as_standard_layout();
    let slices: Vec<&[f64]> = columns.outer_iter().filter_map(|row| row.to_slice()).collect();
    let p = slices.len();
    let mut products = vec![vec![0.0; p]; p];
    Arch::new().dispatch(All { columns: &slices, products: &mut products });
    for i in 0..p {
        let (above, from_here) = products.split_at_mut(i);
        above.iter_mut().zip(&from_here[0]).for_each(|(row, product)| row[i] = *product);
    }
    products
}

struct All<'a> {
    columns: &'a [&'a [f64]],
    /// What lies on and below the diagonal is filled.
    products: &'a mut [Vec<f64>],
}

impl WithSimd for All<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (p, n) = (self.columns.len(), self.columns.first().map_or(0, |column| column.len()));
        for first in (0..n).step_by(CHUNK) {
            let chunks = self.columns.iter().map(|column| &column[first..n.min(first + CHUNK)]);
            let parts: Vec<Part<'_, S>> = chunks.map(S::as_simd_f64s).collect();
            for block in (0..p).step_by(BLOCK) {
                for i in (block / TALL * TALL..p).step_by(TALL) {
                    for j in (block..p.min(block + BLOCK)).step_by(WIDE) {
                        let sums = tile(simd, &parts, i, j);
                        for row in i..p.min(i + TALL) {
                            for column in j..(row + 1).min(j + WIDE) {
                                self.products[row][column] += sums[row - i][column - j];
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A column within a chunk: whole vectors, and the rest.
type Part<'a, S> = (&'a [<S as Simd>::f64s], &'a [f64]);

/// The products of `TALL` columns from `i` on with `WIDE` from `j` on. Beyond the last column it is the last one.
#[inline(always)]
fn tile<S: Simd>(simd: S, parts: &[Part<'_, S>], i: usize, j: usize) -> [[f64; WIDE]; TALL] {
    let last = parts.len() - 1;
    let a: [Part<'_, S>; TALL] = std::array::from_fn(|k| parts[last.min(i + k)]);
    let b: [Part<'_, S>; WIDE] = std::array::from_fn(|k| parts[last.min(j + k)]);
    let length = a[0].0.len();
    let mut sums = [[simd.splat_f64s(0.0); WIDE]; TALL];
    let heads: [&[S::f64s]; TALL] = std::array::from_fn(|k| &a[k].0[..length]);
    let sides: [&[S::f64s]; WIDE] = std::array::from_fn(|k| &b[k].0[..length]);
    for at in 0..length {
        for (sums, head) in sums.iter_mut().zip(&heads) {
            for (sum, side) in sums.iter_mut().zip(&sides) {
                *sum = simd.mul_add_f64s(head[at], side[at], *sum);
            }
        }
    }
    let mut whole = [[0.0; WIDE]; TALL];
    for (row, whole) in whole.iter_mut().enumerate() {
        for (column, whole) in whole.iter_mut().enumerate() {
            *whole = simd.reduce_sum_f64s(sums[row][column]) + dot(a[row].1, b[column].1);
        }
    }
    whole
}
