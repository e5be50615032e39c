//! Probable, but unlike what was said.

use super::error::check_probability;
use super::generate::after;
use super::{Candidate, Candidates, DecodingError, Finish, Generated, LanguageModel, Step, top_k};
use crate::decoding::words::Parameter;

/// A model that shows what it thinks: contrastive search compares these vectors.
pub trait HiddenStates: LanguageModel {
    /// A vector that stands for the last token of the prefix in its context; always of one length.
    fn hidden(&self, state: &Self::State) -> Vec<f32>;
}

/// Takes the token that is probable and whose hidden state is unlike all hidden states so far.
///
/// Deterministic; of equal scores the more probable token wins. `α = 0` is greedy. Each token costs one
/// row of logits and `k` steps of the model. The penalty of the first token, where there is nothing to
/// compare with, is 0, and so is the similarity to a vector of zeros.
///
/// # Formula
/// `argmax_{v ∈ top-k} (1 − α) p(v) − α maxⱼ cos(h_v, hⱼ)`, `j` over prompt and text
///
/// # Errors
/// `k` is 0, `α` is not between 0 and 1, a token of the prompt is not in the vocabulary, or the model gives
/// no distribution.
///
/// # Reference
/// Su et al. 2022, *A Contrastive Framework for Neural Text Generation*, equation 5.
///
/// # Examples
/// ```
/// use concepts::decoding::{HiddenStates, LanguageModel, contrastive_search};
/// /// Says 0 most of the time; every token is a direction of its own.
/// struct Dull;
/// impl LanguageModel for Dull {
///     type State = usize;
///     fn vocab_size(&self) -> usize { 3 }
///     fn start(&self) -> usize { 0 }
///     fn advance(&self, last: &mut usize, token: u32) { *last = token as usize }
///     fn logits(&self, _: &usize, logits: &mut [f32]) { logits.copy_from_slice(&[1.0, 0.5, 0.0]) }
/// }
/// impl HiddenStates for Dull {
///     fn hidden(&self, last: &usize) -> Vec<f32> {
///         (0..3).map(|i| if i == *last { 1.0 } else { 0.0 }).collect()
///     }
/// }
/// assert_eq!(contrastive_search(&Dull, &[], 3, 0.0, 3)?.tokens(), [0, 0, 0]); // greedy
/// assert_eq!(contrastive_search(&Dull, &[], 3, 0.6, 3)?.tokens(), [0, 1, 2]);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn contrastive_search<M: HiddenStates>(
    model: &M,
    prompt: &[u32],
    k: usize,
    alpha: f64,
    max_tokens: usize,
) -> Result<Generated, DecodingError> {
    search(model, prompt, (k, alpha), max_tokens, &mut Plain::default())
}

/// How a search looks at logits and remembers hidden states: what its fast twin does otherwise.
pub(super) trait Look {
    /// The `k` most probable tokens, the best first, with their probabilities among all.
    fn best(&mut self, logits: &[f32], k: usize) -> Result<Vec<Candidate>, DecodingError>;
    /// Remembers a hidden state.
    fn keep(&mut self, state: Direction);
    /// The largest cosine between `state` and one that was kept; 0 if there is none.
    fn closest(&self, state: &Direction) -> f64;
}

/// All tokens sorted, all states one after the other.
#[derive(Default)]
struct Plain {
    seen: Vec<Direction>,
}

impl Look for Plain {
    fn best(&mut self, logits: &[f32], k: usize) -> Result<Vec<Candidate>, DecodingError> {
        sorted(logits, k)
    }

    fn keep(&mut self, state: Direction) {
        self.seen.push(state);
    }

    fn closest(&self, state: &Direction) -> f64 {
        let cosine =
            |other: &Direction| cosine(dot(&state.hidden, &other.hidden), state.square, other.square);
        self.seen.iter().map(cosine).reduce(f64::max).unwrap_or(0.0)
    }
}

/// The `k` most probable tokens of all, sorted.
pub(super) fn sorted(logits: &[f32], k: usize) -> Result<Vec<Candidate>, DecodingError> {
    let all = Candidates::from_logits(logits)?;
    let kept = top_k(&all, k)?;
    Ok(all.as_slice()[..kept.size()].to_vec())
}

/// The search itself.
pub(super) fn search<M: HiddenStates>(
    model: &M,
    prompt: &[u32],
    (k, alpha): (usize, f64),
    max_tokens: usize,
    look: &mut impl Look,
) -> Result<Generated, DecodingError> {
    check_probability(Parameter::ContrastiveAlpha, alpha)?;
    after(model, prompt)?; // is the prompt fine?
    let mut state = model.start();
    for &token in prompt {
        model.advance(&mut state, token);
        look.keep(Direction::of(model.hidden(&state)));
    }
    let mut logits = vec![0.0; model.vocab_size()];
    let mut text = Generated::empty();
    while text.steps.len() < max_tokens {
        model.logits(&state, &mut logits);
        text.model_calls += 1;
        let kept = look.best(&logits, k)?;
        let mut best: Option<(f64, Step, M::State, Direction)> = None;
        let tokens: Vec<u32> = kept.iter().map(|candidate| candidate.id).collect();
        let mut after_each = vec![state.clone(); tokens.len()];
        model.advance_all(&mut after_each.iter_mut().collect::<Vec<_>>(), &tokens);
        for (candidate, next) in kept.iter().zip(after_each) {
            let hidden = Direction::of(model.hidden(&next));
            let score = (1.0 - alpha) * candidate.prob - alpha * look.closest(&hidden);
            if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                let step = Step { token: candidate.id, log_prob: candidate.log_prob, candidates: kept.len() };
                best = Some((score, step, next, hidden));
            }
        }
        let Some((_, step, next, hidden)) = best else { break };
        text.steps.push(step);
        if model.end() == Some(step.token) {
            text.finish = Finish::End;
            break;
        }
        state = next;
        look.keep(hidden);
    }
    Ok(text)
}

/// A hidden state with its squared length, which every comparison needs.
pub(super) struct Direction {
    pub(super) hidden: Vec<f32>,
    pub(super) square: f64,
}

impl Direction {
    fn of(hidden: Vec<f32>) -> Direction {
        let square = dot(&hidden, &hidden);
        Direction { hidden, square }
    }
}

/// `a·b / (‖a‖ ‖b‖)`, 0 if one of them is zero; given `a·b`, `‖a‖²` and `‖b‖²`.
pub(super) fn cosine(product: f64, a: f64, b: f64) -> f64 {
    let lengths = (a * b).sqrt();
    if lengths > 0.0 { product / lengths } else { 0.0 }
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum()
}
