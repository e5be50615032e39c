//! A truncation that steers the surprise to a target.

use crate::decoding::words::{Bounds, Parameter};
use rand::Rng;

use super::edge::{least, reaches};
use super::error::check_finite;
use super::{Candidate, Candidates, DecodingError};

/// Mirostat 2: tokens that are too surprising are cut off, and “too” is learned while the text grows.
///
/// If a text is more surprising than the target `τ`, the threshold `μ` sinks, otherwise it rises. So the
/// perplexity of the text comes near `2^τ` where a fixed k or p would let it drift. A target below the
/// surprise of the most probable token, or above the entropy, cannot be reached.
///
/// # Formula
/// Keep `i` if `−log₂ pᵢ ≤ μ`, at least one; draw `x`; `μ ← μ − η (−log₂ p(x) − τ)`. `μ` starts at `2τ`,
/// and `p` is the distribution before the cut.
///
/// # Reference
/// Basu et al. 2021, *Mirostat: A Neural Text Decoding Algorithm that Directly Controls Perplexity*,
/// algorithm 2.
///
/// # Examples
/// ```
/// use concepts::{decoding::{Candidates, Mirostat}, numerics::rng};
/// let mut mirostat = Mirostat::new(1.0, 0.1)?; // one bit a token
/// let p = Candidates::from_probabilities(&[0.5, 0.25, 0.125, 0.125])?;
/// assert_eq!(mirostat.truncate(&p).ids(), [0, 1]); // μ = 2 bits: 0.125 has 3
/// mirostat.observe(2.0);
/// assert!((mirostat.threshold() - 1.9).abs() < 1e-15);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Mirostat {
    target: f64,
    rate: f64,
    threshold: f64,
}

impl Mirostat {
    /// A text of `target` bits a token, with learning rate `rate` (0.1 in the paper).
    ///
    /// # Errors
    /// One of them is negative or not finite.
    pub fn new(target: f64, rate: f64) -> Result<Self, DecodingError> {
        check_finite(Parameter::MirostatTarget, target, 0.0, Bounds::Bits)?;
        check_finite(Parameter::MirostatRate, rate, 0.0, Bounds::NotNegative)?;
        Ok(Self { target, rate, threshold: 2.0 * target })
    }

    /// The largest surprise that is allowed now, `μ` in bits.
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    /// The candidates that are not too surprising, at least one.
    pub fn truncate(&self, candidates: &Candidates) -> Candidates {
        candidates.only(|candidate| reaches(self.threshold, surprise(candidate)))
    }

    /// The largest surprise that reaches the threshold, in nats.
    pub(super) fn most_nats(&self) -> f64 {
        self.threshold / least(1.0) * std::f64::consts::LN_2
    }

    /// A token of this surprise, in bits, was chosen.
    pub fn observe(&mut self, surprise: f64) {
        self.threshold -= self.rate * (surprise - self.target);
    }

    /// Truncates, draws and learns. The candidate comes with its probability before the cut, beside it the
    /// candidates it was drawn from.
    pub fn step(
        &mut self,
        candidates: &Candidates,
        rng: &mut (impl Rng + ?Sized),
    ) -> (Candidate, Candidates) {
        let kept = self.truncate(candidates);
        let drawn = kept.sample(rng);
        let before = candidates.find(drawn.id).unwrap_or(drawn);
        self.observe(surprise(&before));
        (before, kept)
    }
}

/// `−log₂ p`.
fn surprise(candidate: &Candidate) -> f64 {
    -candidate.log_prob / std::f64::consts::LN_2
}
