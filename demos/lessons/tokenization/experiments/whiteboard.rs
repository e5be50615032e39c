//! Byte-pair encoding on the nine words of the written answer.

use concepts::tokenizer::TokenizerError;
use concepts::tokenizer::bpe::{
    Base, Bpe, BpeOptions, Pair, ReadableTrainer, Step, TieRule, WordCount, WordEnd, all_tie_paths,
};
use concepts::tokenizer::{Symbol, Vocabulary};

/// The corpus of the written answer: low ×3, lower ×2, newest ×4.
pub(crate) const CORPUS: [WordCount<&str>; 3] = [("low", 3), ("lower", 2), ("newest", 4)];

/// More ways to break ties than the nine words have.
const PATHS: usize = 1000;

/// The rules in use for pairs that are equally frequent, each with the id of its name.
pub(crate) const RULES: [(TieRule, &str); 4] = [
    (TieRule::First, "first"),
    (TieRule::SmallestPair, "smallest-pair"),
    (TieRule::LargestPair, "largest-pair"),
    (TieRule::SmallestIds, "smallest-ids"),
];

/// Characters, ties to the pair met first.
pub(crate) fn options(tie: TieRule, word_end: WordEnd) -> BpeOptions {
    BpeOptions { tie, word_end, ..BpeOptions::default() }
}

/// Every merge with the table before it.
pub(crate) fn steps<W: AsRef<[u8]>>(words: &[WordCount<W>], options: &BpeOptions) -> Vec<Step> {
    ReadableTrainer::new(words, options).map(Iterator::collect).unwrap_or_default()
}

/// The merges in order.
pub(crate) fn merges<W: AsRef<[u8]>>(words: &[WordCount<W>], options: &BpeOptions) -> Vec<Pair> {
    steps(words, options).into_iter().map(|step| step.merged).collect()
}

/// Every list of merges that some way of breaking ties leads to.
pub(crate) fn tie_paths(words: &[WordCount<&str>]) -> Vec<Vec<Pair>> {
    all_tie_paths(words, &BpeOptions::default(), PATHS).unwrap_or_default()
}

/// The token that a merge makes.
pub(crate) fn token((left, right): &Pair) -> String {
    left.joined(right).to_string()
}

/// Is this the merge of these two?
pub(crate) fn joins(pair: &Pair, left: &str, right: &str) -> bool {
    *pair == (left.into(), right.into())
}

/// The count of a pair before a merge; 0 if it does not occur.
pub(crate) fn count(step: &Step, left: &str, right: &str) -> u64 {
    step.counts.iter().find(|counted| joins(&counted.pair, left, right)).map_or(0, |counted| counted.count)
}

/// How a word is cut once a list of merges is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The merges replayed in the order learned: BPE.
    ByRank,
    /// The longest token that fits, from the left: WordPiece's way, a mistake with merges.
    Longest,
}

/// A word cut by the merges of a path; empty if that cannot be done.
pub(crate) fn cut(path: &[Pair], word: &str, how: Cut) -> Vec<String> {
    let model = model(path, word);
    match how {
        Cut::ByRank => model
            .and_then(|model| Ok(model.show(&model.encode_word_readable(word.as_bytes())?)))
            .unwrap_or_default(),
        Cut::Longest => model.map(|model| longest(model.vocabulary(), word)).unwrap_or_default(),
    }
}

/// The model of a list of merges whose alphabet has the characters of the corpus and of the word.
fn model(path: &[Pair], word: &str) -> Result<Bpe, TokenizerError> {
    let corpus = CORPUS.iter().flat_map(|(word, _)| word.chars());
    let mut tokens: Vec<Symbol> =
        corpus.chain(word.chars()).map(|c| Symbol::from(&*c.encode_utf8(&mut [0; 4]))).collect();
    tokens.sort();
    tokens.dedup();
    tokens.extend(path.iter().map(|(left, right)| left.joined(right)));
    Bpe::from_pairs(Base::Chars, WordEnd::Unmarked, tokens, path)
}

fn longest(vocabulary: &Vocabulary, word: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let ends = (1..=rest.len()).rev().filter(|&end| rest.is_char_boundary(end));
        let fits = |end: &usize| vocabulary.id(&rest.as_bytes()[..*end]).is_some();
        let Some(end) = ends.into_iter().find(fits) else { return Vec::new() };
        pieces.push(rest[..end].to_string());
        rest = &rest[end..];
    }
    pieces
}

/// Pieces beside each other.
pub(crate) fn joined(pieces: &[String]) -> String {
    pieces.join("·")
}

/// All ways in which a word is cut over all paths, the most frequent first, with the number of paths.
pub(crate) fn cuts(paths: &[Vec<Pair>], word: &str, how: Cut) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for path in paths {
        let shown = joined(&cut(path, word, how));
        match found.iter_mut().find(|(other, _)| *other == shown) {
            Some((_, paths)) => *paths += 1,
            None => found.push((shown, 1)),
        }
    }
    found.sort_by_key(|(_, paths)| std::cmp::Reverse(*paths)); // stable: equal ones in order of the paths
    found
}

/// In how many paths a token comes into being.
pub(crate) fn paths_with(paths: &[Vec<Pair>], wanted: &str) -> usize {
    paths.iter().filter(|path| path.iter().any(|pair| token(pair) == wanted)).count()
}

/// Symbols of the corpus after the first so many merges.
pub(crate) fn length_after(words: &[WordCount<&str>], options: &BpeOptions) -> Result<u64, TokenizerError> {
    let mut trainer = ReadableTrainer::new(words, options)?;
    while trainer.next().is_some() {}
    Ok(trainer.words().iter().map(|(word, count)| word.len() as u64 * count).sum())
}
