//! Rows that a fast kernel cannot answer: what it left as not finite is computed again, with care.
//!
//! In `f32` a score of 6e38 overflows, and sums of ∞ and −∞ are NaN where the readable twin, in `f64`, has
//! an answer. The fast kernels let all of that through as NaN, and leave a query without any weight as NaN
//! too. Looking for it afterwards costs one pass over the output.

use ndarray::{Array1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis};

use super::readable::average;
use crate::numerics::softmax::softmax;

/// Computes the rows of one head again that are not finite, as the readable twin does.
///
/// # Shapes
/// `q (n_q, d_k)`, `k (n_k, d_k)`, `v (n_k, d_v)`, `out (n_q, d_v)`; `sees(i, j)`: may query `i` see key `j`?
pub(super) fn repair<T: Copy + Into<f32>>(
    mut out: ArrayViewMut2<f32>,
    q: ArrayView2<f32>,
    (k, v): (ArrayView2<T>, ArrayView2<T>),
    sees: impl Fn(usize, usize) -> bool,
) {
    for (i, mut row) in out.axis_iter_mut(Axis(0)).enumerate() {
        if !row.iter().all(|x| x.is_finite()) {
            again(row.view_mut(), q.row(i).to_vec(), (k, v), |j| sees(i, j));
        }
    }
}

/// One row in `f64`.
#[cold]
fn again<T: Copy + Into<f32>>(
    mut row: ArrayViewMut1<f32>,
    query: Vec<f32>,
    (k, v): (ArrayView2<T>, ArrayView2<T>),
    sees: impl Fn(usize) -> bool,
) {
    let mut scores = Array1::from_elem(k.nrows(), f64::NEG_INFINITY);
    for (j, (score, key)) in scores.iter_mut().zip(k.axis_iter(Axis(0))).enumerate() {
        if sees(j) {
            let dot: f64 = query.iter().zip(key).map(|(&q, &k)| f64::from(q) * f64::from(k.into())).sum();
            *score = dot / (query.len() as f64).sqrt();
            if score.is_nan() {
                return row.fill(f32::NAN); // no other score can change that
            }
        }
    }
    let weights = softmax(scores.view());
    let exact = average(scores.view(), weights.view(), v.mapv(|x| f64::from(x.into())).view());
    row.zip_mut_with(&exact, |to, &x| *to = x as f32);
}
