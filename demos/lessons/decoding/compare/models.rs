//! Who writes, and who judges.

use concepts::language_model::{CharVocabulary, KneserNey, TextCodec, UnknownCharacters, score};

use super::source::Learned;
use super::writer::{Of, Writer};
use crate::kit::knob::{Refusal, Values};
use crate::kit::text::Text;
use crate::lessons::decoding::trained::Endless;
use crate::lessons::decoding::{WORDS, knobs};
use crate::named;

/// A model that judges a text after its prompt: `−ln p`, summed.
pub(super) type JudgeModel = Box<dyn Fn(&str, &str) -> Option<f64> + Sync>;

/// A writer, if one is wanted, and a judge that knows nothing of it.
pub(super) struct Models {
    pub writer: Option<Box<dyn Writer>>,
    pub name: Text,
    pub judge: JudgeModel,
    pub judge_name: Text,
}

/// A writer of one half of the training text, and a judge of the other half.
pub(super) fn writing(text: &Learned, values: &Values) -> Result<Models, Refusal> {
    let (own, other) = halves(&text.training);
    let order = knobs::ORDER.of(values);
    let codec = CharVocabulary::of(&format!("{}{}", text.training, text.held_out));
    let ids = codec.encode(&own)?;
    let model = Endless(KneserNey::train(&[&ids], codec.vocab_size(), order)?);
    let held_out = codec.encode(&text.held_out)?;
    let writer: Box<dyn Writer> = Box::new(Of::new(model, codec, held_out));
    let (judge, judge_name) = judge(&other)?;
    Ok(Models { writer: Some(writer), name: WORDS.with("models.chars", &named![order]), judge, judge_name })
}

/// A judge of the whole text.
pub(super) fn judging(text: &Learned) -> Result<Models, Refusal> {
    let (judge, judge_name) = judge(&format!("{}{}", text.training, text.held_out))?;
    Ok(Models { writer: None, name: Text::same(""), judge, judge_name })
}

fn judge(text: &str) -> Result<(JudgeModel, Text), Refusal> {
    let order = 4usize;
    let codec = CharVocabulary::of(text).with_unknown(UnknownCharacters::Replace);
    let model = KneserNey::train(&[&codec.encode(text)?], codec.vocab_size(), order)?;
    let judge = move |prompt: &str, text: &str| {
        let (prompt, text) = (codec.encode(prompt).ok()?, codec.encode(text).ok()?);
        Some(-score(&model, &prompt, &text).ok()?.log_probability)
    };
    Ok((Box::new(judge), WORDS.with("models.chars", &named![order])))
}

/// Every other paragraph: two texts of one kind that share no sentence.
fn halves(text: &str) -> (String, String) {
    let mut halves = [String::new(), String::new()];
    for (place, paragraph) in text.split_inclusive("\n\n").enumerate() {
        halves[place % 2].push_str(paragraph);
    }
    let [own, other] = halves;
    if other.is_empty() { (own.clone(), own) } else { (own, other) }
}
