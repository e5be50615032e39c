//! All strategies on the same prompts, measured, each number with its interval.

use concepts::comparison::{Units, log_probs};
use concepts::decoding::DecodingError;
use concepts::evaluation::{
    Bootstrap, Difference, EvaluationError, Interval, LoopRule, mean_difference, mean_interval,
};
use concepts::language_model::TextCodec;
use rayon::prelude::*;

use super::row::{Quantity, Row, Words, row};
use super::texts::{Written, write};
use super::windows::{Windows, windows};
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

impl Size {
    /// Could a text end in a loop?
    pub(crate) fn has_room_for_loops(&self) -> bool {
        self.tokens >= LoopRule::PAPER.shortest()
    }
}

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
        let pieces: Vec<&[u32]> =
            (0..size.prompts).map(|i| &trained.held_out[i * apart..][..size.prompt + size.tokens]).collect();
        let human = |window: &&[u32]| Ok(vec![held_out(trained, window, size.prompt)?]);
        let mut written = vec![pieces.iter().map(human).collect::<Result<Vec<_>, DecodingError>>()?];
        for strategy in strategies {
            written.push(texts(trained, strategy, &pieces, size, seed)?);
        }
        let mut units = Units::default();
        let mut in_words = |texts: Vec<Vec<Written>>| -> Vec<Vec<Words>> {
            let mut one = |written: Written| Words {
                words: units.of_inner(&trained.vocabulary.decode(&written.tokens)),
                written,
            };
            texts.into_iter().map(|of_prompt| of_prompt.into_iter().map(&mut one).collect()).collect()
        };
        let names = std::iter::once((None, WORDS.get("labels.human")))
            .chain(strategies.iter().map(|named| (Some(named.kind), named.label.clone())));
        let rows = names.zip(written).map(|(name, texts)| row(name, &in_words(texts))).collect();
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

/// As many prompts and characters as the held-out text has room for.
fn fitted(size: Size, held_out: usize) -> Size {
    let Windows { prompt, tokens, room } = windows(size.tokens, held_out);
    Size { prompts: size.prompts.min(room), tokens, prompt, ..size }
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
    pieces: &[&[u32]],
    size: Size,
    seed: u64,
) -> Result<Vec<Vec<Written>>, DecodingError> {
    let drawn = if strategy.is_random() { size.seeds } else { 1 };
    let one = |i: usize, j: usize| {
        let stream = format!("Q7 comparison {} {i} {j}", strategy.kind.word());
        write(&trained.model, &pieces[i][..size.prompt], strategy, size.tokens, (seed, &stream))
    };
    let of_prompt = |i: usize| -> Result<Vec<Written>, DecodingError> {
        let texts: Vec<Written> = (0..drawn).map(|j| one(i, j)).collect::<Result<_, _>>()?;
        Ok(texts.iter().cycle().take(size.seeds).cloned().collect())
    };
    (0..pieces.len()).into_par_iter().map(of_prompt).collect()
}
