//! Candidates about as surprising as expected.

use super::edge::reaches;
use super::error::check_probability;
use super::{Candidates, DecodingError};
use crate::decoding::words::Parameter;

/// The smallest set whose mass is at least `mass`, taken in the order of how far the surprise of a token
/// is from the surprise that is expected.
///
/// The most probable token may go: it can be *too* predictable. Where two are equally far, the more
/// probable one comes first. `mass = 0` leaves one candidate, `mass = 1` all.
///
/// # Formula
/// In order of rising `|−ln pᵢ − H|`, `H = −Σ pⱼ ln pⱼ`: keep while the mass so far is below `mass`
///
/// # Errors
/// `mass` is not between 0 and 1.
///
/// # Reference
/// Meister et al. 2023, *Locally Typical Sampling*, equation 10.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, typical};
/// // H = 1.74; a token of probability 0.15 has the surprise 1.90, the most probable one 0.92.
/// let p = Candidates::from_probabilities(&[0.4, 0.15, 0.15, 0.15, 0.1, 0.05])?;
/// assert_eq!(typical(&p, 0.4)?.ids(), [1, 2, 3]);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn typical(candidates: &Candidates, mass: f64) -> Result<Candidates, DecodingError> {
    check_probability(Parameter::TypicalMass, mass)?;
    if mass == 1.0 {
        return Ok(candidates.clone());
    }
    let entropy = candidates.entropy();
    let distance = |at: usize| (-candidates.as_slice()[at].log_prob - entropy).abs();
    let mut order: Vec<usize> = (0..candidates.size()).collect();
    order.sort_by(|&a, &b| distance(a).total_cmp(&distance(b))); // stable
    let mut kept = vec![false; candidates.size()];
    let mut sum = 0.0;
    for at in order {
        kept[at] = true;
        sum += candidates.as_slice()[at].prob;
        if reaches(sum, mass) {
            break;
        }
    }
    Ok(candidates.marked(&kept))
}
