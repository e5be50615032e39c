//! From knobs to a trained model, a prompt and strategies.

use std::ops::Range;

use concepts::corpus::{CHINESE, ENGLISH, split};
use concepts::language_model::{LanguageModelError, TextCodec};

use super::logits::{self, read_text};
use super::strategies::{self, Named, Numbers};
use super::trained::{Trained, train};
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::Setting;

/// A corpus is not read beyond this.
const MOST_BYTES: u64 = 5_000_000;
/// With less there is nothing to hold out and to compare with.
const FEWEST_CHARACTERS: usize = 500;
/// The share of a text that is held out, at its end.
const HELD_OUT: f64 = 0.1;
/// Characters of the prompt when none is given, and how far its last word may reach.
const PROMPT: usize = 24;
const PROMPT_REACH: usize = 40;
/// A first line as short as this is a title.
const TITLE: usize = 60;

/// Everything that one run of the lesson computes with.
pub(super) struct Setup {
    pub trained: Trained,
    /// Tokens that every text begins with.
    pub prompt: Vec<u32>,
    /// What really follows, if the prompt is the beginning of the held-out text.
    pub real: Option<Vec<u32>>,
    pub numbers: Numbers,
    pub strategies: Vec<Named>,
    pub order: usize,
    pub tokens: usize,
    /// Which token is put under the glass, from 1.
    pub step: usize,
    /// The person's own logits.
    pub logits: Option<Vec<f64>>,
    /// The whole comparison?
    pub compare: bool,
    /// Does the text come from the person's own file?
    pub own: bool,
    pub seed: u64,
}

impl Setup {
    pub(super) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let knobs = &setting.values;
        let whole = |name: &str| knobs.integer(name).unwrap_or(1);
        let order = whole("order");
        let logits = knobs.file("logits").map(logits::read).transpose()?;
        let trained = of_knobs(knobs, order)?;
        let given = knobs.words("prompt");
        let prompt = match given {
            Some(prompt) => trained.vocabulary.encode(prompt).map_err(of_prompt)?,
            None => trained.held_out[beginning(&trained)].to_vec(),
        };
        let (tokens, step) = (whole("tokens"), whole("step"));
        if step > tokens {
            return Err(Refusal::new(
                format!(
                    "--step {step}: the continuation has {tokens} tokens; give a smaller step or more --tokens"
                ),
                format!("--step {step}：续写只有 {tokens} 个 token，请减小 --step 或加大 --tokens"),
            ));
        }
        let numbers = Numbers::new(knobs);
        Ok(Setup {
            real: given.is_none().then(|| trained.held_out[beginning(&trained).end..].to_vec()),
            trained,
            prompt,
            strategies: strategies::chosen(&numbers, knobs.words("strategy").unwrap_or("all")),
            numbers,
            order,
            tokens,
            step,
            logits,
            compare: knobs.is_on("compare"),
            own: knobs.file("corpus").is_some(),
            seed: setting.seed,
        })
    }
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

/// The built-in text: what is trained on, what is held out.
pub(super) fn built_in(name: &str) -> (&'static str, &'static str) {
    split(if name == "chinese" { CHINESE } else { ENGLISH })
}

/// The model of the person's own text, or of the built-in one.
fn of_knobs(knobs: &Values, order: usize) -> Result<Trained, Refusal> {
    let Some(path) = knobs.file("corpus") else {
        let (training, held_out) = built_in(knobs.words("text").unwrap_or("english"));
        return train(training, held_out, order).map_err(Refusal::from);
    };
    let text = read_text(path, "corpus", MOST_BYTES)?;
    let characters = text.chars().count();
    if characters < FEWEST_CHARACTERS {
        let shown = path.display();
        return Err(Refusal::new(
            format!(
                "--corpus {shown}: {characters} characters are too few to learn from and to hold some out; give at least {FEWEST_CHARACTERS}"
            ),
            format!(
                "--corpus {shown}：只有 {characters} 个字符，不够训练，也不够再留出一部分；至少要 {FEWEST_CHARACTERS} 个"
            ),
        ));
    }
    let (training, held_out) = cut(&text);
    train(training, held_out, order).map_err(Refusal::from)
}

/// Where a person's text is cut: between two paragraphs if the parts then have their sizes, else between
/// two characters.
fn cut(text: &str) -> (&str, &str) {
    let (training, held_out) = split(text);
    let share = held_out.len() as f64 / text.len() as f64;
    if (HELD_OUT / 2.0..=HELD_OUT * 2.0).contains(&share) {
        return (training, held_out);
    }
    let from = (text.chars().count() as f64 * (1.0 - HELD_OUT)) as usize;
    text.split_at(text.char_indices().nth(from).map_or(text.len(), |(at, _)| at))
}

/// A prompt that cannot be encoded: the text that was trained on can be another one.
fn of_prompt(error: LanguageModelError) -> Refusal {
    match error {
        LanguageModelError::UnknownCharacter { character, place } => {
            let nth = place + 1;
            Refusal::new(
                format!(
                    "--prompt: character {nth} is {character:?}, which the training text never has; leave it out, or train on a text that has it (--corpus)"
                ),
                format!(
                    "--prompt：第 {nth} 个字符“{character}”在训练文本里从未出现；请去掉它，或用 --corpus 换一份含有它的语料"
                ),
            )
        }
        other => other.into(),
    }
}
