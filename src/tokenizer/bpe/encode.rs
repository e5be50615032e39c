//! Encoding fast: the same tokens as [`Bpe::encode_word_readable`], without its cost.

mod long;
mod ranks;
mod short;

pub(super) use ranks::Ranks;

use std::ops::Range;

use super::table::WordTable;
use super::words::base_symbols;
use super::{Bpe, BpeOptions, Piece, WordEnd};
use crate::tokenizer::pretokenize::Pretokenizer;
use crate::tokenizer::{Symbol, TokenId, TokenizerError};

/// A symbol that has no token, so that no merge has it.
const UNKNOWN: TokenId = TokenId::MAX;

/// Longer words are not remembered.
const MEMORABLE: usize = 48;
/// More words are not remembered: about 10 MB with their tokens.
const REMEMBERED: usize = 1 << 17;
/// Up to this length of a word a scan of all ranks beats a queue.
const SHORT: usize = 100;

/// Encodes with a model, and remembers the words it has seen.
///
/// The memory is bounded. It changes no result.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{Base, BpeOptions, ByteOrder, Encoder, count_text, train};
/// use concepts::tokenizer::pretokenize::Pretokenizer;
/// let words = count_text(Pretokenizer::Gpt2, "low low low lower lower newest newest");
/// let options = BpeOptions { base: Base::Bytes(ByteOrder::Gpt2), ..BpeOptions::default() };
/// let bpe = train(&words, &options, &mut |_| {})?.bpe;
/// let mut encoder = Encoder::new(&bpe);
/// let mut ids = Vec::new();
/// encoder.encode(Pretokenizer::Gpt2, "lowest 🙂", None, &mut ids)?;
/// assert_eq!(bpe.decode(&ids)?, "lowest 🙂".as_bytes());
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Encoder<'a> {
    bpe: &'a Bpe,
    /// The token of each byte, if the base is bytes.
    bytes: Option<[TokenId; 256]>,
    scratch: Scratch,
    /// The words that are one token, which the model knows.
    whole: Option<&'a WordTable<Remembered>>,
    /// The words that this encoder has seen.
    seen: WordTable<Remembered>,
    /// The tokens of the words with more than one.
    tokens: Vec<TokenId>,
}

/// The tokens of a word: the only one, or where they stand among all.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Remembered {
    count: u32,
    /// The token if it is the only one, otherwise the place of the first.
    first: u32,
}

/// Memory that one word leaves to the next.
#[derive(Debug, Clone, Default)]
struct Scratch {
    /// The symbols of the word; in the end its tokens.
    symbols: Vec<TokenId>,
    /// The characters that have no token, in order.
    unknown: Vec<char>,
    merges: Vec<ranks::Next>,
    long: long::Links,
}

impl<'a> Encoder<'a> {
    /// An encoder that has seen no word. The first one of a model also writes down which tokens are
    /// whole words.
    pub fn new(bpe: &'a Bpe) -> Self {
        Encoder { whole: Some(bpe.whole_words()), ..Encoder::bare(bpe) }
    }

    /// An encoder that does not know which words are one token.
    pub(super) fn bare(bpe: &'a Bpe) -> Self {
        let bytes = bpe
            .base()
            .bytes()
            .map(|_| std::array::from_fn(|byte| bpe.vocabulary().id(&[byte as u8]).unwrap_or(UNKNOWN)));
        Encoder {
            bpe,
            bytes,
            scratch: Scratch::default(),
            whole: None,
            seen: WordTable::new(),
            tokens: Vec::new(),
        }
    }

    /// Cuts a text into words and appends their tokens to `ids`. An unknown character becomes
    /// `unknown`.
    ///
    /// # Errors
    /// [`TokenizerError::UnknownCharacter`] for a character without a token if `unknown` is `None`; a
    /// base of bytes has no such character.
    pub fn encode(
        &mut self,
        how: Pretokenizer,
        text: &str,
        unknown: Option<TokenId>,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        let mut words = how.split(text);
        while let Some(word) = words.next_range() {
            self.encode_range(text.as_bytes(), word, unknown, ids)?;
        }
        Ok(())
    }

    /// Appends the tokens of one word to `ids`. An unknown character becomes `unknown`.
    ///
    /// # Errors
    /// As [`encode`](Encoder::encode); [`TokenizerError::NotUtf8`] if the base is characters and the
    /// word is not UTF-8.
    #[inline]
    pub fn encode_word(
        &mut self,
        word: &[u8],
        unknown: Option<TokenId>,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        self.encode_range(word, 0..word.len(), unknown, ids)
    }

