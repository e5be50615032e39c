//! What becomes of characters that byte-pair encoding has no token for.

use std::ops::Range;

use super::rules::{Found, length};
use super::{BpeRules, EncodeError};
use crate::tokenizer::TokenId;
use crate::tokenizer::bpe::{Bpe, Piece};

/// Whether a character is left out.
pub(super) fn is_dropped(bpe: &Bpe, rules: BpeRules, c: char) -> bool {
    let written = || rules.byte_fallback && byte_tokens(bpe, c).is_some();
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

pub(super) fn with_unknown(
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
