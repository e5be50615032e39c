//! The numbers that can decide which pair is merged next.

use crate::numerics::tolerance::EXACT_F64;

/// What decides which pair is merged next.
///
/// With `c` for counts, `N` for the number of pieces in the corpus and `L = Σ c(x) ln(c(x)/N)`:
///
/// | | the pair with | known from |
/// |---|---|---|
/// | `Ratio` | the largest `c(xy) / (c(x) c(y))` | the course of Hugging Face |
/// | `Likelihood` | the largest `L after − L before` | Schuster & Nakajima 2012 |
/// | `Frequency` | the largest `c(xy)` | the trainer of Hugging Face; BPE |
/// | `Perplexity` | the smallest `exp(−L/N)` after, per piece | a reading of "lowers perplexity most" |
///
/// `P(xy)/(P(x)P(y))` is `N` times the ratio, so it puts the pairs in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Criterion {
    /// `c(xy) / (c(x) c(y))`: how surprising the pair is, however rare it may be.
    Ratio,
    /// By how much the corpus becomes more likely once it has been cut anew.
    Likelihood,
    /// How often the pair occurs.
    Frequency,
    /// The perplexity per piece that is left.
    Perplexity,
}

/// Which of several equally good pairs is taken.
///
/// Numbers that come from logarithms count as equal if they differ by rounding alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ties {
    /// The pair that is met first: words in the order given, each from left to right.
    FirstMet,
    /// The pair with the smallest ids (left, then right). Ids: characters that begin a word, sorted by
    /// code point, then those that continue one, then merged pieces in order of creation.
    SmallestIds,
}

/// When training stops. It stops earlier if no word has two pieces left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Until {
    /// After so many merges.
    Merges(usize),
    /// Once the vocabulary has so many pieces: the alphabet, and what was merged. The alphabet stays whole
    /// even if it is larger. Two merges may make the same piece, so this is not a number of merges.
    Pieces(usize),
}

impl Until {
    pub(super) fn reached(self, merges: usize, pieces: usize) -> bool {
        match self {
            Self::Merges(wanted) => merges >= wanted,
            Self::Pieces(wanted) => pieces >= wanted,
        }
    }
}

/// A pair that could be merged, with every number that could decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The left piece, `x`.
    pub left: String,
    /// The right piece, `y`.
    pub right: String,
    /// The piece they would make.
    pub merged: String,
    /// `c(xy)`: how often `y` follows `x`.
    pub count: u64,
    /// How many pieces a merge saves. Less than `count` only where pairs overlap, as `aa` does in `aaa`.
    pub replaced: u64,
    /// `c(xy) / (c(x) c(y))`.
    pub ratio: f64,
    /// `c(xy) · ln(N · ratio)`, in nats: what the ratio says the likelihood gains.
    pub estimated_gain: f64,
    /// `L after − L before`, in nats.
    pub likelihood_gain: f64,
    /// `exp(−L/N)` after the merge.
    pub perplexity: f64,
    /// The ids of both pieces.
    pub ids: (u32, u32),
}

/// What the criteria look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures {
    pub(super) count: u64,
    pub(super) ratio: f64,
    pub(super) gain: f64,
    pub(super) perplexity: f64,
}

impl Criterion {
    /// The number that decides, such that larger is better.
    pub(super) fn score(self, of: &Measures) -> f64 {
        match self {
            Self::Ratio => of.ratio,
            Self::Likelihood => of.gain,
            Self::Frequency => of.count as f64,
            Self::Perplexity => -of.perplexity,
        }
    }

    /// Differences up to this are rounding. `likelihood` is the number whose rounding the gain inherits.
    pub(super) fn rounding(self, best: f64, likelihood: f64) -> f64 {
        match self {
            Self::Frequency => 0.0,
            Self::Likelihood => EXACT_F64 * likelihood.abs().max(1.0),
            Self::Ratio | Self::Perplexity => EXACT_F64 * best.abs(),
        }
    }
}
