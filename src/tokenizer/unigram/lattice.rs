//! Every cut of a word at once: sums over paths.
//!
//! The word's bytes are the nodes, a piece is an edge from where it begins to where it ends, and a cut is a
//! path. Sums run in log space: a word of a thousand pieces has a probability that no `f64` holds.

use crate::tokenizer::unigram::words::{Bounds, Setting};
use std::ops::Range;

use super::{Unigram, UnigramError};

/// How probable it is that a piece stands at a place, over all cuts of the word.
#[derive(Debug, Clone, PartialEq)]
pub struct Marginal {
    /// The piece; `None` for a character that has none.
    pub id: Option<u32>,
    /// Where it stands.
    pub bytes: Range<usize>,
    /// The share of all cuts, by their probability, that hold it there.
    pub probability: f64,
}

impl Unigram {
    /// The logarithm of the probability of a word, over all its cuts, in nats.
    ///
    /// # Formula
    /// `β(n) = 0`, `β(i) = ln Σ_{i→j} exp(ln p(x_ij) + β(j))`; the result is `β(0)`
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::unigram::Unigram;
    /// let model = Unigram::new(vec![("a".into(), 0.5f64.ln()), ("aa".into(), 0.5f64.ln())], None)?;
    /// // a·a·a, aa·a, a·aa
    /// assert!((model.log_probability("aaa") - (1.0f64 / 8.0 + 1.0 / 4.0 + 1.0 / 4.0).ln()).abs() < 1e-12);
    /// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
    /// ```
    pub fn log_probability(&self, word: &str) -> f64 {
        self.backward(word, 1.0)[0]
    }

    /// Where each piece stands how probably, in the order of where it begins, then of its length.
    ///
    /// # Formula
    /// `P(i→j) = exp(α(i) + ln p(x_ij) + β(j) − β(0))`
    ///
    /// # Reference
    /// Kudo 2018, equation 5; forward–backward as in Rabiner 1989.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::unigram::Unigram;
    /// let model = Unigram::new(vec![("a".into(), 0.5f64.ln()), ("aa".into(), 0.5f64.ln())], None)?;
    /// let whole = &model.marginals("aa")[1]; // 1/2 in one piece, 1/4 in two
    /// assert!(whole.bytes == (0..2) && (whole.probability - 2.0 / 3.0).abs() < 1e-12);
    /// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
    /// ```
    pub fn marginals(&self, word: &str) -> Vec<Marginal> {
        let mut marginals = Vec::new();
        self.for_each_marginal(word, |marginal| marginals.push(marginal));
        marginals
    }

    /// Visits the marginals and returns the log probability of the word.
    ///
    /// `α(j) = ln Σ_{i→j} exp(α(i) + ln p(x_ij))`, the sum over the cuts of the first `j` bytes, is complete
    /// when byte `j` is reached, so it is computed on the way.
    pub(super) fn for_each_marginal(&self, word: &str, mut visit: impl FnMut(Marginal)) -> f64 {
        let beta = self.backward(word, 1.0);
        let mut alpha = vec![f64::NEG_INFINITY; word.len() + 1];
        alpha[0] = 0.0;
        for start in starts(word) {
            for edge in self.edges(word, start) {
                let so_far = alpha[start] + edge.score;
                alpha[edge.end] = log_add(alpha[edge.end], so_far);
                let probability = libm::exp(so_far + beta[edge.end] - beta[0]);
                visit(Marginal { id: edge.id, bytes: start..edge.end, probability });
            }
        }
        beta[0]
    }

    /// `β(i)`: the log of the sum, over the cuts of what follows byte `i`, of probability to the power of
    /// `power`.
    pub(super) fn backward(&self, word: &str, power: f64) -> Vec<f64> {
        let mut beta = vec![f64::NEG_INFINITY; word.len() + 1];
        beta[word.len()] = 0.0;
        for start in starts(word).rev() {
            beta[start] = self
                .edges(word, start)
                .fold(f64::NEG_INFINITY, |sum, edge| log_add(sum, power * edge.score + beta[edge.end]));
        }
        beta
    }

    /// Refuses powers that no distribution has.
    pub(super) fn check_power(value: f64) -> Result<(), UnigramError> {
        if value.is_finite() && value >= 0.0 {
            return Ok(());
        }
        Err(UnigramError::BadOption { name: Setting::Alpha, value, wanted: Bounds::NotNegative })
    }
}

/// Where the characters begin.
pub(super) fn starts(word: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    word.char_indices().map(|(at, _)| at)
}

/// `ln(exp(a) + exp(b))`.
fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + libm::log1p(libm::exp(low - high)) }
}
