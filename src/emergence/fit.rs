//! A smooth law fitted to scores.

use super::EmergenceError;
use super::binomial::log_likelihood;
use super::words::Quantity;
use crate::numerics::golden_section;

/// The largest exponent that still counts as smooth. Published exponents of the loss lie between 0.05 and 0.5; with
/// 2 exact match goes from 10 % to 90 % within two thirds of a decade, which is a jump by any name.
pub const MOST_EXPONENT: f64 = 2.0;
/// Exponents that are tried before the best is refined.
const GRID: usize = 64;

/// What a test of one model showed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Parameters, or the compute of the training.
    pub size: f64,
    /// Right answers.
    pub correct: u64,
    /// Questions.
    pub total: u64,
}

impl Score {
    /// `correct / total`
    pub fn share(&self) -> f64 {
        self.correct as f64 / self.total as f64
    }
}

/// A smooth law of the score.
///
/// # Formula
/// `p(N) = g + (1 − g)·e^(−(c′/N)^α)`, `g` the score of a guess; `c′ = c·L^(1/α)` holds the length of the answer
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smooth {
    /// `α`
    pub exponent: f64,
    /// `b = α ln c′`
    pub offset: f64,
    /// `g`
    pub chance: f64,
    /// Its log-likelihood, without the binomial coefficients.
    pub log_likelihood: f64,
    /// Exponents that explain the scores nearly as well: 95 % by the likelihood, within `0..=`[`MOST_EXPONENT`].
    pub interval: (f64, f64),
}

impl Smooth {
    /// The score at a size.
    pub fn at(&self, size: f64) -> f64 {
        mixed(self.chance, self.offset - self.exponent * size.ln())
    }

    /// The size at which half of what is above a guess is reached; `None` if the score does not depend on the size.
    ///
    /// # Formula
    /// `N₅₀ = c′·(1/ln 2)^(1/α)`
    pub fn half_at(&self) -> Option<f64> {
        let size = ((self.offset - std::f64::consts::LN_2.ln()) / self.exponent).exp();
        (self.exponent > 0.0 && size.is_finite() && size > 0.0).then_some(size)
    }
}

/// `g + (1 − g)·e^(−e^h)`
fn mixed(chance: f64, h: f64) -> f64 {
    chance + (1.0 - chance) * (-h.exp()).exp()
}

/// The scores, checked: at least two sizes, and no test of nothing.
pub(super) fn checked(scores: &[Score], chance: f64) -> Result<(), EmergenceError> {
    if !(0.0..1.0).contains(&chance) {
        return Err(EmergenceError::Share { what: Quantity::Chance, value: chance });
    }
    for (i, &Score { size, correct, total }) in scores.iter().enumerate() {
        super::error::positive(Quantity::Size, size)?;
        if total == 0 {
            return Err(EmergenceError::NoItems { row: i + 1 });
        }
        if correct > total {
            return Err(EmergenceError::MoreThanTotal { row: i + 1, correct, total });
        }
    }
    let mut sizes: Vec<f64> = scores.iter().map(|score| score.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    if sizes.len() < 2 { Err(EmergenceError::TooFewSizes { sizes: sizes.len() }) } else { Ok(()) }
}

/// The smooth law of largest likelihood, with an exponent from 0 to [`MOST_EXPONENT`].
///
/// Without guessing the log-likelihood is concave in `α` and `b = α ln c′`, so golden sections find its top; with
/// guessing a grid of exponents comes first.
///
/// # Formula
/// `max Σ kᵢ ln p(Nᵢ) + (nᵢ − kᵢ) ln (1 − p(Nᵢ))`; the interval holds the `α` whose best fit is less than
/// `1.92 = 3.84/2` below
///
/// # Errors
/// [`EmergenceError::TooFewSizes`], [`EmergenceError::MoreThanTotal`], [`EmergenceError::NoItems`],
/// [`EmergenceError::NotPositive`], [`EmergenceError::Share`]
///
/// # Examples
/// ```
/// use concepts::emergence::{Score, smooth_fit};
/// // Exactly e^(−(1e9/N)^0.5) of a million.
/// let scores = [1e8, 1e9, 1e10].map(|size: f64| {
///     let share = (-(1e9 / size).sqrt()).exp();
///     Score { size, correct: (share * 1e6).round() as u64, total: 1_000_000 }
/// });
/// let fit = smooth_fit(&scores, 0.0)?;
/// assert!((fit.exponent - 0.5).abs() < 1e-3);
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
pub fn smooth_fit(scores: &[Score], chance: f64) -> Result<Smooth, EmergenceError> {
    checked(scores, chance)?;
    let weighted: Vec<Weighted> = scores.iter().map(Weighted::of).collect();
    Ok(fitted(&weighted, chance))
}

/// A row with right answers that need not be whole, so that a law can be fitted to another law.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighted {
    pub(super) ln_size: f64,
    pub(super) right: f64,
    pub(super) wrong: f64,
}

