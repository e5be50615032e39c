//! Sampling by a noisy argmax.

use rand::Rng;

use super::{Candidate, Candidates};

/// Draws a candidate with its probability by adding noise to the logarithms and taking the largest.
///
/// The result has exactly the distribution of [`Candidates::sample`]. It needs no sum over the
/// vocabulary, so it works in parallel and on logits that were never normalised.
///
/// # Formula
/// `argmaxᵢ (ln pᵢ + gᵢ)`, `gᵢ = −ln(−ln uᵢ)`, `uᵢ` uniform in `(0, 1)`. Why: `ln pᵢ + gᵢ` is
/// `−ln(Eᵢ / pᵢ)` with `Eᵢ` exponential, and the smallest of exponentials with rates `pᵢ` is the `i`-th
/// with probability `pᵢ / Σ p`.
///
/// # Reference
/// Gumbel 1954, *Statistical Theory of Extreme Values*; Maddison, Tarlow and Minka 2014, *A\* Sampling*,
/// section 2.
///
/// # Examples
/// ```
/// use concepts::{decoding::{Candidates, gumbel_max}, numerics::rng};
/// let p = Candidates::from_probabilities(&[0.25, 0.75])?;
/// let mut rng = rng(1, "doc");
/// let ones = (0..1000).filter(|_| gumbel_max(&p, &mut rng).id == 1).count();
/// assert!((700..800).contains(&ones));
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn gumbel_max(candidates: &Candidates, rng: &mut (impl Rng + ?Sized)) -> Candidate {
    let mut best = (f64::NEG_INFINITY, candidates.best());
    for &candidate in candidates.as_slice() {
        let value = candidate.log_prob + gumbel(rng);
        if value > best.0 {
            best = (value, candidate);
        }
    }
    best.1
}

/// `−ln(−ln u)`, with `u` in the middle of one of `2⁵³` equal parts of `(0, 1)`: never 0, never 1.
fn gumbel(rng: &mut (impl Rng + ?Sized)) -> f64 {
    let u = rng.random::<f64>() + f64::EPSILON / 4.0;
    -libm::log(-libm::log(u))
}
