//! Taggers on sentences that they were not counted on.

use std::collections::BTreeMap;

use concepts::classical::{ClassicalError, TaggedSentence, Tagger};
use concepts::numerics::rng;
use rand::seq::SliceRandom;

/// How many were right.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Right {
    pub words: usize,
    pub of_words: usize,
    pub sentences: usize,
    pub of_sentences: usize,
}

impl Right {
    fn add(&mut self, found: &[&str], sentence: &TaggedSentence) {
        let right = found.iter().zip(&sentence.tags).filter(|(found, tag)| *found == tag).count();
        self.words += right;
        self.of_words += sentence.tags.len();
        self.sentences += usize::from(right == sentence.tags.len());
        self.of_sentences += 1;
    }

    pub(crate) fn word_share(&self) -> f64 {
        self.words as f64 / self.of_words as f64
    }

    pub(crate) fn sentence_share(&self) -> f64 {
        self.sentences as f64 / self.of_sentences as f64
    }
}

/// What tags.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum By {
    /// The best path.
    Chain,
    /// Each word its own commonest tag, whatever stands beside it.
    WordAlone,
    /// Always the commonest tag of all.
    Commonest,
}

/// Each sentence tagged by what was counted on all others.
pub(crate) fn left_out(
    sentences: &[TaggedSentence],
    by: By,
    smoothing: f64,
) -> Result<Right, ClassicalError> {
    let mut right = Right::default();
    for (i, sentence) in sentences.iter().enumerate() {
        let others: Vec<TaggedSentence> = [&sentences[..i], &sentences[i + 1..]].concat();
        match by {
            By::Chain => {
                let tagger = Tagger::learn(&others, smoothing)?;
                right.add(&tagger.tags(&sentence.words)?, sentence);
            }
            By::WordAlone | By::Commonest => {
                let table = commonest(&others);
                let of = |word: &String| match by {
                    By::WordAlone => *table.0.get(word.as_str()).unwrap_or(&table.1),
                    _ => table.1,
                };
                right.add(&sentence.words.iter().map(of).collect::<Vec<_>>(), sentence);
            }
        }
    }
    Ok(right)
}

/// The commonest tag of each word, and of all.
fn commonest(sentences: &[TaggedSentence]) -> (BTreeMap<&str, &str>, &str) {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for sentence in sentences {
        for (word, tag) in sentence.words.iter().zip(&sentence.tags) {
            *counts.entry(word).or_default().entry(tag).or_default() += 1;
            *all.entry(tag).or_default() += 1;
        }
    }
    (counts.iter().map(|(word, tags)| (*word, most(tags))).collect(), most(&all))
}

/// The key with the largest count; of equals the first by its letters.
fn most<'a>(counts: &BTreeMap<&'a str, usize>) -> &'a str {
    counts.iter().fold(("", 0), |best, (key, &count)| if count > best.1 { (*key, count) } else { best }).0
}

/// A tagger counted on `size` sentences, tested on the others, over many divisions.
pub(crate) fn by_size(
    sentences: &[TaggedSentence],
    size: usize,
    (divisions, smoothing, seed): (usize, f64, u64),
) -> Result<Right, ClassicalError> {
    let mut right = Right::default();
    for division in 0..divisions {
        let mut order = sentences.to_vec();
        order.shuffle(&mut rng(seed, &format!("Q9 tagged {division}")));
        let (counted, tested) = order.split_at(size);
        let tagger = Tagger::learn(counted, smoothing)?;
        for sentence in tested {
            right.add(&tagger.tags(&sentence.words)?, sentence);
        }
    }
    Ok(right)
}

/// The same sentences with their tags shuffled across all words.
pub(crate) fn shuffled_tags(sentences: &[TaggedSentence], seed: u64) -> Vec<TaggedSentence> {
    let mut tags: Vec<String> = sentences.iter().flat_map(|sentence| sentence.tags.clone()).collect();
    tags.shuffle(&mut rng(seed, "Q9 shuffled tags"));
    let mut tags = tags.into_iter();
    let again = |sentence: &TaggedSentence| TaggedSentence {
        words: sentence.words.clone(),
        tags: tags.by_ref().take(sentence.tags.len()).collect(),
    };
    sentences.iter().map(again).collect()
}
