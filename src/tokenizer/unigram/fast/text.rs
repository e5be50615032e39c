//! The corpus as numbers: a character is its place in the alphabet, counted from 1, and 0 ends a word.

use super::super::UnigramError;
use super::super::corpus::WordCount;

/// The words one after the other.
pub(super) struct Text {
    /// Each word's characters and a 0.
    pub(super) chars: Vec<u32>,
    /// Where each word begins, and the end of all.
    pub(super) starts: Vec<u32>,
    /// How often each word occurs.
    pub(super) counts: Vec<u64>,
    /// The characters that occur, in order.
    pub(super) alphabet: Vec<char>,
}

impl Text {
    pub(super) fn new(words: &[WordCount<'_>]) -> Result<Self, UnigramError> {
        let characters = words.iter().map(|(word, _)| word.chars().count() + 1).sum();
        u32::try_from(characters).map_err(|_| UnigramError::TooLong { characters })?;
        let mut number = vec![0; char::MAX as usize + 1];
        for c in words.iter().flat_map(|(word, _)| word.chars()) {
            number[c as usize] = 1;
        }
        let alphabet: Vec<char> = ('\0'..=char::MAX).filter(|&c| number[c as usize] > 0).collect();
        for (n, &c) in (1u32..).zip(&alphabet) {
            number[c as usize] = n;
        }
        let mut text =
            Self { chars: Vec::with_capacity(characters), starts: vec![0], counts: Vec::new(), alphabet };
        for &(word, count) in words {
            text.chars.extend(word.chars().map(|c| number[c as usize]));
            text.chars.push(0);
            text.starts.push(text.chars.len() as u32);
            text.counts.push(count);
        }
        Ok(text)
    }

    /// The characters of each word, as places in the text without the 0, and its count.
    pub(super) fn words(&self) -> impl Iterator<Item = (std::ops::Range<usize>, u64)> + '_ {
        let places = self.starts.windows(2).map(|w| w[0] as usize..w[1] as usize - 1);
        places.zip(self.counts.iter().copied())
    }

    /// The text of some characters.
    pub(super) fn spell(&self, place: usize, chars: usize) -> String {
        self.chars[place..place + chars].iter().map(|&c| self.alphabet[c as usize - 1]).collect()
    }
}
