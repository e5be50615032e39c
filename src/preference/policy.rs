//! A policy over a handful of answers.

use ndarray::{Array1, ArrayView1};
use rand::Rng;

use crate::numerics::softmax::{log_softmax, softmax};

/// One logit an answer.
///
/// # Examples
/// ```
/// use concepts::preference::Policy;
/// let mut policy = Policy::from_probabilities(&[0.5, 0.5]);
/// policy.ascend(&[1.0, 0.0], 1.0); // more of the first: along ∇ ln π(first)
/// assert!(policy.probabilities()[0] > 0.7);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    logits: Array1<f64>,
}

impl Policy {
    /// The policy with these probabilities, which must be above 0.
    pub fn from_probabilities(probabilities: &[f64]) -> Policy {
        Policy { logits: probabilities.iter().map(|p| p.ln()).collect() }
    }

    /// One probability an answer.
    pub fn probabilities(&self) -> Vec<f64> {
        softmax(self.logits.view()).to_vec()
    }

    /// Their logarithms, also where a probability is 0 in `f64`.
    pub fn logs(&self) -> Vec<f64> {
        log_softmax(self.logits.view()).to_vec()
    }

    /// A step along `Σ weight · ∇ ln π(answer)`.
    ///
    /// # Formula
    /// `∂ ln π_i / ∂ logit_j = [i = j] − π_j`
    pub fn ascend(&mut self, weights: &[f64], rate: f64) {
        let p = softmax(self.logits.view());
        let sum: f64 = weights.iter().sum();
        for (j, logit) in self.logits.iter_mut().enumerate() {
            *logit += rate * (weights[j] - sum * p[j]);
        }
    }
}

/// One draw from a distribution.
pub fn draw(probabilities: ArrayView1<f64>, rng: &mut impl Rng) -> usize {
    let mut left: f64 = rng.random::<f64>() * probabilities.sum();
    for (i, p) in probabilities.iter().enumerate() {
        left -= p;
        if left < 0.0 {
            return i;
        }
    }
    // Rounding may leave a little: the last answer that can be drawn.
    probabilities.iter().rposition(|&p| p > 0.0).unwrap_or(0)
}
