//! Who writes, and who judges.

use std::path::Path;

use concepts::decoding::LanguageModel;
use concepts::language_model::{Judge, Ppm, TextCodec, TextModel, TextTraining, Unit};
use indicatif::{ProgressBar, ProgressStyle};

use super::real::RealWriter;
use super::recipes;
use super::source::Learned;
use super::writer::{Of, Writer};
use crate::kit::attended::attended;
use crate::kit::knob::{Refusal, Values, Whole};
use crate::kit::text::Text;
use crate::lessons::decoding::{WORDS, knobs};
use crate::real::changes::{WINDOW, WINDOWS, takes_long};
use crate::{named, real};

/// Characters that the judge looks back.
const JUDGE_CONTEXT: usize = 5;
/// Texts below this are learned before a bar could be read.
const LONG: usize = 2_000_000;

/// A model that judges a text after its prompt: `−ln p`, summed.
pub(super) type JudgeModel = Box<dyn Fn(&str, &str) -> Option<f64> + Sync>;

/// A judge with its name.
pub(super) struct Judging {
    pub judge: JudgeModel,
    pub name: Text,
}

/// A writer with its name.
pub(super) struct Writing {
    pub writer: Box<dyn Writer>,
    pub name: Text,
    /// Texts of each setting, and tokens of each text, if a person asks for none.
    pub usual: (usize, usize),
    /// What of its file nothing uses.
    pub unused: Option<Text>,
}

/// An n-gram model writes thousands of tokens in a second.
const USUAL: (usize, usize) = (40, 120);
/// A model with millions of weights does not.
const USUAL_REAL: (usize, usize) = (8, 32);

/// What the writer's tokens are.
fn unit(values: &Values) -> Result<Unit, Refusal> {
    let typed = knobs::MODEL.of(values).unwrap_or("ngram:chars");
    match typed.trim() {
        "ngram:chars" | "ngram" => Ok(Unit::Characters),
        "ngram:words" => Ok(Unit::Words),
        "ngram:subwords" => Ok(Unit::SubWords),
        _ => Err(Refusal(WORDS.with("refused.model", &named![model = typed]))),
    }
}

/// A model of one's own: whatever is there and is called otherwise.
pub(super) fn own_file(values: &Values) -> Option<&Path> {
    let path = Path::new(knobs::MODEL.of(values)?.trim());
    path.exists().then_some(path)
}

/// What to say while a model of one's own writes, if that takes long: it writes at most as fast as it reads.
pub(super) fn waiting(values: &Values) -> Option<Text> {
    let path = own_file(values)?;
    let settings = recipes::recipes(values).ok()?.len();
    let asked = |knob: &Whole, usual| if values.given(knob) { knob.of(values) } else { usual };
    let (texts, tokens) = (asked(&knobs::TEXTS, USUAL_REAL.0), asked(&knobs::TOKENS, USUAL_REAL.1));
    let written = (settings * texts * tokens) as f64;
    let id = if values.given(&knobs::BUDGET) { "timing.writing-budget" } else { "timing.writing" };
    let long = takes_long(path, written / (WINDOW * WINDOWS) as f64);
    long.then(|| WORDS.with(id, &named![settings]))
}

/// A real model, which has never seen the text, and a judge of it.
fn real_writing(path: &Path, text: &Learned, values: &Values) -> Result<(Writing, Judging), Refusal> {
    if values.given(&knobs::ORDER) {
        return Err(Refusal(WORDS.get("refused.real-order")));
    }
    let real = real::open(path, "model")?;
    let parameters = real.parameters() as f64;
    let tokens = real.config().vocab;
    let name = WORDS.with("models.real", &named![name = real.name.clone(), parameters, tokens]);
    let unused = real::unused(&real);
    let writer = Box::new(RealWriter::new(real, &text.held_out)?);
    Ok((Writing { writer, name, usual: USUAL_REAL, unused }, judging(text)?))
}

/// A writer of every other paragraph of the training text, and a judge of those between.
pub(super) fn writing(text: &Learned, values: &Values) -> Result<(Writing, Judging), Refusal> {
    if let Some(path) = own_file(values) {
        return real_writing(path, text, values);
    }
    let unit = unit(values)?;
    let order = if values.given(&knobs::ORDER) { knobs::ORDER.of(values) } else { unit.order() };
    pair(text, unit, order)
}

/// As [`writing`], without knobs.
pub(super) fn pair(text: &Learned, unit: Unit, order: usize) -> Result<(Writing, Judging), Refusal> {
    let (own, _) = halves(&text.training);
    let (codec, model) = trained(&own, unit, order)?.into_parts();
    let held_out = codec.encode(&text.held_out)?;
    let tokens = model.vocab_size() - model.never().len();
    let writer: Box<dyn Writer> = Box::new(Of::new(model, codec, held_out));
    let id = match unit {
        Unit::Characters => "models.chars",
        Unit::Words => "models.words",
        Unit::SubWords => "models.subwords",
    };
    let name = WORDS.with(id, &named![order, tokens]);
    Ok((Writing { writer, name, usual: USUAL, unused: None }, judging(text)?))
}

/// Learns in steps, under a bar where that takes a while.
fn trained(text: &str, unit: Unit, order: usize) -> Result<TextModel, Refusal> {
    let bar = (text.len() >= LONG && attended()).then(|| {
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} · {eta}");
        ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    });
    let mut training = TextTraining::new(text, unit, order);
    while let Some(step) = training.step()? {
        if let Some(bar) = &bar {
            bar.set_length(step.wanted as u64);
            bar.set_position(step.done as u64);
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(training.finish()?)
}

/// What the judge learns from, whoever wrote the texts: the half of the training text that the writer has not. Texts
/// are judged alike where they are written here and where they come from a file.
pub(super) fn half(text: &Learned) -> String {
    halves(&text.training).1
}

/// A judge of [`half`] of a text, a model of another kind than those that write.
pub(super) fn judging(text: &Learned) -> Result<Judging, Refusal> {
    let model = Ppm::train(&half(text), JUDGE_CONTEXT)?;
    let judge = move |prompt: &str, text: &str| Some(-model.judge(prompt, text).ok()?.log_probability);
    let name = WORDS.with("models.ppm", &named![context = JUDGE_CONTEXT]);
    Ok(Judging { judge: Box::new(judge), name })
}

/// Every other paragraph, or line where there are no paragraphs: two texts of one kind that share no sentence.
fn halves(text: &str) -> (String, String) {
    for between in ["\n\n", "\n"] {
        let mut halves = [String::new(), String::new()];
        for (place, paragraph) in text.split_inclusive(between).enumerate() {
            halves[place % 2].push_str(paragraph);
        }
        let [own, other] = halves;
        if !own.trim().is_empty() && !other.trim().is_empty() {
            return (own, other);
        }
    }
    let (own, other) = concepts::language_model::halves(text);
    (own.into(), other.into())
}
