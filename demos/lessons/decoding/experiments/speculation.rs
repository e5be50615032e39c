//! Speculative decoding: exact in distribution, and what it saves.

use concepts::decoding::{
    Candidates, DecodingError, LanguageModel, acceptance_probability, expected_tokens_per_call, gumbel_max,
    speculative_sampling,
};
use concepts::language_model::TreeModel;
use concepts::numerics::rng;
use concepts::numerics::statistics::mean;

use super::contexts::logits_after;
use super::draws::distance;
use super::trees::all;
use crate::lessons::decoding::trained::{Endless, Trained};

/// Texts of a tree whose probabilities are all known, written by each method.
const TEXTS: usize = 6000;
/// Proposed tokens a round.
pub(crate) const GAMMA: usize = 4;
/// Tokens written on the trained model.
const TOKENS: usize = 600;
/// Places at which the two models are compared.
const PLACES: usize = 200;

/// How far the texts of a tree lie from their exact distribution, in standard deviations of χ².
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exactness {
    pub texts: usize,
    pub speculative: f64,
    /// The draft's own texts, unchecked.
    pub unchecked: f64,
    /// First tokens by the noisy argmax.
    pub gumbel: f64,
}

pub(crate) fn exactness(seed: u64) -> Option<Exactness> {
    let [target, draft] = [1, 2].map(|i| TreeModel::random(3, 3, 1.0, seed.wrapping_add(i)).ok());
    let (target, draft) = (target?, draft?);
    let known = all(&target);
    let expected: Vec<f64> = known.iter().map(|text| text.probability).collect();
    let texts = |from: &TreeModel, stream: &str| -> Option<f64> {
        let mut rng = rng(seed, stream);
        let mut counts = vec![0; known.len()];
        for _ in 0..TEXTS {
            let text = speculative_sampling(&draft, from, &[], 2, &[], 10, &mut rng).ok()?;
            counts[known.iter().position(|known| known.tokens == text.tokens)?] += 1;
        }
        Some(distance(&counts, &expected))
    };
    let mut logits = vec![0.0f32; target.vocab_size()];
    target.logits(&target.start(), &mut logits);
    let first = Candidates::from_logits(&logits).ok()?;
    let mut noise = rng(seed, "Q7 gumbel");
    let mut counts = vec![0; logits.len()];
    (0..TEXTS).for_each(|_| counts[gumbel_max(&first, &mut noise).id as usize] += 1);
    Some(Exactness {
        texts: TEXTS,
        speculative: texts(&target, "Q7 speculative")?,
        unchecked: texts(&draft, "Q7 draft alone")?,
        gumbel: distance(&counts, &first.dense(logits.len())),
    })
}

/// A draft of a lower order in front of the trained model.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft {
    pub order: usize,
    /// `Σ min(p, q)`, averaged over places of the held-out text.
    pub overlap: f64,
    /// Share of the checked proposals that were accepted.
    pub accepted: f64,
    /// Tokens for each call of the target.
    pub tokens_per_call: f64,
    /// `(1 − α^(γ+1))/(1 − α)` at that share.
    pub predicted: f64,
}

pub(crate) fn draft(
    trained: &Trained,
    draft: &Endless,
    order: usize,
    seed: u64,
) -> Result<Draft, DecodingError> {
    let prompt = &trained.held_out[..trained.held_out.len().min(10)];
    let mut rng = rng(seed, &format!("Q7 draft of order {order}"));
    let text = speculative_sampling(draft, &trained.model, prompt, GAMMA, &[], TOKENS, &mut rng)?;
    let places = (1..trained.held_out.len()).take(PLACES);
    let overlap = places.map(|i| {
        let before = &trained.held_out[i.saturating_sub(8)..i];
        let [p, q] =
            [&trained.model, draft].map(|model| Candidates::from_logits(&logits_after(model, before)));
        Ok(acceptance_probability(&p?, &q?))
    });
    let overlap: Vec<f64> = overlap.collect::<Result<_, DecodingError>>()?;
    Ok(Draft {
        order,
        overlap: mean(&overlap),
        accepted: text.acceptance(),
        tokens_per_call: text.tokens_per_call(),
        predicted: expected_tokens_per_call(text.acceptance(), GAMMA as u32)?,
    })
}
