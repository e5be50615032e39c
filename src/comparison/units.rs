//! Words and characters as numbers.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

/// A text of so few words keeps all of them.
const FEW: usize = 4;

/// Numbers for the words of many texts: an English word is one unit, so is a Chinese character, and so is a sign of
/// punctuation. Upper and lower case are one word.
///
/// # Examples
/// ```
/// use concepts::comparison::Units;
/// let mut units = Units::default();
/// assert_eq!(units.of("The dog, the cat."), [0, 1, 2, 0, 3, 4]);
/// assert_eq!(units.of("桥头的面馆").len(), 5);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Units(BTreeMap<String, u32>);

impl Units {
    /// The units of a text; new ones get the next number.
    pub fn of(&mut self, text: &str) -> Vec<u32> {
        words(text).map(|word| self.number(word)).collect()
    }

    /// As [`Units::of`], without the first and the last, which may be cut, if others remain: for texts that begin and
    /// end anywhere.
    pub fn of_inner(&mut self, text: &str) -> Vec<u32> {
        let all: Vec<&str> = words(text).collect();
        let whole = if all.len() > FEW { &all[1..all.len() - 1] } else { &all };
        whole.iter().map(|word| self.number(word)).collect()
    }

    /// As [`Units::of`], without the last one if a text was cut there: half a word is no word. A text of few words
    /// keeps all.
    pub fn of_cut(&mut self, text: &str) -> Vec<u32> {
        let mut all = self.of(text);
        let whole = text.ends_with(|last: char| !last.is_alphanumeric()) || text.chars().any(is_ideograph);
        if !whole && all.len() > FEW {
            all.pop();
        }
        all
    }

    /// How many different units there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn number(&mut self, word: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(word.to_lowercase()).or_insert(next)
    }
}

/// The units of a text as they stand there.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_word_bounds().filter(|word| !word.trim().is_empty())
}

/// Of Chinese, where Unicode cuts between any two characters.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_the_same_number_and_cut_words_are_left_out() {
        let mut units = Units::default();
        assert_eq!(units.of_inner("ell the dog, The dog bar"), [0, 1, 2, 0, 1]);
        assert_eq!(units.of_inner("the cat"), [0, 3]);
        assert_eq!(units.of_inner("桥头的面馆").len(), 3);
    }
}
