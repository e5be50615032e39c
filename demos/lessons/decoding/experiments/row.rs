//! A strategy's numbers, out of its texts.

use concepts::comparison::{Measure, Sample, measure_samples};
use concepts::evaluation::{Interval, ZIPF_RANKS, unique_texts, zipf_exponent};
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

/// One text with its words, by number.
pub(crate) struct Words {
    pub written: Written,
    pub words: Vec<u32>,
}

impl Words {
    /// What is measured of it; `costs` if it was written by a strategy.
    fn sample(&self, costs: bool) -> Sample<'_> {
        let Written { tokens, log_probs, candidates, model_calls } = &self.written;
        Sample {
            words: self.words.clone(),
            tokens: Some(tokens),
            log_probs: Some(log_probs),
            model_calls: costs.then_some(*model_calls),
            candidates: (!candidates.is_empty()).then(|| mean(&self.written.choices().collect::<Vec<_>>())),
            characters: tokens.len(),
        }
    }
}

impl Row {
    /// One value a prompt.
    pub(crate) fn of(&self, quantity: Quantity) -> &[f64] {
        self.values.iter().find(|(known, _)| *known == quantity).map_or(&[], |(_, values)| values)
    }
}

/// The numbers of a strategy, out of its texts by prompt: measured as every text of the benchmark is. Loops are looked
/// for in characters, which are the model's tokens.
pub(crate) fn row((kind, label): (Option<Kind>, Text), texts: &[Vec<Words>]) -> Row {
    let costs = kind.is_some();
    let samples: Vec<Vec<Sample>> =
        texts.iter().map(|of_prompt| of_prompt.iter().map(|text| text.sample(costs)).collect()).collect();
    let measured = measure_samples(&samples);
    let of = |measure: Measure| measured.of(measure).to_vec();
    let mut values = vec![
        (Quantity::LogProb, of(Measure::Surprise).iter().map(|nats| -nats).collect()),
        (Quantity::Loops, of(Measure::Loops)),
        (Quantity::Distinct, of(Measure::Distinct)),
        (Quantity::SelfBleu, of(Measure::SelfBleu)),
        (Quantity::Candidates, of(Measure::Candidates)),
        (Quantity::Calls, of(Measure::Calls)),
    ];
    if texts.iter().all(|of_prompt| of_prompt.len() > 1) {
        values.push((Quantity::Unique, texts.iter().map(|of_prompt| unique(of_prompt)).collect()));
    }
    let choices: Vec<f64> = texts.iter().flatten().flat_map(|text| text.written.choices()).collect();
    Row { kind, label, values, zipf: zipf(texts), candidates_spread: variance(&choices).sqrt() }
}

fn unique(of_prompt: &[Words]) -> f64 {
    let texts: Vec<&[u32]> = of_prompt.iter().map(|text| text.written.tokens.as_slice()).collect();
    unique_texts(&texts) as f64 / texts.len() as f64
}

/// Zipf's exponent of one text a prompt. It belongs to a set, and a resampled set would hold texts twice: so
/// the interval is the jackknife's, 1.96 standard errors from leaving out one prompt at a time.
fn zipf(texts: &[Vec<Words>]) -> Interval {
    let words: Vec<&[u32]> =
        texts.iter().filter_map(|of_prompt| of_prompt.first()).map(|text| text.words.as_slice()).collect();
    let estimate = zipf_exponent(&words, ZIPF_RANKS);
    let without = |i: usize| zipf_exponent(&[&words[..i], &words[i + 1..]].concat(), ZIPF_RANKS);
    let left: Vec<f64> = (0..words.len()).map(without).collect();
    let n = left.len() as f64;
    let error = ((n - 1.0).powi(2) / n * variance(&left)).sqrt();
    Interval { estimate, low: estimate - 1.96 * error, high: estimate + 1.96 * error }
}
