//! What a sample says, and how sure one may be of it.
//!
//! A question that has no answer (the mean of nothing, the slope through one point) gets NaN, and a
//! NaN in the data comes out as NaN: neither is ever hidden behind a plausible number.

/// The arithmetic mean; NaN for an empty sample.
///
/// # Formula
/// `x̄ = Σ xᵢ / n`
///
/// # Examples
/// ```
/// use concepts::numerics::statistics::mean;
/// assert_eq!(mean(&[1.0, 2.0, 6.0]), 3.0);
/// assert!(mean(&[]).is_nan());
/// ```
pub fn mean(xs: &[f64]) -> f64 {
    xs.iter().sum::<f64>() / xs.len() as f64
}

/// The unbiased sample variance; NaN for fewer than two values.
///
/// # Formula
/// `s² = Σ (xᵢ − x̄)² / (n − 1)`
///
/// # Examples
/// ```
/// use concepts::numerics::statistics::variance;
/// assert_eq!(variance(&[1.0, 2.0, 3.0]), 1.0);
/// assert!(variance(&[1.0]).is_nan());
/// ```
pub fn variance(xs: &[f64]) -> f64 {
    if xs.len() < 2 {
        return f64::NAN;
    }
    central_moment(xs, 2) * xs.len() as f64 / (xs.len() - 1) as f64
}

/// How much heavier the tails are than those of a normal distribution (0 for normal, −1.2 for
/// uniform); NaN if all values are equal.
///
/// # Formula
/// `m₄ / m₂² − 3`, `mₖ = Σ (xᵢ − x̄)ᵏ / n`
///
/// # Examples
/// ```
/// use concepts::numerics::statistics::excess_kurtosis;
/// assert_eq!(excess_kurtosis(&[-1.0, 1.0]), -2.0); // a coin: the lightest tails there are
/// ```
pub fn excess_kurtosis(xs: &[f64]) -> f64 {
    let m2 = central_moment(xs, 2);
    central_moment(xs, 4) / (m2 * m2) - 3.0
}

/// `mₖ = Σ (xᵢ − x̄)ᵏ / n`.
fn central_moment(xs: &[f64], k: i32) -> f64 {
    let center = mean(xs);
    xs.iter().map(|&x| (x - center).powi(k)).sum::<f64>() / xs.len() as f64
}

/// The middle value, or halfway between the two middle values; NaN for an empty sample.
///
/// # Examples
/// ```
/// use concepts::numerics::statistics::median;
/// assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
/// assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
/// ```
pub fn median(xs: &[f64]) -> f64 {
    quantile(xs, 0.5)
}

/// The value below which a share `q` of the sample lies, by linear interpolation between neighbours.
///
/// NaN for an empty sample, for a sample with a NaN in it, and for `q` outside `[0, 1]`.
///
/// # Formula
/// With the values sorted and `p = q (n − 1)`: `x₍⌊p⌋₎ + (p − ⌊p⌋)(x₍⌈p⌉₎ − x₍⌊p⌋₎)`, counted from 0
///
/// # Reference
/// Hyndman & Fan 1996, *Sample Quantiles in Statistical Packages*, type 7.
///
/// # Examples
/// ```
/// use concepts::numerics::statistics::quantile;
/// assert_eq!(quantile(&[10.0, 30.0, 20.0], 0.75), 25.0);
/// assert_eq!(quantile(&[10.0, 30.0, 20.0], 1.0), 30.0);
/// assert!(quantile(&[1.0, f64::NAN], 0.5).is_nan());
/// ```
pub fn quantile(xs: &[f64], q: f64) -> f64 {
    quantiles(xs, [q])[0]
}

/// Several quantiles of one sample, sorted once: as [`quantile`], each.
///
/// # Examples
/// ```
/// use concepts::numerics::statistics::quantiles;
/// assert_eq!(quantiles(&[10.0, 30.0, 20.0], [0.0, 0.75]), [10.0, 25.0]);
/// ```
pub fn quantiles<const N: usize>(xs: &[f64], shares: [f64; N]) -> [f64; N] {
    if xs.is_empty() || xs.iter().any(|x| x.is_nan()) {
        return [f64::NAN; N];
    }
    let mut sorted = xs.to_vec();
    // Equal numbers are alike, −0 and 0 apart, which total_cmp keeps in order.
    sorted.sort_unstable_by(f64::total_cmp);
    shares.map(|q| {
        if !(0.0..=1.0).contains(&q) {
            return f64::NAN;
        }
        let place = q * (sorted.len() - 1) as f64;
        let below = sorted[place.floor() as usize];
        let above = sorted[place.ceil() as usize];
        // Equal neighbours first: ∞ − ∞ would make a NaN out of an infinite quantile.
        if below == above { below } else { below + place.fract() * (above - below) }
    })
}

