//! Thresholds on the probability itself.

use super::edge::reaches;
use super::error::check_probability;
use super::{Candidates, DecodingError};
use crate::decoding::words::Parameter;

/// All candidates with a probability of at least `epsilon`; if there is none, the most probable one.
///
/// # Formula
/// keep `i` if `pᵢ ≥ ε`
///
/// # Errors
/// `epsilon` is not between 0 and 1.
///
/// # Reference
/// Hewitt, Manning and Liang 2022, *Truncation Sampling as Language Model Desmoothing*, section 4.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, epsilon_cutoff};
/// let p = Candidates::from_probabilities(&[0.5, 0.3, 0.15, 0.05])?;
/// assert_eq!(epsilon_cutoff(&p, 0.1)?.ids(), [0, 1, 2]);
/// assert_eq!(epsilon_cutoff(&p, 0.9)?.ids(), [0]);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn epsilon_cutoff(candidates: &Candidates, epsilon: f64) -> Result<Candidates, DecodingError> {
    check_probability(Parameter::Epsilon, epsilon)?;
    Ok(candidates.only(|candidate| reaches(candidate.prob, epsilon)))
}

/// As [`epsilon_cutoff`], with a threshold that sinks where the distribution is flat.
///
/// # Formula
/// keep `i` if `pᵢ ≥ η`, `η = min(ε, √ε · e^(−H))`, `H` the entropy in nats
///
/// # Errors
/// `epsilon` is not between 0 and 1.
///
/// # Reference
/// Hewitt, Manning and Liang 2022, *Truncation Sampling as Language Model Desmoothing*, section 4.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, epsilon_cutoff, eta_cutoff};
/// // 1000 tokens alike: all are below ε = 0.01, none is below √ε / 1000.
/// let flat = Candidates::from_logits(&[0.0; 1000])?;
/// assert_eq!(epsilon_cutoff(&flat, 0.01)?.size(), 1);
/// assert_eq!(eta_cutoff(&flat, 0.01)?.size(), 1000);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn eta_cutoff(candidates: &Candidates, epsilon: f64) -> Result<Candidates, DecodingError> {
    check_probability(Parameter::Epsilon, epsilon)?;
    let eta = epsilon.min(epsilon.sqrt() * libm::exp(-candidates.entropy()));
    Ok(candidates.only(|candidate| reaches(candidate.prob, eta)))
}
