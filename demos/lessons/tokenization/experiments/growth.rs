//! How text shortens as merges are added.

use super::held_out::measured;
use crate::lessons::tokenization::setup::Setup;
use crate::lessons::tokenization::trained::Trained;

/// Merges at which the length is measured.
const AT: [usize; 12] = [0, 50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200];

/// What a number of merges brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub merges: usize,
    pub vocabulary: usize,
    pub held_out_tokens: f64,
    /// Bytes a token of the held-out text.
    pub held_out: f64,
    /// Bytes a token of the text of training, by the counts of the merges.
    pub training: f64,
}

/// From no merge to as many as were learned.
pub(crate) fn growth(setup: &Setup) -> Vec<Point> {
    let all = setup.long.counts.len();
    let mut at: Vec<usize> = AT.into_iter().filter(|&merges| merges < all).collect();
    at.push(all);
    at.dedup();
    at.into_iter().filter_map(|merges| point(setup, merges)).collect()
}

fn point(setup: &Setup, merges: usize) -> Option<Point> {
    let held_out = measured(&setup.corpus.held_out);
    let some = setup.long.first(merges).ok()?;
    let tokens = some.length(held_out.as_bytes());
    Some(Point {
        merges,
        vocabulary: some.bpe.vocabulary().len(),
        held_out_tokens: tokens,
        held_out: held_out.len() as f64 / tokens,
        training: setup.corpus.training.len() as f64 / predicted(&setup.long, setup.symbols, merges),
    })
}

/// Tokens of the text of training after some merges: each merge takes away as many as its pair counted.
/// Where a pair overlaps itself, as `aa` in `aaa`, it takes away fewer, and this is too little.
pub(crate) fn predicted(trained: &Trained, symbols: f64, merges: usize) -> f64 {
    symbols - trained.counts.iter().take(merges).map(|&count| count as f64).sum::<f64>()
}
