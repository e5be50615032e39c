//! All strategies on the same prompts, measured, each number with its interval.

use concepts::decoding::DecodingError;
use concepts::evaluation::{
    Bootstrap, Difference, EvaluationError, Interval, LoopRule, ZIPF_RANKS, ending_loop, mean_difference,
    mean_interval, repeated_ngrams, self_bleu, unique_texts, zipf_exponent,
};
use concepts::language_model::TextCodec;
use concepts::numerics::statistics::{mean, variance};
use rayon::prelude::*;

use super::search::log_probs;
use super::texts::{Written, write};
use crate::kit::text::{Text, text};
use crate::lessons::decoding::strategies::Named;
use crate::lessons::decoding::trained::Trained;
use crate::lessons::decoding::units::Units;

/// How much is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub prompts: usize,
    /// Texts of each prompt.
    pub seeds: usize,
    /// Characters of each text.
    pub tokens: usize,
    pub resamples: usize,
    /// Characters of each prompt; chosen by the comparison.
    pub prompt: usize,
}

/// Characters of each prompt.
const PROMPT: usize = 20;
/// With fewer prompts an interval says little: texts are shortened first.
const FEWEST: usize = 8;

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
    pub word: &'static str,
    pub label: Text,
    values: Vec<(Quantity, Vec<f64>)>,
    /// Zipf's exponent of the words of all texts, with an interval from leaving out one prompt at a time.
    pub zipf: Interval,
    /// Standard deviation of the number of candidates over all choices; NaN where there are none.
    pub candidates_spread: f64,
}

/// Everything that was compared.
pub(crate) struct Comparison {
    pub size: Size,
    /// Held-out text first.
    pub rows: Vec<Row>,
    bootstrap: Bootstrap,
}

/// One text with its units of diversity.
struct Measured {
    written: Written,
    words: Vec<u32>,
}

impl Comparison {
    /// Writes every text and measures it. `size` is cut to what the held-out text has room for.
    pub(crate) fn new(
        trained: &Trained,
        strategies: &[Named],
        size: Size,
        seed: u64,
    ) -> Result<Comparison, DecodingError> {
        let size = fitted(size, trained.held_out.len());
        let apart = trained.held_out.len() / size.prompts;
        let windows: Vec<&[u32]> =
            (0..size.prompts).map(|i| &trained.held_out[i * apart..][..size.prompt + size.tokens]).collect();
        let human = |window: &&[u32]| vec![held_out(trained, window, size.prompt)];
        let mut written = vec![windows.iter().map(human).collect::<Vec<_>>()];
        for strategy in strategies {
            written.push(texts(trained, strategy, &windows, size, seed)?);
        }
        let mut units = Units::default();
        let name = |i: usize| match i {
            0 => ("human", text("held-out text", "留出的真实文本")),
            i => (strategies[i - 1].word, strategies[i - 1].label.clone()),
        };
        let rows = written.into_iter().enumerate().map(|(i, texts)| {
            let measured = texts.into_iter().map(|of_prompt| {
                of_prompt
                    .into_iter()
                    .map(|written| Measured {
                        words: units.of(&trained.vocabulary.decode(&written.tokens)),
                        written,
                    })
                    .collect()
            });
            let measured: Vec<Vec<Measured>> = measured.collect();
            row(name(i), &measured)
        });
        let rows = rows.collect();
        Ok(Comparison {
            size,
            rows,
            bootstrap: Bootstrap { resamples: size.resamples, seed, ..Bootstrap::default() },
        })
    }

    /// The row of a strategy, or of the held-out text: `human`.
    pub(crate) fn row(&self, word: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.word == word)
    }

    /// The mean over prompts with its interval; NaN where a row has no such quantity.
    pub(crate) fn interval(&self, row: &Row, quantity: Quantity) -> Interval {
        or_nan(mean_interval(row.of(quantity), &self.bootstrap))
    }

    /// The difference of two rows on the same prompts.
    pub(crate) fn difference(&self, first: &Row, second: &Row, quantity: Quantity) -> Interval {
        or_nan(mean_difference(first.of(quantity), second.of(quantity), &self.bootstrap))
    }

    /// Is a row's quantity larger or smaller than that of held-out text?
    pub(crate) fn beside_human(&self, row: &Row, quantity: Quantity) -> Option<Difference> {
        let human = self.row("human").filter(|human| human.word != row.word)?;
        let known = !row.of(quantity).is_empty() && !human.of(quantity).is_empty();
        known.then(|| self.difference(row, human, quantity).difference())
    }
}

