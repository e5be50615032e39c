//! The algorithms behind one face.

use crate::tokenizer::pipeline::words::IdOf;

use super::rules::{Found, length};
use super::unknown::{Fallback, is_dropped, moved_apart, with_unknown};
use super::{BpeRules, EncodeError};
use crate::tokenizer::bpe::{Base, Bpe, Encoder, Piece};
use crate::tokenizer::pretokenize::Pretokenizer;
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

    /// What cuts the words of a text. `many`: they are so many that it pays to prepare what belongs to the model.
    pub(super) fn cutter(&self, many: bool) -> Cutter<'_> {
        match self {
            Self::Bpe(bpe, rules) => Cutter::Bpe(Box::new(BpeCutter::new(bpe, *rules, many))),
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

    /// Appends the ids of all words of a text, which need not be told where they come from.
    pub(super) fn push_words(
        &mut self,
        how: Pretokenizer,
        text: &str,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), EncodeError> {
        match self {
            Self::Bpe(cutter) => cutter.push_words(how, text, ids),
            _ => how.split(text).try_for_each(|word| self.push_word(word, ids)),
        }
    }

    /// Appends the ids of a word.
    pub(super) fn push_word(&mut self, word: &str, ids: &mut Vec<TokenId>) -> Result<(), EncodeError> {
        match self {
            Self::Bpe(cutter) => cutter.push_word(word, ids),
            _ => {
                ids.extend(self.word(word)?.into_iter().map(|(id, _)| id));
                Ok(())
            }
        }
    }
}

/// Byte-pair encoding at work: it remembers words it has seen.
pub(super) struct BpeCutter<'a> {
    bpe: &'a Bpe,
    rules: BpeRules,
    encoder: Encoder<'a>,
    /// Whether the encoder knows all the rules, and no character is without a token.
    at_once: bool,
    /// The tokens of bytes, for characters that have none.
    fallback: Option<Box<Fallback>>,
    ids: Vec<TokenId>,
}

impl<'a> BpeCutter<'a> {
    pub(super) fn new(bpe: &'a Bpe, rules: BpeRules, many: bool) -> Self {
        let bytes = matches!(bpe.base(), Base::Bytes(_));
        // Of a text of characters the encoder sees parts, for which the rule of whole words does not hold.
        let encoder = match many {
            true if rules.whole_words && bytes => Encoder::of_tokens_first(bpe),
            true => Encoder::new(bpe),
            false => Encoder::unprepared(bpe),
        };
        let fallback = rules.byte_fallback.then(|| Box::new(Fallback::new(bpe)));
        Self {
            bpe,
            rules,
            encoder,
            at_once: bytes && (many || !rules.whole_words),
            fallback,
            ids: Vec::new(),
        }
    }

    /// Appends the ids of all words of a text.
    fn push_words(
        &mut self,
        how: Pretokenizer,
        text: &str,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), EncodeError> {
        if self.at_once {
            return Ok(self.encoder.encode(how, text, None, ids)?);
        }
        how.split(text).try_for_each(|word| self.push_word(word, ids))
    }

    /// Appends the ids of a word.
    fn push_word(&mut self, word: &str, ids: &mut Vec<TokenId>) -> Result<(), EncodeError> {
        let (rules, before) = (self.rules, ids.len());
        if rules.whole_words
            && let Some(id) = self.bpe.vocabulary().id(word.as_bytes())
        {
            ids.push(id);
            return Ok(());
        }
        let fallback = self.fallback.as_deref();
        let unknown = |c: char, again: bool, ids: &mut Vec<TokenId>| {
            if fallback.is_some_and(|bytes| bytes.push(c, ids)) {
                return true;
            }
            let Some(id) = rules.unknown else { return false };
            if !(rules.fuse_unknown && again && ids.len() > before && ids.last() == Some(&id)) {
                ids.push(id);
            }
            true
        };
        if self.encoder.encode_parts(word, unknown, ids)? {
            return Ok(());
        }
        ids.truncate(before);
        ids.extend(self.word(word.as_bytes())?.into_iter().map(|(id, _)| id));
        Ok(())
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
                let last = str::from_utf8(word).unwrap_or_default().chars().count().saturating_sub(1);
                let whole = [out.first() != Some(&0), out.last() != Some(&last)];
                let mut found = with_unknown(self.bpe, self.rules, word.len(), &pieces, whole)?;
                if !out.is_empty() {
                    moved_apart(word, &out, &mut found);
                }
                Ok(found)
            }
            Err(error) => Err(error.into()),
        }
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
