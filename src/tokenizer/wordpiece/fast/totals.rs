//! How often each piece occurs, and what the likelihood is made of.

use crate::tokenizer::wordpiece::corpus::{Pair, Word, piece_counts};

/// Most counts are below this; their logarithms are taken once.
const SMALL: u64 = 1 << 14;

fn x_log_x(count: u64) -> f64 {
    if count == 0 { 0.0 } else { count as f64 * libm::log(count as f64) }
}

/// Counts of pieces, of all together, and `Σ c ln c`.
#[derive(Debug)]
pub(super) struct Totals {
    pub(super) counts: Vec<u64>,
    /// `N`
    pub(super) tokens: u64,
    sum: Sum,
    /// `c ln c` of small counts.
    small: Vec<f64>,
}

impl Totals {
    pub(super) fn new(words: &[Word], pieces: usize) -> Self {
        let counts = piece_counts(words, pieces);
        let mut sum = Sum::default();
        counts.iter().for_each(|&count| sum.add(x_log_x(count)));
        Self { tokens: counts.iter().sum(), counts, sum, small: (0..SMALL).map(x_log_x).collect() }
    }

    /// `c ln c`, and 0 for `c = 0`.
    pub(super) fn x_log_x(&self, count: u64) -> f64 {
        self.small.get(count as usize).copied().unwrap_or_else(|| x_log_x(count))
    }

    /// `Σ c(x) ln c(x)`
    pub(super) fn sum(&self) -> f64 {
        self.sum.value()
    }

    /// `L = Σ c(x) ln c(x) − N ln N`
    pub(super) fn log_likelihood(&self) -> f64 {
        self.sum() - self.x_log_x(self.tokens)
    }

    /// So many times both pieces of a pair became one.
    pub(super) fn replace(&mut self, (left, right): Pair, new: u32, times: u64) {
        self.counts.resize(self.counts.len().max(new as usize + 1), 0);
        self.set(left, |count| count - times);
        self.set(right, |count| count - times);
        self.set(new, |count| count + times);
        self.tokens -= times;
    }

    fn set(&mut self, piece: u32, change: impl Fn(u64) -> u64) {
        let count = &mut self.counts[piece as usize];
        self.sum.add(-x_log_x(*count));
        *count = change(*count);
        self.sum.add(x_log_x(*count));
    }
}

/// A sum that keeps what rounding takes away: a term that is added and later subtracted leaves nothing behind.
#[derive(Debug, Default)]
struct Sum {
    high: f64,
    low: f64,
}

impl Sum {
    /// Neumaier's summation: the rounding error of `high + term`, exactly.
    fn add(&mut self, term: f64) {
        let sum = self.high + term;
        self.low +=
            if self.high.abs() >= term.abs() { (self.high - sum) + term } else { (term - sum) + self.high };
        self.high = sum;
    }

    fn value(&self) -> f64 {
        self.high + self.low
    }
}
