//! Training on real corpora: words counted once, pair counts updated where a merge changes them.
//!
//! The readable trainer counts everything again before each merge. Here each of these is done once:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `count` | text to distinct words with counts, on all cores: [`WordCounter`] |
//! | 2 | `corpus` | the words as one linked list of symbols |
//! | 3 | `pairs` | for each pair its count and its places; the most frequent one |
//! | 4 | `merge` | one merge: a pair becomes a symbol wherever it stands |
//!
//! A merge touches only the places of its pair and their neighbours. The merges are those of
//! [`ReadableTrainer`](super::ReadableTrainer) under [`TieRule::SmallestIds`].

mod corpus;
mod count;
mod merge;
mod pairs;

pub use count::{WordCounter, count_text};

use super::words::check_words;
use super::{Bpe, BpeOptions, Merge, TieRule, WordCount};
use crate::tokenizer::{Symbol, TokenId, TokenizerError, Vocabulary};
use corpus::Corpus;
use pairs::Pairs;

/// How far training has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Merges made.
    pub merges: usize,
    /// Merges asked for; [`usize::MAX`] if as many as there are.
    pub wanted: usize,
    /// Count of the pair that was merged last.
    pub count: u64,
}

/// What training made.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The model.
    pub bpe: Bpe,
    /// How often the pair of each merge occurred when it was merged.
    pub counts: Vec<u64>,
    /// Whether as many merges were made as were asked for. If not, no pair was left, or none often
    /// enough: the corpus is too small for such a vocabulary.
    pub complete: bool,
}

/// Trains byte-pair encoding fast.
///
/// The cost is the length of all distinct words and, for each merge, the number of places where its
/// pair stands; not the product of the two.
///
/// # Errors
/// [`TokenizerError`] if a word is not UTF-8 while the base is characters, or contains the marker of
/// the end of a word; if there are too many symbols; or if the tie rule is not
/// [`TieRule::SmallestIds`].
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{Base, BpeOptions, ByteOrder, count_text, train};
/// use concepts::tokenizer::pretokenize::Pretokenizer;
/// let words = count_text(Pretokenizer::Gpt2, "low low low lower lower newest newest newest newest");
/// let options = BpeOptions {
///     base: Base::Bytes(ByteOrder::Gpt2), vocabulary: 262, ..BpeOptions::default()
/// };
/// let trained = train(&words, &options, &mut |_| {})?;
/// assert_eq!(trained.counts, [6, 5, 4, 4, 4, 4]);
/// assert_eq!(trained.bpe.vocabulary().len(), 262);
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
pub fn train<W: AsRef<[u8]>>(
    words: &[WordCount<W>],
    options: &BpeOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Trained, TokenizerError> {
    if options.tie != TieRule::SmallestIds {
        return Err(TokenizerError::TieRuleNotFast);
    }
    check_words(words, options)?;
    let (corpus, tokens) = Corpus::new(words, options)?;
    let wanted = options.merges.min(options.vocabulary.saturating_sub(tokens.len()));
    let mut state =
        State { pairs: Pairs::new(&corpus), corpus, tokens, merges: Vec::new(), counts: Vec::new() };
    while state.merges.len() < wanted {
        let Some(count) = state.step(options.min_count.max(1)) else { break };
        progress(Progress { merges: state.merges.len(), wanted, count });
    }
    state.finish(options, wanted)
}

/// Training under way.
struct State {
    corpus: Corpus,
    pairs: Pairs,
    /// The alphabet, then one token a merge, each at its id.
    tokens: Vec<Symbol>,
    merges: Vec<Merge>,
    counts: Vec<u64>,
}

impl State {
    /// Merges the most frequent pair and returns its count; `None` if it is below `min_count`.
    fn step(&mut self, min_count: u64) -> Option<u64> {
        let best = self.pairs.most_frequent(min_count)?;
        let token = self.tokens.len() as TokenId;
        let (left, right) = best.ids;
        self.tokens.push(self.tokens[left as usize].joined(&self.tokens[right as usize]));
        self.merges.push(Merge { left, right, token });
        self.counts.push(best.count);
        merge::everywhere(&mut self.corpus, &mut self.pairs, &best, token);
        Some(best.count)
    }

    fn finish(self, options: &BpeOptions, wanted: usize) -> Result<Trained, TokenizerError> {
        let complete = self.merges.len() == wanted || wanted == usize::MAX;
        let vocabulary = Vocabulary::new(self.tokens)?;
        let bpe = Bpe::new(options.base, options.word_end, vocabulary, self.merges)?;
        Ok(Trained { bpe, counts: self.counts, complete })
    }
}
