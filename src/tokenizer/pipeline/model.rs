//! The algorithms behind one face.

use crate::tokenizer::pipeline::words::IdOf;
use std::ops::Range;

use super::EncodeError;
use crate::tokenizer::bpe::{Base, Bpe, Encoder, Piece};
use crate::tokenizer::unigram::{Unigram, UnigramError};
use crate::tokenizer::wordpiece::WordPiece;
use crate::tokenizer::{TokenId, TokenizerError, WordLevel, printable_from_bytes};

/// How words become tokens.
#[derive(Debug, Clone)]
pub enum Model {
    /// Byte-pair encoding.
    Bpe(Bpe, BpeRules),
    /// WordPiece.
    WordPiece(WordPiece),
    /// The unigram language model.
    Unigram(Unigram),
    /// A token for each word.
    WordLevel(WordLevel),
}

/// What byte-pair encoding does beyond its merges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BpeRules {
    /// The token for unknown characters. Without one they are an error, or left out.
    pub unknown: Option<TokenId>,
    /// Whether a character is left out that has no token, where there is no unknown token either. Then its
    /// neighbours may merge (what Hugging Face does).
    pub drop_unknown: bool,
    /// Whether a run of unknown characters is one unknown token.
    pub fuse_unknown: bool,
    /// Whether an unknown character is written as its bytes, `<0xE6>` and so on, if these are tokens.
    pub byte_fallback: bool,
    /// Whether a word that is a token is that token, whatever the merges make of it (`ignore_merges`; also
    /// the rule of tiktoken).
    pub whole_words: bool,
}

/// A token and the bytes of the word that it stands for.
pub(super) type Found = (TokenId, Range<usize>);

impl Model {
    /// Number of ids: one more than the largest.
    pub fn len(&self) -> usize {
        match self {
            Self::Bpe(bpe, _) => bpe.vocabulary().len(),
            Self::WordPiece(model) => model.pieces().len(),
            Self::Unigram(model) => model.pieces().len(),
            Self::WordLevel(model) => model.len(),
        }
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether any bytes can be encoded, text or not.
    pub fn is_byte_level(&self) -> bool {
        matches!(self, Self::Bpe(bpe, _) if matches!(bpe.base(), Base::Bytes(_)))
    }

    /// A token as text. Of a byte-level model: in printable characters, `Ġ` for a space.
    pub fn token(&self, id: TokenId) -> Option<String> {
        let at = usize::try_from(id).ok()?;
        match self {
            Self::Bpe(bpe, _) => {
                let symbol = bpe.vocabulary().token(id)?;
                let printable = || printable_from_bytes(symbol.as_bytes());
                Some(if self.is_byte_level() { printable() } else { symbol.to_string() })
            }
            Self::WordPiece(model) => model.piece(id).map(String::from),
            Self::Unigram(model) => model.pieces().get(at).map(|(piece, _)| piece.clone()),
            Self::WordLevel(model) => model.word(id).map(String::from),
        }
    }

    /// Every id must be there before any text is read.
    pub(super) fn check(&self) -> Result<(), EncodeError> {
        if let Self::Bpe(bpe, BpeRules { unknown: Some(id), .. }) = self
            && bpe.vocabulary().token(*id).is_none()
        {
            let (what, tokens) = (IdOf::Unknown, self.len());
            return Err(EncodeError::NoSuchToken { what, id: *id, tokens });
        }
        Ok(())
    }

    /// What cuts the words of a text. `words`: there are many, and most are short.
    pub(super) fn cutter(&self, words: bool) -> Cutter<'_> {
        match self {
            Self::Bpe(bpe, rules) => Cutter::Bpe(Box::new(BpeCutter::new(bpe, *rules, words))),
            Self::WordPiece(model) => Cutter::WordPiece(model),
            Self::Unigram(model) => Cutter::Unigram(model),
            Self::WordLevel(model) => Cutter::WordLevel(model),
        }
    }
}

