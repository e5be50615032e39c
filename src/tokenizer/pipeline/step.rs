//! Steps that are made on each word after the cut.

use std::ops::Range;

use super::align::Aligned;
use super::normalize::{grows, most_bytes};
use super::{EncodeError, Spaces};
use crate::tokenizer::char_of_byte;
use crate::tokenizer::pretokenize::{Cut, PatternError};

/// One more step on each word that the cut made; most tokenizers have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The word is cut.
    Cut(Cut),
    /// Its spaces change.
    Spaces(Spaces),
    /// Its bytes become printable characters, which the next step and the model then see.
    Printable,
}

impl Step {
    /// The cut, if it is one.
    pub fn cut(&self) -> Option<&Cut> {
        match self {
            Self::Cut(cut) => Some(cut),
            _ => None,
        }
    }

    fn apply(&self, word: &Aligned, first: bool, out: &mut Vec<Aligned>) -> Result<(), PatternError> {
        match self {
            Self::Cut(cut) => {
                for Range { start, end } in cut.ranges(&word.text)? {
                    let mut part = Aligned::new(end - start);
                    part.push(start..end, &word.text[start..end], true);
                    out.push(word.then(part));
                }
            }
            Self::Spaces(spaces) => {
                let first = first && word.origin(0..0).start == 0;
                out.push(word.then(spaces.apply(&word.text, first)));
            }
            Self::Printable => {
                let mut printable = Aligned::new(word.text.len() * 2);
                for (at, c) in word.text.char_indices() {
                    let place = at..at + c.len_utf8();
                    for byte in word.text[place.clone()].bytes() {
                        printable.push(place.clone(), char_of_byte(byte).encode_utf8(&mut [0; 4]), false);
                    }
                }
                out.push(word.then(printable));
            }
        }
        Ok(())
    }
}

/// What the steps make of a word: words of changed text that know where they come from. `first`: nothing stands
/// before the text in which `place` is the word.
///
/// # Errors
/// [`EncodeError::Grows`]: each step may double a word; [`EncodeError::Pattern`].
pub(super) fn apply_steps(
    steps: &[Step],
    text: &str,
    place: Range<usize>,
    first: bool,
) -> Result<Vec<Aligned>, EncodeError> {
    let most = most_bytes(place.len());
    let mut word = Aligned::new(place.len());
    word.push(place.clone(), &text[place], true);
    let mut words = vec![word];
    for step in steps {
        let mut next = Vec::with_capacity(words.len());
        for word in words.iter().filter(|word| !word.text.is_empty()) {
            step.apply(word, first, &mut next)?;
        }
        words = next;
        if words.iter().map(|word| word.text.len()).sum::<usize>() > most {
            return Err(grows());
        }
    }
    words.retain(|word| !word.text.is_empty());
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_multiply_are_refused_before_they_fill_memory() {
        assert_eq!(apply_steps(&vec![Step::Printable; 100], "猫", 0..3, true), Err(grows()));
        let words = apply_steps(&[Step::Printable], "a猫", 1..4, false).unwrap();
        assert_eq!((words.len(), words[0].origin(0..words[0].text.len())), (1, 1..4));
    }
}
