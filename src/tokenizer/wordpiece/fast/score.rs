//! The score of a pair in two parts: what only the pair and its pieces decide, and what the whole corpus adds.

use super::pairs::Tally;
use super::totals::Totals;
use crate::tokenizer::wordpiece::Criterion;
use crate::tokenizer::wordpiece::train::ratio;

/// What the pair and its pieces decide. A merge of other pieces leaves it as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// Pairs of one class are ordered by `value`, whatever the rest of the corpus is like.
    pub(super) class: u64,
    pub(super) value: f64,
}

/// Which counts of pieces a score is made of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counts {
    /// As they are.
    Exact,
    /// Rounded down: an upper bound of the score, which holds until a count falls to the next lower one.
    Coarse,
}

/// Binary digits of a count that rounding down leaves.
const DIGITS: u32 = 6;

/// A count rounded down to a few binary digits.
pub(super) fn coarse(count: u64) -> u64 {
    count >> shift(count) << shift(count)
}

fn shift(count: u64) -> u32 {
    (u64::BITS - count.leading_zeros()).saturating_sub(DIGITS)
}

impl Criterion {
    pub(super) fn needs_logarithms(self) -> bool {
        matches!(self, Self::Likelihood | Self::Perplexity)
    }

    /// The first part. It grows as a piece of the pair gets rarer.
    pub(super) fn part(self, tally: &Tally, totals: &Totals, counts: Counts) -> Part {
        match self {
            Self::Frequency => Part { class: 0, value: tally.count as f64 },
            Self::Ratio => {
                let of = |piece: u32| rounded(totals.counts[piece as usize], counts);
                Part { class: 0, value: ratio(tally.count, of(tally.pair.0), of(tally.pair.1)) }
            }
            Self::Likelihood | Self::Perplexity => {
                Part { class: tally.saves, value: change(tally, totals, counts) }
            }
        }
    }

    /// The score, such that larger is better. Within a class it grows with the first part.
    pub(super) fn total(self, part: Part, totals: &Totals) -> f64 {
        let left = totals.tokens.saturating_sub(part.class);
        match self {
            Self::Frequency | Self::Ratio => part.value,
            Self::Likelihood => part.value + (totals.x_log_x(totals.tokens) - totals.x_log_x(left)),
            Self::Perplexity => {
                let left = left as f64;
                -libm::exp(libm::log(left) - (totals.sum() + part.value) / left)
            }
        }
    }
}

fn rounded(count: u64, counts: Counts) -> u64 {
    match counts {
        Counts::Exact => count,
        Counts::Coarse => coarse(count),
    }
}

/// By how much a merge changes `Σ c ln c`.
fn change(tally: &Tally, totals: &Totals, counts: Counts) -> f64 {
    let Tally { pair: (left, right), saves: m, made, .. } = *tally;
    let change = |from: u64, to: u64| totals.x_log_x(to) - totals.x_log_x(from);
    // A made piece that exists already can be one of the two: of a word of hashes, "##" and "###" make "###".
    let of = |piece: u32| {
        let lost = m * (u64::from(piece == left) + u64::from(piece == right));
        // It occurs at least as often as it is lost.
        let count = rounded(totals.counts[piece as usize], counts).max(lost);
        change(count, count - lost + m * u64::from(made == Some(piece)))
    };
    let lost = if left == right { of(left) } else { of(left.min(right)) + of(left.max(right)) };
    lost + match made {
        Some(piece) if piece == left || piece == right => 0.0,
        // A piece that becomes more frequent: rounding down would lower the score.
        Some(piece) => change(totals.counts[piece as usize], totals.counts[piece as usize] + m),
        None => totals.x_log_x(m),
    }
}
