//! From logits to logarithms of probabilities, without sorting.

use pulp::Arch;

use super::DecodingError;
use super::candidates::{PART, check_logits};
use crate::numerics::exp_all;

/// What makes a logit the logarithm of a probability.
pub(crate) struct LogSum {
    max: f64,
    log_sum: f64,
}

impl LogSum {
    /// `ln Σ e^lᵢ`, in two parts, so that neither is out of range.
    ///
    /// # Errors
    /// As [`Candidates::from_logits`](super::Candidates::from_logits).
    pub(crate) fn of<L: Copy + Into<f64>>(logits: &[L]) -> Result<LogSum, DecodingError> {
        let (max, _) = check_logits(logits)?;
        let (mut sum, arch) = (0.0, Arch::new());
        for part in logits.chunks(PART) {
            let mut weights = [0.0; PART];
            let weights = &mut weights[..part.len()];
            weights.iter_mut().zip(part).for_each(|(weight, &logit)| *weight = logit.into() - max);
            exp_all(arch, weights);
            weights.iter().for_each(|weight| sum += weight);
        }
        Ok(LogSum { max, log_sum: libm::log(sum) })
    }

    /// `ln p` of a token with this logit; −∞ if it cannot follow.
    pub(crate) fn log_prob(&self, logit: impl Into<f64>) -> f64 {
        logit.into() - self.max - self.log_sum
    }
}

/// `ln softmax(logits)`, `(V)`, in the order of the ids; −∞ for a token that cannot follow.
///
/// # Errors
/// As [`Candidates::from_logits`](super::Candidates::from_logits).
pub(crate) fn log_probabilities<L: Copy + Into<f64>>(logits: &[L]) -> Result<Vec<f64>, DecodingError> {
    let sum = LogSum::of(logits)?;
    Ok(logits.iter().map(|&logit| sum.log_prob(logit)).collect())
}
