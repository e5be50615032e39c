//! Training checked from outside, on random corpora with many ties.

use std::collections::BTreeMap;

use concepts::numerics::rng;
use concepts::tokenizer::bpe::{BpeOptions, Pair, ReadableTrainer, WordCount, train, train_readable};
use rand::Rng;

/// Corpora in a trial.
const CORPORA: usize = 20;

/// Words over three letters, with small counts: nearly every merge is tied.
pub(crate) fn tied_corpora(seed: u64) -> Vec<Vec<WordCount<String>>> {
    let mut rng = rng(seed, "corpora with many ties");
    let mut word =
        |length: usize| -> String { (0..length).map(|_| ['a', 'b', 'c'][rng.random_range(0..3)]).collect() };
    (0..CORPORA).map(|i| (0..8).map(|j| (word(1 + (i + 3 * j) % 8), 1 + (j as u64 % 3))).collect()).collect()
}

/// The merges of the readable trainer.
pub(crate) fn readable(words: &[WordCount<String>]) -> Vec<Pair> {
    let trainer = ReadableTrainer::new(words, &BpeOptions::default());
    trainer.map(|trainer| trainer.map(|step| step.merged).collect()).unwrap_or_default()
}

/// Counted once, never again: the pairs of the first table, the most frequent first.
pub(crate) fn chosen_once(words: &[WordCount<String>]) -> Vec<Pair> {
    let trainer = ReadableTrainer::new(words, &BpeOptions::default());
    let counts = trainer.map(|trainer| trainer.pair_counts()).unwrap_or_default();
    counts.into_iter().map(|counted| counted.pair).collect()
}

/// The corpus as text, counted anew before every merge: nothing of the trainer is used.
struct Recount(Vec<(Vec<String>, u64)>);

impl Recount {
    fn new(words: &[WordCount<String>]) -> Recount {
        let letters = |word: &String| word.chars().map(String::from).collect();
        Recount(words.iter().map(|(word, count)| (letters(word), *count)).collect())
    }

    fn table(&self) -> BTreeMap<(String, String), u64> {
        let mut table = BTreeMap::new();
        for (word, count) in &self.0 {
            for pair in word.windows(2) {
                *table.entry((pair[0].clone(), pair[1].clone())).or_insert(0) += count;
            }
        }
        table
    }

    fn merge(&mut self, (left, right): &(String, String)) {
        for (word, _) in &mut self.0 {
            let mut i = 0;
            while i + 1 < word.len() {
                if word[i] == *left && word[i + 1] == *right {
                    word[i] = format!("{left}{right}");
                    word.remove(i + 1);
                }
                i += 1;
            }
        }
    }
}

/// Each merge with its count and the highest one, counted anew before it.
fn recounted(words: &[WordCount<String>], merges: &[Pair]) -> Vec<(u64, u64)> {
    let mut corpus = Recount::new(words);
    merges
        .iter()
        .map(|(left, right)| {
            let pair = (left.to_string(), right.to_string());
            let table = corpus.table();
            let counts = (table.get(&pair).copied().unwrap_or(0), table.values().copied().max().unwrap_or(0));
            corpus.merge(&pair);
            counts
        })
        .collect()
}

/// Merges that were not the most frequent pair when their turn came.
pub(crate) fn recounted_errors(words: &[WordCount<String>], merges: &[Pair]) -> usize {
    recounted(words, merges).iter().filter(|(count, most)| count != most || *count == 0).count()
}

/// By how much the count rises from one merge to the next, at most.
pub(crate) fn largest_rise(words: &[WordCount<String>], merges: &[Pair]) -> i64 {
    let counts = recounted(words, merges);
    counts.windows(2).map(|pair| pair[1].0 as i64 - pair[0].0 as i64).max().unwrap_or(0)
}

/// Tokens that are learned beyond those asked for, or short of them, where there are pairs enough: by the
/// readable and by the fast trainer, for one token more than the alphabet up to five more.
pub(crate) fn sizes_missed(words: &[WordCount<String>]) -> usize {
    let Ok(trainer) = ReadableTrainer::new(words, &BpeOptions::default()) else { return usize::MAX };
    let alphabet = trainer.tokens().len();
    let most = alphabet + trainer.count().min(5);
    let missed = |vocabulary: usize| {
        let options = BpeOptions { vocabulary, ..BpeOptions::default() };
        let readable = train_readable(words, &options).map_or(0, |(_, bpe)| bpe.vocabulary().len());
        let fast = train(words, &options, &mut |_| {}).map_or(0, |trained| trained.bpe.vocabulary().len());
        readable.abs_diff(vocabulary) + fast.abs_diff(vocabulary)
    };
    (alphabet + 1..=most).map(missed).sum()
}

/// Merges that the fast trainer, which keeps its counts up to date, makes differently or not at all.
pub(crate) fn disagreements(words: &[WordCount<String>], merges: &[Pair]) -> usize {
    let Ok(trained) = train(words, &BpeOptions::default(), &mut |_| {}) else { return merges.len().max(1) };
    let tokens = trained.bpe.vocabulary().tokens();
    let fast = trained
        .bpe
        .merges()
        .iter()
        .map(|merge| (tokens[merge.left as usize].clone(), tokens[merge.right as usize].clone()));
    let same = fast.zip(merges).filter(|(a, b)| a == *b).count();
    trained.counts.len().max(merges.len()) - same
}
