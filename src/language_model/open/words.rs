//! Words, characters for the rare ones, and bytes for rare characters.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::characters::{NO_TEXT, OpenCharacters, text};
use crate::language_model::{LanguageModelError, TextCodec};
use crate::tokenizer::bpe::count_text;
use crate::tokenizer::pretokenize::Pretokenizer;

/// A word of its own needs so many occurrences; one that is rarer is spelled.
const OFTEN: u64 = 2;
/// The most words; of more, the most frequent are kept.
const MOST: usize = 1 << 15;

/// One token a word; a word that is rare in the training text, or not in it, is spelled character by
/// character, and a rare character byte by byte. So nothing is out of vocabulary.
///
/// Words are those of GPT-2's pattern, which take the space before them along and lose nothing. An ideograph
/// is a word of its own, as in BERT: Chinese and Japanese do not mark where a word ends. Words seen only once
/// are spelled in the training text too, so that a model learns how words are spelled.
///
/// Ids: those of [`OpenCharacters`], then the words, the most frequent first.
///
/// # Examples
/// ```
/// use concepts::language_model::{OpenWords, TextCodec};
/// let codec = OpenWords::of("the cat and the rat and the cat");
/// assert_eq!(codec.words(), [" and", " cat", " the"]); // " rat" and the first "the" occur once
/// let ids = codec.encode(" the rat cat")?;
/// assert_eq!(ids.len(), 1 + 4 + 1);                    // " rat" is spelled
/// assert_eq!(codec.decode(&ids), " the rat cat");
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWords {
    spelling: OpenCharacters,
    words: Vec<String>,
    ids: FxHashMap<String, u32>,
}

impl OpenWords {
    /// The words that `text` has twice or more, the 32 768 most frequent of them; of equally frequent ones
    /// those that come first by code point.
    pub fn of(text: &str) -> Self {
        let spelling = OpenCharacters::of(text);
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (word, count) in count_text(Pretokenizer::Gpt2, text) {
            let word = String::from_utf8_lossy(&word);
            for part in parts(&word).filter(|part| part.chars().nth(1).is_some()) {
                match counts.get_mut(part) {
                    Some(total) => *total += count,
                    None => {
                        counts.insert(part.to_owned(), count);
                    }
                }
            }
        }
        let mut often: Vec<(String, u64)> = counts.into_iter().filter(|&(_, count)| count >= OFTEN).collect();
        // Stable: equally frequent words stay in their order.
        often.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        often.truncate(MOST);
        let words: Vec<String> = often.into_iter().map(|(word, _)| word).collect();
        let first = spelling.vocab_size() as u32;
        let ids = words.iter().cloned().zip(first..).collect();
        Self { spelling, words, ids }
    }

    /// The words that have a token, by id, the first of which is that after the bytes.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The characters and bytes that other words are spelled with.
    pub fn spelling(&self) -> &OpenCharacters {
        &self.spelling
    }
}

/// A word, parted so that each ideograph stands alone.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if is_ideograph(first) {
            first.len_utf8()
        } else {
            rest.find(is_ideograph).unwrap_or(rest.len())
        };
        let (part, more) = rest.split_at(end);
        rest = more;
        Some(part)
    })
}

/// Ideographs of Chinese and Japanese, and the syllables of Japanese, in the blocks of Unicode.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30FF}'      // Hiragana, Katakana
        | '\u{3400}'..='\u{4DBF}'    // extension A
        | '\u{4E00}'..='\u{9FFF}'    // unified ideographs
        | '\u{F900}'..='\u{FAFF}'    // compatibility
        | '\u{20000}'..='\u{3FFFF}') // all further extensions
}

impl TextCodec for OpenWords {
    /// Never fails.
    fn encode(&self, text: &str) -> Result<Vec<u32>, LanguageModelError> {
        let mut ids = Vec::with_capacity(text.len() / 3);
        for part in Pretokenizer::Gpt2.split(text).flat_map(parts) {
            match self.ids.get(part) {
                Some(&id) => ids.push(id),
                None => part.chars().for_each(|character| self.spelling.spell(character, &mut ids)),
            }
        }
        Ok(ids)
    }

    fn decode(&self, tokens: &[u32]) -> String {
        let mut bytes = Vec::with_capacity(4 * tokens.len());
        let first = self.spelling.vocab_size();
        for &token in tokens {
            match (token as usize).checked_sub(first).map(|place| self.words.get(place)) {
                Some(Some(word)) => bytes.extend_from_slice(word.as_bytes()),
                Some(None) => bytes.extend_from_slice(NO_TEXT),
                // Below the words, every token is a character or a byte.
                None => _ = self.spelling.append(token, &mut bytes),
            }
        }
        text(bytes)
    }

    fn vocab_size(&self) -> usize {
        self.spelling.vocab_size() + self.words.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ideograph_is_a_word() {
        let cut = |word| parts(word).collect::<Vec<_>>();
        assert_eq!(cut(" word"), [" word"]);
        assert_eq!(cut(" 我在GitHub上"), [" ", "我", "在", "GitHub", "上"]);
        assert_eq!(cut(""), Vec::<&str>::new());
        assert_eq!(cut("한국어"), ["한국어"]);
    }
}
