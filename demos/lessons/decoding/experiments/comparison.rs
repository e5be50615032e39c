//! All strategies on the same prompts, measured, each number with its interval.

use concepts::comparison::log_probs;
use concepts::decoding::DecodingError;
use concepts::evaluation::{
    Bootstrap, Difference, EvaluationError, Interval, mean_difference, mean_interval,
};
use concepts::language_model::TextCodec;
use rayon::prelude::*;

use super::row::{Measured, Quantity, Row, row};
use super::texts::{Written, write};
use super::word_ids::WordIds;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::knobs::Kind;
use crate::lessons::decoding::strategies::Named;
use crate::lessons::decoding::trained::Trained;

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

/// Everything that was compared.
pub(crate) struct Comparison {
    pub size: Size,
    /// Held-out text first.
    pub rows: Vec<Row>,
    bootstrap: Bootstrap,
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
        let human = |window: &&[u32]| Ok(vec![held_out(trained, window, size.prompt)?]);
        let mut written = vec![windows.iter().map(human).collect::<Result<Vec<_>, DecodingError>>()?];
        for strategy in strategies {
            written.push(texts(trained, strategy, &windows, size, seed)?);
        }
        let mut ids = WordIds::default();
        let mut measured = |texts: Vec<Vec<Written>>| -> Vec<Vec<Measured>> {
            let mut one = |written: Written| Measured {
                words: ids.of(&trained.vocabulary.decode(&written.tokens)),
                written,
            };
            texts.into_iter().map(|of_prompt| of_prompt.into_iter().map(&mut one).collect()).collect()
        };
        let names = std::iter::once((None, WORDS.get("labels.human")))
            .chain(strategies.iter().map(|named| (Some(named.kind), named.label.clone())));
        let rows = names.zip(written).map(|(name, texts)| row(name, &measured(texts))).collect();
        let bootstrap = Bootstrap { resamples: size.resamples, seed, ..Bootstrap::default() };
        Ok(Comparison { size, rows, bootstrap })
    }

    /// The row of a strategy.
    pub(crate) fn row(&self, kind: Kind) -> Option<&Row> {
        self.rows.iter().find(|row| row.kind == Some(kind))
    }

    /// The row of the held-out text, which people wrote.
    pub(crate) fn human(&self) -> Option<&Row> {
        self.rows.iter().find(|row| row.kind.is_none())
    }

    /// The rows of all strategies.
    pub(crate) fn written(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind.is_some())
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
        let human = self.human().filter(|human| human.kind != row.kind)?;
        let interval = self.difference(row, human, quantity);
        interval.estimate.is_finite().then(|| interval.difference())
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
fn held_out(trained: &Trained, window: &[u32], prompt: usize) -> Result<Written, DecodingError> {
    let (prompt, tokens) = window.split_at(prompt.min(window.len()));
    let log_probs = log_probs(&trained.model, prompt, tokens)?;
    Ok(Written { tokens: tokens.to_vec(), log_probs, candidates: Vec::new(), model_calls: 0 })
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
        let stream = format!("Q7 comparison {} {i} {j}", strategy.kind.word());
        write(&trained.model, &windows[i][..size.prompt], strategy, size.tokens, (seed, &stream))
    };
    let of_prompt = |i: usize| -> Result<Vec<Written>, DecodingError> {
        let texts: Vec<Written> = (0..drawn).map(|j| one(i, j)).collect::<Result<_, _>>()?;
        Ok(texts.iter().cycle().take(size.seeds).cloned().collect())
    };
    (0..windows.len()).into_par_iter().map(of_prompt).collect()
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
}
