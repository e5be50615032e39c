//! Text to distinct words with counts.

use rayon::prelude::*;

use crate::tokenizer::bpe::WordCount;
use crate::tokenizer::bpe::table::WordTable;
use crate::tokenizer::pretokenize::Pretokenizer;

/// Parts that are read on one core at a time: small enough to share the work evenly.
const PART: usize = 1 << 20;

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
    table: WordTable,
    counts: Vec<u64>,
}

impl WordCounter {
    /// A counter that has seen nothing.
    pub fn new(how: Pretokenizer) -> Self {
        WordCounter { how, table: WordTable::new(), counts: Vec::new() }
    }

    /// Counts the words of a text.
    pub fn add(&mut self, text: &str) {
        for word in self.how.split(text) {
            self.count(word.as_bytes(), 1);
        }
    }

    /// Counts the words of bytes that need not be UTF-8: see [`Pretokenizer::split_bytes`].
    pub fn add_bytes(&mut self, bytes: &[u8]) {
        for word in self.how.split_bytes(bytes) {
            self.count(word, 1);
        }
    }

    /// Counts the words of a long text on all cores. The result does not depend on their number.
    pub fn add_parallel(&mut self, text: &str) {
        if rayon::current_num_threads() == 1 || text.len() <= PART {
            return self.add(text);
        }
        let counted = parts(self.how, text).into_par_iter().map(|part| {
            let mut counter = WordCounter::new(self.how);
            counter.add(part);
            counter
        });
        // In the order of the text, so that words keep their order of first appearance.
        for part in counted.collect::<Vec<_>>() {
            self.absorb(&part);
        }
    }

    fn absorb(&mut self, other: &WordCounter) {
        for (number, &count) in other.counts.iter().enumerate() {
            self.count(other.table.word(number), count);
        }
    }

    #[inline]
    fn count(&mut self, word: &[u8], times: u64) {
        let number = self.table.number(word);
        match self.counts.get_mut(number) {
            Some(count) => *count += times,
            None => self.counts.push(times),
        }
    }

    /// Number of distinct words.
    pub fn distinct(&self) -> usize {
        self.counts.len()
    }

    /// Number of words.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The words with their counts, in order of first appearance.
    pub fn into_words(self) -> Vec<WordCount<Vec<u8>>> {
        let words = self.counts.iter().enumerate();
        words.map(|(number, &count)| (self.table.word(number).to_vec(), count)).collect()
    }
}

/// Cuts a text where no word is changed by the cut.
fn parts(how: Pretokenizer, text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, more) = rest.split_at(how.safe_cut(rest, PART));
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
