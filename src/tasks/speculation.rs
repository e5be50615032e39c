//! What a draft model saves: the formula, and runs beside it.

use super::TasksError;
use super::error::{between, sized};
use super::words::Quantity;
use crate::decoding::{LanguageModel, expected_tokens_per_call, speculative_sampling, speculative_speedup};
use crate::numerics::rng;

/// The most tokens of a run.
const MOST_TOKENS: usize = 1_000_000;

/// One setting of speculative decoding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speculation {
    /// The probability that a proposed token is accepted.
    pub acceptance: f64,
    /// Tokens proposed a round.
    pub gamma: u32,
    /// Tokens for each call of the target, by the formula.
    pub tokens_per_call: f64,
    /// Times faster than token by token, by the formula.
    pub speedup: f64,
    /// The share of proposals that were accepted in the run; NaN if none was made.
    pub measured_acceptance: f64,
    /// Tokens for each call in the run.
    pub measured_tokens_per_call: f64,
    /// Times faster in the run, by its calls: tokens over `target calls + cost · draft calls`.
    pub measured_speedup: f64,
}

/// A model of three tokens that says the same at every place.
struct Same([f64; 3]);

impl LanguageModel for Same {
    type State = ();

    fn vocab_size(&self) -> usize {
        self.0.len()
    }

    fn start(&self) {}

    fn advance(&self, (): &mut (), _: u32) {}

    fn logits(&self, (): &(), logits: &mut [f32]) {
        logits.iter_mut().zip(self.0).for_each(|(logit, p)| *logit = libm::log(p) as f32);
    }
}

/// Every acceptance rate with every number of proposals, where a step of the draft takes `cost` of a target's call.
///
/// Draft and target agree on the first token with probability `α` and else say different ones, at every place: the
/// acceptance rate is `α` exactly and independent of what came before, which is what the formula assumes. Text of real
/// models has easy and hard places, so that acceptances come in runs.
///
/// # Formula
/// `p = (α, 1 − α, 0)`, `q = (α, 0, 1 − α)`, so that `Σ min(p, q) = α`; then as
/// [`expected_tokens_per_call`] and [`speculative_speedup`]
///
/// # Errors
/// [`TasksError`] if a rate is not from 0 to 1, a number of proposals is 0, the cost is negative, or there are no
/// tokens or more than 10⁶.
///
/// # Reference
/// Leviathan, Kalman and Matias 2023, *Fast Inference from Transformers via Speculative Decoding*, theorem 3.8.
///
/// # Examples
/// ```
/// use concepts::tasks::speculation_curve;
/// let curve = speculation_curve(&[0.5, 1.0], &[4], 0.1, 100, 7)?;
/// assert_eq!(curve[1].measured_tokens_per_call, 5.0); // all are accepted, and one more
/// assert!((curve[1].speedup - 5.0 / 1.4).abs() < 1e-12);
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn speculation_curve(
    acceptances: &[f64],
    gammas: &[u32],
    cost: f64,
    tokens: usize,
    seed: u64,
) -> Result<Vec<Speculation>, TasksError> {
    sized(Quantity::Length, tokens, MOST_TOKENS)?;
    let mut curve = Vec::new();
    for &acceptance in acceptances {
        for &gamma in gammas {
            curve.push(point(acceptance, gamma, cost, tokens, seed)?);
        }
    }
    Ok(curve)
}

/// One setting, by the formula and run.
fn point(
    acceptance: f64,
    gamma: u32,
    cost: f64,
    tokens: usize,
    seed: u64,
) -> Result<Speculation, TasksError> {
    between(Quantity::Acceptance, acceptance, 0.0, 1.0)?;
    let other = 1.0 - acceptance;
    let (target, draft) = (Same([acceptance, other, 0.0]), Same([acceptance, 0.0, other]));
    let mut draws = rng(seed, &format!("tasks speculation {acceptance} {gamma}"));
    let (tokens_per_call, speedup) =
        (expected_tokens_per_call(acceptance, gamma)?, speculative_speedup(acceptance, gamma, cost)?);
    let run = speculative_sampling(&draft, &target, &[], gamma as usize, &[], tokens, &mut draws)?;
    let time = run.target_calls as f64 + cost * run.draft_calls as f64;
    Ok(Speculation {
        acceptance,
        gamma,
        tokens_per_call,
        speedup,
        measured_acceptance: run.acceptance(),
        measured_tokens_per_call: run.tokens_per_call(),
        measured_speedup: run.tokens.len() as f64 / time,
    })
}
