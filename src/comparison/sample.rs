//! One text as numbers, and what is measured of many.

use super::{Measure, Measured};
use crate::evaluation::{LoopRule, ending_loop, repeated_ngrams, self_bleu};
use crate::numerics::statistics::mean;

/// One text as numbers: what a measure looks at, whoever wrote the text and whatever it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample<'a> {
    /// Its words, by number: see [`Units`](super::Units).
    pub words: Vec<u32>,
    /// The tokens in which a loop is looked for; `None` for the words.
    pub tokens: Option<&'a [u32]>,
    /// `ln p` of each token under the model that wrote it, where that is known.
    pub log_probs: Option<&'a [f64]>,
    /// Rows of logits that it took, where that is known.
    pub model_calls: Option<u64>,
    /// The mean number of tokens that a choice was made from, where that is known.
    pub candidates: Option<f64>,
    /// How many characters it has.
    pub characters: usize,
}

/// Measures the texts of a setting, prompt by prompt: all but what needs to know more than the texts, which is
/// [`Measure::Known`] and [`Measure::Judge`]. What needs log-probabilities or the model's calls is left out where they
/// are not known of any text; a prompt's value is the mean over those of its texts that have one.
///
/// # Formula
/// See [`Measure`]; `Surprise = −mean ln p`, `Distinct = 1 − repeated pairs / pairs`
///
/// # Examples
/// ```
/// use concepts::comparison::{Measure, Sample, measure_samples};
/// let sample = |words: &[u32]| Sample {
///     words: words.to_vec(),
///     tokens: None,
///     log_probs: Some(&[-1.0, -3.0]),
///     model_calls: None,
///     candidates: None,
///     characters: 9,
/// };
/// let measured = measure_samples(&[vec![sample(&[1, 2, 1, 2, 1])], vec![sample(&[3, 4])]]);
/// assert_eq!(measured.of(Measure::Distinct), [0.5, 1.0]);
/// assert_eq!(measured.of(Measure::Surprise), [2.0, 2.0]);
/// assert!(measured.of(Measure::Calls).is_empty());
/// ```
pub fn measure_samples(samples: &[Vec<Sample>]) -> Measured {
    let over = |value: &dyn Fn(&Sample) -> f64| by_prompt(samples, value);
    let mut measured = Measured::default();
    measured.add(Measure::Repeated, over(&|text| repeated(&text.words, 4)));
    measured.add(Measure::Loops, loops(samples));
    measured.add(Measure::Distinct, over(&|text| 1.0 - repeated(&text.words, 2)));
    measured.add(Measure::SelfBleu, alike(samples));
    measured.add(Measure::Length, over(&|text| text.characters as f64));
    let optional = [
        (Measure::Surprise, surprise as fn(&Sample) -> f64),
        (Measure::Candidates, |text: &Sample| text.candidates.unwrap_or(f64::NAN)),
        (Measure::Calls, calls),
    ];
    for (measure, of) in optional {
        let each = over(&of);
        if each.iter().any(|value| value.is_finite()) {
            measured.add(measure, each);
        }
    }
    measured
}

/// The mean over the texts of each prompt, of those that have a value; NaN where none has.
pub(super) fn by_prompt<T>(texts: &[Vec<T>], value: &dyn Fn(&T) -> f64) -> Vec<f64> {
    let known = |of_prompt: &Vec<T>| -> Vec<f64> {
        of_prompt.iter().map(value).filter(|value| !value.is_nan()).collect()
    };
    texts.iter().map(|of_prompt| mean(&known(of_prompt))).collect()
}

/// The share of texts that end in a loop; NaN where no text of the setting has room for one: 0 would say that they were
/// looked at and have none.
fn loops(samples: &[Vec<Sample>]) -> Vec<f64> {
    let has_room = |text: &Sample| loop_tokens(text).len() >= LoopRule::PAPER.shortest();
    if !samples.iter().flatten().any(has_room) {
        return vec![f64::NAN; samples.len()];
    }
    let looped =
        |text: &Sample| f64::from(u8::from(ending_loop(loop_tokens(text), LoopRule::PAPER).is_some()));
    by_prompt(samples, &looped)
}

fn loop_tokens<'a>(text: &'a Sample) -> &'a [u32] {
    text.tokens.unwrap_or(&text.words)
}

fn surprise(text: &Sample) -> f64 {
    match text.log_probs {
        Some(log_probs) if !log_probs.is_empty() => -mean(log_probs),
        _ => f64::NAN,
    }
}

