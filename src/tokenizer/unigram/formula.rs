//! The formulas of training, which the readable trainer and the fast one share.

use std::cmp::Ordering;

use super::Estimate;

/// What counts less is no piece any more; a character counts at least this much.
pub(super) const LEAST_COUNT: f64 = 0.5;

/// The smallest share of a piece under [`Estimate::Likelihood`], so that its logarithm stays finite.
const SMALLEST_SHARE: f64 = 1e-30;

/// The maximisation: the logarithm of the probability of each piece from its expected count, `None` for one
/// that is dropped. Characters, for which `character` is true, stay.
///
/// # Formula
/// - [`Estimate::Prior`]: `ln p(x) = ψ(c(x)) − ψ(Σ c)` over the pieces with `c(x) ≥ ½`
/// - [`Estimate::Likelihood`]: `ln p(x) = ln(c(x) / Σ c)` over all pieces
pub(super) fn maximise(
    counts: &[f64],
    character: impl Fn(usize) -> bool,
    estimate: Estimate,
) -> Vec<Option<f64>> {
    match estimate {
        Estimate::Prior => {
            // A count that is one half but for rounding stays, so that two ways to add it up agree.
            let stays = |(id, &count): (usize, &f64)| match count {
                _ if character(id) => Some(count.max(LEAST_COUNT)),
                _ => (count >= LEAST_COUNT - 1e-9).then_some(count),
            };
            let kept: Vec<Option<f64>> = counts.iter().enumerate().map(stays).collect();
            let all = digamma(kept.iter().flatten().sum());
            kept.into_iter().map(|count| Some(digamma(count?) - all)).collect()
        }
        Estimate::Likelihood => {
            let least = SMALLEST_SHARE * counts.iter().sum::<f64>();
            shares(counts, least).into_iter().map(Some).collect()
        }
    }
}

/// `ln(c(x) / Σ c)`, where nothing counts less than `least`.
pub(super) fn shares(counts: &[f64], least: f64) -> Vec<f64> {
    let total: f64 = counts.iter().map(|count| count.max(least)).sum();
    counts.iter().map(|count| libm::log(count.max(least) / total)).collect()
}

/// The order of two logarithms of probabilities, the larger first; what differs by rounding alone is equal.
pub(super) fn more_probable(a: f64, b: f64) -> Ordering {
    let digits = |p: f64| (p * 1e9).round();
    digits(b).total_cmp(&digits(a))
}

/// How much the log-likelihood of the best cuts falls when a piece is taken away and its parts take its
/// places, in nats.
///
/// # Formula
/// `f(x) · (ln(f(x)/N) − Σᵢ ln((f(yᵢ) + f(x)) / (N + (k − 1) f(x))))` for parts `y₁ … y_k`; `f` counts places
/// in the best cuts, `N = Σ f`
pub(super) fn loss(f: u64, parts: impl ExactSizeIterator<Item = u64>, total: u64) -> f64 {
    let f = f as f64;
    let after = total as f64 + (parts.len() as f64 - 1.0) * f;
    let parts: f64 = parts.map(|part| libm::log((part as f64 + f) / after)).sum();
    f * (libm::log(f / total as f64) - parts)
}

/// `ψ(x) = d/dx ln Γ(x)` for `x > 0`.
///
/// # Formula
/// `ψ(x) = ψ(x + 1) − 1/x` up to 10, then `ln x − 1/(2x) − Σₖ B₂ₖ / (2k x²ᵏ)`
///
/// # Reference
/// Abramowitz & Stegun 1964, 6.3.5 and 6.3.18.
pub(super) fn digamma(mut x: f64) -> f64 {
    let mut below = 0.0;
    while x < 10.0 {
        below -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    // B₂ₖ / 2k for k = 1 … 6
    const TERMS: [f64; 6] =
        [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0];
    let series = TERMS.iter().rev().fold(0.0, |sum, term| (sum + term) * square);
    below + libm::log(x) - 0.5 / x - series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digamma_has_its_known_values() {
        const EULER: f64 = 0.577_215_664_901_532_9;
        for (x, known) in [
            (1.0, -EULER),
            (2.0, 1.0 - EULER),
            (0.5, -EULER - 2.0 * std::f64::consts::LN_2),
            (0.25, -EULER - std::f64::consts::FRAC_PI_2 - 3.0 * std::f64::consts::LN_2),
        ] {
            assert!((digamma(x) - known).abs() < 1e-13, "{x}: {}", digamma(x));
        }
        // the slope of ln Γ
        let slope = (libm::lgamma(123.0 + 1e-4) - libm::lgamma(123.0 - 1e-4)) / 2e-4;
        assert!((digamma(123.0) - slope).abs() < 1e-8);
    }
}
