//! Texts that strategies write, with what they cost.

use concepts::comparison::{self, Family, Recipe};
use concepts::decoding::words::Parameter;
use concepts::decoding::{DecodingError, Generated, contrastive_search, generate};
use concepts::numerics::rng;

use crate::lessons::decoding::strategies::{How, Named};
use crate::lessons::decoding::trained::Endless;

/// A text, and what it took to write it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    pub tokens: Vec<u32>,
    /// `ln p` of each token under the model itself.
    pub log_probs: Vec<f64>,
    /// From how many tokens each was chosen; empty for beam search, which compares prefixes.
    pub candidates: Vec<usize>,
    /// Prefixes that the model was evaluated on.
    pub model_calls: u64,
}

impl Written {
    /// From how many tokens each was chosen.
    pub(crate) fn choices(&self) -> impl Iterator<Item = f64> {
        self.candidates.iter().map(|&n| n as f64)
    }
}

/// A continuation of `prompt` by exactly `tokens` tokens, unless a penalty forbids everything.
pub(crate) fn write(
    model: &Endless,
    prompt: &[u32],
    strategy: &Named,
    tokens: usize,
    (seed, stream): (u64, &str),
) -> Result<Written, DecodingError> {
    if let How::Beam(beams, length_penalty) = strategy.how {
        let recipe = Recipe { length_penalty, ..Recipe::new(Family::Beam, beams as f64) };
        let text = comparison::write(model, prompt, &recipe, tokens, &mut rng(seed, stream))?;
        let comparison::Written { tokens, log_probs, model_calls, .. } = text;
        return Ok(Written { tokens, log_probs, candidates: Vec::new(), model_calls });
    }
    if let How::Contrastive(k, alpha) = strategy.how {
        let text = contrastive_search(model, prompt, k, alpha, tokens)?;
        // Each candidate's own step is a row, too.
        let model_calls = text.steps.iter().map(|step| 1 + step.candidates as u64).sum();
        return Ok(Written { model_calls, ..of(text) });
    }
    let Some(mut chooser) = strategy.chooser()? else {
        return Err(DecodingError::Zero { name: Parameter::Strategies });
    };
    generate(model, prompt, &mut *chooser, tokens, &mut rng(seed, stream)).map(of)
}

fn of(text: Generated) -> Written {
    Written {
        tokens: text.tokens(),
        log_probs: text.steps.iter().map(|step| step.log_prob).collect(),
        candidates: text.steps.iter().map(|step| step.candidates).collect(),
        model_calls: text.model_calls,
    }
}
