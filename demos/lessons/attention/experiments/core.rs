//! Attention weights of given queries and keys, and how far rows are from summing to 1.

use concepts::attention::{AttentionError, Mask, attention_trace};
use ndarray::{Array2, Axis};

/// The attention weights of queries and keys.
pub(crate) fn weights(q: &Array2<f64>, k: &Array2<f64>, mask: &Mask) -> Result<Array2<f64>, AttentionError> {
    let v = Array2::zeros((k.nrows(), 1));
    attention_trace(q.view(), k.view(), v.view(), mask).map(|trace| trace.weights)
}

/// How far the worst row is from summing to 1.
pub(crate) fn row_sum_error(weights: &Array2<f64>) -> f64 {
    weights.sum_axis(Axis(1)).iter().map(|sum| (sum - 1.0).abs()).fold(0.0, worse)
}

/// The larger of two errors; NaN counts as the worst.
pub(crate) fn worse(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

/// How far an output leaves, in any column, the range of the values that it averages.
pub(crate) fn outside(output: &Array2<f64>, values: &Array2<f64>) -> f64 {
    let mut most = 0.0;
    for (column, value) in output.columns().into_iter().zip(values.columns()) {
        let low = value.fold(f64::INFINITY, |a, &b| a.min(b));
        let high = value.fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        most = column.iter().map(|x| (low - x).max(x - high).max(0.0)).fold(most, worse);
    }
    most
}
