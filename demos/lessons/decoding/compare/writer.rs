//! A model that writes, whatever it is: the comparison asks nothing else of it.

use concepts::comparison::{Plan, Recipe, Strength, Written, contexts, log_probs, strength};
use concepts::decoding::HiddenStates;
use concepts::language_model::TextCodec;

use crate::kit::knob::Refusal;
use crate::kit::text::Text;

/// Contexts on which strengths are measured, at most.
const CONTEXTS: usize = 200;

/// A model with its tokens and a text that it never saw.
pub(crate) trait Writer: Sync {
    /// The held-out text, as tokens.
    fn held_out(&self) -> &[u32];

    /// Tokens as text.
    fn decode(&self, tokens: &[u32]) -> String;

    /// A text as tokens.
    fn encode(&self, text: &str) -> Result<Vec<u32>, Refusal>;

    /// The texts of one prompt, for all recipes.
    fn round(&self, plan: &Plan, number: usize, prompt: &[u32]) -> Result<Vec<Vec<Written>>, Refusal>;

    /// `ln p` of each token after a prompt.
    fn log_probs(&self, prompt: &[u32], tokens: &[u32]) -> Result<Vec<f64>, Refusal>;

    /// How strong a recipe is on the held-out text.
    fn strength(&self, recipe: &Recipe) -> Option<Strength>;

    /// Says which names of its special tokens a text has: they are read as plain characters.
    fn marks(&self, _text: &str) -> Option<Text> {
        None
    }

    /// Does it see the last tokens alone, as an n-gram model does?
    fn is_short_sighted(&self) -> bool {
        false
    }
}

/// A model and a codec.
pub(crate) struct Of<M, C> {
    model: M,
    codec: C,
    held_out: Vec<u32>,
    contexts: Vec<Vec<f32>>,
}

impl<M: HiddenStates, C: TextCodec> Of<M, C> {
    /// Contexts are spread evenly over the held-out text.
    pub(crate) fn new(model: M, codec: C, held_out: Vec<u32>) -> Of<M, C> {
        let apart = (held_out.len() / CONTEXTS).max(1);
        let contexts = contexts(&model, &held_out, apart, CONTEXTS);
        Of { model, codec, held_out, contexts }
    }
}

impl<M: HiddenStates + Sync, C: TextCodec + Sync> Writer for Of<M, C> {
    fn held_out(&self) -> &[u32] {
        &self.held_out
    }

    fn decode(&self, tokens: &[u32]) -> String {
        self.codec.decode(tokens)
    }

    fn encode(&self, text: &str) -> Result<Vec<u32>, Refusal> {
        Ok(self.codec.encode(text)?)
    }

    fn round(&self, plan: &Plan, number: usize, prompt: &[u32]) -> Result<Vec<Vec<Written>>, Refusal> {
        Ok(plan.round(&self.model, number, prompt)?)
    }

    fn log_probs(&self, prompt: &[u32], tokens: &[u32]) -> Result<Vec<f64>, Refusal> {
        Ok(log_probs(&self.model, prompt, tokens)?)
    }

    fn strength(&self, recipe: &Recipe) -> Option<Strength> {
        strength(recipe, &self.contexts).ok().flatten()
    }

    fn is_short_sighted(&self) -> bool {
        true
    }
}
