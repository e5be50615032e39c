//! How well a piece of text answers a query: BM25.

use std::collections::BTreeMap;

/// How soon a term that stands again and again counts no more, and how much long texts are held back.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Pieces of text as terms with their counts.
#[derive(Debug)]
pub struct Corpus {
    pieces: Vec<(BTreeMap<String, f64>, f64)>,
    mean_length: f64,
}

impl Corpus {
    /// Counts the terms of each piece.
    pub fn new(pieces: impl IntoIterator<Item = Vec<String>>) -> Corpus {
        let counted = |terms: Vec<String>| {
            let length = terms.len() as f64;
            let mut counts = BTreeMap::new();
            terms.into_iter().for_each(|term| *counts.entry(term).or_insert(0.0) += 1.0);
            (counts, length)
        };
        let pieces: Vec<_> = pieces.into_iter().map(counted).collect();
        let total: f64 = pieces.iter().map(|(_, length)| length).sum();
        let mean_length = total / pieces.len().max(1) as f64;
        Corpus { pieces, mean_length }
    }

    /// The score of a piece; 0 if none of the terms stands in it.
    ///
    /// # Formula
    /// Σ over terms: `ln(1 + (N − n + ½)/(n + ½)) · f·(k₁ + 1)/(f + k₁·(1 − b + b·length/mean))`, with f the
    /// count of the term here and n the number of the N pieces in which it stands.
    ///
    /// # Reference
    /// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
    pub fn score(&self, piece: usize, query: &[String]) -> f64 {
        let (counts, length) = &self.pieces[piece];
        let of = |term: &String| {
            let Some(&f) = counts.get(term) else { return 0.0 };
            let n = self.pieces.iter().filter(|(counts, _)| counts.contains_key(term)).count() as f64;
            let rarity = (1.0 + (self.pieces.len() as f64 - n + 0.5) / (n + 0.5)).ln();
            rarity * f * (K1 + 1.0) / (f + K1 * (1.0 - B + B * length / self.mean_length.max(1.0)))
        };
        query.iter().map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::terms::terms;

    #[test]
    fn rare_terms_and_short_texts_count_more() {
        let texts = ["cache of keys", "cache", "a cache of keys and values and much more of it", "mask"];
        let corpus = Corpus::new(texts.map(terms));
        let score = |i, query: &str| corpus.score(i, &terms(query));
        assert!(score(1, "cache") > score(0, "cache") && score(0, "cache") > score(2, "cache"));
        assert!(score(3, "mask") > score(1, "cache"));
        assert_eq!(score(3, "cache"), 0.0);
    }
}
