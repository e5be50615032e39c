//! What is measured of the texts of one setting.

use std::collections::BTreeSet;

use super::sample::{Sample, by_prompt, measure_samples};
use super::{Group, Measure, Measured, Record, Units};
use crate::evaluation::text_words;

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

/// Measures the texts of a setting, prompt by prompt. What needs log-probabilities, a judge or the model's calls is
/// left out where they are not known.
pub fn measure<'r>(group: &Group<'r>, reference: &Reference) -> Measured {
    let mut units = Units::default();
    let mut of = |texts: &Vec<&'r Record>| texts.iter().map(|record| of_record(record, &mut units)).collect();
    let samples: Vec<Vec<Sample>> = group.texts.iter().map(&mut of).collect();
    let mut measured = measure_samples(&samples);
    let known = |record: &&Record| known_share(&record.text, reference.known);
    measured.add(Measure::Known, by_prompt(&group.texts, &known));
    if let Some(judge) = reference.judge {
        measured.add(Measure::Judge, judged(group, judge));
    }
    measured
}

/// A record as numbers. Loops are looked for in words: what its tokens were is not known.
fn of_record<'r>(record: &'r Record, units: &mut Units) -> Sample<'r> {
    Sample {
        words: units.of_cut(&record.text),
        tokens: None,
        log_probs: record.log_probs.as_deref(),
        model_calls: record.model_calls,
        candidates: record.candidates,
        characters: record.text.chars().count(),
    }
}

/// Nats a character, under the judge. A text that stands twice is judged once.
fn judged<'r>(group: &Group<'r>, judge: Judge) -> Vec<f64> {
    let of_prompt = |texts: &Vec<&'r Record>| -> Vec<f64> {
        let mut last: Option<(&str, f64)> = None;
        let one = |&record: &&'r Record| match last {
            Some((text, value)) if text == record.text => value,
            _ => {
                let nats = judge(&record.prompt, &record.text).unwrap_or(f64::NAN);
                let value = nats / record.text.chars().count() as f64;
                last = Some((&record.text, value));
                value
            }
        };
        texts.iter().map(one).collect()
    };
    by_prompt(&group.texts.iter().map(of_prompt).collect::<Vec<_>>(), &|value| *value)
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