/// The exponent `b` of a power law `y = a·xᵇ`, by least squares on the logarithms.
///
/// NaN if the lengths differ, if fewer than two different `x` are given, or if a value is not
/// positive.
///
/// # Formula
/// `b = Σ (uᵢ − ū)(wᵢ − w̄) / Σ (uᵢ − ū)²`, `uᵢ = ln xᵢ`, `wᵢ = ln yᵢ`
///
/// # Examples
/// ```
/// use concepts::numerics::{statistics::log_log_slope, tolerance::EXACT_F64};
/// let slope = log_log_slope(&[1.0, 2.0, 4.0], &[5.0, 20.0, 80.0]); // y = 5 x²
/// assert!((slope - 2.0).abs() < EXACT_F64);
/// ```
pub fn log_log_slope(xs: &[f64], ys: &[f64]) -> f64 {
    if xs.len() != ys.len() {
        return f64::NAN;
    }
    let u: Vec<f64> = xs.iter().map(|&x| libm::log(x)).collect();
    let w: Vec<f64> = ys.iter().map(|&y| libm::log(y)).collect();
    let (u_mean, w_mean) = (mean(&u), mean(&w));
    let together: f64 = u.iter().zip(&w).map(|(a, b)| (a - u_mean) * (b - w_mean)).sum();
    let spread: f64 = u.iter().map(|a| (a - u_mean) * (a - u_mean)).sum();
    // One x seen many times has a spread of rounding only, and no slope.
    if xs.iter().all(|x| x == &xs[0]) { f64::NAN } else { together / spread }
}

/// The interval in which a probability lies, given that `successes` of `n` trials succeeded.
///
/// Wilson's interval stays inside `[0, 1]` and does not shrink to a point at 0 or `n` successes, as
/// `p̂ ± z √(p̂(1 − p̂)/n)` does. `z` is the width in standard errors: 1.96 for 95 %.
/// No trials say nothing: `(0, 1)`. More successes than trials: NaN.
///
/// # Formula
/// `(p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)`, `p̂ = successes / n`
///
/// # Reference
/// Wilson 1927, *Probable Inference, the Law of Succession, and Statistical Inference*.
///
/// # Examples
/// ```
/// use concepts::numerics::statistics::proportion_interval;
/// let (low, high) = proportion_interval(0, 20, 1.96);
/// assert_eq!(low, 0.0);
/// assert!((high - 0.161).abs() < 1e-3); // none of 20 does not mean never
/// ```
pub fn proportion_interval(successes: usize, n: usize, z: f64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    if successes > n {
        return (f64::NAN, f64::NAN);
    }
    let trials = n as f64;
    let share = successes as f64 / trials;
    let center = share + z * z / (2.0 * trials);
    let half = z * (share * (1.0 - share) / trials + z * z / (4.0 * trials * trials)).sqrt();
    let scale = 1.0 + z * z / trials;
    // Rounding may step over the ends by one unit in the last place.
    (((center - half) / scale).clamp(0.0, 1.0), ((center + half) / scale).clamp(0.0, 1.0))
}

/// The standard error of `s² / σ²`: how far a measured variance may be from the true one.
///
/// # Formula
/// `√((2 + κ) / n)`, `κ` the excess kurtosis (0 for a normal distribution); `n` large
///
/// # Examples
/// ```
/// use concepts::numerics::statistics::variance_ratio_se;
/// assert_eq!(variance_ratio_se(20_000, 0.0), 0.01); // 20 000 normal draws fix a variance to 1 %
/// ```
pub fn variance_ratio_se(n: usize, excess_kurtosis: f64) -> f64 {
    ((2.0 + excess_kurtosis) / n as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_without_an_answer_is_nan() {
        assert!(mean(&[]).is_nan());
        assert!(median(&[]).is_nan());
        assert!(excess_kurtosis(&[1.0, 1.0]).is_nan());
        assert!(quantile(&[1.0], 1.5).is_nan());
        assert!(quantile(&[1.0], f64::NAN).is_nan());
        assert!(log_log_slope(&[1.0], &[1.0]).is_nan());
        assert!(log_log_slope(&[], &[]).is_nan());
        assert!(log_log_slope(&[3.0, 3.0, 3.0], &[1.0, 2.0, 3.0]).is_nan());
        assert!(log_log_slope(&[1.0, 2.0], &[0.0, 1.0]).is_nan());
        assert!(proportion_interval(3, 2, 1.96).0.is_nan());
    }

    #[test]
    fn wilson_agrees_with_a_worked_value() {
        // 8 of 10 at 95 %: (0.4902, 0.9433), a textbook value.
        let (low, high) = proportion_interval(8, 10, 1.96);
        assert!((low - 0.4902).abs() < 1e-4 && (high - 0.9433).abs() < 1e-4);
        assert_eq!(proportion_interval(0, 0, 1.96), (0.0, 1.0));
        assert_eq!(proportion_interval(5, 5, 1.96).1, 1.0);
    }

    #[test]
    fn quantiles_of_infinite_values_stay_infinite() {
        assert_eq!(quantile(&[f64::INFINITY, f64::INFINITY], 0.3), f64::INFINITY);
    }
}
