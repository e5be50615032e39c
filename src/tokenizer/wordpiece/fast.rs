//! The same merges as the readable trainer, with counts kept up to date.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::corpus::{Names, Pair, Word, characters, log_likelihood, merged};
use super::criterion::Measures;
use super::train::{perplexity, ratio, summary};
use super::{Criterion, Ties, Training, Until, WordPieceError};

/// Trains: the merges of [`trace_training`](super::trace_training), without its tables.
///
/// A merge changes only the words that hold the pair, so only they are counted anew. The gain in likelihood
/// needs no second look at the corpus either: with `m` replacements,
///
/// # Formula
/// `ΔL = f(c(x)−m) − f(c(x)) + f(c(y)−m) − f(c(y)) + f(c(xy)+m) − f(c(xy)) − f(N−m) + f(N)`, `f(c) = c ln c`,
/// where `c(xy)` counts the pieces `xy` that exist already; if `x = y`, the first four terms become
/// `f(c(x)−2m) − f(c(x))`.
///
/// No language model is trained for any criterion: counts of pieces and pairs are all they need.
///
/// # Errors
/// [`WordPieceError::EmptyCorpus`], [`WordPieceError::TooManyTokens`].
///
/// # Examples
/// ```
/// use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, train};
/// let corpus = [("low", 3), ("lower", 2), ("newest", 4)];
/// let training = train(&corpus, Criterion::Likelihood, Ties::FirstMet, Until::Merges(4))?;
/// assert_eq!(training.pieces[8..], ["lo", "##st", "low", "ne"]);
/// # Ok::<(), concepts::tokenizer::wordpiece::WordPieceError>(())
/// ```
pub fn train<S: AsRef<str>>(
    corpus: &[(S, u64)],
    criterion: Criterion,
    ties: Ties,
    until: Until,
) -> Result<Training, WordPieceError> {
    let (names, words) = characters(corpus)?;
    let mut state = State::new(names, words);
    let mut merges = Vec::new();
    while !until.reached(merges.len(), state.names.names.len()) {
        let Some(pair) = state.choose(criterion, ties) else { break };
        state.merge(pair);
        merges.push(pair);
    }
    Ok(summary(&state.names, &state.words, merges))
}

/// A pair that occurs.
struct Tally {
    pair: Pair,
    count: u64,
    /// Pieces that a merge saves.
    replaced: u64,
    /// The name that the pair makes, as a number in `State::makes`.
    makes: usize,
}

struct State {
    names: Names,
    words: Vec<Word>,
    counts: Vec<u64>,
    tokens: u64,
    tallies: Vec<Tally>,
    place: HashMap<Pair, usize>,
    /// Words in which a pair stands, or once stood.
    holders: HashMap<Pair, Vec<usize>>,
    /// For each name that some pair makes: its id, once it is a piece.
    makes: Vec<Option<u32>>,
    makes_of: HashMap<String, usize>,
}

impl State {
    fn new(names: Names, words: Vec<Word>) -> Self {
        let counts = vec![0; names.names.len()];
        let mut state = Self {
            names,
            words,
            counts,
            tokens: 0,
            tallies: Vec::new(),
            place: HashMap::new(),
            holders: HashMap::new(),
            makes: Vec::new(),
            makes_of: HashMap::new(),
        };
        for word in 0..state.words.len() {
            state.add_word(word);
        }
        state
    }

    fn choose(&self, criterion: Criterion, ties: Ties) -> Option<Pair> {
        let likelihood = log_likelihood(&self.counts);
        let scores: Vec<f64> =
            self.tallies.iter().map(|t| criterion.score(&self.measures(t, likelihood, criterion))).collect();
        let best = scores.iter().copied().reduce(f64::max)?;
        let enough = best - criterion.rounding(best, likelihood);
        let tied = self.tallies.iter().zip(&scores).filter(|(_, s)| **s >= enough).map(|(t, _)| t.pair);
        match ties {
            Ties::SmallestIds => tied.min(),
            Ties::FirstMet => self.first_met(&tied.collect()),
        }
    }

    fn first_met(&self, tied: &HashSet<Pair>) -> Option<Pair> {
        if tied.len() == 1 {
            return tied.iter().copied().min();
        }
        let pairs = self.words.iter().flat_map(|word| word.pieces.windows(2).map(|w| (w[0], w[1])));
        pairs.into_iter().find(|pair| tied.contains(pair))
    }

