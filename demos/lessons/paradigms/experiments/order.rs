//! Words in order and out of order, without a label.

use std::collections::BTreeMap;

use concepts::classical::tokens;
use concepts::corpus::{ENGLISH, split};
use concepts::numerics::rng;
use rand::seq::SliceRandom;

/// Words of a sentence that is tried, at least and at most.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=30;
/// Share of a pair that counts for the pair itself; the rest is the word's own.
const OF_PAIRS: f64 = 0.8;

/// Counts of words and of neighbours: no label anywhere.
struct Bigrams {
    words: BTreeMap<String, f64>,
    pairs: BTreeMap<(String, String), f64>,
    total: f64,
}

impl Bigrams {
    fn count(sentences: &[Vec<String>]) -> Bigrams {
        let (mut words, mut pairs, mut total) = (BTreeMap::new(), BTreeMap::new(), 0.0);
        for sentence in sentences {
            for word in sentence {
                *words.entry(word.clone()).or_insert(0.0) += 1.0;
                total += 1.0;
            }
            for pair in sentence.windows(2) {
                *pairs.entry((pair[0].clone(), pair[1].clone())).or_insert(0.0) += 1.0;
            }
        }
        Bigrams { words, pairs, total }
    }

    /// `ln P` of a sentence: each word by the one before it.
    fn ln_probability(&self, sentence: &[String]) -> f64 {
        let said = |word: &String| self.words.get(word).copied().unwrap_or(0.0);
        let next = |pair: &[String]| {
            let both = self.pairs.get(&(pair[0].clone(), pair[1].clone())).copied().unwrap_or(0.0);
            let by_pair = if said(&pair[0]) > 0.0 { both / said(&pair[0]) } else { 0.0 };
            let alone = (said(&pair[1]) + 1.0) / (self.total + self.words.len() as f64 + 1.0);
            (OF_PAIRS * by_pair + (1.0 - OF_PAIRS) * alone).ln()
        };
        sentence.windows(2).map(next).sum()
    }
}

fn sentences(text: &str) -> Vec<Vec<String>> {
    let all = text.split(['.', '!', '?', '\n']).map(tokens);
    all.filter(|words| LENGTHS.contains(&words.len())).collect()
}

/// Held-out sentences of the embedded text, and how many of them the counts prefer to the same words shuffled.
/// Counted on sentences in order, or on shuffled ones.
pub(crate) fn preferred(in_order: bool, seed: u64) -> (usize, usize) {
    let (training, held_out) = split(ENGLISH);
    // Streams of their own: both models are tested on the same shuffled sentences.
    let (mut training_rng, mut rng) = (rng(seed, "Q9 shuffled training"), rng(seed, "Q9 word order"));
    let mut counted = sentences(training);
    if !in_order {
        counted.iter_mut().for_each(|words| words.shuffle(&mut training_rng));
    }
    let model = Bigrams::count(&counted);
    let tested = sentences(held_out);
    let better = |words: &Vec<String>, rng: &mut _| {
        let mut mixed = words.clone();
        while mixed == *words {
            mixed.shuffle(rng);
        }
        model.ln_probability(words) > model.ln_probability(&mixed)
    };
    (tested.iter().filter(|words| better(words, &mut rng)).count(), tested.len())
}
