//! What a test of finite size can see.

use rand::Rng;
use rand_distr::{Binomial, Distribution};

use super::EmergenceError;
use super::binomial::tail_at_least;
use super::error::inside;
use super::words::Quantity;

/// The probability that a test of `items` questions reads zero although each is answered with probability `score`.
///
/// # Formula
/// `(1 − a)^n`
///
/// # Examples
/// ```
/// use concepts::emergence::reads_zero;
/// assert_eq!(reads_zero(0.5, 2), 0.25);
/// assert!(reads_zero(4.86e-4, 100) > 0.95);
/// ```
pub fn reads_zero(score: f64, items: u64) -> f64 {
    if items == 0 {
        return 1.0;
    }
    (items as f64 * (-score).ln_1p()).exp()
}

/// The probability that a test reads at most `correct` right answers.
///
/// # Formula
/// `1 − P(X ≥ k + 1)`
///
/// # Examples
/// ```
/// use concepts::emergence::{reads_at_most, reads_zero};
/// assert!((reads_at_most(0, 0.1, 20) - reads_zero(0.1, 20)).abs() < 1e-12);
/// ```
pub fn reads_at_most(correct: u64, score: f64, items: u64) -> f64 {
    1.0 - tail_at_least(correct + 1, items, score)
}

/// How many questions a test needs to show, with this confidence, at least one right answer. Infinite where the
/// score is 0.
///
/// # Formula
/// `n = ln(1 − confidence) / ln(1 − a)`, rounded up
///
/// # Errors
/// [`EmergenceError::Share`] for a confidence that is none.
///
/// # Examples
/// ```
/// use concepts::emergence::items_needed;
/// assert_eq!(items_needed(0.5, 0.95)?, 5.0); // 1/2⁵ is below 5 %
/// assert_eq!(items_needed(0.0, 0.95)?, f64::INFINITY);
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
pub fn items_needed(score: f64, confidence: f64) -> Result<f64, EmergenceError> {
    let misses = 1.0 - inside(Quantity::Level, confidence)?;
    if score >= 1.0 {
        return Ok(1.0);
    }
    Ok((misses.ln() / (-score).ln_1p()).ceil())
}

/// What one test reads: the number of right answers, drawn.
///
/// # Formula
/// `Binomial(n, a)`; 0 for a score that is none
///
/// # Examples
/// ```
/// use concepts::emergence::draw_correct;
/// use concepts::numerics::rng;
/// assert_eq!(draw_correct(1.0, 50, &mut rng(7, "certain")), 50);
/// ```
pub fn draw_correct(score: f64, items: u64, rng: &mut impl Rng) -> u64 {
    Binomial::new(items, score).map_or(0, |binomial| binomial.sample(rng))
}
