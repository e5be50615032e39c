//! Characters, and bytes for the rare ones.

use std::ops::Range;

use crate::language_model::{LanguageModelError, TextCodec};

/// A character of its own needs so many occurrences; one that is rarer is spelled.
const OFTEN: u32 = 2;
/// Stands in the table where a character has no id.
const NONE: u32 = u32::MAX;

/// One token a character; a character that is rare in the training text, or not in it, is spelled as the
/// bytes of its UTF-8. So nothing is out of vocabulary.
///
/// Characters seen only once are spelled in the training text too: they are what a character never seen is
/// most like, and a model learns from them how probable the bytes are. If no character occurs twice, each has
/// a token.
///
/// Ids: the characters seen twice or more, sorted; then the 256 bytes.
///
/// # Examples
/// ```
/// use concepts::language_model::{OpenCharacters, TextCodec};
/// let codec = OpenCharacters::of("banana");
/// assert_eq!(codec.characters(), ['a', 'n']);             // b occurs once
/// assert_eq!(codec.encode("nab")?, [1, 0, 2 + 98]);       // b is byte 98
/// let ids = codec.encode("我 ban\u{0}🙂")?;
/// assert_eq!(codec.decode(&ids), "我 ban\u{0}🙂");
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCharacters {
    sorted: Vec<char>,
    /// By code point, up to the last character that has an id.
    ids: Vec<u32>,
}

impl OpenCharacters {
    /// The characters that `text` has twice or more; all that it has, if there are none.
    pub fn of(text: &str) -> Self {
        let mut counts: Vec<u32> = Vec::new();
        for character in text.chars() {
            let place = character as usize;
            if place >= counts.len() {
                counts.resize(place + 1, 0);
            }
            counts[place] = counts[place].saturating_add(1);
        }
        // A text in which nothing occurs twice teaches what it has.
        let enough = if counts.iter().any(|&count| count >= OFTEN) { OFTEN } else { 1 };
        let often = counts.iter().zip(0u32..).filter(|&(&count, _)| count >= enough);
        let sorted: Vec<char> = often.filter_map(|(_, code)| char::from_u32(code)).collect();
        let mut ids = vec![NONE; sorted.last().map_or(0, |&last| last as usize + 1)];
        for (&character, id) in sorted.iter().zip(0..) {
            ids[character as usize] = id;
        }
        Self { sorted, ids }
    }

    /// The characters that have a token, sorted by code point; their ids are their places.
    pub fn characters(&self) -> &[char] {
        &self.sorted
    }

    /// The ids of the 256 bytes, by value.
    pub fn bytes(&self) -> Range<u32> {
        let first = self.sorted.len() as u32;
        first..first + 256
    }

    /// Appends the tokens of one character.
    pub(super) fn spell(&self, character: char, ids: &mut Vec<u32>) {
        match self.ids.get(character as usize) {
            Some(&id) if id != NONE => ids.push(id),
            _ => {
                let first = self.sorted.len() as u32;
                let mut room = [0; 4];
                ids.extend(character.encode_utf8(&mut room).bytes().map(|byte| first + u32::from(byte)));
            }
        }
    }

    /// Appends the bytes that a token stands for; `false` if there is no such token.
    pub(super) fn append(&self, token: u32, bytes: &mut Vec<u8>) -> bool {
        if let Some(character) = self.sorted.get(token as usize) {
            let mut room = [0; 4];
            bytes.extend_from_slice(character.encode_utf8(&mut room).as_bytes());
            return true;
        }
        match u8::try_from(token - self.sorted.len() as u32) {
            Ok(byte) => bytes.push(byte),
            Err(_) => return false,
        }
        true
    }
}

/// The bytes as text. What is no UTF-8 is shown as `U+FFFD` (�).
pub(super) fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// `U+FFFD` (�), which a token without text becomes.
pub(super) const NO_TEXT: &[u8] = "\u{FFFD}".as_bytes();

impl TextCodec for OpenCharacters {
    /// Never fails.
    fn encode(&self, text: &str) -> Result<Vec<u32>, LanguageModelError> {
        let mut ids = Vec::with_capacity(text.len());
        text.chars().for_each(|character| self.spell(character, &mut ids));
        Ok(ids)
    }

    fn decode(&self, tokens: &[u32]) -> String {
        let mut bytes = Vec::with_capacity(tokens.len());
        for &token in tokens {
            if !self.append(token, &mut bytes) {
                bytes.extend_from_slice(NO_TEXT);
            }
        }
        text(bytes)
    }

    fn vocab_size(&self) -> usize {
        self.sorted.len() + 256
    }
}
