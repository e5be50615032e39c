//! Prompts from a text, with what really follows.

use super::LanguageModelError;
use super::error::sized;
use super::words::Quantity;

/// A prompt and what follows it in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window<'a> {
    /// The place of its first token.
    pub start: usize,
    /// What a model is given.
    pub prompt: &'a [u32],
    /// What a person wrote next.
    pub continuation: &'a [u32],
}

/// `n` windows of `prompt + continuation` tokens, evenly spread over a text and apart from each other, so that
/// no token is counted twice. Places are counted in tokens, whatever a token is.
///
/// # Formula
/// Window `i` begins at `⌊i · tokens / n⌋`.
///
/// # Errors
/// [`LanguageModelError::Size`] if a window is longer than the text, or `n` of them do not fit, or there is
/// nothing to give or to follow.
///
/// # Examples
/// ```
/// use concepts::language_model::windows;
/// let text: Vec<u32> = (0..10).collect();
/// let found = windows(&text, 3, 1, 2)?;
/// assert_eq!(found[1].start, 3);
/// assert_eq!((found[1].prompt, found[1].continuation), (&[3][..], &[4, 5][..]));
/// let refused = windows(&text, 4, 1, 2).unwrap_err().to_string();
/// assert!(refused.contains("the number of windows is 4; it has to be from 1 to 3"));
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
pub fn windows(
    held_out: &[u32],
    n: usize,
    prompt: usize,
    continuation: usize,
) -> Result<Vec<Window<'_>>, LanguageModelError> {
    let length = prompt.saturating_add(continuation);
    sized(Quantity::Window, length, held_out.len())?;
    sized(Quantity::Windows, n, held_out.len() / length)?;
    let window = |i: usize| {
        // In 128 bits the product cannot overflow.
        let start = (i as u128 * held_out.len() as u128 / n as u128) as usize;
        let (given, follows) = held_out[start..start + length].split_at(prompt);
        Window { start, prompt: given, continuation: follows }
    };
    Ok((0..n).map(window).collect())
}
