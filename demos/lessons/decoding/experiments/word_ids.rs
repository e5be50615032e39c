//! Words, as diversity is measured in.

use std::collections::BTreeMap;

use crate::kit::tokens::split;

/// Numbers for words: an English word is one unit, so is a Chinese character.
#[derive(Debug, Default)]
pub(crate) struct WordIds(BTreeMap<String, u32>);

impl WordIds {
    /// The words of a text, by number. The first and the last may be cut; they are left out if others
    /// remain.
    pub(crate) fn of(&mut self, text: &str) -> Vec<u32> {
        let words = split(text);
        let whole = if words.len() > 4 { &words[1..words.len() - 1] } else { &words };
        whole.iter().map(|word| self.number(word)).collect()
    }

    fn number(&mut self, word: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(word.to_lowercase()).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_the_same_number_and_cut_words_are_left_out() {
        let mut ids = WordIds::default();
        assert_eq!(ids.of("ell the dog, The dog bar"), [0, 1, 2, 0, 1]);
        assert_eq!(ids.of("the cat"), [0, 3]);
        assert_eq!(ids.of("桥头的面馆").len(), 3);
    }
}
