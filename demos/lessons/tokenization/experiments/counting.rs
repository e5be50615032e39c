//! A trainer from counts alone, written apart from the library. It notes how many words it reads.

use std::collections::HashMap;

use concepts::numerics::tolerance::EXACT_F64;

/// What decides a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Score {
    /// `c(xy)`: BPE.
    Pairs,
    /// `c(xy) / (c(x)·c(y))`.
    Ratio,
    /// The gain in likelihood, worked out from the counts.
    Likelihood,
    /// `exp(−L/N)` after the merge, worked out from the counts; the least is the best.
    Perplexity,
    /// The gain in likelihood, with all words cut and counted anew for each pair.
    CutAnew,
}

/// Merges and what they took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counted {
    /// The pieces merged, in order.
    pub merged: Vec<String>,
    /// Words read to choose them.
    pub words_read: usize,
    /// Pairs that were given a score.
    pub scored: usize,
}

/// Merges so many times; of equally good pairs the one that a reader meets first.
pub(crate) fn from_counts(words: &[(String, u64)], score: Score, merges: usize) -> Counted {
    let mut corpus = Corpus::new(words);
    let mut counted = Counted::default();
    for _ in 0..merges {
        let table = corpus.count();
        let scores: Vec<f64> = table.pairs.iter().map(|pair| corpus.score(score, &table, pair)).collect();
        counted.scored += scores.len();
        let Some(chosen) = first_best(&scores, rounding(score, &table)) else { break };
        let pair = table.pairs[chosen].pair;
        counted.merged.push(corpus.joined(pair));
        corpus.merge(pair);
    }
    Counted { words_read: corpus.read, ..counted }
}

/// The first of those that are best up to rounding.
fn first_best(scores: &[f64], rounding: f64) -> Option<usize> {
    let best = scores.iter().copied().reduce(f64::max)?;
    scores.iter().position(|&score| score >= best - rounding)
}

/// Counts are exact, and so are their ratios up to the last digit: equal ones are equal. A gain is a difference
/// of two numbers as large as the likelihood.
fn rounding(score: Score, table: &Table) -> f64 {
    match score {
        Score::Pairs | Score::Ratio => 0.0,
        Score::Likelihood | Score::CutAnew => EXACT_F64 * likelihood(&table.pieces).abs(),
        Score::Perplexity => EXACT_F64 * table.pieces.len() as f64, // it is at most the number of pieces
    }
}

type Pair = (usize, usize);

/// Words as numbers of their pieces.
struct Corpus {
    names: Vec<String>,
    ids: HashMap<String, usize>,
    words: Vec<(Vec<usize>, u64)>,
    read: usize,
}

/// What one reading of all words counts.
struct Table {
    pieces: Vec<u64>,
    /// In the order in which a reader meets them.
    pairs: Vec<Tally>,
}

struct Tally {
    pair: Pair,
    count: u64,
    /// Pieces that a merge saves: of the two pairs in `aaa`, one.
    saved: u64,
}

impl Corpus {
    fn new(words: &[(String, u64)]) -> Corpus {
        let mut corpus = Corpus { names: Vec::new(), ids: HashMap::new(), words: Vec::new(), read: 0 };
        for (word, count) in words {
            let spelled = word.chars().enumerate();
            let names = spelled.map(|(i, c)| if i == 0 { c.to_string() } else { format!("##{c}") });
            let pieces = names.map(|name| corpus.id(name)).collect();
            corpus.words.push((pieces, *count));
        }
        corpus
    }

    fn id(&mut self, name: String) -> usize {
        *self.ids.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            self.names.len() - 1
        })
    }

    fn joined(&self, (left, right): Pair) -> String {
        format!("{}{}", self.names[left], self.names[right].trim_start_matches("##"))
    }

    /// Reads all words once.
    fn count(&mut self) -> Table {
        self.read += self.words.len();
        let mut table = Table { pieces: vec![0; self.names.len()], pairs: Vec::new() };
        let mut places = HashMap::new();
        for (word, count) in &self.words {
            word.iter().for_each(|&piece| table.pieces[piece] += count);
            let mut taken = false;
            for pair in word.windows(2).map(|two| (two[0], two[1])) {
                let at = *places.entry(pair).or_insert_with(|| {
                    table.pairs.push(Tally { pair, count: 0, saved: 0 });
                    table.pairs.len() - 1
                });
                taken = pair.0 == pair.1 && !taken;
                let saves = pair.0 != pair.1 || taken;
                table.pairs[at].count += count;
                table.pairs[at].saved += if saves { *count } else { 0 };
            }
        }
        table
    }

    fn score(&mut self, score: Score, table: &Table, tally: &Tally) -> f64 {
        let (x, y) = tally.pair;
        let gain = |after: &[u64]| likelihood(after) - likelihood(&table.pieces);
        match score {
            Score::Pairs => tally.count as f64,
            Score::Ratio => tally.count as f64 / (table.pieces[x] as f64 * table.pieces[y] as f64),
            Score::Likelihood => gain(&self.counts_after(table, tally)),
            Score::Perplexity => {
                let after = self.counts_after(table, tally);
                -(-likelihood(&after) / after.iter().sum::<u64>() as f64).exp()
            }
            Score::CutAnew => gain(&self.counted_anew(tally.pair)),
        }
    }

    /// How often each piece would occur after a merge, from the counts.
    fn counts_after(&self, table: &Table, tally: &Tally) -> Vec<u64> {
        let (x, y) = tally.pair;
        let mut after = [&table.pieces[..], &[0]].concat();
        after[x] -= tally.saved;
        after[y] -= tally.saved;
        after[self.new_id(tally.pair)] += tally.saved;
        after
    }

    /// The number of the piece that a pair makes.
    fn new_id(&self, pair: Pair) -> usize {
        self.ids.get(&self.joined(pair)).copied().unwrap_or(self.names.len())
    }

    /// Reads all words once more, cut as they would be after a merge.
    fn counted_anew(&mut self, pair: Pair) -> Vec<u64> {
        self.read += self.words.len();
        let (new, mut after) = (self.new_id(pair), vec![0; self.names.len() + 1]);
        for (word, count) in &self.words {
            merged(word, pair, new).into_iter().for_each(|piece| after[piece] += count);
        }
        after
    }

    fn merge(&mut self, pair: Pair) {
        let new = self.id(self.joined(pair));
        for (word, _) in &mut self.words {
            *word = merged(word, pair, new);
        }
    }
}

/// The word with every place of the pair, from left to right, replaced.
fn merged(word: &[usize], pair: Pair, new: usize) -> Vec<usize> {
    let mut result = Vec::with_capacity(word.len());
    let mut i = 0;
    while i < word.len() {
        let joins = i + 1 < word.len() && (word[i], word[i + 1]) == pair;
        result.push(if joins { new } else { word[i] });
        i += if joins { 2 } else { 1 };
    }
    result
}

/// `Σ c·ln(c/N)`.
fn likelihood(counts: &[u64]) -> f64 {
    let all = counts.iter().sum::<u64>() as f64;
    counts.iter().filter(|&&c| c > 0).map(|&c| c as f64 * (c as f64 / all).ln()).sum()
}
