//! How well a model predicts a text.

use super::LanguageModelError;
use super::error::known;
use crate::decoding::LanguageModel;

/// The log-probability that a model gives to some tokens.
///
/// Perplexities of two models may be compared only if both count the same tokens. Models with
/// different tokenizers are compared by [`bits_per`](Score::bits_per) a character or a byte of the
/// same text.
///
/// # Examples
/// ```
/// use concepts::language_model::Score;
/// // Eight tokens, each one of two equally likely: one bit a token.
/// let score = Score { log_probability: 8.0 * 0.5f64.ln(), tokens: 8 };
/// assert!((score.perplexity() - 2.0).abs() < 1e-12);
/// assert!((score.bits_per(16) - 0.5).abs() < 1e-12); // 16 characters, two a token
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// `Σ ln p`, in nats; `−∞` if a token was impossible.
    pub log_probability: f64,
    /// How many tokens were predicted.
    pub tokens: usize,
}

impl Score {
    /// `Σ ln p / tokens`, in nats a token; NaN for no tokens.
    pub fn mean_log_probability(&self) -> f64 {
        self.log_probability / self.tokens as f64
    }

    /// `exp(−Σ ln p / tokens)`: among how many equally likely tokens the model in effect had to
    /// choose. NaN for no tokens, `∞` if a token was impossible.
    pub fn perplexity(&self) -> f64 {
        libm::exp(-self.mean_log_probability())
    }

    /// `−Σ log₂ p / units`: bits per character (or byte) of the text that the tokens encode. NaN
    /// for 0 units of nothing.
    pub fn bits_per(&self, units: usize) -> f64 {
        -self.log_probability / std::f64::consts::LN_2 / units as f64
    }

    /// Both texts together: sums, so that every token weighs the same.
    pub fn and(self, other: Self) -> Self {
        Self {
            log_probability: self.log_probability + other.log_probability,
            tokens: self.tokens + other.tokens,
        }
    }
}

/// What `model` makes of `tokens` after `prefix`. Only `tokens` are counted.
///
/// # Formula
/// `Σᵢ ln p(tᵢ | prefix, t₁ … tᵢ₋₁)`, `ln p = logit − ln Σ exp(logits)`, summed in `f64`
///
/// # Errors
/// [`LanguageModelError`] if a token is not below the model's vocabulary size.
///
/// # Examples
/// ```
/// use concepts::language_model::{TreeModel, score};
/// let tree = TreeModel::greedy_trap(); // A .5, B .4, C .1; after B: a .9, b .1
/// let ids: Vec<u32> = ["B", "a"].iter().filter_map(|name| tree.token(name)).collect();
/// let both = score(&tree, &[], &ids)?;
/// assert!((both.log_probability - 0.36f64.ln()).abs() < 1e-6); // logits are f32
/// let second = score(&tree, &ids[..1], &ids[1..])?;
/// assert!((second.perplexity() - 1.0 / 0.9).abs() < 1e-6);
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
pub fn score<M: LanguageModel>(
    model: &M,
    prefix: &[u32],
    tokens: &[u32],
) -> Result<Score, LanguageModelError> {
    known(&[prefix, tokens], model.vocab_size())?;
    let mut state = model.start();
    for &token in prefix {
        model.advance(&mut state, token);
    }
    let mut logits = vec![0.0; model.vocab_size()];
    let mut log_probability = 0.0;
    for &token in tokens {
        model.logits(&state, &mut logits);
        log_probability += log_softmax_at(&logits, token as usize);
        model.advance(&mut state, token);
    }
    Ok(Score { log_probability, tokens: tokens.len() })
}

/// What `model` makes of a whole text: its tokens from the start and, where the model has an end
/// token, that the text ends there.
///
/// # Errors
/// [`LanguageModelError`] if a token is not below the model's vocabulary size.
///
/// # Examples
/// ```
/// use concepts::language_model::{KneserNey, score_document};
/// let model = KneserNey::train(&[&[0, 1, 0, 1, 0, 1]], 2, 3)?;
/// let score = score_document(&model, &[0, 1, 0, 1])?;
/// assert_eq!(score.tokens, 5); // the end is predicted too
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
pub fn score_document<M: LanguageModel>(model: &M, tokens: &[u32]) -> Result<Score, LanguageModelError> {
    let mut whole = tokens.to_vec();
    whole.extend(model.end());
    score(model, &[], &whole)
}

/// `zₜ − ln Σ exp z`, shifted by the maximum so that nothing overflows; `−∞` where `zₜ` is.
fn log_softmax_at(logits: &[f32], token: usize) -> f64 {
    let highest = f64::from(logits.iter().copied().fold(f32::NEG_INFINITY, f32::max));
    let z = f64::from(logits[token]);
    if z == f64::NEG_INFINITY {
        return z;
    }
    let sum: f64 = logits.iter().map(|&x| libm::exp(f64::from(x) - highest)).sum();
    z - highest - libm::log(sum)
}
