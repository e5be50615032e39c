//! The trainer as one writes it on the whiteboard: count all pairs, merge the most frequent, repeat.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::words::{base_symbols, check_words};
use super::{Bpe, BpeOptions, Pair, TieRule, WordCount};
use crate::tokenizer::{Symbol, TokenId, TokenizerError};

/// A pair and how often it occurs: every place counts, so `aaa` has the pair `a a` twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairCount {
    /// The pair.
    pub pair: Pair,
    /// The places where it occurs, each as often as its word.
    pub count: u64,
}

/// One merge, with what was known before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// All pairs: the highest count first, equal counts in order of first appearance.
    pub counts: Vec<PairCount>,
    /// The pair that is merged.
    pub merged: Pair,
    /// Its count.
    pub count: u64,
    /// All pairs that have this count, the merged one among them, in order of first appearance. More
    /// than one: the tie rule decided.
    pub ties: Vec<Pair>,
}

impl Step {
    /// The new symbol.
    pub fn token(&self) -> Symbol {
        self.merged.0.joined(&self.merged.1)
    }
}

/// Byte-pair encoding, trained in the plainest way; each item is one merge.
///
/// # Formula
/// Until no pair is left: `p* = argmax_p Σ_w count(w) · #{i : (w_i, w_{i+1}) = p}`, ties by the
/// [`TieRule`]; then replace `p*` in every word, from left to right, by one symbol. Pairs never cross
/// the end of a word.
///
/// The cost is merges × length of all distinct words.
///
/// # Reference
/// Sennrich, Haddow & Birch 2016, *Neural Machine Translation of Rare Words with Subword Units*,
/// algorithm 1.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{BpeOptions, ReadableTrainer};
/// let words = [("low", 3), ("lower", 2), ("newest", 4)];
/// let mut trainer = ReadableTrainer::new(&words, &BpeOptions::default())?;
/// let step = trainer.next().expect("there are pairs");
/// // w+e occurs in "lower" and "newest": 2 + 4. l+o has only 3 + 2.
/// assert_eq!((step.token().to_string(), step.count, step.ties.len()), ("we".to_owned(), 6, 1));
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ReadableTrainer {
    options: BpeOptions,
    words: Vec<WordCount<Vec<Symbol>>>,
    /// The alphabet, then one token a merge, each at its id.
    tokens: Vec<Symbol>,
    ids: HashMap<Symbol, TokenId>,
    merges: Vec<Pair>,
}

impl ReadableTrainer {
    /// Cuts every word into the symbols of the base.
    ///
    /// # Errors
    /// [`TokenizerError`] if a word is not UTF-8 while the base is characters, contains the marker of
    /// the end of a word, or the counts are too large to add.
    pub fn new<W: AsRef<[u8]>>(words: &[WordCount<W>], options: &BpeOptions) -> Result<Self, TokenizerError> {
        check_words(words, options)?;
        let cut = |(word, count): &WordCount<W>| Ok((base_symbols(word.as_ref(), options)?, *count));
        let words = words.iter().map(cut).collect::<Result<Vec<_>, TokenizerError>>()?;
        let tokens = alphabet(&words, options);
        let ids = tokens.iter().cloned().zip(0..).collect();
        Ok(ReadableTrainer { options: *options, words, tokens, ids, merges: Vec::new() })
    }

    /// The words as they are cut now, with their counts.
    pub fn words(&self) -> &[WordCount<Vec<Symbol>>] {
        &self.words
    }

    /// All tokens so far, by id: first the alphabet, then one a merge.
    pub fn tokens(&self) -> &[Symbol] {
        &self.tokens
    }

    /// The merges so far.
    pub fn merges(&self) -> &[Pair] {
        &self.merges
    }

    /// All pairs, the highest count first, equal counts in order of first appearance.
    pub fn pair_counts(&self) -> Vec<PairCount> {
        let mut counts: Vec<PairCount> = Vec::new();
        let mut places: HashMap<(&Symbol, &Symbol), usize> = HashMap::new();
        for (word, count) in &self.words {
            for neighbours in word.windows(2) {
                let (left, right) = (&neighbours[0], &neighbours[1]);
                let place = *places.entry((left, right)).or_insert_with(|| {
                    counts.push(PairCount { pair: (left.clone(), right.clone()), count: 0 });
                    counts.len() - 1
                });
                counts[place].count += count;
            }
        }
        // Stable: equal counts stay in order of first appearance.
        counts.sort_by_key(|pair| Reverse(pair.count));
        counts
    }

