//! What to write oneself: attention in all its forms.

mod attention;
mod attention_backward;
mod cross_attention;
mod kv_cache_step;
mod log_softmax;
mod multi_head;
mod online_softmax;
mod softmax;

use concepts::numerics::softmax::softmax_rows;
use ndarray::Array2;

use crate::kit::exercise::Exercise;
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// Softmax of each row, as one writes it who does not expect a row of −∞ alone: that becomes NaN.
fn plain_softmax_rows(scores: &Array2<f64>) -> Array2<f64> {
    let mut weights = softmax_rows(scores);
    for (mut weights, scores) in weights.rows_mut().into_iter().zip(scores.rows()) {
        if scores.iter().all(|&score| score == f64::NEG_INFINITY) {
            weights.fill(f64::NAN);
        }
    }
    weights
}

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] = &[
    &softmax::EXERCISE,
    &log_softmax::EXERCISE,
    &attention::EXERCISE,
    &multi_head::EXERCISE,
    &cross_attention::EXERCISE,
    &kv_cache_step::EXERCISE,
    &online_softmax::EXERCISE,
    &attention_backward::EXERCISE,
];
