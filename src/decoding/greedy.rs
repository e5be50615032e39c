//! Always the most probable token.

use super::{Candidate, Candidates, DecodingError};

/// The most probable token; of several that are equally probable, the one with the lowest id.
///
/// Without a tie rule the choice is not determined. With it the same logits always give the same token.
/// That a real model on real hardware always gives the same *logits* is another matter: sums whose order
/// depends on the size of a batch flip near-ties.
///
/// # Formula
/// `argmaxᵢ lᵢ`
///
/// # Errors
/// As [`Candidates::from_logits`].
///
/// # Examples
/// ```
/// use concepts::decoding::greedy;
/// assert_eq!(greedy(&[0.5, 2.0, 2.0])?, 1);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn greedy<L: Copy + Into<f64>>(logits: &[L]) -> Result<u32, DecodingError> {
    Ok(only_best(&Candidates::from_logits(logits)?).best().id)
}

/// The most probable candidate alone.
pub(super) fn only_best(candidates: &Candidates) -> Candidates {
    let Candidate { id, .. } = candidates.best();
    candidates.only(|candidate| candidate.id == id)
}