    /// The pairs among which the tie rule chooses, and their count.
    pub(super) fn candidates(&self, counts: &[PairCount]) -> (u64, Vec<Pair>) {
        let most = counts.first().map_or(0, |pair| pair.count);
        let BpeOptions { min_count, merges, vocabulary, .. } = self.options;
        if most < min_count.max(1) || self.merges.len() >= merges || self.tokens.len() >= vocabulary {
            return (most, Vec::new());
        }
        let ties = counts.iter().take_while(|pair| pair.count == most).map(|pair| pair.pair.clone());
        (most, ties.collect())
    }

    /// Replaces a pair in every word, from left to right.
    pub(super) fn merge(&mut self, pair: &Pair) {
        let token = pair.0.joined(&pair.1);
        for (word, _) in &mut self.words {
            *word = merged(word, pair, &token);
        }
        self.ids.insert(token.clone(), self.tokens.len() as TokenId);
        self.tokens.push(token);
        self.merges.push(pair.clone());
    }

    /// The choice of the tie rule.
    fn choose(&self, ties: &[Pair]) -> Option<Pair> {
        let ids = |pair: &&Pair| (self.ids[&pair.0], self.ids[&pair.1]);
        let chosen = match self.options.tie {
            TieRule::First => ties.first(),
            TieRule::SmallestPair => ties.iter().min(),
            TieRule::LargestPair => ties.iter().max(),
            TieRule::SmallestIds => ties.iter().min_by_key(ids),
            TieRule::ShortestToken => ties.iter().min_by_key(|pair| by_token(pair)),
        };
        chosen.cloned()
    }

    /// Vocabulary and merges so far, ready to encode.
    ///
    /// # Errors
    /// [`TokenizerError`] if there are more tokens than ids.
    pub fn into_bpe(self) -> Result<Bpe, TokenizerError> {
        Bpe::from_pairs(self.options.base, self.options.word_end, self.tokens, &self.merges)
    }
}

impl Iterator for ReadableTrainer {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let counts = self.pair_counts();
        let (count, ties) = self.candidates(&counts);
        let merged = self.choose(&ties)?;
        self.merge(&merged);
        Some(Step { counts, merged, count, ties })
    }
}

/// The characters of the token that a pair makes, the token, and the pair. Bytes that are no text count
/// one each.
fn by_token(pair: &Pair) -> (usize, Symbol, Pair) {
    let token = pair.0.joined(&pair.1);
    let characters = token.as_str().map_or(token.as_bytes().len(), |text| text.chars().count());
    (characters, token, pair.clone())
}

/// All symbols before any merge, in the order of their ids.
fn alphabet(words: &[WordCount<Vec<Symbol>>], options: &BpeOptions) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = match options.base.bytes() {
        Some(bytes) => bytes.iter().map(|&byte| Symbol::from(vec![byte])).collect(),
        None => Vec::new(),
    };
    let known = symbols.len();
    let mut others: Vec<Symbol> = words.iter().flat_map(|(word, _)| word).cloned().collect();
    others.sort();
    others.dedup();
    others.retain(|symbol| !symbols[..known].contains(symbol));
    symbols.append(&mut others);
    symbols
}

/// The word with every `pair`, from left to right, replaced by `token`.
fn merged(word: &[Symbol], pair: &Pair, token: &Symbol) -> Vec<Symbol> {
    let mut result = Vec::with_capacity(word.len());
    let mut i = 0;
    while i < word.len() {
        if i + 1 < word.len() && word[i] == pair.0 && word[i + 1] == pair.1 {
            result.push(token.clone());
            i += 2;
        } else {
            result.push(word[i].clone());
            i += 1;
        }
    }
    result
}

/// Trains to the end: every step, and the model.
///
/// # Errors
/// As [`ReadableTrainer::new`] and [`ReadableTrainer::into_bpe`].
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{BpeOptions, train_readable};
/// let words = [("low", 3), ("lower", 2), ("newest", 4)];
/// let (steps, bpe) = train_readable(&words, &BpeOptions { merges: 2, ..BpeOptions::default() })?;
/// let tokens: Vec<String> = steps.iter().map(|step| step.token().to_string()).collect();
/// assert_eq!(tokens, ["we", "lo"]);
/// assert_eq!(bpe.vocabulary().len(), 8 + 2);
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
pub fn train_readable<W: AsRef<[u8]>>(
    words: &[WordCount<W>],
    options: &BpeOptions,
) -> Result<(Vec<Step>, Bpe), TokenizerError> {
    let mut trainer = ReadableTrainer::new(words, options)?;
    let steps = trainer.by_ref().collect();
    Ok((steps, trainer.into_bpe()?))
}
