//! What must be said before training, since the result depends on it.

/// The symbols that a word is made of before any merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Base {
    /// The characters of the corpus, sorted. A character that the corpus lacks has no token.
    #[default]
    Chars,
    /// All 256 bytes: any input whatever has tokens.
    Bytes(ByteOrder),
}

/// Which byte gets which of the first 256 ids.
///
/// The order matters to [`TieRule::SmallestIds`], and to whoever reads the ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ByteOrder {
    /// Byte `b` has id `b`.
    #[default]
    Value,
    /// As in GPT-2: printable bytes first, `!` is 0; the other 68 follow from 188 on.
    Gpt2,
}

/// The text of the end-of-word marker.
pub const END_OF_WORD: &str = "</w>";

/// How the end of a word is marked, so that `est` at the end differs from `est` inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WordEnd {
    /// Not at all. Byte-level tokenizers keep the space before a word instead.
    #[default]
    Unmarked,
    /// `l o w </w>`: a symbol of its own after the last character (Sennrich et al. 2016, algorithm 1).
    Symbol,
    /// `l o w</w>`: part of the last character (subword-nmt since 0.2, Hugging Face's
    /// `end_of_word_suffix`).
    Suffix,
}

/// Which pair is merged when several have the highest count.
///
/// The rule is part of the algorithm: on a small corpus two rules give two vocabularies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TieRule {
    /// The pair met first, reading the words in order of first appearance, each from left to right.
    /// It is what `max(pairs, key=pairs.get)` gives in Python.
    First,
    /// The smallest pair: the smaller left symbol, then the smaller right one, byte by byte.
    SmallestPair,
    /// The largest pair, likewise: `max(pairs, key=lambda x: (pairs[x], x))` as in subword-nmt.
    LargestPair,
    /// The smallest pair of ids. The alphabet is numbered in its order, each merge gets the next id;
    /// so old symbols come first. The rule of Hugging Face's tokenizers and of rustbpe.
    #[default]
    SmallestIds,
    /// The pair whose token has the fewest characters; of several the smallest token, byte by byte, then
    /// the smallest pair. The rule of SentencePiece's trainer (Kudo & Richardson 2018), which keeps only
    /// the most frequent pairs in view, so that on a large corpus it may choose otherwise.
    ShortestToken,
}

/// How byte-pair encoding is trained.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{Base, BpeOptions, TieRule};
/// let options = BpeOptions { merges: 9, tie: TieRule::First, ..BpeOptions::default() };
/// assert_eq!(options.base, Base::Chars);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BpeOptions {
    /// What words are made of.
    pub base: Base,
    /// Whether and how their end is marked.
    pub word_end: WordEnd,
    /// Which of several most frequent pairs is merged.
    pub tie: TieRule,
    /// The largest number of merges. Training ends earlier when no pair is left.
    pub merges: usize,
    /// The largest number of tokens, those of the alphabet included; training ends at this number or at
    /// that of the merges, whichever comes first.
    pub vocabulary: usize,
    /// The smallest count of a pair that is merged; 0 means the same as 1.
    pub min_count: u64,
}

impl Default for BpeOptions {
    fn default() -> Self {
        BpeOptions {
            base: Base::default(),
            word_end: WordEnd::default(),
            tie: TieRule::default(),
            merges: usize::MAX,
            vocabulary: usize::MAX,
            min_count: 1,
        }
    }
}