impl Row {
    /// One value a prompt.
    pub(crate) fn of(&self, quantity: Quantity) -> &[f64] {
        self.values.iter().find(|(known, _)| *known == quantity).map_or(&[], |(_, values)| values)
    }
}

fn or_nan(interval: Result<Interval, EvaluationError>) -> Interval {
    interval.unwrap_or(Interval { estimate: f64::NAN, low: f64::NAN, high: f64::NAN })
}

/// As many prompts and characters as the held-out text has room for without overlap: shorter texts if else
/// there would be few prompts, and in a very short text shorter prompts too.
fn fitted(size: Size, held_out: usize) -> Size {
    let longest = (held_out / FEWEST).max(2);
    let prompt = PROMPT.min(longest / 2);
    let tokens = size.tokens.min(longest - prompt);
    let prompts = size.prompts.min(held_out / (prompt + tokens)).max(1);
    Size { prompts, tokens, prompt, ..size }
}

/// The text that really follows, scored like a written one.
fn held_out(trained: &Trained, window: &[u32], prompt: usize) -> Written {
    let (prompt, tokens) = window.split_at(prompt.min(window.len()));
    let log_probs = log_probs(&trained.model, prompt, tokens);
    Written { tokens: tokens.to_vec(), log_probs, candidates: Vec::new(), model_calls: 0 }
}

/// The texts of a strategy, by prompt. Without chance one text is written, and comes each time.
fn texts(
    trained: &Trained,
    strategy: &Named,
    windows: &[&[u32]],
    size: Size,
    seed: u64,
) -> Result<Vec<Vec<Written>>, DecodingError> {
    let drawn = if strategy.is_random() { size.seeds } else { 1 };
    let one = |i: usize, j: usize| {
        let stream = format!("Q7 comparison {} {i} {j}", strategy.word);
        write(&trained.model, &windows[i][..size.prompt], strategy, size.tokens, (seed, &stream))
    };
    let of_prompt = |i: usize| -> Result<Vec<Written>, DecodingError> {
        let texts: Vec<Written> = (0..drawn).map(|j| one(i, j)).collect::<Result<_, _>>()?;
        Ok(texts.iter().cycle().take(size.seeds).cloned().collect())
    };
    (0..windows.len()).into_par_iter().map(of_prompt).collect()
}

fn row((word, label): (&'static str, Text), texts: &[Vec<Measured>]) -> Row {
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
    if word != "human" {
        let calls = |text: &Measured| text.written.model_calls as f64 / text.written.tokens.len() as f64;
        values.push((Quantity::Calls, over(&calls)));
    }
    Row { word, label, values, zipf: zipf(texts), candidates_spread: variance(&choices).sqrt() }
}

/// The share of different pairs of words; a text without a pair repeats none.
fn distinct(words: &[u32]) -> f64 {
    if words.len() < 2 { 1.0 } else { 1.0 - repeated_ngrams(words, 2) }
}

/// BLEU of each prompt's texts against those of the other prompts, text by text: the first against all the
/// first ones, the second against the second ones.
fn alike(texts: &[Vec<Measured>]) -> Vec<f64> {
    let seeds = texts.iter().map(Vec::len).min().unwrap_or(0);
    let mut sums = vec![0.0; texts.len()];
    for j in 0..seeds {
        let words: Vec<&[u32]> = texts.iter().map(|of_prompt| of_prompt[j].words.as_slice()).collect();
        sums.iter_mut().zip(self_bleu(&words)).for_each(|(sum, bleu)| *sum += bleu / seeds as f64);
    }
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
    fn windows_fit_into_the_held_out_text_without_overlap() {
        for held_out in [25, 50, 100, 500, 6577, 100_000] {
            for tokens in [8, 200, 1000] {
                let asked = Size { prompts: 40, seeds: 2, tokens, resamples: 10, prompt: 0 };
                let size = fitted(asked, held_out);
                let window = size.prompt + size.tokens;
                assert!(
                    size.prompts >= FEWEST && size.prompt >= 1 && size.tokens >= 1,
                    "{held_out} {size:?}"
                );
                assert!(size.tokens <= tokens && size.prompts * window <= held_out, "{held_out} {size:?}");
            }
        }
    }

    #[test]
    fn few_words_have_no_pair_to_repeat() {
        assert_eq!((distinct(&[]), distinct(&[1]), distinct(&[1, 2])), (1.0, 1.0, 1.0));
        assert_eq!(distinct(&[1, 2, 1, 2, 1]), 0.5);
    }
}
