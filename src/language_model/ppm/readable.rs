//! The formula line by line.

use std::collections::{BTreeMap, BTreeSet};

use super::{CHARACTERS, MAX_CONTEXT};
use crate::language_model::LanguageModelError;
use crate::language_model::error::sized;
use crate::language_model::words::Quantity;

/// The readable twin of [`Ppm`](super::Ppm): each context with what followed it, and the formula.
///
/// # Formula
/// Let `c(h w)` count how often `w` followed the context `h`, and `X` be the characters that followed longer
/// contexts already looked at. In `h`, with `F = {w ∉ X : c(h w) > 0}` and `A = Σ_{w ∈ F} c(h w)`:
///
/// `p(w | h) = c(h w) / (A + |F|)` if `w ∈ F`, and otherwise `|F| / (A + |F|) · p(w | h′)`
///
/// where `h′` is `h` without its first character and `X ∪ F` takes the place of `X`. If `F` is empty then
/// `p(w | h) = p(w | h′)`. Below the empty context every character of Unicode that is not in `X` has the same
/// probability. Where no character is, before the start of the text, a context has a sign of its own.
///
/// # Reference
/// Moffat 1990, *Implementing the PPM Data Compression Scheme* (method C, with exclusion); every context counts
/// every occurrence.
///
/// # Examples
/// ```
/// use concepts::language_model::ppm::CountedContexts;
/// let counted = CountedContexts::of("aab", 1)?;
/// // After a came a and b, once each: 1/(2 + 2).
/// assert!((counted.probability("a", 'b') - 0.25).abs() < 1e-15);
/// // c never came: escape 2/4, then nothing is new in the empty context, then one of all others.
/// let others = 1_112_064.0 - 2.0;
/// assert!((counted.probability("a", 'c') * others - 0.5).abs() < 1e-12);
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CountedContexts {
    longest: usize,
    /// What followed each context; `None` is what stands before the text.
    counts: BTreeMap<Vec<Option<char>>, BTreeMap<char, u64>>,
}

impl CountedContexts {
    /// Counts contexts of up to `longest` characters.
    ///
    /// # Errors
    /// As [`Ppm::train`](super::Ppm::train).
    pub fn of(text: &str, longest: usize) -> Result<Self, LanguageModelError> {
        sized(Quantity::Context, longest, MAX_CONTEXT)?;
        if text.is_empty() {
            return Err(LanguageModelError::EmptyCorpus);
        }
        let mut counts: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        let mut before = vec![None; longest];
        for character in text.chars() {
            for skipped in 0..=longest {
                let followed = counts.entry(before[skipped..].to_vec()).or_default();
                *followed.entry(character).or_default() += 1;
            }
            before.remove(0);
            before.push(Some(character));
        }
        Ok(Self { longest, counts })
    }

    /// `p(character | prompt)`.
    pub fn probability(&self, prompt: &str, character: char) -> f64 {
        let mut before = vec![None; self.longest];
        before.extend(prompt.chars().map(Some));
        let mut excluded = BTreeSet::new();
        let mut escaped = 1.0;
        for first in before.len() - self.longest..=before.len() {
            let Some(followed) = self.counts.get(&before[first..]) else { continue };
            let new: BTreeMap<char, u64> =
                followed.iter().map(|(&w, &c)| (w, c)).filter(|(w, _)| !excluded.contains(w)).collect();
            if new.is_empty() {
                continue;
            }
            let total = (new.values().sum::<u64>() + new.len() as u64) as f64;
            if let Some(&count) = new.get(&character) {
                return escaped * count as f64 / total;
            }
            escaped *= new.len() as f64 / total;
            excluded.extend(new.into_keys());
        }
        escaped / (CHARACTERS - excluded.len() as f64)
    }
}
