//! One text.

use rand_chacha::ChaCha8Rng;

use super::Recipe;
use crate::decoding::log_sum::LogSum;
use crate::decoding::{
    BeamSearch, DecodingError, Generated, HiddenStates, LanguageModel, LengthPenalty, Step,
    fast_contrastive_search, generate,
};

/// A text, and what it took to write it.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Its tokens, without the one that ends it.
    pub tokens: Vec<u32>,
    /// `ln p` of each token under the model itself, before any cut; of the end token too, if it ended.
    pub log_probs: Vec<f64>,
    /// The mean number of tokens that a choice was made from; `None` for a search.
    pub candidates: Option<f64>,
    /// Rows of logits that the model computed.
    pub model_calls: u64,
    /// Did the model end the text?
    pub ended: bool,
}

/// Continues `prompt` by at most `max_tokens` tokens as the recipe says.
///
/// # Errors
/// A number of the recipe is out of its range, or a token of the prompt is not in the vocabulary.
pub fn write<M: HiddenStates>(
    model: &M,
    prompt: &[u32],
    recipe: &Recipe,
    max_tokens: usize,
    rng: &mut ChaCha8Rng,
) -> Result<Written, DecodingError> {
    if let Some(beams) = recipe.beams() {
        return searched(model, prompt, beams, recipe.length_penalty, max_tokens);
    }
    if let Some((k, alpha)) = recipe.contrastive() {
        let text = fast_contrastive_search(model, prompt, k, alpha, max_tokens)?;
        // Each candidate's own step is a row, too.
        let model_calls = text.steps.iter().map(|step| 1 + step.candidates as u64).sum();
        return Ok(Written { model_calls, candidates: None, ..drawn(text, model.end()) });
    }
    let chooser = recipe.chooser(model.vocab_size())?;
    let mut chooser = chooser.unwrap_or_else(|| Box::new(crate::decoding::Greedy));
    let text = generate(model, prompt, &mut *chooser, max_tokens, rng)?;
    Ok(drawn(text, model.end()))
}

pub(super) fn drawn(text: Generated, end: Option<u32>) -> Written {
    let choices = text.steps.iter().map(|step| step.candidates as f64);
    let candidates = (!text.steps.is_empty()).then(|| choices.sum::<f64>() / text.steps.len() as f64);
    let ended = end.is_some() && text.steps.last().map(|step| step.token) == end;
    let mut tokens: Vec<u32> = text.steps.iter().map(|step| step.token).collect();
    if ended {
        tokens.pop();
    }
    let log_probs = text.steps.iter().map(|step: &Step| step.log_prob).collect();
    Written { tokens, log_probs, candidates, model_calls: text.model_calls, ended }
}

fn searched<M: LanguageModel>(
    model: &M,
    prompt: &[u32],
    beams: usize,
    length_penalty: f64,
    max_tokens: usize,
) -> Result<Written, DecodingError> {
    let length = LengthPenalty::Power(length_penalty);
    let found = BeamSearch { length, ..BeamSearch::new(beams, max_tokens) }.run(model, prompt)?;
    let mut tokens = found.best().map(|best| best.tokens.clone()).unwrap_or_default();
    let log_probs = log_probs(model, prompt, &tokens)?;
    let ended = model.end().is_some() && tokens.last().copied() == model.end();
    if ended {
        tokens.pop();
    }
    Ok(Written { tokens, log_probs, candidates: None, model_calls: found.rows, ended })
}

/// `ln p` of each token after a prompt, under the model itself.
///
/// # Errors
/// The model gives no distribution.
pub fn log_probs<M: LanguageModel>(
    model: &M,
    prompt: &[u32],
    tokens: &[u32],
) -> Result<Vec<f64>, DecodingError> {
    let mut state = model.start();
    prompt.iter().for_each(|&token| model.advance(&mut state, token));
    let mut logits = vec![0.0f32; model.vocab_size()];
    let each = tokens.iter().map(|&token| {
        model.logits(&state, &mut logits);
        model.advance(&mut state, token);
        Ok(LogSum::of(&logits)?.log_prob(logits[token as usize]))
    });
    each.collect()
}