fn calls(text: &Sample) -> f64 {
    match (text.model_calls, text.log_probs) {
        (Some(calls), Some(log_probs)) if !log_probs.is_empty() => calls as f64 / log_probs.len() as f64,
        _ => f64::NAN,
    }
}

/// The share of n-grams that occurred before; NaN of a text without any.
fn repeated(words: &[u32], n: usize) -> f64 {
    if words.len() < n { f64::NAN } else { repeated_ngrams(words, n) }
}

/// BLEU of each prompt's texts against those of the other prompts: the first against all first ones, the second
/// against the second ones. NaN of a prompt with a text that has no words: nothing is like it, yet it is not diverse.
/// With one prompt alone its texts are held against each other.
fn alike(samples: &[Vec<Sample>]) -> Vec<f64> {
    let each = samples.iter().map(Vec::len).min().unwrap_or(0);
    match samples {
        [] => return Vec::new(),
        [only] => return vec![among(only)],
        _ => {}
    }
    let mut sums = vec![0.0; samples.len()];
    for j in 0..each {
        let words: Vec<&[u32]> = samples.iter().map(|of_prompt| of_prompt[j].words.as_slice()).collect();
        sums.iter_mut().zip(self_bleu(&words)).for_each(|(sum, bleu)| *sum += bleu / each as f64);
    }
    let wordless = |of_prompt: &[Sample]| of_prompt.iter().any(|text| text.words.is_empty());
    sums.iter_mut().zip(samples).filter(|(_, texts)| wordless(texts)).for_each(|(sum, _)| *sum = f64::NAN);
    sums
}

/// The mean BLEU of texts against each other; NaN of fewer than two, or where one has no words.
fn among(texts: &[Sample]) -> f64 {
    let words: Vec<&[u32]> = texts.iter().map(|text| text.words.as_slice()).collect();
    if words.len() < 2 || words.iter().any(|text| text.is_empty()) {
        return f64::NAN;
    }
    mean(&self_bleu(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(words: &[u32]) -> Sample<'static> {
        let words = words.to_vec();
        Sample { words, tokens: None, log_probs: None, model_calls: None, candidates: None, characters: 0 }
    }

    #[test]
    fn without_a_pair_of_words_there_is_no_number() {
        let measured = measure_samples(&[
            vec![sample(&[])],
            vec![sample(&[1])],
            vec![sample(&[1, 2])],
            vec![sample(&[1, 2, 1, 2, 1])],
        ]);
        let distinct = measured.of(Measure::Distinct);
        assert!(distinct[0].is_nan() && distinct[1].is_nan());
        assert_eq!(distinct[2..], [1.0, 0.5]);
    }

    #[test]
    fn of_texts_without_room_for_a_loop_nothing_is_said() {
        let loops = |texts: &[&[u32]]| {
            measure_samples(&texts.iter().map(|words| vec![sample(words)]).collect::<Vec<_>>())
                .of(Measure::Loops)
                .to_vec()
        };
        assert!(loops(&[&[1, 1, 1, 1, 1], &[]]).iter().all(|share| share.is_nan()));
        // One text with room is enough: the others did not loop.
        assert_eq!(loops(&[&[1, 2, 1, 2, 1, 2], &[1, 1]]), [1.0, 0.0]);
    }

    #[test]
    fn blanks_alone_are_not_diverse() {
        let measured =
            measure_samples(&[vec![sample(&[])], vec![sample(&[1, 2, 3, 4])], vec![sample(&[1, 2, 3, 4])]]);
        let alike = measured.of(Measure::SelfBleu);
        assert!(alike[0].is_nan() && alike[1] > 0.9, "{alike:?}");
    }

    #[test]
    fn texts_of_one_prompt_are_held_against_each_other() {
        let same = measure_samples(&[vec![sample(&[1, 2, 3, 4, 5]), sample(&[1, 2, 3, 4, 5])]]);
        assert!(same.of(Measure::SelfBleu)[0] > 0.999);
        let apart = measure_samples(&[vec![sample(&[1, 2, 3, 4, 5]), sample(&[6, 7, 8, 9, 10])]]);
        assert!(apart.of(Measure::SelfBleu)[0] < 0.1);
        assert!(measure_samples(&[vec![sample(&[1, 2])]]).of(Measure::SelfBleu)[0].is_nan());
    }

    #[test]
    fn a_text_without_a_number_does_not_take_that_of_its_prompt() {
        let measured = measure_samples(&[vec![sample(&[]), sample(&[1, 1, 1])]]);
        assert_eq!(measured.of(Measure::Distinct), [0.5]);
    }
}
