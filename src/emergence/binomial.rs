//! The binomial distribution: probabilities, tails, and the exact interval of a share.

use super::EmergenceError;
use super::error::inside;
use super::words::Quantity;

/// `ln C(n, k)`; −∞ if `k > n`.
///
/// # Formula
/// `ln n! − ln k! − ln (n − k)!`
///
/// # Examples
/// ```
/// use concepts::emergence::ln_choose;
/// assert!((ln_choose(5, 2) - 10f64.ln()).abs() < 1e-12);
/// assert_eq!(ln_choose(2, 3), f64::NEG_INFINITY);
/// ```
pub fn ln_choose(n: u64, k: u64) -> f64 {
    if k > n {
        return f64::NEG_INFINITY;
    }
    let ln_factorial = |n: u64| libm::lgamma(n as f64 + 1.0);
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// The log-likelihood of a share `p` given `k` of `n`, without the binomial coefficient, which no `p` changes.
///
/// # Formula
/// `k ln p + (n − k) ln(1 − p)`, with `0·ln 0 = 0`
///
/// # Examples
/// ```
/// use concepts::emergence::log_likelihood;
/// assert_eq!(log_likelihood(0, 10, 0.0), 0.0); // certain
/// assert_eq!(log_likelihood(1, 10, 0.0), f64::NEG_INFINITY); // impossible
/// ```
pub fn log_likelihood(k: u64, n: u64, p: f64) -> f64 {
    times_ln(k as f64, p.ln()) + times_ln(n.saturating_sub(k) as f64, (-p).ln_1p())
}

/// `x·ln p`, where nothing times minus infinity is nothing.
pub(super) fn times_ln(x: f64, ln_p: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x * ln_p }
}

/// The probability of at least `k` successes in `n` trials.
///
/// # Formula
/// `P(X ≥ k) = I_p(k, n − k + 1)`, the regularised incomplete beta function
///
/// # Reference
/// Abramowitz & Stegun 26.5.24; the continued fraction is 26.5.8, evaluated by Lentz's method.
///
/// # Examples
/// ```
/// use concepts::emergence::tail_at_least;
/// assert!((tail_at_least(2, 2, 0.5) - 0.25).abs() < 1e-12);
/// assert_eq!(tail_at_least(0, 9, 0.1), 1.0);
/// ```
pub fn tail_at_least(k: u64, n: u64, p: f64) -> f64 {
    match k {
        0 => 1.0,
        _ if k > n => 0.0,
        _ => incomplete_beta(p, k as f64, (n - k) as f64 + 1.0),
    }
}

/// The interval of Clopper and Pearson: shares `p` under which so few, or so many, are not too unlikely.
///
/// It covers the true share with at least the given level whatever that share is; Wilson's interval is shorter and
/// covers it on average. No trials: `(0, 1)`. More successes than trials: NaN.
///
/// # Formula
/// `P(X ≥ k | low) = P(X ≤ k | high) = (1 − level)/2`
///
/// # Errors
/// [`EmergenceError::Share`] for a level that is none.
///
/// # Reference
/// Clopper & Pearson 1934.
///
/// # Examples
/// ```
/// use concepts::emergence::clopper_pearson;
/// // None of 100: the share may still be 3.6 %.
/// let (low, high) = clopper_pearson(0, 100, 0.95)?;
/// assert_eq!(low, 0.0);
/// assert!((high - (1.0 - 0.025f64.powf(0.01))).abs() < 1e-10);
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
pub fn clopper_pearson(k: u64, n: u64, level: f64) -> Result<(f64, f64), EmergenceError> {
    let tail = (1.0 - inside(Quantity::Level, level)?) / 2.0;
    if k > n {
        return Ok((f64::NAN, f64::NAN));
    }
    // P(X ≥ k) rises with p, and so does P(X ≥ k + 1) = 1 − P(X ≤ k).
    let low = if k == 0 { 0.0 } else { rising_to(tail, |p| tail_at_least(k, n, p)) };
    let high = if k == n { 1.0 } else { rising_to(1.0 - tail, |p| tail_at_least(k + 1, n, p)) };
    Ok((low, high))
}

/// Where a function that rises from 0 to 1 reaches a value, by halving. Halving in the logarithm first, so that a
/// tiny share is as exact, relative to itself, as a large one.
fn rising_to(value: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..200 {
        let middle = if low == 0.0 { high / 2.0 } else { low + (high - low) / 2.0 };
        if middle <= low || middle >= high {
            break;
        }
        if f(middle) < value { low = middle } else { high = middle }
    }
    high
}

/// `I_x(a, b)`, on the side of the mean where the fraction converges quickly.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let ln_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * x.ln() + b * (-x).ln_1p();
    if x < (a + 1.0) / (a + b + 2.0) {
        ln_front.exp() / (a * fraction(x, a, b))
    } else {
        1.0 - ln_front.exp() / (b * fraction(1.0 - x, b, a))
    }
}

/// The continued fraction of the incomplete beta function, from the front, by modified Lentz.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    // 1 + d₁/(1 + d₂/(1 + …))
    let coefficient = |i: u32| {
        let m = f64::from(i / 2);
        if i.is_multiple_of(2) {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        }
    };
    let (mut f, mut c, mut d) = (1.0_f64, 1.0_f64, 0.0_f64);
    // Some √max(a, b) terms are needed; this is enough for tests of 10¹² items.
    for i in 1..4_000_000 {
        let coefficient = coefficient(i);
        d = 1.0 / away(1.0 + coefficient * d);
        c = away(1.0 + coefficient / c);
        f *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    f
}
