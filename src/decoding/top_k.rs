//! A fixed number of candidates.

use super::{Candidates, DecodingError};
use crate::decoding::words::Parameter;

/// The `k` most probable candidates, exactly `min(k, V)` of them.
///
/// Where the k-th and the next are equally probable, the lower id stays. (HF transformers keeps all that
/// tie with the k-th, so more than `k`.)
///
/// # Formula
/// `p'ᵢ = pᵢ / Σⱼ pⱼ` over the `k` largest. `H(p') = ln Z − (1/Z) Σ pᵢ ln pᵢ` and `KL(p'‖p) = −ln Z`, with
/// `Z` the mass that is kept.
///
/// # Errors
/// `k` is 0.
///
/// # Reference
/// Fan, Lewis and Dauphin 2018, *Hierarchical Neural Story Generation*, section 5.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, top_k};
/// let p = Candidates::from_probabilities(&[0.1, 0.6, 0.1, 0.2])?;
/// assert_eq!(top_k(&p, 3)?.ids(), [1, 3, 0]);
/// assert_eq!(top_k(&p, 1000)?, p);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn top_k(candidates: &Candidates, k: usize) -> Result<Candidates, DecodingError> {
    if k == 0 {
        return Err(DecodingError::Zero { name: Parameter::K });
    }
    Ok(if k < candidates.size() { candidates.first(k) } else { candidates.clone() })
}

/// **Wrong on purpose**: `sort(probs)[:K]`, as it is often written down.
///
/// Sorted numbers no longer say which token they belong to, and they sum to less than 1.
///
/// # Examples
/// ```
/// use concepts::decoding::written_answer_top_k;
/// let kept = written_answer_top_k(&[0.1, 0.6, 0.3], 2);
/// assert_eq!(kept, [0.6, 0.3]); // of which tokens? And 0.1 of the mass is nobody's
/// ```
pub fn written_answer_top_k(probabilities: &[f64], k: usize) -> Vec<f64> {
    let mut sorted = probabilities.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted.truncate(k);
    sorted
}
