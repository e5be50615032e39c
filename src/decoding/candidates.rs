//! The tokens that may come next, with their probabilities.

use std::cmp::Ordering;

use pulp::Arch;
use rand::Rng;

use super::DecodingError;
use crate::numerics::exp_all;

/// Exponentials are taken of so many at once.
pub(super) const PART: usize = 64;

/// One token that may come next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The token.
    pub id: u32,
    /// The natural logarithm of its probability. Finite even where the probability itself underflows.
    pub log_prob: f64,
    /// Its probability among the candidates.
    pub prob: f64,
}

/// The tokens that may come next: never none, their probabilities sum to 1, the most probable first.
///
/// Equally probable tokens stand in the order of their ids: the one tie rule of this module. Tokens
/// that cannot follow (logit −∞) are no candidates.
///
/// Filters such as [`top_k`](super::top_k) make fewer candidates out of candidates. They look at
/// probabilities and forget nothing that a later filter needs: a temperature after a truncation works
/// on the logarithms of what is left.
///
/// # Examples
/// ```
/// use concepts::decoding::Candidates;
/// let three = Candidates::from_logits(&[1f64.ln(), 6f64.ln(), 1f64.ln(), f64::NEG_INFINITY])?;
/// assert_eq!(three.ids(), [1, 0, 2]);
/// assert!((three.best().prob - 0.75).abs() < 1e-15);
/// assert!((three.entropy() - (0.75 * (4.0f64 / 3.0).ln() + 0.25 * 8f64.ln())).abs() < 1e-15);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    list: Vec<Candidate>,
}

impl Candidates {
    /// All tokens, with the probabilities that the logits say.
    ///
    /// # Formula
    /// `pᵢ = softmax(l)ᵢ`, `ln pᵢ = lᵢ − m − ln Σⱼ e^(lⱼ − m)`, `m = max l`
    ///
    /// # Shapes
    /// `logits (V)`, `f32` or `f64`; the arithmetic is in `f64`
    ///
    /// # Errors
    /// No logits, a NaN, a +∞, or nothing but −∞.
    pub fn from_logits<L: Copy + Into<f64>>(logits: &[L]) -> Result<Self, DecodingError> {
        let (max, end) = check_logits(logits)?;
        let relative = |(id, &logit): (u32, &L)| Candidate { id, log_prob: logit.into() - max, prob: 0.0 };
        let mut list: Vec<_> = (0..end).zip(logits).map(relative).collect();
        list.retain(|candidate| candidate.log_prob > f64::NEG_INFINITY);
        // Stable: equal logits stay in the order of their ids. None is NaN, and −0 equals 0.
        list.sort_by(|a, b| b.log_prob.partial_cmp(&a.log_prob).unwrap_or(Ordering::Equal));
        Ok(Self::normalised(list))
    }

    /// The tokens with these probabilities; weights that do not sum to 1 are divided by their sum.
    ///
    /// # Errors
    /// No probabilities, one that is negative or not finite, or nothing but zeros.
    pub fn from_probabilities(probabilities: &[f64]) -> Result<Self, DecodingError> {
        let bad = |p: &f64| !p.is_finite() || *p < 0.0;
        if let Some(token) = probabilities.iter().position(bad) {
            return Err(DecodingError::BadProbability { token, value: probabilities[token] });
        }
        let mut all = Self::from_logits(&probabilities.iter().map(|&p| libm::log(p)).collect::<Vec<_>>())?;
        // As they were given, not what a logarithm and an exponential made of them.
        let sum: f64 = probabilities.iter().sum();
        if sum.is_finite() {
            all.list.iter_mut().for_each(|c| c.prob = probabilities[c.id as usize] / sum);
        }
        Ok(all)
    }

    /// Makes the probabilities sum to 1. `list` is not empty, its logarithms are finite.
    fn normalised(mut list: Vec<Candidate>) -> Self {
        let max = list.iter().fold(f64::NEG_INFINITY, |max, candidate| max.max(candidate.log_prob));
        let mut sum = 0.0;
        let arch = Arch::new();
        for part in list.chunks_mut(PART) {
            let mut weights = [0.0; PART];
            let weights = &mut weights[..part.len()];
            weights.iter_mut().zip(&*part).for_each(|(weight, c)| *weight = c.log_prob - max);
            exp_all(arch, weights);
            for (candidate, &weight) in part.iter_mut().zip(&*weights) {
                candidate.prob = weight;
                sum += weight;
            }
        }
        let log_sum = max + libm::log(sum);
        for candidate in &mut list {
            candidate.prob /= sum;
            candidate.log_prob -= log_sum;
        }
        Self { list }
    }

    /// The first `n` alone, at least one.
    pub(super) fn first(&self, n: usize) -> Self {
        Self::normalised(self.list[..n.clamp(1, self.size())].to_vec())
    }

    /// Those that `keep` accepts; if it accepts none, the most probable one.
    pub(super) fn only(&self, keep: impl Fn(&Candidate) -> bool) -> Self {
        let list: Vec<_> = self.list.iter().copied().filter(keep).collect();
        if list.is_empty() { self.first(1) } else { Self::normalised(list) }
    }

    /// Those with a mark, by their places; at least one has it.
    pub(super) fn marked(&self, marks: &[bool]) -> Self {
        let both = self.list.iter().zip(marks);
        Self::normalised(both.filter(|(_, mark)| **mark).map(|(candidate, _)| *candidate).collect())
    }

