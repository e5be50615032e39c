//! Repetition of the trained model.

use std::error::Error;

use concepts::decoding::{DecodingError, Pipeline};
use concepts::evaluation::{LoopRule, ending_loop};

use super::texts::write;
use crate::lessons::decoding::knobs::Kind;
use crate::lessons::decoding::strategies::{How as Writes, Named};
use crate::lessons::decoding::trained::english;

/// Prompts, and characters of each continuation.
const PROMPTS: usize = 12;
const TOKENS: usize = 400;
const PROMPT: usize = 20;

/// How the trained model's texts are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Greedy,
    Sampled,
}

/// The share of the trained model's texts that end in a loop, and how many texts that are.
pub(crate) fn share_in_a_loop(how: How, seed: u64) -> Result<(f64, usize), Box<dyn Error + Send + Sync>> {
    let trained = english()?;
    let strategy = match how {
        How::Greedy => Named::unnamed(Kind::Greedy, Writes::Greedy),
        How::Sampled => Named::unnamed(Kind::Sampling, Writes::Draw(Pipeline::default())),
    };
    let apart = trained.held_out.len().saturating_sub(PROMPT) / PROMPTS;
    let looped = |i: usize| -> Result<bool, DecodingError> {
        let prompt = &trained.held_out[i * apart..][..PROMPT];
        let text = write(&trained.model, prompt, &strategy, TOKENS, (seed, &format!("Q7 loop {i}")))?;
        Ok(ending_loop(&text.tokens, LoopRule::PAPER).is_some())
    };
    let count = (0..PROMPTS).map(|i| looped(i).map(usize::from)).sum::<Result<usize, DecodingError>>()?;
    Ok((count as f64 / PROMPTS as f64, PROMPTS))
}
