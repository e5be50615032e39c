//! How a word of characters begins, before any merge.

use crate::tokenizer::bpe::ranks::UNKNOWN;
use crate::tokenizer::bpe::{Bpe, Piece};
use crate::tokenizer::{TokenId, TokenizerError};

/// The symbols of a word that is not made of plain bytes.
pub(super) fn from_pieces(
    bpe: &Bpe,
    word: &[u8],
    symbols: &mut Vec<TokenId>,
    unknown: &mut Vec<char>,
) -> Result<(), TokenizerError> {
    for symbol in bpe.begin(word)? {
        let piece = bpe.base_piece(&symbol);
        if let Piece::Unknown(c) = piece {
            unknown.push(c);
        }
        symbols.push(piece.id().unwrap_or(UNKNOWN));
    }
    Ok(())
}

/// The same of plain characters, without a symbol of its own for each.
pub(super) fn from_characters(
    bpe: &Bpe,
    word: &[u8],
    symbols: &mut Vec<TokenId>,
    unknown: &mut Vec<char>,
) -> Result<(), TokenizerError> {
    let Some(characters) = bpe.plain_characters() else { return from_pieces(bpe, word, symbols, unknown) };
    let text = str::from_utf8(word)
        .map_err(|error| TokenizerError::NotUtf8 { word: word.into(), offset: error.valid_up_to() })?;
    for c in text.chars() {
        let id = characters.get(c);
        if id == UNKNOWN {
            unknown.push(c);
        }
        symbols.push(id);
    }
    Ok(())
}
