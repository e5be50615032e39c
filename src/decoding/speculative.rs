//! A small model proposes, a large one checks: the large one's distribution at fewer of its calls.

use crate::decoding::words::{Bounds, Parameter};
use rand::Rng;

use super::error::{check_finite, check_probability};
use super::generate::after;
use super::{Candidates, DecodingError, Filter, Finish, LanguageModel, Pipeline};

/// A text made by speculative decoding, and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Speculated {
    /// The tokens, the end token included if it was chosen.
    pub tokens: Vec<u32>,
    /// Why the text ended.
    pub finish: Finish,
    /// Rows of logits of the draft model, one call each.
    pub draft_calls: u64,
    /// Calls of the target model; one call checks all tokens of a proposal at once.
    pub target_calls: u64,
    /// Proposed tokens that the target looked at: the accepted ones, and the first that was rejected.
    pub checked: u64,
    /// Proposed tokens that were accepted.
    pub accepted: u64,
}

impl Speculated {
    /// The share of checked tokens that were accepted; NaN if there were none.
    pub fn acceptance(&self) -> f64 {
        self.accepted as f64 / self.checked as f64
    }

    /// Tokens for each call of the target; NaN if there was none.
    pub fn tokens_per_call(&self) -> f64 {
        self.tokens.len() as f64 / self.target_calls as f64
    }
}

/// Continues `prompt` by at most `max_tokens` tokens, with `gamma` proposed tokens a round.
///
/// The text is distributed **exactly** as if the target had been sampled token by token, whatever the draft
/// is. A bad draft costs speed only. `filters` apply to both models, and the exactness is then that of the
/// filtered target.
///
/// # Formula
/// Of a proposed `x ~ q`: accept with probability `min(1, p(x)/q(x))`, otherwise draw from
/// `max(0, p − q) / Σ max(0, p − q)` and end the round. If all are accepted, draw one more from `p`.
///
/// Why it is exact: `x` comes out accepted with probability `q(x) min(1, p(x)/q(x)) = min(p(x), q(x))`, and
/// by rejection with `(1 − Σ min(p, q)) · (p(x) − q(x))⁺ / Σ (p − q)⁺ = (p(x) − q(x))⁺`, since
/// `Σ (p − q)⁺ = 1 − Σ min(p, q)`. The two sum to `p(x)`.
///
/// # Errors
/// `gamma` is 0, the vocabularies differ, a token of the prompt is not in them, a model gives no
/// distribution, or a parameter of a filter is out of its range.
///
/// # Reference
/// Leviathan, Kalman and Matias 2023, *Fast Inference from Transformers via Speculative Decoding*,
/// algorithm 1; Chen et al. 2023, *Accelerating Large Language Model Decoding with Speculative Sampling*.
///
/// # Examples
/// ```
/// use concepts::decoding::speculative_sampling;
/// use concepts::{language_model::TreeModel, numerics::rng};
/// // A draft that equals the target is never rejected: all 6 tokens in two calls.
/// let model = TreeModel::random(3, 6, 1.0, 7).expect("a small tree");
/// let text = speculative_sampling(&model, &model, &[], 2, &[], 6, &mut rng(1, "doc"))?;
/// assert_eq!((text.acceptance(), text.target_calls), (1.0, 2));
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn speculative_sampling<D: LanguageModel, T: LanguageModel>(
    draft: &D,
    target: &T,
    prompt: &[u32],
    gamma: usize,
    filters: &[Filter],
    max_tokens: usize,
    rng: &mut impl Rng,
) -> Result<Speculated, DecodingError> {
    if gamma == 0 {
        return Err(DecodingError::Zero { name: Parameter::Gamma });
    }
    if draft.vocab_size() != target.vocab_size() {
        return Err(DecodingError::VocabulariesDiffer {
            draft: draft.vocab_size(),
            target: target.vocab_size(),
        });
    }
    let pipeline = Pipeline::filters(filters);
    let (mut small, mut large) = (after(draft, prompt)?, after(target, prompt)?);
    let mut text = Speculated {
        tokens: Vec::new(),
        finish: Finish::MaxTokens,
        draft_calls: 0,
        target_calls: 0,
        checked: 0,
        accepted: 0,
    };
    while text.tokens.len() < max_tokens {
        // A round gives one token more than it proposes.
        let proposals = gamma.min(max_tokens - text.tokens.len() - 1);
        let proposed = propose(draft, &small, target.end(), proposals, &pipeline, rng)?;
        text.draft_calls += proposed.len() as u64;
        let accepted = check(target, &large, &proposed, &pipeline, &mut text, rng)?;
        for token in accepted {
            text.tokens.push(token);
            if target.end() == Some(token) {
                text.finish = Finish::End;
                return Ok(text);
            }
            draft.advance(&mut small, token);
            target.advance(&mut large, token);
        }
    }
    Ok(text)
}

