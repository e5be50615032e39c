//! What is written at the symbols of a word to say where in it they stand.

use super::words::base_symbols;
use super::{Base, BpeOptions, Merge, Pair, WordEnd};
use crate::tokenizer::{Symbol, TokenizerError, Vocabulary};

/// Marks of one's own beside [`WordEnd`]: before every symbol of a word but the first, and after the last.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{Bpe, Marks};
/// use concepts::tokenizer::{Symbol, Vocabulary};
/// let marks = Marks { continues: "##".into(), ends: String::new() };
/// let vocabulary = Vocabulary::new(["a", "##b", "ab"].map(Symbol::from).to_vec())?;
/// let bpe = Bpe::marked(marks, vocabulary, &[("a".into(), "##b".into())])?;
/// assert_eq!(bpe.show(&bpe.encode_word(b"ab")?), ["ab"]);
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Marks {
    /// Before every symbol but the first (`continuing_subword_prefix`).
    pub continues: String,
    /// After the last symbol (`end_of_word_suffix`).
    pub ends: String,
}

impl Marks {
    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.continues.is_empty() && self.ends.is_empty()
    }

    /// The symbols of a word before any merge.
    pub(super) fn begin(&self, word: &[u8], base: Base, end: WordEnd) -> Result<Vec<Symbol>, TokenizerError> {
        let mut symbols = base_symbols(word, &BpeOptions { base, word_end: end, ..BpeOptions::default() })?;
        if !self.continues.is_empty() {
            let mark = Symbol::from(self.continues.as_str());
            symbols.iter_mut().skip(1).for_each(|symbol| *symbol = mark.joined(symbol));
        }
        if let Some(last) = symbols.last_mut().filter(|_| !self.ends.is_empty()) {
            *last = last.joined(&Symbol::from(self.ends.as_str()));
        }
        Ok(symbols)
    }

    /// Two symbols as one: the mark of the right one goes.
    pub(super) fn joined(&self, left: &Symbol, right: &Symbol) -> Symbol {
        let bytes = right.as_bytes();
        left.joined(&Symbol::from(bytes.strip_prefix(self.continues.as_bytes()).unwrap_or(bytes)))
    }
    /// Pairs of symbols as merges of tokens.
    pub(super) fn merges(
        &self,
        vocabulary: &Vocabulary,
        pairs: &[Pair],
    ) -> Result<Vec<Merge>, TokenizerError> {
        let mut merges = Vec::with_capacity(pairs.len());
        for (rank, (left, right)) in pairs.iter().enumerate() {
            let id = |token: &Symbol| {
                vocabulary
                    .id(token.as_bytes())
                    .ok_or_else(|| TokenizerError::MergeWithoutToken { rank, token: token.clone() })
            };
            merges.push(Merge { left: id(left)?, right: id(right)?, token: id(&self.joined(left, right))? });
        }
        Ok(merges)
    }
}
