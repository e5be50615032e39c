//! Rules against repetition before the fast sampler.

use rand::{Rng, RngCore};

use super::sampler::Sampler;
use super::settings::Settings;
use crate::decoding::error::check_history;
use crate::decoding::{Candidate, Choice, DecodingError, Penalty, Pipeline, Strategy};

/// Penalties, then a [`Sampler`].
///
/// A penalty changes the logits of tokens that occurred, and of no others. So the formulas run on those few alone, in
/// `f64`, as in the readable twin; what comes out is rounded to `f32`, like the logits of all others, and written into
/// a copy of them. Where a penalty changes nothing, there is no copy either. A result that `f32` cannot say goes the
/// way of the twin.
///
/// # Formula
/// As [`Penalty`] and [`Settings`]; `O(V + n)` a token after a history of `n`
///
/// # Examples
/// ```
/// use concepts::{decoding::{Penalised, Penalty, Settings}, numerics::rng};
/// let greedy = Settings { temperature: 0.0, ..Settings::default() };
/// let mut strategy = Penalised::new([Penalty::NoRepeatNGram(2)], greedy)?;
/// // “0 1 0”: another 1 would repeat “0 1”.
/// assert_eq!(strategy.sample(&[0.0, 3.0, 1.0], &[0, 1, 0], &mut rng(1, "doc"))?, 2);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Penalised {
    penalties: Vec<Penalty>,
    sampler: Sampler,
    changed: Changed,
}

impl Penalised {
    /// Penalties in their order, and what comes after them.
    ///
    /// # Errors
    /// A number is out of its range: see [`Penalty::apply`] and [`Sampler::new`].
    pub fn new(penalties: impl Into<Vec<Penalty>>, settings: Settings) -> Result<Self, DecodingError> {
        let penalties = penalties.into();
        // Every penalty checks its own number.
        penalties.iter().try_for_each(|penalty| penalty.apply(&mut [], &[]))?;
        Ok(Self { penalties, sampler: Sampler::new(settings)?, changed: Changed::default() })
    }

    /// The readable twin.
    pub fn pipeline(&self) -> Pipeline {
        Pipeline { penalties: self.penalties.clone(), ..self.sampler.settings().pipeline() }
    }

    /// Bytes that it keeps from token to token: those of [`Sampler::memory`], a place for each token, a copy of the
    /// logits, and what was said.
    pub fn memory(&self) -> usize {
        let Changed { places, tokens, history, few, logits } = &self.changed;
        self.sampler.memory()
            + places.capacity() * size_of::<Option<u32>>()
            + (tokens.capacity() + history.capacity()) * size_of::<u32>()
            + few.capacity() * size_of::<f64>()
            + logits.capacity() * size_of::<f32>()
    }

    /// Draws the next token after `history`.
    ///
    /// # Shapes
    /// `logits (V)`
    ///
    /// # Errors
    /// As [`Pipeline::candidates`].
    pub fn sample(
        &mut self,
        logits: &[f32],
        history: &[u32],
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<u32, DecodingError> {
        match self.changed.apply(&self.penalties, logits, history)? {
            Some(logits) => self.sampler.sample(logits, rng),
            None => Ok(self.pipeline().sample(logits, history, rng)?.id),
        }
    }

    /// The tokens that a draw chooses from, as the pipeline would list them. For tests and for looking: this one
    /// sorts.
    ///
    /// # Errors
    /// As [`Pipeline::candidates`].
    pub fn candidates(&mut self, logits: &[f32], history: &[u32]) -> Result<Vec<Candidate>, DecodingError> {
        match self.changed.apply(&self.penalties, logits, history)? {
            Some(logits) => self.sampler.candidates(logits),
            None => Ok(self.pipeline().candidates(logits, history)?.as_slice().to_vec()),
        }
    }
}

impl Strategy for Penalised {
    fn choose(
        &mut self,
        logits: &[f32],
        history: &[u32],
        rng: &mut dyn RngCore,
    ) -> Result<Choice, DecodingError> {
        match self.changed.apply(&self.penalties, logits, history)? {
            Some(logits) => self.sampler.choose(logits, history, rng),
            None => self.pipeline().choose(logits, history, rng),
        }
    }
}

/// Memory for the tokens that occurred and for the changed logits.
#[derive(Debug, Clone, Default)]
struct Changed {
    /// Of each token its place among those that occurred, if it did; `(V)`.
    places: Vec<Option<u32>>,
    /// The tokens that occurred, each once.
    tokens: Vec<u32>,
    /// The history by their places.
    history: Vec<u32>,
    /// Their logits.
    few: Vec<f64>,
    /// `(V)`
    logits: Vec<f32>,
}

impl Changed {
    /// The logits after the penalties, the same ones if nothing changed; `None` where a result is no `f32`.
    fn apply<'a>(
        &'a mut self,
        penalties: &[Penalty],
        logits: &'a [f32],
        history: &[u32],
    ) -> Result<Option<&'a [f32]>, DecodingError> {
        check_history(history, logits.len())?;
        self.renumber(history, logits.len());
        self.few.clear();
        self.few.extend(self.tokens.iter().map(|&token| f64::from(logits[token as usize])));
        penalties.iter().try_for_each(|penalty| penalty.apply(&mut self.few, &self.history))?;
        let said = || self.tokens.iter().map(|&token| token as usize).zip(self.few.iter().copied());
        if said().any(|(_, logit)| logit.is_finite() && !(logit as f32).is_finite()) {
            return Ok(None);
        }
        if said().all(|(token, logit)| logit == f64::from(logits[token])) {
            return Ok(Some(logits));
        }
        self.logits.clear();
        self.logits.extend_from_slice(logits);
        for (&token, &logit) in self.tokens.iter().zip(&self.few) {
            self.logits[token as usize] = logit as f32;
        }
        Ok(Some(&self.logits))
    }

    /// Numbers the tokens that occurred, in the order in which they first did.
    fn renumber(&mut self, history: &[u32], vocab_size: usize) {
        self.places.resize(vocab_size, None);
        self.tokens.clear();
        self.history.clear();
        for &token in history {
            let place = *self.places[token as usize].get_or_insert_with(|| {
                self.tokens.push(token);
                self.tokens.len() as u32 - 1
            });
            self.history.push(place);
        }
        // As before for the next history, without a look at the whole vocabulary.
        self.tokens.iter().for_each(|&token| self.places[token as usize] = None);
    }
}
