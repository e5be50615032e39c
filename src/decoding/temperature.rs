//! Flatter or steeper.

use super::error::check_finite;
use super::greedy::only_best;
use super::{Candidates, DecodingError};
use crate::decoding::words::{Bounds, Parameter};

/// Divides the logits by `t`: above 1 the choice is more random, below 1 more determined.
///
/// `t = 0` is greedy: the most probable candidate alone, of several the one with the lowest id. That is a
/// convention. The *limit* `t → 0` is another one: uniform over all candidates that share the largest logit.
///
/// # Formula
/// `softmax(l / t)`; the entropy grows with it: `dH/dt = Var_p(l) / t³ ≥ 0`, `p = softmax(l / t)`
///
/// # Errors
/// `t` is negative, NaN or infinite.
///
/// # Reference
/// Ackley, Hinton and Sejnowski 1985, *A Learning Algorithm for Boltzmann Machines*.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, temperature};
/// let p = Candidates::from_logits(&[2.0, 2.0, 1.0, 0.0])?;
/// let cold = temperature(&p, 1e-3)?;
/// assert_eq!(cold.probs(), [0.5, 0.5, 0.0, 0.0]); // the limit
/// assert_eq!(temperature(&p, 0.0)?.ids(), [0]);   // the convention
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn temperature(candidates: &Candidates, t: f64) -> Result<Candidates, DecodingError> {
    check_finite(Parameter::Temperature, t, 0.0, Bounds::OrGreedy)?;
    if t == 0.0 {
        return Ok(only_best(candidates));
    }
    // Relative to the best, so that a tiny t gives 0 / t = 0 there and −∞ elsewhere, never NaN.
    let best = candidates.best().log_prob;
    Ok(candidates.reweighted(|candidate| (candidate.log_prob - best) / t))
}
