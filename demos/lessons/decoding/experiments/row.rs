//! A strategy's numbers, out of its texts.

use concepts::evaluation::{
    Interval, LoopRule, ZIPF_RANKS, ending_loop, repeated_ngrams, self_bleu, unique_texts, zipf_exponent,
};
use concepts::numerics::statistics::{mean, variance};

use super::texts::Written;
use crate::kit::text::Text;
use crate::lessons::decoding::knobs::Kind;

/// A quantity that has one value a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// `ln p` a token under the model itself.
    LogProb,
    /// The share of texts that end in a loop.
    Loops,
    /// Different pairs of words, as a share of all pairs.
    Distinct,
    /// BLEU-4 of a text against those of the other prompts.
    SelfBleu,
    /// Different texts of one prompt, as a share.
    Unique,
    /// Tokens that a choice was made from.
    Candidates,
    /// Rows of logits a token.
    Calls,
}

/// A strategy's numbers, one a prompt.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// `None`: people wrote it.
    pub kind: Option<Kind>,
    pub label: Text,
    values: Vec<(Quantity, Vec<f64>)>,
    /// Zipf's exponent of the words of all texts, with an interval from leaving out one prompt at a time.
    pub zipf: Interval,
    /// Standard deviation of the number of candidates over all choices; NaN where there are none.
    pub candidates_spread: f64,
}

/// One text with its units of diversity.
pub(crate) struct Measured {
    pub written: Written,
    pub words: Vec<u32>,
}

impl Row {
    /// One value a prompt.
    pub(crate) fn of(&self, quantity: Quantity) -> &[f64] {
        self.values.iter().find(|(known, _)| *known == quantity).map_or(&[], |(_, values)| values)
    }
}

/// The numbers of a strategy, out of its texts by prompt.
pub(crate) fn row((kind, label): (Option<Kind>, Text), texts: &[Vec<Measured>]) -> Row {
    let over = |value: &dyn Fn(&Measured) -> f64| -> Vec<f64> {
        texts.iter().map(|of_prompt| mean(&of_prompt.iter().map(value).collect::<Vec<_>>())).collect()
    };
    let looped =
        |text: &Measured| f64::from(u8::from(ending_loop(&text.written.tokens, LoopRule::PAPER).is_some()));
    let mut values = vec![
        (Quantity::LogProb, over(&|text| text.written.mean_log_prob())),
        (Quantity::Loops, over(&looped)),
        (Quantity::Distinct, over(&|text| distinct(&text.words))),
        (Quantity::SelfBleu, alike(texts)),
    ];
    let choices: Vec<f64> =
        texts.iter().flatten().flat_map(|text| &text.written.candidates).map(|&n| n as f64).collect();
    if texts.iter().all(|of_prompt| of_prompt.len() > 1) {
        values.push((Quantity::Unique, texts.iter().map(|of_prompt| unique(of_prompt)).collect()));
    }
    if !choices.is_empty() {
        let chosen_from =
            |text: &Measured| mean(&text.written.candidates.iter().map(|&n| n as f64).collect::<Vec<_>>());
        values.push((Quantity::Candidates, over(&chosen_from)));
    }
    if kind.is_some() {
        let calls = |text: &Measured| text.written.model_calls as f64 / text.written.tokens.len() as f64;
        values.push((Quantity::Calls, over(&calls)));
    }
    Row { kind, label, values, zipf: zipf(texts), candidates_spread: variance(&choices).sqrt() }
}

/// The share of different pairs of words; NaN of a text without a pair, of which nothing can be said.
fn distinct(words: &[u32]) -> f64 {
    if words.len() < 2 { f64::NAN } else { 1.0 - repeated_ngrams(words, 2) }
}

/// BLEU of each prompt's texts against those of the other prompts, text by text: the first against all the
/// first ones, the second against the second ones. NaN of a prompt with a text that has no words: nothing is
/// like it, yet it is not diverse.
fn alike(texts: &[Vec<Measured>]) -> Vec<f64> {
    let seeds = texts.iter().map(Vec::len).min().unwrap_or(0);
    let mut sums = vec![0.0; texts.len()];
    for j in 0..seeds {
        let words: Vec<&[u32]> = texts.iter().map(|of_prompt| of_prompt[j].words.as_slice()).collect();
        sums.iter_mut().zip(self_bleu(&words)).for_each(|(sum, bleu)| *sum += bleu / seeds as f64);
    }
    let wordless = |of_prompt: &[Measured]| of_prompt.iter().any(|text| text.words.is_empty());
    sums.iter_mut().zip(texts).filter(|(_, texts)| wordless(texts)).for_each(|(sum, _)| *sum = f64::NAN);
    sums
}

fn unique(of_prompt: &[Measured]) -> f64 {
    let texts: Vec<&[u32]> = of_prompt.iter().map(|text| text.written.tokens.as_slice()).collect();
    unique_texts(&texts) as f64 / texts.len() as f64
}

/// Zipf's exponent of one text a prompt. It belongs to a set, and a resampled set would hold texts twice: so
/// the interval is the jackknife's, 1.96 standard errors from leaving out one prompt at a time.
fn zipf(texts: &[Vec<Measured>]) -> Interval {
    let words: Vec<&[u32]> =
        texts.iter().filter_map(|of_prompt| of_prompt.first()).map(|text| text.words.as_slice()).collect();
    let estimate = zipf_exponent(&words, ZIPF_RANKS);
    let without = |i: usize| zipf_exponent(&[&words[..i], &words[i + 1..]].concat(), ZIPF_RANKS);
    let left: Vec<f64> = (0..words.len()).map(without).collect();
    let n = left.len() as f64;
    let error = ((n - 1.0).powi(2) / n * variance(&left)).sqrt();
    Interval { estimate, low: estimate - 1.96 * error, high: estimate + 1.96 * error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_pair_of_words_there_is_no_number() {
        assert!(distinct(&[]).is_nan() && distinct(&[1]).is_nan());
        assert_eq!(distinct(&[1, 2]), 1.0);
        assert_eq!(distinct(&[1, 2, 1, 2, 1]), 0.5);
    }

    #[test]
    fn blanks_alone_are_not_diverse() {
        let text = |words: &[u32]| {
            let written =
                Written { tokens: vec![0], log_probs: vec![0.0], candidates: Vec::new(), model_calls: 1 };
            vec![Measured { written, words: words.to_vec() }]
        };
        let values = alike(&[text(&[]), text(&[1, 2, 3, 4]), text(&[1, 2, 3, 4])]);
        assert!(values[0].is_nan() && values[1] > 0.9, "{values:?}");
    }
}
