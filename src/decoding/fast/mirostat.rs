//! Mirostat without sorting.

use rand::{Rng, RngCore};

use super::keep::{Kept, beyond_f32};
use super::sampler::Sampler;
use super::settings::Settings;
use crate::decoding::{Candidate, Candidates, Choice, DecodingError, Mirostat, Strategy};

/// What [`Mirostat`] does, on `f32` logits that are never sorted.
///
/// The threshold on the surprise is one on the logit, once the sum of all weights is known: two passes, and a draw
/// among what is left. What the readable twin keeps is kept, but for tokens within
/// [`ON_THE_EDGE`](crate::numerics::tolerance::ON_THE_EDGE) of the threshold; the draws are others, their distribution
/// is the same.
///
/// # Formula
/// Keep `i` if `lᵢ ≥ m + ln Σ e^(lⱼ − m) − μ ln 2`, `m` the largest logit
///
/// # Reference
/// As [`Mirostat`].
///
/// # Examples
/// ```
/// use concepts::{decoding::{FastMirostat, Mirostat, Strategy}, numerics::rng};
/// let mut fast = FastMirostat::new(Mirostat::new(1.0, 0.1)?);
/// let logits = [0.5f32, 0.25, 0.125, 0.125].map(f32::ln);
/// let choice = fast.choose(&logits, &[], &mut rng(1, "doc"))?;
/// assert_eq!(choice.candidates, 2); // μ = 2 bits: 0.125 has 3
/// assert!(choice.token < 2);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug, Clone)]
pub struct FastMirostat {
    rule: Mirostat,
    sampler: Sampler,
}

impl FastMirostat {
    /// Goes on from what the rule has learned.
    pub fn new(rule: Mirostat) -> Self {
        Self { rule, sampler: Sampler::unchecked(Settings::default()) }
    }

    /// The rule with what it has learned: the readable twin.
    pub fn rule(&self) -> &Mirostat {
        &self.rule
    }

    /// Bytes that it keeps from token to token, as [`Sampler::memory`].
    pub fn memory(&self) -> usize {
        self.sampler.memory()
    }

    /// The tokens that the next draw chooses from, as the twin would list them. For tests and for looking: this one
    /// sorts.
    ///
    /// # Errors
    /// As [`Candidates::from_logits`].
    pub fn candidates(&mut self, logits: &[f32]) -> Result<Vec<Candidate>, DecodingError> {
        match self.sampler.keep_unsurprising(logits, self.rule.most_nats())? {
            Some((kept, _)) => Ok(self.sampler.listed(kept, logits)),
            None => Ok(self.rule.truncate(&Candidates::from_logits(logits)?).as_slice().to_vec()),
        }
    }
}

impl Strategy for FastMirostat {
    fn choose(
        &mut self,
        logits: &[f32],
        history: &[u32],
        rng: &mut dyn RngCore,
    ) -> Result<Choice, DecodingError> {
        let Some((kept, whole)) = self.sampler.keep_unsurprising(logits, self.rule.most_nats())? else {
            return self.rule.choose(logits, history, rng);
        };
        let candidates = self.sampler.size(kept, logits);
        let token = self.sampler.draw(kept, logits, rng.random());
        let nats = whole - f64::from(logits[token as usize]);
        self.rule.observe(nats / std::f64::consts::LN_2);
        Ok(Choice { token, candidates })
    }
}

impl Sampler {
    /// What is left where no surprise may be above so many nats, and `m + ln Σ e^(l − m)`; `None` where that needs
    /// more than `f32`.
    fn keep_unsurprising(&mut self, logits: &[f32], nats: f64) -> Result<Option<(Kept, f64)>, DecodingError> {
        let extent = self.scan(logits)?;
        if beyond_f32(extent, self.settings.temperature) {
            return Ok(None);
        }
        let whole = f64::from(extent.max) + self.log_sum(logits, extent);
        Ok(Some((self.keep_above(logits, extent, whole - nats), whole)))
    }
}
