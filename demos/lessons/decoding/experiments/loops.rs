//! Repetition: random maps, and the trained model.

use std::error::Error;

use concepts::decoding::{DecodingError, Pipeline, greedy};
use concepts::evaluation::{LoopRule, ending_loop};
use concepts::numerics::{normal, rng};

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

/// Greedy on random first-order models: how many tokens come before one comes again.
pub(crate) fn steps_before_a_repeat(vocab: usize, maps: usize, seed: u64) -> Vec<f64> {
    let mut rng = rng(seed, "Q7 random maps");
    let walk = |_| {
        let mut seen = vec![false; vocab];
        let (mut token, mut steps) = (0, 0);
        while !seen[token] {
            seen[token] = true;
            steps += 1;
            // The logits after a token are drawn when it is first met, and not needed again.
            let logits = normal((1, vocab), 1.0, &mut rng);
            token = greedy(&logits.row(0).to_vec()).map_or(0, |token| token as usize);
        }
        f64::from(steps)
    };
    (0..maps).map(walk).collect()
}

/// `Q(V) = Σ_{k ≥ 1} V! / ((V − k)! Vᵏ)`: mean number of states before a random map repeats one.
pub(crate) fn ramanujan(vocab: usize) -> f64 {
    let v = vocab as f64;
    let terms = (0..vocab).scan(1.0, |term, k| {
        *term *= (v - k as f64) / v;
        Some(*term)
    });
    terms.sum()
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