    /// Appends the tokens of a part of a text.
    #[inline(always)]
    fn encode_range(
        &mut self,
        text: &[u8],
        word: Range<usize>,
        unknown: Option<TokenId>,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        // Most words of a text are one token: those need not be remembered once more.
        if let Some(known) = self.whole.and_then(|whole| whole.get(text, word.clone())) {
            ids.push(known.first);
            return Ok(());
        }
        match self.seen.get(text, word.clone()) {
            Some(&Remembered { count: 1, first }) => ids.push(first),
            Some(&Remembered { count, first }) => {
                ids.extend_from_slice(&self.tokens[first as usize..][..count as usize]);
            }
            None => return self.encode_new(&text[word], unknown, ids),
        }
        Ok(())
    }

    // Apart from the path that most words take, which is faster for it.
    #[inline(never)]
    fn encode_new(
        &mut self,
        word: &[u8],
        unknown: Option<TokenId>,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        self.compute(word)?;
        append(&self.scratch, unknown, ids)?;
        // What stands for an unknown character may differ from call to call.
        if word.len() <= MEMORABLE && self.scratch.unknown.is_empty() {
            self.remember(word);
        }
        Ok(())
    }

    /// The pieces of one word, unknown characters by name.
    ///
    /// # Errors
    /// [`TokenizerError::NotUtf8`] if the base is characters and the word is not UTF-8.
    pub fn pieces(&mut self, word: &[u8]) -> Result<Vec<Piece>, TokenizerError> {
        self.compute(word)?;
        let mut unknown = self.scratch.unknown.iter();
        let piece = |&token: &TokenId| match token {
            UNKNOWN => Piece::Unknown(unknown.next().copied().unwrap_or(char::REPLACEMENT_CHARACTER)),
            token => Piece::Token(token),
        };
        Ok(self.scratch.symbols.iter().map(piece).collect())
    }

    /// Leaves the tokens of a word in the scratch.
    fn compute(&mut self, word: &[u8]) -> Result<(), TokenizerError> {
        let Scratch { symbols, unknown, merges, long } = &mut self.scratch;
        symbols.clear();
        unknown.clear();
        match (&self.bytes, self.bpe.word_end()) {
            (Some(ids), WordEnd::Unmarked) => {
                symbols.extend(word.iter().map(|&byte| ids[usize::from(byte)]));
            }
            _ => characters(self.bpe, word, symbols, unknown)?,
        }
        if symbols.len() <= SHORT {
            short::merge(self.bpe.ranks(), symbols, merges);
        } else {
            long::merge(self.bpe.ranks(), symbols, long);
        }
        Ok(())
    }

    /// Forgets everything if there is too much. Frequent words are soon back.
    fn make_room(&mut self) {
        if self.seen.len() == REMEMBERED {
            self.seen.clear();
            self.tokens.clear();
        }
    }

    fn remember(&mut self, word: &[u8]) {
        self.make_room();
        let symbols = &self.scratch.symbols;
        let first = match symbols[..] {
            [only] => only,
            _ => {
                self.tokens.extend_from_slice(symbols);
                (self.tokens.len() - symbols.len()) as u32
            }
        };
        *self.seen.entry(word, 0..word.len()) = Remembered { count: symbols.len() as u32, first };
    }
}

/// The tokens that are what their own text is encoded to. Not every token is: a merge of other symbols
/// may come first.
pub(super) fn whole_words(bpe: &Bpe) -> WordTable<Remembered> {
    let mut whole = WordTable::new();
    // With a marker no word is spelled as its token is.
    if bpe.word_end() != WordEnd::Unmarked {
        return whole;
    }
    let mut encoder = Encoder::bare(bpe);
    for (token, id) in bpe.vocabulary().tokens().iter().map(Symbol::as_bytes).zip(0..) {
        let short = (1..=MEMORABLE).contains(&token.len());
        if short && encoder.compute(token).is_ok() && encoder.scratch.symbols == [id] {
            *whole.entry(token, 0..token.len()) = Remembered { count: 1, first: id };
        }
    }
    whole
}

/// The symbols of a word that is not made of plain bytes.
fn characters(
    bpe: &Bpe,
    word: &[u8],
    symbols: &mut Vec<TokenId>,
    unknown: &mut Vec<char>,
) -> Result<(), TokenizerError> {
    let options = BpeOptions { base: bpe.base(), word_end: bpe.word_end(), ..BpeOptions::default() };
    for symbol in base_symbols(word, &options)? {
        let piece = bpe.base_piece(&symbol);
        if let Piece::Unknown(c) = piece {
            unknown.push(c);
        }
        symbols.push(piece.id().unwrap_or(UNKNOWN));
    }
    Ok(())
}

fn append(scratch: &Scratch, unknown: Option<TokenId>, ids: &mut Vec<TokenId>) -> Result<(), TokenizerError> {
    match (scratch.unknown.first(), unknown) {
        (None, _) => ids.extend_from_slice(&scratch.symbols),
        (Some(&character), None) => return Err(TokenizerError::UnknownCharacter { character }),
        (Some(_), Some(unknown)) => {
            ids.extend(scratch.symbols.iter().map(|&token| if token == UNKNOWN { unknown } else { token }));
        }
    }
    Ok(())
}
