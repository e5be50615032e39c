//! Text to distinct words with counts.

use std::ops::Range;

use rayon::prelude::*;

use crate::tokenizer::bpe::WordCount;
use crate::tokenizer::bpe::table::{Key, WordTable};
use crate::tokenizer::pretokenize::Pretokenizer;

/// A shorter text is not worth a second core.
const PART: usize = 1 << 20;

/// A count in two halves, so that it can stand at any place of four bytes.
type Count = [u32; 2];

fn value([low, high]: Count) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

/// Counts the words of texts, in order of first appearance.
///
/// A text can be given in parts, as long as each part ends where
/// [`safe_cut`](Pretokenizer::safe_cut) says; so a file of any size can be read.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::WordCounter;
/// use concepts::tokenizer::pretokenize::Pretokenizer;
/// let mut counter = WordCounter::new(Pretokenizer::Whitespace);
/// counter.add("low low");
/// counter.add("lower low");
/// assert_eq!(counter.distinct(), 2);
/// assert_eq!(counter.into_words(), [(b"low".to_vec(), 3), (b"lower".to_vec(), 1)]);
/// ```
#[derive(Debug, Clone)]
pub struct WordCounter {
    how: Pretokenizer,
    table: WordTable<Count>,
}

impl WordCounter {
    /// A counter that has seen nothing.
    pub fn new(how: Pretokenizer) -> Self {
        WordCounter { how, table: WordTable::new() }
    }

    /// Counts the words of a text.
    pub fn add(&mut self, text: &str) {
        let mut words = self.how.split(text);
        while let Some(word) = words.next_range() {
            self.count(text.as_bytes(), word, 1);
        }
    }

    /// Counts the words of bytes that need not be UTF-8: see [`Pretokenizer::split_bytes`].
    pub fn add_bytes(&mut self, bytes: &[u8]) {
        for word in self.how.split_bytes(bytes) {
            self.count(word, 0..word.len(), 1);
        }
    }

    /// Counts the words of a long text on all cores. The result does not depend on their number.
    pub fn add_parallel(&mut self, text: &str) {
        let cores = rayon::current_num_threads();
        if cores == 1 || text.len() <= PART {
            return self.add(text);
        }
        // One part a core: every part has the frequent words once more, to be put together at the end.
        let parts = parts(self.how, text, text.len().div_ceil(cores).max(PART));
        let counted = parts.into_par_iter().map(|part| {
            let mut counter = WordCounter::new(self.how);
            counter.add(part);
            counter
        });
        // In the order of the text, so that words keep their order of first appearance.
        for part in counted.collect::<Vec<_>>() {
            self.absorb(part);
        }
    }

    fn absorb(&mut self, other: WordCounter) {
        if self.distinct() == 0 {
            *self = other;
            return;
        }
        for (word, count) in other.table.entries() {
            self.count(word, 0..word.len(), value(count));
        }
    }

    #[inline]
    fn count(&mut self, text: &[u8], word: Range<usize>, times: u64) {
        let count = self.table.entry(Key::new(text, &word), text, &word);
        let sum = value(*count) + times;
        *count = [sum as u32, (sum >> 32) as u32];
    }

    /// Number of distinct words.
    pub fn distinct(&self) -> usize {
        self.table.len()
    }

    /// Number of words.
    pub fn total(&self) -> u64 {
        self.table.entries().map(|(_, count)| value(count)).sum()
    }

    /// The words with their counts, in order of first appearance.
    pub fn into_words(self) -> Vec<WordCount<Vec<u8>>> {
        self.table.entries().map(|(word, count)| (word.to_vec(), value(count))).collect()
    }
}

/// Cuts a text where no word is changed by the cut.
fn parts(how: Pretokenizer, text: &str, size: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, more) = rest.split_at(how.safe_cut(rest, size));
        parts.push(part);
        rest = more;
    }
    parts
}

/// The distinct words of a text with their counts, in order of first appearance; counted on all cores.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::count_text;
/// use concepts::tokenizer::pretokenize::Pretokenizer;
/// let words = count_text(Pretokenizer::Gpt2, "low low low");
/// assert_eq!(words, [(b"low".to_vec(), 1), (b" low".to_vec(), 2)]);
/// ```
pub fn count_text(how: Pretokenizer, text: &str) -> Vec<WordCount<Vec<u8>>> {
    let mut counter = WordCounter::new(how);
    counter.add_parallel(text);
    counter.into_words()
}