/// A model at work on a text.
pub(super) enum Cutter<'a> {
    Bpe(Box<BpeCutter<'a>>),
    WordPiece(&'a WordPiece),
    Unigram(&'a Unigram),
    WordLevel(&'a WordLevel),
}

impl Cutter<'_> {
    /// The tokens of a word. Places in errors are bytes of the word.
    pub(super) fn word(&mut self, word: &str) -> Result<Vec<Found>, EncodeError> {
        match self {
            Self::Bpe(cutter) => cutter.word(word.as_bytes()),
            Self::WordPiece(model) => Ok(model.encode_word(word)),
            Self::Unigram(model) => model.encode_word(word).map_err(|error| match error {
                UnigramError::UnknownCharacter { character, offset } => {
                    EncodeError::UnknownCharacter { character, offset }
                }
                other => other.into(),
            }),
            Self::WordLevel(model) => match model.encode_word(word) {
                Some(id) => Ok(vec![(id, 0..word.len())]),
                None => Err(EncodeError::UnknownWord { word: word.into() }),
            },
        }
    }
}

/// Byte-pair encoding at work: it remembers words it has seen.
pub(super) struct BpeCutter<'a> {
    bpe: &'a Bpe,
    rules: BpeRules,
    encoder: Encoder<'a>,
    ids: Vec<TokenId>,
}

impl<'a> BpeCutter<'a> {
    pub(super) fn new(bpe: &'a Bpe, rules: BpeRules, words: bool) -> Self {
        let encoder = if words { Encoder::new(bpe) } else { Encoder::of_whole_texts(bpe) };
        Self { bpe, rules, encoder, ids: Vec::new() }
    }

    pub(super) fn word(&mut self, word: &[u8]) -> Result<Vec<Found>, EncodeError> {
        if self.rules.whole_words
            && let Some(id) = self.bpe.vocabulary().id(word)
        {
            return Ok(vec![(id, 0..word.len())]);
        }
        self.ids.clear();
        match self.encoder.encode_word(word, None, &mut self.ids) {
            Ok(()) => Ok(placed(self.bpe, word.len(), &self.ids)),
            Err(TokenizerError::UnknownCharacter { .. }) => {
                let dropped = |c| is_dropped(self.bpe, self.rules, c);
                let (pieces, out) = self.encoder.pieces_without(word, dropped)?;
                let mut found = with_unknown(self.bpe, self.rules, word.len(), &pieces)?;
                if !out.is_empty() {
                    moved_apart(word, &out, &mut found);
                }
                Ok(found)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Whether a character is left out.
fn is_dropped(bpe: &Bpe, rules: BpeRules, c: char) -> bool {
    let written = || rules.byte_fallback && byte_tokens(bpe, c).is_some();
    rules.drop_unknown && rules.unknown.is_none() && !written()
}

/// Places in a word without the characters of these numbers become places in the word.
fn moved_apart(word: &[u8], out: &[usize], found: &mut [Found]) {
    let text = str::from_utf8(word).unwrap_or_default();
    // For each byte that is left: where it stands.
    let left = text.char_indices().enumerate().filter(|(number, _)| out.binary_search(number).is_err());
    let places: Vec<usize> = left.flat_map(|(_, (at, c))| at..at + c.len_utf8()).collect();
    for (_, range) in found {
        let last = range.end.checked_sub(1).and_then(|last| places.get(last));
        let start = places.get(range.start).copied().unwrap_or(word.len());
        *range = start..last.map_or(start, |last| last + 1).max(start);
    }
}

/// Each token with its bytes. The marker of the end of a word stands for no byte.
fn placed(bpe: &Bpe, word: usize, ids: &[TokenId]) -> Vec<Found> {
    let mut at = 0;
    let place = |&id: &TokenId| {
        let start = at;
        at = word.min(at + length(bpe, Piece::Token(id), at == 0));
        (id, start..at)
    };
    ids.iter().map(place).collect()
}

fn with_unknown(
    bpe: &Bpe,
    rules: BpeRules,
    word: usize,
    pieces: &[Piece],
) -> Result<Vec<Found>, EncodeError> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let mut after_unknown = false;
    for &piece in pieces {
        let start = at;
        at = word.min(at + length(bpe, piece, at == 0));
        match piece {
            Piece::Token(id) => found.push((id, start..at)),
            Piece::Unknown(c) => push_unknown(bpe, rules, c, start..at, after_unknown, &mut found)?,
        }
        after_unknown = matches!(piece, Piece::Unknown(_));
    }
    Ok(found)
}

fn length(bpe: &Bpe, piece: Piece, is_first: bool) -> usize {
    match piece {
        Piece::Token(id) => bpe.covered(id, is_first),
        Piece::Unknown(c) => c.len_utf8(),
    }
}

fn push_unknown(
    bpe: &Bpe,
    rules: BpeRules,
    character: char,
    bytes: Range<usize>,
    after_unknown: bool,
    found: &mut Vec<Found>,
) -> Result<(), EncodeError> {
    if rules.byte_fallback
        && let Some(ids) = byte_tokens(bpe, character)
    {
        found.extend(ids.into_iter().map(|id| (id, bytes.clone())));
        return Ok(());
    }
    let Some(id) = rules.unknown else {
        return Err(EncodeError::UnknownCharacter { character, offset: bytes.start });
    };
    match found.last_mut() {
        Some(last) if rules.fuse_unknown && after_unknown && last.0 == id => last.1.end = bytes.end,
        _ => found.push((id, bytes)),
    }
    Ok(())
}

fn byte_tokens(bpe: &Bpe, character: char) -> Option<Vec<TokenId>> {
    let id = |byte: u8| bpe.vocabulary().id(byte_token(byte).as_bytes());
    character.encode_utf8(&mut [0; 4]).bytes().map(id).collect()
}

/// `<0xE6>`.
pub(super) fn byte_token(byte: u8) -> String {
    format!("<0x{byte:02X}>")
}

/// The byte of such a token.
pub(super) fn byte_of_token(token: &str) -> Option<u8> {
    let digits = token.strip_prefix("<0x")?.strip_suffix('>')?;
    let plain = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| plain)
}

impl BpeRules {
    /// The rules for a base of bytes whose words are looked up whole first, as tiktoken does.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::BpeRules;
    /// assert!(BpeRules::tiktoken().whole_words);
    /// ```
    pub fn tiktoken() -> Self {
        Self { whole_words: true, ..Self::default() }
    }
}