    /// The same candidates with other logarithms, in the same order; −∞ is left out.
    pub(super) fn reweighted(&self, log_weight: impl Fn(&Candidate) -> f64) -> Self {
        let list = self.list.iter().map(|c| Candidate { log_prob: log_weight(c), ..*c });
        Self::normalised(list.filter(|c| c.log_prob > f64::NEG_INFINITY).collect())
    }

    /// How many there are, at least 1.
    pub fn size(&self) -> usize {
        self.list.len()
    }

    /// All, the most probable first.
    pub fn as_slice(&self) -> &[Candidate] {
        &self.list
    }

    /// The most probable one; of several, the one with the lowest id.
    pub fn best(&self) -> Candidate {
        self.list[0]
    }

    /// The tokens, the most probable first.
    pub fn ids(&self) -> Vec<u32> {
        self.list.iter().map(|candidate| candidate.id).collect()
    }

    /// The probabilities, the largest first.
    pub fn probs(&self) -> Vec<f64> {
        self.list.iter().map(|candidate| candidate.prob).collect()
    }

    /// The candidate with this id, if it is one.
    pub fn find(&self, id: u32) -> Option<Candidate> {
        self.list.iter().copied().find(|candidate| candidate.id == id)
    }

    /// One number for each token of the vocabulary, 0 where it is no candidate.
    ///
    /// # Shapes
    /// → `(vocab_size)`; candidates with a larger id are left out
    pub fn dense(&self, vocab_size: usize) -> Vec<f64> {
        let mut dense = vec![0.0; vocab_size];
        for candidate in &self.list {
            if let Some(place) = dense.get_mut(candidate.id as usize) {
                *place = candidate.prob;
            }
        }
        dense
    }

    /// How undecided the choice is, in nats.
    ///
    /// # Formula
    /// `H = −Σ pᵢ ln pᵢ`
    pub fn entropy(&self) -> f64 {
        // Never −0.
        0.0 - self.list.iter().map(|c| c.prob * c.log_prob).sum::<f64>()
    }

    /// Draws one, each with its probability.
    ///
    /// # Formula
    /// The first `i` with `p₁ + … + pᵢ > u`, `u` uniform in `[0, 1)`
    ///
    /// # Examples
    /// ```
    /// use concepts::{decoding::Candidates, numerics::rng};
    /// let sure = Candidates::from_logits(&[0.0, 1e4])?;
    /// assert_eq!(sure.sample(&mut rng(1, "doc")).id, 1);
    /// # Ok::<(), concepts::decoding::DecodingError>(())
    /// ```
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> Candidate {
        let u: f64 = rng.random();
        let mut sum = 0.0;
        for candidate in &self.list {
            sum += candidate.prob;
            if sum > u {
                return *candidate;
            }
        }
        // Rounding can leave the sum just below 1, and u above it.
        self.best()
    }
}

/// The largest logit and the number of logits, if they make a distribution.
pub(super) fn check_logits<L: Copy + Into<f64>>(logits: &[L]) -> Result<(f64, u32), DecodingError> {
    let vocab_size = logits.len();
    let Ok(end) = u32::try_from(vocab_size) else {
        return Err(DecodingError::VocabularyTooLarge { vocab_size });
    };
    let mut max = f64::NEG_INFINITY;
    for (token, logit) in logits.iter().map(|&logit| logit.into()).enumerate() {
        if logit.is_nan() {
            return Err(DecodingError::NanLogit { token });
        }
        if logit == f64::INFINITY {
            return Err(DecodingError::InfiniteLogit { token });
        }
        max = max.max(logit);
    }
    match vocab_size {
        0 => Err(DecodingError::EmptyVocabulary),
        _ if max == f64::NEG_INFINITY => Err(DecodingError::NoCandidate { vocab_size }),
        _ => Ok((max, end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUT: f64 = f64::NEG_INFINITY;

    #[test]
    fn what_is_no_distribution_is_refused() {
        let empty: [f64; 0] = [];
        assert_eq!(Candidates::from_logits(&empty), Err(DecodingError::EmptyVocabulary));
        assert_eq!(Candidates::from_logits(&[0.0, f64::NAN]), Err(DecodingError::NanLogit { token: 1 }));
        let infinite = Candidates::from_logits(&[f32::INFINITY, 0.0]);
        assert_eq!(infinite, Err(DecodingError::InfiniteLogit { token: 0 }));
        assert_eq!(Candidates::from_logits(&[OUT, OUT]), Err(DecodingError::NoCandidate { vocab_size: 2 }));
        let negative = Candidates::from_probabilities(&[0.5, -0.5]);
        assert_eq!(negative, Err(DecodingError::BadProbability { token: 1, value: -0.5 }));
        let none = Candidates::from_probabilities(&[0.0, 0.0]);
        assert_eq!(none, Err(DecodingError::NoCandidate { vocab_size: 2 }));
    }

    #[test]
    fn ties_stand_in_the_order_of_their_ids() {
        let tied = Candidates::from_logits(&[-0.0, 1.0, 0.0, 1.0, OUT]).unwrap();
        assert_eq!(tied.ids(), [1, 3, 0, 2]);
    }

    #[test]
    fn extreme_logits_keep_finite_logarithms() {
        let far = Candidates::from_logits(&[1e4f32, -1e4]).unwrap();
        assert_eq!(far.probs(), [1.0, 0.0]);
        assert_eq!(far.as_slice()[1].log_prob, -2e4);
        let farther = Candidates::from_logits(&[1e308, -1e308]).unwrap();
        assert_eq!(farther.ids(), [0]); // the distance is not a number any more
    }
}
