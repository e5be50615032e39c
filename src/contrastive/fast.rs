//! InfoNCE in both directions with its gradients, in `f32`, for large batches.
//!
//! One matrix of `N²` logits is made and used up in place; the products go through `matrixmultiply`. Rows of the
//! matrix are padded with −∞ to whole vectors: `2^(−∞) = 0`, so that padding counts for nothing and no loop has a
//! rest. Logits are kept in units of `log₂`, where an exponential is cheapest.

use std::f32::consts::LOG2_E;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};
use pulp::{Arch, Simd, WithSimd};

use super::ContrastiveError;
use super::embed::paired;
use super::error::Side::{self, Images, Texts};
use crate::numerics::exp2;

/// Lanes of the widest vectors: rows are padded to a multiple.
const LANES: usize = 16;
/// Rows that are read while they are still in a near cache.
const BLOCK: usize = 64;

/// The loss with its gradients, in `f32`.
#[derive(Debug, Clone, PartialEq)]
pub struct FastContrast {
    /// The loss.
    pub loss: f64,
    /// By the images' embeddings.
    pub by_images: Array2<f32>,
    /// By the texts' embeddings.
    pub by_texts: Array2<f32>,
    /// By the scale `s = 1/τ`.
    pub by_scale: f64,
}

/// Symmetric InfoNCE, forward and backward: [`contrast`](super::contrast) without a bias, in `f32`.
///
/// # Formula
/// `G = (P_row + P_col − 2I)/(2N)` in the place of the logits; `dX = s G Y`, `dY = s Gᵀ X`, `ds = Σ xᵢ·dxᵢ / s`
///
/// # Shapes
/// `images, texts (N, d)` → a number, two of `(N, d)`, a number. One matrix of `N²` numbers on the way.
///
/// # Errors
/// As [`contrast`](super::contrast); an overflow is refused where `f32` cannot hold the scores.
///
/// # Accuracy
/// A logit is a sum of `d` products in `f32`: relative to the largest one it is off by some `1e-7·√d`.
///
/// # Examples
/// ```
/// use concepts::contrastive::fast_contrast;
/// use ndarray::array;
/// let (images, texts) = (array![[1.0f32, 0.0], [0.0, 1.0]], array![[1.0f32, 0.0], [0.0, 1.0]]);
/// assert!((fast_contrast(images.view(), texts.view(), 1.0)?.loss - 0.313_261_7).abs() < 1e-6);
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn fast_contrast(
    images: ArrayView2<f32>,
    texts: ArrayView2<f32>,
    scale: f32,
) -> Result<FastContrast, ContrastiveError> {
    paired(images.dim(), texts.dim())?;
    if !(scale.is_finite() && scale > 0.0) {
        return Err(ContrastiveError::Temperature { value: 1.0 / f64::from(scale) });
    }
    let largest = longest(images, Images)? * longest(texts, Texts)? * f64::from(scale * LOG2_E);
    // By Cauchy and Schwarz no sum on the way is larger than this.
    if largest.is_nan() || largest > f64::from(f32::MAX) / 8.0 {
        return Err(ContrastiveError::Overflow);
    }
    let n = images.nrows();
    // (N, N), padded
    let mut logits = Array2::from_elem((n, n.next_multiple_of(LANES)), f32::NEG_INFINITY);
    let (rows, columns, diagonal) = forward(images, texts, scale, &mut logits);
    let ln_2 = std::f64::consts::LN_2;
    let both = |i: usize| (f64::from(rows[i]) + f64::from(columns[i])) / 2.0 - f64::from(diagonal[i]);
    let loss = ln_2 * (0..n).map(both).sum::<f64>() / n as f64;
    let arch = Arch::new();
    let factor = scale / (2 * n) as f32;
    for (i, mut row) in logits.outer_iter_mut().enumerate() {
        let row = row.as_slice_mut().unwrap_or_default();
        arch.dispatch(Gradient { row: &mut *row, log_row: rows[i], log_columns: &columns, factor });
        row[i] -= 2.0 * factor;
    }
    // s G, without the padding
    let gradient = logits.slice_axis(Axis(1), Slice::from(..n));
    let (mut by_images, mut by_texts) = (Array2::zeros(images.dim()), Array2::zeros(texts.dim()));
    general_mat_mul(1.0, &gradient, &texts, 0.0, &mut by_images);
    general_mat_mul(1.0, &gradient.t(), &images, 0.0, &mut by_texts);
    let by_scale = dot(images, by_images.view()) / f64::from(scale);
    Ok(FastContrast { loss, by_images, by_texts, by_scale })
}

