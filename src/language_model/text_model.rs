//! A codec and an n-gram model, learned together from one text.

use super::judge::{Judge, Likelihood};
use super::ngram::Training;
use super::{Codec, KneserNey, LanguageModelError, Masked, TextCodec, Unit};
use crate::decoding::LanguageModel;

/// A model of texts: any text has tokens, and every one of them a probability.
///
/// Its [`generator`](TextModel::generator) never ends a text, and says no bytes of characters that it does
/// not know. Those two kinds of tokens are there for scoring.
///
/// # Examples
/// ```
/// use concepts::corpus::{ENGLISH, split};
/// use concepts::decoding::{Settings, generate_batch};
/// use concepts::language_model::{Judge, TextCodec, TextModel, Unit};
/// let (training, held_out) = split(ENGLISH);
/// let model = TextModel::train(training, Unit::Words, 3)?;
///
/// let prompt = model.codec().encode("The clock")?;
/// let texts = generate_batch(model.generator(), &[&prompt], Settings::default(), 20, 1, "doc")?;
/// assert_eq!(texts[0].len(), 20);
/// assert!(!model.codec().decode(&texts[0]).contains('\u{FFFD}'));
///
/// let bits = model.judge("", held_out)?.bits_per_byte();
/// assert!(1.0 < bits && bits < 3.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TextModel {
    codec: Codec,
    generator: Masked<KneserNey>,
}

impl TextModel {
    /// Learns tokens of this kind and a model of this order from `text`.
    ///
    /// # Errors
    /// As [`TextTraining::step`].
    pub fn train(text: &str, unit: Unit, order: usize) -> Result<Self, LanguageModelError> {
        let mut training = TextTraining::new(text, unit, order);
        while training.step()?.is_some() {}
        training.finish()
    }

    /// A codec and a model of its tokens that were learned elsewhere: a model of another order, for instance,
    /// that drafts for this one.
    ///
    /// # Errors
    /// [`LanguageModelError::NoSuchToken`] if the codec spells with tokens that the model does not have.
    pub fn of(codec: Codec, model: KneserNey) -> Result<Self, LanguageModelError> {
        let never = codec.spelling().chain(model.end()).collect();
        Ok(Self { generator: Masked::new(model, never)?, codec })
    }

    /// From text to tokens and back.
    pub fn codec(&self) -> &Codec {
        &self.codec
    }

    /// The model to write with.
    pub fn generator(&self) -> &Masked<KneserNey> {
        &self.generator
    }

    /// The two parts, to be kept apart.
    pub fn into_parts(self) -> (Codec, Masked<KneserNey>) {
        (self.codec, self.generator)
    }

    /// The model with all its tokens, to score with.
    pub fn model(&self) -> &KneserNey {
        self.generator.whole()
    }
}

impl Judge for TextModel {
    /// Prompt and text are cut into tokens apart, so a word that the prompt begins and the text goes on with is
    /// two. Of all ways to cut a text this counts one: the probability is a lower bound of what the model
    /// gives the text, and those of all next characters add up to no more than 1. The last word may be cut short
    /// and then is spelled, so judge texts of many words.
    fn judge(&self, prompt: &str, text: &str) -> Result<Likelihood, LanguageModelError> {
        let (prompt, tokens) = (self.codec.encode(prompt)?, self.codec.encode(text)?);
        let score = self.model().score(&prompt, &tokens)?;
        Ok(Likelihood::of(score.log_probability, text))
    }
}

/// How far the training of a [`TextModel`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextProgress {
    /// Steps done.
    pub done: usize,
    /// Steps of the whole training: two for the tokens, and those of [`Training`].
    pub wanted: usize,
    /// What was done in this step.
    pub phase: Phase,
}

/// A part of the training of a [`TextModel`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Tokens were learned.
    Vocabulary,
    /// The text was cut into them.
    Encoding,
    /// N-grams were sorted, counted or weighed.
    NGrams,
}

/// The training of a [`TextModel`], in steps: whoever calls it shows between two steps how far it is.
///
/// # Examples
/// ```
/// use concepts::language_model::{Phase, TextTraining, Unit};
/// let mut training = TextTraining::new("low low lower lowest", Unit::SubWords, 2);
/// let mut shown = Vec::new();
/// while let Some(progress) = training.step()? {
///     shown.push(progress);
/// }
/// assert_eq!((shown[0].done, shown[0].phase), (1, Phase::Vocabulary));
/// assert!(shown.iter().all(|progress| progress.wanted == shown.len()));
/// let model = training.finish()?;
/// assert_eq!(model.model().order(), 2);
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
pub struct TextTraining<'a> {
    text: &'a str,
    unit: Unit,
    order: usize,
    codec: Option<Codec>,
    training: Option<Training<'static>>,
}

impl<'a> TextTraining<'a> {
    /// Begins to learn from `text`.
    pub fn new(text: &'a str, unit: Unit, order: usize) -> Self {
        Self { text, unit, order, codec: None, training: None }
    }

    /// The next step, if there is one.
    ///
    /// # Errors
    /// [`LanguageModelError`] if the order is not from 1 to 8, or the text is empty or too long.
    pub fn step(&mut self) -> Result<Option<TextProgress>, LanguageModelError> {
        let wanted = Training::steps(self.order).saturating_add(2);
        let Some(codec) = &self.codec else {
            self.codec = Some(Codec::learn(self.unit, self.text)?);
            return Ok(Some(TextProgress { done: 1, wanted, phase: Phase::Vocabulary }));
        };
        let Some(training) = &mut self.training else {
            let ids = codec.encode(self.text)?;
            self.training = Some(Training::of(ids, codec.vocab_size(), self.order)?);
            return Ok(Some(TextProgress { done: 2, wanted, phase: Phase::Encoding }));
        };
        let step = training.step();
        Ok(step.map(|step| TextProgress { done: 2 + step.done, wanted, phase: Phase::NGrams }))
    }

    /// The model; steps that are left are done first.
    ///
    /// # Errors
    /// As [`TextTraining::step`].
    pub fn finish(mut self) -> Result<TextModel, LanguageModelError> {
        while self.step()?.is_some() {}
        match (self.codec, self.training) {
            (Some(codec), Some(training)) => TextModel::of(codec, training.finish()),
            // Both are there after the last step.
            _ => Err(LanguageModelError::EmptyCorpus),
        }
    }
}
