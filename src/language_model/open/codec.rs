//! Three kinds of tokens behind one face.

use std::ops::Range;

use super::{OpenCharacters, OpenWords};
use crate::language_model::{LanguageModelError, TextCodec};
use crate::tokenizer::Tokenizer;
use crate::tokenizer::bpe::{Base, BpeOptions, ByteOrder, count_text, train};
use crate::tokenizer::pretokenize::Pretokenizer;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A character, or a byte of a rare one: [`OpenCharacters`].
    Characters,
    /// A word, or a character of a rare one: [`OpenWords`].
    Words,
    /// A piece of a byte-level byte-pair encoding learned from the text.
    SubWords,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Characters, Self::Words, Self::SubWords];

    /// An order that suits the unit: about as many characters of context for each.
    pub fn order(self) -> usize {
        match self {
            Self::Characters => 6,
            Self::Words => 3,
            Self::SubWords => 4,
        }
    }
}

/// How many sub-words are learned from a text of so many bytes.
///
/// # Formula
/// `256 + 2 √bytes`, at most 2¹⁴: a longer text has more pairs that are frequent enough to learn from, as the
/// number of different words grows with about the square root of a text's length.
///
/// # Reference
/// Heaps 1978, *Information Retrieval: Computational and Theoretical Aspects*, section 7.5.
///
/// # Examples
/// ```
/// use concepts::language_model::sub_words;
/// assert_eq!(sub_words(0), 256);
/// assert_eq!(sub_words(10_000), 456);
/// assert_eq!(sub_words(1_000_000_000), 16_384);
/// ```
pub fn sub_words(bytes: usize) -> usize {
    (256 + 2 * bytes.isqrt()).min(1 << 14)
}

/// A way to turn any text into tokens and back, learned from a text.
///
/// # Examples
/// ```
/// use concepts::corpus::{ENGLISH, split};
/// use concepts::language_model::{Codec, TextCodec, Unit};
/// let (training, held_out) = split(ENGLISH);
/// for unit in Unit::ALL {
///     let codec = Codec::learn(unit, training)?;
///     let ids = codec.encode(held_out)?;
///     assert_eq!(codec.decode(&ids), held_out);
///     assert_eq!(codec.decode(&codec.encode("我 naïve 🙂")?), "我 naïve 🙂");
/// }
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone)]
pub enum Codec {
    /// Characters and bytes.
    Characters(OpenCharacters),
    /// Words, characters and bytes.
    Words(OpenWords),
    /// A byte-level tokenizer.
    SubWords(Box<Tokenizer>),
}

impl Codec {
    /// The codec of this kind that `text` teaches.
    ///
    /// # Errors
    /// [`LanguageModelError::Tokenizer`] if byte-pair encoding cannot be trained: more than 2³² bytes of
    /// different words.
    pub fn learn(unit: Unit, text: &str) -> Result<Self, LanguageModelError> {
        Ok(match unit {
            Unit::Characters => Self::Characters(OpenCharacters::of(text)),
            Unit::Words => Self::Words(OpenWords::of(text)),
            Unit::SubWords => {
                let (base, vocabulary) = (Base::Bytes(ByteOrder::Gpt2), sub_words(text.len()));
                let options = BpeOptions { base, vocabulary, min_count: 2, ..BpeOptions::default() };
                let trained = train(&count_text(Pretokenizer::Gpt2, text), &options, &mut |_| {})
                    .map_err(|source| LanguageModelError::Tokenizer { source })?;
                Self::SubWords(Box::new(Tokenizer::byte_level(trained.bpe, Pretokenizer::Gpt2)))
            }
        })
    }

    /// What its tokens are.
    pub fn unit(&self) -> Unit {
        match self {
            Self::Characters(_) => Unit::Characters,
            Self::Words(_) => Unit::Words,
            Self::SubWords(_) => Unit::SubWords,
        }
    }

    /// The bytes that spell what is not known: a text that is made up must not have them, since most of their
    /// sequences are no UTF-8. Sub-words are learned from bytes, and know which follow each other: none.
    pub fn spelling(&self) -> Range<u32> {
        match self {
            Self::Characters(characters) => characters.bytes(),
            Self::Words(words) => words.spelling().bytes(),
            Self::SubWords(_) => 0..0,
        }
    }

    fn inner(&self) -> &dyn TextCodec {
        match self {
            Self::Characters(characters) => characters,
            Self::Words(words) => words,
            Self::SubWords(tokenizer) => &**tokenizer,
        }
    }
}

impl TextCodec for Codec {
    fn encode(&self, text: &str) -> Result<Vec<u32>, LanguageModelError> {
        self.inner().encode(text)
    }

    fn decode(&self, tokens: &[u32]) -> String {
        self.inner().decode(tokens)
    }

    fn vocab_size(&self) -> usize {
        self.inner().vocab_size()
    }
}
