//! The same probabilities from sorted lists.

use super::counts::{Context, Counts, Followers};
use super::{CHARACTERS, MAX_CONTEXT};
use crate::language_model::LanguageModelError;
use crate::language_model::error::sized;
use crate::language_model::judge::{Judge, Likelihood};
use crate::language_model::words::Quantity;

/// Prediction by partial matching, method C with exclusion, over the characters of Unicode.
///
/// The formula stands at its readable twin, [`CountedContexts`](super::CountedContexts). Every character has a
/// probability, seen or not, and the probabilities of all 1 112 064 add up to 1.
///
/// What followed a context also followed its end, so the characters to exclude are always those of the context
/// looked at last: two sorted lists are read side by side, and no set is kept.
///
/// # Examples
/// ```
/// use concepts::language_model::{Judge, Ppm};
/// let judge = Ppm::train("the cat sat on the mat. the cat ate. the rat sat on the cat.", 4)?;
/// let likely = judge.judge("the ", "cat sat.")?;
/// let garbled = judge.judge("the ", ".tas tac")?;
/// assert!(likely.bits_per_byte() < garbled.bits_per_byte());
/// assert!(judge.judge("", "我")?.log_probability.is_finite());
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Ppm {
    /// By length of the context, from 0.
    counts: Vec<Counts>,
}

impl Ppm {
    /// Counts contexts of up to `longest` characters of a text.
    ///
    /// # Errors
    /// [`LanguageModelError`] if `longest` is not from 1 to 5, or the text is empty or has 2³² bytes or more.
    pub fn train(text: &str, longest: usize) -> Result<Self, LanguageModelError> {
        sized(Quantity::Context, longest, MAX_CONTEXT)?;
        if text.is_empty() {
            return Err(LanguageModelError::EmptyCorpus);
        }
        sized(Quantity::Corpus, text.len(), u32::MAX as usize)?;
        let mut counts = vec![Counts::of(text, longest)];
        for place in 0..longest {
            counts.push(counts[place].shorter());
        }
        counts.reverse();
        Ok(Self { counts })
    }

    /// The longest context that it looks at, in characters.
    pub fn longest(&self) -> usize {
        self.counts.len() - 1
    }

    /// `ln p(character | prompt)`.
    ///
    /// # Examples
    /// ```
    /// use concepts::language_model::Ppm;
    /// let judge = Ppm::train("aab", 1)?;
    /// assert!((judge.log_probability("a", 'b') - 0.25f64.ln()).abs() < 1e-12);
    /// # Ok::<(), concepts::language_model::LanguageModelError>(())
    /// ```
    pub fn log_probability(&self, prompt: &str, character: char) -> f64 {
        self.next(self.context(prompt), character)
    }

    /// The context after a prompt.
    fn context(&self, prompt: &str) -> Context {
        let mut context = Context::start(self.longest());
        prompt.chars().for_each(|character| context.push(character));
        context
    }

    /// `ln p(character | context)`.
    fn next(&self, context: Context, character: char) -> f64 {
        let mut excluded = Followers::default();
        let mut escaped = 1.0;
        for counts in self.counts.iter().rev() {
            let followers = counts.after(context);
            let new = followers.len() - excluded.len();
            if new == 0 {
                continue;
            }
            let total = (followers.total_without(excluded) + new as u64) as f64;
            // It cannot be an excluded one: those were looked at before.
            if let Some(count) = followers.count(character) {
                return libm::log(escaped * f64::from(count) / total);
            }
            escaped *= new as f64 / total;
            excluded = followers;
        }
        libm::log(escaped / (CHARACTERS - excluded.len() as f64))
    }
}

impl Judge for Ppm {
    /// Never fails. A text is exactly as probable as its characters one after the other.
    fn judge(&self, prompt: &str, text: &str) -> Result<Likelihood, LanguageModelError> {
        let mut context = self.context(prompt);
        let mut log_probability = 0.0;
        for character in text.chars() {
            log_probability += self.next(context, character);
            context.push(character);
        }
        Ok(Likelihood::of(log_probability, text))
    }
}
