//! A threshold that scales with the most probable token.

use super::edge::reaches;
use super::error::check_probability;
use super::{Candidates, DecodingError};
use crate::decoding::words::Parameter;

/// All candidates that are at least `min_p` times as probable as the most probable one.
///
/// `min_p = 0` leaves all, `min_p = 1` those that tie with the best.
///
/// # Formula
/// keep `i` if `pᵢ ≥ min_p · max p`; on logits: `lᵢ ≥ max l + ln min_p`
///
/// # Errors
/// `min_p` is not between 0 and 1.
///
/// # Reference
/// Nguyen et al. 2024, *Turning Up the Heat: Min-p Sampling for Creative and Coherent LLM Outputs*, section 3.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, min_p};
/// let p = Candidates::from_probabilities(&[0.5, 0.3, 0.15, 0.05])?;
/// assert_eq!(min_p(&p, 0.2)?.ids(), [0, 1, 2]); // 0.05 is below 0.2 · 0.5
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn min_p(candidates: &Candidates, min_p: f64) -> Result<Candidates, DecodingError> {
    check_probability(Parameter::MinP, min_p)?;
    let threshold = min_p * candidates.best().prob;
    Ok(candidates.only(|candidate| reaches(candidate.prob, threshold)))
}
