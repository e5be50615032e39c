//! What was said already becomes less likely.
//!
//! Penalties look at the tokens so far and change raw logits. They come before every filter.

use super::error::{check_finite, check_history};
use super::{DecodingError, n_grams};
use crate::decoding::words::{Bounds, Parameter};

/// One rule against repetition.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Penalty {
    /// [`repetition_penalty`] with this `θ`.
    Repetition(f64),
    /// [`presence_penalty`] with this `α`.
    Presence(f64),
    /// [`frequency_penalty`] with this `α`.
    Frequency(f64),
    /// [`no_repeat_n_gram`](super::no_repeat_n_gram) with this `n`.
    NoRepeatNGram(usize),
}

impl Penalty {
    /// Changes the logits, given the tokens so far.
    ///
    /// # Errors
    /// A parameter out of its range, or a token of the history that is not in the vocabulary.
    pub fn apply(&self, logits: &mut [f64], history: &[u32]) -> Result<(), DecodingError> {
        match *self {
            Penalty::Repetition(theta) => repetition_penalty(logits, history, theta),
            Penalty::Presence(alpha) => presence_penalty(logits, history, alpha),
            Penalty::Frequency(alpha) => frequency_penalty(logits, history, alpha),
            Penalty::NoRepeatNGram(n) => n_grams::no_repeat_n_gram(logits, history, n),
        }
    }
}

/// Pulls the logit of every token that occurred towards the improbable, once however often it occurred.
///
/// Positive logits are divided by `θ`, negative ones multiplied. (The paper divides only, which would
/// *reward* a token with a negative logit; the sign rule is that of HF transformers.) The rule depends on
/// where zero lies: adding a constant to all logits changes no probability, but changes the penalty.
///
/// # Formula
/// `l'ᵢ = lᵢ / θ` if `lᵢ > 0`, `lᵢ · θ` otherwise, for every `i` in the history; `θ = 1` changes nothing
///
/// # Errors
/// `θ` is not positive and finite, or the history holds a token that is not in the vocabulary.
///
/// # Reference
/// Keskar et al. 2019, *CTRL: A Conditional Transformer Language Model*, section 4.1.
///
/// # Examples
/// ```
/// use concepts::decoding::repetition_penalty;
/// let mut logits = [2.0, -2.0, 3.0];
/// repetition_penalty(&mut logits, &[0, 1, 1], 2.0)?;
/// assert_eq!(logits, [1.0, -4.0, 3.0]);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn repetition_penalty(logits: &mut [f64], history: &[u32], theta: f64) -> Result<(), DecodingError> {
    check_finite(Parameter::RepetitionPenalty, theta, f64::MIN_POSITIVE, Bounds::Positive)?;
    let counts = counts(history, logits.len())?;
    for (logit, count) in logits.iter_mut().zip(counts) {
        if count > 0 {
            *logit = if *logit > 0.0 { *logit / theta } else { *logit * theta };
        }
    }
    Ok(())
}

/// Subtracts `α` from the logit of every token that occurred.
///
/// # Formula
/// `l'ᵢ = lᵢ − α · [cᵢ > 0]`, `cᵢ` how often token `i` occurred; a negative `α` favours repetition
///
/// # Errors
/// `α` is not finite, or the history holds a token that is not in the vocabulary.
///
/// # Reference
/// OpenAI API reference, `presence_penalty` (there between −2 and 2).
///
/// # Examples
/// ```
/// use concepts::decoding::presence_penalty;
/// let mut logits = [1.0, 1.0, 1.0];
/// presence_penalty(&mut logits, &[2, 2, 0], 0.5)?;
/// assert_eq!(logits, [0.5, 1.0, 0.5]);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn presence_penalty(logits: &mut [f64], history: &[u32], alpha: f64) -> Result<(), DecodingError> {
    check_finite(Parameter::PresencePenalty, alpha, f64::MIN, Bounds::Finite)?;
    let counts = counts(history, logits.len())?;
    for (logit, count) in logits.iter_mut().zip(counts) {
        *logit -= if count > 0 { alpha } else { 0.0 };
    }
    Ok(())
}

/// Subtracts `α` from the logit of a token for each time that it occurred.
///
/// # Formula
/// `l'ᵢ = lᵢ − α · cᵢ`, `cᵢ` how often token `i` occurred; a negative `α` favours repetition
///
/// # Errors
/// `α` is not finite, or the history holds a token that is not in the vocabulary.
///
/// # Reference
/// OpenAI API reference, `frequency_penalty` (there between −2 and 2).
///
/// # Examples
/// ```
/// use concepts::decoding::frequency_penalty;
/// let mut logits = [1.0, 1.0, 1.0];
/// frequency_penalty(&mut logits, &[2, 2, 0], 0.5)?;
/// assert_eq!(logits, [0.5, 1.0, 0.0]);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn frequency_penalty(logits: &mut [f64], history: &[u32], alpha: f64) -> Result<(), DecodingError> {
    check_finite(Parameter::FrequencyPenalty, alpha, f64::MIN, Bounds::Finite)?;
    let counts = counts(history, logits.len())?;
    for (logit, count) in logits.iter_mut().zip(counts) {
        *logit -= if count > 0 { alpha * f64::from(count) } else { 0.0 };
    }
    Ok(())
}

/// How often each token occurred.
fn counts(history: &[u32], vocab_size: usize) -> Result<Vec<u32>, DecodingError> {
    check_history(history, vocab_size)?;
    let mut counts = vec![0; vocab_size];
    for &token in history {
        counts[token as usize] += 1;
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_cannot_follow_stays_so() {
        let penalties = [Penalty::Repetition(1.5), Penalty::Presence(-2.0), Penalty::Frequency(-2.0)];
        for penalty in penalties {
            let mut logits = [f64::NEG_INFINITY, 0.0];
            penalty.apply(&mut logits, &[0, 0]).unwrap();
            assert_eq!(logits, [f64::NEG_INFINITY, 0.0], "{penalty:?}");
        }
    }

    #[test]
    fn the_repetition_penalty_depends_on_where_zero_lies() {
        let (mut here, mut there) = ([1.0, 1.0], [-1.0, -1.0]);
        repetition_penalty(&mut here, &[0], 2.0).unwrap();
        repetition_penalty(&mut there, &[0], 2.0).unwrap();
        assert_eq!((here[0] - here[1], there[0] - there[1]), (-0.5, -1.0));
    }

    #[test]
    fn bad_parameters_and_unknown_tokens_are_refused() {
        let unknown = Err(DecodingError::UnknownToken { token: 2, vocab_size: 2 });
        for penalty in [Penalty::Repetition(1.0), Penalty::Presence(0.0), Penalty::NoRepeatNGram(1)] {
            assert_eq!(penalty.apply(&mut [0.0, 0.0], &[2]), unknown);
        }
        let bad =
            [Penalty::Repetition(0.0), Penalty::Repetition(f64::NAN), Penalty::Frequency(f64::INFINITY)];
        for penalty in bad {
            let error = penalty.apply(&mut [0.0], &[0]).unwrap_err();
            assert!(matches!(error, DecodingError::Parameter { .. }), "{error}");
        }
    }
}
