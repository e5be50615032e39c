//! From text to token ids and back.

use super::LanguageModelError;

/// What a lesson needs of a tokenizer: text to token ids, and token ids to text.
///
/// [`CharVocabulary`] implements it, and so does a [`Tokenizer`](crate::tokenizer::Tokenizer). The trait is usable as
/// `&dyn TextCodec`, so that a person chooses the tokenizer when the program runs.
pub trait TextCodec {
    /// The token ids of `text`.
    ///
    /// # Errors
    /// [`LanguageModelError`] if `text` has something that no token stands for.
    fn encode(&self, text: &str) -> Result<Vec<u32>, LanguageModelError>;

    /// The text of `tokens`; a token that stands for no text becomes `U+FFFD` (�).
    fn decode(&self, tokens: &[u32]) -> String;

    /// Number of tokens; ids are below it.
    fn vocab_size(&self) -> usize;
}

/// What [`CharVocabulary`] does with a character that its text never had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownCharacters {
    /// It is an error that names the character and its place.
    #[default]
    Refuse,
    /// It becomes [`CharVocabulary::unknown`], which decodes to `U+FFFD` (�).
    Replace,
}

/// One token a character: the characters of a text, sorted, and one id more for any other.
///
/// The id of a character is its place among the sorted characters; the last id,
/// [`unknown`](CharVocabulary::unknown), stands for all that the text did not have. The same text
/// gives the same ids, whatever the order of its sentences.
///
/// # Examples
/// ```
/// use concepts::language_model::{CharVocabulary, TextCodec, UnknownCharacters};
/// let vocabulary = CharVocabulary::of("banana 香蕉");
/// assert_eq!(vocabulary.characters(), [' ', 'a', 'b', 'n', '蕉', '香']);
/// assert_eq!(vocabulary.encode("nab")?, [3, 1, 2]);
/// assert_eq!(vocabulary.decode(&[3, 1, 2]), "nab");
///
/// let refused = vocabulary.encode("a cab").unwrap_err().to_string();
/// assert!(refused.contains("the character 'c' at place 2 is not in the vocabulary"));
/// let lenient = vocabulary.with_unknown(UnknownCharacters::Replace);
/// assert_eq!(lenient.decode(&lenient.encode("a cab")?), "a �ab");
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharVocabulary {
    sorted: Vec<char>,
    unknown: UnknownCharacters,
}

impl CharVocabulary {
    /// The vocabulary of `text`; it refuses other characters until
    /// [`with_unknown`](CharVocabulary::with_unknown) says otherwise.
    pub fn of(text: &str) -> Self {
        let mut sorted: Vec<char> = text.chars().collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted, unknown: UnknownCharacters::Refuse }
    }

    /// The same vocabulary with another rule for unknown characters.
    pub fn with_unknown(mut self, rule: UnknownCharacters) -> Self {
        self.unknown = rule;
        self
    }

    /// The characters, sorted by code point; their ids are their places.
    pub fn characters(&self) -> &[char] {
        &self.sorted
    }

    /// The id that stands for every other character, the last one.
    pub fn unknown(&self) -> u32 {
        self.sorted.len() as u32
    }

    fn id(&self, place: usize, character: char) -> Result<u32, LanguageModelError> {
        match (self.sorted.binary_search(&character), self.unknown) {
            (Ok(id), _) => Ok(id as u32),
            (Err(_), UnknownCharacters::Replace) => Ok(self.unknown()),
            (Err(_), UnknownCharacters::Refuse) => {
                Err(LanguageModelError::UnknownCharacter { character, place })
            }
        }
    }
}

impl TextCodec for CharVocabulary {
    fn encode(&self, text: &str) -> Result<Vec<u32>, LanguageModelError> {
        text.chars().enumerate().map(|(place, character)| self.id(place, character)).collect()
    }

    fn decode(&self, tokens: &[u32]) -> String {
        let character = |&id: &u32| self.sorted.get(id as usize).copied();
        tokens.iter().map(|id| character(id).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    fn vocab_size(&self) -> usize {
        self.sorted.len() + 1
    }
}
