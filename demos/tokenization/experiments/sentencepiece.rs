//! The two algorithms of SentencePiece on the nine words, with `▁` for the space.

use concepts::tokenizer::bpe::{BpeOptions, TieRule, train_readable};
use concepts::tokenizer::pretokenize::escape_spaces;
use concepts::tokenizer::unigram::{UnigramOptions, train};

use super::whiteboard::CORPUS;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Kind {
    Bpe,
    Unigram,
}

/// Pieces of the unigram model: the nine characters with ▁, and as many again.
const PIECES: usize = 18;

/// How a word is cut.
pub(in super::super) fn pieces(kind: Kind, word: &str) -> Vec<String> {
    let escaped = escape_spaces(word);
    match kind {
        Kind::Bpe => by_merges(&escaped),
        Kind::Unigram => by_probability(&escaped),
    }
    .unwrap_or_default()
}

fn corpus() -> [(String, u64); 3] {
    CORPUS.map(|(word, count)| (escape_spaces(word), count))
}

fn by_merges(word: &str) -> Option<Vec<String>> {
    let options = BpeOptions { tie: TieRule::LargestPair, ..BpeOptions::default() };
    let (_, bpe) = train_readable(&corpus(), &options).ok()?;
    Some(bpe.show(&bpe.encode_word_readable(word.as_bytes()).ok()?))
}

fn by_probability(word: &str) -> Option<Vec<String>> {
    let options = UnigramOptions { pieces: PIECES, ..UnigramOptions::default() };
    let model = train(&corpus(), &options).ok()?.model("<unk>").ok()?;
    Some(model.text(&model.best(word)).into_iter().map(String::from).collect())
}
