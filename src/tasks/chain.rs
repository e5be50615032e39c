//! Open-ended text: a language whose every statistic is known.

use rand_distr::{Distribution, Gamma};

use super::TasksError;
use super::error::{between, sized};
use super::words::Quantity;
use crate::decoding::LanguageModel;
use crate::numerics::rng;

/// The most words.
const MOST_WORDS: usize = 1000;

/// How people write: a Markov chain over words, that begins behind word 0.
///
/// # Examples
/// ```
/// use concepts::tasks::Chain;
/// let chain = Chain::drawn(10, 0.3, 7)?;
/// let row: f64 = chain.after(3).iter().sum();
/// assert!((row - 1.0).abs() < 1e-12);
/// assert!(chain.entropy_rate(100) < 10f64.ln()); // below that of ten words at random
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    rows: Vec<Vec<f64>>,
}

impl Chain {
    /// What follows each word is drawn from a symmetric Dirichlet distribution: near 0 few words follow, at 1 many.
    ///
    /// # Errors
    /// [`TasksError`] if there are no words or more than 1000, or the concentration is not from 0.05 to 100.
    pub fn drawn(words: usize, concentration: f64, seed: u64) -> Result<Self, TasksError> {
        sized(Quantity::Words, words, MOST_WORDS)?;
        let (min, max) = (0.05, 100.0);
        between(Quantity::Concentration, concentration, min, max)?;
        let out_of_range =
            TasksError::Parameter { what: Quantity::Concentration, actual: concentration, min, max };
        let gamma = Gamma::new(concentration, 1.0).map_err(|_| out_of_range)?;
        let mut draws = rng(seed, "tasks chain");
        let mut row = || {
            // Where all weights underflow, one word is as good as another.
            let drawn: Vec<f64> = (0..words).map(|_| gamma.sample(&mut draws) + f64::MIN_POSITIVE).collect();
            let sum: f64 = drawn.iter().sum();
            drawn.iter().map(|weight| weight / sum).collect()
        };
        Ok(Self { rows: (0..words).map(|_| row()).collect() })
    }

    /// How many words there are.
    pub fn words(&self) -> usize {
        self.rows.len()
    }

    /// What follows a word; nothing for a word that there is not.
    ///
    /// # Shapes
    /// → `(words)`
    pub fn after(&self, word: usize) -> &[f64] {
        self.rows.get(word).map_or(&[], Vec::as_slice)
    }

    /// How surprising a text of `length` words is that a person wrote, in nats a word.
    ///
    /// # Formula
    /// `−Σᵢ π(i) Σⱼ P(j|i) ln P(j|i)`, `π` how often each word stands before another in `length` steps
    pub fn entropy_rate(&self, length: usize) -> f64 {
        let surprise = |row: &Vec<f64>| row.iter().map(|&p| surprise(p, p)).sum::<f64>();
        let seen = occupancy(&self.rows, length);
        seen.iter().zip(&self.rows).map(|(seen, row)| seen * surprise(row)).sum()
    }

    /// The most probable text of `length` words.
    ///
    /// # Formula
    /// `argmax Σ ln P(x_t | x_{t−1})`, by dynamic programming
    ///
    /// # Reference
    /// Viterbi 1967, *Error Bounds for Convolutional Codes and an Asymptotically Optimum Decoding Algorithm*.
    ///
    /// # Examples
    /// ```
    /// use concepts::tasks::Chain;
    /// let text = Chain::drawn(6, 0.3, 7)?.most_probable(50);
    /// assert_eq!(text.len(), 50);
    /// // A mode says few things over and over: here three words.
    /// assert_eq!(text[20..40], text[23..43]);
    /// # Ok::<(), concepts::tasks::TasksError>(())
    /// ```
    pub fn most_probable(&self, length: usize) -> Vec<u32> {
        self.most_probable_after(0, length)
    }

