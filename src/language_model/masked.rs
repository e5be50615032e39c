//! A model that never says some tokens.

use super::error::known;
use super::{KneserNey, LanguageModelError};
use crate::decoding::{HiddenStates, LanguageModel};

/// A model whose named tokens have logit −∞: those that a text to be shown must not have.
///
/// What is left keeps its proportions: softmax divides by the rest. A prompt may have the tokens all the same.
/// If the token that ends a text is among them, texts go on for as long as one asks, and
/// [`end`](LanguageModel::end) is none.
///
/// # Examples
/// ```
/// use concepts::decoding::LanguageModel;
/// use concepts::language_model::{KneserNey, Masked};
/// let model = KneserNey::train(&[&[0, 1, 0, 2]], 3, 2)?;
/// let end = model.end().expect("n-gram models have one");
/// let masked = Masked::new(model, vec![2, end])?;
/// let mut logits = vec![0.0; masked.vocab_size()];
/// masked.logits(&masked.start(), &mut logits);
/// assert_eq!(logits[2..], [f32::NEG_INFINITY; 2]);
/// assert!(logits[..2].iter().all(|z| z.is_finite()));
/// assert_eq!(masked.end(), None);
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Masked<M> {
    model: M,
    never: Vec<u32>,
}

impl<M: LanguageModel> Masked<M> {
    /// `model` without the tokens `never`.
    ///
    /// # Errors
    /// [`LanguageModelError::NoSuchToken`] for a token that the model does not have,
    /// [`LanguageModelError::AllMasked`] if none would be left.
    pub fn new(model: M, mut never: Vec<u32>) -> Result<Self, LanguageModelError> {
        known(&[&never], model.vocab_size())?;
        never.sort_unstable();
        never.dedup();
        if never.len() == model.vocab_size() {
            return Err(LanguageModelError::AllMasked { vocab_size: never.len() });
        }
        Ok(Self { model, never })
    }

    /// The model with all its tokens: what a text is scored with.
    pub fn whole(&self) -> &M {
        &self.model
    }

    /// The tokens that are never said, sorted.
    pub fn never(&self) -> &[u32] {
        &self.never
    }
}

impl<M: LanguageModel> LanguageModel for Masked<M> {
    type State = M::State;

    fn vocab_size(&self) -> usize {
        self.model.vocab_size()
    }

    fn start(&self) -> M::State {
        self.model.start()
    }

    fn advance(&self, state: &mut M::State, token: u32) {
        self.model.advance(state, token);
    }

    fn logits(&self, state: &M::State, logits: &mut [f32]) {
        self.model.logits(state, logits);
        for &token in &self.never {
            logits[token as usize] = f32::NEG_INFINITY;
        }
    }

    fn end(&self) -> Option<u32> {
        self.model.end().filter(|end| self.never.binary_search(end).is_err())
    }
}

/// What stands for a prefix is what the model expects after it: in a transformer, too, the hidden state is what
/// the logits are made of.
impl HiddenStates for Masked<KneserNey> {
    fn hidden(&self, state: &Self::State) -> Vec<f32> {
        let mut row = vec![0.0; self.vocab_size()];
        self.logits(state, &mut row);
        row.iter_mut().for_each(|logit| *logit = libm::expf(*logit));
        row
    }
}
