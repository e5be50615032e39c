//! What becomes of characters that byte-pair encoding has no token for.

use std::ops::Range;

use super::rules::{Found, length};
use super::{BpeRules, EncodeError};
use crate::tokenizer::TokenId;
use crate::tokenizer::bpe::{Bpe, END_OF_WORD, Piece, WordEnd};

/// Whether a character is left out.
pub(super) fn is_dropped(bpe: &Bpe, rules: BpeRules, c: char) -> bool {
    let written = || rules.byte_fallback && byte_tokens(bpe, c.encode_utf8(&mut [0; 4])).is_some();
    rules.drop_unknown && rules.unknown.is_none() && !written()
}

/// Places in a word without the characters of these numbers become places in the word.
pub(super) fn moved_apart(word: &[u8], out: &[usize], found: &mut [Found]) {
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

/// A character as the model looks it up: with the marks of its place in the word.
fn marked(bpe: &Bpe, c: char, first: bool, last: bool) -> String {
    let before = if first { "" } else { bpe.marks().continues.as_str() };
    let ends = if bpe.word_end() == WordEnd::Suffix { END_OF_WORD } else { bpe.marks().ends.as_str() };
    format!("{before}{c}{}", if last { ends } else { "" })
}

/// The tokens of a word of `word` bytes. `whole`: whether its first and its last character are among the pieces.
pub(super) fn with_unknown(
    bpe: &Bpe,
    rules: BpeRules,
    word: usize,
    pieces: &[Piece],
    whole: [bool; 2],
) -> Result<Vec<Found>, EncodeError> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let mut after_unknown = false;
    for (i, &piece) in pieces.iter().enumerate() {
        let (first, last) = (i == 0 && whole[0], i + 1 == pieces.len() && whole[1]);
        let start = at;
        at = word.min(at + length(bpe, piece, at == 0));
        match piece {
            Piece::Token(id) => found.push((id, start..at)),
            Piece::Unknown(c) => {
                let bytes = rules.byte_fallback.then(|| byte_tokens(bpe, &marked(bpe, c, first, last)));
                match bytes.flatten() {
                    Some(ids) => found.extend(ids.into_iter().map(|id| (id, start..at))),
                    None => push_unknown(rules, c, start..at, after_unknown, &mut found)?,
                }
            }
        }
        after_unknown = matches!(piece, Piece::Unknown(_));
    }
    Ok(found)
}

fn push_unknown(
    rules: BpeRules,
    character: char,
    bytes: Range<usize>,
    after_unknown: bool,
    found: &mut Vec<Found>,
) -> Result<(), EncodeError> {
    let Some(id) = rules.unknown else {
        return Err(EncodeError::UnknownCharacter { character, offset: bytes.start });
    };
    match found.last_mut() {
        Some(last) if rules.fuse_unknown && after_unknown && last.0 == id => last.1.end = bytes.end,
        _ => found.push((id, bytes)),
    }
    Ok(())
}

fn byte_tokens(bpe: &Bpe, text: &str) -> Option<Vec<TokenId>> {
    let id = |byte: u8| bpe.vocabulary().id(byte_token(byte).as_bytes());
    text.bytes().map(id).collect()
}

/// The tokens of bytes, looked up once.
pub(super) struct Fallback([Option<TokenId>; 256]);

impl Fallback {
    pub(super) fn new(bpe: &Bpe) -> Self {
        Self(std::array::from_fn(|byte| bpe.vocabulary().id(byte_token(byte as u8).as_bytes())))
    }

    /// Appends a character as its bytes, if all of these are tokens.
    pub(super) fn push(&self, c: char, ids: &mut Vec<TokenId>) -> bool {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).as_bytes();
        let tokens = |&byte: &u8| self.0[usize::from(byte)];
        let all = bytes.iter().all(|byte| tokens(byte).is_some());
        if all {
            ids.extend(bytes.iter().filter_map(tokens));
        }
        all
    }
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
