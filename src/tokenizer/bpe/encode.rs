//! Encoding fast: the same tokens as [`Bpe::encode_word_readable`], without its cost.

mod long;
mod short;

use rustc_hash::FxHashMap;

use super::table::{Place, WordTable};
use super::words::base_symbols;
use super::{Bpe, BpeOptions, Merge, Piece, WordEnd};
use crate::tokenizer::pretokenize::Pretokenizer;
use crate::tokenizer::{TokenId, TokenizerError};

/// A symbol that has no token, so that no merge has it.
const UNKNOWN: TokenId = TokenId::MAX;

/// Longer words are not remembered.
const MEMORABLE: usize = 48;
/// More words are not remembered: about 2 MB with their tokens.
const REMEMBERED: usize = 1 << 16;
/// Up to this length of a word a scan of all ranks beats a queue.
const SHORT: usize = 100;

/// Which two tokens become which, and when.
#[derive(Debug, Clone)]
pub(super) struct Ranks {
    /// Both ids in one number → rank and new token.
    by_pair: FxHashMap<u64, (u32, TokenId)>,
}

impl Ranks {
    pub(super) fn new(merges: &[Merge]) -> Self {
        let entry = |(merge, rank): (&Merge, u32)| (pair(merge.left, merge.right), (rank, merge.token));
        Ranks { by_pair: merges.iter().zip(0..).map(entry).collect() }
    }

    /// The rank of a pair and the token that it becomes.
    #[inline]
    pub(super) fn get(&self, left: TokenId, right: TokenId) -> Option<(u32, TokenId)> {
        self.by_pair.get(&pair(left, right)).copied()
    }
}

fn pair(left: TokenId, right: TokenId) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

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
    seen: WordTable,
    /// Where the tokens of each remembered word end.
    ends: Vec<u32>,
    tokens: Vec<TokenId>,
}

/// Memory that one word leaves to the next.
#[derive(Debug, Clone, Default)]
struct Scratch {
    /// The symbols of the word; in the end its tokens.
    symbols: Vec<TokenId>,
    /// The characters that have no token, in order.
    unknown: Vec<char>,
    ranks: Vec<u32>,
    long: long::Links,
}

impl<'a> Encoder<'a> {
    /// An encoder that has seen no word.
    pub fn new(bpe: &'a Bpe) -> Self {
        let bytes = bpe
            .base()
            .bytes()
            .map(|_| std::array::from_fn(|byte| bpe.vocabulary().id(&[byte as u8]).unwrap_or(UNKNOWN)));
        Encoder {
            bpe,
            bytes,
            scratch: Scratch::default(),
            seen: WordTable::new(),
            ends: Vec::new(),
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
        how.split(text).try_for_each(|word| self.encode_word(word.as_bytes(), unknown, ids))
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
        if word.len() > MEMORABLE {
            self.compute(word)?;
            return append(&self.scratch, unknown, ids);
        }
        match self.seen.find(word) {
            Place::Found(number) => {
                let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
                ids.extend_from_slice(&self.tokens[start..self.ends[number] as usize]);
                Ok(())
            }
            Place::Free { slot, hash } => {
                self.compute(word)?;
                append(&self.scratch, unknown, ids)?;
                // What stands for an unknown character may differ from call to call.
                if self.scratch.unknown.is_empty() {
                    self.remember(word, slot, hash);
                }
                Ok(())
            }
        }
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
        let Scratch { symbols, unknown, ranks, long } = &mut self.scratch;
        symbols.clear();
        unknown.clear();
        match (&self.bytes, self.bpe.word_end()) {
            (Some(ids), WordEnd::Unmarked) => {
                symbols.extend(word.iter().map(|&byte| ids[usize::from(byte)]));
            }
            _ => characters(self.bpe, word, symbols, unknown)?,
        }
        if symbols.len() <= SHORT {
            short::merge(self.bpe.ranks(), symbols, ranks);
        } else {
            long::merge(self.bpe.ranks(), symbols, long);
        }
        Ok(())
    }

    fn remember(&mut self, word: &[u8], slot: usize, hash: u64) {
        if self.seen.len() == REMEMBERED {
            // Frequent words are soon back.
            self.seen.clear();
            self.ends.clear();
            self.tokens.clear();
            return;
        }
        self.seen.insert(word, slot, hash);
        self.tokens.extend_from_slice(&self.scratch.symbols);
        self.ends.push(self.tokens.len() as u32);
    }
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
