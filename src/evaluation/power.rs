//! How many prompts a comparison needs.

use super::EvaluationError;
use super::words::{Quantity, Size};
use crate::numerics::normal_quantile;

/// How many pairs are needed to see a difference, by the normal approximation.
///
/// A pair is a prompt with one value of each strategy. The standard deviation is that of the differences *within*
/// pairs: with the same prompts for both it is often much smaller than that of the values. Two-sided, and the other
/// side's share of the power, which is next to nothing, is left out. Below about 30 pairs add two or three: the
/// approximation takes the standard deviation as known.
///
/// # Formula
/// `n = ⌈((z_{(1 + level)/2} + z_{power}) · sd / |difference|)²⌉`, `z_p = Φ⁻¹(p)`; at least 2. More than fit in a
/// number of the machine are the largest that does.
///
/// # Errors
/// [`EvaluationError`] if `sd` or the difference is not above 0, the level is not between 0 and 1, or the power is
/// not between `(1 − level)/2`, which chance alone reaches, and 1.
///
/// # Reference
/// Cohen 1988, *Statistical Power Analysis for the Behavioral Sciences*; as `normal_sample_size_one_tail` of
/// statsmodels with half of `1 − level`.
///
/// # Examples
/// ```
/// use concepts::evaluation::needed_pairs;
/// assert_eq!(needed_pairs(1.0, 0.5, 0.95, 0.8)?, 32); // 31.4
/// assert_eq!(needed_pairs(1.0, 0.05, 0.95, 0.8)?, 3140); // a tenth of the difference, a hundred times the prompts
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn needed_pairs(sd: f64, difference: f64, level: f64, power: f64) -> Result<usize, EvaluationError> {
    positive(Quantity::StandardDeviation, sd)?;
    positive(Quantity::Difference, difference)?;
    let ratio = reach(level, power)? * (sd / difference);
    // A float beyond the largest integer becomes that integer.
    Ok(((ratio * ratio).ceil() as usize).max(2))
}

/// The smallest difference that a number of pairs lets one see: [`needed_pairs`] turned round.
///
/// # Formula
/// `(z_{(1 + level)/2} + z_{power}) · sd / √n`
///
/// # Errors
/// As [`needed_pairs`]; fewer than two pairs.
///
/// # Examples
/// ```
/// use concepts::evaluation::visible_difference;
/// let forty = visible_difference(1.0, 40, 0.95, 0.8)?;
/// assert!((forty - 0.443).abs() < 1e-3);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn visible_difference(sd: f64, pairs: usize, level: f64, power: f64) -> Result<f64, EvaluationError> {
    positive(Quantity::StandardDeviation, sd)?;
    if pairs < 2 {
        return Err(EvaluationError::Count { what: Size::Pairs, value: pairs, min: 2, max: usize::MAX });
    }
    Ok(reach(level, power)? * sd / (pairs as f64).sqrt())
}

/// `z_{(1 + level)/2} + z_{power}`: how many standard errors away a difference is seen.
fn reach(level: f64, power: f64) -> Result<f64, EvaluationError> {
    if !(level > 0.0 && level < 1.0) {
        return Err(EvaluationError::Level { level });
    }
    let low = (1.0 - level) / 2.0;
    if !(power > low && power < 1.0) {
        return Err(EvaluationError::Power { power, low });
    }
    Ok(normal_quantile((1.0 + level) / 2.0) + normal_quantile(power))
}

fn positive(what: Quantity, value: f64) -> Result<(), EvaluationError> {
    if value > 0.0 && value.is_finite() {
        return Ok(());
    }
    Err(EvaluationError::NotPositive { what, value })
}