/// The logits, and the binary logarithms of the sums over rows and over columns, and the logits on the diagonal.
fn forward(
    images: ArrayView2<f32>,
    texts: ArrayView2<f32>,
    scale: f32,
    logits: &mut Array2<f32>,
) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
    let (n, padded) = logits.dim();
    let (mut rows, mut diagonal) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let (mut most, mut sums) = (vec![f32::MIN; padded], vec![0.0f32; padded]);
    let mut part = vec![0.0f32; padded];
    let arch = Arch::new();
    for (block, mut l) in logits.axis_chunks_iter_mut(Axis(0), BLOCK).enumerate() {
        let start = block * BLOCK;
        let x = images.slice_axis(Axis(0), Slice::from(start..start + l.nrows()));
        let mut whole = l.slice_axis_mut(Axis(1), Slice::from(..n));
        general_mat_mul(scale * LOG2_E, &x, &texts.t(), 0.0, &mut whole);
        let l = l.as_slice().unwrap_or_default();
        for (i, row) in l.chunks_exact(padded).enumerate() {
            rows.push(arch.dispatch(RowSum { row }));
            diagonal.push(row[start + i]);
        }
        arch.dispatch(ColumnSums { block: l, most: &mut most, sums: &mut sums, part: &mut part });
    }
    let columns = most.iter().zip(&sums).map(|(most, sum)| most + sum.log2()).collect();
    (rows, columns, diagonal)
}

/// The length of the longest row.
fn longest(z: ArrayView2<f32>, side: Side) -> Result<f64, ContrastiveError> {
    let mut longest = 0.0f64;
    for (i, row) in z.outer_iter().enumerate() {
        let square: f64 = row.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
        if !square.is_finite() {
            let at = row.iter().position(|x| !x.is_finite()).unwrap_or(0);
            let value = f64::from(row[at]);
            return Err(ContrastiveError::NotFinite { side, row: i + 1, column: at + 1, value });
        }
        longest = longest.max(square.sqrt());
    }
    Ok(longest)
}

fn dot(a: ArrayView2<f32>, b: ArrayView2<f32>) -> f64 {
    let rows: Array1<f64> = a.outer_iter().zip(b.outer_iter()).map(|(a, b)| f64::from(a.dot(&b))).collect();
    rows.sum()
}

/// `log₂ Σⱼ 2^(lⱼ)` of a row.
struct RowSum<'a> {
    row: &'a [f32],
}

impl WithSimd for RowSum<'_> {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f32 {
        let (row, _) = S::as_simd_f32s(self.row);
        let most = row.iter().fold(simd.splat_f32s(f32::MIN), |most, l| simd.max_f32s(most, *l));
        let most = simd.reduce_max_f32s(most);
        let shift = simd.splat_f32s(most);
        let sum = row
            .iter()
            .fold(simd.splat_f32s(0.0), |sum, l| simd.add_f32s(sum, exp2(simd, simd.sub_f32s(*l, shift))));
        most + simd.reduce_sum_f32s(sum).log2()
    }
}

/// Takes a block of rows into the largest entry of every column and the sum below it.
struct ColumnSums<'a> {
    block: &'a [f32],
    most: &'a mut [f32],
    sums: &'a mut [f32],
    part: &'a mut [f32],
}

impl WithSimd for ColumnSums<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let padded = self.most.len();
        let (most, _) = S::as_mut_simd_f32s(self.most);
        let (sums, _) = S::as_mut_simd_f32s(self.sums);
        let (part, _) = S::as_mut_simd_f32s(self.part);
        part.copy_from_slice(most);
        for row in self.block.chunks_exact(padded) {
            for (most, l) in most.iter_mut().zip(S::as_simd_f32s(row).0) {
                *most = simd.max_f32s(*most, *l);
            }
        }
        for ((sum, old), most) in sums.iter_mut().zip(part.iter_mut()).zip(&*most) {
            *sum = simd.mul_f32s(*sum, exp2(simd, simd.sub_f32s(*old, *most)));
            *old = simd.splat_f32s(0.0);
        }
        for row in self.block.chunks_exact(padded) {
            let row = S::as_simd_f32s(row).0;
            for ((part, l), most) in part.iter_mut().zip(row).zip(&*most) {
                *part = simd.add_f32s(*part, exp2(simd, simd.sub_f32s(*l, *most)));
            }
        }
        for (sum, part) in sums.iter_mut().zip(&*part) {
            *sum = simd.add_f32s(*sum, *part);
        }
    }
}

/// A row of `s (P_row + P_col)/(2N)`, in the place of its logits.
struct Gradient<'a> {
    row: &'a mut [f32],
    log_row: f32,
    log_columns: &'a [f32],
    factor: f32,
}

impl WithSimd for Gradient<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (row, _) = S::as_mut_simd_f32s(self.row);
        let (columns, _) = S::as_simd_f32s(self.log_columns);
        let (log_row, factor) = (simd.splat_f32s(self.log_row), simd.splat_f32s(self.factor));
        for (l, log_column) in row.iter_mut().zip(columns) {
            let of_row = exp2(simd, simd.sub_f32s(*l, log_row));
            let of_column = exp2(simd, simd.sub_f32s(*l, *log_column));
            *l = simd.mul_f32s(factor, simd.add_f32s(of_row, of_column));
        }
    }
}