/// Up to `n` tokens drawn from the draft, each with the distribution that it came from.
fn propose<D: LanguageModel>(
    draft: &D,
    state: &D::State,
    end: Option<u32>,
    n: usize,
    pipeline: &Pipeline,
    rng: &mut impl Rng,
) -> Result<Vec<(u32, Candidates)>, DecodingError> {
    let mut state = state.clone();
    let mut proposed = Vec::new();
    while proposed.len() < n {
        let q = distribution(draft, &state, pipeline)?;
        let token = q.sample(rng).id;
        proposed.push((token, q));
        if end == Some(token) {
            break;
        }
        draft.advance(&mut state, token);
    }
    Ok(proposed)
}

/// The tokens of one round: what the target accepts, and one of its own after that.
fn check<T: LanguageModel>(
    target: &T,
    state: &T::State,
    proposed: &[(u32, Candidates)],
    pipeline: &Pipeline,
    text: &mut Speculated,
    rng: &mut impl Rng,
) -> Result<Vec<u32>, DecodingError> {
    let mut tokens = Vec::new();
    text.target_calls += 1;
    let rows = rows(target, state, proposed);
    let mut rows = rows.chunks_exact(target.vocab_size().max(1));
    let mut next = || pipeline.candidates(rows.next().unwrap_or_default(), &[]);
    for (token, q) in proposed {
        let p = next()?;
        text.checked += 1;
        if !is_accepted(&p, q, *token, rng.random()) {
            tokens.push(residual(&p, q).sample(rng).id);
            return Ok(tokens);
        }
        text.accepted += 1;
        tokens.push(*token);
        if target.end() == Some(*token) {
            return Ok(tokens);
        }
    }
    tokens.push(next()?.sample(rng).id);
    Ok(tokens)
}

/// The target's logits after each beginning of a proposal, in one call: after a rejection the rest is not looked at,
/// and was computed all the same.
fn rows<T: LanguageModel>(target: &T, state: &T::State, proposed: &[(u32, Candidates)]) -> Vec<f32> {
    let mut states = vec![state.clone()];
    for (token, _) in proposed.iter().filter(|(token, _)| target.end() != Some(*token)) {
        let mut next = states[states.len() - 1].clone();
        target.advance(&mut next, *token);
        states.push(next);
    }
    let mut rows = vec![0.0; states.len() * target.vocab_size()];
    target.logits_all(&states.iter().collect::<Vec<_>>(), &mut rows);
    rows
}

/// What a model says next, after the filters.
fn distribution<M: LanguageModel>(
    model: &M,
    state: &M::State,
    pipeline: &Pipeline,
) -> Result<Candidates, DecodingError> {
    let mut logits = vec![0.0; model.vocab_size()];
    model.logits(state, &mut logits);
    pipeline.candidates(&logits, &[])
}

fn prob(candidates: &Candidates, token: u32) -> f64 {
    candidates.find(token).map_or(0.0, |candidate| candidate.prob)
}

/// Whether the target accepts a token that was drawn from `q`, where `u` is uniform in `[0, 1)`.
///
/// # Formula
/// `u < p(x) / q(x)`; a token that `q` cannot say is never proposed
///
/// # Reference
/// Leviathan et al. 2023, algorithm 1.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, is_accepted};
/// let p = Candidates::from_probabilities(&[0.25, 0.75])?;
/// let q = Candidates::from_probabilities(&[0.5, 0.5])?;
/// assert!(is_accepted(&p, &q, 0, 0.4) && !is_accepted(&p, &q, 0, 0.6)); // p/q = 0.5
/// assert!(is_accepted(&p, &q, 1, 0.99)); // p > q: always
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn is_accepted(p: &Candidates, q: &Candidates, token: u32, u: f64) -> bool {
    u * prob(q, token) < prob(p, token)
}

