//! The two algorithms of SentencePiece on the nine words, with `▁` for the space.

use concepts::tokenizer::bpe::{Pair, TieRule, WordCount, WordEnd};
use concepts::tokenizer::pretokenize::escape_spaces;
use concepts::tokenizer::unigram::{UnigramOptions, train};

use super::whiteboard::{self, CORPUS, Cut, RULES, cut, joined, options};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Bpe,
    Unigram,
}

/// Pieces of the unigram model: the nine characters with ▁, and as many again.
const PIECES: usize = 18;

/// How a word is cut.
pub(crate) fn pieces(kind: Kind, word: &str) -> Vec<String> {
    let escaped = escape_spaces(word);
    match kind {
        Kind::Bpe => cut(&merges(), &escaped, Cut::ByRank),
        Kind::Unigram => by_probability(&escaped).unwrap_or_default(),
    }
}

/// The merges of its BPE: the words with ▁ before them, and its own rule for ties.
pub(crate) fn merges() -> Vec<Pair> {
    merges_under(TieRule::ShortestToken)
}

/// The same words under a rule for ties.
fn merges_under(tie: TieRule) -> Vec<Pair> {
    whiteboard::merges(&marked(&CORPUS), &options(tie, WordEnd::Unmarked))
}

/// How its BPE would cut a word under the rules for ties that others have; each cut once.
pub(crate) fn under_other_rules(word: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (tie, _) in RULES {
        let shown = joined(&cut(&merges_under(tie), &escape_spaces(word), Cut::ByRank));
        if !all.contains(&shown) {
            all.push(shown);
        }
    }
    all
}

/// Words with ▁ before them.
pub(crate) fn marked(words: &[WordCount<&str>]) -> Vec<WordCount<String>> {
    words.iter().map(|(word, count)| (escape_spaces(word), *count)).collect()
}

fn by_probability(word: &str) -> Option<Vec<String>> {
    let options = UnigramOptions { pieces: PIECES, ..UnigramOptions::default() };
    let model = train(&marked(&CORPUS), &options).ok()?.model("<unk>").ok()?;
    Some(model.text(&model.best(word)).into_iter().map(String::from).collect())
}