impl Weighted {
    pub(super) fn of(score: &Score) -> Weighted {
        let wrong = (score.total - score.correct) as f64;
        Weighted { ln_size: score.size.ln(), right: score.correct as f64, wrong }
    }
}

pub(super) fn fitted(rows: &[Weighted], chance: f64) -> Smooth {
    let top = |exponent: f64| best_offset(rows, chance, exponent);
    let of_grid = |i: usize| MOST_EXPONENT * i as f64 / GRID as f64;
    let best = (0..=GRID).max_by(|&a, &b| top(of_grid(a)).1.total_cmp(&top(of_grid(b)).1)).unwrap_or(0);
    let (low, high) = (of_grid(best.saturating_sub(1)), of_grid((best + 1).min(GRID)));
    let refined = golden_section(|exponent| -top(exponent).1, low, high);
    // The ends of the range are reached exactly.
    let exponent = [0.0, MOST_EXPONENT, refined].into_iter().max_by(|a, b| top(*a).1.total_cmp(&top(*b).1));
    let exponent = exponent.unwrap_or(refined);
    let (offset, log_likelihood) = top(exponent);
    let within = |other: f64| top(other).1 >= log_likelihood - HALF_CHI_SQUARE_95;
    let interval = (edge(exponent, 0.0, within), edge(exponent, MOST_EXPONENT, within));
    Smooth { exponent, offset, chance, log_likelihood, interval }
}

/// Half of the 95 % quantile of χ² with one degree of freedom.
const HALF_CHI_SQUARE_95: f64 = 1.920_729_410_347_062;

/// The offset `b` for which `h = b − α ln N` is most likely, and its log-likelihood.
fn best_offset(rows: &[Weighted], chance: f64, exponent: f64) -> (f64, f64) {
    let at = |offset: f64| {
        let of_row = |row: &Weighted| {
            let h = offset - exponent * row.ln_size;
            let (p, ln_wrong) = (mixed(chance, h), ln_wrong(chance, h));
            super::binomial::times_ln(row.right, if chance == 0.0 { -h.exp() } else { p.ln() })
                + super::binomial::times_ln(row.wrong, ln_wrong)
        };
        rows.iter().map(of_row).sum::<f64>()
    };
    // h from −40 (certainly right) to 7 (e^(−1097) is 0) at the sizes there are.
    let sizes = rows.iter().map(|row| exponent * row.ln_size);
    let (least, most) = sizes.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    let offset = golden_section(|offset| -at(offset), least - 40.0, most + 7.0);
    (offset, at(offset))
}

/// `ln (1 − p)`, without loss where `p` is nearly 1.
fn ln_wrong(chance: f64, h: f64) -> f64 {
    (1.0 - chance).ln() + (-(-h.exp()).exp_m1()).ln()
}

/// From the top towards one end: the last place that is still within.
fn edge(top: f64, end: f64, within: impl Fn(f64) -> bool) -> f64 {
    if within(end) {
        return end;
    }
    let (mut inside, mut outside) = (top, end);
    for _ in 0..50 {
        let middle = f64::midpoint(inside, outside);
        if within(middle) { inside = middle } else { outside = middle }
    }
    inside
}

/// The log-likelihood of scores under any law.
pub(super) fn likelihood_of(scores: &[Score], law: impl Fn(f64) -> f64) -> f64 {
    scores.iter().map(|score| log_likelihood(score.correct, score.total, law(score.size))).sum()
}
