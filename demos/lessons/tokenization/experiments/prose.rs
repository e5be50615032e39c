//! The embedded texts, and texts of a kind that prose is not.

use std::collections::{BTreeMap, BTreeSet};

use concepts::corpus::{CHINESE, ENGLISH, split};
use concepts::numerics::rng;
use rand::Rng;

/// The English text: what is trained on, what is held out.
pub(crate) fn english() -> (&'static str, &'static str) {
    split(ENGLISH)
}

/// The Chinese text: what is trained on, what is held out.
pub(crate) fn chinese() -> (&'static str, &'static str) {
    split(CHINESE)
}

/// Numbers, blanks, code, emoji, each with the id of its name.
pub(crate) const ODD: [(&str, &str); 8] = [
    ("year", "2026"),
    ("digits", "3.14159265"),
    ("sum", "12345+67890"),
    ("blanks", "a    b"),
    ("code", "for i in range(10):\n    print(i)"),
    ("emoji", "👍🏽"),
    ("family", "👩‍👩‍👧"),
    ("misspelt", "tokenizashun"),
];

/// The most frequent words of the English text with their counts, the most frequent first.
pub(crate) fn frequent_words(most: usize) -> Vec<(String, u64)> {
    let mut counts = BTreeMap::new();
    let (training, _) = english();
    for word in training.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_ascii_lowercase()).or_insert(0_u64) += 1;
    }
    let mut words: Vec<(String, u64)> = counts.into_iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(*count)); // stable: equal ones by spelling
    words.truncate(most);
    words
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

fn distinct(text: &str) -> BTreeSet<String> {
    words(text).collect()
}

/// Of the distinct words of `met`, how many `read` lacks, and how many there are.
pub(crate) fn new_words(read: &str, met: &str) -> (usize, usize) {
    let (read, met) = (distinct(read), distinct(met));
    (met.difference(&read).count(), met.len())
}

/// Of the words that `read` lacks, those that begin with one of its words, of four letters or more.
pub(crate) fn with_known_beginning(read: &str, met: &str) -> usize {
    let (read, met) = (distinct(read), distinct(met));
    let begins = |word: &&String| {
        let ends = word.char_indices().map(|(end, _)| end).skip(4);
        ends.into_iter().any(|end| read.contains(&word[..end]))
    };
    met.difference(&read).filter(begins).count()
}

/// Of the distinct words of a text, how many it has once, and how many there are.
pub(crate) fn met_once(text: &str) -> (usize, usize) {
    let mut counts = BTreeMap::new();
    for word in words(text) {
        *counts.entry(word).or_insert(0_u64) += 1;
    }
    (counts.values().filter(|&&count| count == 1).count(), counts.len())
}

/// The beginning of a text, at most so many bytes of it.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// Strings of random bytes, hardly one of them UTF-8.
pub(crate) fn random_bytes(strings: usize, seed: u64) -> Vec<Vec<u8>> {
    let mut rng = rng(seed, "random bytes");
    (0..strings).map(|i| (0..1 + i % 64).map(|_| rng.random()).collect()).collect()
}
