//! What is measured of the texts of one setting.

use std::collections::BTreeSet;

use super::{Group, Record, Units};
use crate::evaluation::{LoopRule, ending_loop, repeated_ngrams, self_bleu, text_words};
use crate::numerics::statistics::mean;

/// A quantity that has one value a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// `−ln p` a token, under the model that wrote the text.
    Surprise,
    /// `−ln p` a character, under a model that the writer knows nothing of.
    Judge,
    /// The share of words that occur in the text that was learned from; of Chinese, of pairs of characters.
    Known,
    /// The share of sequences of four words that the same text had before.
    Repeated,
    /// The share of texts that end in a loop.
    Loops,
    /// Different pairs of words, as a share of all pairs of the text.
    Distinct,
    /// BLEU-4 of a text against those after other prompts.
    SelfBleu,
    /// Characters.
    Length,
    /// Tokens that a choice was made from.
    Candidates,
    /// Rows of logits a token.
    Calls,
}

impl Measure {
    /// All of them.
    pub const ALL: [Measure; 10] = [
        Measure::Surprise,
        Measure::Judge,
        Measure::Known,
        Measure::Repeated,
        Measure::Loops,
        Measure::Distinct,
        Measure::SelfBleu,
        Measure::Length,
        Measure::Candidates,
        Measure::Calls,
    ];

    /// Its name in files.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Surprise => "surprise",
            Measure::Judge => "judge",
            Measure::Known => "known_words",
            Measure::Repeated => "rep_4",
            Measure::Loops => "loops",
            Measure::Distinct => "distinct_2",
            Measure::SelfBleu => "self_bleu",
            Measure::Length => "characters",
            Measure::Candidates => "candidates",
            Measure::Calls => "calls_per_token",
        }
    }
}

/// `−ln p` of a text after its prompt, summed over the text; `None` of a text that the judge cannot read.
pub type Judge<'a> = &'a (dyn Fn(&str, &str) -> Option<f64> + Sync);

/// What texts are held against.
pub struct Reference<'a> {
    /// The words that exist: those of [`text_words`] of a text that people wrote, in lower case.
    pub known: &'a BTreeSet<String>,
    /// A model that the writer knows nothing of.
    pub judge: Option<Judge<'a>>,
}

impl Reference<'_> {
    /// The words of a text, for [`Reference::known`].
    pub fn known(text: &str) -> BTreeSet<String> {
        text_words(&text.to_lowercase()).into_iter().map(String::from).collect()
    }
}

/// The numbers of one setting: one value a prompt for each measure; NaN where there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    values: Vec<(Measure, Vec<f64>)>,
}

impl Measured {
    /// One value a prompt; empty if this was not measured.
    pub fn of(&self, measure: Measure) -> &[f64] {
        self.values.iter().find(|(known, _)| *known == measure).map_or(&[], |(_, values)| values)
    }

    /// Those that were measured.
    pub fn measures(&self) -> impl Iterator<Item = Measure> {
        self.values.iter().map(|(measure, _)| *measure)
    }
}

/// Measures the texts of a setting, prompt by prompt. What needs log-probabilities, a judge or the model's calls is
/// left out where they are not known.
pub fn measure(group: &Group, reference: &Reference) -> Measured {
    let mut units = Units::default();
    let cut = |record: &&Record, units: &mut Units| units.of_cut(&record.text);
    let numbered: Vec<Vec<Vec<u32>>> = group
        .texts
        .iter()
        .map(|texts| texts.iter().map(|record| cut(record, &mut units)).collect())
        .collect();
    let of_words = |value: &dyn Fn(&[u32]) -> f64| -> Vec<f64> {
        numbered.iter().map(|texts| average(texts.iter().map(|text| value(text)))).collect()
    };
    let mut values = vec![
        (Measure::Known, over(group, &|record| known_share(&record.text, reference.known))),
        (Measure::Repeated, of_words(&|text| repeated(text, 4))),
        (Measure::Loops, of_words(&|text| f64::from(u8::from(ending_loop(text, LoopRule::PAPER).is_some())))),
        (Measure::Distinct, of_words(&|text| 1.0 - repeated(text, 2))),
        (Measure::SelfBleu, alike(&numbered)),
        (Measure::Length, over(group, &|record| record.text.chars().count() as f64)),
    ];
    let optional = [
        (Measure::Surprise, surprise as fn(&Record) -> f64),
        (Measure::Candidates, |record: &Record| record.candidates.unwrap_or(f64::NAN)),
        (Measure::Calls, calls),
    ];
    for (measure, of) in optional {
        let each = over(group, &of);
        if each.iter().any(|value| value.is_finite()) {
            values.push((measure, each));
        }
    }
    if let Some(judge) = reference.judge {
        values.push((Measure::Judge, judged(group, judge)));
    }
    values.sort_by_key(|(measure, _)| *measure);
    Measured { values }
}