    /// As [`Chain::most_probable`], of what follows a word; nothing follows a word that there is not.
    pub fn most_probable_after(&self, word: usize, length: usize) -> Vec<u32> {
        let words = self.words();
        let mut best = vec![f64::NEG_INFINITY; words];
        match best.get_mut(word) {
            Some(start) => *start = 0.0,
            None => return Vec::new(),
        }
        let mut from: Vec<Vec<usize>> = Vec::new();
        for _ in 0..length {
            let reach = |to: usize| {
                let score = |before: usize| best[before] + libm::log(self.rows[before][to]);
                let first = (0, score(0));
                let better = |best: (usize, f64), before: usize| {
                    let score = score(before);
                    if score > best.1 { (before, score) } else { best }
                };
                (1..words).fold(first, better)
            };
            let reached: Vec<(usize, f64)> = (0..words).map(reach).collect();
            from.push(reached.iter().map(|(before, _)| *before).collect());
            best = reached.iter().map(|(_, score)| *score).collect();
        }
        let mut last = (1..words).fold(0, |last, word| if best[word] > best[last] { word } else { last });
        let mut text = Vec::new();
        for step in from.iter().rev() {
            text.push(last as u32);
            last = step[last];
        }
        text.reverse();
        text
    }
}

/// `−p ln q`, 0 for what never happens.
pub(super) fn surprise(p: f64, q: f64) -> f64 {
    if p > 0.0 { -p * libm::log(q) } else { 0.0 }
}

/// How often each word stands before another one in `length` steps from word 0.
///
/// # Formula
/// `1/n Σ_{t<n} e₀ Pᵗ`; what a row is short of 1 stays where it is
pub(super) fn occupancy(rows: &[Vec<f64>], length: usize) -> Vec<f64> {
    let mut now = vec![0.0; rows.len()];
    now[0] = 1.0;
    let mut sum = vec![0.0; rows.len()];
    for _ in 0..length {
        sum.iter_mut().zip(&now).for_each(|(sum, now)| *sum += now / length as f64);
        let mut next = vec![0.0; rows.len()];
        for (word, row) in rows.iter().enumerate() {
            let stays = (1.0 - row.iter().sum::<f64>()).max(0.0);
            next[word] += now[word] * stays;
            next.iter_mut().zip(row).for_each(|(next, p)| *next += now[word] * p);
        }
        now = next;
    }
    sum
}

/// A model that has learnt a chain, but for a long flat tail.
///
/// # Formula
/// `p(v | w) = (1 − tail) P(v|w) + tail/J · [v is junk]`; junk is read over: what follows it follows the word before
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Writer<'c> {
    pub(super) chain: &'c Chain,
    pub(super) tail: f64,
    pub(super) junk: usize,
}

impl<'c> Writer<'c> {
    /// # Errors
    /// [`TasksError`] if the tail is not from 0 to 1, or there are no tokens of junk or more than 10⁵.
    pub fn new(chain: &'c Chain, tail: f64, junk: usize) -> Result<Self, TasksError> {
        between(Quantity::Tail, tail, 0.0, 1.0)?;
        sized(Quantity::Junk, junk, 100_000)?;
        Ok(Self { chain, tail, junk })
    }
}

impl LanguageModel for Writer<'_> {
    type State = usize;

    fn vocab_size(&self) -> usize {
        self.chain.words() + self.junk
    }

    fn start(&self) -> usize {
        0
    }

    fn advance(&self, word: &mut usize, token: u32) {
        if (token as usize) < self.chain.words() {
            *word = token as usize;
        }
    }

    fn logits(&self, word: &usize, logits: &mut [f32]) {
        logits.fill(libm::log(self.tail / self.junk as f64) as f32);
        let row = self.chain.after(*word).iter().map(|p| libm::log((1.0 - self.tail) * p) as f32);
        logits.iter_mut().zip(row).for_each(|(logit, p)| *logit = p);
    }
}
