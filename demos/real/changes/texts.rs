//! The texts that a trained model is measured on.

use concepts::corpus::{ENGLISH, split};
use concepts::numerics::rng;
use concepts::tokenizer::Allowed;
use rand::seq::SliceRandom;

use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::real::Real;

/// Tokens that a window of text has at most.
pub(crate) const WINDOW: usize = 64;
/// Windows that are measured.
pub(crate) const WINDOWS: usize = 12;
/// Tokens that are drawn and said twice.
const ONCE: usize = 48;

/// The held-out part of the built-in English text as tokens, without a frame. Nobody trained a model on it.
pub(crate) fn held_out(real: &Real) -> Result<Vec<u32>, Refusal> {
    real.tokenizer.ids(split(ENGLISH).1, Allowed::None).at(&real.name)
}

/// The token that begins every text of this model, if there is one, then these.
pub(crate) fn begun(real: &Real, tokens: &[u32]) -> Vec<u32> {
    real.begin().into_iter().chain(tokens.iter().copied()).collect()
}

/// A text in windows of the same length.
pub(super) fn windows(real: &Real, tokens: &[u32]) -> Vec<Vec<u32>> {
    let length = WINDOW.min(real.config().context).saturating_sub(begun(real, &[]).len()).max(2);
    tokens.chunks_exact(length).take(WINDOWS).map(|window| begun(real, window)).collect()
}

/// Different tokens of a text in random order, all of them twice. How many are said once, and the texts, each begun
/// as a text of this model.
pub(crate) fn twice(real: &Real, tokens: &[u32], texts: usize, seed: u64) -> (usize, Vec<Vec<u32>>) {
    let mut known = tokens.to_vec();
    known.sort_unstable();
    known.dedup();
    let once = ONCE.min(known.len()).min(real.config().context / 2 - 1);
    let mut rng = rng(seed, "tokens said twice");
    let text = |_| {
        let (drawn, _) = known.partial_shuffle(&mut rng, once);
        begun(real, &drawn.repeat(2))
    };
    (once, (0..texts).map(text).collect())
}

/// The places at which sentences begin: behind a full stop.
pub(crate) fn sentence_starts(real: &Real, tokens: &[u32]) -> Vec<usize> {
    let ends = |token: u32| {
        let text = real.text(&[token]);
        text.trim_end().ends_with(['.', '!', '?', '。', '！', '？'])
    };
    let behind = tokens.iter().enumerate().filter(|(_, token)| ends(**token)).map(|(place, _)| place + 1);
    std::iter::once(0).chain(behind.filter(|place| *place < tokens.len())).collect()
}