/// The mean over the texts of each prompt.
fn over(group: &Group, value: &dyn Fn(&Record) -> f64) -> Vec<f64> {
    group.texts.iter().map(|texts| average(texts.iter().map(|record| value(record)))).collect()
}

/// The mean of what is known; NaN if nothing is.
fn average(values: impl Iterator<Item = f64>) -> f64 {
    mean(&values.filter(|value| !value.is_nan()).collect::<Vec<_>>())
}

fn surprise(record: &Record) -> f64 {
    match record.log_probs.as_deref() {
        Some(log_probs) if !log_probs.is_empty() => -mean(log_probs),
        _ => f64::NAN,
    }
}

fn calls(record: &Record) -> f64 {
    match (record.model_calls, &record.log_probs) {
        (Some(calls), Some(log_probs)) if !log_probs.is_empty() => calls as f64 / log_probs.len() as f64,
        _ => f64::NAN,
    }
}

/// Nats a character, under the judge. A text that stands twice is judged once.
fn judged(group: &Group, judge: Judge) -> Vec<f64> {
    let of_prompt = |texts: &Vec<&Record>| {
        let mut last: Option<(&str, f64)> = None;
        average(texts.iter().map(|record| match last {
            Some((text, value)) if text == record.text => value,
            _ => {
                let nats = judge(&record.prompt, &record.text).unwrap_or(f64::NAN);
                let value = nats / record.text.chars().count() as f64;
                last = Some((&record.text, value));
                value
            }
        }))
    };
    group.texts.iter().map(of_prompt).collect()
}

/// The share of n-grams that occurred before; NaN of a text without any.
fn repeated(text: &[u32], n: usize) -> f64 {
    if text.len() < n { f64::NAN } else { repeated_ngrams(text, n) }
}

/// BLEU of each prompt's texts against those of the other prompts: the first against all first ones, the second
/// against the second ones. NaN of a prompt with a text that has no words: nothing is like it, yet it is not diverse.
fn alike(texts: &[Vec<Vec<u32>>]) -> Vec<f64> {
    let each = texts.iter().map(Vec::len).min().unwrap_or(0);
    if texts.len() < 2 {
        return vec![f64::NAN; texts.len()];
    }
    let mut sums = vec![0.0; texts.len()];
    for j in 0..each {
        let words: Vec<&[u32]> = texts.iter().map(|of_prompt| of_prompt[j].as_slice()).collect();
        sums.iter_mut().zip(self_bleu(&words)).for_each(|(sum, bleu)| *sum += bleu / each as f64);
    }
    let wordless = |of_prompt: &[Vec<u32>]| of_prompt.iter().any(Vec::is_empty);
    sums.iter_mut().zip(texts).filter(|(_, texts)| wordless(texts)).for_each(|(sum, _)| *sum = f64::NAN);
    sums
}

/// The share of a text's words that exist; NaN of a text without words. The last word may be cut and the first may
/// continue the prompt: they are left out where enough remain.
fn known_share(text: &str, known: &BTreeSet<String>) -> f64 {
    const FEW: usize = 4;
    let text = text.to_lowercase();
    let all = text_words(&text);
    let inner = if all.len() > FEW { &all[1..all.len() - 1] } else { &all[..] };
    let there = inner.iter().filter(|word| known.contains(**word)).count();
    there as f64 / inner.len() as f64
}
