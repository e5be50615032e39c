//! From knobs to a trained model, a prompt and strategies.

use std::ops::Range;

use concepts::corpus::{CHINESE, ENGLISH, split};
use concepts::decoding::LanguageModel;
use concepts::language_model::{LanguageModelError, TextCodec};

use super::WORDS;
use super::compare;
use super::knobs::{self, BuiltIn};
use super::logits::{self, Own};
use super::strategies::{self, Named, Numbers};
use super::trained::{Trained, train};
use crate::kit::files::{Wanted, read_text};
use crate::kit::knob::{Knob, Refusal, Values};
use crate::kit::lesson::Setting;
use crate::named;

/// A corpus is not read beyond this.
pub(super) const MOST_BYTES: u64 = 5_000_000;
/// With less there is nothing to hold out and to compare with.
const FEWEST_CHARACTERS: usize = 500;
/// The share of a text that is held out, at its end.
const HELD_OUT: f64 = 0.1;
/// Characters of the prompt when none is given, and how far its last word may reach.
const PROMPT: usize = 24;
const PROMPT_REACH: usize = 40;
/// What top-k keeps of words where a person says nothing.
const K_OF_WORDS: usize = 50;
/// A first line as short as this is a title.
const TITLE: usize = 60;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub trained: Trained,
    /// Tokens that every text begins with.
    pub prompt: Vec<u32>,
    /// What really follows, if the prompt is the beginning of the held-out text.
    pub real: Option<Vec<u32>>,
    pub numbers: Numbers,
    /// What top-k keeps of a vocabulary of words: a person's number, or one of the written answer's range, since the
    /// lesson's own is meant for characters.
    pub k_of_words: usize,
    pub strategies: Vec<Named>,
    pub order: usize,
    pub tokens: usize,
    /// Which token is looked at closely, from 1.
    pub step: usize,
    /// The person's own logits.
    pub logits: Option<Own>,
    /// Does the text come from the person's own file?
    pub own: bool,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        together(values)?;
        let order = knobs::ORDER.of(values);
        let logits = knobs::LOGITS.of(values);
        let row = knobs::ROW.of(values);
        let logits = logits.map(|path| logits::read(path, row)).transpose()?;
        let trained = model(values, order)?;
        let given = knobs::PROMPT.of(values);
        let prompt = match given {
            Some(prompt) => encoded(prompt, &trained, values)?,
            None => trained.held_out[beginning(&trained)].to_vec(),
        };
        let (tokens, step) = (knobs::TOKENS.of(values), knobs::STEP.of(values));
        if step > tokens {
            return Err(Refusal(WORDS.with("refused.step", &named![step, tokens])));
        }
        let numbers = Numbers::new(values);
        Ok(Setup {
            real: given.is_none().then(|| trained.held_out[beginning(&trained).end..].to_vec()),
            trained,
            prompt,
            strategies: strategies::chosen(&numbers, knobs::STRATEGY.of(values)),
            k_of_words: if values.given(&knobs::K) { numbers.k } else { K_OF_WORDS },
            numbers,
            order,
            tokens,
            step,
            logits,
            own: knobs::CORPUS.of(values).is_some(),
            seed: setting.seed,
        })
    }
}

/// What belongs to the comparison, and pairs of which one would not be used.
fn together(values: &Values) -> Result<(), Refusal> {
    let given = |knob: &dyn Knob| values.given(knob);
    let of_comparison: [&dyn Knob; 7] = [
        &knobs::MODEL,
        &knobs::STRATEGIES,
        &knobs::TEXTS,
        &knobs::WIDE,
        &knobs::BUDGET,
        &knobs::PROMPTS,
        &knobs::EXPORT,
    ];
    let alone = of_comparison.into_iter().find(|knob| !compare::asked(values) && given(*knob));
    if let Some(flag) = alone {
        return Err(Refusal(WORDS.with("refused.compare-alone", &named![flag = flag.name()])));
    }
    if let (Some(row), None) = (knobs::ROW.of(values), knobs::LOGITS.of(values)) {
        return Err(Refusal(WORDS.with("refused.row-alone", &named![row])));
    }
    if given(&knobs::LOGITS) && given(&knobs::STEP) {
        return Err(Refusal(WORDS.get("refused.logits-step")));
    }
    Ok(())
}

/// As many tokens as fit into a number of logits, but not too few to say anything.
pub(crate) fn within(tokens: usize, logits: usize, trained: &Trained) -> usize {
    shorter(tokens, logits, trained.model.vocab_size())
}

