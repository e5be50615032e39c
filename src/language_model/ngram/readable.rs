//! The recursive formula, line by line.

use std::collections::BTreeMap;

use super::discounts::counts_of_counts;
use super::{Discounts, check};
use crate::language_model::LanguageModelError;

/// The readable twin of [`KneserNey`](super::KneserNey): every n-gram with its count, and the
/// formula as it is written.
///
/// It looks through all n-grams for each number, so it is for a few hundred tokens.
///
/// # Formula
/// A document is `E t₁ … tₘ E`, with `E` the end token: what comes before a text is the end of
/// another. For an n-gram `g`, the adjusted count is
///
/// - `a(g) = c(g)`, how often it occurs, if `g` has the full order or begins with the `E` of a
///   document's start, before which nothing stands;
/// - `a(g) = |{x : c(x g) > 0}|`, before how many different tokens it was extended, otherwise.
///
/// With `A = Σ_w a(h w)` and `N₁`, `N₂`, `N₃` tokens of adjusted count 1, 2, 3 or more after `h`:
///
/// `p(w | h) = (a(h w) − D(a(h w))) / A + γ(h) p(w | h′)`, `γ(h) = (D₁ N₁ + D₂ N₂ + D₃ N₃) / A`
///
/// where `h′` is `h` without its first token, and below the empty context every token, the end
/// among them, has the same probability. If nothing was seen after `h` then `p(w | h) = p(w | h′)`.
///
/// # Reference
/// Chen & Goodman 1998, *An Empirical Study of Smoothing Techniques for Language Modeling*; counts at the start of a document as in Heafield et al. 2013,
/// *Scalable Modified Kneser-Ney Language Model Estimation*, section 3.2.
///
/// # Examples
/// ```
/// use concepts::language_model::ngram::CountedNgrams;
/// let counted = CountedNgrams::of(&[&[0, 0, 1]], 2, 2)?; // E a a b E
/// let end = 2;
/// // Bigrams: Ea, aa, ab, bE. Before a stand E and a; before b only a; before the end only b.
/// assert_eq!(counted.adjusted(&[0]), 2);
/// assert_eq!(counted.adjusted(&[1]), 1);
/// assert_eq!(counted.adjusted(&[end]), 1);
/// // So p(b) = (1 − ½)/4 + (½ + ½ + 1)/4 · 1/3 = 7/24,
/// assert!((counted.probability(&[], 1) - 7.0 / 24.0).abs() < 1e-12);
/// // and p(b | a) = (1 − ½)/2 + (½ + ½)/2 · 7/24.
/// assert!((counted.probability(&[0], 1) - 19.0 / 48.0).abs() < 1e-12);
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CountedNgrams {
    order: usize,
    /// The end token; there are `end + 1` tokens.
    end: u32,
    /// `c(g)` for every `g` of 1 to `order` tokens.
    counts: BTreeMap<Vec<u32>, u64>,
    /// One for each order, from 1.
    discounts: Vec<Discounts>,
}

impl CountedNgrams {
    /// Counts the n-grams of `documents`, whose tokens are below `vocab_size`.
    ///
    /// # Errors
    /// As [`KneserNey::train`](super::KneserNey::train).
    pub fn of(documents: &[&[u32]], vocab_size: usize, order: usize) -> Result<Self, LanguageModelError> {
        check(documents, vocab_size, order)?;
        let end = vocab_size as u32;
        let mut counts = BTreeMap::new();
        for document in documents {
            let padded = [&[end], *document, &[end]].concat();
            for last in 1..padded.len() {
                for first in (last + 1).saturating_sub(order)..=last {
                    *counts.entry(padded[first..=last].to_vec()).or_insert(0) += 1;
                }
            }
        }
        let mut counted = Self { order, end, counts, discounts: Vec::new() };
        counted.discounts = (1..=order).map(|n| counted.estimate(n)).collect();
        Ok(counted)
    }

    /// The discounts of n-grams of `n` tokens, from the counts of their adjusted counts.
    fn estimate(&self, n: usize) -> Discounts {
        let grams = self.counts.keys().filter(|gram| gram.len() == n);
        Discounts::estimate(counts_of_counts(grams.map(|gram| self.adjusted(gram))))
    }

    /// The discounts of every order, from 1.
    pub fn discounts(&self) -> &[Discounts] {
        &self.discounts
    }

    /// `a(g)`.
    pub fn adjusted(&self, gram: &[u32]) -> u64 {
        let starts_a_document = gram.len() > 1 && gram[0] == self.end;
        if gram.len() == self.order || starts_a_document {
            return self.counts.get(gram).copied().unwrap_or(0);
        }
        let extended = |longer: &&Vec<u32>| longer.len() == gram.len() + 1 && longer.ends_with(gram);
        self.counts.keys().filter(extended).count() as u64
    }

    /// `p(token | context)`; of the context the last `order − 1` tokens matter.
    pub fn probability(&self, context: &[u32], token: u32) -> f64 {
        let context = &context[context.len().saturating_sub(self.order - 1)..];
        let lower = match context {
            [] => 1.0 / f64::from(self.end + 1),
            [_, shorter @ ..] => self.probability(shorter, token),
        };
        let discounts = self.discounts[context.len()];
        let a = |w: u32| self.adjusted(&[context, &[w]].concat());
        let total: u64 = (0..=self.end).map(a).sum();
        if total == 0 {
            return lower;
        }
        let kept = a(token) as f64 - discounts.of(a(token));
        let taken: f64 = (0..=self.end).map(|w| discounts.of(a(w))).sum();
        kept / total as f64 + taken / total as f64 * lower
    }
}
