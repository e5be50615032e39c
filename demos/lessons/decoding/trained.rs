//! The model that the lesson decodes with, and the text that it never saw.

use concepts::decoding::LanguageModel;
use concepts::language_model::{CharVocabulary, KneserNey, LanguageModelError, Masked, TextCodec};

use super::knobs::BuiltIn;

/// A model of characters that never ends a text and says no unknown character: every strategy writes as many tokens
/// as it is asked for.
pub(crate) type Endless = Masked<KneserNey>;

fn endless(
    vocabulary: &CharVocabulary,
    training: &[u32],
    order: usize,
) -> Result<Endless, LanguageModelError> {
    let model = KneserNey::train(&[training], vocabulary.vocab_size(), order)?;
    let never = std::iter::once(vocabulary.unknown()).chain(model.end()).collect();
    Masked::new(model, never)
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
    let model = endless(&vocabulary, &ids, order)?;
    let held_out = vocabulary.encode(held_out)?;
    Ok(Trained { vocabulary, model, held_out, training: ids })
}

impl Trained {
    /// A model of a lower order on the same text, to draft with.
    pub(crate) fn draft(&self, order: usize) -> Result<Endless, LanguageModelError> {
        endless(&self.vocabulary, &self.training, order)
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