/// The same for a vocabulary of which only the size is known.
pub(crate) fn shorter(tokens: usize, logits: usize, vocabulary: usize) -> usize {
    const FEWEST: usize = 24;
    tokens.min((logits / vocabulary.max(1)).max(FEWEST))
}

/// Where the held-out text begins after its title: some words.
fn beginning(trained: &Trained) -> Range<usize> {
    let text: Vec<char> = trained.vocabulary.decode(&trained.held_out).chars().collect();
    let title = text.windows(2).take(TITLE).position(|pair| pair == ['\n', '\n']).map_or(0, |at| at + 2);
    let start = if title < text.len() { title } else { 0 };
    let end = (start + PROMPT).min(text.len());
    let word = text[end..].iter().take(PROMPT_REACH - PROMPT).position(|c| c.is_whitespace());
    start..end + word.map_or(0, |at| at + 1)
}

/// A built-in text: what is trained on, what is held out.
pub(crate) fn built_in(text: BuiltIn) -> (&'static str, &'static str) {
    split(built_in_text(text))
}

/// A built-in text, whole.
pub(crate) fn built_in_text(text: BuiltIn) -> &'static str {
    match text {
        BuiltIn::English => ENGLISH,
        BuiltIn::Chinese => CHINESE,
    }
}

/// The tokens of a person's prompt. If it is written in the language of the other built-in text, that is said.
fn encoded(prompt: &str, trained: &Trained, values: &Values) -> Result<Vec<u32>, Refusal> {
    let other = match knobs::TEXT.of(values) {
        BuiltIn::English => BuiltIn::Chinese,
        BuiltIn::Chinese => BuiltIn::English,
    };
    let (training, held_out) = built_in(other);
    let there = |c: char| training.contains(c) || held_out.contains(c);
    trained.vocabulary.encode(prompt).map_err(|error| match error {
        _ if knobs::CORPUS.of(values).is_none() && prompt.chars().all(there) => {
            Refusal(WORDS.with("refused.other-text", &named![prompt, text = other.word()]))
        }
        LanguageModelError::UnknownCharacter { character, place } => {
            let values = named![place = place + 1, character = character.to_string()];
            Refusal(WORDS.with("refused.character", &values))
        }
        other => other.into(),
    })
}

/// The model of the person's own text, or of a built-in one.
fn model(values: &Values, order: usize) -> Result<Trained, Refusal> {
    let Some(text) = own_text(values, MOST_BYTES)? else {
        let (training, held_out) = built_in(knobs::TEXT.of(values));
        return train(training, held_out, order).map_err(Refusal::from);
    };
    let (training, held_out) = cut(&text);
    train(training, held_out, order).map_err(Refusal::from)
}

/// The text that a person brought, if it is long enough to learn from.
pub(crate) fn own_text(values: &Values, most: u64) -> Result<Option<String>, Refusal> {
    let Some(path) = knobs::CORPUS.of(values) else { return Ok(None) };
    if values.given(&knobs::TEXT) {
        return Err(Refusal(WORDS.get("refused.corpus-text")));
    }
    let (what, because) = (WORDS.get("files.corpus"), WORDS.get("files.corpus-most"));
    let text = read_text(path, &Wanted { flag: "corpus", what, most, because })?;
    if text.trim().is_empty() {
        let path = path.display().to_string();
        return Err(Refusal(WORDS.with("refused.corpus-blank", &named![path, bytes = text.len()])));
    }
    let characters = text.chars().count();
    if characters < FEWEST_CHARACTERS {
        let (path, fewest) = (path.display().to_string(), FEWEST_CHARACTERS);
        return Err(Refusal(WORDS.with("refused.corpus-short", &named![path, characters, fewest])));
    }
    Ok(Some(text))
}

/// Where a person's text is cut: between two paragraphs if the parts then have their sizes, else between
/// two characters.
pub(crate) fn cut(text: &str) -> (&str, &str) {
    let (training, held_out) = split(text);
    let share = held_out.len() as f64 / text.len() as f64;
    if (HELD_OUT / 2.0..=HELD_OUT * 2.0).contains(&share) {
        return (training, held_out);
    }
    let from = (text.chars().count() as f64 * (1.0 - HELD_OUT)) as usize;
    text.split_at(text.char_indices().nth(from).map_or(text.len(), |(at, _)| at))
}
