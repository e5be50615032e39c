//! Right and wrong ways to apply a mask.

use concepts::attention::{AttentionError, Mask};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::{max_abs, normal, rng};
use ndarray::{Array2, Axis, concatenate};

use super::core::{row_sum_error, weights};

/// Tokens, and their width.
pub(crate) const N: usize = 8;
pub(crate) const D: usize = 4;
/// The first token that is changed, and the number of keys that are not padding.
pub(crate) const CUT: usize = 4;

/// How a mask can be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Applied {
    /// The score becomes −∞ before the softmax.
    Before,
    /// The score becomes 0 before the softmax.
    AsZero,
    /// The weight becomes 0 after the softmax.
    After,
    /// Before the softmax, but the causal rule is `j ≤ i + 1`.
    OneTooMany,
    /// Before the softmax, but the causal rule is `j < i`.
    OneTooFew,
    /// Before the softmax, but hidden and seen are exchanged.
    Inverted,
}

/// What a mask hides, and what it leaves alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hidden {
    /// Causal: how far the outputs before the change move.
    pub past: f64,
    /// Causal: how far those from the change on move.
    pub future: f64,
    /// The largest weight on a padded key.
    pub on_padding: f64,
    /// How far the rows are from summing to 1 beside padding.
    pub row_sums: f64,
    /// The smallest weight on a pair that may be seen.
    pub least_seen: f64,
    /// The largest weight where every key is hidden.
    pub blind: f64,
}

/// What masks hide if they are applied like this.
pub(crate) fn hidden(applied: Applied, seed: u64) -> Result<Hidden, AttentionError> {
    let mut rng = rng(seed, "C10");
    let mut draw = || normal((N, D), 1.0, &mut rng);
    let (q, k, v, other) = (draw(), draw(), draw(), draw());
    let padding = Mask::Padding((0..N).map(|j| j < CUT).collect());
    // Everything from CUT on is replaced.
    let changed = |x: &Array2<f64>| concatenate![Axis(0), rows(x, 0..CUT), rows(&other, CUT..N)];
    let causal = masked(&q, &k, &Mask::Causal, applied)?;
    let causal_changed = masked(&changed(&q), &changed(&k), &Mask::Causal, applied)?;
    let moved = causal_changed.dot(&changed(&v)) - causal.dot(&v);
    let padded = masked(&q, &k, &padding, applied)?;
    let least = smallest_seen(&causal, &Mask::Causal).min(smallest_seen(&padded, &padding));
    let blind = masked(&q, &k, &Mask::Padding(vec![false; N]), applied)?;
    Ok(Hidden {
        past: max_abs(&rows(&moved, 0..CUT)),
        future: max_abs(&rows(&moved, CUT..N)),
        on_padding: max_abs(&rows(&padded.t().to_owned(), CUT..N)),
        row_sums: row_sum_error(&padded),
        least_seen: least,
        blind: max_abs(&blind),
    })
}

/// Rows of `x`, in this order.
pub(crate) fn rows(x: &Array2<f64>, order: impl IntoIterator<Item = usize>) -> Array2<f64> {
    x.select(Axis(0), &order.into_iter().collect::<Vec<_>>())
}

fn masked(
    q: &Array2<f64>,
    k: &Array2<f64>,
    mask: &Mask,
    applied: Applied,
) -> Result<Array2<f64>, AttentionError> {
    let hidden = mask.table(q.nrows(), k.nrows()).mapv(|seen| !seen);
    let blank = |mut x: Array2<f64>| {
        x.zip_mut_with(&hidden, |x, &hidden| {
            if hidden {
                *x = 0.0;
            }
        });
        x
    };
    match applied {
        Applied::Before => weights(q, k, mask),
        Applied::AsZero => Ok(softmax_rows(&blank(q.dot(&k.t()) / (q.ncols() as f64).sqrt()))),
        Applied::After => weights(q, k, &Mask::None).map(blank),
        Applied::OneTooMany => weights(q, k, &shifted(mask, 1)),
        Applied::OneTooFew => weights(q, k, &shifted(mask, -1)),
        Applied::Inverted => weights(q, k, &Mask::Pairs(hidden)),
    }
}

/// A causal mask whose last visible key is this many places further on; any other mask as it is.
fn shifted(mask: &Mask, by: isize) -> Mask {
    if *mask != Mask::Causal {
        return mask.clone();
    }
    Mask::Pairs(Array2::from_shape_fn((N, N), |(i, j)| j as isize <= i as isize + by))
}

/// The smallest weight on a pair that may be seen; NaN counts as the smallest.
fn smallest_seen(weights: &Array2<f64>, mask: &Mask) -> f64 {
    let seen = mask.table(weights.nrows(), weights.ncols());
    let pairs = weights.iter().zip(&seen).filter(|(_, seen)| **seen).map(|(weight, _)| *weight);
    pairs.fold(f64::INFINITY, |least, weight| if weight.is_nan() { weight } else { least.min(weight) })
}