/// What the token after a rejected one is drawn from: where the target says more than the draft did.
///
/// If nothing is left, because only rounding rejected the token, it is `p`.
///
/// # Formula
/// `max(0, p − q) / Σ max(0, p − q)`
///
/// # Reference
/// Leviathan et al. 2023, algorithm 1.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, residual};
/// let p = Candidates::from_probabilities(&[0.25, 0.25, 0.5])?;
/// let q = Candidates::from_probabilities(&[0.5, 0.125, 0.375])?;
/// assert_eq!(residual(&p, &q).dense(3), [0.0, 0.5, 0.5]);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn residual(p: &Candidates, q: &Candidates) -> Candidates {
    let last = p.as_slice().iter().map(|candidate| candidate.id).max().unwrap_or(0);
    let size = last as usize + 1;
    let above: Vec<f64> = p.dense(size).iter().zip(&q.dense(size)).map(|(p, q)| (p - q).max(0.0)).collect();
    // Refused only where nothing is left.
    Candidates::from_probabilities(&above).unwrap_or_else(|_| p.clone())
}

/// The probability that a proposed token is accepted.
///
/// # Formula
/// `β = Σ min(p, q) = 1 − TV(p, q)`, `TV` the total variation distance
///
/// # Reference
/// Leviathan et al. 2023, theorem 3.5.
///
/// # Examples
/// ```
/// use concepts::decoding::{Candidates, acceptance_probability};
/// let p = Candidates::from_probabilities(&[0.5, 0.5])?;
/// let q = Candidates::from_probabilities(&[0.75, 0.25])?;
/// assert_eq!(acceptance_probability(&p, &q), 0.75);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn acceptance_probability(p: &Candidates, q: &Candidates) -> f64 {
    let ids = |candidates: &Candidates| candidates.as_slice().iter().map(|candidate| candidate.id).max();
    let q_all = q.dense(ids(q).map_or(0, |most| most as usize + 1));
    let prob = |id: u32| q_all.get(id as usize).copied().unwrap_or(0.0);
    p.as_slice().iter().map(|candidate| candidate.prob.min(prob(candidate.id))).sum()
}

/// How many tokens one call of the target gives on average, if each proposal is accepted with probability
/// `alpha` independently of the others.
///
/// # Formula
/// `1 + α + … + α^γ = (1 − α^(γ+1)) / (1 − α)`
///
/// # Errors
/// `alpha` is not between 0 and 1.
///
/// # Reference
/// Leviathan et al. 2023, equation 1.
///
/// # Examples
/// ```
/// use concepts::decoding::expected_tokens_per_call;
/// assert_eq!(expected_tokens_per_call(0.5, 2)?, 1.75);
/// assert_eq!(expected_tokens_per_call(1.0, 4)?, 5.0);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn expected_tokens_per_call(alpha: f64, gamma: u32) -> Result<f64, DecodingError> {
    check_probability(Parameter::AcceptanceRate, alpha)?;
    // The closed form is 0 / 0 at 1, and loses digits near it.
    Ok((0..gamma).fold(1.0, |sum, _| 1.0 + alpha * sum))
}

/// How much faster than token by token, if a step of the draft takes `cost` of the time of a target call.
///
/// # Formula
/// `(1 − α^(γ+1)) / ((1 − α)(γ c + 1))`
///
/// # Errors
/// `alpha` is not between 0 and 1, or `cost` is negative or not finite.
///
/// # Reference
/// Leviathan et al. 2023, theorem 3.8.
///
/// # Examples
/// ```
/// use concepts::decoding::speculative_speedup;
/// assert_eq!(speculative_speedup(0.5, 2, 0.125)?, 1.4);
/// assert!(speculative_speedup(0.5, 2, 0.5)? < 1.0); // a draft that is too slow
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn speculative_speedup(alpha: f64, gamma: u32, cost: f64) -> Result<f64, DecodingError> {
    check_finite(Parameter::DraftCost, cost, 0.0, Bounds::NotNegative)?;
    Ok(expected_tokens_per_call(alpha, gamma)? / (f64::from(gamma) * cost + 1.0))
}