    /// What the criterion looks at; logarithms only where it needs them.
    fn measures(&self, tally: &Tally, likelihood: f64, criterion: Criterion) -> Measures {
        let (left, right) = tally.pair;
        let by_logarithm = matches!(criterion, Criterion::Likelihood | Criterion::Perplexity);
        let gain = if by_logarithm { self.gain(tally) } else { 0.0 };
        Measures {
            count: tally.count,
            ratio: ratio(tally.count, self.counts[left as usize], self.counts[right as usize]),
            gain,
            perplexity: perplexity(likelihood + gain, self.tokens - tally.replaced),
        }
    }

    fn gain(&self, tally: &Tally) -> f64 {
        let ((left, right), m) = (tally.pair, tally.replaced);
        let change = |from: u64, to: u64| x_log_x(to) - x_log_x(from);
        // A made piece that exists already can be one of the two: of a word of hashes, "##" and "###" make "###".
        let made = self.makes[tally.makes];
        let of = |id: u32| self.counts[id as usize];
        let after = |id: u32| {
            let lost = m * (u64::from(id == left) + u64::from(id == right));
            of(id) + m * u64::from(made == Some(id)) - lost
        };
        let mut gain = change(of(left), after(left)) - change(self.tokens, self.tokens - m);
        if right != left {
            gain += change(of(right), after(right));
        }
        gain + match made {
            None => x_log_x(m),
            Some(id) if id == left || id == right => 0.0,
            Some(id) => change(of(id), after(id)),
        }
    }

    fn merge(&mut self, pair: Pair) {
        let new = self.names.join(pair);
        self.counts.resize(self.names.names.len(), 0);
        if let Some(&at) = self.place.get(&pair) {
            let makes = self.tallies[at].makes;
            self.makes[makes] = Some(new);
        }
        // A word is listed once for each time the pair came up in it.
        let holders: BTreeSet<usize> = self.holders.remove(&pair).unwrap_or_default().into_iter().collect();
        for word in holders {
            self.remove_word(word);
            self.words[word].pieces = merged(&self.words[word].pieces, pair, new);
            self.add_word(word);
        }
    }

    fn add_word(&mut self, word: usize) {
        let Word { pieces, count } = self.words[word].clone();
        for &piece in &pieces {
            self.counts[piece as usize] += count;
            self.tokens += count;
        }
        for (pair, saves) in pairs_of(&pieces) {
            let at = self.tally_of(pair);
            self.tallies[at].count += count;
            self.tallies[at].replaced += if saves { count } else { 0 };
            let holders = self.holders.entry(pair).or_default();
            if holders.last() != Some(&word) {
                holders.push(word);
            }
        }
    }

    fn remove_word(&mut self, word: usize) {
        let Word { pieces, count } = self.words[word].clone();
        for &piece in &pieces {
            self.counts[piece as usize] -= count;
            self.tokens -= count;
        }
        for (pair, saves) in pairs_of(&pieces) {
            let at = self.tally_of(pair);
            let tally = &mut self.tallies[at];
            tally.count -= count;
            tally.replaced -= if saves { count } else { 0 };
            if tally.count == 0 {
                self.forget(at);
            }
        }
    }

    fn tally_of(&mut self, pair: Pair) -> usize {
        if let Some(&at) = self.place.get(&pair) {
            return at;
        }
        let existing = self.names.find(pair);
        let makes = *self.makes_of.entry(self.names.joined(pair)).or_insert_with(|| {
            self.makes.push(existing);
            self.makes.len() - 1
        });
        self.place.insert(pair, self.tallies.len());
        self.tallies.push(Tally { pair, count: 0, replaced: 0, makes });
        self.tallies.len() - 1
    }

    fn forget(&mut self, at: usize) {
        self.place.remove(&self.tallies[at].pair);
        self.tallies.swap_remove(at);
        if let Some(moved) = self.tallies.get(at) {
            self.place.insert(moved.pair, at);
        }
    }
}

/// The pairs of a word, each with whether a merge from left to right would replace it there: of the two
/// `aa` in `aaa`, only the first.
fn pairs_of(pieces: &[u32]) -> Vec<(Pair, bool)> {
    let mut taken = false;
    let mut pairs = Vec::with_capacity(pieces.len().saturating_sub(1));
    for pair in pieces.windows(2).map(|w| (w[0], w[1])) {
        let saves = pair.0 != pair.1 || !taken;
        taken = pair.0 == pair.1 && saves;
        pairs.push((pair, saves));
    }
    pairs
}

/// `c ln c`, and 0 for `c = 0`.
fn x_log_x(count: u64) -> f64 {
    if count == 0 { 0.0 } else { count as f64 * libm::log(count as f64) }
}
