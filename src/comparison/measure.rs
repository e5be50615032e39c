//! What is measured of the texts of one setting.

use super::units::{is_ideograph, words};
use super::{Group, Record, Units};
use crate::evaluation::{LoopRule, ending_loop, repeated_ngrams, self_bleu};
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

/// What texts are held against.
pub struct Reference<'a> {
    /// Words and pairs of characters that exist; see [`Reference::known`].
    pub known: &'a Units,
    /// `−ln p` of a text after its prompt, summed over the text, under a model that the writer knows nothing of;
    /// `None` of a text that it cannot read.
    #[allow(clippy::type_complexity)]
    pub judge: Option<&'a (dyn Fn(&str, &str) -> Option<f64> + Sync)>,
}

impl Reference<'_> {
    /// The words that exist: those of a text, and of Chinese the pairs of neighbouring characters.
    pub fn known(text: &str) -> Units {
        let mut known = Units::default();
        for word in vouched(text) {
            known.number(&word);
        }
        known
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
fn judged(group: &Group, judge: &(dyn Fn(&str, &str) -> Option<f64> + Sync)) -> Vec<f64> {
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

/// The share of a text's words that exist; NaN of a text without words.
fn known_share(text: &str, known: &Units) -> f64 {
    let all = vouched(text);
    let there = all.iter().filter(|word| known.has(word)).count();
    if all.is_empty() { f64::NAN } else { there as f64 / all.len() as f64 }
}

/// What can exist or not: words of letters, and of Chinese each pair of neighbouring characters. The last word of a
/// text may be cut, and the first may continue the prompt: they are left out.
fn vouched(text: &str) -> Vec<String> {
    let chinese = text.chars().any(is_ideograph);
    if chinese {
        let all: Vec<char> = text.chars().collect();
        let pairs = all.windows(2).filter(|pair| pair.iter().all(|&c| is_ideograph(c)));
        return pairs.map(|pair| pair.iter().collect()).collect();
    }
    let all: Vec<&str> = words(text).filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let inner = if all.len() > 4 { &all[1..all.len() - 1] } else { &all[..] };
    inner.iter().map(ToString::to_string).collect()
}
