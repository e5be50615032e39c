//! Token after token until the text ends.

use rand::{Rng, RngCore};

use super::error::check_history;
use super::log_sum::LogSum;
use super::{DecodingError, LanguageModel, Strategy};

/// Why a text ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// The model's end token was chosen.
    End,
    /// As many tokens as were asked for.
    MaxTokens,
    /// A rule against repetition left no token.
    NothingAllowed,
}

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The token.
    pub token: u32,
    /// The logarithm of its probability under the model itself, before any filter.
    pub log_prob: f64,
    /// From how many tokens it was chosen.
    pub candidates: usize,
}

/// A text that a strategy made.
#[derive(Debug, Clone, PartialEq)]
pub struct Generated {
    /// Its tokens, the end token included if it was chosen.
    pub steps: Vec<Step>,
    /// Why it ended.
    pub finish: Finish,
    /// How often the model was asked for logits.
    pub model_calls: u64,
}

impl Generated {
    /// The tokens alone.
    pub fn tokens(&self) -> Vec<u32> {
        self.steps.iter().map(|step| step.token).collect()
    }

    /// The logarithm of the probability of the whole text under the model.
    pub fn log_prob(&self) -> f64 {
        self.steps.iter().map(|step| step.log_prob).sum()
    }

    /// `e^(−log p / tokens)` under the model; NaN for a text without tokens.
    pub fn perplexity(&self) -> f64 {
        libm::exp(-self.log_prob() / self.steps.len() as f64)
    }
}

/// Continues `prompt` by at most `max_tokens` tokens, with one model call a token.
///
/// # Errors
/// A token of the prompt is not in the vocabulary, the model gives no distribution, or a parameter of the
/// strategy is out of its range. A penalty that forbids everything is no error:
/// [`Finish::NothingAllowed`].
///
/// # Examples
/// ```
/// use concepts::decoding::{Finish, Greedy, generate};
/// use concepts::{language_model::TreeModel, numerics::rng};
/// let tree = TreeModel::greedy_trap();
/// let text = generate(&tree, &[], &mut Greedy, 10, &mut rng(1, "doc"))?;
/// let names: Vec<_> = text.tokens().iter().filter_map(|&t| tree.names().get(t as usize)).collect();
/// assert_eq!(names, ["A", "a"]);
/// assert_eq!(text.finish, Finish::End);
/// assert!((text.log_prob().exp() - 0.2).abs() < 1e-7);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn generate<M: LanguageModel>(
    model: &M,
    prompt: &[u32],
    strategy: &mut (impl Strategy + ?Sized),
    max_tokens: usize,
    rng: &mut impl Rng,
) -> Result<Generated, DecodingError> {
    let mut state = after(model, prompt)?;
    let mut history = prompt.to_vec();
    let mut logits = vec![0.0; model.vocab_size()];
    let mut text = Generated::empty();
    while text.steps.len() < max_tokens {
        model.logits(&state, &mut logits);
        let Some(token) = text.go_on(&logits, &history, strategy, rng, model.end())? else { break };
        model.advance(&mut state, token);
        history.push(token);
    }
    Ok(text)
}

impl Generated {
    /// A text without tokens.
    pub(super) fn empty() -> Generated {
        Generated { steps: Vec::new(), finish: Finish::MaxTokens, model_calls: 0 }
    }

    /// Chooses the next token of the text; `None` if it ends here.
    pub(super) fn go_on(
        &mut self,
        logits: &[f32],
        history: &[u32],
        strategy: &mut (impl Strategy + ?Sized),
        rng: &mut dyn RngCore,
        end: Option<u32>,
    ) -> Result<Option<u32>, DecodingError> {
        self.model_calls += 1;
        let sum = LogSum::of(logits)?;
        let choice = match strategy.choose(logits, history, rng) {
            // The logits of the model are fine, so a penalty forbade all of them.
            Err(DecodingError::NoCandidate { .. }) => {
                self.finish = Finish::NothingAllowed;
                return Ok(None);
            }
            other => other?,
        };
        let log_prob = sum.log_prob(logits[choice.token as usize]);
        self.steps.push(Step { token: choice.token, log_prob, candidates: choice.candidates });
        if end == Some(choice.token) {
            self.finish = Finish::End;
            return Ok(None);
        }
        Ok(Some(choice.token))
    }
}

/// The state after a prompt.
pub(super) fn after<M: LanguageModel>(model: &M, prompt: &[u32]) -> Result<M::State, DecodingError> {
    check_history(prompt, model.vocab_size())?;
    let mut state = model.start();
    for &token in prompt {
        model.advance(&mut state, token);
    }
    Ok(state)
}
