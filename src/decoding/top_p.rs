//! As many candidates as it takes: nucleus sampling.

use super::edge::reaches;
use super::error::check_probability;
use super::{Candidate, Candidates, DecodingError};
use crate::decoding::words::Parameter;

/// The smallest set of most probable candidates whose mass is **at least** `p`.
///
/// The token that crosses `p` belongs to the set. So the set is never empty: `p = 0` leaves the most
/// probable candidate, `p = 1` leaves all of them. A mass that is short of `p` by less than
/// [`ON_THE_EDGE`](crate::numerics::tolerance::ON_THE_EDGE) of it has reached it: 0.5 + 0.3 reaches 0.8.
///
/// # Formula
/// In order of falling probability: keep `i` while `p₁ + … + pᵢ₋₁ < p`
///
/// # Errors
/// `p` is not between 0 and 1.
///
/// # Reference
/// Holtzman et al. 2020, *The Curious Case of Neural Text Degeneration*, equation 2.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, top_p, written_answer_top_p};
/// let p = Candidates::from_probabilities(&[0.5, 0.3, 0.15, 0.05])?;
/// assert_eq!(top_p(&p, 0.9)?.ids(), [0, 1, 2]);       // 0.95 ≥ 0.9
/// assert_eq!(top_p(&p, 0.8)?.ids(), [0, 1]);          // 0.8 ≥ 0.8, whatever rounding says
/// assert_eq!(written_answer_top_p(&p, 0.9)?.len(), 2); // 0.8: short of 0.9
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn top_p(candidates: &Candidates, p: f64) -> Result<Candidates, DecodingError> {
    check_probability(Parameter::TopP, p)?;
    if p == 1.0 {
        // A sum that rounding brings to 1 too early must not cost a candidate.
        return Ok(candidates.clone());
    }
    let mut mass = 0.0;
    let mut size = 0;
    for candidate in candidates.as_slice() {
        mass += candidate.prob;
        size += 1;
        if reaches(mass, p) {
            break;
        }
    }
    Ok(candidates.first(size))
}

/// **Wrong on purpose**: `sorted_probs[cumsum_probs <= P]`, as it is often written down.
///
/// The token that crosses `p` is dropped, so the mass falls short. If the most probable token alone is
/// above `p`, *nothing* is left to sample from. What is left is not renormalised.
///
/// # Formula
/// In order of falling probability: keep `i` if `p₁ + … + pᵢ ≤ p`
///
/// # Errors
/// `p` is not between 0 and 1.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, written_answer_top_p};
/// let steep = Candidates::from_probabilities(&[0.95, 0.03, 0.02])?;
/// assert!(written_answer_top_p(&steep, 0.9)?.is_empty());
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn written_answer_top_p(candidates: &Candidates, p: f64) -> Result<Vec<Candidate>, DecodingError> {
    check_probability(Parameter::TopP, p)?;
    let cumulative = candidates.as_slice().iter().scan(0.0, |mass, candidate| {
        *mass += candidate.prob;
        Some((*mass, *candidate))
    });
    Ok(cumulative.take_while(|(mass, _)| reaches(p, *mass)).map(|(_, candidate)| candidate).collect())
}
