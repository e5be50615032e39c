//! SentencePiece's way with blanks: raw text with `▁` for the space, merged.

use concepts::tokenizer::TokenizerError;
use concepts::tokenizer::bpe::Base;
use concepts::tokenizer::pretokenize::{Pretokenizer, escape_spaces, unescape_spaces};

use super::prose::beginning;
use crate::lessons::tokenization::trained::Trained;

/// How a sentence goes through a tokenizer and back.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Blanks {
    /// Written as ▁, part of the text.
    Signs,
    /// Cut at and thrown away, put back as one blank each.
    Dropped,
}

/// Merges learned from raw text.
pub(crate) struct Raw(Trained);

impl Raw {
    /// Learns from the beginning of a text.
    pub(crate) fn new(text: &str) -> Result<Raw, TokenizerError> {
        let some = escape_spaces(beginning(text, 20_000));
        Trained::new(&some, Pretokenizer::Metaspace, Base::Chars, 300).map(Raw)
    }

    /// The pieces of a text.
    pub(crate) fn pieces(&self, text: &str) -> Vec<String> {
        let pieces = self.0.pieces(text.as_bytes());
        pieces.map(|pieces| self.0.bpe.show(&pieces)).unwrap_or_default()
    }

    /// The text that the pieces of a text give again.
    pub(crate) fn back(&self, text: &str, blanks: Blanks) -> String {
        match blanks {
            Blanks::Signs => unescape_spaces(&self.pieces(&escape_spaces(text)).concat()),
            Blanks::Dropped => {
                let words = Pretokenizer::Whitespace.split(text);
                words.map(|word| self.pieces(word).concat()).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// Has it several characters?
pub(crate) fn is_long(piece: &&String) -> bool {
    piece.chars().count() > 1
}

/// Where the blanks of a text went.
pub(crate) struct Where {
    pub pieces: Vec<String>,
    /// Those that are a token of their own.
    pub alone: usize,
    /// Those at the head of a longer piece.
    pub heads: usize,
}

impl Where {
    pub(crate) fn of(raw: &Raw, text: &str) -> Where {
        let pieces = raw.pieces(&escape_spaces(text));
        let alone = pieces.iter().filter(|piece| *piece == "▁").count();
        let heads = pieces.iter().filter(is_long).filter(|piece| piece.starts_with('▁')).count();
        Where { pieces, alone, heads }
    }

    /// All of them.
    pub(crate) fn blanks(&self) -> usize {
        self.pieces.iter().flat_map(|piece| piece.chars()).filter(|&c| c == '▁').count()
    }

    /// Pieces with a blank that is not their first sign.
    pub(crate) fn behind(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.chars().skip(1).any(|c| c == '▁')).count()
    }
}
