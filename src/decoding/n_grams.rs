//! No sequence of n tokens twice.

use super::error::{DecodingError, check_history};
use crate::decoding::words::Parameter;

/// Forbids every token that would complete an n-gram that the history already contains.
///
/// With `n = 1` no token may occur twice. It can happen that nothing is left;
/// [`Candidates::from_logits`](super::Candidates::from_logits) then says so.
///
/// # Formula
/// `lᵢ = −∞` if `(h_{t−n+2}, …, h_t, i)` occurs in `h₁ … h_t`
///
/// # Errors
/// `n` is 0, or the history holds a token that is not in the vocabulary.
///
/// # Reference
/// Paulus, Xiong and Socher 2018, *A Deep Reinforced Model for Abstractive Summarization*, section 2.5.
///
/// # Examples
/// ```
/// use concepts::decoding::no_repeat_n_gram;
/// // “0 1 2 0 1”: another 2 would repeat “0 1 2”.
/// let mut logits = [0.0; 4];
/// no_repeat_n_gram(&mut logits, &[0, 1, 2, 0, 1], 3)?;
/// assert_eq!(logits, [0.0, 0.0, f64::NEG_INFINITY, 0.0]);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn no_repeat_n_gram(logits: &mut [f64], history: &[u32], n: usize) -> Result<(), DecodingError> {
    if n == 0 {
        return Err(DecodingError::Zero { name: Parameter::NGram });
    }
    check_history(history, logits.len())?;
    let Some(start) = history.len().checked_sub(n - 1) else { return Ok(()) };
    let last = &history[start..];
    for n_gram in history.windows(n) {
        if &n_gram[..n - 1] == last {
            logits[n_gram[n - 1] as usize] = f64::NEG_INFINITY;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(history: &[u32], n: usize) -> Vec<usize> {
        let mut logits = [0.0; 3];
        no_repeat_n_gram(&mut logits, history, n).unwrap();
        (0..3).filter(|&i| logits[i] == 0.0).collect()
    }

    #[test]
    fn short_and_long() {
        assert_eq!(allowed(&[], 1), [0, 1, 2]);
        assert_eq!(allowed(&[1, 1], 1), [0, 2]);
        assert_eq!(allowed(&[1, 2, 1], 2), [0, 1]);
        assert_eq!(allowed(&[1, 1], 2), [0, 2]); // “1 1” itself
        assert_eq!(allowed(&[1, 2], 5), [0, 1, 2]); // shorter than an n-gram
        assert_eq!(no_repeat_n_gram(&mut [0.0], &[], 0), Err(DecodingError::Zero { name: Parameter::NGram }));
    }
}
