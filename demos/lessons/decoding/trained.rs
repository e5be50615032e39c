//! The model that the lesson decodes with, and the text that it never saw.

use concepts::decoding::{HiddenStates, LanguageModel};
use concepts::language_model::ngram::Context;
use concepts::language_model::{CharVocabulary, KneserNey, LanguageModelError, TextCodec};

use super::knobs::BuiltIn;

/// A model of characters that never ends a text: every strategy writes as many tokens as it is asked for.
///
/// The token that ends a text and the one for unknown characters have logit −∞.
#[derive(Debug, Clone)]
pub(crate) struct Endless(pub KneserNey);

impl LanguageModel for Endless {
    type State = Context;

    fn vocab_size(&self) -> usize {
        self.0.vocab_size()
    }

    fn start(&self) -> Context {
        self.0.start()
    }

    fn advance(&self, state: &mut Context, token: u32) {
        self.0.advance(state, token);
    }

    fn logits(&self, state: &Context, logits: &mut [f32]) {
        self.0.logits(state, logits);
        let characters = logits.len().saturating_sub(2);
        logits[characters..].fill(f32::NEG_INFINITY);
    }
}

/// What stands for a prefix is what the model expects after it: in a transformer, too, the hidden state is what
/// the logits are made of.
impl HiddenStates for Endless {
    fn hidden(&self, state: &Context) -> Vec<f32> {
        let mut row = vec![0.0; self.vocab_size()];
        self.logits(state, &mut row);
        row.iter().map(|logit| logit.exp()).collect()
    }
}

/// A trained model with its vocabulary and the tokens held out.
#[derive(Debug)]
pub(crate) struct Trained {
    pub vocabulary: CharVocabulary,
    pub model: Endless,
    /// Text that the model never saw, as tokens.
    pub held_out: Vec<u32>,
    /// Text that it was trained on, as tokens.
    pub training: Vec<u32>,
}

/// Trains on a text. The vocabulary is that of the whole text, so that the part held out can be scored.
pub(crate) fn train(train: &str, held_out: &str, order: usize) -> Result<Trained, LanguageModelError> {
    let vocabulary = CharVocabulary::of(&format!("{train}{held_out}"));
    let ids = vocabulary.encode(train)?;
    let model = Endless(KneserNey::train(&[&ids], vocabulary.vocab_size(), order)?);
    let held_out = vocabulary.encode(held_out)?;
    Ok(Trained { vocabulary, model, held_out, training: ids })
}

impl Trained {
    /// A model of a lower order on the same text, to draft with.
    pub(crate) fn draft(&self, order: usize) -> Result<Endless, LanguageModelError> {
        KneserNey::train(&[&self.training], self.vocabulary.vocab_size(), order).map(Endless)
    }
}

/// The order of the model that claims are tested on.
pub(crate) const ORDER: usize = 6;

/// The model of the built-in English text, for claims. Each claim trains its own: it takes a moment, and a
/// shared one would make a worker that waits for it start the claim that waits for the worker.
pub(crate) fn english() -> Result<Trained, LanguageModelError> {
    let (training, held_out) = super::setup::built_in(BuiltIn::English);
    train(training, held_out, ORDER)
}
